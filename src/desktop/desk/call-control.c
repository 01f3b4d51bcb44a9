/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands about a call with several people. A key that is pressed twice asks once; what the
 * centre refuses is said in words and heard, since the agent may look elsewhere. Main thread only.
 */

#include "desktop/desk/call-control.h"

#include "desktop/chat/company.h"
#include "desktop/desk/allowed.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* An answer that comes within this is not waited for in words. */
#define SLOW_MS 400

struct _GuichetCallControl
{
  GObject parent_instance;

  GtkWidget *view;     /* not owned; NULL: stopped */
  GuichetWatch *watch; /* not owned */
  GHashTable *asked;   /* what has not been answered, as "i1/hold" */
  guint slow_id;
  gboolean slow;
};

G_DEFINE_FINAL_TYPE (GuichetCallControl, guichet_call_control, G_TYPE_OBJECT)

static guint changed_signal;

/* One command on its way. */
typedef struct
{
  GuichetCallControl *self;
  char *what;
  char *done; /* what is said then; NULL: nothing */
} Asking;

static gboolean
on_slow (gpointer data)
{
  GuichetCallControl *self = data;

  self->slow_id = 0;
  self->slow = TRUE;
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

/* NULL: the same is on its way. Takes done. */
static Asking *
asking_new (GuichetCallControl *self, const char *id, const char *what, char *done)
{
  g_autofree char *key = g_strconcat (id, "/", what, NULL);
  g_autofree char *said = done;
  Asking *asking;

  if (!g_hash_table_add (self->asked, g_strdup (key)))
    return NULL;
  if (self->slow_id == 0 && !self->slow)
    self->slow_id = g_timeout_add (SLOW_MS, on_slow, self);
  asking = g_new (Asking, 1);
  *asking = (Asking){ g_object_ref (self), g_steal_pointer (&key), g_steal_pointer (&said) };
  return asking;
}

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->self);
  g_free (asking->what);
  g_free (asking->done);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
calm_down (GuichetCallControl *self)
{
  if (g_hash_table_size (self->asked) > 0)
    return;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (!self->slow)
    return;
  self->slow = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

static void
on_answer (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  GuichetCallControl *self = asking->self;
  g_autoptr (GError) error = NULL;
  gboolean done = guichet_session_command_finish (GUICHET_SESSION (session), result, &error);

  g_hash_table_remove (self->asked, asking->what);
  calm_down (self);
  if (self->view == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!done)
    {
      g_autofree char *problem = guichet_words_of_error (error);

      gtk_widget_error_bell (self->view);
      guichet_toast (self->view, problem);
    }
  else if (asking->done != NULL)
    guichet_toast (self->view, asking->done);
}

/* --- commands --------------------------------------------------------------------------------- */

static gboolean
is_primary (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return mine == NULL || g_str_equal (guichet_participation_get_role (mine), "primary");
}

gboolean
guichet_call_control_check (GuichetCallControl *self, ModelAction action)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  const char *reason = NULL;

  if (interaction == NULL)
    {
      guichet_toast (self->view, _ ("There is no call."));
      return FALSE;
    }
  if (guichet_allowed (guichet_watch_get_session (self->watch), interaction, action, &reason) ==
      MODEL_ALLOWED)
    return TRUE;
  if (reason != NULL)
    guichet_toast (self->view, reason);
  return FALSE;
}

void
guichet_call_control_part (GuichetCallControl *self, GuichetParticipation *part, const char *what)
{
  Asking *asking = asking_new (self, guichet_participation_get_id (part), what, NULL);

  if (asking != NULL)
    guichet_session_part_async (guichet_watch_get_session (self->watch), part, what, NULL,
                                on_answer, asking);
}

/* The one who is in charge holds the customer, anybody else the own part. */
static void
hold (GuichetCallControl *self, GuichetInteraction *interaction, gboolean resume)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  Asking *asking;

  if (!is_primary (interaction))
    {
      guichet_call_control_part (self, guichet_interaction_get_mine (interaction),
                                 resume ? "resume" : "hold");
      return;
    }
  asking =
      asking_new (self, guichet_interaction_get_id (interaction), resume ? "resume" : "hold", NULL);
  if (asking == NULL)
    return;
  if (resume)
    guichet_session_resume_call_async (session, interaction, NULL, on_answer, asking);
  else
    guichet_session_hold_async (session, interaction, NULL, on_answer, asking);
}

static char *
transferred (const char *name)
{
  /* Translators: %s is an agent, a queue, a team or a skill */
  return g_strdup_printf (_ ("The call was transferred to %s."), name);
}

/* To who is consulted, or is being asked. */
static void
hand_over (GuichetCallControl *self, GuichetInteraction *interaction)
{
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);
  gboolean party = consulted != NULL && guichet_company_is_party (consulted);
  const char *id = party               ? guichet_participation_get_number (consulted)
                   : consulted != NULL ? guichet_participation_get_agent (consulted)
                                       : guichet_interaction_get_consult_agent (interaction);
  const char *name = party               ? id
                     : consulted != NULL ? guichet_participation_get_name (consulted)
                                         : guichet_interaction_get_consult_name (interaction);
  Asking *asking;

  if (*id == '\0')
    return;
  asking =
      asking_new (self, guichet_interaction_get_id (interaction), "transfer", transferred (name));
  if (asking != NULL)
    guichet_session_hand_over_async (guichet_watch_get_session (self->watch), interaction,
                                     party ? "number" : "agent", id, NULL, on_answer, asking);
}

typedef void (*Command) (GuichetSession *session,
                         GuichetInteraction *interaction,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

static void
command (GuichetCallControl *self, GuichetInteraction *interaction, const char *what, Command send)
{
  Asking *asking = asking_new (self, guichet_interaction_get_id (interaction), what, NULL);

  if (asking != NULL)
    send (guichet_watch_get_session (self->watch), interaction, NULL, on_answer, asking);
}

void
guichet_call_control_perform (GuichetCallControl *self, ModelAction action)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  if (!guichet_call_control_check (self, action))
    return;
  if (action == MODEL_ACTION_HOLD || action == MODEL_ACTION_RESUME)
    hold (self, interaction, action == MODEL_ACTION_RESUME);
  else if (action == MODEL_ACTION_TRANSFER)
    hand_over (self, interaction);
  else if (action == MODEL_ACTION_MERGE)
    command (self, interaction, "merge", guichet_session_confer_async);
  else if (action == MODEL_ACTION_END_CONSULT)
    command (self, interaction, "end_consult", guichet_session_end_consult_async);
  else if (action == MODEL_ACTION_PARK)
    command (self, interaction, "park", guichet_session_park_async);
  else if (action == MODEL_ACTION_LEAVE)
    command (self, interaction, "leave", guichet_session_leave_async);
  else if (action == MODEL_ACTION_END)
    command (self, interaction, "end", guichet_session_end_async);
}

void
guichet_call_control_ask (GuichetCallControl *self, ModelAction action, GuichetTarget *target)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  Asking *asking;

  if (!guichet_call_control_check (self, action))
    return;
  asking =
      asking_new (self, guichet_interaction_get_id (interaction), model_action_names[action], NULL);
  if (asking == NULL)
    return;
  if (action == MODEL_ACTION_TRANSFER)
    guichet_session_transfer_async (session, interaction, target, NULL, on_answer, asking);
  else
    guichet_session_consult_async (session, interaction, target, action == MODEL_ACTION_CONFERENCE,
                                   NULL, on_answer, asking);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_call_control_finalize (GObject *object)
{
  GuichetCallControl *self = GUICHET_CALL_CONTROL (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_call_control_parent_class)->finalize (object);
}

static void
guichet_call_control_class_init (GuichetCallControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_call_control_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_call_control_init (GuichetCallControl *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GuichetCallControl *
guichet_call_control_new (GtkWidget *view, GuichetWatch *watch)
{
  GuichetCallControl *self = g_object_new (GUICHET_TYPE_CALL_CONTROL, NULL);

  self->view = view;
  self->watch = watch;
  return self;
}

void
guichet_call_control_stop (GuichetCallControl *self)
{
  self->view = NULL;
  self->watch = NULL;
  g_clear_handle_id (&self->slow_id, g_source_remove);
}

GuichetWatch *
guichet_call_control_get_watch (GuichetCallControl *self)
{
  return self->watch;
}

gboolean
guichet_call_control_is_slow (GuichetCallControl *self)
{
  return self->slow;
}
