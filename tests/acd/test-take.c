/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of work that an agent takes or asks for. */
#include "acd/world.h"

static const char centre[] =
    "{'settings':{'slots':[{'channel':'webchat','count':3,'auto':1}]},"
    "'skills':[{'id':'bg','names':{'en':'Bulgarian'}}],"
    "'reasons':[{'id':'lunch','names':{'en':'Lunch'}}],"
    "'queues':[{'id':'call','names':{'en':'Call'}},"
    "{'id':'chat','names':{'en':'Chat'},'channel':'webchat','take':true},"
    "{'id':'kept','names':{'en':'Kept'},'channel':'webchat'},"
    "{'id':'bulgarian','names':{'en':'Bulgarian'},'channel':'webchat','take':true,"
    "'requirements':[{'skill':'bg','least_level':1}]}],"
    "'entry_points':[{'id':'call','names':{'en':'C'},'addresses':['1'],'queue':'call'},"
    "{'id':'chat','names':{'en':'C'},'channel':'webchat','addresses':['a'],'queue':'chat'},"
    "{'id':'urgent','names':{'en':'U'},'channel':'webchat','addresses':['u'],'queue':'chat',"
    "'priority':5},"
    "{'id':'kept','names':{'en':'K'},'channel':'webchat','addresses':['k'],'queue':'kept'},"
    "{'id':'bulgarian','names':{'en':'B'},'channel':'webchat','addresses':['b'],"
    "'queue':'bulgarian'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['call','chat','kept','bulgarian']},"
    "{'id':'bob','name':'Bob','queues':['call','chat']}]}";

static void
test_take (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId first, second;

  world_ready (w, "ann");
  world_arrive (w, "chat");
  world_accept (w, "ann");
  first = world_arrive (w, "chat");
  second = world_arrive (w, "chat");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_advance (w, 10);
  world_must (w, WORK (TAKE, "ann", second));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_OFFER_CREATED), ==, 0);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->reason, ==, "taken");
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0)->duration, ==, 10000);
  g_assert_true (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0)->service_level);
  world_refused (w, WORK (TAKE, "ann", second), ACD_ERROR_NOT_ALLOWED, "taken_elsewhere");
  world_must (w, WORK (TAKE, "ann", first));
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 3);
  world_refused (w, WORK (TAKE, "ann", world_arrive (w, "chat")), ACD_ERROR_NOT_ALLOWED, "no_room");
  world_refused (w, WORK (TAKE, "ann", 12345), ACD_ERROR_UNKNOWN, "interaction");
}

static void
test_take_where_allowed (void)
{
  g_autoptr (World) w = world_new (centre);
  char *chat[] = { (char *) "chat", NULL };
  ModelId call = world_arrive (w, "call");
  ModelId kept = world_arrive (w, "kept");
  ModelId bulgarian = world_arrive (w, "bulgarian");
  ModelId plain = world_arrive (w, "chat");

  world_refused (w, WORK (TAKE, "ann", plain), ACD_ERROR_NOT_ALLOWED, "not_in_queue");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "bob", .session = 7));
  world_refused (w, WORK (TAKE, "bob", plain), ACD_ERROR_NOT_ALLOWED, "not_available");
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "bob", .session = 7));
  world_refused (w, WORK (TAKE, "bob", call), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_refused (w, WORK (TAKE, "bob", kept), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_refused (w, WORK (TAKE, "bob", bulgarian), ACD_ERROR_NOT_ALLOWED, "not_in_queue");
  /* Idle, and paused in the queue: what comes by itself stays away, what is chosen does not. */
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "bob", .queues = chat,
                     .membership = MODEL_MEMBERSHIP_PAUSED, .reason = "lunch"));
  world_must (w, WORK (TAKE, "bob", plain));
  /* Skills are for what the centre chooses. */
  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "ann", .session = 8));
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann", .session = 8));
  world_must (w, WORK (TAKE, "ann", bulgarian));
}

/* What is on somebody's card is that agent's until it is answered. */
static void
test_take_what_is_offered (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId chat;

  world_ready (w, "ann");
  chat = world_arrive (w, "chat");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "bob", .session = 7));
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "bob", .session = 7));
  world_refused (w, WORK (TAKE, "bob", chat), ACD_ERROR_NOT_ALLOWED, "offered_elsewhere");
  world_must (w, WORK (TAKE, "ann", chat));
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_ACCEPTED);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
}

static void
test_not_beside_a_call (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId chat = 0;

  world_ready (w, "bob");
  world_arrive (w, "call");
  world_accept (w, "bob");
  chat = world_arrive (w, "chat");
  world_refused (w, WORK (TAKE, "bob", chat), ACD_ERROR_NOT_ALLOWED, "call_in_progress");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "bob"), ACD_ERROR_NOT_ALLOWED,
                 "call_in_progress");
}

/* Beyond what comes by itself, in rank, up to the room there is. */
static void
test_pull (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId urgent;

  world_ready (w, "ann");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "nobody_waits");
  world_arrive (w, "chat");
  world_accept (w, "ann");
  world_arrive (w, "bulgarian");
  world_arrive (w, "chat");
  urgent = world_arrive (w, "urgent");
  world_arrive (w, "kept");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann", .channel = MODEL_CHANNEL_SMS),
                 ACD_ERROR_NOT_ALLOWED, "not_in_queue");
  world_must (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann", .channel = MODEL_CHANNEL_WEBCHAT));
  g_assert_cmpuint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction, ==, urgent);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->reason, ==, "pulled");
  world_must (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->queue, ==, "chat");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "no_room");
}

static void
test_pull_refused (void)
{
  g_autoptr (World) w = world_new (centre);

  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "not_signed_in");
  world_ready (w, "ann");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_arrive (w, "chat");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "not_available");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "ann", .channel = 99), ACD_ERROR_INVALID,
                 "channel");
  world_refused (w, DO (.type = ACD_COMMAND_PULL, .agent = "nobody"), ACD_ERROR_UNKNOWN, "agent");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/take/take", test_take);
  g_test_add_func ("/take/where-allowed", test_take_where_allowed);
  g_test_add_func ("/take/offered", test_take_what_is_offered);
  g_test_add_func ("/take/beside-a-call", test_not_beside_a_call);
  g_test_add_func ("/take/pull", test_pull);
  g_test_add_func ("/take/pull-refused", test_pull_refused);
  return g_test_run ();
}
