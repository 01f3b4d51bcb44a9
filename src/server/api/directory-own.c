/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent keeps of the directory: favourites, recent ones, speed dials. Centre's thread. */
#include "server/api/directory.h"

#include "base/latin.h"
#include "model/definitions-check.h"
#include "server/api/customer-body.h"
#include "server/api/handlers.h"

#define ID_MAX        128
#define DIAL_NAME_MAX 64

/* NULL: answered. */
static DirectoryOwn *
own_of (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  DirectoryOwn *own =
      directory_own (directory_owns (centre_directory (call->centre)), call->agent, &error);

  if (own == NULL)
    api_call_store_error (call, error);
  return own;
}

/* --- favourites ------------------------------------------------------------------------------- */

static const char *const lists[] = { "agents",       "queues",      "teams",   "skills",
                                     "entry_points", "speed_dials", "contacts" };

void
api_directory_favourite (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  StoreBatch *batch;
  g_autoptr (GError) error = NULL;
  DirectoryOwn *own;
  DirectoryKind kind;
  gboolean on;

  if (!base_json_only (&call->body, &error, "on", NULL) ||
      !base_json_get_bool (&call->body, "on", &on, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!directory_kind_from_text (call->parameters[0], &kind) || definitions == NULL ||
      (on && model_definitions_find (definitions, lists[kind], call->parameters[1]) == NULL))
    {
      api_call_not_found (call);
      return;
    }
  own = own_of (call);
  if (own == NULL)
    return;
  batch = store_batch_new ();
  if (directory_own_set_favourite (own, call->agent, kind, call->parameters[1],
                                   on ? centre_now (call->centre) : 0, batch))
    {
      api_call_write (call, batch, 200, api_call_mark (call));
      directory_tell (centre_directory (call->centre), call->agent);
      return;
    }
  store_batch_free (batch);
  api_call_invalid (call, "/on", DIRECTORY_FAVOURITES_MAX, "too many favourites");
}

/* --- speed dials ------------------------------------------------------------------------------ */

/* FALSE: answered. */
static gboolean
read_dial (ApiCall *call, char **name, char **number)
{
  g_autoptr (GError) error = NULL;
  const char *typed_name, *typed_number;

  if (!base_json_only (&call->body, &error, "name", "number", NULL) ||
      !base_json_get_string (&call->body, "name", DIAL_NAME_MAX, &typed_name, &error) ||
      !base_json_get_string (&call->body, "number", ID_MAX, &typed_number, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  *name = g_strstrip (g_strdup (typed_name));
  *number = customer_number_clean (typed_number);
  if (**name == '\0')
    api_call_invalid (call, "/name", DIAL_NAME_MAX, "empty");
  else if (*number == NULL)
    api_call_invalid (call, "/number", 0, "not a number");
  else
    return TRUE;

  return FALSE;
}

static void
set_dial (ApiCall *call, DirectoryOwn *own, DirectoryDial *dial, guint status)
{
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  StoreBatch *batch;
  JsonObject *answer;

  if (!read_dial (call, &name, &number))
    return;
  batch = store_batch_new ();
  dial = directory_own_set_dial (own, call->agent, dial, name, number, batch);
  if (dial == NULL)
    {
      store_batch_free (batch);
      api_call_invalid (call, "/name", DIRECTORY_DIALS_MAX, "too many speed dials");
      return;
    }
  answer = api_call_mark (call);
  json_object_set_object_member (answer, "speed_dial", api_directory_dial (dial));
  api_call_write (call, batch, status, answer);
  directory_tell (centre_directory (call->centre), call->agent);
}

void
api_directory_dial_create (ApiCall *call)
{
  DirectoryOwn *own = own_of (call);

  if (own != NULL)
    set_dial (call, own, NULL, 201);
}

/* NULL: answered. */
static DirectoryDial *
known_dial (ApiCall *call, DirectoryOwn *own)
{
  DirectoryDial *dial = own != NULL ? directory_own_dial (own, call->parameters[0]) : NULL;

  if (own != NULL && dial == NULL)
    api_call_not_found (call);
  return dial;
}

void
api_directory_dial_change (ApiCall *call)
{
  DirectoryOwn *own = own_of (call);
  DirectoryDial *dial = known_dial (call, own);

  if (dial != NULL)
    set_dial (call, own, dial, 200);
}

void
api_directory_dial_delete (ApiCall *call)
{
  DirectoryOwn *own = own_of (call);
  DirectoryDial *dial = known_dial (call, own);
  StoreBatch *batch;

  if (dial == NULL)
    return;
  batch = store_batch_new ();
  directory_own_drop_dial (own, call->agent, dial, batch);
  api_call_write (call, batch, 200, api_call_mark (call));
  directory_tell (centre_directory (call->centre), call->agent);
}

/* --- the recent ones -------------------------------------------------------------------------- */

typedef struct
{
  DirectoryKind kind;
  char *id;
} Used;

static void
used_free (gpointer data)
{
  Used *used = data;

  g_free (used->id);
  g_free (used);
}

static void
nothing (gpointer user_data)
{
}

void
api_directory_used (ApiCall *call, DirectoryKind kind, const char *id)
{
  DirectoryOwn *own =
      directory_own (directory_owns (centre_directory (call->centre)), call->agent, NULL);
  StoreBatch *batch;

  if (own == NULL)
    return;
  batch = store_batch_new ();
  directory_own_use (own, call->agent, kind, id, centre_now (call->centre), batch);
  centre_write (call->centre, batch, nothing, NULL);
}

/* With the command; who cannot be remembered is still called. */
static void
on_prepare (ApiCall *call, StoreBatch *batch)
{
  const Used *used = call->data;
  DirectoryOwn *own =
      directory_own (directory_owns (centre_directory (call->centre)), call->agent, NULL);

  if (own != NULL)
    directory_own_use (own, call->agent, used->kind, used->id, centre_now (call->centre), batch);
}

void
api_directory_use (ApiCall *call, DirectoryKind kind, const char *id)
{
  Used *used = g_new0 (Used, 1);

  used->kind = kind;
  used->id = g_strdup (id);
  call->data = used;
  call->data_free = used_free;
  call->prepare = on_prepare;
}

static gboolean
is_number (const char *number, const char *digits)
{
  g_autofree char *own = number != NULL ? base_digits (number) : NULL;

  return g_strcmp0 (own, digits) == 0;
}

void
api_directory_use_number (ApiCall *call, const char *number)
{
  const DirectoryIndex *index = directory_index (centre_directory (call->centre));
  DirectoryQuestion question = { .text = number,
                                 .kinds = 1u << DIRECTORY_SPEED_DIAL | 1u << DIRECTORY_CONTACT };
  g_autofree char *digits = base_digits (number);
  g_autoptr (GArray) found = NULL;

  if (index == NULL || digits == NULL)
    return;
  found = directory_index_find (index, &question);
  for (guint i = 0; i < MIN (found->len, 20); i++)
    {
      const DirectoryEntry *entry = directory_index_entry (index, g_array_index (found, guint, i));
      const ModelContact *contact = entry->noun;
      gboolean fits = entry->kind == DIRECTORY_SPEED_DIAL &&
                      is_number (((const ModelSpeedDial *) entry->noun)->number, digits);

      for (guint j = 0; entry->kind == DIRECTORY_CONTACT && contact->numbers[j] != NULL; j++)
        fits = fits || is_number (contact->numbers[j], digits);
      if (!fits)
        continue;
      api_directory_use (call, entry->kind, entry->id);
      return;
    }
}

void
api_directory_remember (ApiCall *call, const AcdCommand *command)
{
  if (command->target != NULL)
    api_directory_use (call, DIRECTORY_AGENT, command->target);
  else if (command->queue != NULL)
    api_directory_use (call, DIRECTORY_QUEUE, command->queue);
  else if (command->team != NULL)
    api_directory_use (call, DIRECTORY_TEAM, command->team);
  else if (command->entry_point != NULL)
    api_directory_use (call, DIRECTORY_ENTRY_POINT, command->entry_point);
  else if (command->skill != NULL)
    api_directory_use (call, DIRECTORY_SKILL, command->skill);
}
