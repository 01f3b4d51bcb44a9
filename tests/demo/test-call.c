/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer calls a centre made of one user agent in the same process: waits with music, talks,
 * notices being held and resumed, hears keys, records, hangs up, is hung up on, gives up. */
#include <glib/gstdio.h>
#include <string.h>

#include "demo/control.h"
#include "demo/ear.h"
#include "demo/mouth.h"
#include "demo/wav.h"

#define DEADLINE_S 120
#define TONE_MS    60000 /* until it was taken for music: one with a gap is not */

typedef struct
{
  TelUa *centre, *ua;
  TelCall *call; /* at the centre */
  DemoMouth *mouth;
  DemoEar *ear;
  gboolean answers;
  DemoCast cast;
  char *folder;
  GPtrArray *events; /* "event" or "event value" */
  guint seen;
  gboolean late;
  guint closed;
} Fixture;

static GstElement *
make_source (guint rate, gpointer user_data)
{
  return demo_mouth_make_source (((Fixture *) user_data)->mouth, rate);
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  return demo_ear_make_sink (((Fixture *) user_data)->ear, rate);
}

static void
on_incoming (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  static const TelCallEvents events = { 0 };
  Fixture *f = user_data;
  TelMediaIo io = { make_source, make_sink, f, DEMO_HEARING_RATE };

  g_assert_cmpstr (tel_request_get_to_user (invite), ==, "4000");
  g_clear_pointer (&f->call, tel_call_unref);
  f->call = tel_call_ref (call);
  tel_call_set_events (call, &events, f);
  tel_call_set_io (call, &io);
  tel_call_ring (call);
  if (f->answers)
    tel_call_answer (call);
}

static void
on_event (DemoCustomer *customer,
          const char *event,
          const char *key,
          const char *value,
          gpointer data)
{
  Fixture *f = data;
  gboolean with_value = value != NULL && strcmp (event, "dialling") != 0;

  g_test_message ("%s %s", event, value ? value : "");
  g_ptr_array_add (f->events,
                   with_value ? g_strdup_printf ("%s %s", event, value) : g_strdup (event));
}

static gboolean
on_late (gpointer user_data)
{
  ((Fixture *) user_data)->late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs until @event comes, which nothing may precede for longer than the deadline. */
static void
wait_for (Fixture *f, const char *event)
{
  guint timer = g_timeout_add_seconds (DEADLINE_S, on_late, f);

  for (;;)
    {
      while (f->seen < f->events->len)
        if (strcmp (g_ptr_array_index (f->events, f->seen++), event) == 0)
          {
            g_source_remove (timer);
            return;
          }
      g_main_context_iteration (NULL, TRUE);
      if (f->late)
        g_error ("never came: %s", event);
    }
}

/* Wakes the loop, so that the ear is looked at. */
static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_ear (Fixture *f, DemoHears hears)
{
  guint timer = g_timeout_add_seconds (DEADLINE_S, on_late, f);
  guint tick = g_timeout_add (20, on_tick, NULL);

  while (demo_ear_get_hears (f->ear) != hears)
    {
      g_main_context_iteration (NULL, TRUE);
      if (f->late)
        g_error ("the centre never heard %s", demo_hears_name (hears));
    }
  g_source_remove (timer);
  g_source_remove (tick);
}

static void
direct (Fixture *f, const char *line)
{
  g_autoptr (GError) error = NULL;
  gboolean done = demo_control_do (&f->cast, line, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const TelUaEvents centre_events = { .incoming_call = on_incoming };
  static const TelUaEvents customer_events = { 0 };
  static const char *const entries[] = { "4000", NULL };
  TelUaConfig config = {
    .address = "127.0.0.1", .tcp_port = -1, .tls_port = -1, .user_agent = "test"
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  DemoCrowdConfig crowd = { .entries = entries, .at_once = 1 };

  f->answers = TRUE;
  f->events = g_ptr_array_new_with_free_func (g_free);
  f->mouth = demo_mouth_new ();
  f->ear = demo_ear_new (NULL, &error);
  f->folder = g_dir_make_tmp ("guichet-demo-XXXXXX", &error);
  f->cast.people = demo_people_load (g_getenv ("GUICHET_DEMO_DATA"), &error);
  g_assert_no_error (error);
  f->centre = tel_ua_new (&config, &centre_events, f, &error);
  g_assert_no_error (error);
  f->ua = tel_ua_new (&config, &customer_events, f, &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("127.0.0.1:%u", tel_ua_get_port (f->centre, TEL_TRANSPORT_UDP));
  crowd.centre = address;
  crowd.record = f->folder;
  f->cast.crowd = demo_crowd_new (f->ua, f->cast.people, &crowd, on_event, f);
  f->cast.chats = demo_chats_new (f->cast.people, NULL, 1, NULL, NULL); /* no chat here */
}

static void
on_closed (gpointer ua, gpointer user_data)
{
  ((Fixture *) user_data)->closed++;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  tel_ua_close (f->ua, on_closed, f);
  tel_ua_close (f->centre, on_closed, f);
  while (f->closed < 2)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&f->call, tel_call_unref);
  demo_chats_free (f->cast.chats);
  demo_crowd_free (f->cast.crowd);
  g_ptr_array_unref (f->cast.people);
  g_ptr_array_unref (f->events);
  demo_mouth_unref (f->mouth);
  demo_ear_unref (f->ear);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
test_whole_call (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "call-1-harriet.wav", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) heard = NULL;

  demo_mouth_tone (f->mouth, DEMO_HEARING_RATE, 440, -20, TONE_MS);
  direct (f, "{\"do\":\"call\",\"person\":\"harriet\",\"patience\":60}");
  wait_for (f, "answered");
  wait_for (f, "music");
  demo_mouth_hush (f->mouth);
  wait_for (f, "connected");
  wait_for (f, "says greeting");
  wait_for_ear (f, DEMO_HEARS_SOMEBODY);
  wait_for (f, "says matter");

  demo_mouth_tone (f->mouth, DEMO_HEARING_RATE, 330, -20, TONE_MS);
  wait_for (f, "held");
  demo_mouth_hush (f->mouth);
  wait_for (f, "resumed");
  wait_for (f, "says back");

  g_assert_true (tel_call_send_dtmf (f->call, "4#", 120));
  wait_for (f, "dtmf 4");
  wait_for (f, "says keys");
  wait_for (f, "dtmf #");
  tel_call_hang_up (f->call, 0, NULL);
  wait_for (f, "ended remote_hangup");

  heard = demo_wav_read (path, DEMO_HEARING_RATE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (heard), >, 5 * DEMO_HEARING_RATE * 2); /* two musics */
}

static void
test_hangs_up (Fixture *f, gconstpointer data)
{
  direct (f, "{\"do\":\"call\",\"person\":\"ivan\",\"talk\":1,\"to\":\"4000\"}");
  wait_for (f, "connected");
  wait_for (f, "says greeting");
  wait_for (f, "says bye");
  wait_for (f, "hangs_up");
  wait_for (f, "ended local_hangup");
}

static void
test_gives_up (Fixture *f, gconstpointer data)
{
  f->answers = FALSE;
  direct (f, "{\"do\":\"call\",\"person\":\"luc\",\"patience\":2}");
  wait_for (f, "ringing");
  wait_for (f, "hangs_up");
  wait_for (f, "ended cancelled");
}

static void
test_directed (Fixture *f, gconstpointer data)
{
  static const char *const refused[] = {
    "{\"do\":\"call\",\"person\":\"nobody\"}",
    "{\"do\":\"say\",\"call\":7,\"line\":\"bye\"}",
    "{\"do\":\"say\",\"call\":1,\"line\":\"poem\"}",
    "{\"do\":\"chat\",\"person\":\"harriet\"}",
    "{\"do\":\"write\",\"chat\":1,\"text\":\"Hello\"}",
    "{\"do\":\"dance\"}",
    "{",
    "[]",
    "{\"do\":\"tone\",\"call\":1,\"hz\":1e9,\"db\":0,\"ms\":100}",
  };

  direct (f, "{\"do\":\"call\",\"person\":\"elise\",\"quiet\":true}");
  wait_for (f, "connected");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (demo_control_do (&f->cast, refused[i], &error));
      g_assert_nonnull (error);
    }
  direct (f, "{\"do\":\"say\",\"call\":1,\"line\":\"matter\"}");
  wait_for_ear (f, DEMO_HEARS_SOMEBODY);
  direct (f, "{\"do\":\"tone\",\"call\":1,\"hz\":660,\"db\":-20,\"ms\":4000}");
  wait_for_ear (f, DEMO_HEARS_MUSIC);
  direct (f, "{\"do\":\"hang_up\",\"call\":1}");
  wait_for (f, "ended local_hangup");
}

/* By themselves: one after another, and not more at once than agreed. */
static void
test_crowd (Fixture *f, gconstpointer data)
{
  f->answers = FALSE;
  demo_crowd_start (f->cast.crowd);
  wait_for (f, "dialling");
  wait_for (f, "ringing");
  tel_call_reject (f->call, 486);
  wait_for (f, "ended busy");
  wait_for (f, "dialling");
  wait_for (f, "ringing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tel_media_warm_up (FALSE);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/demo/call/whole", test_whole_call);
  ADD ("/demo/call/hangs-up", test_hangs_up);
  ADD ("/demo/call/gives-up", test_gives_up);
  ADD ("/demo/call/directed", test_directed);
  ADD ("/demo/call/crowd", test_crowd);
  return g_test_run ();
}
