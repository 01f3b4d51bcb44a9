/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a command: the core decides, the events are committed, then shown and done. Turns are
 * submitted in order and come back in order. Centre's thread. */

#include "server/centre/centre.h"

#include "base/log.h"
#include "server/centre/canned.h"
#include "server/centre/erased.h"
#include "server/centre/forwarding.h"
#include "server/centre/centre-private.h"
#include "server/centre/clips.h"
#include "server/centre/recordings.h"
#include "server/centre/colleagues.h"
#include "server/centre/directory.h"
#include "server/centre/live.h"
#include "server/centre/render.h"
#include "server/centre/voice.h"

typedef struct
{
  CentreReadyFunc func;
  gpointer user_data;
} Waiter;

typedef struct
{
  const char *agent;
  const char *reason;
} Ending;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_clear_pointer (&notice->object, json_object_unref);
  g_free (notice);
}

static Turn *
turn_new (Centre *centre)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->centre = centre;
  turn->notices = g_ptr_array_new_with_free_func (notice_free);
  turn->requests = g_ptr_array_new ();
  turn->endings = g_ptr_array_new_with_free_func (g_free);
  turn->stages = g_array_new (FALSE, FALSE, sizeof (ConversationStage));
  turn->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));

  return turn;
}

static void
turn_free (Turn *turn)
{
  for (guint i = 0; i < turn->requests->len; i++)
    voice_request_unref (g_ptr_array_index (turn->requests, i));
  g_ptr_array_unref (turn->requests);
  g_ptr_array_unref (turn->notices);
  g_ptr_array_unref (turn->endings);
  g_array_unref (turn->stages);
  g_array_unref (turn->waiters);
  g_free (turn);
}

void
turn_notice (Turn *turn, const char *agent, gint64 seq, JsonObject *object)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->agent = g_intern_string (agent);
  notice->seq = seq;
  notice->object = object;
  g_ptr_array_add (turn->notices, notice);
}

void
turn_ending (Turn *turn, const char *agent, const char *reason)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->agent = g_intern_string (agent);
  ending->reason = g_intern_string (reason);
  g_ptr_array_add (turn->endings, ending);
}

/* It is durable: now it is shown and done. */
static void
show (Turn *turn)
{
  Centre *self = turn->centre;

  hub_set_seq (self->hub, turn->seq);
  for (guint i = 0; i < turn->notices->len; i++)
    {
      Notice *notice = g_ptr_array_index (turn->notices, i);

      hub_publish (self->hub, notice->agent, notice->seq, g_steal_pointer (&notice->object));
    }
  for (guint i = 0; i < turn->requests->len; i++)
    centre_voice_submit (self, g_ptr_array_index (turn->requests, i));
  g_ptr_array_set_size (turn->requests, 0);
  for (guint i = 0; i < turn->stages->len; i++)
    conversations_stage (self->conversations, &g_array_index (turn->stages, ConversationStage, i));
  if (store_hook != NULL)
    store_hook ("after_effect");

  if (turn->done != NULL)
    {
      CentreResult result = { .seq = turn->seq };

      turn->done (self, &result, turn->user_data);
    }
  for (guint i = 0; i < turn->endings->len; i++)
    {
      Ending *ending = g_ptr_array_index (turn->endings, i);

      hub_end (self->hub, ending->agent, ending->reason);
    }
  for (guint i = 0; i < turn->waiters->len; i++)
    {
      Waiter *waiter = &g_array_index (turn->waiters, Waiter, i);

      waiter->func (waiter->user_data);
    }
}

void
turn_durable (Turn *turn, const GError *error)
{
  Centre *self = turn->centre;

  g_queue_remove (&self->turns, turn);
  if (error == NULL && !self->failed)
    show (turn);
  else if (!self->failed)
    {
      self->failed = TRUE;
      self->fatal (error, self->fatal_data);
    }
  turn_free (turn);
}

static void
on_durable (const GError *error, gpointer user_data)
{
  turn_durable (user_data, error);
}

static void
submit (Centre *self, Turn *turn, StoreBatch *batch)
{
  turn->seq = self->seq;
  g_queue_push_tail (&self->turns, turn);
  if (!centre_together_take (self, turn, batch))
    store_submit (self->store, batch, on_durable, turn);
}

typedef struct
{
  Centre *centre;
  CentreDoneFunc done;
  gpointer user_data;
  GError *error;
  gint32 revision;
  gint64 seq;
} Refusal;

static void
on_refusal_ready (gpointer user_data)
{
  Refusal *refusal = user_data;
  CentreResult result = { refusal->seq, refusal->error, refusal->revision };

  refusal->done (refusal->centre, &result, refusal->user_data);
  g_error_free (refusal->error);
  g_free (refusal);
}

/* A refusal too is told only when what it rests on is durable. */
static void
refuse (Centre *self, GError *error, CentreDoneFunc done, gpointer user_data)
{
  Refusal *refusal = g_new0 (Refusal, 1);

  refusal->centre = self;
  refusal->done = done;
  refusal->user_data = user_data;
  refusal->error = error;
  refusal->revision = acd_core_conflict_revision (self->core);
  refusal->seq = self->seq;
  centre_after_durable (self, on_refusal_ready, refusal);
}

static void
do_nothing (Centre *centre, const CentreResult *result, gpointer user_data)
{
}

void
centre_command (Centre *self,
                const AcdCommand *command,
                const CentreAside *aside,
                CentrePrepareFunc prepare,
                CentreDoneFunc done,
                gpointer user_data)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  StoreBatch *batch = store_batch_new ();
  Turn *turn = turn_new (self);
  GError *error = NULL;
  gboolean taken;

  self->command = command;
  self->aside = aside;
  taken = acd_core_handle (self->core, centre_now (self), command, events, &error);
  centre_take_events (self, events, batch, turn);
  centre_publish (self, events, batch, turn);
  if (aside != NULL && aside->key != NULL)
    centre_voice_asked_by (self, turn->requests, command->agent, aside->key);
  self->command = NULL;
  self->aside = NULL;

  if (taken)
    {
      turn->done = done;
      turn->user_data = user_data;
      if (prepare != NULL)
        prepare (self, self->seq, batch, user_data);
    }
  if (store_batch_is_empty (batch) && taken && done != NULL && g_queue_is_empty (&self->turns))
    {
      /* Nothing changed: nothing to wait for. */
      turn->seq = self->seq;
      store_batch_free (batch);
      show (turn);
      turn_free (turn);
    }
  else if (store_batch_is_empty (batch) && !taken)
    {
      store_batch_free (batch);
      turn_free (turn);
    }
  else
    submit (self, turn, batch);
  if (!taken)
    {
      base_log (BASE_LOG_INFO, "centre", "refused", "command",
                acd_command_type_to_text ((AcdCommandType) command->type), "reason", error->message,
                NULL);
      refuse (self, error, done != NULL ? done : do_nothing, user_data);
    }
  centre_arm (self);
}

void
centre_advance (Centre *self)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  StoreBatch *batch;
  Turn *turn;

  acd_core_advance (self->core, centre_now (self), events);
  centre_arm (self);
  if (events->len == 0)
    return;
  batch = store_batch_new ();
  turn = turn_new (self);
  centre_take_events (self, events, batch, turn);
  centre_publish (self, events, batch, turn);
  submit (self, turn, batch);
}

void
centre_after_durable (Centre *self, CentreReadyFunc func, gpointer user_data)
{
  Turn *last = g_queue_peek_tail (&self->turns);
  Waiter waiter = { func, user_data };

  if (last == NULL)
    func (user_data);
  else
    g_array_append_val (last->waiters, waiter);
}

void
centre_write (Centre *self, StoreBatch *batch, CentreReadyFunc done, gpointer user_data)
{
  Turn *turn = turn_new (self);
  Waiter waiter = { done, user_data };

  if (done != NULL)
    g_array_append_val (turn->waiters, waiter);
  submit (self, turn, batch);
}

void
centre_touch (Centre *self,
              Record *record,
              const char *cause,
              StoreBatch *batch,
              CentreReadyFunc done,
              gpointer user_data)
{
  Turn *turn = turn_new (self);
  Waiter waiter = { done, user_data };

  centre_publish_touch (self, record, cause, batch, turn);
  if (done != NULL)
    g_array_append_val (turn->waiters, waiter);
  submit (self, turn, batch);
}

void
centre_fact (Centre *self,
             Record *record,
             const char *type,
             JsonObject *journal,
             JsonObject *notice,
             StoreBatch *batch,
             CentreReadyFunc done,
             gpointer user_data)
{
  Turn *turn = turn_new (self);
  Waiter waiter = { done, user_data };

  centre_publish_fact (self, record, type, journal, notice, batch, turn);
  if (done != NULL)
    g_array_append_val (turn->waiters, waiter);
  submit (self, turn, batch);
}

void
centre_announce (Centre *self,
                 const char *agent,
                 const char *type,
                 const char *by,
                 JsonObject *journal,
                 JsonObject *notice,
                 StoreBatch *batch,
                 CentreReadyFunc done,
                 gpointer user_data)
{
  Turn *turn = turn_new (self);
  Waiter waiter = { done, user_data };

  centre_publish_announcement (self, agent, type, by, journal, notice, batch, turn);
  if (done != NULL)
    g_array_append_val (turn->waiters, waiter);
  submit (self, turn, batch);
}

Centre *
centre_new (Config *config,
            Store *store,
            Secrets *secrets,
            BaseClock *clock,
            CentreFatalFunc fatal,
            gpointer user_data,
            GError **error)
{
  g_autoptr (Centre) self = g_new0 (Centre, 1);

  self->config = config;
  self->store = store;
  self->secrets = secrets;
  self->clock = base_clock_ref (clock);
  self->fatal = fatal;
  self->fatal_data = user_data;
  self->records =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) record_free);
  self->parts = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->escalated = g_hash_table_new (NULL, NULL);
  self->parked_told = g_hash_table_new (NULL, NULL);
  self->sessions = sessions_new (secrets);
  self->colleagues = colleagues_new (self);
  self->live = live_new (self);
  self->canned = canned_new (self);
  self->clips = clips_new (self);
  self->recordings = recordings_new (self);
  self->directory = directory_new (self);
  self->erased = erased_new (self);
  self->forwarding = forwarding_new ();
  self->conversations = conversations_new (self);
  self->outages = outages_new (self);
  g_queue_init (&self->turns);
  self->voice = centre_voice_new ();
  if (!centre_start (self, error))
    return NULL;
  outages_begin (self->outages);

  return g_steal_pointer (&self);
}

void
centre_free (Centre *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  g_clear_handle_id (&self->minute_source, g_source_remove);
  g_clear_pointer (&self->figures, queue_figures_free);
  g_clear_pointer (&self->live, live_free);
  g_clear_pointer (&self->colleagues, colleagues_free);
  g_clear_pointer (&self->conversations, conversations_free);
  g_clear_pointer (&self->outages, outages_free);
  g_clear_pointer (&self->canned, canned_free);
  g_clear_pointer (&self->clips, clips_free);
  g_clear_pointer (&self->recordings, recordings_free);
  g_clear_pointer (&self->directory, directory_free);
  g_clear_pointer (&self->erased, erased_free);
  g_clear_pointer (&self->forwarding, forwarding_free);
  g_clear_pointer (&self->core, acd_core_free);
  g_clear_pointer (&self->hub, hub_free);
  g_clear_pointer (&self->sessions, sessions_free);
  g_clear_pointer (&self->voice, centre_voice_free);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->parked_told, g_hash_table_unref);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->clock, base_clock_unref);
  g_free (self->id);
  g_free (self);
}

AcdCore *
centre_core (Centre *self)
{
  return self->core;
}

Hub *
centre_hub (Centre *self)
{
  return self->hub;
}

Store *
centre_store (Centre *self)
{
  return self->store;
}

Secrets *
centre_secrets (Centre *self)
{
  return self->secrets;
}

const Config *
centre_config (Centre *self)
{
  return self->config;
}

Sessions *
centre_sessions (Centre *self)
{
  return self->sessions;
}

gint64
centre_now (Centre *self)
{
  return base_clock_now (self->clock);
}

gint64
centre_seq (Centre *self)
{
  return self->seq;
}

const ModelDefinitions *
centre_definitions (Centre *self)
{
  return acd_core_definitions (self->core);
}

const char *
centre_id (Centre *self)
{
  return self->id;
}

Record *
centre_record (Centre *self, ModelId interaction)
{
  gint64 key = (gint64) interaction;

  return g_hash_table_lookup (self->records, &key);
}

Record *
centre_record_of_part (Centre *self, ModelId participation)
{
  gint64 key = (gint64) participation;

  return g_hash_table_lookup (self->parts, &key);
}

void
centre_record_add (Centre *self, Record *record)
{
  g_hash_table_insert (self->records, &record->id, record);
  centre_record_index (self, record);
}

void
centre_record_index (Centre *self, Record *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    g_hash_table_insert (self->parts, &((Part *) g_ptr_array_index (record->parts, i))->id, record);
  for (guint i = 0; i < record->parties->len; i++)
    g_hash_table_insert (self->parts, &((Party *) g_ptr_array_index (record->parties, i))->id,
                         record);
  if (record->status == MODEL_STATUS_ESCALATED)
    g_hash_table_add (self->escalated, record);
  else
    g_hash_table_remove (self->escalated, record);
}

void
centre_record_remove (Centre *self, Record *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    g_hash_table_remove (self->parts, &((Part *) g_ptr_array_index (record->parts, i))->id);
  for (guint i = 0; i < record->parties->len; i++)
    g_hash_table_remove (self->parts, &((Party *) g_ptr_array_index (record->parties, i))->id);
  g_hash_table_remove (self->escalated, record);
  g_hash_table_remove (self->records, &record->id);
}

GPtrArray *
centre_escalated (Centre *self)
{
  GPtrArray *all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->escalated);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    g_ptr_array_add (all, record);

  return all;
}

void
centre_each_record (Centre *self,
                    void (*each) (Record *record, gpointer user_data),
                    gpointer user_data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (ModelId));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_val (ids, ((Record *) value)->id);
  /* What is done about one may end others. */
  for (guint i = 0; i < ids->len; i++)
    {
      Record *record = centre_record (self, g_array_index (ids, ModelId, i));

      if (record != NULL)
        each (record, user_data);
    }
}

ModelId
centre_new_id (Centre *self)
{
  /* Unguessable is not needed, unique across restarts is: time above, counter below. */
  self->next_id = MAX (self->next_id + 1, (guint64) centre_now (self));

  return model_id_make (1, self->next_id & ((G_GUINT64_CONSTANT (1) << MODEL_ID_COUNTER_BITS) - 1));
}
