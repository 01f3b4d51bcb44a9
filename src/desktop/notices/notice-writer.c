/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form of a message. Whom it can go to is listed when it is opened. Main thread only.
 */

#include "desktop/notices/notice-writer.h"

#include "client/notice-change.h"
#include "desktop/notices/notice-words.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/form-draft.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define TEXT_MAX 1000

typedef struct
{
  gboolean team;
  char *id;
} Target;

struct _GuichetNoticeWriter
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GtkDropDown *to, *priority;
  GtkTextView *text;
  GtkButton *cancel;
  GuichetSession *session;
  GuichetFormDraft *draft;
  GPtrArray *targets; /* Target, of all but the first in the list, which is all */
  gboolean sending;
};

G_DEFINE_FINAL_TYPE (GuichetNoticeWriter, guichet_notice_writer, GTK_TYPE_WIDGET)

static const char *const priorities[] = { "normal", "low", "high", "urgent" };

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->id);
  g_free (target);
}

static void
add_target (GuichetNoticeWriter *self,
            GtkStringList *names,
            gboolean team,
            const char *id,
            const char *name)
{
  Target *target = g_new0 (Target, 1);

  target->team = team;
  target->id = g_strdup (id);
  g_ptr_array_add (self->targets, target);
  gtk_string_list_append (names, name);
}

static gboolean
has_team (GuichetNoticeWriter *self, const char *team)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (g_str_equal (((Target *) self->targets->pdata[i])->id, team))
      return TRUE;
  return FALSE;
}

/* All, the teams, then each colleague. */
static void
list_targets (GuichetNoticeWriter *self)
{
  GListModel *colleagues = guichet_session_get_colleagues (self->session);
  guint n = g_list_model_get_n_items (colleagues);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->targets, 0);
  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetColleague) one = g_list_model_get_item (colleagues, i);
      const char *team = guichet_colleague_get_team (one);
      g_autofree char *name =
          g_strdup_printf (_ ("Team %s"), guichet_colleague_get_team_name (one));

      if (*team != '\0' && !has_team (self, team))
        add_target (self, names, TRUE, team, name);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetColleague) one = g_list_model_get_item (colleagues, i);

      add_target (self, names, FALSE, guichet_colleague_get_id (one),
                  guichet_colleague_get_name (one));
    }
  gtk_drop_down_set_model (self->to, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->to, 0);
}

/* NULL: all */
static const Target *
chosen (GuichetNoticeWriter *self)
{
  guint at = gtk_drop_down_get_selected (self->to);

  return at > 0 && at <= self->targets->len ? self->targets->pdata[at - 1] : NULL;
}

static char *
written (GuichetNoticeWriter *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* --- what is typed ---------------------------------------------------------------------------- */

enum
{
  FIELD_TEAM,
  FIELD_AGENT,
  FIELD_PRIORITY,
  FIELD_TEXT,
  N_FIELDS
};

static char **
read_fields (GtkWidget *form)
{
  GuichetNoticeWriter *self = GUICHET_NOTICE_WRITER (form);
  const Target *target = chosen (self);
  char **fields = g_new0 (char *, N_FIELDS + 1);

  fields[FIELD_TEAM] = g_strdup (target != NULL && target->team ? target->id : "");
  fields[FIELD_AGENT] = g_strdup (target != NULL && !target->team ? target->id : "");
  fields[FIELD_PRIORITY] = g_strdup (priorities[gtk_drop_down_get_selected (self->priority)]);
  fields[FIELD_TEXT] = written (self);
  return fields;
}

static void
fill_fields (GtkWidget *form, const char *const *fields)
{
  GuichetNoticeWriter *self = GUICHET_NOTICE_WRITER (form);

  if (g_strv_length ((char **) fields) != N_FIELDS)
    return;
  gtk_drop_down_set_selected (self->to, 0);
  for (guint i = 0; i < self->targets->len; i++)
    {
      const Target *one = self->targets->pdata[i];

      if (g_str_equal (one->id, fields[one->team ? FIELD_TEAM : FIELD_AGENT]))
        gtk_drop_down_set_selected (self->to, i + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (g_str_equal (priorities[i], fields[FIELD_PRIORITY]))
      gtk_drop_down_set_selected (self->priority, i);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), fields[FIELD_TEXT], -1);
}

static void
watch_typing (GuichetNoticeWriter *self)
{
  GObject *chosen_from[] = { G_OBJECT (self->to), G_OBJECT (self->priority) };

  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed",
                           G_CALLBACK (guichet_form_draft_typed), self->draft, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (chosen_from); i++)
    g_signal_connect_object (chosen_from[i], "notify::selected",
                             G_CALLBACK (guichet_form_draft_typed), self->draft, G_CONNECT_SWAPPED);
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetNoticeWriter) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->sending = FALSE;
  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      guichet_form_draft_saved (self->draft);
      return;
    }
  words = guichet_words_of_error (error);
  guichet_banner_show (self->banner, GUICHET_BANNER_ERROR, words, NULL);
}

static void
on_send (GuichetNoticeWriter *self)
{
  const Target *target = chosen (self);
  g_autofree char *text = g_strstrip (written (self));

  if (self->sending)
    return;
  if (*text == '\0' || g_utf8_strlen (text, -1) > TEXT_MAX)
    {
      guichet_banner_show (self->banner, GUICHET_BANNER_ERROR,
                           *text == '\0' ? _ ("Write something first.")
                                         : _ ("The text is too long: 1000 characters at most."),
                           NULL);
      return;
    }
  self->sending = TRUE;
  guichet_form_draft_sent (self->draft);
  guichet_session_send_notice_async (self->session,
                                     target != NULL && !target->team ? target->id : NULL,
                                     target != NULL && target->team ? target->id : NULL,
                                     priorities[gtk_drop_down_get_selected (self->priority)], text,
                                     NULL, on_sent, g_object_ref (self));
}

void
guichet_notice_writer_begin (GuichetNoticeWriter *self)
{
  guichet_form_draft_pause (self->draft);
  list_targets (self);
  gtk_drop_down_set_selected (self->priority, 0);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", -1);
  guichet_banner_hide (self->banner);
  guichet_form_draft_begin (self->draft, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
guichet_notice_writer_dispose (GObject *object)
{
  GuichetNoticeWriter *self = GUICHET_NOTICE_WRITER (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  G_OBJECT_CLASS (guichet_notice_writer_parent_class)->dispose (object);
}

static void
guichet_notice_writer_class_init (GuichetNoticeWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_notice_writer_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
}

static GtkWidget *
build_priority (GuichetNoticeWriter *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    gtk_string_list_append (names, guichet_notice_priority_words (priorities[i]));
  return gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
}

static void
guichet_notice_writer_init (GuichetNoticeWriter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->targets = g_ptr_array_new_with_free_func (target_free);
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  self->to = GTK_DROP_DOWN (guichet_form_add (box, _ ("To"), gtk_drop_down_new (NULL, NULL)));
  self->priority = GTK_DROP_DOWN (guichet_form_add (box, _ ("Priority"), build_priority (self)));
  self->text = guichet_form_add_text (box, _ ("Text of the message"));
  guichet_form_add_buttons (box, _ ("Send"), G_CALLBACK (on_send), GTK_WIDGET (self),
                            &self->cancel);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_notice_writer_new (GuichetSession *session)
{
  GuichetNoticeWriter *self = g_object_new (GUICHET_TYPE_NOTICE_WRITER, NULL);

  self->session = g_object_ref (session);
  self->draft = guichet_form_draft_new (GTK_WIDGET (self), self->cancel, session, "notice",
                                        read_fields, fill_fields);
  watch_typing (self);
  return GTK_WIDGET (self);
}
