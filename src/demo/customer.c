/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's call: the telephone's events and what the ear hears become events of the state
 * machine, ten times a second; its actions speak and hang up. */
#define G_LOG_DOMAIN "guichet-demo"

#include "demo/customer.h"

#include "base/log.h"
#include "demo/ear.h"
#include "demo/mouth.h"

#define TICK_MS         100
#define NO_MUSIC_MS     3000 /* after the answer: no music by then means that somebody is there */
#define PAUSE_MS        3500 /* between two sentences, for the other side to speak */
#define PAUSE_VARIES_MS 2500

struct _DemoCustomer
{
  guint id;
  const DemoPerson *person;
  TelCall *call;
  DemoMouth *mouth;
  DemoEar *ear;
  DemoCustomerEvent on_event;
  gpointer user_data;

  guint state; /* DemoCustomerState */
  gint64 since;
  gint64 talking_since; /* 0: nobody was there yet */
  gint64 speak_at;      /* when the next sentence is due */
  guint next_line;
  guint patience, talk;
  gboolean quiet;
  gboolean heard_music;
  gboolean noticed_keys;
  gboolean told_hearing;
  guint tick;
  guint ended; /* idle source that reports the end */
};

static void notice (DemoCustomer *self, DemoNoticed noticed);

static void
tell (DemoCustomer *self, const char *event, const char *key, const char *value)
{
  self->on_event (self, event, key, value, self->user_data);
}

static void
customer_free (DemoCustomer *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->ended, g_source_remove);
  if (self->ear != NULL && !demo_ear_close (self->ear, &error))
    base_log_failure (BASE_LOG_WARNING, "customer", "recording", error);
  g_clear_pointer (&self->call, tel_call_unref);
  g_clear_pointer (&self->mouth, demo_mouth_unref);
  g_clear_pointer (&self->ear, demo_ear_unref);
  g_free (self);
}

static gint64
in_ms (gint64 ms)
{
  return g_get_monotonic_time () + ms * 1000;
}

void
demo_customer_say (DemoCustomer *self, DemoLine line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) samples = demo_person_speech (self->person, line, &error);

  if (samples == NULL)
    {
      base_log_failure (BASE_LOG_WARNING, "customer", "speech", error);
      return;
    }
  demo_mouth_say (self->mouth, samples);
  tell (self, "says", "line", demo_line_name (line));
}

/* The pause begins when the sentence has ended, so it is set again while the mouth is busy. */
static void
talk_on (DemoCustomer *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean over =
      self->talk > 0 && now - self->talking_since > (gint64) self->talk * G_USEC_PER_SEC;

  if (!demo_mouth_is_silent (self->mouth))
    {
      self->speak_at = in_ms (self->next_line <= DEMO_LINE_MATTER
                                  ? 700
                                  : PAUSE_MS + g_random_int_range (0, PAUSE_VARIES_MS));
      return;
    }
  if (self->next_line > DEMO_LINE_BYE)
    {
      notice (self, DEMO_NOTICED_DONE);
      return;
    }
  if (now < self->speak_at)
    return;
  if (over)
    self->next_line = DEMO_LINE_BYE;
  if (self->next_line <= DEMO_LINE_MORE3 || self->next_line == DEMO_LINE_BYE)
    {
      demo_customer_say (self, self->next_line++);
      return;
    }
  /* Everything is said, the time is not over: tell it again, from the details. */
  self->next_line = DEMO_LINE_MORE1;
}

static void
listen_to_line (DemoCustomer *self)
{
  DemoHears hears = demo_ear_get_hears (self->ear);
  gint64 started = demo_ear_get_started (self->ear);
  gboolean held = tel_call_get_remote_hold (self->call);
  gint64 waited = (g_get_monotonic_time () - self->since) / 1000;

  if (started != 0 && !self->told_hearing)
    {
      g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, started / 1000);

      self->told_hearing = TRUE;
      tell (self, "hears", "since", since); /* when the recording begins */
    }
  if (hears == DEMO_HEARS_MUSIC || held)
    {
      if (!self->heard_music)
        tell (self, "music", NULL, NULL);
      self->heard_music = TRUE;
      notice (self, DEMO_NOTICED_MUSIC);
    }
  else if (self->heard_music || waited > NO_MUSIC_MS)
    {
      self->heard_music = FALSE;
      notice (self, DEMO_NOTICED_SOMEBODY);
    }
}

static gboolean
on_tick (gpointer user_data)
{
  DemoCustomer *self = user_data;
  gint64 waited = g_get_monotonic_time () - self->since;
  gboolean waiting = self->state == DEMO_CUSTOMER_DIALLING ||
                     self->state == DEMO_CUSTOMER_WAITING || self->state == DEMO_CUSTOMER_HELD;

  if (self->state == DEMO_CUSTOMER_WAITING || self->state == DEMO_CUSTOMER_TALKING ||
      self->state == DEMO_CUSTOMER_HELD)
    listen_to_line (self);
  if (self->state == DEMO_CUSTOMER_TALKING && !self->quiet)
    talk_on (self);
  if (waiting && self->patience > 0 && waited > (gint64) self->patience * G_USEC_PER_SEC)
    notice (self, DEMO_NOTICED_LATE);
  return G_SOURCE_CONTINUE;
}

/* From an idle source: the call and its callbacks are done with the customer. */
static gboolean
on_ended (gpointer user_data)
{
  DemoCustomer *self = user_data;
  const TelCallEnd *end = tel_call_get_end (self->call);

  self->ended = 0;
  tell (self, "ended", "reason", end ? tel_reason_code (end->reason) : "none");
  customer_free (self);
  return G_SOURCE_REMOVE;
}

static void
start_talking (DemoCustomer *self, gboolean again)
{
  tell (self, again ? "resumed" : "connected", NULL, NULL);
  if (!again)
    {
      self->talking_since = g_get_monotonic_time ();
      self->speak_at = in_ms (400);
    }
  else if (!self->quiet)
    demo_customer_say (self, DEMO_LINE_BACK);
}

static void
act (DemoCustomer *self, DemoDo action)
{
  switch (action)
    {
    case DEMO_DO_NOTHING:
      break;
    case DEMO_DO_LISTEN:
      tell (self, "answered", NULL, NULL);
      break;
    case DEMO_DO_GREET:
      start_talking (self, FALSE);
      break;
    case DEMO_DO_HUSH:
      demo_mouth_hush (self->mouth);
      tell (self, "held", NULL, NULL);
      break;
    case DEMO_DO_GO_ON:
      start_talking (self, TRUE);
      break;
    case DEMO_DO_HANG_UP:
      tell (self, "hangs_up", NULL, NULL);
      tel_call_hang_up (self->call, 0, NULL);
      break;
    case DEMO_DO_REPORT:
      g_clear_handle_id (&self->tick, g_source_remove);
      if (self->ended == 0)
        self->ended = g_idle_add (on_ended, self);
      break;
    }
}

static void
notice (DemoCustomer *self, DemoNoticed noticed)
{
  guint before = self->state;
  guint action;

  if (base_machine_find (&demo_customer_machine, self->state, noticed) == NULL)
    return;
  base_machine_apply (&demo_customer_machine, self->person->id, &self->state, noticed, &action);
  if (self->state != before)
    self->since = g_get_monotonic_time ();
  act (self, action);
}

static void
on_state (TelCall *call, TelCallState state, TelCallState old, gpointer user_data)
{
  DemoCustomer *self = user_data;

  switch (state)
    {
    case TEL_CALL_PROCEEDING:
      tell (self, "ringing", NULL, NULL);
      break;
    case TEL_CALL_ACTIVE:
      notice (self, DEMO_NOTICED_ANSWER);
      break;
    case TEL_CALL_ENDED:
      notice (self, DEMO_NOTICED_END);
      break;
    case TEL_CALL_NEW:
    case TEL_CALL_DIALLING:
    case TEL_CALL_EARLY:
    case TEL_CALL_EARLY_IN:
    case TEL_CALL_INCOMING:
    case TEL_CALL_RINGING:
    case TEL_CALL_ANSWERING:
    case TEL_CALL_CANCELLING:
    case TEL_CALL_ENDING:
      break;
    }
}

static void
on_dtmf (TelCall *call, char digit, guint duration_ms, gpointer user_data)
{
  DemoCustomer *self = user_data;
  const char text[] = { digit, '\0' };

  tell (self, "dtmf", "digit", text);
  if (!self->noticed_keys && !self->quiet && self->state == DEMO_CUSTOMER_TALKING)
    demo_customer_say (self, DEMO_LINE_KEYS);
  self->noticed_keys = TRUE;
}

static GstElement *
make_source (guint rate, gpointer user_data)
{
  return demo_mouth_make_source (((DemoCustomer *) user_data)->mouth, rate);
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  return demo_ear_make_sink (((DemoCustomer *) user_data)->ear, rate);
}

static gboolean
dial (DemoCustomer *self, TelUa *ua, const char *to, GError **error)
{
  static const TelCallEvents events = { .state = on_state, .dtmf = on_dtmf };
  TelMediaIo io = { make_source, make_sink, self, DEMO_HEARING_RATE };
  g_autofree char *from =
      g_strdup_printf ("sip:%s@%s", self->person->number, tel_ua_get_address (ua));
  TelCallOptions options = {
    .to = to,
    .from = from,
    .from_name = self->person->name,
    .headers = (const char *const *) self->person->headers,
    .io = &io,
  };

  self->call = tel_call_dial (ua, &options, &events, self, error);
  return self->call != NULL;
}

DemoCustomer *
demo_customer_call (TelUa *ua,
                    guint id,
                    const DemoErrand *errand,
                    DemoCustomerEvent on_event,
                    gpointer user_data,
                    GError **error)
{
  DemoCustomer *self = g_new0 (DemoCustomer, 1);

  self->id = id;
  self->person = errand->person;
  self->patience = errand->patience;
  self->talk = errand->talk;
  self->quiet = errand->quiet;
  self->on_event = on_event;
  self->user_data = user_data;
  self->since = g_get_monotonic_time ();
  self->mouth = demo_mouth_new ();
  self->ear = demo_ear_new (errand->record, error);
  if (self->ear == NULL || !dial (self, ua, errand->to, error))
    {
      customer_free (self);
      return NULL;
    }
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  return self;
}

guint
demo_customer_get_id (DemoCustomer *self)
{
  return self->id;
}

const DemoPerson *
demo_customer_get_person (DemoCustomer *self)
{
  return self->person;
}

DemoCustomerState
demo_customer_get_state (DemoCustomer *self)
{
  return self->state;
}

void
demo_customer_tone (DemoCustomer *self, double hz, double db, guint ms)
{
  demo_mouth_tone (self->mouth, DEMO_HEARING_RATE, hz, db, ms);
}

gboolean
demo_customer_dial_digits (DemoCustomer *self, const char *digits)
{
  return tel_call_send_dtmf (self->call, digits, 0);
}

void
demo_customer_hang_up (DemoCustomer *self)
{
  notice (self, DEMO_NOTICED_TOLD);
}
