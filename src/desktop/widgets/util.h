/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* For dispose: unparents every child of a widget that is made from a template. */
void guichet_widget_drop_children (GtkWidget *widget);

/* Says something in passing at the bottom of the window; text is plain. */
void guichet_toast (GtkWidget *widget, const char *text);

void guichet_widget_set_class (GtkWidget *widget, const char *name, gboolean on);

/* A tooltip, when it is another one: GTK asks the display where the pointer is, and waits for the
 * answer, each time that one is set. */
void guichet_widget_set_tip (GtkWidget *widget, const char *tip);
/* Shows the whole text of a label as its tooltip while it is cut. */
void guichet_label_tip_when_cut (GtkLabel *label);
/* Of who or what it is: two lines before anything is cut, and then the tip. */
void guichet_label_keep_name (GtkLabel *label);

/* Lets it wrap, amid a word where nothing else helps: without a hyphen, which would not be in the
 * name, number or address. */
void guichet_label_wrap (GtkLabel *label);

/* Cuts what wraps behind so many lines. */
void guichet_label_set_lines (GtkLabel *label, int lines);

/* A label that wraps; style may be NULL. Floating. */
GtkLabel *guichet_label_wrapped (const char *text, const char *style);

/* What stands in the middle of a view that has nothing to show, and why. Floating. */
GtkLabel *guichet_label_nothing (const char *text);

/* A button that is one of several in a popover: its words at the left, without a frame. Floating.
 */
GtkWidget *guichet_choice_new (const char *text);

/* Opens it in the desktop's browser; else the toast says this, a translated literal. */
void guichet_open_page (GtkWidget *widget, const char *url, const char *words);

/* Shows a popover of the view's own where the text stands. */
void guichet_popover_up_at (GtkPopover *popover, GtkTextView *view, const GtkTextIter *where);

/* From now on any popover that closes gives the focus at once to what holds it. The toolkit does so
 * with the next picture, and what is typed until then is lost. */
void guichet_popovers_give_focus_back (void);

/* Opens a button's popover where it is seen: what scrolls shows the button first. */
void guichet_menu_button_open (GtkMenuButton *button);

/* Makes the store hold just these objects from this position on. Rows of what stays the same (NULL:
 * the same object) are left alone: whoever presses a button there does not lose it. */
void guichet_list_show (GListStore *store, guint position, GPtrArray *wanted, GEqualFunc same);

/* Escape closes this window. */
void guichet_window_close_by_escape (GtkWidget *window);

/* How much larger text is than the platform's own 11 points: 2.0 at 200 %. */
double guichet_text_scale (GtkWidget *widget);
/* The size of a window beside the main one: wider in large text. */
void guichet_window_set_size (GtkWindow *window, int width, int height);
/* Lets an AdwClamp grow with the text; size is what it is at 100 %. */
void guichet_clamp_text (GtkWidget *clamp, int size);

/* Runs refresh (widget) once before the next frame, however often it is asked for meanwhile. */
void guichet_refresh_soon (GtkWidget *widget, guint *id, GSourceFunc refresh);

/* A GAsyncReadyCallback for commands that only succeed or fail: says in words why one failed. data
 * is a GtkWidget whose reference it takes. */
void guichet_command_done (GObject *session, GAsyncResult *result, gpointer data);
/* The same for commands of the phone. */
void guichet_phone_command_done (GObject *phone, GAsyncResult *result, gpointer data);
