/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/keypad.h"

#include "client/request.h"

#define PATH     "/v1/voicemail-pin"
#define TEXT_MAX 64

void
guichet_keypad_free (GuichetKeypad *self)
{
  g_free (self->number);
  g_free (self->key);
  g_free (self);
}

gboolean
guichet_keypad_return (GTask *task, const BaseJson *root, GError **error)
{
  GuichetKeypad *keypad;
  const char *number, *key;
  gboolean set;

  if (!base_json_get_string (root, "number", TEXT_MAX, &number, error) ||
      !base_json_get_string (root, "key", TEXT_MAX, &key, error) ||
      !base_json_get_bool (root, "set", &set, error))
    return FALSE;
  keypad = g_new0 (GuichetKeypad, 1);
  keypad->number = g_strdup (number);
  keypad->key = g_strdup (key);
  keypad->set = set;
  g_task_return_pointer (task, keypad, (GDestroyNotify) guichet_keypad_free);
  return TRUE;
}

void
guichet_keypad_ask_async (GuichetSession *session,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  guichet_request_send (
      session,
      guichet_request_new (session, GUICHET_ANSWER_KEYPAD, cancellable, callback, user_data), "GET",
      PATH, NULL);
}

GuichetKeypad *
guichet_keypad_ask_finish (GuichetSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_keypad_set_pin_async (GuichetSession *session,
                              const char *pin,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "pin", pin);
  guichet_request_send (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", PATH, body);
}
