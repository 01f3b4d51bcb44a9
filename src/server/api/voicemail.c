/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voicemail: the agent's boxes and their messages, heard, marked, put away. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/recordings.h"
#include "server/centre/voicemail.h"

void
api_voicemail_list (ApiCall *call)
{
  api_call_reply_durable (call, 200, voicemail_list (call->centre, call->agent));
}

/* The one that the path names, put away or not; NULL: answered. */
static Voicemail *
find (ApiCall *call)
{
  g_autoptr (Voicemail) voicemail = voicemail_find (call->centre, call->parameters[0]);

  if (voicemail != NULL && voicemail_is_open_to (call->centre, voicemail->box, call->agent))
    return g_steal_pointer (&voicemail);
  api_call_not_found (call);

  return NULL;
}

static void
set (ApiCall *call, const Voicemail *voicemail)
{
  StoreBatch *batch = store_batch_new ();

  api_call_keep_answer (call, batch, 200, api_call_mark (call));
  voicemail_set (call->centre, voicemail, call->agent, batch, api_call_kept, api_call_ref (call));
}

/* One that was put away comes back so. */
void
api_voicemail_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Voicemail) voicemail = NULL;
  gboolean heard;

  if (!base_json_only (&call->body, &error, "heard", NULL) ||
      !base_json_get_bool (&call->body, "heard", &heard, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  voicemail = find (call);
  if (voicemail == NULL)
    return;
  voicemail->heard = heard;
  voicemail->deleted = 0;
  set (call, voicemail);
}

void
api_voicemail_delete (ApiCall *call)
{
  g_autoptr (Voicemail) voicemail = find (call);

  if (voicemail == NULL)
    return;
  voicemail->deleted = centre_now (call->centre);
  set (call, voicemail);
}

void
api_voicemail_hear (ApiCall *call)
{
  g_autoptr (Voicemail) voicemail = find (call);

  if (voicemail != NULL && voicemail->deleted == 0)
    api_recording_send (call, voicemail->interaction, "voicemail_heard");
  else if (voicemail != NULL)
    api_call_not_found (call);
}
