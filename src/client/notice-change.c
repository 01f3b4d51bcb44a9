/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/notice-change.h"

#include "client/mirror.h"
#include "client/request.h"

GListModel *
guichet_session_get_notices (GuichetSession *self)
{
  return guichet_mirror_get_list (self->mirrors[GUICHET_MIRROR_NOTICES]);
}

guint
guichet_session_count_unread_notices (GuichetSession *self)
{
  GListModel *list = guichet_session_get_notices (self);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetNotice) notice = g_list_model_get_item (list, i);

      n += guichet_notice_get_read (notice) ? 0 : 1;
    }
  return n;
}

void
guichet_session_read_notice_async (GuichetSession *self,
                                   GuichetNotice *notice,
                                   gboolean read,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_boolean_member (body, "read", read);
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/notices/", guichet_notice_get_id (notice), "", body);
}

void
guichet_session_delete_notice_async (GuichetSession *self,
                                     GuichetNotice *notice,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "DELETE", "/v1/notices/", guichet_notice_get_id (notice), "", json_object_new ());
}

void
guichet_session_send_notice_async (GuichetSession *self,
                                   const char *agent,
                                   const char *team,
                                   const char *priority,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  if (agent != NULL)
    json_object_set_string_member (body, "agent", agent);
  if (team != NULL)
    json_object_set_string_member (body, "team", team);
  json_object_set_string_member (body, "priority", priority);
  json_object_set_string_member (body, "text", text);
  guichet_request_send (self, task, "POST", "/v1/notices", body);
}
