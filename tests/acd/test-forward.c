/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents who have their own calls go elsewhere: when, where to, and that no call goes in circles.
 */
#include "acd/world.h"

static const char centre[] = "{'settings':{'dial_seconds':30,'personal_limit_seconds':60},"
                             "'reasons':[{'id':'lunch','names':{'en':'Lunch'}}],"
                             "'voicemail_boxes':[{'id':'bob','names':{'en':'Bob'},'agent':'bob'}],"
                             "'queues':[{'id':'desk','names':{'en':'Desk'}},"
                             "{'id':'chat','channel':'webchat','names':{'en':'Chat'}}],"
                             "'agents':[{'id':'ann','name':'Ann','queues':['desk']},"
                             "{'id':'bob','name':'Bob','queues':['desk']},"
                             "{'id':'cid','name':'Cid','queues':['desk']},"
                             "{'id':'dan','name':'Dan','forwarding':'inside','queues':['desk']},"
                             "{'id':'eve','name':'Eve','forwarding':'none'},"
                             "{'id':'sue','name':'Sue','role':'supervisor'}]}";

#define FORWARD(who, when, ...)                                                                    \
  DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = who, .forward = MODEL_FORWARD_##when,           \
      __VA_ARGS__)
#define TO_AGENT(who) .forward_to = MODEL_FORWARD_TO_AGENT, .target = who
#define TO_NUMBER     .forward_to = MODEL_FORWARD_TO_NUMBER
#define TO_BOX        .forward_to = MODEL_FORWARD_TO_VOICEMAIL
#define TO_QUEUE(id)  .forward_to = MODEL_FORWARD_TO_QUEUE, .queue = id

static ModelId
calls (World *w, const char *agent)
{
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = agent, .leg = 1));
  return world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
}

static const ModelEvent *
forwarded (const World *w, guint nth, const char *by, const char *reason)
{
  const ModelEvent *event = world_event (w, MODEL_EVENT_INTERACTION_FORWARDED, nth);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->agent, ==, by);
  g_assert_cmpstr (event->reason, ==, reason);
  return event;
}

static ModelId
rings (World *w, const char *agent)
{
  ModelId offer = world_offer_of (w, agent);

  g_assert_cmpuint (offer, !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_OFFER_RINGING, .offer = offer));
  return offer;
}

/* Who may choose what; what is the same as before, or leads back, is not chosen. */
static void
test_choice (void)
{
  g_autoptr (World) w = world_new (centre);

  world_refused (w, FORWARD ("ann", ALWAYS, TO_AGENT ("ann")), ACD_ERROR_NOT_ALLOWED,
                 "forward_loop");
  world_refused (w, FORWARD ("ann", ALWAYS, TO_AGENT ("zoe")), ACD_ERROR_UNKNOWN, "target");
  world_refused (w, FORWARD ("ann", ALWAYS, TO_QUEUE ("chat")), ACD_ERROR_INVALID, "queue");
  world_refused (w, FORWARD ("ann", ALWAYS, TO_BOX), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_refused (w, FORWARD ("ann", ALWAYS), ACD_ERROR_INVALID, "forward");
  world_refused (w, FORWARD ("ann", OFF, TO_NUMBER), ACD_ERROR_INVALID, "forward");
  world_refused (w, FORWARD ("ann", BUSY, TO_NUMBER, .target = "bob"), ACD_ERROR_INVALID,
                 "forward_to");
  world_refused (w, FORWARD ("dan", BUSY, TO_NUMBER), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_must (w, FORWARD ("dan", BUSY, TO_AGENT ("ann")));
  world_refused (w, FORWARD ("eve", BUSY, TO_AGENT ("ann")), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_must (w, FORWARD ("ann", ALWAYS, TO_AGENT ("bob")));
  world_must (w, FORWARD ("bob", ALWAYS, TO_AGENT ("cid")));
  world_refused (w, FORWARD ("cid", ALWAYS, TO_AGENT ("ann")), ACD_ERROR_NOT_ALLOWED,
                 "forward_loop");
  /* A supervisor takes it back, also of who is signed out; a colleague does not. */
  world_refused (w, FORWARD ("bob", OFF, .by = "ann"), ACD_ERROR_NOT_ALLOWED, "not_supervisor");
  world_must (w, FORWARD ("bob", OFF, .by = "sue"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_AGENT_FORWARDING_CHANGED, 0)->by, ==, "sue");
  world_must (w, FORWARD ("bob", OFF));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_FORWARDING_CHANGED), ==, 0);
}

/* It outlives sign-out and a core that is saved; from one to the next, each once. */
static void
test_always (void)
{
  g_autoptr (World) w = world_new (centre);
  g_autoptr (GBytes) saved = NULL;
  AcdCore *again;

  world_ready (w, "ann");
  world_ready (w, "cid");
  world_must (w, FORWARD ("ann", ALWAYS, TO_AGENT ("bob")));
  world_must (w, FORWARD ("bob", SIGNED_OUT, TO_AGENT ("cid")));
  world_must (w, FORWARD ("cid", NO_ANSWER, TO_AGENT ("ann")));
  calls (w, "ann");
  g_assert_cmpstr (forwarded (w, 0, "ann", "agent_choice")->target, ==, "bob");
  g_assert_cmpstr (forwarded (w, 1, "bob", "owner_away")->target, ==, "cid");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  saved = acd_core_save (w->core);
  rings (w, "cid");
  world_advance (w, 21); /* not back to where it came from */
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_FORWARDED), ==, 0);
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  {
    gsize size;
    const char *text = g_bytes_get_data (saved, &size);
    g_autoptr (JsonParser) parser = json_parser_new ();
    AcdAgentView view;

    g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
    again = acd_core_load (json_node_get_object (json_parser_get_root (parser)), NULL);
    g_assert_nonnull (again);
    g_assert_true (acd_core_agent_view (again, "ann", &view));
    g_assert_cmpint (view.forward, ==, MODEL_FORWARD_ALWAYS);
    g_assert_cmpstr (view.forward_target, ==, "bob");
    acd_core_free (again);
  }
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpint (world_agent (w, "ann").forward, ==, MODEL_FORWARD_ALWAYS);
}

/* Queue work and what others were asked for is not forwarded. */
static void
test_own_alone (void)
{
  g_autoptr (World) w = world_new (centre);

  world_ready (w, "ann");
  world_ready (w, "bob");
  world_must (w, FORWARD ("ann", BUSY, TO_AGENT ("bob")));
  calls (w, "ann");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_FORWARDED), ==, 0);
  world_accept (w, "ann");
  calls (w, "ann");
  forwarded (w, 0, "ann", "agent_busy");
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
}

/* Missed, it is rung at the number; that does not answer, and the agent's own rule goes on. */
static void
test_number (void)
{
  g_autoptr (World) w = world_new (centre);
  const ModelEvent *rung;
  ModelId call, party;

  world_ready (w, "bob");
  world_must (w, FORWARD ("bob", NO_ANSWER, TO_NUMBER));
  call = calls (w, "bob");
  rings (w, "bob");
  world_advance (w, 21);
  forwarded (w, 0, "bob", "no_answer");
  rung = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0);
  g_assert_cmpstr (rung->agent, ==, "bob");
  g_assert_cmpint (rung->part, ==, MODEL_PART_PRIMARY);
  party = rung->participation;
  world_must (w, DO (.type = ACD_COMMAND_PARTY_FAILED, .participation = party, .reason = "busy"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 1);
  world_advance (w, 61);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_VOICEMAIL, 0)->box, ==, "bob");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  /* And one that does. */
  world_must (w, FORWARD ("bob", ALWAYS, TO_NUMBER));
  call = calls (w, "bob");
  party = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0)->participation;
  world_must (w, DO (.type = ACD_COMMAND_PARTY_ANSWERED, .participation = party, .leg = 7));
  world_must (w, DO (.type = ACD_COMMAND_PARTY_HUNG_UP, .participation = party));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);
}

/* Of one who signs out meanwhile; to a queue; and what may no longer be is not done. */
static void
test_signed_out (void)
{
  g_autoptr (World) w = world_new (centre);
  g_autoptr (ModelDefinitions) less = NULL;
  g_autofree char *forbidden = NULL;
  char **halves = g_strsplit (centre, "'id':'ann',", 2);

  world_ready (w, "ann");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, FORWARD ("ann", SIGNED_OUT, TO_QUEUE ("desk")));
  world_must (w, FORWARD ("bob", NOT_TAKEN, TO_BOX));
  calls (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpstr (forwarded (w, 0, "ann", "owner_away")->target, ==, "desk");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "desk");
  calls (w, "bob");
  g_assert_cmpstr (forwarded (w, 0, "bob", "owner_away")->box, ==, "bob");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_VOICEMAIL, 0)->box, ==, "bob");
  forbidden = g_strjoin ("'id':'ann','forwarding':'none',", halves[0], halves[1], NULL);
  less = world_definitions (forbidden);
  world_must (w, DO (.type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = less));
  calls (w, "ann");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_FORWARDED), ==, 0);
  g_strfreev (halves);
}

#define COLLEAGUE(who, whom) DO (.type = ACD_COMMAND_CALL, .agent = who, .on = TRUE, .target = whom)

static ModelId
calls_colleague (World *w, const char *who, const char *whom)
{
  ModelId part;

  world_must (w, COLLEAGUE (who, whom));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  world_must (w, DO (.type = ACD_COMMAND_STATION_ANSWERED, .participation = part, .target = whom));
  return part;
}

/* Calls of colleagues: to another, to a number, to the box; never to the caller. */
static void
test_colleague (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId part, party;

  world_ready (w, "ann");
  world_ready (w, "cid");
  world_refused (w, COLLEAGUE ("ann", "bob"), ACD_ERROR_NOT_ALLOWED, "owner_away");
  world_must (w, FORWARD ("bob", SIGNED_OUT, TO_AGENT ("cid")));
  part = calls_colleague (w, "ann", "bob");
  forwarded (w, 0, "bob", "owner_away");
  world_must (w, FORWARD ("cid", NO_ANSWER, TO_NUMBER));
  rings (w, "cid");
  world_advance (w, 21);
  forwarded (w, 0, "cid", "no_answer");
  party = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0)->participation;
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_DIALLING, 0)->by, ==, "ann");
  world_must (w, DO (.type = ACD_COMMAND_PARTY_ANSWERED, .participation = party, .leg = 7));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_CONNECTED), ==, 1);
  world_must (w, DO (.type = ACD_COMMAND_END, .participation = part, .agent = "ann"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);

  world_must (w, FORWARD ("bob", SIGNED_OUT, TO_BOX));
  part = calls_colleague (w, "ann", "bob");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_VOICEMAIL, 0)->box, ==, "bob");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_CONNECTED), ==, 1);
  world_advance (w, 100);
  world_must (w, DO (.type = ACD_COMMAND_END, .participation = part, .agent = "ann"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_VOICEMAIL);

  world_must (w, FORWARD ("cid", ALWAYS, TO_NUMBER));
  part = calls_colleague (w, "ann", "cid");
  party = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0)->participation;
  world_must (w, DO (.type = ACD_COMMAND_PARTY_FAILED, .participation = party, .reason = "busy"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "busy");
  world_must (w, STATE ("cid", .state = MODEL_AGENT_AVAILABLE));
  world_must (w, FORWARD ("cid", ALWAYS, TO_AGENT ("ann")));
  calls_colleague (w, "ann", "cid");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_FORWARDED), ==, 0);
  g_assert_cmpuint (world_offer_of (w, "cid"), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/forward/choice", test_choice);
  g_test_add_func ("/acd/forward/always", test_always);
  g_test_add_func ("/acd/forward/own-alone", test_own_alone);
  g_test_add_func ("/acd/forward/number", test_number);
  g_test_add_func ("/acd/forward/signed-out", test_signed_out);
  g_test_add_func ("/acd/forward/colleague", test_colleague);
  return g_test_run ();
}
