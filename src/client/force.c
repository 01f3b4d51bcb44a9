/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: work that is stuck is closed by force. Main loop. */
#include "client/force.h"

#include "client/request.h"

void
guichet_force_close_async (GuichetSession *self,
                           const char *participation,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  guichet_request_send_about (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, NULL, callback, user_data),
      "/v1/participations/", participation, "/force_close", json_object_new ());
}
