/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One state machine for everything that can be out of service: found so, told when it lasted, back.
 * Each thing has one notice, which its next outage takes the place of, so that what comes and goes
 * all day leaves one line. Centre's thread. */
#include "server/centre/outages.h"

#include "base/json.h"
#include "base/log.h"
#include "server/centre/centre-private.h"
#include "server/centre/notices.h"

struct _Outages
{
  Centre *centre;
  GHashTable *things; /* id → Thing */
};

typedef struct
{
  Centre *centre;
  OutageKind kind;
  char *name, *id;
  gboolean told;
  guint timer; /* until what is out of service lasts long enough to be told */
} Thing;

#define BIT(channel) (1u << MODEL_CHANNEL_##channel)

static const struct
{
  const char *word, *priority;
  guint channels; /* whose agents depend on it */
} kinds[] = {
  [OUTAGE_NODE] = { "node", "urgent", BIT (VOICE) },
  [OUTAGE_TRUNK] = { "trunk", "urgent", BIT (VOICE) },
  [OUTAGE_MAILBOX] = { "mailbox", "high", BIT (EMAIL) },
  [OUTAGE_GATEWAY] = { "gateway", "high", BIT (SMS) },
  [OUTAGE_PAGE] = { "page", "high", BIT (FACEBOOK) | BIT (INSTAGRAM) },
};

static void
thing_free (gpointer data)
{
  Thing *thing = data;

  g_clear_handle_id (&thing->timer, g_source_remove);
  g_free (thing->name);
  g_free (thing->id);
  g_free (thing);
}

Outages *
outages_new (Centre *centre)
{
  Outages *self = g_new0 (Outages, 1);

  self->centre = centre;
  self->things = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, thing_free);

  return self;
}

void
outages_free (Outages *self)
{
  g_hash_table_unref (self->things);
  g_free (self);
}

void
outages_begin (Outages *self)
{
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_OUTAGE_OVER, "", centre_now (self->centre));
  centre_write (self->centre, batch, NULL, NULL);
}

/* --- whom it concerns ------------------------------------------------------------------------- */

static gboolean
depends (const ModelDefinitions *definitions, const ModelAgent *agent, guint channels)
{
  if (agent->role == MODEL_ROLE_SUPERVISOR)
    return TRUE;
  for (char **id = agent->queues; id != NULL && *id != NULL; id++)
    {
      const ModelQueue *queue = model_definitions_queue (definitions, *id);

      if (queue != NULL && (channels & (1u << queue->channel)) != 0)
        return TRUE;
    }

  return FALSE;
}

/* --- telling ---------------------------------------------------------------------------------- */

static void
tell (Centre *centre, const AgentNotice *notice, const char *type, gboolean deleted)
{
  if (sessions_by_agent (centre->sessions, notice->agent) == NULL)
    return;
  centre_announce (centre, notice->agent, "notice.changed", NULL,
                   agent_notice_journal (type, NULL, notice->id),
                   agent_notice_news (centre, notice, deleted), store_batch_new (), NULL, NULL);
}

static JsonObject *
journal_of (const Thing *thing, const char *type)
{
  JsonObject *journal = json_object_new ();

  base_json_set_string (journal, "type", type);
  base_json_set_string (journal, "kind", kinds[thing->kind].word);
  base_json_set_string (journal, "name", thing->name);
  base_json_set_string (journal, "notice", thing->id);

  return journal;
}

static void
begin (Thing *thing)
{
  const ModelDefinitions *definitions = centre_definitions (thing->centre);
  AgentNotice notice = { .id = thing->id,
                         .at = centre_now (thing->centre),
                         .audience = (char *) "all",
                         .priority = (char *) kinds[thing->kind].priority,
                         .text = thing->name,
                         .about = (char *) kinds[thing->kind].word };
  StoreBatch *batch = store_batch_new ();

  base_log (BASE_LOG_WARNING, "centre", "out_of_service", "kind", notice.about, "name", thing->name,
            NULL);
  thing->told = TRUE;
  centre_together_begin (thing->centre);
  centre_journal (thing->centre, NULL, "outage.began", journal_of (thing, "outage.began"), batch);
  for (guint i = 0; definitions != NULL && i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);

      if (!depends (definitions, agent, kinds[thing->kind].channels))
        continue;
      store_batch_add (batch, STORE_NOTICE_SAY, agent->id, notice.id, notice.at, notice.priority,
                       notice.text, notice.about);
      /* A desk that has the last outage of it hears of this one as of a new one. */
      notice.agent = agent->id;
      tell (thing->centre, &notice, "notice.deleted", TRUE);
      tell (thing->centre, &notice, "notice.sent", FALSE);
    }
  centre_write (thing->centre, batch, NULL, NULL);
  centre_together_end (thing->centre);
}

/* The notices of it are durable: their agents may have read or deleted them meanwhile. */
static void
end (gpointer user_data)
{
  const Thing *thing = user_data;
  Centre *centre = thing->centre;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (agent_notice_free);
  StoreBatch *batch = store_batch_new ();
  gint64 now = centre_now (centre);

  store_query (centre->store, NULL, agent_notice_on_row, list, STORE_GET_OUTAGE, thing->id);
  centre_together_begin (centre);
  centre_journal (centre, NULL, "outage.ended", journal_of (thing, "outage.ended"), batch);
  store_batch_add (batch, STORE_OUTAGE_OVER, thing->id, now);
  for (guint i = 0; i < list->len; i++)
    {
      AgentNotice *notice = g_ptr_array_index (list, i);

      notice->over = now;
      tell (centre, notice, "notice.over", FALSE);
    }
  centre_write (centre, batch, NULL, NULL);
  centre_together_end (centre);
}

/* --- what is found ---------------------------------------------------------------------------- */

static Thing *
thing_of (Outages *self, OutageKind kind, const char *name)
{
  g_autofree char *both = g_strconcat (kinds[kind].word, " ", name, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  g_autofree char *id = g_strdup_printf ("s%.16s", hash);
  Thing *thing = g_hash_table_lookup (self->things, id);

  if (thing != NULL)
    return thing;
  thing = g_new0 (Thing, 1);
  thing->centre = self->centre;
  thing->kind = kind;
  thing->name = g_strdup (name);
  thing->id = g_steal_pointer (&id);
  g_hash_table_insert (self->things, thing->id, thing);

  return thing;
}

static gboolean
on_lasted (gpointer user_data)
{
  Thing *thing = user_data;

  thing->timer = 0;
  begin (thing);

  return G_SOURCE_REMOVE;
}

void
outages_set (Centre *centre, OutageKind kind, const char *name, gboolean out)
{
  Thing *thing = thing_of (centre->outages, kind, name);

  if (out && !thing->told && thing->timer == 0)
    thing->timer = g_timeout_add_seconds (centre->config->outage_seconds, on_lasted, thing);
  if (out)
    return;
  g_clear_handle_id (&thing->timer, g_source_remove);
  if (!thing->told)
    return;
  thing->told = FALSE;
  base_log (BASE_LOG_INFO, "centre", "back_in_service", "kind", kinds[kind].word, "name", name,
            NULL);
  centre_after_durable (centre, end, thing);
}
