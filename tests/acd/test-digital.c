/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of digital work: agents who are away, work given back and handed on,
 * customers who come back. */
#include "acd/world.h"

static const ModelEvent *
absence (World *w)
{
  return world_event (w, MODEL_EVENT_PARTICIPATION_ABSENT, 0);
}

static void
test_customer_is_told (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId chat;

  world_ready (w, "ann");
  chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_advance (w, 29);
  g_assert_null (absence (w));
  world_advance (w, 2);
  g_assert_cmpuint (absence (w)->interaction, ==, chat);
  g_assert_cmpint (absence (w)->deadline, ==, absence (w)->at + 120000);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_IDLE);
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_PRESENT), ==, 1);
  world_advance (w, 1000);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
}

static void
test_chat_goes_back (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *queued;
  gint64 came = w->now;

  world_ready (w, "ann");
  world_arrive (w, "chat");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "chat"));
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_advance (w, 151);
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->reason, ==, "agent_absent");
  g_assert_cmpstr (queued->by, ==, "ann");
  g_assert_cmpint (queued->queued_at, ==, came);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 0);
  world_ready (w, "eve");
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  world_advance (w, 1000);
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
}

static void
test_conversations_outlast_the_session (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId sms;

  world_ready (w, "ann");
  sms = world_arrive (w, "sms");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpint (absence (w)->deadline, ==, w->now + 4 * 3600 * 1000);
  world_advance (w, 3600);
  world_ready (w, "ann");
  world_must (w, WORK (END, "ann", sms));
  world_advance (w, 30);
  world_arrive (w, "sms");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  world_advance (w, 4 * 3600);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->reason, ==, "agent_absent");
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
}

/* Forced out with a call and a conversation in hand: the call alone keeps the agent. */
static void
test_forced_out_with_a_conversation (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  world_arrive (w, "sms");
  world_accept (w, "ann");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann", .on = TRUE, .by = "dora"));
  g_assert_cmpuint (world_agent (w, "ann").session, !=, 0);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
  g_assert_nonnull (absence (w));
}

static void
test_unassign (void)
{
  g_autoptr (World) w = world_new (world_centre);
  gint64 came = w->now;
  ModelId chat, call;

  world_ready (w, "ann");
  chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  world_advance (w, 10);
  world_refused (w, WORK (UNASSIGN, "bob", chat), ACD_ERROR_NOT_ALLOWED, "not_yours");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "chat"));
  world_refused (w, WORK (UNASSIGN, "ann", chat), ACD_ERROR_NOT_ALLOWED, "closed");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "chat", .on = TRUE));
  world_must (w, WORK (UNASSIGN, "ann", chat));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queued_at, ==, came);
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_advance (w, 60);
  world_accept (w, "ann");
  world_must (w, WORK (END, "ann", chat));
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_refused (w, WORK (UNASSIGN, "ann", call), ACD_ERROR_NOT_ALLOWED, "not_enabled");
}

/* A chat that ann has. */
static World *
world_with_chat (ModelId *chat)
{
  World *w = world_new (world_centre);

  world_ready (w, "ann");
  *chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  return w;
}

#define TRANSFER(what, ...)                                                                        \
  DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = what, __VA_ARGS__)

static void
test_transfer_is_checked (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  world_refused (w, TRANSFER (chat, .queue = NULL), ACD_ERROR_INVALID, "target");
  world_refused (w, TRANSFER (chat, .queue = "chat", .target = "eve"), ACD_ERROR_INVALID, "target");
  world_refused (w, TRANSFER (chat, .queue = "none"), ACD_ERROR_UNKNOWN, "queue");
  world_refused (w, TRANSFER (chat, .queue = "plain"), ACD_ERROR_INVALID, "queue");
  world_refused (w, TRANSFER (chat, .target = "none"), ACD_ERROR_UNKNOWN, "target");
  world_refused (w, TRANSFER (chat, .target = "ann"), ACD_ERROR_INVALID, "target");
  world_refused (w, TRANSFER (chat, .target = "eve"), ACD_ERROR_NOT_ALLOWED, "owner_away");
  world_refused (w, TRANSFER (chat, .skill = "none"), ACD_ERROR_UNKNOWN, "skill");
  world_ready (w, "eve");
  while (world_offer_of (w, "eve") == 0)
    world_arrive (w, "chat");
  world_refused (w, TRANSFER (chat, .target = "eve"), ACD_ERROR_NOT_ALLOWED, "agent_busy");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = chat));
  world_refused (w, TRANSFER (chat, .queue = "chat"), ACD_ERROR_UNKNOWN, "interaction");
}

/* It leaves at once and is offered to the other; unanswered, it waits in its last queue with its
 * age, and not for who let it ring. */
static void
test_transfer_to_agent (void)
{
  gint64 came = WORLD_START;
  const ModelEvent *queued;
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  came = w->now;
  world_ready (w, "eve");
  world_advance (w, 5);
  world_must (w, TRANSFER (chat, .target = "eve"));
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpint (queued->kind, ==, MODEL_REQUEST_TRANSFER);
  g_assert_cmpstr (queued->fallback, ==, "chat");
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 0);
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  world_advance (w, 45);
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->queue, ==, "chat");
  g_assert_cmpstr (queued->by, ==, "eve");
  g_assert_cmpint (queued->kind, ==, MODEL_REQUEST_TRANSFER);
  g_assert_cmpint (queued->queued_at, ==, came);
  world_must (w, STATE ("eve", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  world_advance (w, 15);
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
}

/* Who is on a break may be meant, as for calls: it waits for the end of that. */
static void
test_transfer_waits_for_who_is_away (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  world_ready (w, "eve");
  world_must (w, STATE ("eve", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, TRANSFER (chat, .target = "eve"));
  world_advance (w, 100);
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_must (w, STATE ("eve", .state = MODEL_AGENT_AVAILABLE));
  world_accept (w, "eve");
  g_assert_cmpuint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction, ==, chat);
}

/* Whom it was meant for works on it by the rules of its queue. */
static void
test_personal_work_is_of_its_queue (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  world_ready (w, "eve");
  world_must (w, TRANSFER (chat, .target = "eve"));
  world_accept (w, "eve");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->queue, ==, "chat");
}

static void
test_transfer_to_skill (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  world_ready (w, "eve");
  world_must (w, TRANSFER (chat, .skill = "bg"));
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  world_advance (w, 60);
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
}

static const AcdCommand *
back_to (const char *agent, const char *entry_point)
{
  static AcdCommand command;

  command = (AcdCommand){ .type = ACD_COMMAND_ARRIVE,
                          .entry_point = entry_point,
                          .channel = MODEL_CHANNEL_WEBCHAT,
                          .target = agent };
  return &command;
}

/* A customer who comes back waits a minute for the agent of before, while that agent is there. */
static void
test_customer_comes_back (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);
  ModelId call = world_arrive (w, "plain");
  gint64 came = w->now;

  world_accept (w, "ann");
  world_ready (w, "eve");
  world_must (w, back_to ("ann", "chat"));
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  world_advance (w, 59);
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  world_advance (w, 1);
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queued_at, ==, came);
  world_accept (w, "eve");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->queue, ==, "chat");
  world_must (w, WORK (END, "ann", call));
  world_must (w, back_to ("ann", "chat"));
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "ann")));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "chat");
  world_must (w, back_to ("ann", "chat"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "chat");
}

#define STATUS(who, what, which)                                                                   \
  DO (.type = ACD_COMMAND_SET_STATUS, .agent = who, .interaction = what, .status = which)

static ModelStatus
status_of (World *w, ModelId interaction)
{
  AcdInteractionView view;

  g_assert_true (acd_core_interaction_view (w->core, interaction, &view));
  return view.status;
}

/* It keeps its slot, and is open again as the customer writes. */
static void
test_waits_for_the_customer (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);
  guint in_hand = world_agent (w, "ann").n_active;
  const ModelEvent *changed;

  world_refused (w, STATUS ("eve", chat, MODEL_STATUS_PENDING), ACD_ERROR_NOT_ALLOWED, "not_yours");
  world_must (w, STATUS ("ann", chat, MODEL_STATUS_PENDING));
  g_assert_cmpint (status_of (w, chat), ==, MODEL_STATUS_PENDING);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, in_hand);
  world_must (w, STATUS ("ann", chat, MODEL_STATUS_PENDING));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_must (w, STATUS (NULL, chat, 0));
  changed = world_event (w, MODEL_EVENT_INTERACTION_STATUS_CHANGED, 0);
  g_assert_cmpstr (changed->reason, ==, "customer_wrote");
  g_assert_null (changed->agent);
  g_assert_cmpint (status_of (w, chat), ==, MODEL_STATUS_OPEN);
  world_must (w, STATUS ("ann", chat, MODEL_STATUS_ESCALATED));
  world_must (w, STATUS (NULL, chat, 0));
  g_assert_cmpint (status_of (w, chat), ==, MODEL_STATUS_ESCALATED);
  world_refused (w, STATUS ("ann", chat, 3), ACD_ERROR_INVALID, "status");
}

/* Whoever gets it next has something to do; what supervisors are to look at stays so. */
static void
test_status_goes_along (void)
{
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

  world_must (w, STATUS ("ann", chat, MODEL_STATUS_PENDING));
  world_must (w, WORK (UNASSIGN, "ann", chat));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_STATUS_CHANGED, 0)->reason, ==,
                   "unassigned");
  g_assert_cmpint (status_of (w, chat), ==, MODEL_STATUS_OPEN);
  world_ready (w, "eve");
  world_accept (w, "eve");
  world_must (w, STATUS ("eve", chat, MODEL_STATUS_ESCALATED));
  world_must (w, WORK (UNASSIGN, "eve", chat));
  g_assert_cmpint (status_of (w, chat), ==, MODEL_STATUS_ESCALATED);
}

/* Tags and sentiment are of the interaction: whoever has it next goes on from where they stand. */
static void
test_records_go_along (void)
{
  char *tags[] = { (char *) "vip", NULL };
  ModelId chat;
  g_autoptr (World) w = world_with_chat (&chat);

#define SENTIMENT(who, which, based_on)                                                            \
  DO (.type = ACD_COMMAND_SET_SENTIMENT, .agent = who, .interaction = chat, .sentiment = which,    \
      .revision = based_on)
  world_must (w,
              DO (.type = ACD_COMMAND_SET_TAGS, .agent = "ann", .interaction = chat, .tags = tags));
  world_must (w, SENTIMENT ("ann", MODEL_SENTIMENT_NEGATIVE, 0));
  world_must (w, WORK (UNASSIGN, "ann", chat));
  world_ready (w, "eve");
  world_accept (w, "eve");
  world_refused (w, SENTIMENT ("eve", MODEL_SENTIMENT_POSITIVE, 0), ACD_ERROR_CONFLICT, "revision");
  g_assert_cmpint (acd_core_conflict_revision (w->core), ==, 1);
  world_must (w, SENTIMENT ("eve", MODEL_SENTIMENT_POSITIVE, 1));
  world_must (w, SENTIMENT ("eve", MODEL_SENTIMENT_NONE, 2));
  world_refused (w, SENTIMENT ("eve", 4, 3), ACD_ERROR_INVALID, "sentiment");
  world_must (
      w, DO (.type = ACD_COMMAND_SET_TAGS, .agent = "eve", .interaction = chat, .revision = 1));
#undef SENTIMENT
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/customer-is-told", test_customer_is_told);
  g_test_add_func ("/acd/chat-goes-back", test_chat_goes_back);
  g_test_add_func ("/acd/conversations-outlast-the-session",
                   test_conversations_outlast_the_session);
  g_test_add_func ("/acd/forced-out-with-a-conversation", test_forced_out_with_a_conversation);
  g_test_add_func ("/acd/unassign", test_unassign);
  g_test_add_func ("/acd/transfer-is-checked", test_transfer_is_checked);
  g_test_add_func ("/acd/transfer-waits-for-who-is-away", test_transfer_waits_for_who_is_away);
  g_test_add_func ("/acd/transfer-to-agent", test_transfer_to_agent);
  g_test_add_func ("/acd/personal-work-is-of-its-queue", test_personal_work_is_of_its_queue);
  g_test_add_func ("/acd/transfer-to-skill", test_transfer_to_skill);
  g_test_add_func ("/acd/customer-comes-back", test_customer_comes_back);
  g_test_add_func ("/acd/waits-for-the-customer", test_waits_for_the_customer);
  g_test_add_func ("/acd/status-goes-along", test_status_goes_along);
  g_test_add_func ("/acd/records-go-along", test_records_go_along);
  return g_test_run ();
}
