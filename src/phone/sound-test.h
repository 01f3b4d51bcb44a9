/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound test of the first-run page: record some seconds, hear them, hear the ring. Main thread.
 */
#pragma once

#include "phone/audio.h"

G_BEGIN_DECLS

typedef struct _PhoneSoundTest PhoneSoundTest;

typedef enum
{
  PHONE_TEST_IDLE,
  PHONE_TEST_RECORDING,
  PHONE_TEST_RECORDED, /* idle, with something to play */
  PHONE_TEST_PLAYING,
  PHONE_TEST_RINGING,
} PhoneTestState;

PhoneSoundTest *
phone_sound_test_new (PhoneAudio *audio, void (*changed) (gpointer user_data), gpointer user_data);
void phone_sound_test_free (PhoneSoundTest *test);

PhoneTestState phone_sound_test_get_state (PhoneSoundTest *test);
const char *phone_sound_test_get_state_name (PhoneSoundTest *test);
gboolean phone_sound_test_record (PhoneSoundTest *test, guint seconds, GError **error);
gboolean phone_sound_test_play (PhoneSoundTest *test, GError **error);
/* Only keeps the state and the time; the ringer rings. */
void phone_sound_test_ring (PhoneSoundTest *test, guint seconds);
void phone_sound_test_stop (PhoneSoundTest *test);

G_END_DECLS
