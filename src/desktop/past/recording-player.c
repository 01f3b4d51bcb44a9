/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call's recordings: fetched when the window opens, which is what the centre notes as heard,
 * and played by the phone on the speaker, a stretch at a time. Where it is heard is where the
 * stretch began and the time since. Main thread only.
 */

#include "desktop/past/recording-player.h"

#include "client/clip-change.h"
#include "desktop/clips/clip-sound.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define SLOW_MS 500
#define TICK_MS 200
#define REST_MS 400 /* less than this to the end is the end */

typedef struct
{
  GuichetSession *session;
  GuichetClipSound *sound;
  GCancellable *cancellable;
  char **recordings; /* "ID MS" */
  GBytes *bytes;     /* of the chosen one, or NULL */
  gint64 length;     /* of it, ms */
  gint64 from;       /* where the stretch that is played began */
  gint64 began;      /* when, on the monotonic clock, or 0: not yet */
  gint64 at;         /* where it is */
  gint64 stretch;    /* how long what is played is */
  gint64 again;      /* where to go on when it has stopped, or -1 */
  gboolean on;       /* it is to be heard */
  guint slow_id, tick_id;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *retry;
  GtkDropDown *which;
  GtkWidget *play;
  GtkWidget *scale;
  GtkLabel *time;
} Player;

static void
player_free (gpointer data)
{
  Player *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->recordings, g_strfreev);
  g_clear_object (&self->sound);
  g_clear_object (&self->session);
  g_free (self);
}

static void
say (Player *self, const char *why, gboolean again)
{
  gtk_label_set_text (self->status, why);
  gtk_widget_set_visible (self->retry, again);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

/* --- playing ---------------------------------------------------------------------------------- */

static void
show (Player *self)
{
  g_autofree char *at = guichet_format_duration (self->at / 1000);
  g_autofree char *all = guichet_format_duration (self->length / 1000);
  /* Translators: where a recording is being heard, and how long it is: "0:12 of 3:40" */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), at, all);
  const char *words = self->on ? _ ("Pause") : _ ("Play");

  gtk_range_set_value (GTK_RANGE (self->scale), (double) self->at / 1000);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
  gtk_label_set_text (self->time, text);
  gtk_button_set_label (GTK_BUTTON (self->play), words);
}

static gboolean
on_tick (gpointer data)
{
  Player *self = data;

  if (self->began != 0)
    self->at = MIN (self->from + (g_get_monotonic_time () - self->began) / 1000,
                    self->from + self->stretch);
  self->at = MIN (self->at, self->length);
  show (self);
  return G_SOURCE_CONTINUE;
}

static void
rest (Player *self)
{
  self->on = FALSE;
  self->began = 0;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  show (self);
}

static void
play (Player *self)
{
  const char *obstacle = guichet_clip_sound_get_obstacle (self->sound);

  if (obstacle != NULL)
    {
      rest (self);
      say (self, obstacle, TRUE);
      return;
    }
  self->on = TRUE;
  self->from = self->at;
  self->began = 0;
  self->again = -1;
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_MS, on_tick, self);
  guichet_clip_sound_play (self->sound, self->bytes, (guint) self->at);
  show (self);
}

/* The phone has stopped: by our wish, at the end of a stretch, or for a call. */
static void
stopped (Player *self)
{
  const char *result =
      guichet_phone_get_recorder_result (guichet_session_get_phone (self->session));

  if (self->again >= 0)
    {
      self->at = self->again;
      play (self);
    }
  else if (self->on && self->began != 0 && g_str_equal (result, "played"))
    {
      self->at = MIN (self->from + self->stretch, self->length);
      if (self->at + REST_MS < self->length && self->stretch > 0)
        {
          play (self);
          return;
        }
      self->at = 0;
      rest (self);
    }
  else if (self->on && *result != '\0')
    rest (self);
}

static void
on_sound (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");
  double seconds = 0;

  if (self == NULL)
    return;
  if (!g_str_equal (guichet_clip_sound_get_state (self->sound), "playing"))
    {
      stopped (self);
      return;
    }
  g_object_get (guichet_session_get_phone (self->session), "recorder-seconds", &seconds, NULL);
  if (self->began == 0 && seconds > 0)
    {
      self->stretch = (gint64) (seconds * 1000);
      self->began = g_get_monotonic_time ();
    }
}

static void
on_failed (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");

  if (self == NULL)
    return;
  rest (self);
  say (self, _ ("This recording cannot be heard. See that your speaker works and try again."),
       TRUE);
}

static void
on_play (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");

  if (self->on)
    {
      on_tick (self);
      rest (self);
      guichet_clip_sound_stop (self->sound);
    }
  else
    play (self);
}

/* By the hand alone: the clock sets the value without this. */
static gboolean
on_moved (GtkRange *range, GtkScrollType type, double value, GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");

  self->at = CLAMP ((gint64) (value * 1000), 0, self->length);
  if (self->on)
    {
      self->again = self->at;
      self->from = self->at;
      self->began = 0;
      guichet_clip_sound_stop (self->sound);
    }
  show (self);
  return TRUE;
}

/* --- fetching --------------------------------------------------------------------------------- */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Player *self = g_object_get_data (G_OBJECT (window), "player");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      guichet_session_hear_clip_finish (GUICHET_SESSION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (bytes == NULL)
    {
      g_autofree char *words = guichet_words_of_error (error);

      say (self, words, TRUE);
      return;
    }
  self->bytes = g_steal_pointer (&bytes);
  gtk_stack_set_visible_child_name (self->stack, "sound");
  play (self);
}

static gboolean
on_slow (gpointer data)
{
  Player *self = data;

  self->slow_id = 0;
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  return G_SOURCE_REMOVE;
}

static void
fetch (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");
  g_auto (GStrv) words =
      g_strsplit (self->recordings[gtk_drop_down_get_selected (self->which)], " ", 2);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->length = g_ascii_strtoll (words[1], NULL, 10);
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX ((double) self->length / 1000, 0.1));
  g_clear_handle_id (&self->slow_id, g_source_remove);
  self->slow_id = g_timeout_add (SLOW_MS, on_slow, self);
  guichet_session_hear_recording_async (self->session, words[0], self->cancellable, on_fetched,
                                        g_object_ref (window));
}

/* Another one of the call. */
static void
on_chosen (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");

  self->again = -1;
  self->at = 0;
  rest (self);
  guichet_clip_sound_stop (self->sound);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  fetch (window);
}

static void
on_retry (GtkWidget *window)
{
  Player *self = g_object_get_data (G_OBJECT (window), "player");

  if (self->bytes == NULL)
    {
      fetch (window);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "sound");
  play (self);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
build_status (Player *self, GtkWidget *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->status = guichet_label_wrapped ("", NULL);
  gtk_label_set_justify (self->status, GTK_JUSTIFY_CENTER);
  self->retry = gtk_button_new_with_label (_ ("Try again"));
  gtk_widget_set_halign (self->retry, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->retry, "clicked", G_CALLBACK (on_retry), window);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), self->retry);
  return box;
}

static GtkWidget *
build_waiting (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Fetching the recording…")));
  return box;
}

static GtkWidget *
build_sound (Player *self, GtkWidget *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->play = gtk_button_new_with_label (_ ("Play"));
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 5);
  self->time = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  guichet_accessible_name (self->scale, _ ("Where it is heard"));
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (on_play), window);
  g_signal_connect (self->scale, "change-value", G_CALLBACK (on_moved), window);
  gtk_box_append (GTK_BOX (box), self->play);
  gtk_box_append (GTK_BOX (box), self->scale);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->time));
  return box;
}

static GtkWidget *
build_which (Player *self, GtkWidget *window)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; self->recordings[i] != NULL; i++)
    {
      /* Translators: of a recording that was interrupted: "Part 2" */
      g_autofree char *name = g_strdup_printf (_ ("Part %u"), i + 1);

      gtk_string_list_append (names, name);
    }
  self->which = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->which), g_strv_length (self->recordings) > 1);
  gtk_widget_set_halign (GTK_WIDGET (self->which), GTK_ALIGN_START);
  guichet_accessible_name (GTK_WIDGET (self->which), _ ("Part of the recording"));
  g_signal_connect_swapped (self->which, "notify::selected", G_CALLBACK (on_chosen), window);
  return GTK_WIDGET (self->which);
}

static GtkWidget *
build (Player *self, GtkWidget *window, GuichetRecent *recent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *who = guichet_who_recent (recent);
  g_autofree char *at =
      guichet_format_instant (guichet_recent_get_at (recent), guichet_clock_now ());
  const char *agents = guichet_recent_get_agents (recent);
  g_autofree char *text =
      g_strdup_printf (*agents != '\0' ? "%s · %s · %s" : "%s · %s%s", who, at, agents);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 18);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "nothing");
  gtk_stack_add_named (self->stack, build_waiting (), "waiting");
  gtk_stack_add_named (self->stack, build_status (self, window), "status");
  gtk_stack_add_named (self->stack, build_sound (self, window), "sound");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (guichet_label_wrapped (text, NULL)));
  gtk_box_append (GTK_BOX (box), build_which (self, window));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

void
guichet_recording_player_show (GtkWindow *parent, GuichetSession *session, GuichetRecent *recent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Player *self = g_new0 (Player, 1);

  self->session = g_object_ref (session);
  self->sound = guichet_clip_sound_new (session);
  self->recordings = g_strdupv ((char **) guichet_recent_get_recordings (recent));
  self->again = -1;
  g_object_set_data_full (G_OBJECT (window), "player", self, player_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Recording of a call"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 460, 220);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build (self, window, recent));
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  g_signal_connect_object (self->sound, "changed", G_CALLBACK (on_sound), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "failed", G_CALLBACK (on_failed), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_phone (session), "notify::recorder-seconds",
                           G_CALLBACK (on_sound), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  fetch (window);
}
