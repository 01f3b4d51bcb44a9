/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a command behind the guard and hands it to the cast or to one of it. */
#include "demo/control.h"

#include <string.h>

#include "base/json.h"

#define MAX_TEXT  64
#define MAX_WRITE 4000
#define MAX_CALLS 1000000
#define DAY_S     86400

typedef gboolean (*Command) (const DemoCast *cast, BaseJson *json, GError **error);

static gboolean
get_customer (const DemoCast *cast, BaseJson *json, DemoCustomer **customer, GError **error)
{
  gint64 call;

  if (!base_json_get_int (json, "call", 1, MAX_CALLS, &call, error))
    return FALSE;
  *customer = demo_crowd_find (cast->crowd, (guint) call);
  return *customer != NULL ||
         base_json_refuse (json, "call", BASE_ERROR_UNKNOWN, 0, "no such call is going on", error);
}

static gboolean
do_call (const DemoCast *cast, BaseJson *json, GError **error)
{
  const char *id, *to;
  gint64 patience, talk;
  gboolean quiet;
  DemoErrand errand = { 0 };

  if (!base_json_get_string (json, "person", MAX_TEXT, &id, error) ||
      !base_json_opt_string (json, "to", MAX_TEXT, NULL, &to, error) ||
      !base_json_opt_int (json, "patience", 0, DAY_S, 0, &patience, error) ||
      !base_json_opt_int (json, "talk", 0, DAY_S, 0, &talk, error) ||
      !base_json_opt_bool (json, "quiet", FALSE, &quiet, error))
    return FALSE;
  errand.person = demo_people_find (cast->people, id);
  if (errand.person == NULL)
    return base_json_refuse (json, "person", BASE_ERROR_UNKNOWN, 0, "nobody is called so", error);
  errand.to = to;
  errand.patience = (guint) patience;
  errand.talk = (guint) talk;
  errand.quiet = quiet;
  return demo_crowd_call (cast->crowd, &errand, error) != 0;
}

static gboolean
do_say (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoCustomer *customer;
  const char *name;
  DemoLine line;

  if (!get_customer (cast, json, &customer, error) ||
      !base_json_get_string (json, "line", MAX_TEXT, &name, error))
    return FALSE;
  if (!demo_line_from_name (name, &line))
    return base_json_refuse (json, "line", BASE_ERROR_UNKNOWN, 0, "nobody says that", error);
  demo_customer_say (customer, line);
  return TRUE;
}

static gboolean
do_tone (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoCustomer *customer;
  double hz, db;
  gint64 ms;

  if (!get_customer (cast, json, &customer, error) ||
      !base_json_get_double (json, "hz", 50, 7000, &hz, error) ||
      !base_json_get_double (json, "db", -90, 0, &db, error) ||
      !base_json_get_int (json, "ms", 20, 60000, &ms, error))
    return FALSE;
  demo_customer_tone (customer, hz, db, (guint) ms);
  return TRUE;
}

static gboolean
do_digits (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoCustomer *customer;
  const char *digits;

  if (!get_customer (cast, json, &customer, error) ||
      !base_json_get_string (json, "digits", MAX_TEXT, &digits, error))
    return FALSE;
  return demo_customer_dial_digits (customer, digits) ||
         base_json_refuse (json, "digits", BASE_ERROR_RANGE, 0, "the call takes no digits", error);
}

static gboolean
do_hang_up (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoCustomer *customer;

  if (!get_customer (cast, json, &customer, error))
    return FALSE;
  demo_customer_hang_up (customer);
  return TRUE;
}

static gboolean
do_chat (const DemoCast *cast, BaseJson *json, GError **error)
{
  const char *id;
  gint64 patience;
  DemoChatErrand errand = { 0 };

  if (!base_json_get_string (json, "person", MAX_TEXT, &id, error) ||
      !base_json_opt_int (json, "patience", 0, DAY_S, 0, &patience, error) ||
      !base_json_opt_bool (json, "quiet", FALSE, &errand.quiet, error))
    return FALSE;
  errand.person = demo_people_find (cast->people, id);
  errand.patience = (guint) patience;
  return (errand.person != NULL && demo_chats_begin (cast->chats, &errand)) ||
         base_json_refuse (json, "person", BASE_ERROR_UNKNOWN, 0, "nobody writes so", error);
}

static gboolean
get_chat (const DemoCast *cast, BaseJson *json, DemoChat **chat, GError **error)
{
  gint64 number;

  if (!base_json_get_int (json, "chat", 1, MAX_CALLS, &number, error))
    return FALSE;
  *chat = demo_chats_find (cast->chats, (guint) number);
  return *chat != NULL ||
         base_json_refuse (json, "chat", BASE_ERROR_UNKNOWN, 0, "no such chat is going on", error);
}

static gboolean
do_write (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoChat *chat;
  const char *text;

  if (!get_chat (cast, json, &chat, error) ||
      !base_json_get_string (json, "text", MAX_WRITE, &text, error))
    return FALSE;
  demo_chat_write (chat, text);
  return TRUE;
}

static gboolean
do_typing (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoChat *chat;
  gboolean on;

  if (!get_chat (cast, json, &chat, error) || !base_json_get_bool (json, "on", &on, error))
    return FALSE;
  demo_chat_typing (chat, on);
  return TRUE;
}

static gboolean
do_read (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoChat *chat;

  if (!get_chat (cast, json, &chat, error))
    return FALSE;
  demo_chat_read (chat);
  return TRUE;
}

static gboolean
do_end (const DemoCast *cast, BaseJson *json, GError **error)
{
  DemoChat *chat;

  if (!get_chat (cast, json, &chat, error))
    return FALSE;
  demo_chat_end (chat);
  return TRUE;
}

static gboolean
do_sms (const DemoCast *cast, BaseJson *json, GError **error)
{
  const DemoPerson *person;
  const char *id;

  if (!base_json_get_string (json, "person", MAX_TEXT, &id, error))
    return FALSE;
  person = demo_people_find (cast->people, id);
  return (person != NULL && demo_texts_begin (cast->texts, person)) ||
         base_json_refuse (json, "person", BASE_ERROR_UNKNOWN, 0, "nobody writes so", error);
}

static gboolean
do_start (const DemoCast *cast, BaseJson *json, GError **error)
{
  demo_crowd_start (cast->crowd);
  demo_chats_start (cast->chats);
  demo_texts_start (cast->texts);
  return TRUE;
}

gboolean
demo_control_do (const DemoCast *cast, const char *line, GError **error)
{
  static const char *const words[] = { "call", "say",   "tone",   "digits", "hang_up",
                                       "chat", "write", "typing", "read",   "end",
                                       "sms",  "start", NULL };
  static const Command commands[] = {
    do_call,  do_say,    do_tone, do_digits, do_hang_up, do_chat,
    do_write, do_typing, do_read, do_end,    do_sms,     do_start
  };
  g_autoptr (JsonNode) node = base_json_parse (line, strlen (line), NULL, error);
  BaseJson json;
  guint word;

  return node != NULL && base_json_root (&json, node, error) &&
         base_json_get_word (&json, "do", words, &word, error) &&
         commands[word](cast, &json, error);
}
