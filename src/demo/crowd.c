/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps up to some calls going: when there is room, the next customer calls after a random pause.
 * Everybody has a turn before anybody calls again. */
#define G_LOG_DOMAIN "guichet-demo"

#include "demo/crowd.h"

#include <string.h>

#include "base/log.h"

#define FIRST_MS          1500
#define GAP_MS            5000 /* at least, between two calls of the crowd */
#define GAP_VARIES_MS     8000
#define PATIENCE_S        50
#define PATIENCE_VARIES_S 60
#define HURRY_EVERY       6 /* one of so many does not wait long */
#define HURRY_S           12
#define TALK_S            40
#define TALK_VARIES_S     50

struct _DemoCrowd
{
  TelUa *ua;
  GPtrArray *people;
  char *centre;
  char **entries;
  char *record;
  guint at_once;
  DemoCrowdEvent on_event;
  gpointer user_data;

  GHashTable *customers; /* call number → DemoCustomer, which frees itself */
  guint last;            /* call number */
  guint turn;            /* of the people */
  gboolean started;
  guint next; /* timeout */
};

static void plan_next (DemoCrowd *self, guint ms);

static void
on_event (DemoCustomer *customer,
          const char *event,
          const char *key,
          const char *value,
          gpointer data)
{
  DemoCrowd *self = data;

  self->on_event (customer, event, key, value, self->user_data);
  if (strcmp (event, "ended") != 0)
    return;
  g_hash_table_remove (self->customers, GUINT_TO_POINTER (demo_customer_get_id (customer)));
  if (self->started)
    plan_next (self, GAP_MS + (guint) g_random_int_range (0, GAP_VARIES_MS));
}

/* The number that a speaker of @language dials. */
static const char *
entry_for (DemoCrowd *self, const char *language)
{
  const char *any = NULL;
  gsize n = strlen (language);

  for (guint i = 0; self->entries[i] != NULL; i++)
    {
      const char *equals = strchr (self->entries[i], '=');

      if (equals == NULL)
        any = self->entries[i];
      else if ((gsize) (equals - self->entries[i]) == n &&
               strncmp (self->entries[i], language, n) == 0)
        return equals + 1;
      else if (any == NULL)
        any = equals + 1;
    }
  return any ? any : "";
}

guint
demo_crowd_call (DemoCrowd *self, const DemoErrand *errand, GError **error)
{
  DemoErrand whole = *errand;
  guint id = self->last + 1;
  g_autofree char *to = NULL;
  g_autofree char *file = g_strdup_printf ("call-%u-%s.wav", id, errand->person->id);
  g_autofree char *path = self->record ? g_build_filename (self->record, file, NULL) : NULL;
  DemoCustomer *customer;

  to = g_strdup_printf ("sip:%s@%s",
                        errand->to ? errand->to : entry_for (self, errand->person->language),
                        self->centre);
  whole.to = to;
  whole.record = path;
  self->last = id;
  customer = demo_customer_call (self->ua, id, &whole, on_event, self, error);
  if (customer == NULL)
    return 0;
  g_hash_table_insert (self->customers, GUINT_TO_POINTER (id), customer);
  on_event (customer, "dialling", "recording", path, self);
  return id;
}

static const DemoPerson *
next_person (DemoCrowd *self)
{
  return g_ptr_array_index (self->people, self->turn++ % self->people->len);
}

static gboolean
on_next (gpointer user_data)
{
  DemoCrowd *self = user_data;
  g_autoptr (GError) error = NULL;
  DemoErrand errand = {
    .person = next_person (self),
    .patience = PATIENCE_S + (guint) g_random_int_range (0, PATIENCE_VARIES_S),
    .talk = TALK_S + (guint) g_random_int_range (0, TALK_VARIES_S),
  };

  self->next = 0;
  if (g_hash_table_size (self->customers) >= self->at_once)
    return G_SOURCE_REMOVE;
  if (self->turn % HURRY_EVERY == 0)
    errand.patience = HURRY_S;
  if (demo_crowd_call (self, &errand, &error) == 0)
    base_log_failure (BASE_LOG_WARNING, "crowd", "call", error);
  plan_next (self, GAP_MS + (guint) g_random_int_range (0, GAP_VARIES_MS));
  return G_SOURCE_REMOVE;
}

static void
plan_next (DemoCrowd *self, guint ms)
{
  if (self->next == 0)
    self->next = g_timeout_add (ms, on_next, self);
}

void
demo_crowd_start (DemoCrowd *self)
{
  self->started = TRUE;
  self->turn = (guint) g_random_int_range (0, (int) self->people->len);
  plan_next (self, FIRST_MS);
}

DemoCustomer *
demo_crowd_find (DemoCrowd *self, guint call)
{
  return g_hash_table_lookup (self->customers, GUINT_TO_POINTER (call));
}

DemoCrowd *
demo_crowd_new (TelUa *ua,
                GPtrArray *people,
                const DemoCrowdConfig *config,
                DemoCrowdEvent event,
                gpointer user_data)
{
  DemoCrowd *self = g_new0 (DemoCrowd, 1);

  self->ua = ua;
  self->people = g_ptr_array_ref (people);
  self->centre = g_strdup (config->centre);
  self->entries = g_strdupv ((char **) config->entries);
  self->record = g_strdup (config->record);
  self->at_once = config->at_once;
  self->on_event = event;
  self->user_data = user_data;
  self->customers = g_hash_table_new (NULL, NULL);
  return self;
}

void
demo_crowd_free (DemoCrowd *self)
{
  g_clear_handle_id (&self->next, g_source_remove);
  g_hash_table_unref (self->customers);
  g_ptr_array_unref (self->people);
  g_strfreev (self->entries);
  g_free (self->centre);
  g_free (self->record);
  g_free (self);
}
