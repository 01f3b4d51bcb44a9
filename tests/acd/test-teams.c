/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams that have a number: they take calls by the rules of queues and entry points and by
 * transfers, never more than they are able to, and are never asked anything. */
#include "acd/world.h"

static const char centre[] =
    "{'settings':{'dial_seconds':30},"
    "'teams':[{'id':'home','names':{'en':'Home'}},"
    "{'id':'night','names':{'en':'Night'},'number':'+33 1 23 45 67 89','calls':1},"
    "{'id':'other','names':{'en':'Other'},'number':'0800','calls':1}],"
    "'queues':[{'id':'desk','names':{'en':'Desk'},'priority':2,"
    "'when_closed':{'action':'team','team':'night','queue':'back'},"
    "'when_unstaffed':{'action':'wait'},'max_wait_seconds':60,"
    "'when_waited_too_long':{'action':'team','team':'night'}},"
    "{'id':'back','names':{'en':'Back'},'when_unstaffed':{'action':'team','team':'other'}},"
    "{'id':'chat','channel':'webchat','names':{'en':'Chat'}}],"
    "'entry_points':["
    "{'id':'main','names':{'en':'Main'},'addresses':['100'],'queue':'desk','priority':1},"
    "{'id':'first','names':{'en':'First'},'addresses':['101'],'team':'night','queue':'desk'},"
    "{'id':'only','names':{'en':'Only'},'addresses':['102'],'team':'night'},"
    "{'id':'chat','names':{'en':'Chat'},'channel':'webchat','addresses':['c'],'queue':'chat'}],"
    "'agents':[{'id':'ann','name':'Ann','team':'home','queues':['desk','chat']},"
    "{'id':'bob','name':'Bob','team':'home','queues':['desk']}]}";

#define PARTY(command, what, ...)                                                                  \
  DO (.type = ACD_COMMAND_PARTY_##command, .participation = what, __VA_ARGS__)

/* The number that is rung by the last command, for this team. */
static ModelId
rung (const World *w, const char *team)
{
  const ModelEvent *event = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->team, ==, team);
  g_assert_cmpint (event->part, ==, MODEL_PART_PRIMARY);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_DIALLING), ==, 1);
  return event->participation;
}

static const ModelEvent *
queued (const World *w, const char *queue)
{
  const ModelEvent *event = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->queue, ==, queue);
  return event;
}

static void
set_open (World *w, const char *queue, gboolean open)
{
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = queue, .on = open));
}

static ModelId
in_hand (World *w)
{
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "main");
  world_accept (w, "ann");
  return call;
}

/* Closed: the team's number; the second call comes while it takes no more and goes on. */
static void
test_overflow (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId one, party, second;
  const ModelEvent *event;

  set_open (w, "desk", FALSE);
  one = world_arrive (w, "main");
  party = rung (w, "night");
  event = world_event (w, MODEL_EVENT_PARTY_DIALLING, 0);
  g_assert_null (event->by);
  g_assert_cmpstr (event->queue, ==, "desk");
  g_assert_cmpstr (event->fallback, ==, "back");
  g_assert_cmpstr (event->reason, ==, "closed");
  g_assert_cmpint (event->priority, ==, 1);
  world_must (w, PARTY (ANSWERED, party, .leg = 9));
  world_arrive (w, "main");
  second = rung (w, "other");
  world_arrive (w, "main");
  queued (w, "back"); /* both take no more: there nothing holds, and it waits */
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_DIALLING), ==, 0);
  world_must (w, PARTY (HUNG_UP, party));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);
  g_assert_cmpuint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->interaction, ==, one);
  world_arrive (w, "main");
  rung (w, "night");
  /* Busy: it waits where the rule says, and is not sent in circles. */
  world_must (w, PARTY (FAILED, second, .reason = "busy"));
  g_assert_cmpstr (queued (w, "back")->reason, ==, "busy");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_DIALLING), ==, 0);
}

/* Waited too long: the number; silent there, it waits again with its age, and then it is tried once
 * more; while the team takes no more, the wait begins anew. */
static void
test_waited (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call = world_arrive (w, "main"), party, other;
  gint64 since = queued (w, "desk")->queued_at;

  world_advance (w, 61);
  party = rung (w, "night");
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0)->outcome, ==, MODEL_OUTCOME_MOVED);
  world_advance (w, 31);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_LEFT, 0)->reason, ==, "no_answer");
  g_assert_cmpint (queued (w, "desk")->queued_at, ==, since);
  g_assert_cmpint (queued (w, "desk")->priority, ==, 3);
  g_assert_cmpstr (queued (w, "desk")->entry_point, ==, "main");
  other = world_arrive (w, "only");
  party = rung (w, "night");
  world_must (w, PARTY (ANSWERED, party, .leg = 9));
  world_advance (w, 61);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_DIALLING), ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_ENDED), ==, 0);
  world_must (w, WORK (CUSTOMER_LEFT, NULL, other));
  world_advance (w, 61);
  rung (w, "night");
  world_must (w, WORK (CUSTOMER_LEFT, NULL, call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

/* An entry point leads to it first, and then to its queue, or nowhere. */
static void
test_entry (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId party;

  world_arrive (w, "first");
  party = rung (w, "night");
  world_arrive (w, "first");
  g_assert_cmpstr (queued (w, "desk")->entry_point, ==, "first");
  world_arrive (w, "only");
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_REJECTED);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "team_full");
  world_must (w, PARTY (FAILED, party, .reason = "declined"));
  g_assert_cmpstr (queued (w, "desk")->entry_point, ==, "first");
  world_arrive (w, "only");
  world_must (w, PARTY (FAILED, rung (w, "night"), .reason = "busy"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "busy");
}

/* Kept until it is taken; another agent's is refused meanwhile, and goes to the entry point's
 * queue. */
static void
test_transfer (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call = in_hand (w), party, second;

  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "night"));
  party = rung (w, "night");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_DIALLING, 0)->by, ==, "ann");
  world_ready (w, "bob");
  second = world_arrive (w, "main");
  world_accept (w, "bob");
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "bob", .interaction = second, .team = "night"),
      ACD_ERROR_NOT_ALLOWED, "team_full");
  world_refused (w,
                 DO (.type = ACD_COMMAND_TRANSFER, .agent = "bob", .interaction = second,
                     .entry_point = "only"),
                 ACD_ERROR_NOT_ALLOWED, "team_full");
  world_must (w, PARTY (FAILED, party, .reason = "busy"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  /* Still ann's; again, and once more completes it. */
  world_must (w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call,
                     .entry_point = "first"));
  party = rung (w, "night");
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "other"),
      ACD_ERROR_NOT_ALLOWED, "consult_in_progress");
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "night"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 1);
  world_must (w, PARTY (FAILED, party, .reason = "no_answer"));
  queued (w, "desk");
  /* At its limit the entry point leads on to its queue. */
  world_arrive (w, "only");
  rung (w, "night");
  world_must (w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "bob", .interaction = second,
                     .entry_point = "first"));
  queued (w, "desk");
}

/* A queue whose rules lead there gives the call to the team, and is asked for nobody. */
static void
test_by_queue (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call = in_hand (w);

  set_open (w, "desk", FALSE);
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .queue = "desk"),
      ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .queue = "desk"));
  world_must (w, PARTY (ANSWERED, rung (w, "night"), .leg = 9));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 1);
}

/* Never asked: not by an inbound call, nor by an own outbound one, nor called by itself. */
static void
test_never_asked (void)
{
  static const char *const teams[] = { "night", NULL, NULL };
  static const char *const entries[] = { NULL, "first", "only" };
  g_autoptr (World) w = world_new (centre);
  ModelId call = in_hand (w), chat;

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    for (int on = 0; on <= 1; on++)
      world_refused (w,
                     DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call,
                         .team = teams[i], .entry_point = entries[i], .on = on),
                     ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
  world_must (w, WORK (END, "ann", call));
  world_refused (w, DO (.type = ACD_COMMAND_CALL, .agent = "ann", .on = TRUE, .team = "night"),
                 ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
  chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = chat, .team = "night"),
      ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
}

static void
test_never_asked_outbound (void)
{
  g_auto (GStrv) halves = g_strsplit (centre, "'id':'desk',", 2);
  g_autofree char *out = g_strjoin ("'id':'desk','dial_out':true,", halves[0], halves[1], NULL);
  g_autoptr (World) w = world_new (out);
  ModelId part, call;

  world_ready (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_CALL, .agent = "ann", .queue = "desk"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  call = world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
  world_must (w, DO (.type = ACD_COMMAND_STATION_ANSWERED, .participation = part));
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_ANSWERED, .participation = part, .leg = 3));
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .team = "night"),
      ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "night"));
  world_must (w, PARTY (ANSWERED, rung (w, "night"), .leg = 9));
}

/* Own calls do not go there; to a queue they do, and its rules hold. */
static void
test_never_forwarded (void)
{
  static const char *const teams[] = { "night", NULL };
  static const char *const entries[] = { NULL, "only" };
  g_auto (GStrv) halves = g_strsplit (centre, "'id':'ann',", 2);
  g_autofree char *free = g_strjoin ("'id':'ann','forwarding':'all',", halves[0], halves[1], NULL);
  g_autoptr (World) w = world_new (free);

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    world_refused (w,
                   DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                       .forward = MODEL_FORWARD_ALWAYS, .forward_to = MODEL_FORWARD_TO_NUMBER,
                       .team = teams[i], .entry_point = entries[i]),
                   ACD_ERROR_NOT_ALLOWED, "unsupported_destination");
  world_refused (w,
                 DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                     .forward = MODEL_FORWARD_ALWAYS, .forward_to = MODEL_FORWARD_TO_QUEUE,
                     .queue = "desk", .team = "night"),
                 ACD_ERROR_INVALID, "forward_to");
  world_must (w, DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                     .forward = MODEL_FORWARD_ALWAYS, .forward_to = MODEL_FORWARD_TO_QUEUE,
                     .queue = "desk"));
  set_open (w, "desk", FALSE);
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "ann", .leg = 1));
  rung (w, "night");
}

/* What new definitions make impossible the centre ends, also of who is gone; it begins nothing. */
static void
test_forwarding_ended (void)
{
  g_auto (GStrv) halves = g_strsplit (centre, "'id':'ann',", 2);
  g_autofree char *free = g_strjoin ("'id':'ann','forwarding':'all',", halves[0], halves[1], NULL);
  g_autoptr (ModelDefinitions) fewer = world_definitions ("{'agents':[{'id':'bob','name':'Bob'}]}");
  g_autoptr (World) w = world_new (free);
  const ModelEvent *event;
  AcdAgentView view;

  world_must (w, DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                     .forward = MODEL_FORWARD_ALWAYS, .forward_to = MODEL_FORWARD_TO_NUMBER));
  world_refused (w,
                 DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                     .forward = MODEL_FORWARD_BUSY, .forward_to = MODEL_FORWARD_TO_NUMBER,
                     .reason = "unsupported_destination"),
                 ACD_ERROR_INVALID, "reason");
  world_must (w, DO (.type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = fewer));
  world_refused (w, DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann"), ACD_ERROR_UNKNOWN,
                 "agent");
  world_must (w, DO (.type = ACD_COMMAND_SET_FORWARDING, .agent = "ann",
                     .reason = "unsupported_destination"));
  event = world_event (w, MODEL_EVENT_AGENT_FORWARDING_CHANGED, 0);
  g_assert_cmpstr (event->reason, ==, "unsupported_destination");
  g_assert_true (acd_core_agent_view (w->core, "ann", &view));
  g_assert_cmpint (view.forward, ==, MODEL_FORWARD_OFF);
}

/* What is with the team is kept by a core that is saved. */
static void
test_saved (void)
{
  g_autoptr (World) w = world_new (centre);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) saved = NULL;
  gsize size;
  const char *text;

  world_arrive (w, "first");
  rung (w, "night");
  saved = acd_core_save (w->core);
  text = g_bytes_get_data (saved, &size);
  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
  acd_core_free (w->core);
  w->core = acd_core_load (json_node_get_object (json_parser_get_root (parser)), NULL);
  g_assert_nonnull (w->core);
  world_arrive (w, "only");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "team_full");
  world_advance (w, 31);
  queued (w, "desk");
  world_arrive (w, "only");
  rung (w, "night");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/teams/overflow", test_overflow);
  g_test_add_func ("/acd/teams/waited", test_waited);
  g_test_add_func ("/acd/teams/entry", test_entry);
  g_test_add_func ("/acd/teams/transfer", test_transfer);
  g_test_add_func ("/acd/teams/by-queue", test_by_queue);
  g_test_add_func ("/acd/teams/never-asked", test_never_asked);
  g_test_add_func ("/acd/teams/never-asked-outbound", test_never_asked_outbound);
  g_test_add_func ("/acd/teams/never-forwarded", test_never_forwarded);
  g_test_add_func ("/acd/teams/forwarding-ended", test_forwarding_ended);
  g_test_add_func ("/acd/teams/saved", test_saved);
  return g_test_run ();
}
