/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes an SMS does one thing at a time: waits, thinks about what came, types. */
#include "demo/text.h"

#define LETTER_MS  30
#define TYPE_MIN   1000
#define TYPE_MAX   3000
#define THINK_MS   1600 /* somebody who writes twice gets one answer */
#define PATIENCE_S 240

struct _DemoText
{
  guint id;
  const DemoPerson *person;
  const DemoTextWorld *world;
  gpointer user_data;

  guint64 used; /* answers given */
  char *said;   /* by the agent, not answered yet */
  char *typed;  /* what is typed, or NULL */
  gboolean leaves;
  const char *why; /* it ends */
  guint source;    /* until the next thing is done */
};

static void wait_on (DemoText *self);

static void
tell (DemoText *self, const char *event, const char *key, const char *value)
{
  self->world->told (self, event, key, value, self->user_data);
}

void
demo_text_free (DemoText *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->said);
  g_free (self->typed);
  g_free (self);
}

static gboolean
on_end (gpointer user_data)
{
  DemoText *self = user_data;

  self->source = 0;
  tell (self, "ended", "reason", self->why);
  demo_text_free (self);
  return G_SOURCE_REMOVE;
}

static void
end (DemoText *self, const char *why)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->why = why;
  self->source = g_idle_add (on_end, self);
}

static gboolean
on_typed (gpointer user_data)
{
  DemoText *self = user_data;
  g_autofree char *typed = g_steal_pointer (&self->typed);

  self->source = 0;
  self->world->send (self->person, typed, self->user_data);
  tell (self, "writes", "text", typed);
  if (self->leaves)
    end (self, "said_all");
  else
    wait_on (self);
  return G_SOURCE_REMOVE;
}

static void
type (DemoText *self, const char *text)
{
  guint needed = (guint) g_utf8_strlen (text, -1) * LETTER_MS;

  self->typed = g_strdup (text);
  self->source = g_timeout_add (CLAMP (needed, TYPE_MIN, TYPE_MAX), on_typed, self);
}

static gboolean
on_thought (gpointer user_data)
{
  DemoText *self = user_data;
  g_autofree char *said = g_steal_pointer (&self->said);
  const char *answer = demo_talk_answer (self->person->talk, said, &self->used);

  self->source = 0;
  self->leaves = answer == NULL;
  type (self, answer != NULL ? answer : self->person->talk->bye);
  return G_SOURCE_REMOVE;
}

static gboolean
on_late (gpointer user_data)
{
  DemoText *self = user_data;

  self->source = 0;
  end (self, "silence");
  return G_SOURCE_REMOVE;
}

/* What came while one typed is thought about, or something is to come. */
static void
wait_on (DemoText *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = self->said != NULL ? g_timeout_add (THINK_MS, on_thought, self)
                                    : g_timeout_add_seconds (PATIENCE_S, on_late, self);
}

void
demo_text_said (DemoText *self, const char *said)
{
  g_autofree char *before = g_steal_pointer (&self->said);

  tell (self, "sees", "text", said);
  if (self->why != NULL)
    return;
  self->said = before != NULL ? g_strconcat (before, "\n", said, NULL) : g_strdup (said);
  if (self->typed == NULL)
    wait_on (self);
}

DemoText *
demo_text_new (guint id, const DemoPerson *person, const DemoTextWorld *world, gpointer user_data)
{
  DemoText *self = g_new0 (DemoText, 1);
  g_autofree char *first = g_strjoinv (" ", person->talk->first);

  self->id = id;
  self->person = person;
  self->world = world;
  self->user_data = user_data;
  type (self, first);
  return self;
}

guint
demo_text_get_id (DemoText *self)
{
  return self->id;
}

const DemoPerson *
demo_text_get_person (DemoText *self)
{
  return self->person;
}
