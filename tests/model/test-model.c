/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model: ids, names, words, codes, definitions with all their errors, events, permissions. */
#include "base/json.h"
#include "model/codes.h"
#include "model/definitions.h"
#include "model/event.h"
#include "model/permissions.h"

static ModelDefinitions *
read_centre (const char *quoted, GPtrArray *problems)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static void
test_ids (void)
{
  static const ModelId ids[] = {
    1, 31, 32, 0xffff, G_GUINT64_CONSTANT (0x8000000000000000), G_MAXUINT64
  };
  char text[MODEL_ID_TEXT_SIZE];
  ModelId read;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      model_id_to_text (MODEL_ID_OFFER, ids[i], text);
      g_assert_true (model_id_from_text (MODEL_ID_OFFER, text, &read));
      g_assert_cmpuint (read, ==, ids[i]);
      g_assert_false (model_id_from_text (MODEL_ID_LEG, text, &read));
    }
  for (guint i = 0; i < 6; i++)
    {
      static const char *const wrong[] = { "", "o", "o0", "oA", "ozzzzzzzzzzzzz", "o1 " };
      g_assert_false (model_id_from_text (MODEL_ID_OFFER, wrong[i], &read));
    }
  g_assert_cmpuint (model_id_node (model_id_make (7, 9)), ==, 7);
  g_assert_cmpuint (model_id_counter (model_id_make (7, 9)), ==, 9);
}

static void
test_names (void)
{
  char *names[] = { (char *) "bg", (char *) "Сметки", (char *) "fr", (char *) "Facturation", NULL };

  g_assert_cmpstr (model_names_get (names, "fr_CA", NULL), ==, "Facturation");
  g_assert_cmpstr (model_names_get (names, "bg", NULL), ==, "Сметки");
  g_assert_cmpstr (model_names_get (names, "de", NULL), ==, "Сметки");
  g_assert_cmpstr (model_names_get (NULL, "de", "x"), ==, "x");
  g_assert_true (model_language_valid ("pt_BR"));
  g_assert_false (model_language_valid ("french"));
}

static void
test_codes (void)
{
  ModelCode code;

  for (int i = 0; i < MODEL_N_CODES; i++)
    {
      g_assert_true (model_code_is (model_code ((ModelCode) i), &code));
      g_assert_cmpint (code, ==, i);
      g_assert_true (model_code ((ModelCode) i) == g_intern_string (model_code ((ModelCode) i)));
    }
  g_assert_false (model_code_is ("lunch", NULL));
}

static void
test_variables (void)
{
  char *choices[] = { (char *) "red", NULL };
  ModelVariable number = { .type = MODEL_VARIABLE_NUMBER };
  ModelVariable date = { .type = MODEL_VARIABLE_DATE };
  ModelVariable moment = { .type = MODEL_VARIABLE_DATETIME };
  ModelVariable choice = { .type = MODEL_VARIABLE_CHOICE, .choices = choices };
  ModelVariable text = { .type = MODEL_VARIABLE_TEXT };
  g_autofree char *full = g_strnfill (256, 'x');
  g_autofree char *over = g_strnfill (257, 'x');

  g_assert_null (model_variable_check (&number, "-12.5"));
  g_assert_cmpstr (model_variable_check (&number, "12a"), ==, "number");
  g_assert_null (model_variable_check (&date, "2026-02-28"));
  g_assert_cmpstr (model_variable_check (&date, "2026-02-30"), ==, "date");
  g_assert_null (model_variable_check (&moment, "2026-02-28T10:00:00Z"));
  g_assert_cmpstr (model_variable_check (&moment, "now"), ==, "datetime");
  g_assert_null (model_variable_check (&choice, "red"));
  g_assert_cmpstr (model_variable_check (&choice, "blue"), ==, "choice");
  g_assert_null (model_variable_check (&text, full));
  g_assert_cmpstr (model_variable_check (&text, over), ==, "length");
  g_assert_cmpstr (model_variable_check (&text, "\xff"), ==, "text");
}

#define MANY                                                                                       \
  "{'settings':{'boost_seconds':-1,'languages':['french'],'time_zone':'Europe/Nowhere',"           \
  "'holidays':[{'date':'02-29'},{'date':'2026-02-29'},{'date':'12-24','from':'08:00'}],'personal_" \
  "fallback':'nowhere','meeting_room':{'url':'https://{room}.example/','texts':{'en':'come'}}},"   \
  "'surprise':1,'skills':[{'id':'k','names':{'en':'K'}},{'id':'k','names':{}}],"                   \
  "'dispositions':[{'id':'d','names':{'en':''}}],"                                                 \
  "'variables':[{'id':'v','names':{'en':'V'},'secure':true,'on_card':1,'type':'choice'}],"         \
  "'queues':[{'id':'Q','names':{'xxxx':'Q'},'channel':'pigeon'},"                                  \
  "{'id':'q','names':{'en':'Q'},'ring_seconds':3,'take':true,'wrap_up':{'required':true},"         \
  "'when_closed':{'action':'queue'},'when_full':{'action':'queue','queue':'q'},"                   \
  "'when_unstaffed':{'action':'reject','queue':'c'},"                                              \
  "'hours':[{'days':['lundi'],'from':'8','until':'9'}],"                                           \
  "'requirements':[{'skill':'k'},{'skill':'k','least_level':11}]},"                                \
  "{'id':'c','names':{'en':'C'},'channel':'webchat','automatic_disposition':'d',"                  \
  "'dispositions':[],'wrap_up':{'default_disposition':'zzz'},"                                     \
  "'when_closed':{'action':'queue','queue':'q'},"                                                  \
  "'when_full':{'action':'voicemail','box':'zzz'},'when_unstaffed':{'action':'voicemail'}}],"      \
  "'voicemail_boxes':[{'id':'x','names':{'en':'X'},'agent':'a','queue':'q'},"                      \
  "{'id':'y','names':{'en':'Y'}},{'id':'z','names':{'en':'Z'},'agent':'a'}],"                      \
  "'entry_points':[{'id':'e','names':{'en':'E'},'addresses':['1'],'queue':'c','language':'x'},"    \
  "{'id':'f','names':{'en':'F'},'addresses':['1','1'],'queue':'q'},7],"                            \
  "'agents':[{'id':'a','slots':[{'channel':'voice','count':1,'auto':2}],'team':'none','queues':['" \
  "q','zzz'],'number':'5',"                                                                        \
  "'skills':[{'skill':'k','level':1},{'skill':'k','level':2}]},"                                   \
  "{'id':'b','name':'B','number':'5','role':3}]}"

static void
test_every_error (void)
{
  static const char *const expected[] = {
    "settings.boost_seconds range",
    "settings.languages[0] syntax",
    "settings.time_zone syntax",
    "settings.holidays[1] syntax",
    "settings.holidays[2] syntax",
    "settings.personal_fallback unknown_id",
    "settings.meeting_room.url syntax",
    "settings.meeting_room.texts.en missing",
    "surprise unknown_member",
    "skills[1].id repeated",
    "skills[1].names missing",
    "dispositions[0].names.en missing",
    "variables[0].on_card contradiction",
    "variables[0].choices contradiction",
    "queues[0].id syntax",
    "queues[0].names.xxxx syntax",
    "queues[0].channel unknown_word",
    "queues[1].ring_seconds range",
    "queues[1].take contradiction",
    "queues[1].wrap_up.default_disposition missing",
    "queues[1].wrap_up.seconds contradiction",
    "queues[1].when_closed.queue missing",
    "queues[1].when_full.queue contradiction",
    "queues[1].when_unstaffed.queue contradiction",
    "queues[1].hours[0].days[0] length",
    "queues[1].hours[0] syntax",
    "queues[1].requirements[1].skill repeated",
    "queues[1].requirements[1].least_level range",
    "queues[2].automatic_disposition contradiction",
    "queues[2].wrap_up.default_disposition unknown_id",
    "queues[2].wrap_up.default_disposition contradiction",
    "queues[2].when_closed.queue contradiction",
    "queues[2].when_full.box unknown_id",
    "queues[2].when_full.action contradiction",
    "queues[2].when_unstaffed.box contradiction",
    "queues[2].when_unstaffed.action contradiction",
    "voicemail_boxes[0] contradiction",
    "voicemail_boxes[1] contradiction",
    "voicemail_boxes[2].agent repeated",
    "entry_points[0].queue contradiction",
    "entry_points[0].language syntax",
    "entry_points[1].addresses[0] repeated",
    "entry_points[1].addresses[1] repeated",
    "entry_points[2] type",
    "agents[0].name missing",
    "agents[0].team unknown_id",
    "agents[0].queues[1] unknown_id",
    "agents[0].slots[0].auto range",
    "agents[0].slots[0].auto contradiction",
    "agents[0].skills[1].skill repeated",
    "agents[1].number repeated",
    "agents[1].role type",
  };
  g_autoptr (GPtrArray) problems = model_problems_new ();

  g_assert_null (read_centre (MANY, problems));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gboolean found = FALSE;
      for (guint j = 0; j < problems->len; j++)
        {
          const ModelProblem *problem = problems->pdata[j];
          g_autofree char *line = g_strdup_printf ("%s %s", problem->path, problem->code);
          found = found || g_str_equal (line, expected[i]);
        }
      if (!found)
        g_error ("not reported: %s", expected[i]);
    }
}

static void
test_meeting_room (void)
{
  static const struct
  {
    const char *url;
    gboolean ok;
  } urls[] = {
    { "https://meet.example/{room}", TRUE },
    { "https://meet.example:8443/a/{room}?lang=fr#x", TRUE },
    { "https://meet.example/#/{room}", TRUE },
    { "http://meet.example/{room}", FALSE },
    { "javascript:alert({room})", FALSE },
    { "https://meet.example/room", FALSE },
    { "https://meet.example/{room}/{room}", FALSE },
    { "https://meet.example/{name}/{room}", FALSE },
    { "https:///{room}", FALSE },
    { "https://{room}", FALSE },
    { "https://meet.example/a b/{room}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *centre = g_strdup_printf ("{\"settings\":{\"meeting_room\":{\"url\":\"%s\","
                                                 "\"texts\":{\"fr\":\"Venez : {link} !\"}}},"
                                                 "\"queues\":[],\"entry_points\":[],\"agents\":[]}",
                                                 urls[i].url);
      g_autoptr (GPtrArray) problems = model_problems_new ();
      g_autoptr (ModelDefinitions) d = read_centre (centre, problems);

      if ((d != NULL) != urls[i].ok)
        g_error ("%s: %s", urls[i].url, d != NULL ? "taken" : "refused");
    }
}

static const char *
value_of (const char *name, gpointer user_data)
{
  return g_str_equal (name, "customer.name") ? "Зоя & Ко/../?x=1#y" : NULL;
}

static void
test_links (void)
{
  static const char *const good[] = { "https://crm.example", "https://crm.example/{customer.id}",
                                      "https://crm.example:8443/a?b={order}&c={agent.id}#{x}",
                                      "https://crm.example?n={customer.number}" };
  static const char *const bad[] = {
    "http://crm.example/",         "javascript:alert(1)",    "https://{order}.example/",
    "https://crm.example{order}/", "https:///{order}",       "https://crm.example/ {order}",
    "https://crm.example/{a b}",   "https://crm.example/{}", "https://crm.example/<order>",
    "file:///etc/passwd"
  };
  g_autofree char *filled = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (!model_link_url_valid (good[i]))
      g_error ("%s is refused", good[i]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (model_link_url_valid (bad[i]))
      g_error ("%s is taken", bad[i]);
  filled = model_link_fill ("https://crm.example/{customer.name}?id={order}&b=1", value_of, NULL);
  g_assert_cmpstr (filled, ==,
                   "https://crm.example/%D0%97%D0%BE%D1%8F%20%26%20%D0%9A%D0%BE%2F..%2F%3Fx%3D1%23y"
                   "?id=&b=1");
}

/* Numbers are what can be dialled; contacts and speed dials come back as they went in. */
static void
test_directory (void)
{
  static const char centre[] =
      "{'speed_dials':[{'id':'t','names':{'en':'Taxi'},'number':'+359 2 91 119'}],"
      "'contacts':[{'id':'c','name':'Лаб','organisation':'О','numbers':['+33 1 45','00 33 "
      "(0)2']}]}";
  static const char wrong[] =
      "{'speed_dials':[{'id':'t','names':{'en':'Taxi'},'number':'tea'}],"
      "'contacts':[{'id':'c','name':'Lab','numbers':['+33','1']},{'id':'c','name':'Lab'}]}";
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelDefinitions) d = read_centre (centre, problems);
  g_autoptr (ModelDefinitions) none = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new (NULL);

  g_assert_nonnull (d);
  model_definitions_write (d, json);
  g_assert_nonnull (strstr (json->str, "\"numbers\":[\"+33 1 45\",\"00 33 (0)2\"]"));
  none = read_centre (wrong, problems);
  g_assert_null (none);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (places, "%s %s\n", ((ModelProblem *) problems->pdata[i])->path,
                            ((ModelProblem *) problems->pdata[i])->code);
  g_assert_cmpstr (places->str, ==,
                   "contacts[1].numbers missing\ncontacts[1].id repeated\n"
                   "contacts[0].numbers[1] syntax\nspeed_dials[0].number syntax\n");
}

static void
test_definitions (void)
{
  static const char centre[] =
      "{'queues':[{'id':'q','names':{'fr':'Ventes','en':'Sales'},"
      "'hours':[{'days':['mon','tue'],'from':'08:00','until':'12:00'}]}],"
      "'entry_points':[{'id':'e','names':{'en':'E'},'addresses':['+359 2 1'],'queue':'q'}],"
      "'agents':[{'id':'a','name':'A','number':'10','slots':[{'channel':'webchat','count':4}]}]}";
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelDefinitions) d = read_centre (centre, problems);
  g_autoptr (ModelDefinitions) again = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);
  const ModelQueue *queue;

  g_assert_nonnull (d);
  model_definitions_write (d, json);
  again = read_centre (json->str, problems);
  g_assert_nonnull (again);
  model_definitions_write (again, twice);
  g_assert_cmpstr (json->str, ==, twice->str);
  queue = model_definitions_queue (d, "q");
  g_assert_cmpstr (model_names_get (queue->names, "fr", NULL), ==, "Ventes");
  g_assert_cmpint (model_queue_ring_seconds (queue), ==, 20);
  g_assert_nonnull (model_definitions_entry_point_at (d, MODEL_CHANNEL_VOICE, "+359 2 1"));
  g_assert_null (model_definitions_entry_point_at (d, MODEL_CHANNEL_SMS, "+359 2 1"));
  g_assert_nonnull (model_definitions_agent_at (d, "10"));
  g_assert_cmpint (
      model_definitions_slots (d, model_definitions_agent (d, "a"), MODEL_CHANNEL_WEBCHAT), ==, 4);
  g_assert_cmpint (
      model_definitions_slots (d, model_definitions_agent (d, "a"), MODEL_CHANNEL_VOICE), ==, 1);
  g_assert_null (model_definitions_team (d, "none"));
}

static void
test_events (void)
{
  for (int type = MODEL_EVENT_CENTRE_RESTARTED; type < MODEL_N_EVENTS; type++)
    {
      g_autoptr (ModelEvent) event = model_event_new ((ModelEventType) type, 1772355600123);
      g_autoptr (ModelEvent) read = NULL;
      g_autoptr (GPtrArray) problems = model_problems_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GString) again = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;
      event->offer = 77;
      event->agent = g_intern_static_string ("ann");
      event->reason = g_intern_static_string ("rona");
      event->tags = g_strsplit ("a,b", ",", -1);
      event->outcome = MODEL_OUTCOME_MISSED;
      event->deadline = 1772355600999;
      event->duration = 5;
      event->auto_accept = TRUE;
      model_event_write (event, json);
      node = json_from_string (json->str, NULL);
      read = model_event_from_json (json_node_get_object (node), problems);
      g_assert_nonnull (read);
      g_assert_true (read->agent == event->agent);
      model_event_write (read, again);
      g_assert_cmpstr (json->str, ==, again->str);
    }
}

static void
test_odd_events (void)
{
  static const char *const odd[] = {
    "{}",
    "{'type':'no.such','at':'2026-03-01T09:30:00.250Z'}",
    "{'type':'offer.ended','at':'yesterday'}",
    "{'type':'offer.ended','at':'2026-03-01T09:30:00.250Z','offer':'i1'}",
    "{'type':'offer.ended','at':'2026-03-01T09:30:00.250Z','note':'text'}",
    "{'type':'definitions.applied','at':'2026-03-01T09:30:00.250Z'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (odd[i]), "'", '"');
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GPtrArray) problems = model_problems_new ();
      g_assert_null (model_event_from_json (json_node_get_object (node), problems));
      g_assert_cmpuint (problems->len, >, 0);
    }
}

/* Of one who would call somebody. */
static void
test_caller (void)
{
  const ModelCaller good = { TRUE, TRUE, TRUE, TRUE, 2, 0, 0, 0 };
  ModelCaller caller = good;

  g_assert_cmpint (model_permission_to_call (&caller).verdict, ==, MODEL_ALLOWED);
  caller.has_queue = FALSE;
  g_assert_cmpint (model_permission_to_call (&caller).verdict, ==, MODEL_HIDDEN);
#define GREYED(change, code)                                                                       \
  caller = good;                                                                                   \
  caller.change;                                                                                   \
  g_assert_cmpint (model_permission_to_call (&caller).verdict, ==, MODEL_GREYED);                  \
  g_assert_cmpint (model_permission_to_call (&caller).reason, ==, MODEL_CODE_##code);
  GREYED (there = FALSE, NOT_AVAILABLE)
  GREYED (station_ready = FALSE, STATION_NOT_READY)
  GREYED (offers = 1, OFFER_OUTSTANDING)
  GREYED (calls = 1, CALL_IN_PROGRESS)
  GREYED (wrap_ups = 1, WRAP_UP)
  GREYED (slots = 0, NO_ROOM)
  caller = good;
  caller.wrap_ups = 1;
  caller.wrap_up_blocks = FALSE;
  g_assert_cmpint (model_permission_to_call (&caller).verdict, ==, MODEL_ALLOWED);
}

/* E = allowed, V = greyed, - = hidden; one letter for each kind of work, in its order. */
static void
expect (ModelAction action, ModelPermissionCase situation, const char *row)
{
  for (int work = 0; work < MODEL_N_WORKS; work++)
    {
      ModelPermission permission;
      situation.work = (ModelWork) work;
      permission = model_permission (action, &situation);
      if ("-VE"[permission.verdict] != row[work])
        g_error ("%s at work %d is %c, not %c", model_action_names[action], work,
                 "-VE"[permission.verdict], row[work]);
    }
}

static void
test_permissions (void)
{
  ModelPermissionCase own = { .own = TRUE };
  ModelPermissionCase desk = { .own = TRUE, .station = MODEL_STATION_DESK_PHONE };
  ModelPermissionCase chat = { .own = TRUE, .channel = MODEL_CHANNEL_WEBCHAT };
  ModelPermissionCase helper = { .own = TRUE, .part = MODEL_PART_CONSULTED };
  ModelPermissionCase other = { .role = MODEL_ROLE_AGENT };
  ModelPermissionCase supervisor = { .role = MODEL_ROLE_SUPERVISOR };

  expect (MODEL_ACTION_ANSWER, own, "EV-----");
  expect (MODEL_ACTION_DECLINE, own, "EV-----");
  expect (MODEL_ACTION_HOLD, own, "---E---");
  expect (MODEL_ACTION_RESUME, own, "----E--");
  expect (MODEL_ACTION_END, own, "--EEV--");
  expect (MODEL_ACTION_MUTE, own, "--VEV--");
  expect (MODEL_ACTION_DTMF, own, "--VEV--");
  expect (MODEL_ACTION_NOTES, own, "--EEEE-");
  expect (MODEL_ACTION_DISPOSITION, own, "--EEEE-");
  expect (MODEL_ACTION_WRAP_UP_SUBMIT, own, "-----E-");
  expect (MODEL_ACTION_WRAP_UP_END, own, "-----E-");
  expect (MODEL_ACTION_ANSWER, desk, "VV-----");
  expect (MODEL_ACTION_DECLINE, desk, "-------");
  expect (MODEL_ACTION_MUTE, desk, "-------");
  expect (MODEL_ACTION_DTMF, desk, "--VEV--");
  expect (MODEL_ACTION_HOLD, chat, "-------");
  expect (MODEL_ACTION_END, chat, "--EEV--");
  expect (MODEL_ACTION_UNASSIGN, chat, "---E---");
  expect (MODEL_ACTION_TRANSFER, chat, "---EE--");
  expect (MODEL_ACTION_TRANSFER, own, "---EE--");
  expect (MODEL_ACTION_CONSULT, own, "---EE--");
  expect (MODEL_ACTION_WRITE, own, "-------");
  expect (MODEL_ACTION_STATUS, own, "-------");
  expect (MODEL_ACTION_MUTE_OTHER, chat, "-------");
  expect (MODEL_ACTION_GIVE_CHARGE, chat, "-------");
  expect (MODEL_ACTION_UNASSIGN, own, "-------");
  expect (MODEL_ACTION_TRANSFER, helper, "-------");
  expect (MODEL_ACTION_DISPOSITION, helper, "-------");
  expect (MODEL_ACTION_END, other, "-------");
  expect (MODEL_ACTION_WRAP_UP_END, other, "-------");
  expect (MODEL_ACTION_WRAP_UP_END, supervisor, "-----E-");
  expect (MODEL_ACTION_NOTES, supervisor, "-------");
}

/* The same, one letter for each company, in its order. */
static void
expect_company (ModelAction action, ModelPermissionCase situation, const char *row)
{
  for (int company = 0; company < MODEL_N_COMPANIES; company++)
    {
      ModelPermission permission;
      situation.company = (ModelCompany) company;
      permission = model_permission (action, &situation);
      if ("-VE"[permission.verdict] != row[company])
        g_error ("%s as part %d in company %d is %c, not %c", model_action_names[action],
                 situation.part, company, "-VE"[permission.verdict], row[company]);
    }
}

/* Of one's connected chat. */
static void
expect_together (ModelAction action, ModelPart part, const char *row)
{
  ModelPermissionCase situation = {
    .own = TRUE, .part = part, .work = MODEL_WORK_CONNECTED, .channel = MODEL_CHANNEL_WEBCHAT
  };

  expect_company (action, situation, row);
}

/* A call with others in it: alone, asked, consulted, conference, and asked, and consulted, full.
 * The primary agent with the customer, or with the customer on hold; then the others; then after
 * the customer is gone. */
static void
test_calls_together (void)
{
  static const struct
  {
    ModelAction action;
    const char *with_customer;
    const char *held;
    const char *consulted;
    const char *conferenced;
    const char *gone;
  } rows[] = {
    { MODEL_ACTION_HOLD, "EEEVVVV", "-------", "EEEEEEE", "EEEVVVV", "VVVVVVV" },
    { MODEL_ACTION_RESUME, "-------", "EEEEEEE", "-------", "-------", "-------" },
    { MODEL_ACTION_END, "EEEEEEE", "VVVVVVV", "-------", "-------", "EEEEEEE" },
    { MODEL_ACTION_MUTE, "EEEEEEE", "VVEVVEV", "EEEEEEE", "EEEEEEE", "EEEEEEE" },
    { MODEL_ACTION_DTMF, "EEEEEEE", "VVEVVEV", "EEEEEEE", "EEEEEEE", "EEEEEEE" },
    { MODEL_ACTION_TRANSFER, "EVVVVVV", "EEEVVVV", "-------", "-------", "-------" },
    { MODEL_ACTION_CONSULT, "EVVEVVV", "EVVEVVV", "-------", "-------", "VVVVVVV" },
    { MODEL_ACTION_CONFERENCE, "EVVEVVV", "EVVEVVV", "-------", "-------", "VVVVVVV" },
    { MODEL_ACTION_MERGE, "--V--V-", "-EE-EE-", "-------", "-------", "--V--V-" },
    { MODEL_ACTION_END_CONSULT, "-EE-EE-", "-EE-EE-", "-------", "-------", "-EE-EE-" },
    { MODEL_ACTION_LEAVE, "---EEEE", "---EEEE", "EEEEEEE", "EEEEEEE", "EEEEEEE" },
    { MODEL_ACTION_REMOVE, "--EEEEE", "--EEEEE", "-------", "-------", "--EEEEE" },
    { MODEL_ACTION_MUTE_OTHER, "---EEEE", "---EEEE", "-------", "-------", "---VVVV" },
    { MODEL_ACTION_GIVE_CHARGE, "---EVVE", "VVVVVVV", "-------", "-------", "---VVVV" },
    { MODEL_ACTION_UNASSIGN, "-------", "-------", "-------", "-------", "-------" },
  };
  ModelPermissionCase primary = { .own = TRUE, .work = MODEL_WORK_CONNECTED };
  ModelPermissionCase held = { .own = TRUE, .work = MODEL_WORK_HELD };
  ModelPermissionCase consulted = primary, conferenced = primary, gone = primary;

  consulted.part = MODEL_PART_CONSULTED;
  conferenced.part = MODEL_PART_CONFERENCED;
  gone.customer_gone = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      expect_company (rows[i].action, primary, rows[i].with_customer);
      expect_company (rows[i].action, held, rows[i].held);
      expect_company (rows[i].action, consulted, rows[i].consulted);
      expect_company (rows[i].action, conferenced, rows[i].conferenced);
      expect_company (rows[i].action, gone, rows[i].gone);
    }
}

static void
test_together (void)
{
  static const struct
  {
    ModelAction action;
    const char *primary;
    const char *consulted;
    const char *conferenced;
  } rows[] = {
    { MODEL_ACTION_END, "EEEEEEE", "-------", "-------" },
    { MODEL_ACTION_UNASSIGN, "EVEVVVV", "-------", "-------" },
    { MODEL_ACTION_TRANSFER, "EVEVVVV", "-------", "-------" },
    { MODEL_ACTION_CONSULT, "EVVEVVV", "-------", "-------" },
    { MODEL_ACTION_CONFERENCE, "EVVEVVV", "-------", "-------" },
    { MODEL_ACTION_MERGE, "--E--E-", "-------", "-------" },
    { MODEL_ACTION_END_CONSULT, "-EE-EE-", "-------", "-------" },
    { MODEL_ACTION_LEAVE, "---EEEE", "EEEEEEE", "EEEEEEE" },
    { MODEL_ACTION_WRITE, "EEEEEEE", "-------", "EEEEEEE" },
    { MODEL_ACTION_DISPOSITION, "EEEEEEE", "-------", "-------" },
    { MODEL_ACTION_VARIABLES, "EEEEEEE", "EEEEEEE", "EEEEEEE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      expect_together (rows[i].action, MODEL_PART_PRIMARY, rows[i].primary);
      expect_together (rows[i].action, MODEL_PART_CONSULTED, rows[i].consulted);
      expect_together (rows[i].action, MODEL_PART_CONFERENCED, rows[i].conferenced);
    }
  g_assert_cmpint (model_company (0, 0, 0, 8), ==, MODEL_COMPANY_NONE);
  g_assert_cmpint (model_company (1, 0, 0, 8), ==, MODEL_COMPANY_ASKED);
  g_assert_cmpint (model_company (0, 1, 0, 8), ==, MODEL_COMPANY_CONSULTED);
  g_assert_cmpint (model_company (0, 0, 5, 8), ==, MODEL_COMPANY_CONFERENCE);
  g_assert_cmpint (model_company (1, 0, 5, 8), ==, MODEL_COMPANY_CONFERENCE_ASKED);
  g_assert_cmpint (model_company (0, 1, 5, 8), ==, MODEL_COMPANY_CONFERENCE_CONSULTED);
  g_assert_cmpint (model_company (0, 0, 6, 8), ==, MODEL_COMPANY_CONFERENCE_FULL);
  g_assert_cmpint (model_company (0, 0, 0, 3), ==, MODEL_COMPANY_NONE);
  g_assert_cmpint (model_company (0, 0, 1, 3), ==, MODEL_COMPANY_CONFERENCE_FULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/ids", test_ids);
  g_test_add_func ("/model/names", test_names);
  g_test_add_func ("/model/codes", test_codes);
  g_test_add_func ("/model/variables", test_variables);
  g_test_add_func ("/model/every-error", test_every_error);
  g_test_add_func ("/model/meeting-room", test_meeting_room);
  g_test_add_func ("/model/links", test_links);
  g_test_add_func ("/model/directory", test_directory);
  g_test_add_func ("/model/definitions", test_definitions);
  g_test_add_func ("/model/events", test_events);
  g_test_add_func ("/model/odd-events", test_odd_events);
  g_test_add_func ("/model/caller", test_caller);
  g_test_add_func ("/model/permissions", test_permissions);
  g_test_add_func ("/model/calls-together", test_calls_together);
  g_test_add_func ("/model/together", test_together);
  return g_test_run ();
}
