/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetErased: up to when all that was erased is gone here, too, is written down only when it is:
 * a question that fails is asked again. Main loop. */
#include "client/erased.h"

#include "client/fields/past.h"
#include "client/inquiry.h"

#include <string.h>

#define ITEMS_MAX 1000000
#define SPREAD_MS 2000 /* over which desks that are told together ask */
#define KEPT      "erased"

struct _GuichetErased
{
  GuichetSession *session; /* owns this */
  char *mark;              /* a time as the centre writes it; NULL: from the beginning */
  GuichetInquiry *inquiry;
};

static void ask (gpointer user_data);
static gboolean take_answer (gpointer user_data, const BaseJson *root, GError **error);

GuichetErased *
guichet_erased_new (GuichetSession *session)
{
  GuichetErased *self = g_new0 (GuichetErased, 1);

  self->session = session;
  self->inquiry =
      guichet_inquiry_new (session, ask, take_answer, "nothing_of_who_was_erased", self);
  return self;
}

void
guichet_erased_stop (GuichetErased *self)
{
  guichet_inquiry_stop (self->inquiry);
}

void
guichet_erased_free (GuichetErased *self)
{
  guichet_inquiry_free (self->inquiry);
  g_free (self->mark);
  g_free (self);
}

void
guichet_erased_load (GuichetErased *self, const char *mark)
{
  g_free (self->mark);
  self->mark = g_strdup (mark);
}

static void
set_mark (GuichetErased *self, const char *mark)
{
  guichet_erased_load (self, mark);
  if (self->session->store != NULL)
    guichet_store_keep_mark (self->session->store, KEPT, mark);
}

/* --- letting go ------------------------------------------------------------------------------- */

static gboolean
is_among (const BaseJson *ids, const char *id)
{
  const char *one;

  for (guint i = 0; *id != '\0' && i < base_json_length (ids); i++)
    if (base_json_item_string (ids, i, 256, &one, NULL) && g_str_equal (one, id))
      return TRUE;
  return FALSE;
}

/* What stands in the list of recent work names nobody any more. */
static void
forget_recent (GuichetErased *self, const BaseJson *customers, const BaseJson *interactions)
{
  GListModel *list = G_LIST_MODEL (self->session->recent);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetRecord) one = g_list_model_get_item (list, i);

      if (!is_among (customers, guichet_record_get_string (one, RECENT_CUSTOMER)) &&
          !is_among (interactions, guichet_record_get_string (one, RECENT_INTERACTION)))
        continue;
      guichet_record_set_string (one, RECENT_CUSTOMER, "");
      guichet_record_set_string (one, RECENT_CUSTOMER_NAME, "");
      guichet_record_set_string (one, RECENT_CUSTOMER_NUMBER, "");
    }
}

/* Work in hand goes on, with what is typed there. */
static void
forget_typed (GuichetErased *self, const BaseJson *customers, const BaseJson *interactions)
{
  const char *id;

  for (guint i = 0; i < base_json_length (interactions); i++)
    if (base_json_item_string (interactions, i, 256, &id, NULL) &&
        guichet_session_find_interaction (self->session, id) == NULL)
      guichet_outbox_forget (self->session->outbox, id);
  for (guint i = 0; i < base_json_length (customers); i++)
    if (base_json_item_string (customers, i, 256, &id, NULL))
      guichet_outbox_forget (self->session->outbox, id);
}

static char *
text_of (const BaseJson *ids)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  const char *id;

  for (guint i = 0; i < base_json_length (ids); i++)
    if (base_json_item_string (ids, i, 256, &id, NULL))
      json_array_add_string_element (array, id);
  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

static gboolean
forget (GuichetErased *self, const BaseJson *json, GError **error)
{
  BaseJson customers, interactions;
  g_autofree char *customer_ids = NULL;
  g_autofree char *interaction_ids = NULL;

  if (!base_json_get_array (json, "customers", ITEMS_MAX, &customers, error) ||
      !base_json_get_array (json, "interactions", ITEMS_MAX, &interactions, error))
    return FALSE;
  forget_recent (self, &customers, &interactions);
  forget_typed (self, &customers, &interactions);
  customer_ids = text_of (&customers);
  interaction_ids = text_of (&interactions);
  if (self->session->store != NULL)
    guichet_store_forget (self->session->store, customer_ids, interaction_ids);
  return TRUE;
}

/* --- the question ----------------------------------------------------------------------------- */

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetErased *self = user_data;
  const char *mark;

  if (!base_json_opt_string (root, "erased", 64, NULL, &mark, error) || !forget (self, root, error))
    return FALSE;
  if (mark != NULL)
    set_mark (self, mark);
  return TRUE;
}

static void
ask (gpointer user_data)
{
  GuichetErased *self = user_data;
  g_autofree char *path = self->mark != NULL ? g_strdup_printf ("/v1/erased?since=%s", self->mark)
                                             : g_strdup ("/v1/erased");

  guichet_inquiry_ask (self->inquiry, path);
}

gboolean
guichet_erased_apply_snapshot (GuichetErased *self, const BaseJson *desk, GError **error)
{
  const char *last;

  if (!base_json_opt_string (desk, "erased", 64, NULL, &last, error))
    return FALSE;
  if (last != NULL && g_strcmp0 (last, self->mark) != 0)
    ask (self);
  return TRUE;
}

gboolean
guichet_erased_apply_event (GuichetErased *self, const BaseJson *event, GError **error)
{
  gboolean complete;
  const char *at;

  if (!base_json_get_string (event, "erased", 64, &at, error) ||
      !base_json_get_bool (event, "complete", &complete, error))
    return FALSE;
  if (!complete)
    {
      guichet_inquiry_later (self->inquiry, (guint) g_random_int_range (0, SPREAD_MS));
      return TRUE;
    }
  if (!forget (self, event, error))
    return FALSE;
  /* What is still being asked says up to when. */
  if (!guichet_inquiry_is_open (self->inquiry))
    set_mark (self, at);
  return TRUE;
}
