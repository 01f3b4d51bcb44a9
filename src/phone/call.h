/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call as the window sees it: the telephony's call, its sound, its times and why it ended. Main
 * thread. */
#pragma once

#include "phone/audio.h"
#include "telephony/call.h"
#include "telephony/request.h"

G_BEGIN_DECLS

typedef struct _PhoneCall PhoneCall;

typedef struct
{
  void (*changed) (PhoneCall *call, gpointer user_data);
  void (*dtmf) (PhoneCall *call, char digit, gpointer user_data);
} PhoneCallEvents;

/* Takes an incoming call in its callback; it does not ring yet. */
PhoneCall *phone_call_new (const char *id,
                           PhoneAudio *audio,
                           TelCall *call,
                           TelRequest *invite,
                           const PhoneCallEvents *events,
                           gpointer user_data);
void phone_call_free (PhoneCall *call);

/* PHONE_ERROR_WRONG_STATE where the state does not allow it. */
gboolean phone_call_ring (PhoneCall *call, GError **error);
gboolean phone_call_answer (PhoneCall *call, GError **error);
/* @reason: an end_reason of D-Bus, static. */
gboolean phone_call_reject (PhoneCall *call, int status, const char *reason, GError **error);
gboolean phone_call_hang_up (PhoneCall *call, GError **error);
gboolean phone_call_set_muted (PhoneCall *call, gboolean muted, GError **error);
gboolean phone_call_send_dtmf (PhoneCall *call, const char *digits, GError **error);
gboolean phone_call_set_hold (PhoneCall *call, gboolean hold, GError **error);
void phone_call_apply_processing (PhoneCall *call);

const char *phone_call_get_id (PhoneCall *call);
const char *phone_call_get_state (PhoneCall *call); /* as on D-Bus */
gboolean phone_call_is_ringing (PhoneCall *call);   /* it rings here and nobody answered */
gboolean phone_call_is_talking (PhoneCall *call);   /* answered here and not over */
gboolean phone_call_is_held (PhoneCall *call);      /* by us */
gboolean phone_call_is_over (PhoneCall *call);
gboolean phone_call_wants_auto_answer (PhoneCall *call);
gint64 phone_call_get_ended (PhoneCall *call);           /* ms UTC, 0 before */
GVariant *phone_call_describe (PhoneCall *call);         /* an entry of Calls; floating */
GVariant *phone_call_describe_quality (PhoneCall *call); /* floating, NULL before there is sound */

G_END_DECLS
