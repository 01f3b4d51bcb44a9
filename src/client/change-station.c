/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: the voice lands elsewhere from now on. The softphone is let go before the desk
 * says that it has another station, or gets its line with the centre's answer. Main loop. */
#include "client/station.h"

#include "base/ids.h"
#include "client/fields/session.h"
#include "client/request.h"

typedef struct
{
  char *kind;
  char *address;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->kind);
  g_free (wanted->address);
  g_free (wanted);
}

static gboolean
take_station (GuichetSession *self, const Wanted *wanted, JsonObject *answer, GError **error)
{
  BaseJson root;

  base_json_from_object (&root, answer);
  guichet_record_set_string (GUICHET_RECORD (self), SESSION_STATION_ADDRESS, wanted->address);
  guichet_record_set_string (GUICHET_RECORD (self), SESSION_STATION, wanted->kind);
  if (self->phone == NULL)
    return TRUE;
  guichet_phone_set_alive (self->phone, guichet_session_has_softphone (self));
  if (!guichet_session_has_softphone (self))
    {
      guichet_phone_set_account (self->phone, NULL);
      return TRUE;
    }
  self->phone_told = FALSE;
  guichet_session_tell_phone (self);
  return guichet_session_give_account (self, &root, error);
}

static void
on_station (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!take_station (self, g_task_get_task_data (task), answer, &error))
    g_task_return_error (task, guichet_request_nonsense (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
guichet_session_set_station_async (GuichetSession *self,
                                   const char *kind,
                                   const char *address,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *key = base_token_new (18);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->kind = g_strdup (kind);
  wanted->address = g_strdup (address != NULL ? address : "");
  g_task_set_task_data (task, wanted, wanted_free);
  if (!guichet_session_get_link_up (self))
    {
      g_task_return_error (task, guichet_request_error (GUICHET_CLIENT_ERROR_LINK_DOWN));
      return;
    }
  json_object_set_string_member (body, "kind", kind);
  if (*wanted->address != '\0')
    json_object_set_string_member (body, "address", wanted->address);
  guichet_api_send_async (self->api, "PUT", "/v1/session/station", body, key, cancellable,
                          on_station, g_steal_pointer (&task));
}
