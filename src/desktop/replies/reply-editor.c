/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form of one reply. Who changed it meanwhile is shown beside what the agent has typed: saving
 * again is a decision then. Main thread only.
 */

#include "desktop/replies/reply-editor.h"

#include "client/canned-change.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/form-draft.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuichetReplyEditor
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GtkWidget *name, *shortcut, *category;
  GtkWidget *everybody;
  GtkDropDown *language;
  GtkTextView *text;
  GtkButton *cancel;
  GtkWidget *save;

  GuichetSession *session;
  GuichetFormDraft *draft;
  char *id; /* NULL: a new one */
  gint64 revision;
  gboolean is_public;
  gboolean saving;
  GHashTable *texts; /* language → text */
  GPtrArray *codes;  /* of the languages in the list */
  guint shown;       /* which of them is in the field */
};

G_DEFINE_FINAL_TYPE (GuichetReplyEditor, guichet_reply_editor, GTK_TYPE_WIDGET)

/* --- languages -------------------------------------------------------------------------------- */

static const char *
name_of_language (const char *code)
{
  static const struct
  {
    const char *code, *name;
  } names[] = { { MODEL_REPLY_ANY, N_ ("For every language") },
                { "fr", N_ ("French") },
                { "bg", N_ ("Bulgarian") },
                { "en", N_ ("English") } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].code, code))
      return _ (names[i].name);
  return code;
}

static void
keep_text (GuichetReplyEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_hash_table_replace (self->texts, g_strdup (self->codes->pdata[self->shown]), text);
}

static void
show_text (GuichetReplyEditor *self)
{
  const char *text = g_hash_table_lookup (self->texts, self->codes->pdata[self->shown]);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  g_signal_handlers_block_by_func (buffer, guichet_form_draft_typed, self->draft);
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  g_signal_handlers_unblock_by_func (buffer, guichet_form_draft_typed, self->draft);
}

static void
on_language (GuichetReplyEditor *self)
{
  guint at = gtk_drop_down_get_selected (self->language);

  if (at >= self->codes->len || at == self->shown)
    return;
  keep_text (self);
  self->shown = at;
  show_text (self);
  guichet_form_draft_typed (self->draft);
}

static void
add_code (GuichetReplyEditor *self, const char *code)
{
  if (!g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, NULL))
    g_ptr_array_add (self->codes, g_strdup (code));
}

/* first: the one that is shown first; NULL: one that has a text. */
static void
list_languages (GuichetReplyEditor *self, const char *first, const char *const *texts)
{
  static const char *const ours[] = { MODEL_REPLY_ANY, "fr", "bg", "en" };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint at = 0;

  if (first == NULL && texts != NULL)
    first = texts[0];
  g_hash_table_remove_all (self->texts);
  g_ptr_array_set_size (self->codes, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    add_code (self, ours[i]);
  for (guint i = 0; texts != NULL && texts[i] != NULL && texts[i + 1] != NULL; i += 2)
    {
      add_code (self, texts[i]);
      g_hash_table_replace (self->texts, g_strdup (texts[i]), g_strdup (texts[i + 1]));
    }
  for (guint i = 0; i < self->codes->len; i++)
    {
      gtk_string_list_append (names, name_of_language (self->codes->pdata[i]));
      if (g_strcmp0 (first, self->codes->pdata[i]) == 0)
        at = i;
    }
  self->shown = at;
  g_signal_handlers_block_by_func (self->language, on_language, self);
  gtk_drop_down_set_model (self->language, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->language, at);
  g_signal_handlers_unblock_by_func (self->language, on_language, self);
  show_text (self);
}

/* --- saving ----------------------------------------------------------------------------------- */

static char *
typed (GtkWidget *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*text != '\0')
    return text;
  g_free (text);
  return NULL;
}

/* Pairs: language, text. */
static void
collect_texts (GuichetReplyEditor *self, GPtrArray *texts)
{
  g_autoptr (GList) languages = NULL;

  keep_text (self);
  languages = g_list_sort (g_hash_table_get_keys (self->texts), (GCompareFunc) strcmp);
  for (GList *l = languages; l != NULL; l = l->next)
    {
      const char *text = g_hash_table_lookup (self->texts, l->data);

      if (*text == '\0')
        continue;
      g_ptr_array_add (texts, g_strdup (l->data));
      g_ptr_array_add (texts, g_strdup (text));
    }
  g_ptr_array_add (texts, NULL);
}

static ModelCannedReply *
collect (GuichetReplyEditor *self)
{
  ModelCannedReply *reply = model_canned_reply_new ();
  GPtrArray *texts = g_ptr_array_new ();
  char *shortcut = typed (self->shortcut);

  collect_texts (self, texts);
  reply->name = typed (self->name);
  reply->shortcut =
      shortcut != NULL && *shortcut == '/' ? g_strdup (shortcut + 1) : g_strdup (shortcut);
  reply->category = typed (self->category);
  reply->texts = (ModelNames) g_ptr_array_free (texts, FALSE);
  g_free (shortcut);
  return reply;
}

static gboolean
too_long (const char *text, glong max)
{
  return text != NULL && g_utf8_strlen (text, -1) > max;
}

/* In words, or NULL. */
static const char *
wrong_with (const ModelCannedReply *reply)
{
  if (reply->name == NULL)
    return _ ("Give the reply a name.");
  if (too_long (reply->name, MODEL_REPLY_NAME_MAX))
    return _ ("The name is too long.");
  if (reply->shortcut != NULL && !model_reply_shortcut_valid (reply->shortcut))
    return _ ("A shortcut has 1 to 32 letters, digits, dots, hyphens or underscores, no blanks.");
  if (too_long (reply->category, MODEL_REPLY_CATEGORY_MAX))
    return _ ("The category is too long.");
  if (reply->texts[0] == NULL)
    return _ ("Write the text of the reply.");
  for (guint i = 1; reply->texts[i - 1] != NULL; i += 2)
    if (too_long (reply->texts[i], MODEL_REPLY_TEXT_MAX))
      return _ ("The text is too long: 4000 characters at most.");
  return NULL;
}

static void
say (GuichetReplyEditor *self, GuichetBannerStyle style, const char *text, const char *button)
{
  guichet_banner_show (self->banner, style, text, button);
}

/* Somebody was faster: theirs is shown, mine stays in the fields. */
static void
say_conflict (GuichetReplyEditor *self)
{
  GuichetCannedReply *theirs = guichet_session_find_reply (self->session, self->id);
  g_autofree char *text = NULL;

  if (theirs == NULL)
    text = g_strdup (_ ("It was deleted meanwhile. Your text is kept."));
  else
    {
      self->revision = guichet_canned_reply_get_revision (theirs);
      text = g_strdup_printf (
          /* Translators: its name, then its text, as somebody else has made them */
          _ ("It was changed meanwhile to “%s”: %s"), guichet_canned_reply_get_name (theirs),
          guichet_canned_reply_text (theirs, self->codes->pdata[self->shown], NULL));
    }
  if (theirs == NULL)
    g_clear_pointer (&self->id, g_free);
  say (self, GUICHET_BANNER_WARNING, text, _ ("Save mine"));
}

static void
say_error (GuichetReplyEditor *self, const GError *error)
{
  const char *field = guichet_client_error_get_field (error);
  g_autofree char *words = guichet_words_of_error (error);

  if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT))
    say_conflict (self);
  else if (g_strcmp0 (field, "/shortcut") == 0)
    say (self, GUICHET_BANNER_ERROR, _ ("Another reply has this shortcut."), NULL);
  else if (g_strcmp0 (field, "/scope") == 0)
    say (self, GUICHET_BANNER_ERROR, _ ("There is no room for more replies. Delete some first."),
         NULL);
  else
    say (self, GUICHET_BANNER_ERROR, words, NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetReplyEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCannedReply) reply =
      guichet_session_save_reply_finish (GUICHET_SESSION (source), result, &error);

  self->saving = FALSE;
  if (reply == NULL)
    say_error (self, error);
  else
    guichet_form_draft_saved (self->draft);
}

static void
on_save (GuichetReplyEditor *self)
{
  g_autoptr (ModelCannedReply) reply = collect (self);
  const char *wrong = wrong_with (reply);

  if (self->saving || !gtk_widget_get_visible (self->save))
    return;
  if (wrong != NULL)
    {
      say (self, GUICHET_BANNER_ERROR, wrong, NULL);
      return;
    }
  guichet_banner_hide (self->banner);
  self->saving = TRUE;
  guichet_form_draft_sent (self->draft);
  guichet_session_save_reply_async (
      self->session, self->id,
      self->id != NULL ? self->is_public
                       : gtk_check_button_get_active (GTK_CHECK_BUTTON (self->everybody)),
      self->revision, reply, NULL, on_saved, g_object_ref (self));
}

/* --- what is typed ---------------------------------------------------------------------------- */

enum
{
  FIELD_REVISION, /* on which it is based */
  FIELD_NAME,
  FIELD_SHORTCUT,
  FIELD_CATEGORY,
  FIELD_EVERYBODY,
  FIELD_LANGUAGE, /* that is shown */
  FIELD_TEXTS     /* pairs: language, text */
};

static char **
read_fields (GtkWidget *form)
{
  GuichetReplyEditor *self = GUICHET_REPLY_EDITOR (form);
  gboolean everybody = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->everybody));
  GtkWidget *entries[] = { self->name, self->shortcut, self->category };
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, g_strdup_printf ("%" G_GINT64_FORMAT, self->revision));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_ptr_array_add (fields, g_strdup (gtk_editable_get_text (GTK_EDITABLE (entries[i]))));
  g_ptr_array_add (fields, g_strdup (everybody ? "everybody" : ""));
  g_ptr_array_add (fields, g_strdup (self->codes->pdata[self->shown]));
  collect_texts (self, fields);
  return (char **) g_ptr_array_free (fields, FALSE);
}

static void
fill_fields (GtkWidget *form, const char *const *fields)
{
  GuichetReplyEditor *self = GUICHET_REPLY_EDITOR (form);

  if (g_strv_length ((char **) fields) < FIELD_TEXTS)
    return;
  self->revision = g_ascii_strtoll (fields[FIELD_REVISION], NULL, 10);
  gtk_editable_set_text (GTK_EDITABLE (self->name), fields[FIELD_NAME]);
  gtk_editable_set_text (GTK_EDITABLE (self->shortcut), fields[FIELD_SHORTCUT]);
  gtk_editable_set_text (GTK_EDITABLE (self->category), fields[FIELD_CATEGORY]);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->everybody),
                               *fields[FIELD_EVERYBODY] != '\0');
  list_languages (self, fields[FIELD_LANGUAGE], fields + FIELD_TEXTS);
}

static void
watch_typing (GuichetReplyEditor *self)
{
  GObject *typed_into[] = { G_OBJECT (self->name), G_OBJECT (self->shortcut),
                            G_OBJECT (self->category),
                            G_OBJECT (gtk_text_view_get_buffer (self->text)) };

  for (guint i = 0; i < G_N_ELEMENTS (typed_into); i++)
    g_signal_connect_object (typed_into[i], "changed", G_CALLBACK (guichet_form_draft_typed),
                             self->draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->everybody, "toggled", G_CALLBACK (guichet_form_draft_typed),
                           self->draft, G_CONNECT_SWAPPED);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
set_usable (GuichetReplyEditor *self, gboolean usable)
{
  gtk_editable_set_editable (GTK_EDITABLE (self->name), usable);
  gtk_editable_set_editable (GTK_EDITABLE (self->shortcut), usable);
  gtk_editable_set_editable (GTK_EDITABLE (self->category), usable);
  gtk_text_view_set_editable (self->text, usable);
  gtk_widget_set_visible (self->save, usable);
  if (usable)
    guichet_banner_hide (self->banner);
  else
    say (self, GUICHET_BANNER_INFO, _ ("Public replies are changed by supervisors."), NULL);
}

void
guichet_reply_editor_set (GuichetReplyEditor *self, GuichetCannedReply *reply)
{
  gboolean usable;

  guichet_form_draft_pause (self->draft);
  self->is_public = reply != NULL && !guichet_canned_reply_get_personal (reply);
  g_free (self->id);
  self->id = reply != NULL ? g_strdup (guichet_canned_reply_get_id (reply)) : NULL;
  self->revision = reply != NULL ? guichet_canned_reply_get_revision (reply) : 0;
  gtk_editable_set_text (GTK_EDITABLE (self->name),
                         reply != NULL ? guichet_canned_reply_get_name (reply) : "");
  gtk_editable_set_text (GTK_EDITABLE (self->shortcut),
                         reply != NULL ? guichet_canned_reply_get_shortcut (reply) : "");
  gtk_editable_set_text (GTK_EDITABLE (self->category),
                         reply != NULL ? guichet_canned_reply_get_category (reply) : "");
  list_languages (self, NULL, reply != NULL ? guichet_canned_reply_get_texts (reply) : NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->everybody), FALSE);
  gtk_widget_set_visible (self->everybody, reply == NULL && guichet_session_may_change_replies (
                                                                self->session, TRUE, NULL));
  usable = guichet_session_may_change_replies (self->session, self->is_public, NULL);
  set_usable (self, usable);
  if (usable)
    guichet_form_draft_begin (self->draft, self->id != NULL ? self->id : "");
  gtk_widget_grab_focus (self->name);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_reply_editor_dispose (GObject *object)
{
  GuichetReplyEditor *self = GUICHET_REPLY_EDITOR (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (guichet_reply_editor_parent_class)->dispose (object);
}

static void
guichet_reply_editor_class_init (GuichetReplyEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_reply_editor_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
}

static void
guichet_reply_editor_init (GuichetReplyEditor *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GCallback save = G_CALLBACK (on_save);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *hint = gtk_label_new (
      _ ("{customer.name}, {agent.name} and other names in braces are filled in before sending."));

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  self->name = guichet_form_add_entry (box, _ ("Name"), save, widget);
  self->shortcut = guichet_form_add_entry (box, _ ("Shortcut"), save, widget);
  self->category = guichet_form_add_entry (box, _ ("Category"), save, widget);
  self->language = GTK_DROP_DOWN (
      guichet_form_add (box, _ ("Language of the text"), gtk_drop_down_new (NULL, NULL)));
  self->text = guichet_form_add_text (box, _ ("Text of the reply"));
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dim");
  gtk_box_append (GTK_BOX (box), hint);
  self->everybody = gtk_check_button_new_with_label (_ ("For everybody"));
  gtk_box_append (GTK_BOX (box), self->everybody);
  self->save = guichet_form_add_buttons (box, _ ("Save"), save, widget, &self->cancel);
  gtk_widget_set_parent (box, widget);
  g_signal_connect_swapped (self->language, "notify::selected", G_CALLBACK (on_language), self);
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (on_save), self);
}

GtkWidget *
guichet_reply_editor_new (GuichetSession *session)
{
  GuichetReplyEditor *self = g_object_new (GUICHET_TYPE_REPLY_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->draft = guichet_form_draft_new (GTK_WIDGET (self), self->cancel, session, "reply",
                                        read_fields, fill_fields);
  watch_typing (self);
  return GTK_WIDGET (self);
}
