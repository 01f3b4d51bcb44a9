/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be undone, as toasts. Main thread only.
 */

#include "desktop/widgets/undo.h"

#include "desktop/widgets/toast.h"

#include <glib/gi18n.h>

#define SECONDS 15

struct _GuichetUndo
{
  GObject parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkEditable *search;
  GQueue offered; /* the toasts, the newest last; they take themselves out */
};

G_DEFINE_FINAL_TYPE (GuichetUndo, guichet_undo, G_TYPE_OBJECT)

typedef struct
{
  void (*undo) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  offer->destroy (offer->data);
  g_free (offer);
}

/* Once: the toast may stay in sight for a moment. */
static void
undo (AdwToast *toast, GuichetUndo *self)
{
  Offer *offer = g_object_get_data (G_OBJECT (toast), "offer");

  if (!g_queue_remove (&self->offered, toast))
    return;
  adw_toast_set_button_label (toast, NULL);
  offer->undo (offer->data);
}

static gboolean
on_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GuichetUndo *self = data;
  GtkStateFlags search =
      self->search != NULL ? gtk_widget_get_state_flags (GTK_WIDGET (self->search)) : 0;
  AdwToast *newest = g_queue_peek_tail (&self->offered);
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  if (newest == NULL || (!g_str_equal (page, "list") && !g_str_equal (page, "voicemail")) ||
      ((search & GTK_STATE_FLAG_FOCUS_WITHIN) != 0 &&
       *gtk_editable_get_text (self->search) != '\0'))
    return GDK_EVENT_PROPAGATE;
  undo (newest, self);
  adw_toast_dismiss (newest);
  return GDK_EVENT_STOP;
}

static void
on_dismissed (AdwToast *toast, GuichetUndo *self)
{
  g_queue_remove (&self->offered, toast);
}

static void
guichet_undo_finalize (GObject *object)
{
  g_queue_clear (&GUICHET_UNDO (object)->offered);
  G_OBJECT_CLASS (guichet_undo_parent_class)->finalize (object);
}

static void
guichet_undo_class_init (GuichetUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_undo_finalize;
}

static void
guichet_undo_init (GuichetUndo *self)
{
  g_queue_init (&self->offered);
}

GuichetUndo *
guichet_undo_new (GtkWidget *window, AdwToastOverlay *toasts, GtkStack *pages, GtkEditable *search)
{
  GuichetUndo *self = g_object_new (GUICHET_TYPE_UNDO, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->toasts = toasts;
  self->pages = pages;
  self->search = search;
  /* Before the field that has the focus, which would take the keys and do nothing. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                        gtk_callback_action_new (on_key, g_object_ref (self), g_object_unref)));
  gtk_widget_add_controller (window, keys);
  return self;
}

void
guichet_undo_offer (GuichetUndo *self,
                    const char *text,
                    void (*undo_it) (gpointer data),
                    gpointer data,
                    GDestroyNotify destroy)
{
  AdwToast *toast = guichet_toast_add (self->toasts, text, _ ("Undo"), SECONDS);
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer){ undo_it, data, destroy };
  g_object_set_data_full (G_OBJECT (toast), "offer", offer, offer_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), self, 0);
  g_queue_push_tail (&self->offered, toast);
}
