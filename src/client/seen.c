/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of what the desk sees. Each is JSON as the centre's own search would say it, less the
 * excerpt, so that both are read alike. Main loop. */
#include "client/seen.h"

#include "base/words.h"
#include "client/fields/past.h"

#define KEEP   100000 /* documents of a kind */
#define SUFFIX 3      /* digits: the shortest end of a number that finds it */

/* Takes the key and the object (NULL: it is no more). */
static GuichetSeen *
seen_new (GuichetSeenKind kind, char *key, gint64 at, const char *words, JsonObject *object)
{
  GuichetSeen *seen = g_new0 (GuichetSeen, 1);

  seen->kind = kind;
  seen->key = key;
  seen->at = at;
  seen->words = base_words (words);
  seen->json = object != NULL ? base_json_to_text (object) : NULL;
  g_clear_pointer (&object, json_object_unref);
  return seen;
}

/* A number is found by its end, too. */
static void
add_number (GString *words, const char *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *number != '\0'; number++)
    if (g_ascii_isdigit (*number))
      g_string_append_c (digits, *number);
  for (gsize i = 0; i + SUFFIX <= digits->len; i++)
    g_string_append_printf (words, " %s", digits->str + i);
}

static JsonObject *
customer_of (GuichetInteraction *interaction)
{
  JsonObject *customer = json_object_new ();

  base_json_set_string (customer, "number", guichet_interaction_get_customer_number (interaction));
  base_json_set_string (customer, "name", guichet_interaction_get_customer_name (interaction));
  base_json_set_string (customer, "customer", guichet_interaction_get_customer (interaction));
  return customer;
}

static void
set_place (JsonObject *object, GuichetInteraction *interaction)
{
  json_object_set_string_member (object, "interaction", guichet_interaction_get_id (interaction));
  json_object_set_string_member (object, "channel", guichet_interaction_get_channel (interaction));
  json_object_set_string_member (object, "queue", guichet_interaction_get_queue (interaction));
  json_object_set_object_member (object, "customer", customer_of (interaction));
}

/* --- messages --------------------------------------------------------------------------------- */

/* What changes of one that is under way is nothing to search for. */
static JsonObject *
copy_message (const BaseJson *json)
{
  static const char *const members[] = { "id",    "number",     "at",       "author",
                                         "agent", "agent_name", "text",     "subject",
                                         "from",  "private",    "hand_over" };
  JsonObject *copy = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (base_json_has (json, members[i]))
      json_object_set_member (copy, members[i], json_object_dup_member (json->object, members[i]));
  if (json_object_has_member (copy, "agent_name"))
    json_object_set_string_member (copy, "name",
                                   json_object_get_string_member (copy, "agent_name"));
  return copy;
}

void
guichet_see_message (GuichetSession *session, GuichetInteraction *interaction, const BaseJson *json)
{
  const char *text = "", *subject = "";
  g_autofree char *words = NULL;
  JsonObject *object;
  gint64 number, at;

  if (session->store == NULL || !base_json_get_int (json, "number", 1, G_MAXINT64, &number, NULL) ||
      !base_json_get_time (json, "at", &at, NULL) ||
      !base_json_opt_string (json, "text", G_MAXINT, "", &text, NULL) ||
      !base_json_opt_string (json, "subject", G_MAXINT, "", &subject, NULL))
    return;
  words = g_strjoin (" ", subject, text, NULL);
  object = copy_message (json);
  json_object_set_string_member (object, "conversation",
                                 guichet_interaction_get_conversation (interaction));
  set_place (object, interaction);
  guichet_store_see (session->store,
                     seen_new (GUICHET_SEEN_MESSAGE,
                               guichet_seen_message_key (
                                   guichet_interaction_get_conversation (interaction), number),
                               at, words, object));
}

/* --- contacts and customers ------------------------------------------------------------------- */

void
guichet_see_contact (GuichetSession *session, GuichetRecord *recent, const BaseJson *json)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GuichetRecent *one = GUICHET_RECENT (recent);

  if (session->store == NULL)
    return;
  g_string_append_printf (words, "%s %s %s", guichet_recent_get_customer_name (one),
                          guichet_recent_get_queue_name (one),
                          guichet_recent_get_disposition_name (one));
  add_number (words, guichet_recent_get_customer_number (one));
  guichet_store_see (
      session->store,
      seen_new (GUICHET_SEEN_CONTACT,
                g_strconcat ("r:", guichet_record_get_string (recent, RECENT_KEY), NULL),
                guichet_recent_get_at (one), words->str, json_object_ref (json->object)));
}

static GuichetSeen *
customer_new (const char *id, const char *name, const char *const *numbers, gint64 at)
{
  g_autoptr (GString) words = g_string_new (name);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  base_json_set_strings (object, "numbers", numbers);
  for (guint i = 0; numbers[i] != NULL; i++)
    add_number (words, numbers[i]);
  return seen_new (GUICHET_SEEN_CUSTOMER, g_strconcat ("c:", id, NULL), at, words->str, object);
}

void
guichet_see_customer (GuichetSession *session, GuichetRecord *customer)
{
  GuichetCustomer *one = GUICHET_CUSTOMER (customer);

  if (session->store != NULL)
    guichet_store_see (session->store,
                       customer_new (guichet_customer_get_id (one), guichet_customer_get_name (one),
                                     guichet_customer_get_numbers (one),
                                     guichet_session_now (session)));
}

/* All that is known of a customer comes with the customer only. */
static void
see_customer_of (GuichetSession *session, GuichetInteraction *interaction)
{
  const char *number = guichet_interaction_get_customer_number (interaction);
  const char *numbers[] = { *number != '\0' ? number : NULL, NULL };
  GuichetSeen *seen;

  if (*guichet_interaction_get_customer (interaction) == '\0' ||
      *guichet_interaction_get_customer_name (interaction) == '\0')
    return;
  seen = customer_new (guichet_interaction_get_customer (interaction),
                       guichet_interaction_get_customer_name (interaction), numbers,
                       guichet_interaction_get_created_at (interaction));
  seen->first = TRUE;
  guichet_store_see (session->store, seen);
}

/* --- notes ------------------------------------------------------------------------------------ */

static void
see_note (GuichetSession *session, GuichetInteraction *interaction, GuichetParticipation *part)
{
  const char *note = guichet_participation_get_note (part);
  JsonObject *object = *note != '\0' ? json_object_new () : NULL;

  if (object != NULL)
    {
      set_place (object, interaction);
      base_json_set_time (object, "at", guichet_participation_get_joined_at (part));
      base_json_set_string (object, "name", guichet_participation_get_name (part));
      json_object_set_string_member (object, "text", note);
    }
  guichet_store_see (session->store,
                     seen_new (GUICHET_SEEN_NOTE,
                               g_strconcat ("n:", guichet_participation_get_id (part), NULL),
                               guichet_participation_get_joined_at (part), note, object));
}

void
guichet_see_interaction (GuichetSession *session, GuichetInteraction *interaction)
{
  GListModel *parts = guichet_interaction_get_participations (interaction);

  if (session->store == NULL)
    return;
  see_customer_of (session, interaction);
  for (guint i = 0; parts != NULL && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      see_note (session, interaction, part);
    }
}

void
guichet_see_desk (GuichetSession *session)
{
  GListModel *list = G_LIST_MODEL (session->interactions);

  if (session->store == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      guichet_see_interaction (session, one);
    }
  guichet_store_trim_seen (session->store, guichet_session_now (session), KEEP);
}
