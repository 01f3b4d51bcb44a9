/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins the notifications of an interaction, of all parts in it, of its call and of the session
 * into one call back before the next frame. Main thread only.
 */

#include "desktop/desk/watch.h"

enum
{
  SESSION,
  INTERACTION,
  MINE,
  CALL,
  N_WATCHED
};

struct _GuichetWatch
{
  GObject parent_instance;

  GuichetWatchFunc changed;
  gpointer view;
  GObject *objects[N_WATCHED];
  gulong handlers[N_WATCHED];
  gulong changed_handler; /* of the session */
  guint idle_id;
};

G_DEFINE_FINAL_TYPE (GuichetWatch, guichet_watch, G_TYPE_OBJECT)

static void on_notify (GuichetWatch *self);

/* What changed may be the part of another agent. */
static void
on_changed (GuichetWatch *self, GuichetInteraction *interaction)
{
  if (interaction == guichet_watch_get_interaction (self))
    on_notify (self);
}

static void
watch (GuichetWatch *self, guint which, gpointer object)
{
  if (self->objects[which] == object)
    return;
  if (self->objects[which] != NULL)
    g_clear_signal_handler (&self->handlers[which], self->objects[which]);
  g_set_object (&self->objects[which], object);
  if (object != NULL)
    self->handlers[which] =
        g_signal_connect_swapped (object, "notify", G_CALLBACK (on_notify), self);
}

static void
watch_parts (GuichetWatch *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self);

  watch (self, MINE, interaction != NULL ? guichet_interaction_get_mine (interaction) : NULL);
  watch (self, CALL, interaction != NULL ? guichet_interaction_get_call (interaction) : NULL);
}

static gboolean
on_idle (gpointer data)
{
  GuichetWatch *self = data;

  self->idle_id = 0;
  watch_parts (self);
  if (self->changed != NULL)
    self->changed (self->view);
  return G_SOURCE_REMOVE;
}

static void
on_notify (GuichetWatch *self)
{
  /* Before GDK_PRIORITY_REDRAW, so that the frame that follows shows it. */
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

void
guichet_watch_stop (GuichetWatch *self)
{
  self->changed = NULL;
  g_clear_handle_id (&self->idle_id, g_source_remove);
  guichet_watch_set_session (self, NULL);
  for (guint i = 0; i < N_WATCHED; i++)
    watch (self, i, NULL);
}

static void
guichet_watch_dispose (GObject *object)
{
  guichet_watch_stop (GUICHET_WATCH (object));
  G_OBJECT_CLASS (guichet_watch_parent_class)->dispose (object);
}

static void
guichet_watch_class_init (GuichetWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_watch_dispose;
}

static void
guichet_watch_init (GuichetWatch *self)
{
}

GuichetWatch *
guichet_watch_new (GuichetWatchFunc changed, gpointer view)
{
  GuichetWatch *self = g_object_new (GUICHET_TYPE_WATCH, NULL);

  self->changed = changed;
  self->view = view;
  return self;
}

void
guichet_watch_set_session (GuichetWatch *self, GuichetSession *session)
{
  if (self->objects[SESSION] != NULL)
    g_clear_signal_handler (&self->changed_handler, self->objects[SESSION]);
  watch (self, SESSION, session);
  if (session != NULL)
    self->changed_handler =
        g_signal_connect_swapped (session, "interaction-changed", G_CALLBACK (on_changed), self);
}

void
guichet_watch_set_interaction (GuichetWatch *self, GuichetInteraction *interaction)
{
  watch (self, INTERACTION, interaction);
  watch_parts (self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->changed != NULL)
    self->changed (self->view);
}

GuichetSession *
guichet_watch_get_session (GuichetWatch *self)
{
  return self->objects[SESSION] != NULL ? GUICHET_SESSION (self->objects[SESSION]) : NULL;
}

GuichetInteraction *
guichet_watch_get_interaction (GuichetWatch *self)
{
  return self->objects[INTERACTION] != NULL ? GUICHET_INTERACTION (self->objects[INTERACTION])
                                            : NULL;
}
