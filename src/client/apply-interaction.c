/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the centre's JSON to an interaction, its participations and its variables, in place.
 * Stateless; main loop. */
#include "client/apply-fields.h"

#include "client/fields/centre.h"
#include "client/fields/work.h"
#include "client/im-private.h"
#include "client/interaction.h"
#include "client/attachment.h"
#include "client/message.h"
#include "client/overlay.h"

static gboolean
apply_wrap_up (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "started_at", PARTICIPATION_WRAP_UP_STARTED, GUICHET_JSON_TIME },
    { "deadline", PARTICIPATION_WRAP_UP_DEADLINE, GUICHET_JSON_TIME },
    { "extendable", PARTICIPATION_WRAP_UP_EXTENDABLE, GUICHET_JSON_BOOL },
    { "extended", PARTICIPATION_WRAP_UP_EXTENDED, GUICHET_JSON_BOOL },
  };
  g_autoptr (JsonObject) none = json_object_new ();
  BaseJson wrap_up;

  if (!base_json_opt_object (json, "wrap_up", &wrap_up, error))
    return FALSE;
  if (wrap_up.object == NULL)
    base_json_from_object (&wrap_up, none);
  return APPLY_FIELDS (record, &wrap_up, fields, error);
}

static gboolean
apply_disposition (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARTICIPATION_DISPOSITION, GUICHET_JSON_TEXT },
    { "set_by", PARTICIPATION_DISPOSITION_SET_BY, GUICHET_JSON_TEXT },
    { "revision", PARTICIPATION_DISPOSITION_REVISION, GUICHET_JSON_INT },
  };
  BaseJson disposition;

  return base_json_opt_object (json, "disposition", &disposition, error) &&
         (disposition.object == NULL || APPLY_FIELDS (record, &disposition, fields, error));
}

static gboolean
apply_typed (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField tag_fields[] = { { "revision", PARTICIPATION_TAGS_REVISION,
                                                   GUICHET_JSON_INT } };
  static const GuichetJsonField note_fields[] = {
    { "text", PARTICIPATION_NOTE, GUICHET_JSON_TEXT },
    { "revision", PARTICIPATION_NOTE_REVISION, GUICHET_JSON_INT },
  };
  static const GuichetJsonField sentiment_fields[] = {
    { "sentiment", PARTICIPATION_SENTIMENT, GUICHET_JSON_TEXT },
    { "revision", PARTICIPATION_SENTIMENT_REVISION, GUICHET_JSON_INT },
  };
  BaseJson tags, note, sentiment;

  if (!base_json_opt_object (json, "tags", &tags, error) ||
      !base_json_opt_object (json, "note", &note, error) ||
      !base_json_opt_object (json, "sentiment", &sentiment, error))
    return FALSE;
  if (tags.object != NULL &&
      (!guichet_apply_strings (record, PARTICIPATION_TAGS, &tags, "ids", error) ||
       !APPLY_FIELDS (record, &tags, tag_fields, error)))
    return FALSE;
  return (note.object == NULL || APPLY_FIELDS (record, &note, note_fields, error)) &&
         (sentiment.object == NULL || APPLY_FIELDS (record, &sentiment, sentiment_fields, error));
}

static gboolean
apply_rings (GuichetRecord *record, const BaseJson *json, GError **error)
{
  const char *rings;

  if (!base_json_opt_string (json, "rings", 16, "", &rings, error))
    return FALSE;
  guichet_record_set_string (record, PARTICIPATION_RINGS, rings);
  return TRUE;
}

static gboolean
apply_supervision (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "mode", PARTICIPATION_SUPERVISION, GUICHET_JSON_TEXT },
    { "agent", PARTICIPATION_SUPERVISED, GUICHET_JSON_TEXT },
    { "name", PARTICIPATION_SUPERVISED_NAME, GUICHET_JSON_TEXT },
  };
  BaseJson supervision;

  if (!base_json_opt_object (json, "supervision", &supervision, error))
    return FALSE;
  if (supervision.object != NULL)
    return APPLY_FIELDS (record, &supervision, fields, error);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    guichet_record_set_string (record, fields[i].field, "");
  return TRUE;
}

static gboolean
apply_participation (GuichetRecord *record,
                     const BaseJson *json,
                     const GuichetContext *context,
                     GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARTICIPATION_ID, GUICHET_JSON_TEXT },
    { "agent", PARTICIPATION_AGENT, GUICHET_JSON_TEXT },
    { "name", PARTICIPATION_NAME, GUICHET_JSON_TEXT },
    { "role", PARTICIPATION_ROLE, GUICHET_JSON_TEXT },
    { "state", PARTICIPATION_STATE, GUICHET_JSON_TEXT },
    { "joined_at", PARTICIPATION_JOINED_AT, GUICHET_JSON_TIME },
    { "state_since", PARTICIPATION_STATE_SINCE, GUICHET_JSON_TIME },
    { "held_total", PARTICIPATION_HELD_TOTAL, GUICHET_JSON_INT },
    { "left_at", PARTICIPATION_LEFT_AT, GUICHET_JSON_TIME },
    { "absent_since", PARTICIPATION_ABSENT_SINCE, GUICHET_JSON_TIME },
    { "muted", PARTICIPATION_MUTED, GUICHET_JSON_BOOL },
  };
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (record));
  ok = APPLY_FIELDS (record, json, fields, error) && apply_rings (record, json, error) &&
       apply_supervision (record, json, error) && apply_wrap_up (record, json, error) &&
       apply_disposition (record, json, error) && apply_typed (record, json, error);
  guichet_overlay_participation (record, context->outbox);
  g_object_thaw_notify (G_OBJECT (record));
  return ok;
}

/* Whose number it is, where it is that of a team. */
static gboolean
apply_team_of (GuichetRecord *record, const BaseJson *json, GError **error)
{
  BaseJson team;

  if (!base_json_opt_object (json, "team", &team, error))
    return FALSE;
  if (team.object != NULL)
    guichet_record_set_string (record, PARTICIPATION_NAME, guichet_pick_name (&team, ""));
  return TRUE;
}

/* An outside number has a part, as an agent has. */
static gboolean
apply_party (GuichetRecord *record,
             const BaseJson *json,
             const GuichetContext *context,
             GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", PARTICIPATION_ID, GUICHET_JSON_TEXT },
    { "number", PARTICIPATION_NUMBER, GUICHET_JSON_TEXT },
    { "reason", PARTICIPATION_REASON, GUICHET_JSON_TEXT },
    { "role", PARTICIPATION_ROLE, GUICHET_JSON_TEXT },
    { "state", PARTICIPATION_STATE, GUICHET_JSON_TEXT },
    { "joined_at", PARTICIPATION_JOINED_AT, GUICHET_JSON_TIME },
    { "state_since", PARTICIPATION_STATE_SINCE, GUICHET_JSON_TIME },
    { "muted", PARTICIPATION_MUTED, GUICHET_JSON_BOOL },
  };

  return APPLY_FIELDS (record, json, fields, error) && apply_team_of (record, json, error);
}

static gboolean
apply_variable (GuichetRecord *record,
                const BaseJson *json,
                const GuichetContext *context,
                GError **error)
{
  static const GuichetJsonField fields[] = {
    { "secure", VARIABLE_SECURE, GUICHET_JSON_BOOL },
    { "editable", VARIABLE_EDITABLE, GUICHET_JSON_BOOL },
    { "revision", VARIABLE_REVISION, GUICHET_JSON_INT },
  };
  g_autofree char *value = NULL;
  GuichetRecord *definition;
  const char *id;

  if (!base_json_get_string (json, "id", 256, &id, error) ||
      !guichet_read_value (json, &value, error) || !APPLY_FIELDS (record, json, fields, error))
    return FALSE;
  definition = guichet_list_find (context->variables, id, NULL);
  guichet_record_set_string (record, VARIABLE_ID, id);
  guichet_record_set_string (record, VARIABLE_NAME, guichet_name_of (context->variables, id));
  if (definition != NULL)
    {
      guichet_record_set_string (record, VARIABLE_KIND,
                                 guichet_record_get_string (definition, DEFINITION_KIND));
      guichet_record_set_strv (record, VARIABLE_CHOICES,
                               guichet_record_get_strv (definition, DEFINITION_CHOICES));
    }
  guichet_record_set_string (record, VARIABLE_VALUE,
                             guichet_record_get_bool (record, VARIABLE_SECURE) ? "" : value);
  guichet_record_set_bool (record, VARIABLE_HAS_VALUE, base_json_has (json, "value"));
  return TRUE;
}

static GListStore *
list_of (GuichetRecord *record, guint field, GType type)
{
  if (guichet_record_get_object (record, field) == NULL)
    {
      g_autoptr (GListStore) list = g_list_store_new (type);
      guichet_record_set_object (record, field, list);
    }
  return guichet_record_get_object (record, field);
}

static void
find_mine (GuichetRecord *record, GListStore *participations, const GuichetContext *context)
{
  GuichetRecord *mine = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (participations)); i++)
    {
      g_autoptr (GuichetRecord) item = g_list_model_get_item (G_LIST_MODEL (participations), i);
      if (g_strcmp0 (guichet_record_get_string (item, PARTICIPATION_AGENT), context->agent) == 0)
        mine = item; /* the last one, should there be two */
    }
  guichet_record_set_object (record, INTERACTION_MINE, mine);
  guichet_record_set_string (record, INTERACTION_PHASE,
                             mine != NULL ? guichet_record_get_string (mine, PARTICIPATION_STATE)
                                          : "");
  guichet_record_set_int (record, INTERACTION_PHASE_SINCE,
                          mine != NULL ? guichet_record_get_int (mine, PARTICIPATION_STATE_SINCE)
                                       : 0);
}

static gboolean
apply_customer_left (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "at", INTERACTION_CUSTOMER_LEFT_AT, GUICHET_JSON_TIME },
    { "cause", INTERACTION_CUSTOMER_LEFT_CAUSE, GUICHET_JSON_TEXT },
  };
  BaseJson left;

  return base_json_opt_object (json, "customer_left", &left, error) &&
         (left.object == NULL || APPLY_FIELDS (record, &left, fields, error));
}

/* The colleague whom somebody asks to come. */
static gboolean
apply_consult (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "state", INTERACTION_CONSULT_STATE, GUICHET_JSON_TEXT },
    { "kind", INTERACTION_CONSULT_KIND, GUICHET_JSON_TEXT },
    { "agent", INTERACTION_CONSULT_AGENT, GUICHET_JSON_TEXT },
    { "reason", INTERACTION_CONSULT_REASON, GUICHET_JSON_TEXT },
    { "since", INTERACTION_CONSULT_SINCE, GUICHET_JSON_TIME },
  };
  const char *name = NULL;
  BaseJson consult;

  if (!base_json_opt_object (json, "consult", &consult, error))
    return FALSE;
  if (consult.object == NULL)
    {
      guichet_record_set_string (record, INTERACTION_CONSULT_STATE, "");
      return TRUE;
    }
  if (!base_json_opt_string (&consult, "name", 256, NULL, &name, error) ||
      !APPLY_FIELDS (record, &consult, fields, error))
    return FALSE;
  guichet_record_set_string (record, INTERACTION_CONSULT_NAME,
                             name != NULL ? name : guichet_pick_name_in (&consult, "names", ""));
  return TRUE;
}

static gboolean
apply_parts (GuichetRecord *record,
             const BaseJson *json,
             const GuichetContext *context,
             GError **error)
{
  GListStore *participations =
      list_of (record, INTERACTION_PARTICIPATIONS, GUICHET_TYPE_PARTICIPATION);
  GListStore *variables = list_of (record, INTERACTION_VARIABLES, GUICHET_TYPE_VARIABLE);
  BaseJson parts, values;

  if (!base_json_opt_array (json, "participations", 1000, &parts, error) ||
      !base_json_opt_array (json, "variables", 1000, &values, error) ||
      !guichet_list_sync (participations, &parts, apply_participation, context, error) ||
      !guichet_list_sync (variables, &values, apply_variable, context, error))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (variables)); i++)
    {
      g_autoptr (GuichetRecord) variable = g_list_model_get_item (G_LIST_MODEL (variables), i);
      guichet_overlay_variable (variable, guichet_record_get_string (record, INTERACTION_ID),
                                context->outbox);
    }
  find_mine (record, participations, context);
  return TRUE;
}

static gboolean
apply_parties (GuichetRecord *record,
               const BaseJson *json,
               const GuichetContext *context,
               GError **error)
{
  BaseJson parties;

  if (!base_json_opt_array (json, "parties", 1000, &parties, error))
    return FALSE;
  if (parties.array == NULL && guichet_record_get_object (record, INTERACTION_PARTIES) == NULL)
    return TRUE;
  return guichet_list_sync (list_of (record, INTERACTION_PARTIES, GUICHET_TYPE_PARTICIPATION),
                            &parties, apply_party, context, error);
}

gboolean
guichet_apply_conversation (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", INTERACTION_CONVERSATION, GUICHET_JSON_TEXT },
    { "last_number", INTERACTION_LAST_NUMBER, GUICHET_JSON_INT },
    { "read_number", INTERACTION_READ_NUMBER, GUICHET_JSON_INT },
    { "refusal", INTERACTION_REFUSAL, GUICHET_JSON_TEXT },
    { "until", INTERACTION_UNTIL, GUICHET_JSON_TIME },
    { "subject", INTERACTION_SUBJECT, GUICHET_JSON_TEXT },
  };
  static const GuichetJsonField waiting = { "waiting_since", INTERACTION_WAITING_SINCE,
                                            GUICHET_JSON_TIME };
  static const GuichetJsonField of_text[] = {
    { "text", INTERACTION_TEXT_LIMIT, GUICHET_JSON_INT },
    { "segments", INTERACTION_SEGMENTS, GUICHET_JSON_INT },
  };
  static const GuichetJsonField files[] = {
    { "number", INTERACTION_FILES_MAX, GUICHET_JSON_INT },
    { "each", INTERACTION_FILE_LIMIT, GUICHET_JSON_INT },
    { "total", INTERACTION_FILES_LIMIT, GUICHET_JSON_INT },
  };
  BaseJson conversation, limits, of_files;

  if (!base_json_opt_object (json, "conversation", &conversation, error))
    return FALSE;
  if (conversation.object == NULL)
    return TRUE;
  list_of (record, INTERACTION_MESSAGES, GUICHET_TYPE_MESSAGE);
  list_of (record, INTERACTION_FILES, GUICHET_TYPE_ATTACHMENT);
  return base_json_opt_object (&conversation, "limits", &limits, error) &&
         (limits.object == NULL ||
          (APPLY_FIELDS (record, &limits, of_text, error) &&
           base_json_opt_object (&limits, "attachments", &of_files, error) &&
           (of_files.object == NULL || APPLY_FIELDS (record, &of_files, files, error)))) &&
         APPLY_FIELDS (record, &conversation, fields, error) &&
         guichet_apply_reads (record, &conversation, error) &&
         guichet_apply_fields (record, json, &waiting, 1, error);
}

/* Never anything but a page of the Web: it is opened by a click. */
static gboolean
apply_playing (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "label", INTERACTION_PLAYING, GUICHET_JSON_TEXT },
    { "at", INTERACTION_PLAYING_AT, GUICHET_JSON_TIME },
    { "until", INTERACTION_PLAYING_UNTIL, GUICHET_JSON_TIME },
    { "hang_up", INTERACTION_PLAYING_HANGS_UP, GUICHET_JSON_BOOL },
  };
  BaseJson playing;

  if (!base_json_opt_object (json, "playing", &playing, error) ||
      (playing.object != NULL && !APPLY_FIELDS (record, &playing, fields, error)))
    return FALSE;
  if (playing.object == NULL)
    {
      guichet_record_set_string (record, INTERACTION_PLAYING, "");
      guichet_record_set_int (record, INTERACTION_PLAYING_AT, 0);
      guichet_record_set_int (record, INTERACTION_PLAYING_UNTIL, 0);
      guichet_record_set_bool (record, INTERACTION_PLAYING_HANGS_UP, FALSE);
    }
  return TRUE;
}

static gboolean
apply_meeting (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "url", INTERACTION_MEETING_URL, GUICHET_JSON_TEXT },
    { "text", INTERACTION_MEETING_TEXT, GUICHET_JSON_TEXT },
  };
  BaseJson meeting;

  if (!base_json_opt_object (json, "meeting", &meeting, error) ||
      (meeting.object != NULL && !APPLY_FIELDS (record, &meeting, fields, error)))
    return FALSE;
  if (meeting.object == NULL ||
      !g_str_has_prefix (guichet_record_get_string (record, INTERACTION_MEETING_URL), "https://"))
    {
      guichet_record_set_string (record, INTERACTION_MEETING_URL, "");
      guichet_record_set_string (record, INTERACTION_MEETING_TEXT, "");
    }
  return TRUE;
}

static gboolean
apply_recording (GuichetRecord *record, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "state", INTERACTION_RECORDING_STATE, GUICHET_JSON_TEXT },
    { "record", INTERACTION_RECORDING_RULE, GUICHET_JSON_TEXT },
    { "until", INTERACTION_RECORDING_UNTIL, GUICHET_JSON_TIME },
    { "may_pause", INTERACTION_RECORDING_MAY_PAUSE, GUICHET_JSON_BOOL },
    { "may_extend", INTERACTION_RECORDING_MAY_EXTEND, GUICHET_JSON_BOOL },
  };
  BaseJson recording;

  return base_json_opt_object (json, "recording", &recording, error) &&
         (recording.object == NULL || APPLY_FIELDS (record, &recording, fields, error));
}

gboolean
guichet_apply_interaction (GuichetRecord *record,
                           const BaseJson *json,
                           const GuichetContext *context,
                           GError **error)
{
  static const GuichetJsonField fields[] = {
    { "channel", INTERACTION_CHANNEL, GUICHET_JSON_TEXT },
    { "direction", INTERACTION_DIRECTION, GUICHET_JSON_TEXT },
    { "origin", INTERACTION_ORIGIN, GUICHET_JSON_TEXT },
    { "queue", INTERACTION_QUEUE, GUICHET_JSON_TEXT },
    { "called", INTERACTION_CALLED, GUICHET_JSON_TEXT },
    { "language", INTERACTION_LANGUAGE, GUICHET_JSON_TEXT },
    { "created_at", INTERACTION_CREATED_AT, GUICHET_JSON_TIME },
    { "status", INTERACTION_STATUS, GUICHET_JSON_TEXT },
    { "stuck", INTERACTION_STUCK, GUICHET_JSON_TEXT },
  };
  const char *id;
  gboolean ok;

  if (!base_json_get_string (json, "id", 256, &id, error))
    return FALSE;
  g_object_freeze_notify (G_OBJECT (record));
  guichet_record_set_string (record, INTERACTION_ID, id);
  ok = APPLY_FIELDS (record, json, fields, error) &&
       guichet_apply_customer_of (record, json, INTERACTION_CUSTOMER_NUMBER,
                                  INTERACTION_CUSTOMER_NAME, INTERACTION_CUSTOMER, error) &&
       guichet_apply_from (record, json, INTERACTION_FROM_NAME, 0, error) &&
       guichet_apply_forwarded_by (record, json, INTERACTION_FORWARDED_BY, error) &&
       guichet_apply_between (record, json, context->agent, error) &&
       apply_customer_left (record, json, error) && apply_consult (record, json, error) &&
       apply_parts (record, json, context, error) && apply_parties (record, json, context, error) &&
       guichet_apply_conversation (record, json, error) && apply_meeting (record, json, error) &&
       apply_playing (record, json, error) && apply_recording (record, json, error);
  guichet_record_set_string (
      record, INTERACTION_QUEUE_NAME,
      guichet_name_of (context->queues, guichet_record_get_string (record, INTERACTION_QUEUE)));
  g_object_thaw_notify (G_OBJECT (record));
  return ok;
}
