/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone: its account, calls, sound, ringer and sleep, and the rules between them. Knows nothing
 * of D-Bus. Main thread. */
#pragma once

#include "phone/audio.h"
#include "phone/call.h"
#include "phone/recorder.h"
#include "phone/sound-test.h"

G_BEGIN_DECLS

typedef struct _Phone Phone;

typedef struct
{
  /* Anything that can be read may have changed. */
  void (*changed) (gpointer user_data);
  void (*dtmf) (PhoneCall *call, char digit, gpointer user_data);
  void (*quality) (PhoneCall *call, gpointer user_data);
} PhoneEvents;

Phone *phone_new (const PhoneEvents *events, gpointer user_data);
/* Ends calls, de-registers, then calls @done and frees it. No event after it. */
void phone_close (Phone *phone, GFunc done, gpointer user_data);

/* What the D-Bus methods do, by their names there. */
gboolean phone_set_account (Phone *phone, GVariant *account, GError **error);
void phone_clear_account (Phone *phone);
gboolean phone_keep_alive (Phone *phone, guint seconds, GError **error);
gboolean phone_answer (Phone *phone, PhoneCall *call, GError **error);
gboolean phone_configure (Phone *phone, GVariant *settings, GError **error);
gboolean phone_test_record (Phone *phone, guint seconds, GError **error);
gboolean phone_test_play (Phone *phone, GError **error);
/* One of the sounds of tones.h, once; not over a ringing call. */
gboolean phone_play_sound (Phone *phone, const char *name, GError **error);
gboolean phone_test_ring (Phone *phone, guint seconds, GError **error);
/* Whether there is no call, in whose way sound of the agent's own would be. */
gboolean phone_may_test (Phone *phone, guint seconds, GError **error);
PhoneRecorder *phone_get_recorder (Phone *phone);

PhoneCall *phone_find_call (Phone *phone, const char *id, GError **error);
GPtrArray *phone_get_calls (Phone *phone); /* of PhoneCall, oldest first */
PhoneAudio *phone_get_audio (Phone *phone);
const char *phone_get_registration (Phone *phone);
const char *phone_get_registration_reason (Phone *phone);
guint phone_get_registration_status (Phone *phone);
GVariant *phone_get_account (Phone *phone);  /* floating */
GVariant *phone_get_problems (Phone *phone); /* floating */
PhoneSoundTest *phone_get_test (Phone *phone);
/* Nothing to live for: no account and no call. */
gboolean phone_is_idle (Phone *phone);

G_END_DECLS
