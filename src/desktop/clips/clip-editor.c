/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form of one clip. Main thread only.
 */

#include "desktop/clips/clip-editor.h"

#include "client/clip-change.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/form-draft.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"
#include "model/clip.h"

#include <glib/gi18n.h>
#include <math.h>

#define QUIETEST_DB -60.0

struct _GuichetClipEditor
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GtkWidget *label, *tags, *everybody;
  GtkButton *cancel;
  GtkWidget *record, *hear;
  GtkLabel *state;
  GtkLevelBar *level;
  GuichetTimerLabel *timer;

  GuichetSession *session;
  GuichetClipSound *sound;
  GuichetFormDraft *draft;
  char *id; /* NULL: a new one */
  GuichetClip *clip;
  gint64 revision;
  gboolean archived, saving, watching;
};

G_DEFINE_FINAL_TYPE (GuichetClipEditor, guichet_clip_editor, GTK_TYPE_WIDGET)

static gboolean
is (GuichetClipEditor *self, const char *state)
{
  return g_str_equal (guichet_clip_sound_get_state (self->sound), state);
}

static void
say (GuichetClipEditor *self, GuichetBannerStyle style, const char *text)
{
  guichet_banner_show (self->banner, style, text, NULL);
}

/* --- the sound -------------------------------------------------------------------------------- */

static char *
words_of_sound (GuichetClipEditor *self)
{
  if (is (self, "recording"))
    return g_strdup (_ ("Recording… five minutes at most"));
  if (is (self, "playing"))
    return g_strdup (_ ("You hear it now"));
  if (guichet_clip_sound_get_bytes (self->sound) != NULL)
    return g_strdup (_ ("Recorded, not yet saved"));
  if (self->clip != NULL)
    /* Translators: a number of seconds */
    return g_strdup_printf (_ ("%.0f s of sound"), ceil (guichet_clip_get_seconds (self->clip)));
  return g_strdup (_ ("No sound yet"));
}

static void
watch_level (GuichetClipEditor *self, gboolean watch)
{
  if (self->watching == watch)
    return;
  self->watching = watch;
  guichet_phone_watch_levels (guichet_session_get_phone (self->session), watch);
}

static void
show_sound (GuichetClipEditor *self)
{
  gboolean recording = is (self, "recording"), playing = is (self, "playing");
  const char *obstacle = guichet_clip_sound_get_obstacle (self->sound);
  gboolean has = guichet_clip_sound_get_bytes (self->sound) != NULL || self->clip != NULL;
  g_autofree char *text = words_of_sound (self);
  const char *verb = recording ? _ ("Stop") : has ? _ ("Record anew") : _ ("Record");

  gtk_button_set_label (GTK_BUTTON (self->record), verb);
  guichet_accessible_name (self->record, verb);
  guichet_accessible_grey (self->record, recording ? NULL : obstacle, NULL);
  gtk_button_set_label (GTK_BUTTON (self->hear), playing ? _ ("Stop") : _ ("Hear the clip"));
  guichet_accessible_grey (self->hear,
                           playing     ? NULL
                           : !has      ? _ ("Record something first.")
                           : recording ? _ ("Stop the recording first.")
                                       : obstacle,
                           NULL);
  gtk_label_set_text (self->state, text);
  if (recording && !gtk_widget_get_visible (GTK_WIDGET (self->timer)))
    guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, guichet_clock_now ());
  gtk_widget_set_visible (GTK_WIDGET (self->timer), recording);
  gtk_widget_set_visible (GTK_WIDGET (self->level), recording);
  watch_level (self, recording && gtk_widget_get_mapped (GTK_WIDGET (self)));
  guichet_form_draft_typed (self->draft);
}

static void
on_level (GuichetPhone *phone, GParamSpec *pspec, GuichetClipEditor *self)
{
  double db = QUIETEST_DB;

  g_object_get (phone, "level-microphone", &db, NULL);
  gtk_level_bar_set_value (self->level, CLAMP ((db - QUIETEST_DB) / -QUIETEST_DB, 0.0, 1.0));
}

static void
on_record (GuichetClipEditor *self)
{
  guichet_banner_hide (self->banner);
  if (is (self, "idle"))
    guichet_clip_sound_record (self->sound);
  else
    guichet_clip_sound_stop (self->sound);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      guichet_session_hear_clip_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *words = bytes == NULL ? guichet_words_of_error (error) : NULL;

  if (words != NULL)
    say (self, GUICHET_BANNER_ERROR, words);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    guichet_clip_sound_play (self->sound, bytes, 0);
}

static void
on_hear (GuichetClipEditor *self)
{
  GBytes *bytes = guichet_clip_sound_get_bytes (self->sound);

  if (!is (self, "idle"))
    guichet_clip_sound_stop (self->sound);
  else if (bytes != NULL)
    guichet_clip_sound_play (self->sound, bytes, 0);
  else if (self->clip != NULL)
    guichet_session_hear_clip_async (self->session, self->clip, NULL, on_fetched,
                                     g_object_ref (self));
}

static void
on_sound_failed (GuichetClipSound *sound, const char *text, GuichetClipEditor *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    say (self, GUICHET_BANNER_WARNING, text);
}

/* --- saving ----------------------------------------------------------------------------------- */

static char **
typed_tags (GuichetClipEditor *self)
{
  g_auto (GStrv) parts =
      g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->tags)), ",", MODEL_CLIP_TAGS_MAX + 1);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (tags, g_strdup (parts[i]));
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

/* In words, or NULL. */
static const char *
wrong_with (GuichetClipEditor *self, const char *label, char **tags)
{
  if (*label == '\0')
    return _ ("Give the clip a name.");
  if (g_utf8_strlen (label, -1) > MODEL_CLIP_LABEL_MAX)
    return _ ("The name is too long.");
  if (g_strv_length (tags) > MODEL_CLIP_TAGS_MAX)
    return _ ("Eight tags at most.");
  for (guint i = 0; tags[i] != NULL; i++)
    if (g_utf8_strlen (tags[i], -1) > MODEL_CLIP_TAG_MAX)
      return _ ("A tag is too long.");
  if (self->id == NULL && guichet_clip_sound_get_bytes (self->sound) == NULL)
    return _ ("Record something first.");
  return NULL;
}

static void
say_error (GuichetClipEditor *self, const GError *error)
{
  const char *field = guichet_client_error_get_field (error);
  g_autofree char *words = guichet_words_of_error (error);

  if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT))
    {
      if (self->clip != NULL)
        self->revision = guichet_clip_get_revision (self->clip);
      say (self, GUICHET_BANNER_WARNING, _ ("It was changed meanwhile. Save again to keep yours."));
    }
  else if (g_strcmp0 (field, "/scope") == 0)
    say (self, GUICHET_BANNER_ERROR, _ ("There is no room for more clips. Delete some first."));
  else
    say (self, GUICHET_BANNER_ERROR, words);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipEditor) self = data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!guichet_session_save_clip_finish (GUICHET_SESSION (source), result, &error))
    {
      say_error (self, error);
      return;
    }
  guichet_form_draft_saved (self->draft);
  if (!guichet_form_draft_is_changed (self->draft))
    guichet_clip_sound_forget (self->sound);
}

static void
on_save (GuichetClipEditor *self)
{
  g_autofree char *label =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->label))));
  g_auto (GStrv) tags = typed_tags (self);
  const char *wrong = wrong_with (self, label, tags);
  GuichetClipWish wish = { .label = label,
                           .tags = (const char *const *) tags,
                           .archived = self->archived,
                           .sound = guichet_clip_sound_get_bytes (self->sound) };

  if (self->saving || !is (self, "idle"))
    return;
  if (wrong != NULL)
    {
      say (self, GUICHET_BANNER_ERROR, wrong);
      return;
    }
  guichet_banner_hide (self->banner);
  self->saving = TRUE;
  guichet_form_draft_sent (self->draft);
  wish.of_centre = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->everybody));
  guichet_session_save_clip_async (self->session, self->id, self->revision, &wish, NULL, on_saved,
                                   g_object_ref (self));
}

/* --- what is typed ---------------------------------------------------------------------------- */

enum
{
  FIELD_REVISION, /* on which it is based */
  FIELD_LABEL,
  FIELD_TAGS,
  FIELD_EVERYBODY,
  FIELD_SOUND, /* how much was recorded; "" nothing */
  N_FIELDS
};

static char **
read_fields (GtkWidget *form)
{
  GuichetClipEditor *self = GUICHET_CLIP_EDITOR (form);
  gboolean everybody = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->everybody));
  GBytes *bytes = guichet_clip_sound_get_bytes (self->sound);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  char **fields = g_new0 (char *, N_FIELDS + 1);

  fields[FIELD_REVISION] = g_strdup_printf ("%" G_GINT64_FORMAT, self->revision);
  fields[FIELD_LABEL] = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->label)));
  fields[FIELD_TAGS] = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->tags)));
  fields[FIELD_EVERYBODY] = g_strdup (everybody ? "everybody" : "");
  fields[FIELD_SOUND] = guichet_clip_sound_is_recording (self->sound) ? g_strdup ("recording")
                        : size > 0 ? g_strdup_printf ("%" G_GSIZE_FORMAT, size)
                                   : g_strdup ("");
  return fields;
}

/* Without what was recorded, which the session has; whoever discards the rest discards that, too.
 */
static void
fill_fields (GtkWidget *form, const char *const *fields)
{
  GuichetClipEditor *self = GUICHET_CLIP_EDITOR (form);

  if (g_strv_length ((char **) fields) != N_FIELDS)
    return;
  self->revision = g_ascii_strtoll (fields[FIELD_REVISION], NULL, 10);
  gtk_editable_set_text (GTK_EDITABLE (self->label), fields[FIELD_LABEL]);
  gtk_editable_set_text (GTK_EDITABLE (self->tags), fields[FIELD_TAGS]);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->everybody),
                               *fields[FIELD_EVERYBODY] != '\0');
  if (*fields[FIELD_SOUND] == '\0')
    guichet_clip_sound_forget (self->sound);
}

static void
watch_typing (GuichetClipEditor *self)
{
  GtkWidget *typed_into[] = { self->label, self->tags };

  for (guint i = 0; i < G_N_ELEMENTS (typed_into); i++)
    g_signal_connect_object (typed_into[i], "changed", G_CALLBACK (guichet_form_draft_typed),
                             self->draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->everybody, "toggled", G_CALLBACK (guichet_form_draft_typed),
                           self->draft, G_CONNECT_SWAPPED);
}

/* --- showing ---------------------------------------------------------------------------------- */

void
guichet_clip_editor_set (GuichetClipEditor *self, GuichetClip *clip)
{
  g_autofree char *tags =
      clip != NULL ? g_strjoinv (", ", (char **) guichet_clip_get_tags (clip)) : g_strdup ("");

  guichet_form_draft_pause (self->draft);
  guichet_clip_sound_set_clip (self->sound, NULL);
  g_set_object (&self->clip, clip);
  g_free (self->id);
  self->id = clip != NULL ? g_strdup (guichet_clip_get_id (clip)) : NULL;
  self->revision = clip != NULL ? guichet_clip_get_revision (clip) : 0;
  self->archived = clip != NULL && guichet_clip_get_archived (clip);
  gtk_editable_set_text (GTK_EDITABLE (self->label),
                         clip != NULL ? guichet_clip_get_label (clip) : "");
  gtk_editable_set_text (GTK_EDITABLE (self->tags), tags);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->everybody), FALSE);
  gtk_widget_set_visible (self->everybody, clip == NULL && guichet_session_may_change_clips (
                                                               self->session, TRUE, NULL));
  guichet_banner_hide (self->banner);
  guichet_form_draft_begin (self->draft, self->id != NULL ? self->id : "");
  guichet_clip_sound_set_clip (self->sound, self->id != NULL ? self->id : "");
  if (!guichet_form_draft_is_changed (self->draft))
    guichet_clip_sound_forget (self->sound);
  show_sound (self);
  gtk_widget_grab_focus (self->label);
}

/* --- class ------------------------------------------------------------------------------------ */

/* Who records leaves the recording first. */
static void
on_done (GuichetClipEditor *self)
{
  if (!guichet_clip_sound_is_recording (self->sound))
    return;
  guichet_clip_sound_stop (self->sound);
  g_signal_stop_emission_by_name (self, "done");
}

static void
on_unmap (GuichetClipEditor *self)
{
  watch_level (self, FALSE);
}

static void
guichet_clip_editor_dispose (GObject *object)
{
  GuichetClipEditor *self = GUICHET_CLIP_EDITOR (object);

  if (self->session != NULL)
    watch_level (self, FALSE);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->clip);
  g_clear_object (&self->draft);
  g_clear_object (&self->sound);
  g_clear_object (&self->session);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (guichet_clip_editor_parent_class)->dispose (object);
}

static void
guichet_clip_editor_class_init (GuichetClipEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_clip_editor_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
}

static GtkWidget *
build_sound (GuichetClipEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->record = gtk_button_new_with_label (_ ("Record"));
  self->hear = gtk_button_new_with_label (_ ("Hear the clip"));
  self->timer = GUICHET_TIMER_LABEL (guichet_timer_label_new ());
  self->state = guichet_label_wrapped (NULL, "dim");
  self->level = GTK_LEVEL_BAR (gtk_level_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->timer), FALSE);
  guichet_timer_label_set_caption (self->timer, _ ("Recording for"));
  guichet_accessible_name (GTK_WIDGET (self->level), _ ("How loud you are"));
  g_signal_connect_swapped (self->record, "clicked", G_CALLBACK (on_record), self);
  g_signal_connect_swapped (self->hear, "clicked", G_CALLBACK (on_hear), self);
  gtk_box_append (GTK_BOX (line), self->record);
  gtk_box_append (GTK_BOX (line), self->hear);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->timer));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->level));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state));
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_vexpand (box, TRUE);
  return box;
}

static void
guichet_clip_editor_init (GuichetClipEditor *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GCallback save = G_CALLBACK (on_save);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  self->label = guichet_form_add_entry (box, _ ("Name of the clip"), save, widget);
  self->tags = guichet_form_add_entry (box, _ ("Tags, with commas between them"), save, widget);
  self->everybody = gtk_check_button_new_with_label (_ ("For everybody"));
  gtk_box_append (GTK_BOX (box), self->everybody);
  gtk_box_append (GTK_BOX (box), build_sound (self));
  guichet_form_add_buttons (box, _ ("Save"), save, widget, &self->cancel);
  gtk_widget_set_parent (box, widget);
  g_signal_connect (self, "done", G_CALLBACK (on_done), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
}

GtkWidget *
guichet_clip_editor_new (GuichetSession *session, GuichetClipSound *sound)
{
  GuichetClipEditor *self = g_object_new (GUICHET_TYPE_CLIP_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->sound = g_object_ref (sound);
  self->draft = guichet_form_draft_new (GTK_WIDGET (self), self->cancel, session, "clip",
                                        read_fields, fill_fields);
  watch_typing (self);
  g_signal_connect_object (sound, "changed", G_CALLBACK (show_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sound, "failed", G_CALLBACK (on_sound_failed), self, 0);
  g_signal_connect_object (guichet_session_get_phone (session), "notify::level-microphone",
                           G_CALLBACK (on_level), self, 0);
  return GTK_WIDGET (self);
}
