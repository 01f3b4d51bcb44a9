/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done about an agent, as a menu that is made when it is opened: calls to listen to,
 * wrap-ups to end, states, queues, a message, signing out. What may be done says the table that the
 * centre goes by. Main thread only.
 */

#include "desktop/supervision/agent-menu.h"

#include "client/channel-state.h"
#include "client/supervise.h"
#include "desktop/supervision/agent-record.h"
#include "desktop/text/format.h"
#include "desktop/text/words.h"
#include "desktop/widgets/util.h"
#include "model/permissions.h"

#include <glib/gi18n.h>

#define CALL     "supervise.call"     /* (participation, mode) */
#define WRAP_UP  "supervise.wrap-up"  /* participation */
#define CLOSE    "supervise.close"    /* participation */
#define STATE    "supervise.state"    /* (agent, channel, state, reason) */
#define QUEUE    "supervise.queue"    /* (agent, queue, state, reason) */
#define SIGN_OUT "supervise.sign-out" /* (agent, now) */
#define NOT_NOW  "supervise.not-now"  /* there is none, so that its items are greyed */

static GuichetSession *(*session_of_widget) (GtkWidget *);

/* --- what may be done ------------------------------------------------------------------------- */

static gboolean
has_call (GuichetSession *session)
{
  GListModel *offers = guichet_session_get_offers (session);
  GListModel *all = guichet_session_get_interactions (session);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);

      if (g_str_equal (guichet_offer_get_channel (offer), "voice"))
        return TRUE;
    }
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (all, i);

      if (g_str_equal (guichet_interaction_get_channel (one), "voice") &&
          !g_str_equal (guichet_interaction_get_phase (one), "wrap_up"))
        return TRUE;
    }
  return FALSE;
}

static ModelPermission
may (GuichetSession *session,
     GuichetLiveAgent *agent,
     GuichetLiveWork *work,
     ModelSuperviseAction action)
{
  const char *state = work != NULL ? guichet_live_work_get_state (work) : "";
  ModelSuperviseCase situation = {
    .role = guichet_session_is_supervisor (session) ? MODEL_ROLE_SUPERVISOR : MODEL_ROLE_AGENT,
    .leads = TRUE, /* the centre names nobody else */
    .signed_in = !g_str_equal (guichet_live_agent_get_state (agent), "offline"),
    .work = g_str_equal (state, "wrap_up")  ? MODEL_WORK_WRAP_UP
            : g_str_equal (state, "held")   ? MODEL_WORK_HELD
            : g_str_equal (state, "active") ? MODEL_WORK_CONNECTED
                                            : MODEL_WORK_CLOSED,
    .station_ready = guichet_session_get_station_ready (session),
    .busy = has_call (session),
    .customer_gone = work != NULL && guichet_live_work_get_customer_gone (work),
    .full = work != NULL && guichet_live_work_get_full (work),
  };

  if (work == NULL || !g_str_equal (guichet_live_work_get_channel (work), "voice"))
    situation.channel = MODEL_CHANNEL_WEBCHAT;
  if (work != NULL && g_str_equal (guichet_live_work_get_role (work), "supervising"))
    situation.work = MODEL_WORK_CLOSED;
  return model_permission_to_supervise (action, &situation);
}

/* --- the menu --------------------------------------------------------------------------------- */

static void
add (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* A way to be in a call; where it is not possible now, why. */
static void
add_mode (GMenu *menu,
          const char *label,
          ModelPermission permission,
          GuichetLiveWork *work,
          const char *mode)
{
  g_autofree char *why = NULL;
  g_autofree char *both = NULL;

  if (permission.verdict == MODEL_ALLOWED)
    add (menu, label, CALL, g_variant_new ("(ss)", guichet_live_work_get_id (work), mode));
  if (permission.verdict != MODEL_GREYED)
    return;
  why = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, model_code (permission.reason));
  both = g_strdup_printf (_ ("%s: %s"), label, why);
  g_menu_append (menu, both, NOT_NOW);
}

static void
add_call (GMenu *menu, GuichetSession *session, GuichetLiveAgent *agent, GuichetLiveWork *work)
{
  ModelPermission listen = may (session, agent, work, MODEL_SUPERVISE_MONITOR);
  ModelPermission join = may (session, agent, work, MODEL_SUPERVISE_JOIN);

  add_mode (menu, _ ("Listen in"), listen, work, "listen");
  if (listen.verdict != MODEL_ALLOWED)
    return;
  add_mode (menu, _ ("Whisper to the agent"), listen, work, "whisper");
  add_mode (menu, _ ("Join the call"), join, work, "barge");
  if (g_str_equal (guichet_live_work_get_role (work), "primary"))
    add_mode (menu, _ ("Take the call over"), join, work, "take_over");
}

/* Whatever the agent leads or wraps up; which it is stands in the second step. */
static void
add_close (GMenu *menu, GuichetSession *session, GuichetLiveAgent *agent)
{
  GListModel *all = guichet_live_agent_get_work (agent);
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (GMenu) each = g_menu_new ();

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetLiveWork) work = g_list_model_get_item (all, i);
      g_autofree char *since = guichet_format_instant (guichet_live_work_get_since (work), now);
      g_autofree char *sure =
          /* Translators: the second step of closing by force: a channel, as "Web chat", and a time
           */
          g_strdup_printf (_ ("Yes, close it: %1$s, since %2$s"),
                           guichet_words_channel (guichet_live_work_get_channel (work)), since);

      if (!g_str_equal (guichet_live_work_get_state (work), "offered") &&
          !g_str_equal (guichet_live_work_get_channel (work), "im") &&
          g_str_equal (guichet_live_work_get_role (work), "primary") &&
          may (session, agent, work, MODEL_SUPERVISE_CLOSE).verdict == MODEL_ALLOWED)
        add (each, sure, CLOSE, g_variant_new_string (guichet_live_work_get_id (work)));
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (each)) > 0)
    g_menu_append_submenu (menu, _ ("Close by force"), G_MENU_MODEL (each));
}

static GMenuModel *
work_section (GuichetSession *session, GuichetLiveAgent *agent)
{
  GListModel *all = guichet_live_agent_get_work (agent);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetLiveWork) work = g_list_model_get_item (all, i);

      add_call (menu, session, agent, work);
      if (may (session, agent, work, MODEL_SUPERVISE_RECORD).verdict == MODEL_ALLOWED)
        guichet_agent_record_add (menu, work);
      if (may (session, agent, work, MODEL_SUPERVISE_WRAP_UP).verdict == MODEL_ALLOWED)
        add (menu, _ ("End the wrap-up"), WRAP_UP,
             g_variant_new_string (guichet_live_work_get_id (work)));
    }
  add_close (menu, session, agent);
  return G_MENU_MODEL (menu);
}

/* Reasons of this kind, each with what it stands for. */
static void
add_reasons (GMenu *menu,
             GuichetSession *session,
             const char *kind,
             const char *action,
             GVariant *(*target) (GuichetLiveAgent *, const char *, const char *),
             GuichetLiveAgent *agent,
             const char *queue)
{
  GListModel *reasons = guichet_session_get_reasons (session);

  for (guint i = 0; i < g_list_model_get_n_items (reasons); i++)
    {
      g_autoptr (GuichetDefinition) reason = g_list_model_get_item (reasons, i);

      if (g_str_equal (guichet_definition_get_kind (reason), kind))
        add (menu, guichet_definition_get_name (reason), action,
             target (agent, queue, guichet_definition_get_id (reason)));
    }
}

static GVariant *
idle_target (GuichetLiveAgent *agent, const char *channel, const char *reason)
{
  return g_variant_new ("(ssss)", guichet_live_agent_get_id (agent), channel, "idle", reason);
}

static GVariant *
pause_target (GuichetLiveAgent *agent, const char *queue, const char *reason)
{
  return g_variant_new ("(ssss)", guichet_live_agent_get_id (agent), queue, "paused", reason);
}

/* The states of this channel, "": of all. No two menus inside a menu may have one name, so that the
 * reasons of a channel stand in its own. */
static void
add_states (GMenu *menu, GuichetSession *session, GuichetLiveAgent *agent, const char *channel)
{
  g_autoptr (GMenu) idle = g_menu_new ();

  add (menu, _ ("Make available"), STATE,
       g_variant_new ("(ssss)", guichet_live_agent_get_id (agent), channel, "available", ""));
  add_reasons (idle, session, "idle", STATE, idle_target, agent, channel);
  if (*channel == '\0')
    g_menu_append_submenu (menu, _ ("Make idle"), G_MENU_MODEL (idle));
  else
    g_menu_append_section (menu, _ ("Make idle"), G_MENU_MODEL (idle));
}

/* One by one; of a single channel there is nothing to choose. */
static void
add_channels (GMenu *menu, GuichetSession *session, GuichetLiveAgent *agent)
{
  GListModel *channels = guichet_live_agent_get_channels (agent);
  guint n = channels != NULL ? g_list_model_get_n_items (channels) : 0;
  g_autoptr (GMenu) each = g_menu_new ();

  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);
      g_autoptr (GMenu) inside = g_menu_new ();
      const char *channel = guichet_channel_state_get_channel (one);
      gboolean ready = guichet_channel_state_get_ready (one);
      g_autofree char *name = g_strdup_printf (_ ("%s: %s"), guichet_words_channel (channel),
                                               guichet_words_state (ready ? "available" : "idle"));

      add_states (inside, session, agent, channel);
      g_menu_append_submenu (each, name, G_MENU_MODEL (inside));
    }
  g_menu_append_submenu (menu, _ ("One channel"), G_MENU_MODEL (each));
}

static GMenuModel *
state_section (GuichetSession *session, GuichetLiveAgent *agent)
{
  GMenu *menu = g_menu_new ();

  if (may (session, agent, NULL, MODEL_SUPERVISE_STATE).verdict != MODEL_ALLOWED)
    return G_MENU_MODEL (menu);
  add_states (menu, session, agent, "");
  add_channels (menu, session, agent);
  return G_MENU_MODEL (menu);
}

/* Of one who is signed out, too. */
static GMenuModel *
forward_section (GuichetSession *session, GuichetLiveAgent *agent)
{
  const char *where = guichet_live_agent_get_forward_where (agent);
  gboolean box = g_str_equal (guichet_live_agent_get_forward_to (agent), "voicemail");
  /* Translators: %s is a colleague, a queue or a number */
  g_autofree char *on =
      box ? g_strdup (_ ("Calls go to voicemail")) : g_strdup_printf (_ ("Calls go to %s"), where);
  GMenu *menu = g_menu_new ();

  if (*guichet_live_agent_get_forward_kinds (agent) != '\0' &&
      may (session, agent, NULL, MODEL_SUPERVISE_FORWARD).verdict == MODEL_ALLOWED)
    add (menu, *guichet_live_agent_get_forward_when (agent) != '\0' ? on : _ ("Forward calls"),
         "supervise.forward", g_variant_new_string (guichet_live_agent_get_id (agent)));
  return G_MENU_MODEL (menu);
}

static void
add_queue (GMenu *menu,
           GuichetSession *session,
           GuichetLiveAgent *agent,
           const char *queue,
           const char *name)
{
  const char *id = guichet_live_agent_get_id (agent);
  g_autoptr (GMenu) inside = g_menu_new ();
  g_autoptr (GMenu) pause = g_menu_new ();

  add (inside, _ ("Make ready"), QUEUE, g_variant_new ("(ssss)", id, queue, "ready", ""));
  add_reasons (pause, session, "pause", QUEUE, pause_target, agent, queue);
  g_menu_append_section (inside, _ ("Pause"), G_MENU_MODEL (pause));
  add (inside, _ ("Take out"), QUEUE, g_variant_new ("(ssss)", id, queue, "out", ""));
  g_menu_append_submenu (menu, name, G_MENU_MODEL (inside));
}

static GMenuModel *
queues_section (GuichetSession *session, GuichetLiveAgent *agent)
{
  const char *const *queues = guichet_live_agent_get_queues (agent);
  const char *const *memberships = guichet_live_agent_get_memberships (agent);
  g_autoptr (GMenu) each = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (queues == NULL || queues[0] == NULL ||
      may (session, agent, NULL, MODEL_SUPERVISE_QUEUES).verdict != MODEL_ALLOWED)
    return G_MENU_MODEL (menu);
  add_queue (each, session, agent, "", _ ("All queues"));
  for (guint i = 0; queues[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf (
          _ ("%s: %s"),
          guichet_session_name_of (guichet_session_get_live_queues (session), queues[i]),
          guichet_words_membership (memberships[i]));

      add_queue (each, session, agent, queues[i], name);
    }
  g_menu_append_submenu (menu, _ ("Queues"), G_MENU_MODEL (each));
  return G_MENU_MODEL (menu);
}

/* What cannot be taken back is asked for twice. */
static GMenuModel *
leave_section (GuichetSession *session, GuichetLiveAgent *agent)
{
  const char *id = guichet_live_agent_get_id (agent);
  g_autofree char *sure =
      /* Translators: the agent's name; the second step of it */
      g_strdup_printf (_ ("Yes, sign %s out now"), guichet_live_agent_get_name (agent));
  g_autoptr (GMenu) now = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (may (session, agent, NULL, MODEL_SUPERVISE_SIGN_OUT).verdict != MODEL_ALLOWED)
    return G_MENU_MODEL (menu);
  add (menu, _ ("Write a message"), "supervise.write", g_variant_new_string (id));
  if (!guichet_live_agent_get_sign_out_pending (agent))
    add (menu, _ ("Sign out when done"), SIGN_OUT, g_variant_new ("(sb)", id, FALSE));
  add (now, sure, SIGN_OUT, g_variant_new ("(sb)", id, TRUE));
  g_menu_append_submenu (menu, _ ("Sign out now"), G_MENU_MODEL (now));
  return G_MENU_MODEL (menu);
}

GMenuModel *
guichet_agent_menu_new (GuichetSession *session, GuichetLiveAgent *agent)
{
  GMenuModel *(*const sections[]) (GuichetSession *, GuichetLiveAgent *) = {
    work_section, state_section, queues_section, forward_section, leave_section
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GMenuModel) section = sections[i](session, agent);

      g_menu_append_section (menu, NULL, section);
    }
  return G_MENU_MODEL (menu);
}

/* --- the actions ------------------------------------------------------------------------------ */

static void
on_call (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *participation, *mode;

  g_variant_get (target, "(&s&s)", &participation, &mode);
  guichet_supervise_call_async (session_of_widget (widget), participation, mode,
                                guichet_command_done, g_object_ref (widget));
}

static void
on_record (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *participation, *what;

  g_variant_get (target, "(&s&s)", &participation, &what);
  guichet_supervise_record_async (session_of_widget (widget), participation, what,
                                  guichet_command_done, g_object_ref (widget));
}

static void
on_wrap_up (GtkWidget *widget, const char *action, GVariant *target)
{
  guichet_supervise_wrap_up_async (session_of_widget (widget), g_variant_get_string (target, NULL),
                                   guichet_command_done, g_object_ref (widget));
}

static void
on_close (GtkWidget *widget, const char *action, GVariant *target)
{
  guichet_force_close_async (session_of_widget (widget), g_variant_get_string (target, NULL),
                             guichet_command_done, g_object_ref (widget));
}

static void
on_state (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *agent, *channel, *state, *reason;

  g_variant_get (target, "(&s&s&s&s)", &agent, &channel, &state, &reason);
  guichet_supervise_state_async (session_of_widget (widget), agent, channel, state, reason,
                                 guichet_command_done, g_object_ref (widget));
}

static void
on_queue (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *agent, *queue, *state, *reason;

  g_variant_get (target, "(&s&s&s&s)", &agent, &queue, &state, &reason);
  guichet_supervise_queue_async (session_of_widget (widget), agent, queue, state, reason,
                                 guichet_command_done, g_object_ref (widget));
}

static void
on_sign_out (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *agent;
  gboolean now;

  g_variant_get (target, "(&sb)", &agent, &now);
  guichet_supervise_sign_out_async (session_of_widget (widget), agent, now, guichet_command_done,
                                    g_object_ref (widget));
}

void
guichet_agent_menu_install (GtkWidgetClass *widget_class,
                            GuichetSession *(*session_of) (GtkWidget *) )
{
  session_of_widget = session_of;
  gtk_widget_class_install_action (widget_class, CALL, "(ss)", on_call);
  gtk_widget_class_install_action (widget_class, GUICHET_SUPERVISE_RECORD, "(ss)", on_record);
  gtk_widget_class_install_action (widget_class, WRAP_UP, "s", on_wrap_up);
  gtk_widget_class_install_action (widget_class, CLOSE, "s", on_close);
  gtk_widget_class_install_action (widget_class, STATE, "(ssss)", on_state);
  gtk_widget_class_install_action (widget_class, QUEUE, "(ssss)", on_queue);
  gtk_widget_class_install_action (widget_class, SIGN_OUT, "(sb)", on_sign_out);
}
