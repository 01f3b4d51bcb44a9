/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor may do about an agent: the whole table, in words. */
#include "model/permissions.h"

static const char *const names[MODEL_N_SUPERVISE_ACTIONS] = {
  [MODEL_SUPERVISE_STATE] = "state",       [MODEL_SUPERVISE_QUEUES] = "queues",
  [MODEL_SUPERVISE_SIGN_OUT] = "sign_out", [MODEL_SUPERVISE_WRAP_UP] = "wrap_up",
  [MODEL_SUPERVISE_MONITOR] = "monitor",   [MODEL_SUPERVISE_JOIN] = "join",
  [MODEL_SUPERVISE_RECORD] = "record",     [MODEL_SUPERVISE_FORWARD] = "forward",
  [MODEL_SUPERVISE_CLOSE] = "close",
};

/* A call of an agent who is led, and a supervisor with nothing in hand. */
static const ModelSuperviseCase at_ease = {
  .role = MODEL_ROLE_SUPERVISOR,
  .leads = TRUE,
  .signed_in = TRUE,
  .work = MODEL_WORK_CONNECTED,
  .channel = MODEL_CHANNEL_VOICE,
  .station_ready = TRUE,
};

/* "monitor: call_in_progress, …": what is not allowed, "-" before what is hidden. */
static void
expect (ModelSuperviseCase situation, const char *refused)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < MODEL_N_SUPERVISE_ACTIONS; i++)
    {
      ModelPermission permission =
          model_permission_to_supervise ((ModelSuperviseAction) i, &situation);

      if (permission.verdict != MODEL_ALLOWED)
        g_string_append_printf (found, "%s%s%s: %s", found->len > 0 ? ", " : "",
                                permission.verdict == MODEL_HIDDEN ? "-" : "", names[i],
                                model_code (permission.reason));
    }
  g_assert_cmpstr (found->str, ==, refused);
}

static void
test_calls (void)
{
  ModelSuperviseCase held = at_ease, full = at_ease, gone = at_ease, busy = at_ease;
  ModelSuperviseCase away = at_ease, own = at_ease, wrap_up = at_ease, chat = at_ease;

  expect (at_ease, "-wrap_up: not_connected");
  held.work = MODEL_WORK_HELD;
  expect (held, "-wrap_up: not_connected");
  full.full = TRUE;
  expect (full, "-wrap_up: not_connected, join: conference_full");
  gone.full = gone.customer_gone = TRUE;
  expect (gone, "-wrap_up: not_connected, join: customer_gone");
  busy.busy = busy.full = TRUE;
  expect (busy, "-wrap_up: not_connected, monitor: call_in_progress, join: call_in_progress");
  away.station_ready = FALSE;
  expect (away, "-wrap_up: not_connected, monitor: station_not_ready, join: station_not_ready");
  own.self = TRUE;
  expect (own, "-wrap_up: not_connected, -monitor: own_call, -join: own_call");
  wrap_up.work = MODEL_WORK_WRAP_UP;
  expect (wrap_up, "-monitor: not_connected, -join: not_connected");
  chat.channel = MODEL_CHANNEL_WEBCHAT;
  expect (chat, "-wrap_up: not_connected, -monitor: not_connected, -join: not_connected");
}

static void
test_people (void)
{
  ModelSuperviseCase agent = at_ease, stranger = at_ease, out = at_ease;
  g_autoptr (GString) by_agent = g_string_new (NULL), led = g_string_new (NULL);

  for (guint i = 0; i < MODEL_N_SUPERVISE_ACTIONS; i++)
    {
      g_string_append_printf (by_agent, "%s-%s: not_supervisor", i > 0 ? ", " : "", names[i]);
      g_string_append_printf (led, "%s-%s: not_led", i > 0 ? ", " : "", names[i]);
    }
  agent.role = MODEL_ROLE_AGENT;
  expect (agent, by_agent->str);
  stranger.leads = FALSE;
  expect (stranger, led->str);
  out.signed_in = FALSE;
  out.work = MODEL_WORK_CLOSED;
  expect (out, "state: not_signed_in, queues: not_signed_in, sign_out: not_signed_in, "
               "-wrap_up: not_connected, -monitor: not_connected, -join: not_connected, "
               "record: not_signed_in");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/supervise/calls", test_calls);
  g_test_add_func ("/model/supervise/people", test_people);
  return g_test_run ();
}
