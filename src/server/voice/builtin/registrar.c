/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registrar. Owns the stations: credentials (memory only), the one contact of each, the
 * timer of its expiry and the watch on it. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-registrar"

#include "server/voice/builtin/registrar.h"

#include "server/voice/builtin/watch.h"

#include <string.h>

#define MIN_EXPIRES     10
#define MAX_EXPIRES     300
#define DEFAULT_EXPIRES 60
#define MAX_URI         255

typedef struct
{
  Registrar *registrar;
  char *agent, *user, *ha1;
  char *uri; /* NULL: not registered, and what follows is empty */
  char *flow, *address;
  guint port;
  TelTransport transport;
  char *call_id;
  guint32 cseq;
  GSource *expiry;
  Watch *watch; /* or NULL */
} Station;

struct _Registrar
{
  char *realm;
  guint max_contacts, n_contacts;
  TelUa *ua; /* to ask phones by; NULL: they are not asked */
  guint every_ms;
  RegistrarChanged changed;
  gpointer user_data;
  GHashTable *by_agent; /* owns the stations */
  GHashTable *by_user;
};

static void
clear_contact (Station *station)
{
  if (station->uri != NULL)
    station->registrar->n_contacts--;
  g_clear_pointer (&station->uri, g_free);
  g_clear_pointer (&station->flow, g_free);
  g_clear_pointer (&station->address, g_free);
  g_clear_pointer (&station->call_id, g_free);
  if (station->expiry != NULL)
    g_source_destroy (station->expiry);
  g_clear_pointer (&station->expiry, g_source_unref);
  g_clear_pointer (&station->watch, watch_free);
}

static void
station_free (gpointer data)
{
  Station *station = data;

  clear_contact (station);
  explicit_bzero (station->ha1, strlen (station->ha1));
  g_free (station->ha1);
  g_free (station->agent);
  g_free (station->user);
  g_free (station);
}

static void
end_registration (Station *station, VoiceRegistrationReason reason)
{
  Registrar *self = station->registrar;

  if (station->uri == NULL)
    return;
  clear_contact (station);
  g_message ("registration of %s ended: %s", station->agent,
             voice_registration_reason_name (reason));
  self->changed (station->agent, FALSE, reason, self->user_data);
}

static gboolean
on_expiry (gpointer data)
{
  end_registration (data, VOICE_REGISTRATION_EXPIRED);

  return G_SOURCE_REMOVE;
}

static void
on_lost (gpointer data)
{
  end_registration (data, VOICE_REGISTRATION_LOST);
}

Registrar *
registrar_new (const char *realm, guint max_contacts, RegistrarChanged changed, gpointer user_data)
{
  Registrar *self = g_new0 (Registrar, 1);

  self->realm = g_strdup (realm);
  self->max_contacts = max_contacts;
  self->changed = changed;
  self->user_data = user_data;
  self->by_user = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_agent = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, station_free);

  return self;
}

void
registrar_start_watch (Registrar *self, TelUa *ua, guint every_ms)
{
  self->ua = ua;
  self->every_ms = every_ms;
}

void
registrar_stop_watch (Registrar *self)
{
  GHashTableIter iter;
  gpointer station;

  self->ua = NULL;
  g_hash_table_iter_init (&iter, self->by_agent);
  while (g_hash_table_iter_next (&iter, NULL, &station))
    g_clear_pointer (&((Station *) station)->watch, watch_free);
}

void
registrar_free (Registrar *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_user);
  g_hash_table_unref (self->by_agent);
  g_free (self->realm);
  g_free (self);
}

gboolean
registrar_remove_station (Registrar *self, const char *agent)
{
  Station *station = g_hash_table_lookup (self->by_agent, agent);

  if (station == NULL)
    return FALSE;
  end_registration (station, VOICE_REGISTRATION_REMOVED);
  g_hash_table_remove (self->by_user, station->user);
  g_hash_table_remove (self->by_agent, agent);

  return TRUE;
}

gboolean
registrar_set_station (Registrar *self,
                       const char *agent,
                       const char *user,
                       const char *ha1,
                       const char *password)
{
  Station *owner, *station;

  if (user == NULL)
    user = agent;
  owner = g_hash_table_lookup (self->by_user, user);
  if (owner != NULL && !g_str_equal (owner->agent, agent))
    return FALSE;

  registrar_remove_station (self, agent);
  station = g_new0 (Station, 1);
  station->registrar = self;
  station->agent = g_strdup (agent);
  station->user = g_strdup (user);
  station->ha1 = ha1 ? g_ascii_strdown (ha1, -1) : tel_digest_ha1 (user, self->realm, password);
  g_hash_table_insert (self->by_agent, station->agent, station);
  g_hash_table_insert (self->by_user, station->user, station);

  return TRUE;
}

static char *
on_ha1 (const char *user, const char *realm, gpointer user_data)
{
  Registrar *self = user_data;
  Station *station = g_hash_table_lookup (self->by_user, user);

  return station ? g_strdup (station->ha1) : NULL;
}

static gboolean
is_private (TelRequest *request)
{
  const char *address = tel_request_get_source_address (request);

  return tel_request_get_transport (request) == TEL_TRANSPORT_TLS ||
         (address != NULL && (g_str_has_prefix (address, "127.") || g_str_equal (address, "::1")));
}

static void
respond_with_contact (Station *station, TelRequest *request, int expires)
{
  g_autofree char *contact =
      station->uri ? g_strdup_printf ("Contact: <%s>;expires=%d", station->uri, expires) : NULL;
  const char *headers[] = { contact, NULL };

  tel_request_respond (request, 200, "OK", headers);
}

static void
save_contact (Station *station, TelRequest *request, const char *uri, int expires)
{
  Registrar *self = station->registrar;
  gboolean was_ready = station->uri != NULL;
  gboolean same = g_strcmp0 (station->uri, uri) == 0;

  clear_contact (station);
  self->n_contacts++;
  station->uri = g_strdup (uri);
  station->flow = tel_request_get_flow (request);
  station->address = g_strdup (tel_request_get_source_address (request));
  station->port = tel_request_get_source_port (request);
  station->transport = tel_request_get_transport (request);
  station->call_id = g_strdup (tel_request_get_call_id (request));
  station->cseq = tel_request_get_cseq (request);
  station->expiry = g_timeout_source_new_seconds ((guint) expires + 2);
  g_source_set_callback (station->expiry, on_expiry, station, NULL);
  g_source_attach (station->expiry, g_main_context_get_thread_default ());
  if (self->ua != NULL)
    station->watch = watch_new (self->ua, uri, station->flow, self->every_ms, on_lost, station);
  respond_with_contact (station, request, expires);

  if (!was_ready || !same)
    {
      g_message ("%s registered from %s", station->agent, station->address);
      self->changed (station->agent, TRUE,
                     was_ready ? VOICE_REGISTRATION_REPLACED : VOICE_REGISTRATION_REGISTERED,
                     self->user_data);
    }
}

/* With its owner proved: what the REGISTER wants. */
static void
take_register (Station *station, TelRequest *request)
{
  Registrar *self = station->registrar;
  GPtrArray *contacts = tel_request_get_contacts (request);
  TelContact *contact = contacts && contacts->len > 0 ? contacts->pdata[0] : NULL;
  static const char *const brief[] = { "Min-Expires: " G_STRINGIFY (MIN_EXPIRES), NULL };
  int expires;

  if (station->uri != NULL &&
      g_strcmp0 (station->call_id, tel_request_get_call_id (request)) == 0 &&
      tel_request_get_cseq (request) <= station->cseq)
    {
      tel_request_respond (request, 500, "Out of Order", NULL);
      return;
    }
  if (contact == NULL)
    {
      respond_with_contact (station, request, MIN_EXPIRES);
      return;
    }

  expires = contact->expires < 0 ? DEFAULT_EXPIRES : contact->expires;
  if (g_str_equal (contact->uri, "*") && (expires != 0 || contacts->len > 1))
    tel_request_respond (request, 400, "Bad Contact", NULL);
  else if (contacts->len > 1)
    tel_request_respond (request, 403, "One Contact Only", NULL);
  else if (expires == 0)
    {
      /* Only its own contact says goodbye: one that was replaced must not end its successor. */
      if (g_str_equal (contact->uri, "*") || g_strcmp0 (contact->uri, station->uri) == 0)
        end_registration (station, VOICE_REGISTRATION_UNREGISTERED);
      respond_with_contact (station, request, MIN_EXPIRES);
    }
  else if (expires < MIN_EXPIRES)
    tel_request_respond (request, 423, "Interval Too Brief", brief);
  else if (strlen (contact->uri) > MAX_URI ||
           !(g_ascii_strncasecmp (contact->uri, "sip:", 4) == 0 ||
             g_ascii_strncasecmp (contact->uri, "sips:", 5) == 0))
    tel_request_respond (request, 400, "Bad Contact", NULL);
  else if (station->uri == NULL && self->n_contacts >= self->max_contacts)
    tel_request_respond (request, 503, "Too Many Registrations", NULL);
  else
    save_contact (station, request, contact->uri, MIN (expires, MAX_EXPIRES));
}

void
registrar_handle (Registrar *self, TelRequest *request)
{
  g_autofree char *user = NULL;
  Station *station;

  if (!is_private (request))
    {
      tel_request_respond (request, 403, "TLS Required", NULL);
      return;
    }
  if (tel_request_authenticate (request, self->realm, on_ha1, self, &user) != TEL_AUTH_OK)
    return;

  station = g_hash_table_lookup (self->by_user, user);
  if (station == NULL || g_strcmp0 (tel_request_get_to_user (request), user) != 0)
    tel_request_respond (request, 403, "Not Your Address", NULL);
  else
    take_register (station, request);
}

gboolean
registrar_find (Registrar *self, const char *agent, RegistrarContact *contact)
{
  Station *station = g_hash_table_lookup (self->by_agent, agent);

  if (station == NULL || station->uri == NULL)
    return FALSE;
  contact->uri = station->uri;
  contact->flow = station->flow;
  contact->transport = station->transport;

  return TRUE;
}

const char *
registrar_agent_at (Registrar *self, const char *address, guint port, TelTransport transport)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_agent);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Station *station = value;

      if (station->uri != NULL && station->transport == transport && station->port == port &&
          g_strcmp0 (station->address, address) == 0)
        return station->agent;
    }

  return NULL;
}

gboolean
registrar_proves (Registrar *self, const char *agent, TelRequest *request, gboolean *answered)
{
  g_autofree char *user = NULL;
  Station *station;

  *answered = tel_request_authenticate (request, self->realm, on_ha1, self, &user) != TEL_AUTH_OK;
  station = *answered ? NULL : g_hash_table_lookup (self->by_user, user);

  return station != NULL && g_str_equal (station->agent, agent);
}

void
registrar_lose (Registrar *self, const char *agent)
{
  Station *station = g_hash_table_lookup (self->by_agent, agent);

  if (station != NULL)
    end_registration (station, VOICE_REGISTRATION_LOST);
}

GStrv
registrar_list (Registrar *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_agent);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Station *) value)->uri != NULL)
      g_strv_builder_add (builder, ((Station *) value)->agent);

  return g_strv_builder_end (builder);
}
