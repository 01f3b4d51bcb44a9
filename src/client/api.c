/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetApi: owns the SoupSession, the centre's address and the token. Main loop. */
#include "client/api.h"

#include "base/json.h"
#include "base/log.h"

#include <string.h>

#define ANSWER_MAX     (16 * 1024 * 1024)
#define ANSWER_TIMEOUT 15
#define WORD_MAX       4096

static const BaseJsonLimits answer_limits = { ANSWER_MAX, 32 };

struct _GuichetApi
{
  GObject parent_instance;
  SoupSession *soup;
  char *url; /* without a slash at the end */
  char *token;
};

G_DEFINE_FINAL_TYPE (GuichetApi, guichet_api, G_TYPE_OBJECT)

typedef struct
{
  SoupMessage *message;
  char *method;
  char *path;
  char *body;
  char *key;
  gboolean repeated;
  JsonObject *problem;
  GBytes *file; /* in place of a body */
  char *name;
  GuichetApiProgress progress;
  gpointer progress_data;
  goffset written;
  gboolean raw; /* the answer is wanted as it is */
} Request;

static void
request_free (Request *request)
{
  if (request->message != NULL)
    g_signal_handlers_disconnect_by_data (request->message, request);
  g_clear_object (&request->message);
  g_free (request->method);
  g_free (request->path);
  g_free (request->body);
  g_free (request->key);
  g_free (request->name);
  g_clear_pointer (&request->file, g_bytes_unref);
  g_clear_pointer (&request->problem, json_object_unref);
  g_free (request);
}

static const struct
{
  const char *code;
  GuichetClientErrorCode error;
} problem_codes[] = {
  { "wrong_password", GUICHET_CLIENT_ERROR_WRONG_PASSWORD },
  { "account_locked", GUICHET_CLIENT_ERROR_ACCOUNT_LOCKED },
  { "session_elsewhere", GUICHET_CLIENT_ERROR_ELSEWHERE },
  { "full", GUICHET_CLIENT_ERROR_FULL },
  { "not_signed_in", GUICHET_CLIENT_ERROR_SIGNED_OUT },
  { "not_allowed", GUICHET_CLIENT_ERROR_NOT_ALLOWED },
  { "not_now", GUICHET_CLIENT_ERROR_NOT_NOW },
  { "not_found", GUICHET_CLIENT_ERROR_NOT_FOUND },
  { "conflict", GUICHET_CLIENT_ERROR_CONFLICT },
  { "invalid", GUICHET_CLIENT_ERROR_INVALID },
  { "bad_request", GUICHET_CLIENT_ERROR_INVALID },
  { "too_large", GUICHET_CLIENT_ERROR_TOO_LARGE },
  { "too_many", GUICHET_CLIENT_ERROR_TOO_MANY },
};

static GError *
error_from_problem (const BaseJson *problem, guint status)
{
  GuichetClientErrorCode code =
      status >= 500 ? GUICHET_CLIENT_ERROR_UNAVAILABLE : GUICHET_CLIENT_ERROR_PROTOCOL;
  const char *type = "", *reason = NULL, *field = NULL, *detail = NULL;
  gint64 limit = 0, retry_after = 0;

  base_json_opt_string (problem, "type", WORD_MAX, "", &type, NULL);
  base_json_opt_string (problem, "reason", WORD_MAX, NULL, &reason, NULL);
  base_json_opt_string (problem, "field", WORD_MAX, NULL, &field, NULL);
  base_json_opt_string (problem, "detail", WORD_MAX, NULL, &detail, NULL);
  base_json_opt_int (problem, "limit", 0, G_MAXINT64, 0, &limit, NULL);
  base_json_opt_int (problem, "retry_after", 0, G_MAXINT64, 0, &retry_after, NULL);
  if (g_str_has_prefix (type, "urn:guichet:error:"))
    type += strlen ("urn:guichet:error:");
  for (guint i = 0; i < G_N_ELEMENTS (problem_codes); i++)
    if (g_str_equal (problem_codes[i].code, type))
      code = problem_codes[i].error;
  return guichet_client_error_new (code, reason != NULL || *type == '\0' ? reason : type, field,
                                   limit, retry_after, detail != NULL ? detail : type);
}

static const char *
certificate_reason (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "bad_identity";
  if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return "expired";
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "unknown_ca";
  return "other";
}

static GError *
error_from_transport (const GError *error, SoupMessage *message)
{
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return guichet_client_error_new (
        GUICHET_CLIENT_ERROR_BAD_CERTIFICATE,
        certificate_reason (soup_message_get_tls_peer_certificate_errors (message)), NULL, 0, 0,
        error->message);
  return guichet_client_error_new (GUICHET_CLIENT_ERROR_UNREACHABLE, NULL, NULL, 0, 0,
                                   error->message);
}

gboolean
guichet_api_is_transport_error (const GError *error)
{
  return g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_UNREACHABLE) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_UNCERTAIN) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN);
}

static SoupMessage *
new_message (GuichetApi *self, const char *method, const char *path, GError **error)
{
  g_autofree char *address = g_strconcat (self->url != NULL ? self->url : "", path, NULL);
  SoupMessage *message = soup_message_new (method, address);

  if (message == NULL)
    {
      g_propagate_error (error, guichet_client_error_new (GUICHET_CLIENT_ERROR_BAD_ADDRESS, NULL,
                                                          NULL, 0, 0, address));
      return NULL;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  return message;
}

static void begin_request (GTask *task);

static void
finish_request (GTask *task, GBytes *bytes)
{
  Request *request = g_task_get_task_data (task);
  guint status = soup_message_get_status (request->message);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  BaseJson root;

  if (request->raw && status >= 200 && status < 300)
    {
      g_task_return_pointer (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
      return;
    }
  if (g_bytes_get_size (bytes) == 0 && status >= 200 && status < 300)
    {
      g_task_return_pointer (task, json_object_new (), (GDestroyNotify) json_object_unref);
      return;
    }
  node = base_json_parse_bytes (bytes, &answer_limits, &error);
  if (node == NULL || !base_json_root (&root, node, &error))
    {
      g_autofree char *text = g_strdup_printf ("status %u: %s", status, error->message);
      g_task_return_error (task, guichet_client_error_new (status >= 500
                                                               ? GUICHET_CLIENT_ERROR_UNAVAILABLE
                                                               : GUICHET_CLIENT_ERROR_PROTOCOL,
                                                           NULL, NULL, 0, 0, text));
      return;
    }
  if (status >= 200 && status < 300)
    {
      g_task_return_pointer (task, json_object_ref (root.object),
                             (GDestroyNotify) json_object_unref);
      return;
    }
  request->problem = json_object_ref (root.object);
  g_task_return_error (task, error_from_problem (&root, status));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  GError *worded;

  if (bytes != NULL)
    {
      finish_request (task, bytes);
      return;
    }
  worded = error_from_transport (error, request->message);
  if (request->key != NULL && !request->repeated && guichet_api_is_transport_error (worded) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    {
      g_error_free (worded);
      request->repeated = TRUE;
      begin_request (g_steal_pointer (&task));
      return;
    }
  if (request->repeated && guichet_api_is_transport_error (worded))
    {
      g_error_free (worded);
      worded = guichet_client_error_new (GUICHET_CLIENT_ERROR_UNCERTAIN, NULL, NULL, 0, 0,
                                         error->message);
    }
  g_task_return_error (task, worded);
}

static void
on_wrote (SoupMessage *message, guint size, Request *request)
{
  request->written += size;
  if (request->progress == NULL)
    return;
  request->progress ((double) request->written / (double) g_bytes_get_size (request->file),
                     request->progress_data);
}

static void
set_file (Request *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (request->message);
  g_autofree char *name = g_uri_escape_string (request->name, NULL, FALSE);
  g_autofree char *disposition = g_strconcat ("attachment; filename*=UTF-8''", name, NULL);

  request->written = 0;
  soup_message_headers_replace (headers, "Content-Disposition", disposition);
  soup_message_set_request_body_from_bytes (request->message, "application/octet-stream",
                                            request->file);
  g_signal_connect (request->message, "wrote-body-data", G_CALLBACK (on_wrote), request);
}

static void
begin_request (GTask *task)
{
  GuichetApi *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_object (&request->message);
  request->message = new_message (self, request->method, request->path, &error);
  if (request->message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (request->key != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request->message),
                                  "Idempotency-Key", request->key);
  if (request->file != NULL)
    set_file (request);
  else if (request->body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (request->body, strlen (request->body));
      soup_message_set_request_body_from_bytes (request->message, "application/json", bytes);
    }
  soup_session_send_and_read_async (self->soup, request->message, G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), on_answer, task);
}

void
guichet_api_send_async (GuichetApi *self,
                        const char *method,
                        const char *path,
                        JsonObject *body,
                        const char *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, guichet_api_send_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->body = body != NULL ? base_json_to_text (body) : NULL;
  request->key = g_strdup (key);
  begin_request (task);
}

void
guichet_api_upload_async (GuichetApi *self,
                          const char *path,
                          const GuichetApiFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->method = g_strdup ("POST");
  request->path = g_strdup (path);
  request->key = g_strdup (file->key);
  request->name = g_strdup (file->name);
  request->file = g_bytes_ref (file->bytes);
  request->progress = file->progress;
  request->progress_data = file->progress_data;
  begin_request (task);
}

void
guichet_api_fetch_async (GuichetApi *self,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->method = g_strdup ("GET");
  request->path = g_strdup (path);
  request->raw = TRUE;
  begin_request (task);
}

GBytes *
guichet_api_fetch_finish (GuichetApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonObject *
guichet_api_send_finish (GuichetApi *self,
                         GAsyncResult *result,
                         JsonObject **problem,
                         GError **error)
{
  Request *request;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  request = g_task_get_task_data (G_TASK (result));
  if (problem != NULL)
    *problem = request->problem != NULL ? json_object_ref (request->problem) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SoupMessage *message = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *connection;
  guint status;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (connection != NULL)
    {
      g_task_return_pointer (task, connection, g_object_unref);
      return;
    }
  status = soup_message_get_status (message);
  if (status == 401)
    g_task_return_error (
        task, guichet_client_error_new (GUICHET_CLIENT_ERROR_SIGNED_OUT, NULL, NULL, 0, 0, "401"));
  else if (status == 410)
    g_task_return_error (task, guichet_client_error_new (GUICHET_CLIENT_ERROR_NOT_FOUND,
                                                         "cursor_gone", NULL, 0, 0, "410"));
  else if (status >= 400)
    g_task_return_error (task, guichet_client_error_new (GUICHET_CLIENT_ERROR_UNAVAILABLE, NULL,
                                                         NULL, 0, 0, error->message));
  else
    g_task_return_error (task, error_from_transport (error, message));
}

void
guichet_api_connect_async (GuichetApi *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SoupMessage *message = new_message (self, "GET", path, &error);

  if (message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, message, g_object_unref);
  soup_session_websocket_connect_async (self->soup, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        cancellable, on_connected, task);
}

SoupWebsocketConnection *
guichet_api_connect_finish (GuichetApi *self, GAsyncResult *result, gboolean *gone, GError **error)
{
  GError *local = NULL;
  SoupWebsocketConnection *connection = g_task_propagate_pointer (G_TASK (result), &local);

  *gone = g_strcmp0 (guichet_client_error_get_reason (local), "cursor_gone") == 0;
  if (local != NULL)
    g_propagate_error (error, local);
  return connection;
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

gboolean
guichet_api_set_url (GuichetApi *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url != NULL ? url : "", G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  gsize length;

  if (host == NULL || *host == '\0' || g_uri_get_query (uri) != NULL ||
      g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (scheme, "https") && !(g_str_equal (scheme, "http") && is_this_machine (host))))
    {
      g_propagate_error (error, guichet_client_error_new (GUICHET_CLIENT_ERROR_BAD_ADDRESS, NULL,
                                                          NULL, 0, 0, url));
      return FALSE;
    }
  g_free (self->url);
  self->url = g_strdup (url);
  for (length = strlen (self->url); length > 0 && self->url[length - 1] == '/'; length--)
    self->url[length - 1] = '\0';
  return TRUE;
}

const char *
guichet_api_get_url (GuichetApi *self)
{
  return self->url;
}

gboolean
guichet_api_set_ca_file (GuichetApi *self, const char *path, GError **error)
{
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, error);

  if (database == NULL)
    return FALSE;
  soup_session_set_tls_database (self->soup, database);
  return TRUE;
}

void
guichet_api_set_token (GuichetApi *self, const char *token)
{
  char *old = self->token;

  self->token = g_strdup (token);
  if (old != NULL)
    explicit_bzero (old, strlen (old));
  g_free (old);
}

const char *
guichet_api_get_token (GuichetApi *self)
{
  return self->token;
}

static void
guichet_api_finalize (GObject *object)
{
  GuichetApi *self = GUICHET_API (object);

  soup_session_abort (self->soup);
  g_clear_object (&self->soup);
  guichet_api_set_token (self, NULL);
  g_free (self->url);
  G_OBJECT_CLASS (guichet_api_parent_class)->finalize (object);
}

static void
guichet_api_class_init (GuichetApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_api_finalize;
}

static void
guichet_api_init (GuichetApi *self)
{
  self->soup =
      soup_session_new_with_options ("timeout", ANSWER_TIMEOUT, "idle-timeout", 30, "user-agent",
                                     "Guichet", "max-conns-per-host", 8, NULL);
}

GuichetApi *
guichet_api_new (void)
{
  return g_object_new (GUICHET_TYPE_API, NULL);
}
