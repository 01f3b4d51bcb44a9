/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Toasts. libadwaita before 1.3 keeps a handler for the end of the animation that brings a toast,
 * and frees what it works on with the end of the one that takes it away. Where both end in one
 * frame, after a dismissal right away or on a window that was not drawn for a while, that is memory
 * of somebody else. So none may go before the frame in which it has come: until then our handler,
 * the first, holds the dismissal back, whoever asks for it. Main thread only.
 */

#include "desktop/widgets/toast.h"

/* The longer of the two ways in which the library lets them come. */
#define COMING_US (G_TIME_SPAN_MILLISECOND * 550)

typedef struct
{
  AdwToast *toast; /* not owned: it owns the title */
  gint64 mapped_at;
  guint frames; /* after it has come; its own handler may run after ours in the first */
  guint tick_id;
  gboolean unwanted;
} Coming;

static gboolean
on_frame (GtkWidget *title, GdkFrameClock *clock, gpointer data)
{
  Coming *coming = data;

  if (gdk_frame_clock_get_frame_time (clock) - coming->mapped_at < COMING_US ||
      coming->frames++ == 0)
    return G_SOURCE_CONTINUE;
  coming->tick_id = 0;
  if (coming->unwanted) /* which it believes to be: its own handler was before ours */
    g_signal_emit_by_name (coming->toast, "dismissed");
  return G_SOURCE_REMOVE;
}

static void
on_map (GtkWidget *title, Coming *coming)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (title);

  if (coming->tick_id != 0 || coming->mapped_at != 0 || clock == NULL)
    return;
  coming->mapped_at = gdk_frame_clock_get_frame_time (clock);
  coming->tick_id = gtk_widget_add_tick_callback (title, on_frame, coming, NULL);
}

/* What waits in the queue, or in a window that is not shown, has no animation. */
static void
on_dismissed (AdwToast *toast, Coming *coming)
{
  GtkWidget *title = adw_toast_get_custom_title (toast);

  if (coming->tick_id == 0 || !gtk_widget_get_mapped (title))
    return;
  coming->unwanted = TRUE;
  g_signal_stop_emission_by_name (toast, "dismissed");
}

static GtkWidget *
title_new (const char *text)
{
  GtkWidget *title = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 50);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  return g_object_ref_sink (title);
}

AdwToast *
guichet_toast_add (AdwToastOverlay *overlay, const char *text, const char *button, guint seconds)
{
  AdwToast *toast = adw_toast_new ("");
  g_autoptr (GtkWidget) title = title_new (text);
  Coming *coming = g_new0 (Coming, 1);

  coming->toast = toast;
  g_object_set_data_full (G_OBJECT (title), "coming", coming, g_free);
  g_signal_connect (title, "map", G_CALLBACK (on_map), coming);
  g_signal_connect (toast, "dismissed", G_CALLBACK (on_dismissed), coming);
  adw_toast_set_custom_title (toast, title);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_timeout (toast, seconds);
  adw_toast_overlay_add_toast (overlay, toast);
  return toast;
}
