/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A window of prepared things: a list that is searched, a page on which one of them is edited,
 * sentences at the foot, and what was deleted comes back by the button there or by Ctrl+Z. */
#define GUICHET_TYPE_MANAGER_WINDOW (guichet_manager_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (GuichetManagerWindow,
                          guichet_manager_window,
                          GUICHET,
                          MANAGER_WINDOW,
                          AdwWindow)

struct _GuichetManagerWindowClass
{
  AdwWindowClass parent_class;

  /* Puts what fits the words into the list. changed: the things did, not only the search. */
  void (*find) (GuichetManagerWindow *self, const char *query, gboolean changed);
  void (*add) (GuichetManagerWindow *self);
};

typedef struct
{
  const char *title, *search, *add; /* translated */
  int width, height;
} GuichetManagerLook;

/* Once; things: their change is shown. editor: a form, see form.h. Returns the header bar. */
AdwHeaderBar *guichet_manager_window_build (GuichetManagerWindow *self,
                                            GtkWindow *parent,
                                            const GuichetManagerLook *look,
                                            GListModel *things,
                                            GtkWidget *view,
                                            GtkWidget *editor);
GtkWidget *guichet_manager_window_get_add (GuichetManagerWindow *self);
/* Calls find for another choice of what is looked for. */
void guichet_manager_window_find (GuichetManagerWindow *self);
/* What find has found; none: said while that is nothing. */
void guichet_manager_window_show (GuichetManagerWindow *self, gboolean any, const char *none);
void guichet_manager_window_say (GuichetManagerWindow *self, const char *text);
/* Says an error in words. */
void guichet_manager_window_say_error (GuichetManagerWindow *self, const GError *error);
/* The page of the editor, until it is done. */
void guichet_manager_window_edit (GuichetManagerWindow *self);
gboolean guichet_manager_window_is_editing (GuichetManagerWindow *self);
/* Something is deleted, or the error why not: offers to undo it, or drops data. */
void guichet_manager_window_deleted (GuichetManagerWindow *self,
                                     const char *name,
                                     const GError *error,
                                     void (*restore) (gpointer data),
                                     gpointer data,
                                     GDestroyNotify destroy);
