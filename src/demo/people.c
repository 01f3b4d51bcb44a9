/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads customers.json through the guarded getters; speech is read when it is wanted. */
#include "demo/people.h"

#include "base/json.h"
#include "demo/hearing.h"
#include "demo/wav.h"

#define MAX_PEOPLE 100
#define MAX_TEXT   200

static const char *const lines[] = { "greeting", "matter", "more1", "more2",
                                     "more3",    "keys",   "back",  "bye" };

G_STATIC_ASSERT (G_N_ELEMENTS (lines) == DEMO_N_LINES);

const char *
demo_line_name (DemoLine line)
{
  return lines[line];
}

gboolean
demo_line_from_name (const char *name, DemoLine *line)
{
  for (guint i = 0; i < DEMO_N_LINES; i++)
    if (g_strcmp0 (name, lines[i]) == 0)
      {
        *line = i;
        return TRUE;
      }
  return FALSE;
}

static void
person_free (gpointer data)
{
  DemoPerson *person = data;

  g_free (person->id);
  g_free (person->name);
  g_free (person->number);
  g_free (person->language);
  g_strfreev (person->headers);
  g_free (person->folder);
  demo_talk_free (person->talk);
  g_free (person);
}

/* The members of "headers" as "Name: value". */
static char **
headers_from_json (const BaseJson *json, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;
  BaseJson headers;

  if (!base_json_opt_object (json, "headers", &headers, error))
    return NULL;
  names = headers.object ? json_object_get_members (headers.object) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *header = NULL;
      const char *value;

      if (!base_json_get_string (&headers, l->data, MAX_TEXT, &value, error))
        return NULL;
      header = g_strdup_printf ("%s: %s", (const char *) l->data, value);
      g_strv_builder_add (builder, header);
    }
  return g_strv_builder_end (builder);
}

/* FALSE: there is one, and it is wrong. */
static gboolean
talk_from_json (const BaseJson *json, DemoTalk **talk, GError **error)
{
  BaseJson chat;

  *talk = NULL;
  if (!base_json_opt_object (json, "chat", &chat, error))
    return FALSE;
  return chat.object == NULL || (*talk = demo_talk_from_json (&chat, error)) != NULL;
}

static DemoPerson *
person_from_json (const BaseJson *json, const char *folder, GError **error)
{
  const char *id, *name, *number, *language;
  g_auto (GStrv) headers = NULL;
  DemoTalk *talk;
  DemoPerson *person;

  if (!base_json_get_string (json, "id", MAX_TEXT, &id, error) ||
      !base_json_get_string (json, "name", MAX_TEXT, &name, error) ||
      !base_json_get_string (json, "number", MAX_TEXT, &number, error) ||
      !base_json_get_string (json, "language", MAX_TEXT, &language, error) ||
      (headers = headers_from_json (json, error)) == NULL || !talk_from_json (json, &talk, error))
    return NULL;
  person = g_new0 (DemoPerson, 1);
  person->id = g_strdup (id);
  person->name = g_strdup (name);
  person->number = g_strdup (number);
  person->language = g_strdup (language);
  person->headers = g_steal_pointer (&headers);
  person->talk = talk;
  person->folder = g_strdup (folder);
  return person;
}

GPtrArray *
demo_people_load (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "customers.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);
  g_autoptr (JsonNode) node = NULL;
  BaseJson root, array, item;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  node = base_json_parse (text, length, NULL, error);
  if (node == NULL || !base_json_root (&root, node, error) ||
      !base_json_get_array (&root, "customers", MAX_PEOPLE, &array, error))
    return NULL;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      DemoPerson *person;

      if (!base_json_item_object (&array, i, &item, error) ||
          (person = person_from_json (&item, folder, error)) == NULL)
        return NULL;
      g_ptr_array_add (people, person);
    }
  if (people->len == 0)
    {
      base_json_refuse (&root, "customers", BASE_ERROR_MISSING, 0, "nobody is there", error);
      return NULL;
    }
  return g_steal_pointer (&people);
}

const DemoPerson *
demo_people_find (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    {
      const DemoPerson *person = g_ptr_array_index (people, i);

      if (g_strcmp0 (person->id, id) == 0)
        return person;
    }
  return NULL;
}

GBytes *
demo_person_speech (const DemoPerson *person, DemoLine line, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.wav", person->id, lines[line]);
  g_autofree char *path = g_build_filename (person->folder, file, NULL);

  return demo_wav_read (path, DEMO_HEARING_RATE, error);
}
