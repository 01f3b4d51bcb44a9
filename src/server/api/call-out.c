/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent calls somebody: a number, the customer of something in hand, or a known customer.
 * Whoever sees masked numbers calls by what has them. Centre's thread. */
#include "server/api/handlers.h"

#include "server/api/customer-body.h"
#include "server/api/directory.h"
#include "server/centre/people.h"
#include "server/centre/values.h"
#include "server/centre/voicemail.h"

typedef struct
{
  const char *to, *interaction, *customer, *queue; /* the body's */
  Record *record;                                  /* of the interaction, while it is open */
  Person *person;
  char *number;
  gboolean past; /* the interaction is over, and the agent had to do with it */
  char *known;   /* its customer, or NULL */
  BaseJson colleague;
} Wish;

static void
wish_clear (Wish *wish)
{
  g_clear_pointer (&wish->person, person_free);
  g_free (wish->number);
  g_free (wish->known);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
read_wish (ApiCall *call, Wish *wish)
{
  g_autoptr (GError) error = NULL;

  if (!base_json_only (&call->body, &error, "to", "interaction", "customer", "queue", "colleague",
                       NULL) ||
      !base_json_opt_object (&call->body, "colleague", &wish->colleague, &error) ||
      !base_json_opt_string (&call->body, "to", API_NUMBER_MAX * 2, NULL, &wish->to, &error) ||
      !base_json_opt_string (&call->body, "interaction", 64, NULL, &wish->interaction, &error) ||
      !base_json_opt_string (&call->body, "customer", 64, NULL, &wish->customer, &error) ||
      !base_json_opt_string (&call->body, "queue", 64, NULL, &wish->queue, &error))
    api_call_bad_body (call, error);
  else if (wish->to == NULL && wish->interaction == NULL && wish->customer == NULL &&
           wish->colleague.object == NULL)
    api_call_invalid (call, "/to", 0, "nobody to call");
  else
    return TRUE;

  return FALSE;
}

static void
on_past (StoreRow *row, gpointer user_data)
{
  Wish *wish = user_data;
  const char *number = store_row_text (row, 0);

  wish->past = TRUE;
  wish->number = number != NULL ? customer_number_clean (number) : NULL;
  wish->known = g_strdup (store_row_text (row, 1));
}

/* Who left a message in a box that the agent opens. */
static gboolean
find_voicemail (ApiCall *call, Wish *wish)
{
  g_autoptr (Voicemail) voicemail = voicemail_of (call->centre, wish->interaction, call->agent);

  if (voicemail == NULL)
    return FALSE;
  wish->number = voicemail->number != NULL ? customer_number_clean (voicemail->number) : NULL;
  wish->known = g_strdup (voicemail->customer);

  return TRUE;
}

/* Who was in what the agent once had in hand, or was offered. */
static gboolean
find_past (ApiCall *call, Wish *wish)
{
  g_autoptr (GError) error = NULL;

  if (!store_query (centre_store (call->centre), &error, on_past, wish, STORE_GET_RECENT_CALLER,
                    wish->interaction, call->agent))
    {
      api_call_store_error (call, error);
      return FALSE;
    }
  if (wish->past || wish->customer != NULL || find_voicemail (call, wish))
    return TRUE;
  api_call_not_found (call);

  return FALSE;
}

/* FALSE: answered. */
static gboolean
find_people (ApiCall *call, Wish *wish, ModelId *interaction)
{
  const char *customer = wish->customer;

  if (wish->interaction != NULL)
    {
      if (model_id_from_text (MODEL_ID_INTERACTION, wish->interaction, interaction))
        wish->record = centre_record (call->centre, *interaction);
      if (wish->record != NULL && record_part_of (wish->record, call->agent) == NULL)
        wish->record = NULL;
      if (wish->record == NULL)
        {
          *interaction = 0;
          if (!find_past (call, wish))
            return FALSE;
        }
      if (customer == NULL)
        customer = wish->record != NULL ? wish->record->customer : wish->known;
    }
  if (customer != NULL)
    wish->person = person_load (call->centre, customer);
  if (wish->customer != NULL && wish->person == NULL)
    {
      api_call_not_found (call);
      return FALSE;
    }

  return TRUE;
}

/* The number typed, the one that the customer called or writes from, or the first one known. */
static gboolean
find_number (ApiCall *call, Wish *wish)
{
  const Record *record = wish->customer == NULL ? wish->record : NULL;

  if (wish->to != NULL)
    {
      g_free (wish->number);
      wish->number = customer_number_clean (wish->to);
      if (wish->number == NULL)
        api_call_invalid (call, "/to", API_NUMBER_MAX, "not a number");
      return wish->number != NULL;
    }
  if (record != NULL &&
      (record->channel == MODEL_CHANNEL_VOICE || record->channel == MODEL_CHANNEL_SMS) &&
      record->number != NULL)
    wish->number = customer_number_clean (record->number);
  for (guint i = 0;
       wish->number == NULL && wish->person != NULL && i < wish->person->addresses->len; i++)
    {
      const PersonAddress *one = g_ptr_array_index (wish->person->addresses, i);

      if (g_str_equal (one->channel, "voice") || g_str_equal (one->channel, "sms"))
        wish->number = customer_number_clean (one->address);
    }
  if (wish->number == NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NO_NUMBER));

  return wish->number != NULL;
}

/* --- colleagues ------------------------------------------------------------------------------- */

static void
ring_colleague (ApiCall *call, AcdCommand *command)
{
  command->type = ACD_COMMAND_CALL;
  command->on = TRUE;
  call->finish = api_call_newest_work;
  api_call_command (call, command, NULL);
}

/* One of the directory; whom the agent turned to is remembered. */
static void
call_colleague (ApiCall *call, BaseJson *to)
{
  g_autoptr (GError) error = NULL;
  AcdCommand command = { 0 };

  if (!base_json_only (to, &error, "queue", "agent", "skill", "team", "entry_point", NULL) ||
      !api_read_target (to, &command, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (api_count_targets (&command) != 1)
    {
      api_call_invalid (call, "/colleague", 0, "one of agent, queue, skill, team, entry_point");
      return;
    }
  api_directory_remember (call, &command);
  ring_colleague (call, &command);
}

/* Whose own number it is, is called as a colleague, as far as that is possible. FALSE: it is
 * nobody's. */
static gboolean
calls_inside (ApiCall *call, const Wish *wish)
{
  const ModelAgent *agent =
      model_definitions_agent_at (centre_definitions (call->centre), wish->number);
  AcdCommand command = { .target = agent != NULL ? agent->id : NULL };

  if (api_aims_at_team (call, wish->number, &command))
    {
      command.target = NULL;
      ring_colleague (call, &command);
      return TRUE;
    }
  if (agent == NULL || wish->customer != NULL || g_str_equal (agent->id, call->agent))
    return FALSE;
  api_directory_use (call, DIRECTORY_AGENT, agent->id);
  ring_colleague (call, &command);
  return TRUE;
}

void
api_call_out (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_CALL };
  CentreAside aside = { 0 };
  g_auto (Wish) wish = { 0 };
  g_autofree char *known = NULL;
  g_autoptr (GHashTable) values = NULL;
  g_auto (GStrv) variables = NULL;

  if (!read_wish (call, &wish))
    return;
  if (wish.colleague.object != NULL)
    {
      call_colleague (call, &wish.colleague);
      return;
    }
  if ((wish.to != NULL && api_park_fetch_number (call, wish.to)) ||
      !find_people (call, &wish, &command.interaction) || !find_number (call, &wish) ||
      calls_inside (call, &wish))
    return;
  if (wish.person == NULL)
    known = people_at (call->centre, MODEL_CHANNEL_VOICE, wish.number);
  command.queue = wish.queue;
  command.language = wish.record != NULL ? wish.record->language : NULL;
  aside.number = wish.number;
  aside.customer = wish.person != NULL ? wish.person->id : known;
  aside.name = wish.person != NULL   ? wish.person->name
               : wish.record != NULL ? wish.record->name
                                     : NULL;
  if (wish.interaction != NULL)
    aside.values = values = values_of_work (call->centre, wish.interaction);
  command.variables = variables = values_variables (values);
  call->finish = api_call_newest_work;
  if (wish.to != NULL)
    api_directory_use_number (call, wish.number);
  api_call_command (call, &command, &aside);
}
