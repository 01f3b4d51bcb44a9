/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP over the administration socket. Owns one SoupSession; main thread only. */
#include "ctl/link.h"

#include "base/json.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

/* The daemon answers once an event is durable; a minute is far beyond that. */
#define TIMEOUT_S 60

static const BaseJsonLimits limits = { .max_size = 256 * 1024 * 1024, .max_depth = 32 };

struct _CtlLink
{
  SoupSession *session;
  char *socket;
};

G_DEFINE_QUARK (guichet - ctl - error - quark, ctl_error)

CtlLink *
ctl_link_new (const char *data)
{
  CtlLink *link = g_new0 (CtlLink, 1);
  g_autoptr (GSocketAddress) address = NULL;

  link->socket = g_build_filename (data, "guichetd.sock", NULL);
  address = g_unix_socket_address_new (link->socket);
  link->session = soup_session_new_with_options ("remote-connectable", address, "timeout",
                                                 TIMEOUT_S, "user-agent", "guichetctl", NULL);
  return link;
}

void
ctl_link_free (CtlLink *link)
{
  g_clear_object (&link->session);
  g_free (link->socket);
  g_free (link);
}

/* One line of the list of problems: "queues[3].skills: message". */
static void
append_problem (GString *text, JsonObject *problem)
{
  g_string_append_printf (text, "\n%s: %s",
                          json_object_get_string_member_with_default (problem, "path", ""),
                          json_object_get_string_member_with_default (problem, "message", ""));
}

static void
set_refusal (GError **error, guint status, JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *problem =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = "";

  if (problem != NULL)
    {
      type = json_object_get_string_member_with_default (problem, "type", "");
      g_string_append (text, json_object_get_string_member_with_default (problem, "detail", type));
    }
  if (text->len == 0)
    g_string_append_printf (text, "guichetd answered %u", status);
  if (problem != NULL && json_object_has_member (problem, "reason"))
    g_string_append_printf (
        text, " (%s)", json_object_get_string_member_with_default (problem, "reason", "unknown"));
  if (problem != NULL && json_object_has_member (problem, "problems") &&
      JSON_NODE_HOLDS_ARRAY (json_object_get_member (problem, "problems")))
    {
      JsonArray *all = json_object_get_array_member (problem, "problems");

      for (guint i = 0; i < json_array_get_length (all); i++)
        if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (all, i)))
          append_problem (text, json_array_get_object_element (all, i));
    }
  g_set_error_literal (error, CTL_ERROR, CTL_ERROR_REFUSED, text->str);
}

JsonNode *
ctl_link_call (CtlLink *link,
               const char *method,
               const char *path,
               const char *body,
               GError **error)
{
  g_autofree char *uri = g_strconcat ("http://localhost", path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint status;

  g_return_val_if_fail (message != NULL, NULL);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (link->session, message, NULL, &failure);
  if (answer == NULL)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_UNREACHABLE,
                   "no guichetd answers on %s (%s); is it running, and is --data its directory?",
                   link->socket, failure->message);
      return NULL;
    }
  status = soup_message_get_status (message);
  if (g_bytes_get_size (answer) > 0)
    node = base_json_parse_bytes (answer, &limits, &failure);
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      set_refusal (error, status, node);
      return NULL;
    }
  if (node == NULL && g_bytes_get_size (answer) > 0)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_PROTOCOL, "guichetd's answer is not JSON: %s",
                   failure->message);
      return NULL;
    }
  if (node == NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  return g_steal_pointer (&node);
}
