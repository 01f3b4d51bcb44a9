/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps up to some chats going: when there is room, the next customer writes after a random pause.
 * Everybody has a turn before anybody writes again. */
#include "demo/chats.h"

#include <string.h>

#define FIRST_MS          12000 /* a call comes before */
#define GAP_MS            15000 /* at least, between two chats of the crowd */
#define GAP_VARIES_MS     20000
#define PATIENCE_S        120
#define PATIENCE_VARIES_S 120

struct _DemoChats
{
  GPtrArray *people;
  char *page;
  guint at_once;
  DemoChatTold on_event;
  gpointer user_data;

  GHashTable *chats; /* number → DemoChat, which frees itself */
  guint last;        /* number of a chat */
  guint turn;        /* of the people */
  gboolean started;
  guint next; /* timeout */
};

static void plan_next (DemoChats *self, guint ms);

static void
plan_after_pause (DemoChats *self)
{
  plan_next (self, GAP_MS + (guint) g_random_int_range (0, GAP_VARIES_MS));
}

static void
on_event (DemoChat *chat, const char *event, const char *key, const char *value, gpointer data)
{
  DemoChats *self = data;

  self->on_event (chat, event, key, value, self->user_data);
  if (strcmp (event, "ended") != 0)
    return;
  g_hash_table_remove (self->chats, GUINT_TO_POINTER (demo_chat_get_id (chat)));
  if (self->started)
    plan_after_pause (self);
}

gboolean
demo_chats_begin (DemoChats *self, const DemoChatErrand *errand)
{
  DemoChatErrand whole = *errand;
  DemoChat *chat;

  if (self->page == NULL || errand->person->talk == NULL)
    return FALSE;
  whole.page = self->page;
  chat = demo_chat_new (++self->last, &whole, on_event, self);
  g_hash_table_insert (self->chats, GUINT_TO_POINTER (self->last), chat);
  on_event (chat, "begins", NULL, NULL, self);
  return TRUE;
}

/* NULL: nobody has anything to write. */
static const DemoPerson *
next_person (DemoChats *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const DemoPerson *person = g_ptr_array_index (self->people, self->turn++ % self->people->len);

      if (person->talk != NULL)
        return person;
    }
  return NULL;
}

static gboolean
on_next (gpointer user_data)
{
  DemoChats *self = user_data;
  DemoChatErrand errand = {
    .person = next_person (self),
    .patience = PATIENCE_S + (guint) g_random_int_range (0, PATIENCE_VARIES_S),
  };

  self->next = 0;
  if (errand.person == NULL || g_hash_table_size (self->chats) >= self->at_once ||
      !demo_chats_begin (self, &errand))
    return G_SOURCE_REMOVE;
  plan_after_pause (self);
  return G_SOURCE_REMOVE;
}

static void
plan_next (DemoChats *self, guint ms)
{
  if (self->next == 0)
    self->next = g_timeout_add (ms, on_next, self);
}

void
demo_chats_start (DemoChats *self)
{
  if (self->page == NULL)
    return;
  self->started = TRUE;
  self->turn = (guint) g_random_int_range (0, (int) self->people->len);
  plan_next (self, FIRST_MS);
}

DemoChat *
demo_chats_find (DemoChats *self, guint chat)
{
  return g_hash_table_lookup (self->chats, GUINT_TO_POINTER (chat));
}

guint
demo_chats_count (DemoChats *self)
{
  return g_hash_table_size (self->chats);
}

gboolean
demo_chats_has (DemoChats *self, const DemoPerson *person)
{
  GHashTableIter iter;
  gpointer chat;

  g_hash_table_iter_init (&iter, self->chats);
  while (g_hash_table_iter_next (&iter, NULL, &chat))
    if (demo_chat_get_person (chat) == person)
      return TRUE;
  return FALSE;
}

DemoChats *
demo_chats_new (GPtrArray *people,
                const char *page,
                guint at_once,
                DemoChatTold event,
                gpointer user_data)
{
  DemoChats *self = g_new0 (DemoChats, 1);

  self->people = g_ptr_array_ref (people);
  self->page = g_strdup (page);
  self->at_once = at_once;
  self->on_event = event;
  self->user_data = user_data;
  self->chats = g_hash_table_new (NULL, NULL);
  return self;
}

void
demo_chats_free (DemoChats *self)
{
  GHashTableIter iter;
  gpointer chat;

  g_clear_handle_id (&self->next, g_source_remove);
  g_hash_table_iter_init (&iter, self->chats);
  while (g_hash_table_iter_next (&iter, NULL, &chat))
    demo_chat_free (chat);
  g_hash_table_unref (self->chats);
  g_ptr_array_unref (self->people);
  g_free (self->page);
  g_free (self);
}
