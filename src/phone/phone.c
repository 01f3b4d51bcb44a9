/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's rules. Whatever happens ends in settle (), which derives all the rest from the facts:
 * registration, ringing, sleep, what is refused. */
#define G_LOG_DOMAIN "phone"

#include "phone/phone.h"

#include "phone/error.h"
#include "phone/readiness.h"
#include "phone/registration.h"
#include "phone/chime.h"
#include "phone/ringer.h"
#include "phone/tones.h"
#include "phone/sleep.h"

#define LEASE_S        30
#define LEASE_MAX_S    120
#define FORGET_AFTER_S 300
#define ENDED_FOR_MS   60000
#define QUALITY_S      5
#define SLEEP_DELAY_MS 3000 /* logind waits 5 s for us */
#define TEST_MAX_S     10

struct _Phone
{
  PhoneEvents events;
  gpointer user_data;
  PhoneAudio *audio;
  PhoneRinger *ringer;
  PhoneChime *chime;
  PhoneSoundTest *test;
  PhoneRecorder *recorder;
  PhoneSleep *sleep;
  PhoneRegistration *registration; /* the account's, or NULL */
  GPtrArray *old;                  /* earlier ones that still have calls */
  GPtrArray *calls;
  guint next_call;
  gboolean lease;
  guint lease_end, forget, sweep, quality, settling, sleep_limit;
  gboolean closing;
  guint closing_left;
  GFunc closed;
  gpointer closed_data;
};

static void settle (Phone *phone);

static gboolean
any_call (Phone *phone, gboolean (*is) (PhoneCall *call))
{
  for (guint i = 0; i < phone->calls->len; i++)
    if (is (phone->calls->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_devices (Phone *phone)
{
  return phone_audio_get_active (phone->audio, PHONE_USE_MICROPHONE) &&
         phone_audio_get_active (phone->audio, PHONE_USE_SPEAKER);
}

static const char *
obstacle (Phone *phone)
{
  const PhoneFacts facts = {
    .account = phone->registration != NULL,
    .lease = phone->lease || any_call (phone, phone_call_is_ringing),
    .talking = any_call (phone, phone_call_is_talking),
    .settled = phone_audio_is_settled (phone->audio),
    .microphone = phone_audio_get_active (phone->audio, PHONE_USE_MICROPHONE) != NULL,
    .speaker = phone_audio_get_active (phone->audio, PHONE_USE_SPEAKER) != NULL,
    .suspending = phone_sleep_is_coming (phone->sleep),
  };

  return phone_readiness_obstacle (&facts);
}

/* What rings cannot be taken: the machine's fault, never the agent's. */
static void
refuse_ringing (Phone *phone)
{
  const char *reason = phone_sleep_is_coming (phone->sleep) ? "suspending"
                       : !has_devices (phone)               ? "no_device"
                                                            : NULL;

  for (guint i = 0; reason && i < phone->calls->len; i++)
    if (phone_call_is_ringing (phone->calls->pdata[i]))
      phone_call_reject (phone->calls->pdata[i], 480, reason, NULL);
}

static void
settle_ringer (Phone *phone)
{
  const char *name = phone_audio_get_settings (phone->audio)->ring;
  gboolean silent = g_str_equal (name, PHONE_RING_SILENT);
  PhoneRing ring = PHONE_RING_NONE;

  if (any_call (phone, phone_call_is_ringing) && !silent)
    ring = any_call (phone, phone_call_is_talking) ? PHONE_RING_KNOCK : PHONE_RING_ALOUD;
  if (any_call (phone, phone_call_is_ringing) || any_call (phone, phone_call_is_talking))
    {
      phone_sound_test_stop (phone->test);
      phone_recorder_stop (phone->recorder, TRUE);
    }
  else if (phone_sound_test_get_state (phone->test) == PHONE_TEST_RINGING)
    ring = PHONE_RING_ALOUD;
  phone_ringer_set (phone->ringer, ring, name);
}

static gboolean
on_sleep_limit (gpointer user_data)
{
  Phone *phone = user_data;

  phone->sleep_limit = 0;
  phone_sleep_let (phone->sleep);
  return G_SOURCE_REMOVE;
}

static void
settle_sleep (Phone *phone)
{
  phone_sleep_hold_off (phone->sleep, any_call (phone, phone_call_is_talking));
  if (!phone_sleep_is_coming (phone->sleep))
    {
      g_clear_handle_id (&phone->sleep_limit, g_source_remove);
      return;
    }
  if (!phone->registration || phone_registration_is_off (phone->registration))
    phone_sleep_let (phone->sleep);
  else if (!phone->sleep_limit)
    phone->sleep_limit = g_timeout_add (SLEEP_DELAY_MS, on_sleep_limit, phone);
}

static gboolean
on_quality (gpointer user_data)
{
  Phone *phone = user_data;

  for (guint i = 0; i < phone->calls->len; i++)
    if (phone_call_is_talking (phone->calls->pdata[i]))
      phone->events.quality (phone->calls->pdata[i], phone->user_data);
  return G_SOURCE_CONTINUE;
}

/* Forgets calls that ended a minute ago, and accounts whose calls are over. */
static gboolean
on_sweep (gpointer user_data)
{
  Phone *phone = user_data;
  gint64 now = g_get_real_time () / 1000;
  gboolean forgot = FALSE;

  for (guint i = phone->calls->len; i-- > 0;)
    {
      PhoneCall *call = phone->calls->pdata[i];

      if (phone_call_is_over (call) && now - phone_call_get_ended (call) >= ENDED_FOR_MS)
        {
          g_ptr_array_remove_index (phone->calls, i);
          forgot = TRUE;
        }
    }
  for (guint i = phone->old->len; i-- > 0;)
    if (phone_registration_count_calls (phone->old->pdata[i]) == 0)
      {
        phone_registration_close (g_ptr_array_steal_index (phone->old, i), NULL, NULL);
        forgot = TRUE;
      }
  if (forgot)
    settle (phone);
  if (phone->calls->len > 0 || phone->old->len > 0)
    return G_SOURCE_CONTINUE;
  phone->sweep = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_settle (gpointer user_data)
{
  Phone *phone = user_data;

  phone->settling = 0;
  refuse_ringing (phone);
  settle_ringer (phone);
  if (phone->registration)
    phone_registration_want (phone->registration, !obstacle (phone));
  settle_sleep (phone);
  if (!any_call (phone, phone_call_is_talking))
    g_clear_handle_id (&phone->quality, g_source_remove);
  else if (!phone->quality)
    phone->quality = g_timeout_add_seconds (QUALITY_S, on_quality, phone);
  if (!phone->sweep && (phone->calls->len > 0 || phone->old->len > 0))
    phone->sweep = g_timeout_add_seconds (1, on_sweep, phone);
  phone->events.changed (phone->user_data);
  return G_SOURCE_REMOVE;
}

/* Never inside a callback of a call or an account: once the main loop is back. */
static void
settle (Phone *phone)
{
  if (!phone->settling && !phone->closing)
    phone->settling = g_idle_add_full (G_PRIORITY_DEFAULT, on_settle, phone, NULL);
}

static void
on_changed (gpointer user_data)
{
  settle (user_data);
}

static void
on_registration_changed (PhoneRegistration *registration, gpointer user_data)
{
  settle (user_data);
}

/* De-registers an account at once; it goes when its calls are over. */
static void
retire (Phone *phone)
{
  if (!phone->registration)
    return;
  phone_registration_want (phone->registration, FALSE);
  g_ptr_array_add (phone->old, g_steal_pointer (&phone->registration));
}

/* With another address the account begins anew; the earlier one stays for its calls. */
static void
on_registration_moved (PhoneRegistration *registration, gpointer user_data)
{
  Phone *phone = user_data;
  PhoneRegistration *next;

  if (registration != phone->registration || phone->closing)
    return;
  next = phone_registration_next (registration);
  if (next)
    {
      retire (phone);
      phone->registration = next;
    }
  settle (phone);
}

static void
on_call_changed (PhoneCall *call, gpointer user_data)
{
  settle (user_data);
}

static void
on_call_dtmf (PhoneCall *call, char digit, gpointer user_data)
{
  Phone *phone = user_data;

  phone->events.dtmf (call, digit, phone->user_data);
}

static void
on_call (PhoneRegistration *registration, TelCall *tel, TelRequest *invite, gpointer user_data)
{
  static const PhoneCallEvents events = { on_call_changed, on_call_dtmf };
  Phone *phone = user_data;
  g_autofree char *id = NULL;
  PhoneCall *call;
  gboolean talking = any_call (phone, phone_call_is_talking);

  if (phone->closing || obstacle (phone) || !has_devices (phone))
    {
      tel_call_reject (tel, 480);
      return;
    }
  id = g_strdup_printf ("%u", ++phone->next_call);
  call = phone_call_new (id, phone->audio, tel, invite, &events, phone);
  g_ptr_array_add (phone->calls, call);
  phone_call_ring (call, NULL);
  /* In a conversation nobody is put on hold unasked. */
  if (phone_call_wants_auto_answer (call) && !talking)
    phone_answer (phone, call, NULL);
  settle (phone);
}

static gboolean
on_forget (gpointer user_data)
{
  Phone *phone = user_data;

  phone->forget = 0;
  if (any_call (phone, phone_call_is_talking))
    phone->forget = g_timeout_add_seconds (FORGET_AFTER_S, on_forget, phone);
  else
    phone_clear_account (phone);
  return G_SOURCE_REMOVE;
}

static gboolean
on_lease_end (gpointer user_data)
{
  Phone *phone = user_data;

  phone->lease_end = 0;
  phone->lease = FALSE;
  if (phone->registration && !phone->forget)
    phone->forget = g_timeout_add_seconds (FORGET_AFTER_S, on_forget, phone);
  settle (phone);
  return G_SOURCE_REMOVE;
}

static void
start_lease (Phone *phone, guint seconds)
{
  g_clear_handle_id (&phone->lease_end, g_source_remove);
  g_clear_handle_id (&phone->forget, g_source_remove);
  phone->lease = TRUE;
  if (seconds > 0)
    phone->lease_end = g_timeout_add_seconds (seconds, on_lease_end, phone);
  else
    on_lease_end (phone);
  settle (phone);
}

Phone *
phone_new (const PhoneEvents *events, gpointer user_data)
{
  Phone *phone = g_new0 (Phone, 1);

  phone->events = *events;
  phone->user_data = user_data;
  phone->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) phone_call_free);
  phone->old = g_ptr_array_new ();
  phone->audio = phone_audio_new (on_changed, phone);
  phone->ringer = phone_ringer_new (phone->audio);
  phone->chime = phone_chime_new (phone->audio);
  phone->test = phone_sound_test_new (phone->audio, on_changed, phone);
  phone->recorder = phone_recorder_new (phone->audio, on_changed, phone);
  phone->sleep = phone_sleep_new (on_changed, phone);
  return phone;
}

static void
free_phone (Phone *phone)
{
  g_ptr_array_unref (phone->calls);
  g_ptr_array_unref (phone->old);
  phone_ringer_free (phone->ringer);
  phone_chime_free (phone->chime);
  phone_sound_test_free (phone->test);
  phone_recorder_free (phone->recorder);
  phone_sleep_free (phone->sleep);
  phone_audio_free (phone->audio);
  g_free (phone);
}

static void
on_registration_closed (gpointer data, gpointer user_data)
{
  Phone *phone = user_data;
  GFunc closed = phone->closed;
  gpointer closed_data = phone->closed_data;

  if (--phone->closing_left > 0)
    return;
  free_phone (phone);
  closed (NULL, closed_data);
}

void
phone_close (Phone *phone, GFunc done, gpointer user_data)
{
  guint *timers[] = { &phone->lease_end, &phone->forget,   &phone->sweep,
                      &phone->quality,   &phone->settling, &phone->sleep_limit };

  phone->closing = TRUE;
  phone->closed = done;
  phone->closed_data = user_data;
  for (gsize i = 0; i < G_N_ELEMENTS (timers); i++)
    g_clear_handle_id (timers[i], g_source_remove);
  phone_ringer_set (phone->ringer, PHONE_RING_NONE, "");
  phone_chime_stop (phone->chime);
  phone_sound_test_stop (phone->test);
  phone_recorder_stop (phone->recorder, TRUE);
  for (guint i = 0; i < phone->calls->len; i++)
    if (!phone_call_is_over (phone->calls->pdata[i]))
      phone_call_hang_up (phone->calls->pdata[i], NULL);
  if (phone->registration)
    g_ptr_array_add (phone->old, g_steal_pointer (&phone->registration));
  phone->closing_left = phone->old->len + 1;
  for (guint i = 0; i < phone->old->len; i++)
    phone_registration_close (phone->old->pdata[i], on_registration_closed, phone);
  on_registration_closed (NULL, phone);
}

gboolean
phone_set_account (Phone *phone, GVariant *account, GError **error)
{
  static const PhoneRegistrationEvents events = { on_registration_changed, on_call,
                                                  on_registration_moved };
  PhoneRegistration *registration = phone_registration_new (account, &events, phone, error);

  if (!registration)
    return FALSE;
  retire (phone);
  phone->registration = registration;
  start_lease (phone, LEASE_S);
  return TRUE;
}

void
phone_clear_account (Phone *phone)
{
  retire (phone);
  g_clear_handle_id (&phone->lease_end, g_source_remove);
  g_clear_handle_id (&phone->forget, g_source_remove);
  phone->lease = FALSE;
  settle (phone);
}

gboolean
phone_keep_alive (Phone *phone, guint seconds, GError **error)
{
  if (seconds > LEASE_MAX_S)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "seconds: more than %d",
                   LEASE_MAX_S);
      return FALSE;
    }
  if (!phone->registration)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_ACCOUNT, "no account");
      return FALSE;
    }
  start_lease (phone, seconds);
  return TRUE;
}

gboolean
phone_answer (Phone *phone, PhoneCall *call, GError **error)
{
  if (phone_call_is_ringing (call))
    for (guint i = 0; i < phone->calls->len; i++)
      {
        PhoneCall *other = phone->calls->pdata[i];

        if (other != call && phone_call_is_talking (other) && !phone_call_is_held (other))
          phone_call_set_hold (other, TRUE, NULL);
      }
  return phone_call_answer (call, error);
}

gboolean
phone_configure (Phone *phone, GVariant *settings, GError **error)
{
  if (!phone_audio_configure (phone->audio, settings, error))
    return FALSE;
  for (guint i = 0; i < phone->calls->len; i++)
    if (phone_call_is_talking (phone->calls->pdata[i]))
      phone_call_apply_processing (phone->calls->pdata[i]);
  settle_ringer (phone);
  return TRUE;
}

gboolean
phone_play_sound (Phone *phone, const char *name, GError **error)
{
  if (!phone_tone_is_known (name))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "name: no such sound");
      return FALSE;
    }
  if (!any_call (phone, phone_call_is_ringing))
    phone_chime_play (phone->chime, name, any_call (phone, phone_call_is_talking));
  return TRUE;
}

gboolean
phone_may_test (Phone *phone, guint seconds, GError **error)
{
  if (seconds < 1 || seconds > TEST_MAX_S)
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "seconds: not within 1 and %d",
                 TEST_MAX_S);
  else if (any_call (phone, phone_call_is_talking) || any_call (phone, phone_call_is_ringing))
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_WRONG_STATE, "there is a call");
  else
    return TRUE;
  return FALSE;
}

gboolean
phone_test_record (Phone *phone, guint seconds, GError **error)
{
  return phone_may_test (phone, seconds, error) &&
         phone_sound_test_record (phone->test, seconds, error);
}

gboolean
phone_test_play (Phone *phone, GError **error)
{
  return phone_may_test (phone, 1, error) && phone_sound_test_play (phone->test, error);
}

gboolean
phone_test_ring (Phone *phone, guint seconds, GError **error)
{
  if (!phone_may_test (phone, seconds, error))
    return FALSE;
  if (!phone_audio_get_active (phone->audio, PHONE_USE_RINGER))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_DEVICE, "no speaker");
      return FALSE;
    }
  phone_sound_test_ring (phone->test, seconds);
  return TRUE;
}

PhoneRecorder *
phone_get_recorder (Phone *phone)
{
  return phone->recorder;
}

PhoneCall *
phone_find_call (Phone *phone, const char *id, GError **error)
{
  for (guint i = 0; i < phone->calls->len; i++)
    if (g_str_equal (phone_call_get_id (phone->calls->pdata[i]), id))
      return phone->calls->pdata[i];
  g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_SUCH_CALL, "no such call");
  return NULL;
}

GPtrArray *
phone_get_calls (Phone *phone)
{
  return phone->calls;
}

PhoneAudio *
phone_get_audio (Phone *phone)
{
  return phone->audio;
}

const char *
phone_get_registration (Phone *phone)
{
  return phone->registration ? phone_registration_get_state (phone->registration) : "none";
}

const char *
phone_get_registration_reason (Phone *phone)
{
  const char *reason = obstacle (phone);

  return reason ? reason : phone_registration_get_reason (phone->registration);
}

guint
phone_get_registration_status (Phone *phone)
{
  return phone->registration ? phone_registration_get_status (phone->registration) : 0;
}

GVariant *
phone_get_account (Phone *phone)
{
  if (phone->registration)
    return phone_registration_describe (phone->registration);
  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
}

GVariant *
phone_get_problems (Phone *phone)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  phone_audio_add_problems (phone->audio, problems);
  if (phone_sleep_is_coming (phone->sleep))
    g_ptr_array_add (problems, (gpointer) "suspending");
  return g_variant_new_strv ((const char *const *) problems->pdata, problems->len);
}

PhoneSoundTest *
phone_get_test (Phone *phone)
{
  return phone->test;
}

gboolean
phone_is_idle (Phone *phone)
{
  return !phone->registration && phone->old->len == 0 && !any_call (phone, phone_call_is_talking) &&
         !any_call (phone, phone_call_is_ringing);
}
