/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was before, as the centre tells it of a customer and of a search: into GuichetRecent, with
 * who took part, the notes, and where it can be read. Main loop. */
#include "client/past.h"

#include "client/apply-fields.h"
#include "client/fields/past.h"

#include <string.h>

#define PARTS_MAX 1000

/* Names of the agents who handled it, and their notes, each once and in order. */
static gboolean
apply_parts (GuichetRecord *record, const BaseJson *json, GError **error)
{
  g_autoptr (GString) agents = g_string_new (NULL);
  g_autoptr (GString) notes = g_string_new (NULL);
  BaseJson parts, part;

  if (!base_json_opt_array (json, "parts", PARTS_MAX, &parts, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&parts); i++)
    {
      const char *name, *kind, *note;

      if (!base_json_item_object (&parts, i, &part, error) ||
          !base_json_get_string (&part, "name", 1024, &name, error) ||
          !base_json_get_string (&part, "kind", 64, &kind, error) ||
          !base_json_opt_string (&part, "note", 64 * 1024, "", &note, error))
        return FALSE;
      if (g_str_equal (kind, "handled") && strstr (agents->str, name) == NULL)
        g_string_append_printf (agents, "%s%s", agents->len > 0 ? ", " : "", name);
      if (*note != '\0')
        g_string_append_printf (notes, "%s%s", notes->len > 0 ? "\n" : "", note);
    }
  guichet_record_set_string (record, RECENT_AGENTS, agents->str);
  guichet_record_set_string (record, RECENT_NOTE, notes->str);
  return TRUE;
}

/* Those that this agent may hear. */
static gboolean
apply_recordings (GuichetRecord *record, const BaseJson *json, GError **error)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  BaseJson recordings, one;

  if (!base_json_opt_array (json, "recordings", PARTS_MAX, &recordings, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&recordings); i++)
    {
      g_autofree char *text = NULL;
      const char *id;
      gint64 duration;

      if (!base_json_item_object (&recordings, i, &one, error) ||
          !base_json_get_string (&one, "id", 64, &id, error) ||
          !base_json_get_int (&one, "duration", 0, G_MAXINT32, &duration, error))
        return FALSE;
      text = g_strdup_printf ("%s %" G_GINT64_FORMAT, id, duration);
      g_strv_builder_add (all, text);
    }
  texts = g_strv_builder_end (all);
  guichet_record_set_strv (record, RECENT_RECORDINGS, (const char *const *) texts);
  return TRUE;
}

gboolean
guichet_apply_past (GuichetRecord *record,
                    const BaseJson *json,
                    const GuichetContext *context,
                    GError **error)
{
  static const GuichetJsonField fields[] = {
    { "channel", RECENT_CHANNEL, GUICHET_JSON_TEXT },
    { "sentiment", RECENT_SENTIMENT, GUICHET_JSON_TEXT },
  };
  BaseJson conversation;
  const char *id = "";
  gint64 last = 0;

  if (!guichet_apply_recent (record, json, context, error) ||
      !APPLY_FIELDS (record, json, fields, error) || !apply_parts (record, json, error) ||
      !apply_recordings (record, json, error) ||
      !base_json_opt_object (json, "conversation", &conversation, error))
    return FALSE;
  if (conversation.object != NULL &&
      (!base_json_get_string (&conversation, "id", 64, &id, error) ||
       !base_json_get_int (&conversation, "last", 0, G_MAXINT64, &last, error)))
    return FALSE;
  guichet_record_set_string (record, RECENT_CONVERSATION, id);
  guichet_record_set_int (record, RECENT_NUMBER, last);
  return TRUE;
}

/* Of what is open: who is in it now. */
static gboolean
apply_with (GuichetRecord *record, const BaseJson *json, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  BaseJson with, one;

  if (!base_json_opt_array (json, "with", PARTS_MAX, &with, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&with); i++)
    {
      const char *name;

      if (!base_json_item_object (&with, i, &one, error) ||
          !base_json_get_string (&one, "name", 1024, &name, error))
        return FALSE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (names->len > 0)
    guichet_record_set_string (record, RECENT_AGENTS, names->str);
  return TRUE;
}

gboolean
guichet_apply_viewed (GuichetRecord *record,
                      const BaseJson *json,
                      const GuichetContext *context,
                      GError **error)
{
  static const GuichetJsonField fields[] = {
    { "since", RECENT_SINCE, GUICHET_JSON_TIME },
    { "problem", RECENT_PROBLEM, GUICHET_JSON_TEXT },
    { "participation", RECENT_PARTICIPATION, GUICHET_JSON_TEXT },
    { "taggable", RECENT_TAGGABLE, GUICHET_JSON_BOOL },
    { "status", RECENT_STATUS, GUICHET_JSON_TEXT },
  };
  static const GuichetJsonField of_line[] = {
    { "text", RECENT_LAST, GUICHET_JSON_TEXT },
    { "author", RECENT_LAST_AUTHOR, GUICHET_JSON_TEXT },
  };
  static const GuichetJsonField of_tags[] = {
    { "revision", RECENT_TAGS_REVISION, GUICHET_JSON_INT },
  };
  BaseJson line, tags;

  if (!guichet_apply_past (record, json, context, error) ||
      !APPLY_FIELDS (record, json, fields, error) ||
      !base_json_opt_object (json, "last", &line, error) ||
      !base_json_get_object (json, "tags", &tags, error))
    return FALSE;
  if (line.object != NULL && !APPLY_FIELDS (record, &line, of_line, error))
    return FALSE;
  if (!apply_with (record, json, error))
    return FALSE;
  return APPLY_FIELDS (record, &tags, of_tags, error) &&
         guichet_apply_strings (record, RECENT_TAGS, &tags, "ids", error);
}

/* What was found in it stands out. */
static gboolean
apply_excerpt (GuichetRecord *record, const BaseJson *json, GError **error)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  BaseJson spans, span;

  if (!base_json_get_array (json, "excerpt", PARTS_MAX, &spans, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&spans); i++)
    {
      g_autofree char *clean = NULL;
      const char *text;
      gboolean match;

      if (!base_json_item_object (&spans, i, &span, error) ||
          !base_json_get_string (&span, "text", 64 * 1024, &text, error) ||
          !base_json_get_bool (&span, "match", &match, error))
        return FALSE;
      clean = g_markup_escape_text (text, -1);
      g_string_append_printf (markup, match ? "<b>%s</b>" : "%s",
                              g_strdelimit (clean, "\n\t", ' '));
    }
  guichet_record_set_string (record, RECENT_EXCERPT, markup->str);
  return TRUE;
}

gboolean
guichet_apply_found (GuichetRecord *record,
                     const BaseJson *json,
                     const GuichetContext *context,
                     GError **error)
{
  static const GuichetJsonField fields[] = {
    { "interaction", RECENT_INTERACTION, GUICHET_JSON_TEXT },
    { "at", RECENT_AT, GUICHET_JSON_TIME },
    { "channel", RECENT_CHANNEL, GUICHET_JSON_TEXT },
    { "queue", RECENT_QUEUE, GUICHET_JSON_TEXT },
    { "conversation", RECENT_CONVERSATION, GUICHET_JSON_TEXT },
    { "number", RECENT_NUMBER, GUICHET_JSON_INT },
    { "name", RECENT_AGENTS, GUICHET_JSON_TEXT },
  };

  if (!APPLY_FIELDS (record, json, fields, error) ||
      !guichet_apply_customer_of (record, json, RECENT_CUSTOMER_NUMBER, RECENT_CUSTOMER_NAME,
                                  RECENT_CUSTOMER, error) ||
      !apply_excerpt (record, json, error))
    return FALSE;
  guichet_record_set_string (record, RECENT_KIND,
                             base_json_has (json, "conversation") ? "message" : "note");
  guichet_record_set_string (
      record, RECENT_QUEUE_NAME,
      guichet_name_of (context->queues, guichet_record_get_string (record, RECENT_QUEUE)));
  return TRUE;
}
