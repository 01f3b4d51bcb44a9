/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PINs of voicemail boxes: of an agent's own, chosen at the desk, set and taken back by
 * administrators; and those of the definitions. What is stored is hashed on a worker, and no answer
 * is kept: a mark of the request would tell it. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/keypad.h"
#include "server/store/secrets.h"

#include <string.h>

typedef struct
{
  ApiCall *call;
  char *agent, *by, *pin, *hash;
} Setting;

static void
setting_free (Setting *self)
{
  explicit_bzero (self->pin, strlen (self->pin));
  api_call_unref (self->call);
  g_free (self->agent);
  g_free (self->by);
  g_free (self->pin);
  g_free (self->hash);
  g_free (self);
}

/* Worker. */
static void
hash (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Setting *self = data;

  self->hash = password_hash (self->pin);
  g_task_return_boolean (task, TRUE);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *self = user_data;
  StoreBatch *batch = store_batch_new ();

  keypad_set (self->call->centre, self->agent, self->hash, self->by, batch);
  api_call_write (self->call, batch, 200, json_object_new ());
  setting_free (self);
}

/* NULL: answered. */
static const char *
read_pin (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *pin;

  if (!base_json_only (&call->body, &error, "pin", NULL) ||
      !base_json_get_string (&call->body, "pin", 12, &pin, &error))
    {
      api_call_bad_body (call, error);
      return NULL;
    }
  if (model_voicemail_is_pin (pin))
    return pin;
  api_call_invalid (call, "/pin", 12, "four to twelve digits");

  return NULL;
}

static void
set (ApiCall *call, const char *agent, const char *by)
{
  g_autoptr (GTask) task = NULL;
  const char *pin = read_pin (call);
  Setting *self;

  if (pin == NULL)
    return;
  call->secret = TRUE;
  self = g_new0 (Setting, 1);
  self->call = api_call_ref (call);
  self->agent = g_strdup (agent);
  self->by = g_strdup (by);
  self->pin = g_strdup (pin);
  task = g_task_new (NULL, NULL, on_hashed, self);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, hash);
}

/* The agent's own box, if keys can open it at all; NULL: answered. */
static const ModelVoicemailBox *
box_of (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelVoicemailBox *box = model_definitions_voicemail_of (definitions, call->agent);

  if (box != NULL && box->key != NULL && definitions->settings.voicemail_number != NULL)
    return box;
  api_call_not_found (call);

  return NULL;
}

void
api_keypad_get (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelVoicemailBox *box = box_of (call);
  g_autofree char *pin = NULL;
  JsonObject *answer;

  if (box == NULL)
    return;
  pin = keypad_pin (call->centre, box);
  answer = json_object_new ();
  base_json_set_string (answer, "number", definitions->settings.voicemail_number);
  base_json_set_string (answer, "key", box->key);
  json_object_set_boolean_member (answer, "set", pin != NULL);
  api_call_reply (call, 200, answer);
}

void
api_keypad_set (ApiCall *call)
{
  if (box_of (call) != NULL)
    set (call, call->agent, call->agent);
}

void
api_admin_keypad_set (ApiCall *call)
{
  if (api_admin_names_agent (call))
    set (call, call->parameters[0], "admin");
}

void
api_admin_keypad_reset (ApiCall *call)
{
  StoreBatch *batch;

  if (!api_admin_names_agent (call))
    return;
  batch = store_batch_new ();
  keypad_set (call->centre, call->parameters[0], NULL, "admin", batch);
  api_call_write (call, batch, 200, json_object_new ());
}

/* Stores nothing: for the definitions. */
void
api_admin_pin (ApiCall *call)
{
  const char *pin = read_pin (call);
  g_autofree char *hash = pin != NULL ? password_hash (pin) : NULL;
  JsonObject *answer;

  if (pin == NULL)
    return;
  answer = json_object_new ();
  base_json_set_string (answer, "pin", hash);
  api_call_reply (call, 200, answer);
}
