/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supervisors do about agents and their calls. Whether they may is the core's to say; what was
 * done stands in the audit. Centre's thread. */
#include "server/api/handlers.h"

/* What the audit says beside who, whom and when; the call's data. */
typedef struct
{
  const char *action;
  char *interaction; /* or NULL */
  char *detail;
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->interaction);
  g_free (deed->detail);
  g_free (deed);
}

static void
on_prepare (ApiCall *call, StoreBatch *batch)
{
  const Deed *deed = call->data;

  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (call->centre), call->agent, deed->action,
                   deed->interaction, deed->detail);
}

static void
act_with (ApiCall *call,
          AcdCommand *command,
          const char *action,
          const char *interaction,
          const char *detail,
          const CentreAside *aside)
{
  Deed *deed = g_new (Deed, 1);

  *deed = (Deed){ action, g_strdup (interaction), g_strdup (detail) };
  call->data = deed;
  call->data_free = deed_free;
  call->prepare = on_prepare;
  api_call_command (call, command, aside);
}

static void
act (ApiCall *call,
     AcdCommand *command,
     const char *action,
     const char *interaction,
     const char *detail)
{
  act_with (call, command, action, interaction, detail, NULL);
}

/* FALSE: answered. */
static gboolean
known_agent (ApiCall *call, AcdCommand *command)
{
  command->agent = call->parameters[0];
  command->by = call->agent;
  if (model_definitions_agent (centre_definitions (call->centre), command->agent) != NULL)
    return TRUE;
  api_call_not_found (call);

  return FALSE;
}

void
api_agent_state (ApiCall *call)
{
  AcdCommand command = { 0 };
  g_autofree char *detail = NULL;

  if (!known_agent (call, &command) || !api_read_state (call, &command))
    return;
  if (command.type == ACD_COMMAND_SET_CHANNEL)
    detail = g_strdup_printf ("%s %s", command.agent,
                              model_channel_to_text ((ModelChannel) command.channel));
  act (call, &command, "agent_state", NULL, detail != NULL ? detail : command.agent);
}

void
api_agent_memberships (ApiCall *call)
{
  g_auto (GStrv) queues = NULL;
  AcdCommand command = { 0 };

  if (known_agent (call, &command) && api_read_memberships (call, &command, &queues))
    act (call, &command, "agent_queues", NULL, command.agent);
}

void
api_agent_forwarding (ApiCall *call)
{
  g_autofree char *number = NULL;
  AcdCommand command = { 0 };
  CentreAside aside = { 0 };

  if (!known_agent (call, &command) || !api_read_forwarding (call, &command, &number))
    return;
  aside.number = number;
  act_with (call, &command, "agent_forwarding", NULL, command.agent, &aside);
}

void
api_agent_sign_out (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_SIGN_OUT };
  g_autoptr (GError) error = NULL;

  if (!base_json_only (&call->body, &error, "force", NULL) ||
      !base_json_opt_bool (&call->body, "force", FALSE, &command.on, &error))
    api_call_bad_body (call, error);
  else if (known_agent (call, &command))
    act (call, &command, command.on ? "agent_sign_out_forced" : "agent_sign_out", NULL,
         command.agent);
}

/* Anybody's open part; NULL: answered. */
static Record *
record_of (ApiCall *call, Part **part)
{
  Record *record = NULL;
  ModelId id;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id))
    record = centre_record_of_part (call->centre, id);
  *part = record != NULL ? record_part (record, id) : NULL;
  if (*part != NULL && (*part)->state != PART_ENDED)
    return record;
  api_call_not_found (call);

  return NULL;
}

/* What is done instead of the agent whose part it is; NULL: answered. */
static Record *
on_behalf (ApiCall *call, AcdCommand *command)
{
  Part *part;
  Record *record = record_of (call, &part);

  if (record == NULL)
    return NULL;
  command->participation = part->id;
  command->interaction = record->id;
  command->agent = part->agent;
  command->by = call->agent;

  return record;
}

void
api_participation_wrap_up_end (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_WRAP_UP_END };
  Record *record = on_behalf (call, &command);

  if (record != NULL)
    act (call, &command, "wrap_up_end", record->text, command.agent);
}

/* Of the agent's own, too: what is done past the engine is for the audit, whoever does it. */
void
api_participation_force_close (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_FORCE_CLOSE };
  Record *record = api_call_no_members (call) ? on_behalf (call, &command) : NULL;

  if (record == NULL)
    return;
  if (g_str_equal (command.agent, call->agent))
    command.by = NULL;
  act (call, &command, "force_close", record->text, command.agent);
}

void
api_participation_record (ApiCall *call)
{
  AcdCommand command = { 0 };
  g_autofree char *detail = NULL;
  const char *action;
  Record *record;

  if (!api_read_recording (call, &command, &action))
    return;
  record = on_behalf (call, &command);
  if (record == NULL)
    return;
  detail = g_strjoin (" ", action, command.agent, NULL);
  act (call, &command, "record", record->text, detail);
}

void
api_participation_supervise (ApiCall *call)
{
  static const char *const words[] = { "listen", "whisper", "barge", "take_over", NULL };
  AcdCommand command = { .type = ACD_COMMAND_SUPERVISE };
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  Record *record;
  Part *part;
  guint mode;

  if (!base_json_only (&call->body, &error, "mode", NULL) ||
      !base_json_get_word (&call->body, "mode", words, &mode, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = record_of (call, &part);
  if (record == NULL)
    return;
  command.participation = part->id;
  command.interaction = record->id;
  command.mode = (gint32) (MODEL_SUPERVISION_LISTEN + mode);
  detail = g_strjoin (" ", words[mode], part->agent, NULL);
  act (call, &command, "supervise", record->text, detail);
}

void
api_interaction_unsupervise (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_UNSUPERVISE };
  Record *record = api_call_interaction (call);

  if (record == NULL)
    return;
  command.interaction = record->id;
  act (call, &command, "supervise_end", record->text, NULL);
}
