/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/sessions: password, lock, take-over, and the session that comes of it. The password is
 * checked on a worker; everything else on the centre's thread. */

#include "server/api/handlers.h"

#include "base/ids.h"
#include "base/log.h"
#include "server/api/session-json.h"
#include "server/centre/render.h"

#include <string.h>

#define FAILURES_MAX 5
#define LOCK_TIME    (60 * 1000) /* ms; doubles with every further failure */
#define LOCK_MAX     (60 * 60 * 1000)

typedef struct
{
  ApiCall *call;
  const char *agent; /* interned */
  gsize arrival;     /* passwords take their time, and not the same: who came later stands */
  char *password;
  char *hash;
  gint64 failures;
  gint64 locked_until;
  ModelStation station;
  char *address;
  gboolean take_over;
  gboolean right;
  char *token;
  Session *session;
} SignIn;

static void
sign_in_free (SignIn *self)
{
  api_call_unref (self->call);
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->hash);
  g_free (self->address);
  g_free (self->token);
  g_free (self);
}

static void
on_password_row (StoreRow *row, gpointer user_data)
{
  SignIn *self = user_data;

  g_free (self->hash);
  self->hash = g_strdup (store_row_text (row, 0));
  self->failures = store_row_int (row, 1);
  self->locked_until = store_row_int (row, 2);
}

/* --- the command ------------------------------------------------------------------------------ */

static void
on_prepare (Centre *centre, gint64 seq, StoreBatch *batch, gpointer user_data)
{
  SignIn *self = user_data;

  session_store (self->session, batch);
  if (self->failures > 0)
    store_batch_add (batch, STORE_PASSWORD_FAILED, self->agent, (gint64) 0, (gint64) 0);
  sessions_set (centre_sessions (centre), self->session);
}

static void
on_signed_in (Centre *centre, const CentreResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  ApiCall *call = self->call;
  Session *session = sessions_by_agent (centre_sessions (centre), self->agent);
  AcdCommand ready = { .type = ACD_COMMAND_STATION_READY, .agent = self->agent };
  JsonObject *answer;

  if (result->error != NULL)
    {
      session_free (self->session);
      base_log (BASE_LOG_WARNING, "api", "sign_in_refused", "agent", self->agent, "reason",
                result->error->message, NULL);
      api_call_not_now (call, result->error->message);
      sign_in_free (self);
      return;
    }
  if (session == NULL || session != self->session)
    {
      api_call_problem (call, 401, "not_signed_in", NULL, "the session ended at once");
      sign_in_free (self);
      return;
    }
  centre_voice_submit (centre, centre_voice_station (centre, session));
  if (session_has_fixed_station (session))
    centre_command (centre, &ready, NULL, NULL, NULL, NULL);
  answer = session_to_json (call->api, session, TRUE);
  base_json_set_string (answer, "token", self->token);
  base_log (BASE_LOG_INFO, "api", "signed_in", "agent", self->agent, NULL);
  api_call_reply (call, 201, answer);
  sign_in_free (self);
}

/* Signed in by one who came later, or by one who is not to be taken over. */
static gboolean
is_elsewhere (SignIn *self)
{
  GHashTable *newest = self->call->api->sign_ins;

  if (GPOINTER_TO_SIZE (g_hash_table_lookup (newest, self->agent)) > self->arrival ||
      (!self->take_over &&
       sessions_by_agent (centre_sessions (self->call->centre), self->agent) != NULL))
    return TRUE;
  g_hash_table_insert (newest, (gpointer) self->agent, GSIZE_TO_POINTER (self->arrival));
  return FALSE;
}

static void
sign_in (SignIn *self)
{
  Centre *centre = self->call->centre;
  AcdCommand command = { .type = ACD_COMMAND_SIGN_IN,
                         .agent = self->agent,
                         .station = (gint32) self->station };

  if (is_elsewhere (self))
    {
      api_call_problem (self->call, 409, "session_elsewhere", NULL, NULL);
      sign_in_free (self);
      return;
    }
  self->token = base_token_new (32);
  self->session = session_new (centre_new_id (centre), self->agent, self->token, self->station,
                               self->address, centre_now (centre));
  command.session = self->session->number;
  centre_command (centre, &command, NULL, on_prepare, on_signed_in, self);
}

/* --- the password ----------------------------------------------------------------------------- */

static void
on_failure_kept (gpointer user_data)
{
  SignIn *self = user_data;

  api_call_problem (self->call, 401, "wrong_password", NULL, NULL);
  sign_in_free (self);
}

static void
wrong (SignIn *self)
{
  StoreBatch *batch;
  gint64 now = centre_now (self->call->centre);
  gint64 locked = 0;

  base_log (BASE_LOG_WARNING, "api", "wrong_password", "agent", self->agent, "peer",
            self->call->peer, NULL);
  if (self->hash == NULL)
    {
      on_failure_kept (self);
      return;
    }
  /* Others may have failed meanwhile. */
  store_query (centre_store (self->call->centre), NULL, on_password_row, self, STORE_GET_PASSWORD,
               self->agent);
  self->failures++;
  if (self->failures >= FAILURES_MAX)
    locked = now + MIN (LOCK_MAX, LOCK_TIME << MIN (self->failures - FAILURES_MAX, 6));
  batch = store_batch_new ();
  store_batch_add (batch, STORE_PASSWORD_FAILED, self->agent, self->failures, locked);
  centre_write (self->call->centre, batch, on_failure_kept, self);
}

static void
on_verified (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;

  if (self->right && self->hash != NULL)
    sign_in (self);
  else
    wrong (self);
}

/* Worker. */
static void
verify (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  /* An agent that does not exist takes as long as one that does. */
  static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  SignIn *self = data;

  self->right = password_verify (self->hash != NULL ? self->hash : nobody, self->password);
  g_task_return_boolean (task, self->right);
}

static gboolean
is_locked (SignIn *self)
{
  gint64 wait = self->locked_until - centre_now (self->call->centre);
  JsonObject *more;

  if (wait <= 0)
    return FALSE;
  more = json_object_new ();
  json_object_set_int_member (more, "retry_after", (wait + 999) / 1000);
  api_call_problem (self->call, 423, "account_locked", more, NULL);

  return TRUE;
}

static gboolean
read_body (SignIn *self, GError **error)
{
  const BaseJson *body = &self->call->body;
  BaseJson station;
  const char *agent, *password;

  if (!base_json_only (body, error, "agent", "password", "station", "take_over", "client", NULL) ||
      !base_json_get_string (body, "agent", 64, &agent, error) ||
      !base_json_get_string (body, "password", API_PASSWORD_MAX, &password, error) ||
      !base_json_get_object (body, "station", &station, error) ||
      !base_json_opt_bool (body, "take_over", FALSE, &self->take_over, error) ||
      !session_read_station (&station, &self->station, &self->address, error))
    return FALSE;
  if (!base_id_is_valid (agent, 64))
    return base_json_refuse (body, "agent", BASE_ERROR_RANGE, 64, "not an agent's id", error);
  self->agent = g_intern_string (agent);
  self->password = g_strdup (password);

  return TRUE;
}

void
api_session_create (ApiCall *call)
{
  SignIn *self = g_new0 (SignIn, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  self->call = api_call_ref (call);
  self->arrival = ++call->api->sign_in_arrivals;
  if (call->api->closed)
    api_call_problem (call, 503, "unavailable", NULL, "the centre is going down");
  else if (!read_body (self, &error))
    api_call_bad_body (call, error);
  else if (!store_query (centre_store (call->centre), &error, on_password_row, self,
                         STORE_GET_PASSWORD, self->agent))
    api_call_store_error (call, error);
  else if (!is_locked (self))
    {
      task = g_task_new (NULL, NULL, on_verified, self);
      g_task_set_task_data (task, self, NULL);
      g_task_run_in_thread (task, verify);
      return;
    }
  sign_in_free (self);
}
