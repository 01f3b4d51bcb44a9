/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies: their JSON form, their rules, and which text is whose. Pure functions. */
#include "model/canned-reply.h"

#include <string.h>

#define BODY                                                                                       \
  { "shortcut", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelCannedReply, shortcut),                  \
    MODEL_FIELD_OPTIONAL, .max = MODEL_REPLY_SHORTCUT_MAX },                                       \
      { "category", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelCannedReply, category),              \
        MODEL_FIELD_OPTIONAL, .max = MODEL_REPLY_CATEGORY_MAX },                                   \
      { "name", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelCannedReply, name),                      \
        MODEL_FIELD_REQUIRED, .max = MODEL_REPLY_NAME_MAX },                                       \
  {                                                                                                \
    "texts", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelCannedReply, texts), MODEL_FIELD_REQUIRED,   \
        .max = MODEL_REPLY_TEXT_MAX                                                                \
  }

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelCannedReply, id), MODEL_FIELD_REQUIRED },
  BODY,
  { NULL },
};
const ModelNoun model_canned_reply_noun = { "canned reply", sizeof (ModelCannedReply), fields };

static const ModelField body_fields[] = { BODY, { NULL } };
const ModelNoun model_canned_reply_body_noun = { "canned reply", sizeof (ModelCannedReply),
                                                 body_fields };

ModelCannedReply *
model_canned_reply_new (void)
{
  return g_new0 (ModelCannedReply, 1);
}

void
model_canned_reply_free (ModelCannedReply *reply)
{
  if (reply == NULL)
    return;
  model_fields_clear (&model_canned_reply_noun, reply);
  g_free (reply);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
has_control (const char *text, const char *but)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      if (g_unichar_iscntrl (c) && (c > 127 || strchr (but, (int) c) == NULL))
        return TRUE;
    }
  return FALSE;
}

gboolean
model_reply_shortcut_valid (const char *shortcut)
{
  glong length = 0;

  for (; *shortcut != '\0'; shortcut = g_utf8_next_char (shortcut), length++)
    {
      gunichar c = g_utf8_get_char (shortcut);
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '_' && c != '.' && c != '-')
        return FALSE;
    }
  return length > 0 && length <= MODEL_REPLY_SHORTCUT_MAX;
}

static void
add (GPtrArray *problems,
     const char *path,
     const char *member,
     const char *code,
     const char *message)
{
  g_autofree char *place = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", member);

  model_problems_add (problems, place, code, "%s", message);
}

void
model_canned_reply_check (const ModelCannedReply *reply, const char *path, GPtrArray *problems)
{
  guint n = reply->texts != NULL ? g_strv_length (reply->texts) : 0;

  if (reply->shortcut != NULL && !model_reply_shortcut_valid (reply->shortcut))
    add (problems, path, "shortcut", "syntax", "a shortcut is 1 to 32 letters, digits, _ . -");
  if (reply->name != NULL && is_blank (reply->name))
    add (problems, path, "name", "missing", "the name is empty");
  if (reply->name != NULL && has_control (reply->name, ""))
    add (problems, path, "name", "syntax", "control characters");
  if (reply->category != NULL && has_control (reply->category, ""))
    add (problems, path, "category", "syntax", "control characters");
  if (n / 2 > MODEL_REPLY_LANGUAGES)
    add (problems, path, "texts", "length", "more than 16 languages");
  for (guint i = 0; i + 1 < n; i += 2)
    {
      g_autofree char *member = g_strconcat ("texts.", reply->texts[i], NULL);

      if (is_blank (reply->texts[i + 1]))
        add (problems, path, member, "missing", "the text is empty");
      else if (has_control (reply->texts[i + 1], "\n\t"))
        add (problems, path, member, "syntax", "control characters");
    }
}

gboolean
model_canned_reply_equal (const ModelCannedReply *a, const ModelCannedReply *b)
{
  return g_strcmp0 (a->shortcut, b->shortcut) == 0 && g_strcmp0 (a->category, b->category) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 &&
         g_strv_equal ((const char *const *) a->texts, (const char *const *) b->texts);
}

static const char *
find (ModelNames texts, const char *language, gsize length)
{
  for (char **entry = texts; entry[0] != NULL; entry += 2)
    if (strlen (entry[0]) == length && strncmp (entry[0], language, length) == 0)
      return entry[1];
  return NULL;
}

static const char *
find_language (ModelNames texts, const char *language)
{
  const char *text;

  if (language == NULL || *language == '\0')
    return NULL;
  text = find (texts, language, strlen (language));
  return text != NULL ? text : find (texts, language, strcspn (language, "_-.@"));
}

const char *
model_reply_text (ModelNames texts, const char *language, const char *agents_language)
{
  const char *text;

  if (texts == NULL || texts[0] == NULL)
    return "";
  text = find_language (texts, language);
  if (text == NULL)
    text = find_language (texts, MODEL_REPLY_ANY);
  return text != NULL ? text : model_names_get (texts, agents_language, "");
}

ModelPermission
model_reply_permission (ModelRole role, gboolean is_public)
{
  ModelPermission allowed = { MODEL_ALLOWED, MODEL_CODE_ACCEPTED };
  ModelPermission refused = { MODEL_GREYED, MODEL_CODE_NOT_SUPERVISOR };

  return !is_public || role == MODEL_ROLE_SUPERVISOR ? allowed : refused;
}
