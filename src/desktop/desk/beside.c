/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which chat stands in which column. A chat stays in its column for as long as it is shown, so that
 * nobody writes to a customer who moved. The keyboard is in the current one or in none: what is
 * typed never goes to a chat that is not marked as the current one. Main thread only.
 */

#include "desktop/desk/beside.h"

#include "client/chat.h"
#include "desktop/desk/task-order.h"

#define N GUICHET_WORK_COLUMNS

struct _GuichetBeside
{
  GObject parent_instance;

  GuichetSession *session;
  GuichetWorkLayout *layout; /* not owned */
  GuichetChatView *chats[N]; /* made when they are first seen; of the layout */
  GuichetInteraction *shown[N];
  guint current;
  gboolean calls; /* a call is shown */
  gboolean on;
  gboolean two;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (GuichetBeside, guichet_beside, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ON,
  PROP_TWO,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint chosen_signal;

static guint
other_of (GuichetBeside *self)
{
  return N - 1 - self->current;
}

/* Still in hand. */
static gboolean
is_here (GuichetBeside *self, GuichetInteraction *chat)
{
  return chat != NULL && guichet_session_find_interaction (
                             self->session, guichet_interaction_get_id (chat)) == chat;
}

/* Any other one to write in, the first as the list shows them. */
static GuichetInteraction *
find_other (GuichetBeside *self)
{
  GListModel *all = guichet_session_get_interactions (self->session);
  GuichetInteraction *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (all, i); /* the list holds it */

      if (one != self->shown[self->current] && guichet_interaction_get_messages (one) != NULL &&
          g_str_equal (guichet_interaction_get_phase (one), "active") &&
          (first == NULL || guichet_task_compare (one, first, NULL) < 0))
        first = one;
    }
  return first;
}

static void
on_focus (GtkEventController *focus, GuichetBeside *self)
{
  guint other = other_of (self);

  if (gtk_event_controller_get_widget (focus) == GTK_WIDGET (self->chats[other]) &&
      self->shown[other] != NULL)
    g_signal_emit (self, chosen_signal, 0, self->shown[other]);
}

static void
ensure_column (GuichetBeside *self, guint column)
{
  for (guint i = 0; i <= column; i++)
    {
      GtkEventController *focus;

      if (self->chats[i] != NULL)
        continue;
      focus = gtk_event_controller_focus_new ();
      self->chats[i] = GUICHET_CHAT_VIEW (guichet_chat_view_new (self->session));
      guichet_chat_view_set_narrow (self->chats[i], self->narrow);
      g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus), self, 0);
      gtk_widget_add_controller (GTK_WIDGET (self->chats[i]), focus);
      guichet_work_layout_add_chat (self->layout, GTK_WIDGET (self->chats[i]));
    }
}

/* Which is which matters only while there are two to be seen. */
static void
refresh_marks (GuichetBeside *self)
{
  for (guint i = 0; i < N; i++)
    if (self->chats[i] != NULL)
      guichet_chat_view_set_beside (self->chats[i], guichet_work_layout_get_both (self->layout),
                                    i == self->current);
}

static void
apply (GuichetBeside *self)
{
  guint other = other_of (self);
  gboolean two;

  if (self->calls)
    return;
  if (!self->on || !is_here (self, self->shown[other]) ||
      self->shown[other] == self->shown[self->current])
    g_clear_object (&self->shown[other]);
  if (self->on && self->shown[other] == NULL)
    g_set_object (&self->shown[other], find_other (self));
  two = self->shown[other] != NULL;
  ensure_column (self, two ? N - 1 : self->current);
  for (guint i = 0; i < N; i++)
    if (self->chats[i] != NULL)
      guichet_chat_view_set_interaction (self->chats[i], self->shown[i]);
  guichet_work_layout_show_chat (self->layout, self->current, two);
  refresh_marks (self);
  if (two != self->two)
    {
      self->two = two;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TWO]);
    }
}

static void
show_call (GuichetBeside *self)
{
  self->calls = TRUE;
  for (guint i = 0; i < N; i++)
    if (self->chats[i] != NULL)
      guichet_chat_view_set_interaction (self->chats[i], NULL);
  guichet_work_layout_show_call (self->layout);
  if (!self->two)
    return;
  self->two = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TWO]);
}

void
guichet_beside_show (GuichetBeside *self, GuichetInteraction *chat)
{
  guint other = other_of (self);

  if (chat == NULL)
    {
      show_call (self);
      return;
    }
  self->calls = FALSE;
  /* The one that was shown alone stays; this one comes beside it. */
  if (chat == self->shown[other] ||
      (self->on && chat != self->shown[self->current] &&
       is_here (self, self->shown[self->current]) && !is_here (self, self->shown[other])))
    self->current = other;
  g_set_object (&self->shown[self->current], chat);
  apply (self);
}

void
guichet_beside_add (GuichetBeside *self, GuichetInteraction *chat)
{
  if (chat == self->shown[self->current])
    return;
  g_set_object (&self->shown[other_of (self)], chat);
  g_object_set (self, "on", TRUE, NULL);
  apply (self);
}

gboolean
guichet_beside_shows (GuichetBeside *self, GuichetInteraction *chat)
{
  if (self->calls)
    return FALSE;
  return chat == self->shown[self->current] ||
         (guichet_work_layout_get_both (self->layout) && chat == self->shown[other_of (self)]);
}

GuichetChatView *
guichet_beside_get_current (GuichetBeside *self)
{
  return self->chats[self->current];
}

GtkWidget *
guichet_beside_get_field (GuichetBeside *self)
{
  gboolean last = guichet_work_layout_get_both (self->layout);
  GuichetChatView *chat = self->chats[last ? N - 1 : self->current];

  return chat != NULL ? guichet_chat_view_get_field (chat) : NULL;
}

void
guichet_beside_take_focus (GuichetBeside *self, GtkWidget *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->layout));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GuichetChatView *other = self->chats[other_of (self)];

  if (focus == NULL || (other != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (other))) ||
      (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus) && !gtk_widget_is_ancestor (focus, list)))
    guichet_chat_view_focus (guichet_beside_get_current (self));
}

void
guichet_beside_set_narrow (GuichetBeside *self, gboolean narrow)
{
  self->narrow = narrow;
  for (guint i = 0; i < N; i++)
    if (self->chats[i] != NULL)
      guichet_chat_view_set_narrow (self->chats[i], narrow);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_beside_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GuichetBeside *self = GUICHET_BESIDE (object);

  g_value_set_boolean (value, id == PROP_ON ? self->on : self->two);
}

static void
guichet_beside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GuichetBeside *self = GUICHET_BESIDE (object);

  if (self->on == g_value_get_boolean (value))
    return;
  self->on = g_value_get_boolean (value);
  apply (self);
  g_object_notify_by_pspec (object, props[PROP_ON]);
}

static void
guichet_beside_dispose (GObject *object)
{
  GuichetBeside *self = GUICHET_BESIDE (object);

  for (guint i = 0; i < N; i++)
    g_clear_object (&self->shown[i]);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_beside_parent_class)->dispose (object);
}

static void
guichet_beside_class_init (GuichetBesideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_beside_dispose;
  object_class->get_property = guichet_beside_get_property;
  object_class->set_property = guichet_beside_set_property;
  props[PROP_ON] =
      g_param_spec_boolean ("on", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_TWO] =
      g_param_spec_boolean ("two", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_INTERACTION);
}

static void
guichet_beside_init (GuichetBeside *self)
{
  self->calls = TRUE;
}

GuichetBeside *
guichet_beside_new (GuichetSession *session, GuichetWorkLayout *layout)
{
  GuichetBeside *self = g_object_new (GUICHET_TYPE_BESIDE, NULL);

  self->session = g_object_ref (session);
  self->layout = layout;
  g_signal_connect_object (layout, "notify::both", G_CALLBACK (refresh_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (apply), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (apply), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
