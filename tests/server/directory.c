/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory's index: who is found by what, and in which order. */
#include "server/centre/directory-index.h"

static const char centre[] =
    "{\"settings\":{},"
    "\"skills\":[{\"id\":\"french\",\"names\":{\"en\":\"French\",\"fr\":\"Français\",\"bg\":"
    "\"Френски\"}}],"
    "\"teams\":[{\"id\":\"counter\",\"names\":{\"en\":\"Counter\",\"bg\":\"Гише\"}}],"
    "\"queues\":[{\"id\":\"billing\",\"names\":{\"en\":\"Billing\",\"fr\":\"Facturation\"},"
    "\"channel\":\"voice\"}],"
    "\"entry_points\":[{\"id\":\"line\",\"names\":{\"en\":\"Shop\"},\"channel\":\"voice\","
    "\"addresses\":[\"+35929811000\"],\"queue\":\"billing\"}],"
    "\"speed_dials\":[{\"id\":\"taxi\",\"names\":{\"en\":\"Taxi\",\"bg\":\"Такси\"},\"number\":\"+"
    "359 2 91 119\"}],"
    "\"agents\":[{\"id\":\"marie\",\"name\":\"Marie Élise Durand\",\"number\":\"201\"},"
    "{\"id\":\"tsvetan\",\"name\":\"Цветан Първанов\"},"
    "{\"id\":\"durand\",\"name\":\"Durand\"},"
    "{\"id\":\"dimitar\",\"name\":\"Dimitur Marinov\"}],"
    "\"contacts\":[{\"id\":\"lab\",\"name\":\"Жорж Лабат\",\"organisation\":\"Лаборатория Щастие\","
    "\"numbers\":[\"+33 1 45 67 89 00\",\"+33 6 12 34 56 78\"]},"
    "{\"id\":\"amar\",\"name\":\"Kamar Amarin\",\"numbers\":[\"0888 123 456\"]}]}";

static DirectoryIndex *
index_new (void)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (centre, &error);
  g_autoptr (ModelDefinitions) definitions = NULL;

  g_assert_no_error (error);
  definitions = model_definitions_from_json (json_node_get_object (node), problems);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s: %s", ((ModelProblem *) problems->pdata[i])->path,
                    ((ModelProblem *) problems->pdata[i])->message);
  g_assert_nonnull (definitions);
  return directory_index_new (definitions);
}

/* The ids that are found, in their order. */
static char *
found (const DirectoryIndex *self, const DirectoryQuestion *question)
{
  g_autoptr (GArray) places = directory_index_find (self, question);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (ids, i > 0 ? " %s" : "%s",
                            directory_index_entry (self, g_array_index (places, guint, i))->id);
  return g_strdup (ids->str);
}

static void
test_find (void)
{
  static const struct
  {
    const char *text, *ids;
  } cases[] = {
    { "", "dimitar durand marie tsvetan billing counter french line taxi amar lab" },
    { "durand", "durand marie" },    /* called so, then a word */
    { "mar", "marie dimitar amar" }, /* begins so, a word does, inside */
    { "elise", "marie" },            /* accents folded */
    { "ÉLISE", "marie" },
    { "dur el", "marie" }, /* words in any order */
    { "Цвет", "tsvetan" },
    { "tsv", "tsvetan" },
    { "cveta", "tsvetan" },
    { "tzvetan par", "tsvetan" },
    { "purvan", "tsvetan" },
    { "pyrvanov", "tsvetan" },
    { "Димитър", "dimitar" }, /* Cyrillic finds Latin, ъ however it was spelt */
    { "Марие", "marie" },
    { "gishe", "counter" },
    { "francais", "french" }, /* in every language of the centre */
    { "frenski", "french" },
    { "jorj", "lab" },
    { "zhor", "lab" },
    { "shtast", "lab" }, /* the organisation */
    { "6tastie", "lab" },
    { "anov", "tsvetan" }, /* any part */
    { "201", "marie" },
    { "+33 6 12", "lab" },
    { "0145 67", "lab" },
    { "0033145678900", "lab" },
    { "8900", "lab" }, /* the last digits */
    { "0888-123-456", "amar" },
    { "888123", "amar" },
    { "981 10", "line" },
    { "91119", "taxi" },
    { "такси", "taxi" },
    { "nobody", "" },
    { "!", "" },
  };
  g_autoptr (DirectoryIndex) self = index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DirectoryQuestion question = { .text = cases[i].text };
      g_autofree char *ids = found (self, &question);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

static gboolean
is_not_marie (const DirectoryEntry *entry, gpointer user_data)
{
  return !g_str_equal (entry->id, "marie");
}

static void
test_first_and_hidden (void)
{
  g_autoptr (DirectoryIndex) self = index_new ();
  g_autoptr (GArray) favourites = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) recent = g_array_new (FALSE, FALSE, sizeof (guint));
  DirectoryQuestion question = { .text = "mar", .favourites = favourites, .recent = recent };
  g_autofree char *marked = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *of_kind = NULL;
  guint place;

  g_assert_true (directory_index_place (self, DIRECTORY_CONTACT, "amar", &place));
  g_array_append_val (favourites, place);
  g_assert_true (directory_index_place (self, DIRECTORY_AGENT, "dimitar", &place));
  g_array_append_val (recent, place);
  g_assert_false (directory_index_place (self, DIRECTORY_TEAM, "dimitar", &place));
  marked = found (self, &question);
  g_assert_cmpstr (marked, ==, "amar dimitar marie");
  question.visible = is_not_marie;
  hidden = found (self, &question);
  g_assert_cmpstr (hidden, ==, "amar dimitar");
  question.kinds = 1 << DIRECTORY_CONTACT;
  of_kind = found (self, &question);
  g_assert_cmpstr (of_kind, ==, "amar");
}

static void
test_of_others (void)
{
  g_assert_true (directory_text_fits ("mar", "Мария", "201"));
  g_assert_true (directory_text_fits ("", "Мария", "201"));
  g_assert_true (directory_text_fits ("45 67", "Lab", "+33 1 45 67 89 00"));
  g_assert_false (directory_text_fits ("zoe", "Мария", "201"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/find", test_find);
  g_test_add_func ("/directory/first-and-hidden", test_first_and_hidden);
  g_test_add_func ("/directory/of-others", test_of_others);
  return g_test_run ();
}
