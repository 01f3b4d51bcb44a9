/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's definitions and its customers' process. The customers are started when an agent is
 * available for the first time and end with this process. Centre's thread. */

#include "server/demo-centre.h"

#include "base/json.h"
#include "base/log.h"
#include "server/centre/apply.h"
#include "server/channels/sms/gateway.h"

#include <gio/gio.h>
#include <signal.h>
#include <unistd.h>

#define GATEWAY    "demo"
#define GATEWAY_FD 3 /* of the customers' process */

struct _DemoCentre
{
  Centre *centre;
  CentreReadyFunc ready;
  gpointer user_data;
  char *sip, *page, *webhooks;
  GSocket *gateway; /* NULL: no SMS, or the customers have it */
  char *secret;     /* of the gateway */
  GSubprocess *customers;
  guint watch;
};

static char *
data_file (const char *name)
{
  const char *folder = g_getenv ("GUICHET_DEMO_DATA");

  return g_build_filename (folder != NULL ? folder : GUICHET_DEMO_DATA_DIR, name, NULL);
}

/* Beside this program, in its build tree, or wherever programs are. */
static char *
customers_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  static const char *const places[] = { "guichet-demo-customers", "../demo/guichet-demo-customers",
                                        "../../src/demo/guichet-demo-customers" };

  if (g_getenv ("GUICHET_DEMO_CUSTOMERS") != NULL)
    return g_strdup (g_getenv ("GUICHET_DEMO_CUSTOMERS"));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_find_program_in_path ("guichet-demo-customers");
}

static void
on_password_kept (gpointer user_data)
{
  DemoCentre *self = user_data;

  self->ready (self->user_data);
}

static void
on_applied (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *hash = password_hash (DEMO_PASSWORD);
  StoreBatch *batch = store_batch_new ();

  if (result->error != NULL)
    base_log (BASE_LOG_ERROR, "demo", "apply_refused", "reason", result->error->message, NULL);
  store_batch_add (batch, STORE_PASSWORD_SET, DEMO_AGENT, hash);
  centre_write (centre, batch, on_password_kept, user_data);
}

static ModelDefinitions *
read_definitions (GError **error)
{
  g_autofree char *path = data_file ("centre.json");
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) problems = model_problems_new ();
  ModelDefinitions *definitions;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  node = base_json_parse (text, length, NULL, error);
  if (node == NULL)
    return NULL;
  definitions = model_definitions_from_json (json_node_get_object (node), problems);
  if (definitions == NULL)
    {
      const ModelProblem *problem = g_ptr_array_index (problems, 0);

      g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "%s: %s: %s", path, problem->path,
                   problem->message);
    }

  return definitions;
}

DemoCentre *
demo_centre_new (Centre *centre, CentreReadyFunc ready, gpointer user_data, GError **error)
{
  g_autoptr (ModelDefinitions) definitions = read_definitions (error);
  DemoCentre *self;

  if (definitions == NULL)
    return NULL;
  self = g_new0 (DemoCentre, 1);
  self->centre = centre;
  self->ready = ready;
  self->user_data = user_data;
  centre_apply (centre, definitions, on_applied, self);

  return self;
}

static const ModelEntryPoint *
find_entry_point (Centre *centre, ModelChannel channel)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  for (guint i = 0; i < definitions->entry_points->len; i++)
    {
      const ModelEntryPoint *entry = g_ptr_array_index (definitions->entry_points, i);

      if (entry->channel == (gint32) channel && entry->addresses != NULL &&
          entry->addresses[0] != NULL)
        return entry;
    }

  return NULL;
}

/* They get the socket: without them nothing listens there. */
static void
give_gateway (DemoCentre *self, GSubprocessLauncher *launcher, GPtrArray *arguments)
{
  const ModelEntryPoint *entry = find_entry_point (self->centre, MODEL_CHANNEL_SMS);
  int descriptor;

  if (self->gateway == NULL || self->webhooks == NULL || entry == NULL)
    return;
  descriptor = dup (g_socket_get_fd (self->gateway));
  if (descriptor < 0)
    return;
  g_subprocess_launcher_take_fd (launcher, descriptor, GATEWAY_FD);
  g_subprocess_launcher_setenv (launcher, "GUICHET_DEMO_SMS_SECRET", self->secret, TRUE);
  g_ptr_array_add (arguments, g_strdup_printf ("--sms=%s/sms/" GATEWAY "/in", self->webhooks));
  g_ptr_array_add (arguments, g_strconcat ("--sms-number=", entry->addresses[0], NULL));
  g_ptr_array_add (arguments, g_strdup_printf ("--sms-listener=%d", GATEWAY_FD));
}

static void
start_customers (DemoCentre *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *program = customers_program ();
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      base_log (BASE_LOG_ERROR, "demo", "customers_missing", NULL);
      return;
    }
  g_ptr_array_add (arguments, g_steal_pointer (&program));
  g_ptr_array_add (arguments, g_strdup ("--with-parent"));
  g_ptr_array_add (arguments, g_strconcat ("--centre=", self->sip, NULL));
  if (self->page != NULL)
    g_ptr_array_add (arguments, g_strconcat ("--chat=", self->page, NULL));
  for (guint i = 0; i < definitions->entry_points->len; i++)
    {
      const ModelEntryPoint *entry = g_ptr_array_index (definitions->entry_points, i);

      if (entry->channel == MODEL_CHANNEL_VOICE && entry->addresses != NULL &&
          entry->addresses[0] != NULL)
        g_ptr_array_add (arguments,
                         g_strdup_printf ("--entry=%s%s%s", entry->language ? entry->language : "",
                                          entry->language ? "=" : "", entry->addresses[0]));
    }
  give_gateway (self, launcher, arguments);
  g_ptr_array_add (arguments, NULL);
  self->customers =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_clear_object (&self->gateway);
  if (self->customers == NULL)
    base_log_failure (BASE_LOG_ERROR, "demo", "customers_failed", error);
  else
    base_log (BASE_LOG_INFO, "demo", "customers_call", NULL);
}

static gboolean
on_watch (gpointer user_data)
{
  DemoCentre *self = user_data;
  AcdAgentView view;

  if (!acd_core_agent_view (centre_core (self->centre), DEMO_AGENT, &view) ||
      view.state != MODEL_AGENT_AVAILABLE)
    return G_SOURCE_CONTINUE;
  self->watch = 0;
  start_customers (self);

  return G_SOURCE_REMOVE;
}

char *
demo_centre_page (Centre *centre, const char *webchat)
{
  const ModelEntryPoint *entry =
      webchat != NULL ? find_entry_point (centre, MODEL_CHANNEL_WEBCHAT) : NULL;

  return entry != NULL ? g_strconcat (webchat, "/chat/", entry->addresses[0], NULL) : NULL;
}

/* A tour directs its own customers. */
static gboolean
has_customers (void)
{
  return g_getenv ("GUICHET_DEMO_NO_CUSTOMERS") == NULL;
}

static GSocket *
listen_on_loopback (guint16 *port, GError **error)
{
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error) ||
      !g_socket_listen (socket, error) ||
      (bound = g_socket_get_local_address (socket, error)) == NULL)
    return NULL;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return g_steal_pointer (&socket);
}

gboolean
demo_centre_gateway (DemoCentre *self, Config *config, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *url = NULL;
  guint16 port;

  /* Who has brought gateways along has his own customers. */
  if (!has_customers () || config->webhooks_host != NULL)
    return TRUE;
  self->gateway = listen_on_loopback (&port, error);
  if (self->gateway == NULL)
    return FALSE;
  self->secret = g_uuid_string_random ();
  url = g_strdup_printf ("http://127.0.0.1:%u/send", port);
  g_key_file_set_string (file, "sms " GATEWAY, "url", url);
  g_key_file_set_string (file, "sms " GATEWAY, "body",
                         "from={from}&to={to}&text={text}&report={report}");
  g_key_file_set_string (file, "sms " GATEWAY, "secret", self->secret);
  config->webhooks_host = g_strdup ("127.0.0.1");
  config->webhooks_port = 0;

  return sms_gateway_read (config->gateways, file, "sms " GATEWAY, error);
}

void
demo_centre_open (DemoCentre *self, const char *sip, const char *page, const char *webhooks)
{
  self->sip = g_strdup (sip);
  self->page = g_strdup (page);
  self->webhooks = g_strdup (webhooks);
  if (has_customers ())
    self->watch = g_timeout_add (250, on_watch, self);
}

void
demo_centre_trunk (Centre *centre, Config *config)
{
  static const char *const loopback[] = { "127.0.0.0/8", "::1/128", NULL };
  const ModelDefinitions *definitions = centre_definitions (centre);
  ConfigTrunk *trunk = g_new0 (ConfigTrunk, 1);

  trunk->name = g_strdup ("demo");
  trunk->addresses = g_strdupv ((char **) loopback);
  trunk->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; definitions != NULL && i < definitions->variables->len; i++)
    {
      const ModelVariable *variable = g_ptr_array_index (definitions->variables, i);

      if (variable->header != NULL)
        g_hash_table_insert (trunk->variables, g_strdup (variable->header),
                             g_strdup (variable->id));
    }
  g_ptr_array_add (config->trunks, trunk);
}

void
demo_centre_free (DemoCentre *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->customers != NULL)
    g_subprocess_send_signal (self->customers, SIGTERM);
  g_clear_object (&self->customers);
  g_free (self->sip);
  g_free (self->page);
  g_free (self->webhooks);
  g_free (self->secret);
  g_clear_object (&self->gateway);
  g_free (self);
}
