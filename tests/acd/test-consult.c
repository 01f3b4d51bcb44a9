/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of several agents in one interaction: asked, consulted, conferenced, leaving in
 * every order. */
#include "acd/world.h"

#define ASK(who, what, whom, ...)                                                                  \
  DO (.type = ACD_COMMAND_CONSULT, .agent = who, .interaction = what, .target = whom, __VA_ARGS__)

static const char centre[] =
    "{'settings':{'slots':[{'channel':'webchat','count':2},{'channel':'email','count':2}]},"
    "'skills':[{'id':'bg','names':{'en':'Bulgarian'}}],"
    "'dispositions':[{'id':'none','names':{'en':'None'}}],"
    "'queues':[{'id':'chat','names':{'en':'Chat'},'channel':'webchat',"
    "'wrap_up':{'seconds':30}},"
    "{'id':'help','names':{'en':'Help'},'channel':'webchat'},"
    "{'id':'mail','names':{'en':'Mail'},'channel':'email'}],"
    "'entry_points':[{'id':'chat','names':{'en':'C'},'channel':'webchat','addresses':['6'],"
    "'queue':'chat'},{'id':'mail','names':{'en':'M'},'channel':'email','addresses':['7'],"
    "'queue':'mail'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['chat','help','mail']},"
    "{'id':'bob','name':'Bob','queues':['help'],'skills':[{'skill':'bg','level':3}]},"
    "{'id':'cid','name':'Cid'},{'id':'dora','name':'Dora','role':'supervisor'}]}";

/* Ann has a chat in hand, Bob and Cid are there. */
static World *
new_world (ModelId *chat)
{
  World *w = world_new (centre);

  world_ready (w, "ann");
  *chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  world_ready (w, "bob");
  world_ready (w, "cid");
  return w;
}

static const ModelEvent *
over (World *w)
{
  return world_event (w, MODEL_EVENT_REQUEST_ENDED, 0);
}

static void
join (World *w, ModelId chat, const char *who, gboolean conference)
{
  world_must (w, ASK ("ann", chat, who, .on = conference));
  world_accept (w, who);
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->part, ==,
                   conference ? MODEL_PART_CONFERENCED : MODEL_PART_CONSULTED);
}

/* The role of an agent's part in hand, -1 = none. */
static int
role_of (World *w, const char *who)
{
  g_autoptr (GArray) parts = acd_core_agent_participations (w->core, who);

  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, AcdParticipationView, i).work == MODEL_WORK_CONNECTED)
      return (int) g_array_index (parts, AcdParticipationView, i).part;
  return -1;
}

static void
test_answers (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  world_must (w, ASK ("ann", chat, "bob"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->kind, ==, MODEL_REQUEST_CONSULT);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->by, ==, "ann");
  world_refused (w, ASK ("ann", chat, "cid"), ACD_ERROR_NOT_ALLOWED, "consult_in_progress");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  g_assert_cmpint (over (w)->outcome, ==, MODEL_OUTCOME_DECLINED);
  g_assert_cmpstr (world_agent (w, "bob").reason, ==, "refused");
  world_must (w, ASK ("ann", chat, "cid"));
  world_advance (w, 46);
  g_assert_cmpint (over (w)->outcome, ==, MODEL_OUTCOME_MISSED);
  g_assert_cmpstr (world_agent (w, "cid").reason, ==, "refused");
  world_must (w, ASK ("ann", chat, "cid"));
  g_assert_cmpuint (world_offer_of (w, "cid"), ==, 0);
  world_advance (w, 121);
  g_assert_cmpint (over (w)->outcome, ==, MODEL_OUTCOME_TIMED_OUT);
  world_ready (w, "dora");
  world_must (w, ASK ("ann", chat, "dora"));
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "dora"));
  g_assert_cmpint (over (w)->outcome, ==, MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpstr (over (w)->reason, ==, "desk_lost");
  world_refused (w, ASK ("ann", chat, "ann"), ACD_ERROR_INVALID, "target");
  g_assert_cmpint (role_of (w, "ann"), ==, MODEL_PART_PRIMARY);
}

static void
test_withdrawn (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  world_must (w, ASK ("ann", chat, "bob"));
  world_must (w, WORK (END_CONSULT, "ann", chat));
  g_assert_cmpint (over (w)->outcome, ==, MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpstr (over (w)->reason, ==, "consult_ended");
  g_assert_cmpint (world_agent (w, "bob").state, ==, MODEL_AGENT_AVAILABLE);
  world_refused (w, WORK (END_CONSULT, "ann", chat), ACD_ERROR_NOT_ALLOWED, "not_consulting");
  world_must (w, ASK ("ann", chat, "bob"));
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = chat));
  g_assert_cmpstr (over (w)->reason, ==, "customer_left");
  g_assert_cmpuint (world_offer_of (w, "bob"), ==, 0);
}

static void
test_both_mark_done (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  join (w, chat, "bob", FALSE);
  world_refused (w, WORK (END, "bob", chat), ACD_ERROR_NOT_ALLOWED, "not_primary");
  world_refused (w, ASK ("bob", chat, "cid"), ACD_ERROR_NOT_ALLOWED, "not_primary");
  world_refused (w, WORK (LEAVE, "ann", chat), ACD_ERROR_NOT_ALLOWED, "last_agent");
  world_must (w, WORK (END, "ann", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 1);
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 0);
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_CONSULTED);
  world_must (w, WORK (LEAVE, "bob", chat));
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

static void
test_control_passes (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  join (w, chat, "bob", FALSE);
  world_must (w, WORK (CONFERENCE, "ann", chat));
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_CONFERENCED);
  world_advance (w, 1);
  join (w, chat, "cid", TRUE);
  world_refused (w, WORK (UNASSIGN, "ann", chat), ACD_ERROR_NOT_ALLOWED, "in_conference");
  world_must (w, WORK (LEAVE, "ann", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_PRIMARY);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, 0)->queue, ==, "chat");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "bob", .on = TRUE));
  g_assert_cmpint (role_of (w, "cid"), ==, MODEL_PART_PRIMARY);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  world_must (w, WORK (END, "cid", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
}

static void
test_transferred_to_the_consulted (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  join (w, chat, "bob", FALSE);
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = chat, .target = "bob"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_PRIMARY);
  world_must (w, WORK (END, "bob", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
}

/* Who helped may be the one to whom the work comes: the same part goes on, as primary. */
static void
test_served_by_the_helper (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  join (w, chat, "bob", FALSE);
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = chat, .queue = "help"));
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_CONSULTED);
  world_accept (w, "bob");
  g_assert_null (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, 0)->queue, ==, "help");
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_PRIMARY);
  world_must (w, WORK (END, "bob", chat));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 1);
}

static void
test_queue_and_skill (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  world_must (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = chat, .queue = "help"));
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_accept (w, "bob");
  g_assert_cmpint (role_of (w, "bob"), ==, MODEL_PART_CONSULTED);
  world_must (w, WORK (END_CONSULT, "ann", chat));
  g_assert_cmpint (role_of (w, "bob"), ==, -1);
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = chat, .skill = "bg"),
      ACD_ERROR_NOT_ALLOWED, "unstaffed");
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = chat, .queue = "mail"),
      ACD_ERROR_INVALID, "queue");
}

/* A desk that vanished: the helper's part ends, the primary's goes to the helper who joined. */
static void
test_vanished (void)
{
  ModelId chat;
  g_autoptr (World) w = new_world (&chat);

  join (w, chat, "bob", FALSE);
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "bob"));
  world_advance (w, 31);
  world_advance (w, 121);
  g_assert_cmpint (role_of (w, "bob"), ==, -1);
  g_assert_cmpint (role_of (w, "ann"), ==, MODEL_PART_PRIMARY);
  join (w, chat, "cid", TRUE);
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_advance (w, 31);
  world_advance (w, 121);
  g_assert_cmpint (role_of (w, "cid"), ==, MODEL_PART_PRIMARY);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
}

/* Of what lasts, a helper who signs out is out, and the primary one's question is over. */
static void
test_mail (void)
{
  ModelId chat, mail;
  g_autoptr (World) w = new_world (&chat);

  world_must (w, WORK (END, "ann", chat));
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", chat));
  mail = world_arrive (w, "mail");
  world_accept (w, "ann");
  join (w, mail, "bob", FALSE);
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "bob"));
  g_assert_cmpint (role_of (w, "bob"), ==, -1);
  world_must (w, ASK ("ann", mail, "cid"));
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpstr (over (w)->reason, ==, "owner_away");
  g_assert_cmpuint (world_offer_of (w, "cid"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/consult/answers", test_answers);
  g_test_add_func ("/acd/consult/withdrawn", test_withdrawn);
  g_test_add_func ("/acd/consult/both-mark-done", test_both_mark_done);
  g_test_add_func ("/acd/consult/control-passes", test_control_passes);
  g_test_add_func ("/acd/consult/transferred-to-the-consulted", test_transferred_to_the_consulted);
  g_test_add_func ("/acd/consult/served-by-the-helper", test_served_by_the_helper);
  g_test_add_func ("/acd/consult/queue-and-skill", test_queue_and_skill);
  g_test_add_func ("/acd/consult/vanished", test_vanished);
  g_test_add_func ("/acd/consult/mail", test_mail);
  return g_test_run ();
}
