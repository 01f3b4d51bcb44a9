/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's events and the time that passes become events of the state machine; its actions put
 * texts on a queue, from which they are typed as fast as a person types. */
#define G_LOG_DOMAIN "guichet-demo"

#include "demo/chat.h"

#include "base/log.h"
#include "demo/chat-link.h"

#include <string.h>

#define TICK_MS   100
#define LETTER_MS 45
#define TYPE_MIN  1000
#define TYPE_MAX  6000
#define READ_MS   900  /* until what came is read */
#define THINK_MS  1600 /* until typing begins: somebody who writes twice gets one answer */

struct _DemoChat
{
  guint id;
  const DemoPerson *person;
  DemoChatLink *link;
  DemoChatTold on_event;
  gpointer user_data;

  guint state; /* DemoChatState */
  gint64 since;
  guint patience;
  gboolean quiet;
  guint64 used;   /* answers given */
  char *said;     /* by the agent, not answered yet */
  gint64 said_at; /* its last message */
  gint64 last_said, read;
  GQueue texts; /* still to be typed */
  gint64 typing_since;
  gboolean asked; /* whether anybody is there */
  gboolean leaves;
  char *why; /* it has ended */
  guint tick;
  guint ended; /* idle source that reports the end */
};

static void notice (DemoChat *self, DemoChatEvent event);

static void
tell (DemoChat *self, const char *event, const char *key, const char *value)
{
  self->on_event (self, event, key, value, self->user_data);
}

void
demo_chat_free (DemoChat *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->ended, g_source_remove);
  demo_chat_link_free (self->link);
  g_queue_clear_full (&self->texts, g_free);
  g_free (self->said);
  g_free (self->why);
  g_free (self);
}

void
demo_chat_write (DemoChat *self, const char *text)
{
  demo_chat_link_write (self->link, text);
  tell (self, "writes", "text", text);
}

void
demo_chat_typing (DemoChat *self, gboolean on)
{
  demo_chat_link_typing (self->link, on);
}

void
demo_chat_read (DemoChat *self)
{
  if (self->last_said <= self->read)
    return;
  self->read = self->last_said;
  demo_chat_link_read (self->link, self->read);
}

/* --- as time passes ----------------------------------------------------------------------- */

static gint64
ms_since (gint64 at)
{
  return (g_get_monotonic_time () - at) / 1000;
}

static void
type_on (DemoChat *self)
{
  const char *text = g_queue_peek_head (&self->texts);
  gint64 needed;

  if (text == NULL)
    {
      if (self->leaves)
        notice (self, DEMO_CHAT_DONE);
      return;
    }
  if (self->typing_since == 0)
    {
      self->typing_since = g_get_monotonic_time ();
      demo_chat_typing (self, TRUE);
      return;
    }
  needed = CLAMP ((gint64) g_utf8_strlen (text, -1) * LETTER_MS, TYPE_MIN, TYPE_MAX);
  if (ms_since (self->typing_since) < needed)
    return;
  self->typing_since = 0;
  self->since = g_get_monotonic_time ();
  demo_chat_typing (self, FALSE);
  demo_chat_write (self, text);
  g_free (g_queue_pop_head (&self->texts));
}

static void
think (DemoChat *self)
{
  const char *answer;

  if (self->said == NULL || ms_since (self->said_at) < THINK_MS)
    return;
  answer = demo_talk_answer (self->person->talk, self->said, &self->used);
  g_clear_pointer (&self->said, g_free);
  g_queue_push_tail (&self->texts, g_strdup (answer != NULL ? answer : self->person->talk->bye));
  self->leaves = answer == NULL;
}

static void
grow_impatient (DemoChat *self)
{
  gint64 limit = (gint64) self->patience * 1000;
  gint64 waited = ms_since (self->since);

  if (self->patience == 0 || !g_queue_is_empty (&self->texts) || self->said != NULL)
    return;
  if (waited > limit)
    notice (self, DEMO_CHAT_LATE);
  else if (waited > limit / 2 && !self->asked && self->state == DEMO_CHAT_TALKING)
    notice (self, DEMO_CHAT_SILENCE);
}

static gboolean
on_tick (gpointer user_data)
{
  DemoChat *self = user_data;

  if (self->quiet)
    return G_SOURCE_CONTINUE;
  if (ms_since (self->said_at) > READ_MS)
    demo_chat_read (self);
  if (self->state == DEMO_CHAT_WAITING || self->state == DEMO_CHAT_TALKING)
    {
      think (self);
      type_on (self);
    }
  grow_impatient (self);
  return G_SOURCE_CONTINUE;
}

/* From an idle source: the link and its callbacks are done with the chat. */
static gboolean
on_ended (gpointer user_data)
{
  DemoChat *self = user_data;

  self->ended = 0;
  tell (self, "ended", "reason", self->why);
  demo_chat_free (self);
  return G_SOURCE_REMOVE;
}

/* --- what the machine wants --------------------------------------------------------------- */

static void
say_first (DemoChat *self)
{
  for (guint i = 0; !self->quiet && self->person->talk->first[i] != NULL; i++)
    g_queue_push_tail (&self->texts, g_strdup (self->person->talk->first[i]));
}

static void
leave (DemoChat *self)
{
  g_queue_clear_full (&self->texts, g_free);
  tell (self, "ends", NULL, NULL);
  demo_chat_link_end (self->link);
}

static void
act (DemoChat *self, DemoChatDo action)
{
  switch (action)
    {
    case DEMO_CHAT_DO_NOTHING:
      break;
    case DEMO_CHAT_DO_BEGIN:
      tell (self, "waits", NULL, NULL);
      say_first (self);
      break;
    case DEMO_CHAT_DO_MEET:
      break;
    case DEMO_CHAT_DO_ANSWER:
      self->since = g_get_monotonic_time ();
      self->asked = FALSE;
      break;
    case DEMO_CHAT_DO_ASK:
      self->asked = TRUE;
      demo_chat_write (self, self->person->talk->waiting);
      break;
    case DEMO_CHAT_DO_END:
      leave (self);
      break;
    case DEMO_CHAT_DO_REPORT:
      g_clear_handle_id (&self->tick, g_source_remove);
      if (self->ended == 0)
        self->ended = g_idle_add (on_ended, self);
      break;
    }
  if (self->state == DEMO_CHAT_TALKING &&
      (action == DEMO_CHAT_DO_MEET || action == DEMO_CHAT_DO_BEGIN))
    tell (self, "connected", NULL, NULL);
}

static void
notice (DemoChat *self, DemoChatEvent event)
{
  guint before = self->state;
  guint action;

  if (base_machine_find (&demo_chat_machine, self->state, event) == NULL)
    return;
  base_machine_apply (&demo_chat_machine, self->person->id, &self->state, event, &action);
  if (self->state != before)
    self->since = g_get_monotonic_time ();
  act (self, action);
}

/* --- what the page shows ------------------------------------------------------------------ */

static void
end (DemoChat *self, const char *why)
{
  g_free (self->why);
  self->why = g_strdup (why);
  notice (self, DEMO_CHAT_END);
}

static void
on_state (const char *state, const char *detail, gpointer user_data)
{
  DemoChat *self = user_data;

  if (strcmp (state, "waiting") == 0)
    notice (self, DEMO_CHAT_IN_LINE);
  else if (strcmp (state, "talking") == 0)
    notice (self, DEMO_CHAT_SOMEBODY);
  else
    end (self, detail != NULL ? detail : "none");
}

static void
on_said (gint64 number, const char *author, const char *text, gpointer user_data)
{
  DemoChat *self = user_data;
  g_autofree char *before = g_steal_pointer (&self->said);

  self->last_said = number;
  self->said_at = g_get_monotonic_time ();
  tell (self, "sees", "text", text);
  if (strcmp (author, "agent") != 0)
    {
      self->said = g_steal_pointer (&before);
      return;
    }
  if (!self->quiet)
    self->said = before != NULL ? g_strconcat (before, "\n", text, NULL) : g_strdup (text);
  notice (self, DEMO_CHAT_SAID);
}

static void
on_typing (gboolean on, gpointer user_data)
{
  tell (user_data, "typing", "on", on ? "yes" : "no");
}

static void
on_read (gint64 number, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  tell (user_data, "read", "message", text);
}

static void
on_acknowledged (gint64 number, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  tell (user_data, "sent", "message", text);
}

static void
on_broken (const char *why, gpointer user_data)
{
  base_log (BASE_LOG_WARNING, "chat", "broken", "why", why, NULL);
  end (user_data, why);
}

DemoChat *
demo_chat_new (guint id, const DemoChatErrand *errand, DemoChatTold on_event, gpointer user_data)
{
  static const DemoChatEvents events = { on_state, on_said,         on_typing,
                                         on_read,  on_acknowledged, on_broken };
  DemoChat *self = g_new0 (DemoChat, 1);
  DemoChatForm form = { errand->page, errand->person->name, errand->person->language,
                        errand->person->talk->subject, errand->person->talk->bot };

  self->id = id;
  self->person = errand->person;
  self->patience = errand->patience;
  self->quiet = errand->quiet;
  self->on_event = on_event;
  self->user_data = user_data;
  self->since = g_get_monotonic_time ();
  g_queue_init (&self->texts);
  self->link = demo_chat_link_new (&form, &events, self);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  return self;
}

guint
demo_chat_get_id (DemoChat *self)
{
  return self->id;
}

const DemoPerson *
demo_chat_get_person (DemoChat *self)
{
  return self->person;
}

void
demo_chat_end (DemoChat *self)
{
  notice (self, DEMO_CHAT_TOLD);
}
