/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: its softphone: gets the account, and the centre is told whether it is fit for
 * calls. Main loop. */
#include "client/station.h"

#include "base/ids.h"
#include "base/log.h"
#include "client/fields/session.h"

#include <glib/gstdio.h>
#include <string.h>

#define CA_MAX (64 * 1024)

gboolean
guichet_session_has_softphone (GuichetSession *self)
{
  return g_str_equal (guichet_session_get_station (self), "softphone");
}

static void
on_phone_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  base_log_failure (BASE_LOG_WARNING, "session", "phone_not_told", error);
  self->phone_told = FALSE; /* again when the link is back */
}

static const char *
reason_not_ready (GuichetSession *self)
{
  static const char *const grave[] = { "no_microphone", "no_speaker", "suspending",
                                       "sound_server_lost" };
  const char *const *problems = guichet_phone_get_problems (self->phone);

  if (!guichet_phone_get_present (self->phone))
    return "phone_lost";
  for (guint i = 0; i < G_N_ELEMENTS (grave); i++)
    if (g_strv_contains (problems, grave[i]) ||
        g_str_equal (guichet_phone_get_registration_reason (self->phone), grave[i]))
      return grave[i];
  return NULL;
}

/* Tells the centre what the softphone says of its devices, when it is something new. */
void
guichet_session_tell_phone (GuichetSession *self)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *key = NULL;
  const char *reason;

  if (self->phone == NULL || !guichet_session_has_softphone (self) ||
      !guichet_session_get_link_up (self) || !guichet_phone_is_settled (self->phone))
    return;
  reason = reason_not_ready (self);
  if (self->phone_told && g_strcmp0 (self->phone_reason, reason) == 0)
    return;
  self->phone_told = TRUE;
  g_free (self->phone_reason);
  self->phone_reason = g_strdup (reason);
  body = json_object_new ();
  json_object_set_boolean_member (body, "ready", reason == NULL);
  if (reason != NULL)
    json_object_set_string_member (body, "reason", reason);
  key = base_token_new (18);
  guichet_api_send_async (self->api, "POST", "/v1/session/phone", body, key, self->cancellable,
                          on_phone_told, g_object_ref (self));
}

static char *
domain_of (const char *uri)
{
  const char *at = strchr (uri, '@');
  char *domain = g_strdup (at != NULL ? at + 1 : uri);

  domain[strcspn (domain, ";?>")] = '\0';
  return domain;
}

/* SIP credentials go to the phone and nowhere else. */
/* The phone reads the centre's authorities from a file of ours, one for each centre; it stays, for
 * a phone that outlives this window. NULL: the phone will refuse the centre, and says why. */
static char *
keep_ca (GuichetSession *self, const char *ca)
{
  g_autofree char *hash = g_compute_checksum_for_string (
      G_CHECKSUM_SHA256, guichet_record_get_string (GUICHET_RECORD (self), SESSION_CENTRE_URL), -1);
  g_autofree char *name = g_strdup_printf ("ca-%.24s.pem", hash);
  g_autofree char *path = g_build_filename (self->cache_dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (self->cache_dir, 0700);
  if (g_file_set_contents_full (path, ca, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return g_steal_pointer (&path);
  base_log_failure (BASE_LOG_WARNING, "session", "authorities_not_kept", error);
  return NULL;
}

gboolean
guichet_session_give_account (GuichetSession *self, const BaseJson *root, GError **error)
{
  const char *uri, *registrar, *user, *password, *transport, *srtp, *ca;
  g_autofree char *ca_path = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *address = NULL;
  GVariantBuilder account;
  BaseJson sip;

  if (!base_json_opt_object (root, "sip", &sip, error))
    return FALSE;
  if (sip.object == NULL || self->phone == NULL || !guichet_session_has_softphone (self))
    return TRUE;
  if (!base_json_get_string (&sip, "uri", 512, &uri, error) ||
      !base_json_get_string (&sip, "registrar", 512, &registrar, error) ||
      !base_json_get_string (&sip, "user", 256, &user, error) ||
      !base_json_get_string (&sip, "password", 256, &password, error) ||
      !base_json_opt_string (&sip, "transport", 16, "udp", &transport, error) ||
      !base_json_opt_string (&sip, "srtp", 16, "optional", &srtp, error) ||
      !base_json_opt_string (&sip, "ca", CA_MAX, NULL, &ca, error))
    return FALSE;
  domain = domain_of (uri);
  address = g_str_has_prefix (registrar, "sip") ? g_strdup (registrar)
                                                : g_strconcat ("sip:", registrar, NULL);
  g_variant_builder_init (&account, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&account, "{sv}", "registrar", g_variant_new_string (address));
  g_variant_builder_add (&account, "{sv}", "user", g_variant_new_string (user));
  g_variant_builder_add (&account, "{sv}", "password", g_variant_new_string (password));
  g_variant_builder_add (&account, "{sv}", "domain", g_variant_new_string (domain));
  g_variant_builder_add (&account, "{sv}", "display_name",
                         g_variant_new_string (guichet_session_get_agent_name (self)));
  g_variant_builder_add (&account, "{sv}", "transport", g_variant_new_string (transport));
  g_variant_builder_add (&account, "{sv}", "srtp", g_variant_new_string (srtp));
  ca_path = ca != NULL ? keep_ca (self, ca) : NULL;
  if (ca_path != NULL)
    g_variant_builder_add (&account, "{sv}", "ca_path", g_variant_new_string (ca_path));
  guichet_phone_set_account (self->phone, g_variant_builder_end (&account));
  return TRUE;
}

void
guichet_session_init_station (GuichetSession *self)
{
  if (self->phone == NULL)
    return;
  g_signal_connect_object (self->phone, "settled", G_CALLBACK (guichet_session_tell_phone), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::present", G_CALLBACK (guichet_session_tell_phone),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::problems", G_CALLBACK (guichet_session_tell_phone),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::registration-reason",
                           G_CALLBACK (guichet_session_tell_phone), self, G_CONNECT_SWAPPED);
}
