/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands and questions about customers, and what is typed about them: rows of the outbox that are
 * only kept. Main loop. */
#include "client/customers.h"

#include "base/ids.h"
#include "client/request.h"
#include "client/seen.h"

#define TEXT_MAX 4096
#define WAYS_MAX 1000
#define ROW      "customer"

/* --- what is typed ---------------------------------------------------------------------------- */

GuichetCustomerDraft *
guichet_customer_draft_new (const char *customer, const char *about)
{
  GuichetCustomerDraft *self = g_new0 (GuichetCustomerDraft, 1);

  self->customer = g_strdup (customer);
  self->about = g_strdup (about);
  self->name = g_strdup ("");
  self->ways = g_new0 (char *, 1);
  self->key = base_token_new (18);
  return self;
}

void
guichet_customer_draft_free (GuichetCustomerDraft *self)
{
  g_free (self->customer);
  g_free (self->about);
  g_free (self->name);
  g_strfreev (self->ways);
  g_free (self->key);
  g_free (self);
}

gboolean
guichet_customer_draft_set (GuichetCustomerDraft *self, const char *name, const char *const *ways)
{
  char **kept;

  if (g_str_equal (self->name, name) && g_strv_equal ((const char *const *) self->ways, ways))
    return FALSE;
  kept = g_strdupv ((char **) ways);
  g_strfreev (self->ways);
  self->ways = kept;
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->key);
  self->key = base_token_new (18);
  return TRUE;
}

void
guichet_customer_draft_copy (GuichetCustomerDraft *self, const GuichetCustomerDraft *from)
{
  guichet_customer_draft_set (self, from->name, (const char *const *) from->ways);
  self->revision = from->revision;
  g_free (self->key);
  self->key = g_strdup (from->key);
}

void
guichet_customer_draft_rebase (GuichetCustomerDraft *self, gint64 revision)
{
  self->revision = revision;
  g_free (self->key);
  self->key = base_token_new (18);
}

static const char *
target_of (const char *customer, const char *about)
{
  return *customer != '\0' ? customer : about;
}

void
guichet_session_keep_customer (GuichetSession *self, const GuichetCustomerDraft *draft)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (kept, "revision", draft->revision);
  json_object_set_string_member (kept, "name", draft->name);
  base_json_set_strings (kept, "ways", (const char *const *) draft->ways);
  json_object_set_string_member (kept, "key", draft->key);
  text = base_json_to_text (kept);
  guichet_outbox_keep_aside (self->outbox, draft->about, ROW,
                             target_of (draft->customer, draft->about), text);
}

void
guichet_session_forget_customer (GuichetSession *self, const GuichetCustomerDraft *draft)
{
  guichet_outbox_keep_aside (self->outbox, draft->about, ROW,
                             target_of (draft->customer, draft->about), "");
}

GuichetCustomerDraft *
guichet_session_find_customer_draft (GuichetSession *self, const char *customer, const char *about)
{
  const GuichetRow *row = guichet_outbox_find (self->outbox, ROW, target_of (customer, about), "");
  g_autoptr (JsonNode) node = row != NULL ? json_from_string (row->value, NULL) : NULL;
  g_autoptr (GuichetCustomerDraft) draft = NULL;
  g_auto (GStrv) ways = NULL;
  const char *name, *key;
  BaseJson root;

  if (node == NULL || !base_json_root (&root, node, NULL))
    return NULL;
  draft = guichet_customer_draft_new (customer, *customer != '\0' ? "" : about);
  if (!base_json_get_int (&root, "revision", 0, G_MAXINT64, &draft->revision, NULL) ||
      !base_json_get_string (&root, "name", TEXT_MAX, &name, NULL) ||
      !base_json_get_string (&root, "key", TEXT_MAX, &key, NULL) ||
      !base_json_opt_strings (&root, "ways", WAYS_MAX, TEXT_MAX, &ways, NULL) || ways == NULL ||
      g_strv_length (ways) % 2 != 0)
    return NULL;
  guichet_customer_draft_set (draft, name, (const char *const *) ways);
  g_free (draft->key);
  draft->key = g_strdup (key);
  return g_steal_pointer (&draft);
}

/* --- answers ---------------------------------------------------------------------------------- */

static GuichetCustomer *
read_customer (GuichetSession *self, const BaseJson *root, const char *member, GError **error)
{
  g_autoptr (GuichetRecord) customer = g_object_new (GUICHET_TYPE_CUSTOMER, NULL);
  BaseJson json;

  if (!base_json_get_object (root, member, &json, error) ||
      !guichet_apply_customer (customer, &json, &self->context, error))
    return NULL;
  guichet_see_customer (self, customer);
  return GUICHET_CUSTOMER (g_steal_pointer (&customer));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  GuichetCustomer *customer;
  BaseJson root;

  if (problem != NULL &&
      g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT))
    {
      base_json_from_object (&root, problem);
      customer = read_customer (self, &root, "current", NULL);
      if (customer != NULL)
        g_task_set_task_data (task, customer, g_object_unref);
    }
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  customer = read_customer (self, &root, "customer", &error);
  if (customer != NULL)
    g_task_return_pointer (task, customer, g_object_unref);
  else
    g_task_return_error (task, guichet_request_nonsense (error));
}

GuichetCustomer *
guichet_session_customer_finish (GuichetSession *self,
                                 GAsyncResult *result,
                                 GuichetCustomer **current,
                                 GError **error)
{
  GuichetCustomer *newer = g_task_get_task_data (G_TASK (result));

  if (current != NULL)
    *current = newer != NULL ? g_object_ref (newer) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Takes task and body; body NULL: a question. key NULL: a new one. */
static void
ask (GuichetSession *self,
     GTask *task,
     const char *method,
     const char *path,
     JsonObject *body,
     const char *key)
{
  g_autoptr (JsonObject) owned G_GNUC_UNUSED = body;
  g_autofree char *made = body != NULL && key == NULL ? base_token_new (18) : NULL;

  if (guichet_request_may_send (self, task))
    guichet_api_send_async (self->api, method, path, body, key != NULL ? key : made,
                            g_task_get_cancellable (task), on_answer, task);
}

/* --- commands --------------------------------------------------------------------------------- */

void
guichet_session_get_customer_async (GuichetSession *self,
                                    const char *id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *path = guichet_request_path ("/v1/customers/", id, "");

  ask (self, g_task_new (self, cancellable, callback, user_data), "GET", path, NULL, NULL);
}

/* Numbers, and the rest as addresses. */
static JsonObject *
body_of (const GuichetCustomerDraft *draft)
{
  JsonObject *body = json_object_new ();
  JsonArray *numbers = json_array_new ();
  JsonArray *addresses = json_array_new ();

  for (guint i = 0; draft->ways[i] != NULL; i += 2)
    if (g_str_equal (draft->ways[i], "voice"))
      json_array_add_string_element (numbers, draft->ways[i + 1]);
    else
      {
        JsonObject *address = json_object_new ();

        json_object_set_string_member (address, "channel", draft->ways[i]);
        json_object_set_string_member (address, "address", draft->ways[i + 1]);
        json_array_add_object_element (addresses, address);
      }
  json_object_set_string_member (body, "name", draft->name);
  json_object_set_array_member (body, "numbers", numbers);
  json_object_set_array_member (body, "addresses", addresses);
  return body;
}

void
guichet_session_save_customer_async (GuichetSession *self,
                                     const GuichetCustomerDraft *draft,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  JsonObject *body = body_of (draft);
  g_autofree char *path = NULL;

  if (*draft->customer == '\0')
    {
      if (*draft->about != '\0')
        json_object_set_string_member (body, "interaction", draft->about);
      ask (self, task, "POST", "/v1/customers", body, draft->key);
      return;
    }
  path = guichet_request_path ("/v1/customers/", draft->customer, "");
  json_object_set_int_member (body, "revision", draft->revision);
  ask (self, task, "PUT", path, body, draft->key);
}

void
guichet_session_merge_customers_async (GuichetSession *self,
                                       GuichetCustomer *customer,
                                       GuichetCustomer *other,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path =
      guichet_request_path ("/v1/customers/", guichet_customer_get_id (customer), "/merge");

  json_object_set_string_member (body, "customer", guichet_customer_get_id (other));
  json_object_set_int_member (body, "revision", guichet_customer_get_revision (customer));
  json_object_set_int_member (body, "customer_revision", guichet_customer_get_revision (other));
  ask (self, g_task_new (self, cancellable, callback, user_data), "POST", path, body, NULL);
}

void
guichet_session_separate_customers_async (GuichetSession *self,
                                          GuichetCustomer *customer,
                                          const char *other,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path =
      guichet_request_path ("/v1/customers/", guichet_customer_get_id (customer), "/separate");

  json_object_set_string_member (body, "customer", other);
  json_object_set_int_member (body, "revision", guichet_customer_get_revision (customer));
  ask (self, g_task_new (self, cancellable, callback, user_data), "POST", path, body, NULL);
}

void
guichet_session_link_customer_async (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     const char *customer,
                                     gboolean remember,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  JsonObject *body = json_object_new ();

  base_json_set_string (body, "customer", customer);
  if (remember)
    json_object_set_boolean_member (body, "remember", TRUE);
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", "/v1/interactions/", guichet_interaction_get_id (interaction), "/customer", body);
}

/* --- finding ---------------------------------------------------------------------------------- */

static void
find (GuichetSession *self,
      const char *before,
      const char *what,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autofree char *path = guichet_request_path (before, what, "");

  guichet_request_send (
      self, guichet_request_new (self, GUICHET_ANSWER_CUSTOMERS, cancellable, callback, user_data),
      "GET", path, NULL);
}

void
guichet_session_find_customers_by_number_async (GuichetSession *self,
                                                const char *number,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data)
{
  find (self, "/v1/customers?number=", number, cancellable, callback, user_data);
}

void
guichet_session_find_customers_async (GuichetSession *self,
                                      const char *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  find (self, "/v1/customers?query=", query, cancellable, callback, user_data);
}
