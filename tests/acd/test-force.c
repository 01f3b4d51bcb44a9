/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of work that is stuck and is closed by force. */
#include "acd/company.h"

#define STUCK(what, why) DO (.type = ACD_COMMAND_STUCK, .interaction = what, .reason = why)
#define FORCE(who, what) WORK (FORCE_CLOSE, who, what)
#define FORCE_FOR(who, supervisor, id)                                                             \
  DO (.type = ACD_COMMAND_FORCE_CLOSE, .agent = who, .by = supervisor, .participation = id)

/* The agent may when it is stuck, and not before or after; what was said once is not said again. */
static void
test_when_stuck (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  NO (FORCE ("ann", call), "not_stuck");
  world_must (w, STUCK (call, "channel_failure"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_STUCK, 0)->reason, ==,
                   "channel_failure");
  world_must (w, STUCK (call, "channel_failure"));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_must (w, STUCK (call, NULL));
  g_assert_null (world_event (w, MODEL_EVENT_INTERACTION_STUCK, 0)->reason);
  NO (FORCE ("ann", call), "not_stuck");
  world_refused (w, STUCK (77, NULL), ACD_ERROR_UNKNOWN, "interaction");
}

/* A held call, which nothing else ends: the customer is let go, the slot is free, and the agent
 * wraps up. */
static void
test_held (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  const ModelEvent *event;

  world_must (w, WORK (HOLD, "ann", call));
  NO (WORK (END, "ann", call), "held");
  world_must (w, STUCK (call, "channel_failure"));
  world_must (w, FORCE ("ann", call));
  company_stands (w, call, "w---");
  event = world_event (w, MODEL_EVENT_INTERACTION_FORCE_CLOSED, 0);
  g_assert_cmpstr (event->agent, ==, "ann");
  g_assert_null (event->by);
  g_assert_cmpuint (event->participation, ==, company_id (w, "ann", call));
  event = world_event (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT, 0);
  g_assert_cmpstr (event->reason, ==, "force_closed");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->reason, ==, "force_closed");
  /* What hangs after that too: the wrap-up. */
  NO (FORCE ("ann", call), "not_stuck");
  world_must (w, STUCK (call, "channel_failure"));
  world_must (w, FORCE ("ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->reason, ==, "force_closed");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
  world_arrive (w, "line");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
}

/* For everybody in it, whoever is asked or consulted. */
static void
test_company (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_confer (w, call, "bob");
  company_consult (w, call, "cid");
  world_must (w, STUCK (call, "channel_failure"));
  NO (FORCE ("bob", call), "not_primary");
  NO (FORCE ("cid", call), "not_primary");
  NO (FORCE ("dan", call), "not_yours");
  world_must (w, FORCE ("ann", call));
  company_ended (w, call);
}

/* A supervisor may for an agent, stuck or not; not for one who only helps, and nobody else. */
static void
test_supervisor (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId ann = company_id (w, "ann", call);

  company_confer (w, call, "bob");
  NO (FORCE_FOR ("ann", "bob", ann), "not_yours");
  NO (FORCE_FOR ("bob", "dora", company_id (w, "bob", call)), "not_primary");
  world_must (w, FORCE_FOR ("ann", "dora", ann));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_FORCE_CLOSED, 0)->by, ==, "dora");
  company_stands (w, call, "w---");
  world_must (w, FORCE_FOR ("ann", "dora", ann));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->by, ==, "dora");
}

/* A wrap-up whose outcome is still to be chosen gets the queue's. */
static void
test_wrap_up (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "wrap");
  world_accept (w, "ann");
  world_must (w, WORK (END, "ann", call));
  NO (WORK (WRAP_UP_SUBMIT, "ann", call), "disposition_required");
  world_must (w, STUCK (call, "channel_failure"));
  world_must (w, FORCE ("ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->disposition, ==, "none");
}

/* What is written, with its gateway away. */
static void
test_messages (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId text;

  world_ready (w, "ann");
  world_must (w,
              DO (.type = ACD_COMMAND_ARRIVE, .entry_point = "sms", .channel = MODEL_CHANNEL_SMS));
  text = world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
  world_accept (w, "ann");
  world_must (w, STUCK (text, "channel_unreachable"));
  world_must (w, FORCE ("ann", text));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", text));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->reason, ==, "submitted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/force/when-stuck", test_when_stuck);
  g_test_add_func ("/force/held", test_held);
  g_test_add_func ("/force/company", test_company);
  g_test_add_func ("/force/supervisor", test_supervisor);
  g_test_add_func ("/force/wrap-up", test_wrap_up);
  g_test_add_func ("/force/messages", test_messages);
  return g_test_run ();
}
