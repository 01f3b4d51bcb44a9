/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages in boxes: recordings that have one. Reads them, changes them, tells desks. Centre's
 * thread. */

#include "server/centre/voicemail.h"

#include "base/json.h"
#include "server/centre/render.h"

#define LIST_MAX 200 /* of one box */

void
voicemail_free (Voicemail *self)
{
  g_free (self->id);
  g_free (self->box);
  g_free (self->interaction);
  g_free (self->number);
  g_free (self->name);
  g_free (self->customer);
  g_free (self);
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  Voicemail *voicemail = g_new0 (Voicemail, 1);

  voicemail->id = g_strdup (store_row_text (row, 0));
  voicemail->at = store_row_int (row, 1);
  voicemail->ms = store_row_int (row, 2);
  voicemail->heard = store_row_int (row, 3) != 0;
  voicemail->interaction = g_strdup (store_row_text (row, 4));
  voicemail->number = g_strdup (store_row_text (row, 5));
  voicemail->name = g_strdup (store_row_text (row, 6));
  voicemail->customer = g_strdup (store_row_text (row, 7));
  voicemail->box = g_strdup (store_row_text (row, 8));
  voicemail->deleted = store_row_int (row, 9);
  g_ptr_array_add (user_data, voicemail);
}

Voicemail *
voicemail_find (Centre *centre, const char *id)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  store_query (centre_store (centre), NULL, on_row, found, STORE_GET_VOICEMAIL, id);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

GPtrArray *
voicemail_in (Centre *centre, const char *box)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) voicemail_free);

  store_query (centre_store (centre), NULL, on_row, found, STORE_GET_VOICEMAILS, box,
               (gint64) LIST_MAX);

  return found;
}

Voicemail *
voicemail_of (Centre *centre, const char *interaction, const char *agent)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) voicemail_free);

  store_query (centre_store (centre), NULL, on_row, found, STORE_GET_VOICEMAIL_OF, interaction);
  for (guint i = 0; i < found->len; i++)
    if (voicemail_is_open_to (centre, ((Voicemail *) found->pdata[i])->box, agent))
      return g_ptr_array_steal_index (found, i);

  return NULL;
}

/* --- who opens it ----------------------------------------------------------------------------- */

static const ModelAgent *
agent_of (Centre *centre, const char *agent)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  return definitions != NULL ? model_definitions_agent (definitions, agent) : NULL;
}

gboolean
voicemail_is_open_to (Centre *centre, const char *box, const char *agent)
{
  const ModelAgent *who = agent_of (centre, agent);
  const ModelVoicemailBox *it =
      who != NULL ? model_definitions_voicemail_box (centre_definitions (centre), box) : NULL;

  return it != NULL && model_voicemail_is_for (it, who);
}

/* --- as desks have it ------------------------------------------------------------------------- */

static void
on_counts (StoreRow *row, gpointer user_data)
{
  gint64 *counts = user_data;

  counts[0] = store_row_int (row, 0);
  counts[1] = store_row_int (row, 1);
}

static JsonObject *
box_to_json (Centre *centre, const ModelVoicemailBox *box)
{
  JsonObject *object = render_named (box->id, box->names);
  gint64 counts[2] = { 0, 0 };

  store_query (centre_store (centre), NULL, on_counts, counts, STORE_GET_VOICEMAIL_COUNT, box->id);
  json_object_set_int_member (object, "messages", counts[0]);
  json_object_set_int_member (object, "new", counts[1]);

  return object;
}

static JsonObject *
to_json (Centre *centre, const ModelVoicemailBox *box, const Voicemail *voicemail)
{
  JsonObject *object = json_object_new ();
  g_autofree char *number = render_number (centre, voicemail->number);

  base_json_set_string (object, "id", voicemail->id);
  json_object_set_object_member (object, "box", render_named (box->id, box->names));
  base_json_set_time (object, "at", voicemail->at);
  json_object_set_int_member (object, "duration", voicemail->ms);
  json_object_set_boolean_member (object, "heard", voicemail->heard);
  base_json_set_string (object, "interaction", voicemail->interaction);
  base_json_set_string (object, "number", number);
  base_json_set_string (object, "name", voicemail->name);

  return object;
}

JsonObject *
voicemail_list (Centre *centre, const char *agent)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *who = agent_of (centre, agent);
  JsonObject *answer = json_object_new ();
  JsonArray *boxes = json_array_new ();
  JsonArray *voicemails = json_array_new ();

  for (guint i = 0;
       who != NULL && definitions->voicemail_boxes != NULL && i < definitions->voicemail_boxes->len;
       i++)
    {
      const ModelVoicemailBox *box = g_ptr_array_index (definitions->voicemail_boxes, i);
      g_autoptr (GPtrArray) found = NULL;

      if (!model_voicemail_is_for (box, who))
        continue;
      json_array_add_object_element (boxes, box_to_json (centre, box));
      found = voicemail_in (centre, box->id);
      for (guint j = 0; j < found->len; j++)
        json_array_add_object_element (voicemails,
                                       to_json (centre, box, g_ptr_array_index (found, j)));
    }
  json_object_set_array_member (answer, "boxes", boxes);
  json_object_set_array_member (answer, "voicemails", voicemails);

  return answer;
}

/* --- telling ---------------------------------------------------------------------------------- */

static JsonObject *
news_of (Centre *centre, const ModelVoicemailBox *box, const Voicemail *voicemail)
{
  JsonObject *news = json_object_new ();
  JsonArray *boxes = json_array_new ();
  JsonArray *voicemails = json_array_new ();
  JsonArray *gone = json_array_new ();

  json_array_add_object_element (boxes, box_to_json (centre, box));
  if (voicemail->deleted != 0)
    json_array_add_string_element (gone, voicemail->id);
  else
    json_array_add_object_element (voicemails, to_json (centre, box, voicemail));
  json_object_set_array_member (news, "boxes", boxes);
  json_object_set_array_member (news, "voicemails", voicemails);
  json_object_set_array_member (news, "deleted", gone);

  return news;
}

static JsonObject *
journal_of (const Voicemail *voicemail, const char *by)
{
  JsonObject *journal = json_object_new ();

  base_json_set_string (journal, "type", "voicemail.changed");
  base_json_set_string (journal, "agent", by);
  base_json_set_string (journal, "voicemail", voicemail->id);

  return journal;
}

static void
tell (Centre *centre, const Voicemail *voicemail, const char *by)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelVoicemailBox *box = model_definitions_voicemail_box (definitions, voicemail->box);

  if (box == NULL)
    return;
  centre_together_begin (centre);
  for (guint i = 0; i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);

      if (model_voicemail_is_for (box, agent) &&
          sessions_by_agent (centre_sessions (centre), agent->id) != NULL)
        centre_announce (centre, agent->id, "voicemail.changed", by, journal_of (voicemail, by),
                         news_of (centre, box, voicemail), store_batch_new (), NULL, NULL);
    }
  centre_together_end (centre);
}

void
voicemail_arrived (Centre *centre, const char *id)
{
  g_autoptr (Voicemail) voicemail = voicemail_find (centre, id);

  if (voicemail != NULL)
    tell (centre, voicemail, NULL);
}

typedef struct
{
  Centre *centre;
  char *id, *by;
  CentreReadyFunc done;
  gpointer user_data;
} Change;

static void
on_written (gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (Voicemail) voicemail = voicemail_find (change->centre, change->id);

  if (voicemail != NULL)
    tell (change->centre, voicemail, change->by);
  change->done (change->user_data);
  g_free (change->id);
  g_free (change->by);
  g_free (change);
}

void
voicemail_set (Centre *centre,
               const Voicemail *voicemail,
               const char *by,
               StoreBatch *batch,
               CentreReadyFunc done,
               gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->centre = centre;
  change->id = g_strdup (voicemail->id);
  change->by = g_strdup (by);
  change->done = done;
  change->user_data = user_data;
  store_batch_add (batch, STORE_VOICEMAIL_SET, voicemail->id, (gint64) voicemail->heard,
                   voicemail->deleted);
  centre_write (centre, batch, on_written, change);
}
