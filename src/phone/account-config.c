/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and checks the vardict of SetAccount: unknown keys, wrong types and impossible values are
 * refused. */
#include "phone/account-config.h"

#include "phone/error.h"

#include <string.h>

#define TEXT_MAX 256

static gboolean
wrong (GError **error, const char *key, const char *what)
{
  g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "%s: %s", key, what);
  return FALSE;
}

static gboolean
has_odd_characters (const char *text)
{
  for (const char *c = text; *c; c++)
    if (g_ascii_iscntrl (*c))
      return TRUE;
  return FALSE;
}

static gboolean
take_text (char **text, const char *key, GVariant *value, GError **error)
{
  const char *given;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return wrong (error, key, "not a string");
  given = g_variant_get_string (value, NULL);
  if (strlen (given) > (g_str_equal (key, "ca_path") ? 4096 : TEXT_MAX))
    return wrong (error, key, "too long");
  if (has_odd_characters (given))
    return wrong (error, key, "control characters");
  g_free (*text);
  *text = *given ? g_strdup (given) : NULL;
  return TRUE;
}

static gboolean
take_expires (guint *expires, GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return wrong (error, "expires", "not an unsigned number");
  *expires = g_variant_get_uint32 (value);
  if (*expires < 30 || *expires > 3600)
    return wrong (error, "expires", "not within 30 and 3600");
  return TRUE;
}

typedef struct
{
  PhoneAccountConfig *config;
  char *transport, *srtp;
} Reading;

static gboolean
take (Reading *reading, const char *key, GVariant *value, GError **error)
{
  PhoneAccountConfig *config = reading->config;
  const struct
  {
    const char *key;
    char **text;
  } texts[] = {
    { "registrar", &config->registrar },
    { "user", &config->user },
    { "password", &config->password },
    { "domain", &config->domain },
    { "display_name", &config->display_name },
    { "ca_path", &config->ca_path },
    { "instance", &config->instance },
    { "transport", &reading->transport },
    { "srtp", &reading->srtp },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (key, texts[i].key))
      return take_text (texts[i].text, key, value, error);
  if (g_str_equal (key, "expires"))
    return take_expires (&config->expires, value, error);
  return wrong (error, key, "no such key");
}

static gboolean
read_registrar (PhoneAccountConfig *config, gboolean *sips, GError **error)
{
  const char *text = config->registrar;
  g_autoptr (GSocketConnectable) address = NULL;

  *sips = g_ascii_strncasecmp (text, "sips:", 5) == 0;
  if (!*sips && g_ascii_strncasecmp (text, "sip:", 4) != 0)
    return wrong (error, "registrar", "not a sip: or sips: address");
  text += *sips ? 5 : 4;
  if (!*text || strpbrk (text, "@;?<> \"/"))
    return wrong (error, "registrar", "not just a host and a port");
  address = g_network_address_parse (text, 0, NULL);
  if (!address)
    return wrong (error, "registrar", "not a host and a port");
  config->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  config->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  return TRUE;
}

static gboolean
complete (Reading *reading, GError **error)
{
  PhoneAccountConfig *config = reading->config;
  gboolean sips;

  if (!config->registrar || !config->user || !config->password)
    return wrong (error,
                  !config->registrar ? "registrar"
                  : !config->user    ? "user"
                                     : "password",
                  "missing");
  if (strpbrk (config->user, "@:;<>\" \\"))
    return wrong (error, "user", "not a user part");
  if (!read_registrar (config, &sips, error))
    return FALSE;
  config->transport = sips ? TEL_TRANSPORT_TLS : TEL_TRANSPORT_UDP;
  if (reading->transport && !tel_transport_from_name (reading->transport, &config->transport))
    return wrong (error, "transport", "not udp, tcp or tls");
  if (sips && config->transport != TEL_TRANSPORT_TLS)
    return wrong (error, "transport", "sips: needs tls");
  config->srtp = config->transport == TEL_TRANSPORT_TLS ? TEL_SRTP_REQUIRED : TEL_SRTP_OFF;
  if (reading->srtp && !tel_srtp_from_name (reading->srtp, &config->srtp))
    return wrong (error, "srtp", "not required, optional or off");
  if (config->port == 0)
    config->port = config->transport == TEL_TRANSPORT_TLS ? 5061 : 5060;
  if (config->ca_path && !g_file_test (config->ca_path, G_FILE_TEST_IS_REGULAR))
    return wrong (error, "ca_path", "no such file");
  if (config->instance && !g_uuid_string_is_valid (config->instance))
    return wrong (error, "instance", "not a UUID");
  return TRUE;
}

gboolean
phone_account_config_read (PhoneAccountConfig *config, GVariant *account, GError **error)
{
  Reading reading = { .config = config };
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean fine = TRUE;

  memset (config, 0, sizeof *config);
  config->expires = 60;
  g_variant_iter_init (&iter, account);
  while (fine && g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      fine = take (&reading, key, value, error);
      g_variant_unref (value);
    }
  fine = fine && complete (&reading, error);
  g_free (reading.transport);
  g_free (reading.srtp);
  if (!fine)
    phone_account_config_clear (config);
  return fine;
}

void
phone_account_config_clear (PhoneAccountConfig *config)
{
  if (config->password)
    memset (config->password, 0, strlen (config->password));
  g_clear_pointer (&config->registrar, g_free);
  g_clear_pointer (&config->host, g_free);
  g_clear_pointer (&config->user, g_free);
  g_clear_pointer (&config->password, g_free);
  g_clear_pointer (&config->domain, g_free);
  g_clear_pointer (&config->display_name, g_free);
  g_clear_pointer (&config->ca_path, g_free);
  g_clear_pointer (&config->instance, g_free);
}

char *
phone_account_config_get_target (const PhoneAccountConfig *config)
{
  gboolean v6 = strchr (config->host, ':') != NULL;

  return g_strdup_printf ("%s%s%s:%u", v6 ? "[" : "", config->host, v6 ? "]" : "", config->port);
}
