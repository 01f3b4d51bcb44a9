/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message: who called, when, how long, in which box; heard, called back, marked, deleted. What
 * is new is bold and says so. Main thread only.
 */

#include "desktop/voicemail/voicemail-row.h"

#include "client/voicemail-change.h"
#include "desktop/text/format.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetVoicemailRow
{
  GtkWidget parent_instance;

  GtkLabel *about, *who;
  GtkWidget *play, *call, *mark, *delete;

  GuichetSession *session;
  GuichetClipSound *sound;
  GuichetVoicemail *voicemail;
};

G_DEFINE_FINAL_TYPE (GuichetVoicemailRow, guichet_voicemail_row, GTK_TYPE_WIDGET)

static guint delete_signal;

static void
name_button (GtkWidget *button, const char *name)
{
  guichet_accessible_name (button, name);
  guichet_widget_set_tip (button, name);
}

static const char *
who_of (GuichetVoicemail *voicemail)
{
  if (*guichet_voicemail_get_name (voicemail) != '\0')
    return guichet_voicemail_get_name (voicemail);
  if (*guichet_voicemail_get_number (voicemail) != '\0')
    return guichet_voicemail_get_number (voicemail);
  return _ ("Unknown caller");
}

static void
refresh (GuichetVoicemailRow *self)
{
  const gboolean heard = guichet_voicemail_get_heard (self->voicemail);
  g_autofree char *when =
      guichet_format_instant (guichet_voicemail_get_at (self->voicemail), guichet_clock_now ());
  g_autofree char *length =
      guichet_format_duration (MAX (1, guichet_voicemail_get_duration (self->voicemail) / 1000));
  g_autofree char *line =
      g_strjoin (" · ", heard ? _ ("Heard") : _ ("New"),
                 guichet_voicemail_get_box (self->voicemail), when, length, NULL);
  const char *who = who_of (self->voicemail);

  gtk_label_set_text (self->about, line);
  gtk_label_set_text (self->who, who);
  guichet_widget_set_class (GTK_WIDGET (self->who), "heading", !heard);
  gtk_button_set_icon_name (GTK_BUTTON (self->mark),
                            heard ? "mail-unread-symbolic" : "mail-read-symbolic");
  name_button (self->mark, heard ? _ ("Mark as new") : _ ("Mark as heard"));
  gtk_widget_set_visible (self->call, *guichet_voicemail_get_number (self->voicemail) != '\0');
  guichet_accessible_name (GTK_WIDGET (self), who);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line,
                                  -1);
}

static void
on_sound (GuichetVoicemailRow *self)
{
  const gboolean plays = g_str_equal (guichet_clip_sound_get_state (self->sound), "playing");

  gtk_button_set_icon_name (GTK_BUTTON (self->play), plays ? "media-playback-stop-symbolic"
                                                           : "media-playback-start-symbolic");
  name_button (self->play, plays ? _ ("Stop") : _ ("Listen"));
}

/* What is heard is no longer new. */
static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetVoicemailRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      guichet_session_hear_voicemail_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *words = bytes == NULL ? guichet_words_of_error (error) : NULL;

  if (words != NULL)
    guichet_toast (GTK_WIDGET (self), words);
  else
    guichet_clip_sound_play (self->sound, bytes, 0);
  if (words == NULL && self->voicemail != NULL && !guichet_voicemail_get_heard (self->voicemail))
    guichet_session_mark_voicemail_async (self->session, self->voicemail, TRUE, NULL,
                                          guichet_command_done, g_object_ref (self));
}

static void
on_play (GuichetVoicemailRow *self)
{
  const char *obstacle = guichet_clip_sound_get_obstacle (self->sound);

  if (!g_str_equal (guichet_clip_sound_get_state (self->sound), "idle"))
    guichet_clip_sound_stop (self->sound);
  else if (obstacle != NULL)
    guichet_toast (GTK_WIDGET (self), obstacle);
  else if (self->voicemail != NULL)
    guichet_session_hear_voicemail_async (self->session, self->voicemail, NULL, on_fetched,
                                          g_object_ref (self));
}

static void
on_call (GuichetVoicemailRow *self)
{
  if (self->voicemail != NULL)
    guichet_session_call_voicemail_async (self->session, self->voicemail, NULL,
                                          guichet_command_done, g_object_ref (self));
}

static void
on_mark (GuichetVoicemailRow *self)
{
  if (self->voicemail != NULL)
    guichet_session_mark_voicemail_async (self->session, self->voicemail,
                                          !guichet_voicemail_get_heard (self->voicemail), NULL,
                                          guichet_command_done, g_object_ref (self));
}

static void
on_delete (GuichetVoicemailRow *self)
{
  if (self->voicemail != NULL)
    g_signal_emit (self, delete_signal, 0, self->voicemail);
}

void
guichet_voicemail_row_show (GuichetVoicemailRow *self, GuichetVoicemail *voicemail)
{
  if (self->voicemail != NULL)
    g_signal_handlers_disconnect_by_func (self->voicemail, refresh, self);
  g_set_object (&self->voicemail, voicemail);
  if (voicemail == NULL)
    return;
  g_signal_connect_swapped (voicemail, "notify", G_CALLBACK (refresh), self);
  refresh (self);
  on_sound (self);
}

static void
guichet_voicemail_row_dispose (GObject *object)
{
  GuichetVoicemailRow *self = GUICHET_VOICEMAIL_ROW (object);

  guichet_voicemail_row_show (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_object (&self->sound);
  G_OBJECT_CLASS (guichet_voicemail_row_parent_class)->dispose (object);
}

static void
guichet_voicemail_row_class_init (GuichetVoicemailRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_voicemail_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  delete_signal = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_VOICEMAIL);
}

static GtkWidget *
add_button (GuichetVoicemailRow *self,
            GtkWidget *box,
            const char *icon,
            const char *name,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  name_button (button, name);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
guichet_voicemail_row_init (GuichetVoicemailRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->about = guichet_label_wrapped (NULL, "dim");
  self->who = guichet_label_wrapped (NULL, NULL);
  gtk_label_set_xalign (self->about, 0);
  gtk_label_set_xalign (self->who, 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->who));
  gtk_box_append (GTK_BOX (box), words);
  self->play =
      add_button (self, box, "media-playback-start-symbolic", _ ("Listen"), G_CALLBACK (on_play));
  self->call = add_button (self, box, "call-start-symbolic", _ ("Call back"), G_CALLBACK (on_call));
  self->mark =
      add_button (self, box, "mail-read-symbolic", _ ("Mark as heard"), G_CALLBACK (on_mark));
  self->delete = add_button (self, box, "user-trash-symbolic", _ ("Delete the message"),
                             G_CALLBACK (on_delete));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_voicemail_row_new (GuichetSession *session, GuichetClipSound *sound)
{
  GuichetVoicemailRow *self = g_object_new (GUICHET_TYPE_VOICEMAIL_ROW, NULL);

  self->session = g_object_ref (session);
  self->sound = g_object_ref (sound);
  g_signal_connect_object (sound, "changed", G_CALLBACK (on_sound), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
