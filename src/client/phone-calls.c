/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of the phone: its calls and its sound test. Each question fails at once while
 * it is not there. Main loop. */
#include "client/phone-parts.h"

#include "client/error.h"

#include <string.h>

#define ERROR_PREFIX "org.guichet.Guichet.Phone.Error."

static GError *
error_from_bus (GError *error)
{
  g_autofree char *name =
      g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (name == NULL || !g_str_has_prefix (name, ERROR_PREFIX))
    return guichet_client_error_new (GUICHET_CLIENT_ERROR_NO_PHONE, NULL, NULL, 0, 0,
                                     error->message);
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_PHONE, name + strlen (ERROR_PREFIX), NULL,
                                   0, 0, error->message);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error_from_bus (error));
}

static void
call_async (GuichetPhone *self,
            const char *method,
            GVariant *parameters,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (self->proxy != NULL && guichet_phone_get_present (self))
    {
      g_dbus_proxy_call (G_DBUS_PROXY (self->proxy), method, parameters,
                         G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, on_called, task);
      return;
    }
  if (parameters != NULL)
    g_variant_unref (g_variant_ref_sink (parameters));
  g_task_return_error (
      task, guichet_client_error_new (GUICHET_CLIENT_ERROR_NO_PHONE, NULL, NULL, 0, 0, method));
  g_object_unref (task);
}

void
guichet_phone_answer_async (GuichetPhone *self,
                            GuichetCall *call,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  call_async (self, "Answer", g_variant_new ("(s)", guichet_call_get_id (call)), cancellable,
              callback, user_data);
}

void
guichet_phone_decline_async (GuichetPhone *self,
                             GuichetCall *call,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  call_async (self, "Decline", g_variant_new ("(ss)", guichet_call_get_id (call), reason),
              cancellable, callback, user_data);
}

void
guichet_phone_hang_up_async (GuichetPhone *self,
                             GuichetCall *call,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  call_async (self, "HangUp", g_variant_new ("(s)", guichet_call_get_id (call)), cancellable,
              callback, user_data);
}

void
guichet_phone_set_muted_async (GuichetPhone *self,
                               GuichetCall *call,
                               gboolean muted,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "SetMuted", g_variant_new ("(sb)", guichet_call_get_id (call), muted),
              cancellable, callback, user_data);
}

void
guichet_phone_send_dtmf_async (GuichetPhone *self,
                               GuichetCall *call,
                               const char *digits,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "SendDtmf", g_variant_new ("(ss)", guichet_call_get_id (call), digits),
              cancellable, callback, user_data);
}

void
guichet_phone_test_record_async (GuichetPhone *self,
                                 guint seconds,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  call_async (self, "TestRecord", g_variant_new ("(u)", seconds), cancellable, callback, user_data);
}

void
guichet_phone_test_play_async (GuichetPhone *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "TestPlay", NULL, cancellable, callback, user_data);
}

void
guichet_phone_record_file_async (GuichetPhone *self,
                                 const char *path,
                                 guint seconds,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  call_async (self, "RecordFile", g_variant_new ("(su)", path, seconds), cancellable, callback,
              user_data);
}

void
guichet_phone_play_file_async (GuichetPhone *self,
                               const char *path,
                               guint from,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "PlayFileFrom", g_variant_new ("(su)", path, from), cancellable, callback,
              user_data);
}

void
guichet_phone_recorder_stop_async (GuichetPhone *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  call_async (self, "RecorderStop", NULL, cancellable, callback, user_data);
}

gboolean
guichet_phone_play_sound (GuichetPhone *self, const char *name)
{
  if (self->proxy == NULL || !guichet_phone_get_present (self))
    return FALSE;
  call_async (self, "PlaySound", g_variant_new ("(s)", name), NULL, NULL, NULL);
  return TRUE;
}

void
guichet_phone_test_ring_async (GuichetPhone *self,
                               guint seconds,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "TestRing", g_variant_new ("(u)", seconds), cancellable, callback, user_data);
}

void
guichet_phone_test_stop_async (GuichetPhone *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  call_async (self, "TestStop", NULL, cancellable, callback, user_data);
}

gboolean
guichet_phone_call_finish (GuichetPhone *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
