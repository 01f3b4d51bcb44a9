/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supervisors do about agents and their calls, and every refusal with its code. */
#include "acd/company.h"

#include "base/json.h"

#define SUPERVISE(who, what, how)                                                                  \
  DO (.type = ACD_COMMAND_SUPERVISE, .agent = "dora", .participation = company_id (w, who, what),  \
      .mode = MODEL_SUPERVISION_##how)

/* Dora's station answers. */
static void
comes (World *w, ModelId call)
{
  world_must (
      w, DO (.type = ACD_COMMAND_STATION_ANSWERED, .participation = company_id (w, "dora", call)));
}

static void
listens (World *w, ModelId call)
{
  world_ready (w, "dora");
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  comes (w, call);
}

static void
test_listens (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  NO (SUPERVISE ("ann", call, LISTEN), "station_not_ready");
  world_ready (w, "dora");
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->by, ==, "ann");
  NO (SUPERVISE ("ann", call, WHISPER), "not_connected");
  comes (w, call);
  g_assert_cmpint (company_part (w, "dora", call).part, ==, MODEL_PART_SUPERVISING);
  g_assert_cmpint (company_part (w, "dora", call).work, ==, MODEL_WORK_CONNECTED);
  company_stands (w, call, "P---");
  world_must (w, SUPERVISE ("ann", call, WHISPER));
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, 0)->mode, ==,
                   MODEL_SUPERVISION_WHISPER);
  /* Who listens has nothing to say about the call. */
  NO (WORK (HOLD, "dora", call), "not_primary");
  NO (WORK (END, "dora", call), "not_primary");
  NO (TO (CONSULT, "dora", call, .target = "bob"), "not_primary");
  world_must (w, DO (.type = ACD_COMMAND_UNSUPERVISE, .agent = "dora", .interaction = call));
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
  company_stands (w, call, "P---");
  NO (DO (.type = ACD_COMMAND_UNSUPERVISE, .agent = "dora", .interaction = call), "not_connected");
}

static void
test_ends_with_it (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens (w, call);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
  company_stands (w, call, "w---");
  g_assert_cmpint (world_agent (w, "dora").n_active, ==, 0);
}

static void
test_ends_with_the_agent (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens (w, call);
  company_confer (w, call, "bob");
  world_must (w, WORK (LEAVE, "ann", call));
  company_stands (w, call, "wP--");
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
}

/* Nobody talks alone with who listens. */
static void
test_keeps_nothing_alive (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens (w, call);
  world_must (
      w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call, .reason = "customer_left"));
  company_stands (w, call, "w---");
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
}

static void
test_barges (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens (w, call);
  world_must (w, SUPERVISE ("ann", call, BARGE));
  company_expect (w, call, "dora", 'J');
  company_stands (w, call, "P---");
  NO (SUPERVISE ("ann", call, LISTEN), "already_in");
  world_must (w, WORK (LEAVE, "dora", call));
  company_stands (w, call, "P---");
  world_must (w, SUPERVISE ("ann", call, BARGE));
  comes (w, call);
  company_expect (w, call, "dora", 'J');
  world_must (w, SUPERVISE ("ann", call, TAKE_OVER));
  company_expect (w, call, "dora", 'P');
  company_stands (w, call, "w---");
}

#define CALLS(who, where, why)                                                                     \
  DO (.type = ACD_COMMAND_SET_CHANNEL, .agent = who, .channel = MODEL_CHANNEL_VOICE,               \
      .state = MODEL_AGENT_##where, .reason = why)

/* Dora takes no calls when Ann asks, listens to this very call, and takes calls again. */
static void
listens_while_asked (World *w, ModelId call, const AcdCommand *question)
{
  world_ready (w, "dora");
  world_must (w, CALLS ("dora", IDLE, "lunch"));
  world_must (w, question);
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  comes (w, call);
}

/* The question has its answer, whatever she came for: it stands no longer, and is not put again. */
static void
test_comes_when_asked (void)
{
  static const ModelSupervision modes[] = { MODEL_SUPERVISION_LISTEN, MODEL_SUPERVISION_BARGE,
                                            MODEL_SUPERVISION_TAKE_OVER };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      ModelId call;
      g_autoptr (World) w = company_new (&call);
      const ModelEvent *ended;

      world_ready (w, "dora");
      world_must (w, CALLS ("dora", IDLE, "lunch"));
      world_must (w, TO (CONSULT, "ann", call, .target = "dora"));
      world_must (w, DO (.type = ACD_COMMAND_SUPERVISE, .agent = "dora",
                         .participation = company_id (w, "ann", call), .mode = modes[i]));
      g_assert_null (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0));
      comes (w, call);
      ended = world_event (w, MODEL_EVENT_REQUEST_ENDED, 0);
      g_assert_nonnull (ended);
      g_assert_cmpint (ended->outcome, ==, MODEL_OUTCOME_WITHDRAWN);
      g_assert_cmpstr (ended->reason, ==, "already_in");
      company_stands (w, call, i == 2 ? "w---" : "p---");
      world_must (w, CALLS ("dora", AVAILABLE, NULL));
      g_assert_cmpuint (world_offer_of (w, "dora"), ==, 0);
    }
}

/* A queue's question goes on to the next of its agents. */
static void
test_listens_while_queue_asked (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens_while_asked (w, call, TO (CONSULT, "ann", call, .queue = "aid"));
  g_assert_null (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0));
  world_must (w, CALLS ("dora", AVAILABLE, NULL));
  g_assert_cmpuint (world_offer_of (w, "dora"), ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_UNSUPERVISE, .agent = "dora", .interaction = call));
  g_assert_cmpuint (world_offer_of (w, "dora"), ==, 0);
  world_advance (w, 120);
  g_assert_nonnull (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0));
}

/* Who is seen to have no room is refused, and may go on listening. */
static void
test_full (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelSuperviseCase inside = { 0 };

  company_limit (w, 3);
  listens (w, call);
  acd_core_look_inside (w->core, call, &inside);
  g_assert_false (inside.full);
  company_confer (w, call, "bob");
  acd_core_look_inside (w->core, call, &inside);
  g_assert_true (inside.full);
  g_assert_false (inside.customer_gone);
  NO (SUPERVISE ("ann", call, BARGE), "conference_full");
  NO (SUPERVISE ("ann", call, TAKE_OVER), "conference_full");
  world_must (w, SUPERVISE ("ann", call, WHISPER));
  world_must (w, WORK (LEAVE, "bob", call));
  acd_core_look_inside (w->core, call, &inside);
  g_assert_false (inside.full);
  world_must (w, SUPERVISE ("ann", call, BARGE));
  company_expect (w, call, "dora", 'J');
}

static void
test_takes_over (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  AcdParticipationView part;

  world_must (w, WORK (HOLD, "ann", call));
  listens (w, call);
  world_must (w, SUPERVISE ("ann", call, TAKE_OVER));
  company_expect (w, call, "dora", 'P');
  company_stands (w, call, "w---");
  part = company_part (w, "dora", call);
  g_assert_cmpstr (part.queue, ==, "line");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->reason, ==,
                   "taken_by_supervisor");
  NO (SUPERVISE ("ann", call, LISTEN), "not_connected");
  world_must (w, WORK (END, "dora", call));
  company_expect (w, call, "dora", 'w');
}

static void
test_no_answer (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_ready (w, "dora");
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  world_advance (w, 21);
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
  company_stands (w, call, "P---");
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  world_must (w, DO (.type = ACD_COMMAND_CALL_FAILED, .participation = company_id (w, "dora", call),
                     .reason = "unreachable"));
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
  world_must (w, SUPERVISE ("ann", call, LISTEN));
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
}

/* Listening keeps nobody signed in: it ends, answered or not, and by force as well. */
static void
test_signs_out (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  for (guint i = 0; i < 3; i++)
    {
      world_ready (w, "dora");
      world_must (w, SUPERVISE ("ann", call, LISTEN));
      if (i > 0)
        comes (w, call);
      world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "dora", .on = i == 2));
      g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 1);
      g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_SIGNED_OUT), ==, 1);
      g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
      company_stands (w, call, "P---");
    }
  /* Who came into it talks, and stays. */
  listens (w, call);
  world_must (w, SUPERVISE ("ann", call, BARGE));
  NO (DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "dora"), "call_in_progress");
}

/* A core that is loaded in between goes on the same way. */
static void
reload (World *w)
{
  g_autoptr (GBytes) before = acd_core_save (w->core);
  g_autoptr (JsonNode) node = base_json_parse_bytes (before, NULL, NULL);
  AcdCore *loaded = acd_core_load (json_node_get_object (node), NULL);
  g_autoptr (GBytes) after = NULL;

  g_assert_nonnull (loaded);
  after = acd_core_save (loaded);
  g_assert_true (g_bytes_equal (before, after));
  acd_core_free (w->core);
  w->core = loaded;
}

static void
test_saved (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  listens (w, call);
  reload (w);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (company_id (w, "dora", call), ==, 0);
}

static void
test_refusals (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_ready (w, "dora");
  NO (DO (.type = ACD_COMMAND_SUPERVISE, .agent = "bob", .mode = MODEL_SUPERVISION_LISTEN,
          .participation = company_id (w, "ann", call)),
      "not_supervisor");
  world_must (w, WORK (END, "ann", call));
  NO (SUPERVISE ("ann", call, LISTEN), "not_connected");
}

static void
test_agents (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  NO (STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch", .by = "ann"), "not_supervisor");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch", .by = "dora"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_AGENT_STATE_CHANGED, 0)->by, ==, "dora");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch", .by = "dora"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_AGENT_NEXT_STATE_CHANGED, 0)->by, ==, "dora");
  /* When the work is done. */
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann", .by = "dora"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_SIGN_OUT_PENDING), ==, 1);
  g_assert_true (world_agent (w, "ann").sign_out_pending);
  world_must (w, WORK (END, "ann", call));
  company_stands (w, call, "w---");
  world_must (w, DO (.type = ACD_COMMAND_WRAP_UP_END, .by = "dora", .agent = "ann",
                     .participation = company_id (w, "ann", call)));
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "bob", .by = "dora"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_AGENT_SIGNED_OUT, 0)->reason, ==, "forced");
}

#define CHANNEL(which, where, why, who)                                                            \
  DO (.type = ACD_COMMAND_SET_CHANNEL, .agent = "ann", .channel = MODEL_CHANNEL_##which,           \
      .state = MODEL_AGENT_##where, .reason = why, .by = who)

/* Of Ann's channels, those on which nothing comes. */
static guint
away (World *w)
{
  g_autoptr (GArray) all = acd_core_agent_channels (w->core, "ann");
  guint channels = 0;

  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, AcdChannelView, i).reason != NULL)
      channels |= 1u << g_array_index (all, AcdChannelView, i).channel;
  return channels;
}

/* Nothing comes on a channel that a supervisor took away, everything else does, and it comes again
 * when it is given back. */
static void
test_one_channel (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *event;

  world_ready (w, "ann");
  world_must (w, CHANNEL (WEBCHAT, IDLE, "lunch", "dora"));
  event = world_event (w, MODEL_EVENT_AGENT_CHANNEL_CHANGED, 0);
  g_assert_cmpstr (event->by, ==, "dora");
  g_assert_cmpint (event->channel, ==, MODEL_CHANNEL_WEBCHAT);
  g_assert_cmpuint (away (w), ==, 1 << MODEL_CHANNEL_WEBCHAT);
  world_must (w, CHANNEL (WEBCHAT, IDLE, "lunch", "dora"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_CHANNEL_CHANGED), ==, 0);
  reload (w);
  world_arrive (w, "chat");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_arrive (w, "sms");
  world_accept (w, "ann");
  world_advance (w, 7);
  world_must (w, CHANNEL (WEBCHAT, AVAILABLE, NULL, "dora"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_AGENT_CHANNEL_CHANGED, 0)->duration, ==, 7000);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_OFFER_CREATED), ==, 1);
  g_assert_cmpuint (away (w), ==, 0);
}

/* Without calls an agent is on a break for colleagues; what waits for one who is away there waits,
 * but for who came back. */
static void
test_without_calls (void)
{
  g_autoptr (World) w = world_new (world_centre);
  AcdPresenceView presence;

  world_ready (w, "ann");
  world_advance (w, 3);
  world_must (w, CHANNEL (VOICE, IDLE, "lunch", NULL));
  presence = acd_core_agent_presence (w->core, "ann");
  g_assert_cmpint (presence.presence, ==, MODEL_PRESENCE_ON_BREAK);
  g_assert_cmpstr (presence.reason, ==, "lunch");
  g_assert_cmpint (presence.since, ==, w->now);
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .channel = MODEL_CHANNEL_VOICE, .agent = "ann"));
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_must (w, CHANNEL (VOICE, AVAILABLE, NULL, "dora"));
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
}

/* Who came back to an agent of before goes to the queue when that one takes no more of it. */
static void
test_who_came_back (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .entry_point = "chat",
                     .channel = MODEL_CHANNEL_WEBCHAT, .target = "ann"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->kind, ==,
                   MODEL_REQUEST_PERSONAL);
  world_must (w, CHANNEL (SMS, IDLE, "lunch", "dora"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  world_must (w, CHANNEL (WEBCHAT, IDLE, "lunch", "dora"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "chat");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .entry_point = "chat",
                     .channel = MODEL_CHANNEL_WEBCHAT, .target = "ann"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "chat");
}

/* To be available is to be so on all channels, and nothing of it outlasts the session. */
static void
test_all_channels_again (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_must (w, CHANNEL (WEBCHAT, IDLE, "lunch", "dora"));
  world_must (w, CHANNEL (SMS, IDLE, "lunch", "dora"));
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  g_assert_cmpuint (away (w), ==, 1 << MODEL_CHANNEL_WEBCHAT | 1 << MODEL_CHANNEL_SMS);
  world_must (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_CHANNEL_CHANGED), ==, 2);
  g_assert_cmpuint (away (w), ==, 0);
  world_must (w, CHANNEL (SMS, IDLE, "lunch", "dora"));
  world_must (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpuint (away (w), ==, 0);
  world_must (w, CHANNEL (SMS, IDLE, "lunch", "dora"));
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  NO (CHANNEL (SMS, IDLE, "lunch", "dora"), "not_signed_in");
  world_ready (w, "ann");
  g_assert_cmpuint (away (w), ==, 0);
}

static void
test_channels_refused (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  NO (CHANNEL (SMS, IDLE, "lunch", "bob"), "not_supervisor");
  world_refused (w, CHANNEL (IM, IDLE, "lunch", "dora"), ACD_ERROR_INVALID, "channel");
  world_refused (w, CHANNEL (SMS, OFFLINE, NULL, "dora"), ACD_ERROR_INVALID, "state");
  world_refused (w, CHANNEL (SMS, IDLE, NULL, "dora"), ACD_ERROR_INVALID, "reason_required");
  world_refused (w, CHANNEL (SMS, IDLE, "meeting", "dora"), ACD_ERROR_INVALID, "reason");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/supervise/listens", test_listens);
  g_test_add_func ("/acd/supervise/ends-with-it", test_ends_with_it);
  g_test_add_func ("/acd/supervise/ends-with-the-agent", test_ends_with_the_agent);
  g_test_add_func ("/acd/supervise/keeps-nothing-alive", test_keeps_nothing_alive);
  g_test_add_func ("/acd/supervise/barges", test_barges);
  g_test_add_func ("/acd/supervise/comes-when-asked", test_comes_when_asked);
  g_test_add_func ("/acd/supervise/listens-while-queue-asked", test_listens_while_queue_asked);
  g_test_add_func ("/acd/supervise/full", test_full);
  g_test_add_func ("/acd/supervise/takes-over", test_takes_over);
  g_test_add_func ("/acd/supervise/no-answer", test_no_answer);
  g_test_add_func ("/acd/supervise/signs-out", test_signs_out);
  g_test_add_func ("/acd/supervise/saved", test_saved);
  g_test_add_func ("/acd/supervise/refusals", test_refusals);
  g_test_add_func ("/acd/supervise/agents", test_agents);
  g_test_add_func ("/acd/supervise/one-channel", test_one_channel);
  g_test_add_func ("/acd/supervise/without-calls", test_without_calls);
  g_test_add_func ("/acd/supervise/who-came-back", test_who_came_back);
  g_test_add_func ("/acd/supervise/all-channels-again", test_all_channels_again);
  g_test_add_func ("/acd/supervise/channels-refused", test_channels_refused);
  return g_test_run ();
}
