/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every order in which a conference of five can be left, by the desk or by hanging up: who is in
 * charge after each leaving, who wraps up, what the journal says. */
#include "acd/company.h"

enum
{
  N_AGENTS = 4,
  CUSTOMER = N_AGENTS,
  N_PARTIES,
  N_ORDERS = 120,
  NOBODY = -1
};

static const char *const names[N_AGENTS] = { "ann", "bob", "cid", "dan" };

typedef struct
{
  World *world;
  ModelId call;
  guint by_phone; /* a bit for each agent who hangs up instead of leaving at the desk */
  gboolean here[N_PARTIES];
  char letters[N_AGENTS + 1];
  int lead;       /* in charge, or NOBODY once the customer was left by who led */
  GString *story; /* what the journal has to say of the last leaving */
} Leaving;

/* The nth order of five. */
static void
order_of (guint n, int order[N_PARTIES])
{
  int left[N_PARTIES] = { 0, 1, 2, 3, CUSTOMER };

  for (guint i = 0, size = N_ORDERS; i < N_PARTIES; i++)
    {
      guint at;
      size /= N_PARTIES - i;
      at = n / size;
      n %= size;
      order[i] = left[at];
      for (guint j = at; j + 1 < N_PARTIES - i; j++)
        left[j] = left[j + 1];
    }
}

static char *
told (const World *w)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < w->events->len; i++)
    {
      const ModelEvent *event = w->events->pdata[i];
      if (event->type == MODEL_EVENT_PARTICIPATION_LEFT)
        g_string_append_printf (text, "%s/%s ", event->agent, event->reason);
      else if (event->type == MODEL_EVENT_PARTICIPATION_ROLE_CHANGED)
        g_string_append_printf (text, "%s=%d ", event->agent, (int) event->part);
      else if (event->type == MODEL_EVENT_INTERACTION_CUSTOMER_LEFT)
        g_string_append (text, "customer ");
      else if (event->type == MODEL_EVENT_INTERACTION_CLOSED)
        g_string_append (text, "closed ");
    }
  return g_string_free (text, FALSE);
}

/* The agent who has been in it longest, of those who are. */
static int
longest (const Leaving *self)
{
  for (int i = 0; i < N_AGENTS; i++)
    if (self->here[i])
      return i;
  return NOBODY;
}

static void
is_out (Leaving *self, int who, const char *reason)
{
  self->here[who] = FALSE;
  self->letters[who] = who == self->lead ? 'w' : '-';
  g_string_append_printf (self->story, "%s/%s ", names[who], reason);
}

/* One who is left alone is out of it, too. */
static void
nobody_stays_alone (Leaving *self, const char *reason)
{
  int last = longest (self);
  guint n = 0;

  for (guint i = 0; i < N_PARTIES; i++)
    n += self->here[i] ? 1 : 0;
  if (n == 1 && last != NOBODY)
    is_out (self, last, reason);
}

static void
customer_goes (Leaving *self)
{
  world_must (self->world, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = self->call,
                               .reason = "customer_left"));
  self->here[CUSTOMER] = FALSE;
  g_string_append (self->story, "customer ");
  nobody_stays_alone (self, "customer_left");
}

/* The last agent cannot leave the customer, only end the call. */
static void
last_agent_goes (Leaving *self, int who, gboolean by_phone)
{
  World *w = self->world;

  if (by_phone)
    world_must (w, WORK (STATION_HUNG_UP, names[who], self->call));
  else
    {
      NO (WORK (LEAVE, names[who], self->call), "last_agent");
      world_must (w, WORK (END, names[who], self->call));
    }
  self->here[CUSTOMER] = FALSE;
  g_string_append (self->story, "customer ");
  is_out (self, who, by_phone ? "station_hung_up" : "agent_ended");
}

static void
agent_goes (Leaving *self, int who)
{
  gboolean by_phone = (self->by_phone >> who & 1) != 0, in_charge = who == self->lead;
  int heir;

  self->here[who] = FALSE;
  heir = longest (self);
  self->here[who] = TRUE;
  if (heir == NOBODY && self->here[CUSTOMER])
    {
      last_agent_goes (self, who, by_phone);
      return;
    }
  world_must (self->world, by_phone ? WORK (STATION_HUNG_UP, names[who], self->call)
                                    : WORK (LEAVE, names[who], self->call));
  is_out (self, who, by_phone ? "station_hung_up" : "agent_left");
  if (in_charge && self->here[CUSTOMER])
    {
      self->lead = heir;
      self->letters[heir] = 'P';
      g_string_append_printf (self->story, "%s=%d ", names[heir], (int) MODEL_PART_PRIMARY);
    }
  nobody_stays_alone (self, "agent_left");
}

static void
check (Leaving *self)
{
  g_autofree char *is = told (self->world);

  g_assert_cmpstr (is, ==, self->story->str);
  g_string_truncate (self->story, 0);
  company_stands (self->world, self->call, self->letters);
  for (guint i = 0; i < N_AGENTS; i++)
    {
      AcdAgentView agent = world_agent (self->world, names[i]);
      g_assert_cmpint (agent.state, ==, MODEL_AGENT_AVAILABLE);
      g_assert_cmpint (agent.n_active, ==, self->here[i] ? 1 : 0);
      g_assert_cmpint (agent.n_wrap_ups, ==, self->letters[i] == 'w' ? 1 : 0);
    }
}

/* Whoever led wraps up; with the last of them the call is closed. */
static void
wrap_up (Leaving *self)
{
  AcdInteractionView view;
  guint closed = 0;

  for (guint i = 0; i < N_AGENTS; i++)
    if (self->letters[i] == 'w')
      {
        g_assert_true (acd_core_interaction_view (self->world->core, self->call, &view));
        world_must (self->world, WORK (WRAP_UP_SUBMIT, names[i], self->call));
        closed += world_count (self->world, MODEL_EVENT_INTERACTION_CLOSED);
      }
  g_assert_cmpuint (closed, ==, 1);
  g_assert_false (acd_core_interaction_view (self->world->core, self->call, &view));
}

static void
leave_all (const int order[N_PARTIES], guint by_phone)
{
  Leaving self = {
    .by_phone = by_phone, .here = { TRUE, TRUE, TRUE, TRUE, TRUE }, .letters = "PJJJ", .lead = 0
  };
  g_autoptr (GString) story = g_string_new (NULL);
  g_autoptr (World) w = company_new (&self.call);

  self.world = w;
  self.story = story;
  for (guint i = 1; i < N_AGENTS; i++)
    company_confer (w, self.call, names[i]);
  company_stands (w, self.call, self.letters);
  for (guint i = 0; i < N_PARTIES; i++)
    {
      if (!self.here[order[i]])
        continue;
      if (order[i] == CUSTOMER)
        customer_goes (&self);
      else
        agent_goes (&self, order[i]);
      check (&self);
    }
  wrap_up (&self);
}

static void
test_every_order (void)
{
  int order[N_PARTIES];

  for (guint n = 0; n < N_ORDERS; n++)
    for (guint by_phone = 0; by_phone < 1U << N_AGENTS; by_phone++)
      {
        order_of (n, order);
        leave_all (order, by_phone);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/orders/every", test_every_order);
  return g_test_run ();
}
