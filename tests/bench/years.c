/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What years leave behind: fills the database of a guichetd that does not run with as many messages
 * as said, as if its agents had written them by SMS, index and all, through the store itself. A
 * conversation lasts: each customer's has a hundred messages on five occasions, the first one's ten
 * thousand. Called again with more it goes on. JSON on standard output.
 * bench-years DATA-DIRECTORY FROM TO AGENT... */
#include "base/words.h"
#include "model/ids.h"
#include "server/store/store.h"
#include "zipf.h"

#include <stdio.h>

#define GROUP    2500                     /* messages of one commit */
#define OCCASION 20                       /* messages of one interaction */
#define LASTING  100                      /* of a conversation */
#define LONG     10000                    /* of the first one */
#define STEP     G_GINT64_CONSTANT (9000) /* ms between two */
#define OURS     "+33199000001"
#define BASE     G_GUINT64_CONSTANT (0x100000000) /* ids are not those of events */

typedef struct
{
  Store *store;
  GRand *random;
  gint64 start; /* ms: when the first was written */
  char **agents;
  guint n_agents;
} Years;

/* One message's places. */
typedef struct
{
  gint64 at, number; /* in its conversation, from 1 */
  guint64 customer;
  const char *agent;
  char conversation[MODEL_ID_TEXT_SIZE], interaction[MODEL_ID_TEXT_SIZE];
  char participation[MODEL_ID_TEXT_SIZE], person[MODEL_ID_TEXT_SIZE], phone[16], name[32];
} Place;

static Place
place_of (const Years *years, gint64 i)
{
  Place place = { .at = years->start + i * STEP };
  gint64 first = i < LONG ? 0 : LONG + (i - LONG) / LASTING * LASTING;
  ModelId occasion = model_id_make (0, BASE + (guint64) (i / OCCASION));

  place.customer = i < LONG ? 0 : (guint64) ((i - LONG) / LASTING + 1);
  place.number = i - first + 1;
  place.agent = years->agents[(i / OCCASION) % years->n_agents];
  model_id_to_text (MODEL_ID_CONVERSATION, model_id_make (0, BASE + place.customer),
                    place.conversation);
  model_id_to_text (MODEL_ID_INTERACTION, occasion, place.interaction);
  model_id_to_text (MODEL_ID_PARTICIPATION, occasion, place.participation);
  model_id_to_text (MODEL_ID_CUSTOMER, model_id_make (0, BASE + place.customer), place.person);
  g_snprintf (place.phone, sizeof place.phone, "+336%08" G_GUINT64_FORMAT, place.customer);
  g_snprintf (place.name, sizeof place.name, "Person %" G_GUINT64_FORMAT, place.customer);
  return place;
}

static void
add_customer (StoreBatch *batch, const Place *place)
{
  g_autofree char *folded =
      g_strdup_printf (" person %" G_GUINT64_FORMAT "\n#%s", place->customer, place->phone + 1);

  store_batch_add (batch, STORE_CUSTOMER_SET, place->person, place->name, (gint64) 1, place->at);
  store_batch_add (batch, STORE_CUSTOMER_NUMBER_ADD, place->phone, place->person, (gint64) 0);
  store_batch_add (batch, STORE_CUSTOMER_WORDS, place->person, folded);
  store_batch_add (batch, STORE_CONVERSATION_ADD, place->conversation, "sms", "texts", place->phone,
                   place->interaction, place->at, OURS, "");
}

/* One occasion, from its beginning to its end. */
static void
add_interaction (StoreBatch *batch, const Place *place)
{
  gint64 ended = place->at + OCCASION * STEP;
  g_autofree char *recent = g_strdup_printf (
      "{\"interaction\":\"%s\",\"kind\":\"handled\",\"reason\":\"agent\",\"queue\":\"text\","
      "\"direction\":\"in\",\"talk\":180,\"disposition\":\"solved\",\"name\":\"%s\"}",
      place->interaction, place->name);

  store_batch_add (batch, STORE_INTERACTION_ADD, place->interaction, place->at, place->phone,
                   place->name, OURS, place->person, "sms", "in");
  store_batch_add (batch, STORE_INTERACTION_QUEUE, place->interaction, "text");
  store_batch_add (batch, STORE_INTERACTION_CLOSE, place->interaction, ended);
  store_batch_add (batch, STORE_HANDLED_ADD, place->agent, ended, place->interaction);
  store_batch_add (batch, STORE_RECENT_SET, place->participation, place->agent, place->at,
                   place->interaction, place->person, place->phone, recent);
  store_batch_add (batch, STORE_CONVERSATION_WORK, place->conversation, "texts",
                   place->interaction);
}

static void
add_message (const Years *years, StoreBatch *batch, gint64 i)
{
  Place place = place_of (years, i);
  gboolean ours = i % 2 == 1;
  g_autofree char *id =
      g_strdup_printf ("m%s.%" G_GINT64_FORMAT, place.conversation + 1, place.number);
  g_autofree char *text = draw_text (years->random);

  if (place.number == 1)
    add_customer (batch, &place);
  if (i % OCCASION == 0)
    add_interaction (batch, &place);
  store_batch_add (batch, STORE_MESSAGE_ADD, place.conversation, place.number, id,
                   place.interaction, place.at, ours ? "agent" : "customer",
                   ours ? place.agent : NULL, text, ours ? "delivered" : "received", id, NULL, NULL,
                   (gint64) 0, (gint64) 0);
  if (i % OCCASION == OCCASION - 1)
    store_batch_add (batch, STORE_CONVERSATION_NUMBER, place.conversation, place.number, place.at,
                     (gint64) 0);
}

static void
on_done (const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error ("%s", error->message);
  *(gint64 *) user_data += 1;
}

static void
fill (const Years *years, gint64 from, gint64 to)
{
  gint64 done = 0, given = 0;

  for (gint64 i = from; i < to; given++)
    {
      StoreBatch *batch = store_batch_new ();

      for (guint j = 0; j < GROUP && i < to; j++, i++)
        add_message (years, batch, i);
      store_submit (years->store, batch, on_done, &done);
      while (done < given - 1)
        g_main_context_iteration (NULL, TRUE);
    }
  while (done < given)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) language = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  gint64 from, to, began = g_get_monotonic_time ();
  Years years = { 0 };

  if (argc < 5)
    {
      fprintf (stderr, "bench-years DATA-DIRECTORY FROM TO AGENT...\n");
      return 2;
    }
  from = g_ascii_strtoll (argv[2], NULL, 10);
  to = g_ascii_strtoll (argv[3], NULL, 10);
  make_words (language);
  years = (Years){ .random = g_rand_new_with_seed ((guint32) from + 2),
                   .start = G_GINT64_CONSTANT (1690000000000),
                   .agents = argv + 4,
                   .n_agents = (guint) argc - 4 };
  years.store = store_open (argv[1], &error);
  if (years.store == NULL)
    g_error ("%s", error->message);
  fill (&years, from, to);
  store_close (years.store);
  g_rand_free (years.random);
  printf ("{\"messages\":%" G_GINT64_FORMAT ",\"written_per_second\":%.0f}\n", to,
          (double) (to - from) * G_USEC_PER_SEC /
              (double) MAX (g_get_monotonic_time () - began, 1));

  return 0;
}
