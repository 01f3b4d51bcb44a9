/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every pair of state and event of a customer's chat does what is written here, and no more; and
 * what is written in answer to an agent: by a word, else in line, each once. */
#include "demo/chat-state.h"
#include "demo/people.h"

#include <string.h>

/* One letter an event, in their order: the next state's first letter, or '-' where refused. */
static const char *const expected[DEMO_N_CHAT_STATES] = {
  [DEMO_CHAT_BEGINNING] = "wt--l-lg", [DEMO_CHAT_WAITING] = "wt--l-lg",
  [DEMO_CHAT_TALKING] = "wtttlllg",   [DEMO_CHAT_LEAVING] = "-------g",
  [DEMO_CHAT_GONE] = "--------",
};

static void
test_every_pair (void)
{
  for (guint state = 0; state < DEMO_N_CHAT_STATES; state++)
    for (guint event = 0; event < DEMO_N_CHAT_EVENTS; event++)
      {
        guint now = state, action = DEMO_CHAT_DO_NOTHING;
        gboolean moved = base_machine_apply (&demo_chat_machine, NULL, &now, event, &action);
        char got = moved ? demo_chat_machine.state_names[now][0] : '-';

        g_assert_cmpint (got, ==, expected[state][event]);
        if (!moved)
          g_assert_cmpuint (now, ==, state);
        if (now == DEMO_CHAT_LEAVING && moved)
          g_assert_cmpuint (action, ==, DEMO_CHAT_DO_END);
        if (now == DEMO_CHAT_GONE && moved)
          g_assert_cmpuint (action, ==, DEMO_CHAT_DO_REPORT);
      }
}

static DemoTalk *
talk_of (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, error);
  BaseJson root;

  return node != NULL && base_json_root (&root, node, error) ? demo_talk_from_json (&root, error)
                                                             : NULL;
}

static void
test_answers (void)
{
  g_autoptr (GError) error = NULL;
  DemoTalk *talk =
      talk_of ("{\"subject\":\"s\",\"first\":[\"a\",\"b\"],\"waiting\":\"w\",\"bye\":"
               "\"z\",\"answers\":[{\"words\":[\"номер\",\"number\"],\"text\":\"1\"},"
               "{\"text\":\"2\"},{\"words\":[\"name\"],\"text\":\"3\"},{\"text\":\"4\"}]}",
               &error);
  guint64 used = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (talk->first[1], ==, "b");
  g_assert_cmpstr (demo_talk_answer (talk, "Hello", &used), ==, "2");
  g_assert_cmpstr (demo_talk_answer (talk, "Кажете НОМЕРА", &used), ==, "1");
  g_assert_cmpstr (demo_talk_answer (talk, "Your number?", &used), ==, "4");
  g_assert_cmpstr (demo_talk_answer (talk, "Your Name?", &used), ==, "3");
  g_assert_null (demo_talk_answer (talk, "Your name?", &used));
  demo_talk_free (talk);
}

static void
test_wrong (void)
{
  static const char *const wrong[] = {
    "{}",
    "{\"subject\":\"s\",\"first\":\"a\",\"waiting\":\"w\",\"bye\":\"z\",\"answers\":[]}",
    "{\"subject\":\"s\",\"first\":[\"a\"],\"waiting\":\"w\",\"bye\":\"z\",\"answers\":[{}]}",
    "{\"subject\":\"s\",\"first\":[\"a\"],\"waiting\":\"w\",\"bye\":\"z\",\"answers\":[3]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (talk_of (wrong[i], &error));
      g_assert_nonnull (error);
    }
}

/* Everybody of the demo writes, in each of the three languages somebody; one after a bot did. */
static void
test_people (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = demo_people_load (g_getenv ("GUICHET_DEMO_DATA"), &error);
  g_autoptr (GHashTable) languages = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) of_bots = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const DemoPerson *person = g_ptr_array_index (people, i);

      g_assert_nonnull (person->talk);
      g_assert_nonnull (person->talk->first[0]);
      g_hash_table_add (languages, person->language);
      if (person->talk->bot != NULL)
        g_hash_table_add (of_bots, person->language);
    }
  g_assert_cmpuint (g_hash_table_size (of_bots), ==, 3);
  g_assert_cmpuint (g_hash_table_size (languages), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/chat/every-pair", test_every_pair);
  g_test_add_func ("/demo/chat/answers", test_answers);
  g_test_add_func ("/demo/chat/wrong", test_wrong);
  g_test_add_func ("/demo/chat/people", test_people);
  return g_test_run ();
}
