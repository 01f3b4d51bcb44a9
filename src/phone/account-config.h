/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account as SetAccount gives it, checked. Plain data. */
#pragma once

#include <gio/gio.h>

#include "telephony/types.h"

G_BEGIN_DECLS

typedef struct
{
  char *registrar; /* as given */
  char *host;      /* of the registrar, without brackets */
  guint port;
  char *user, *password, *domain, *display_name, *ca_path, *instance;
  TelTransport transport;
  TelSrtp srtp;
  guint expires;
} PhoneAccountConfig;

gboolean phone_account_config_read (PhoneAccountConfig *config, GVariant *account, GError **error);
void phone_account_config_clear (PhoneAccountConfig *config);
/* "host:port", with brackets around an IPv6 address. Free with g_free. */
char *phone_account_config_get_target (const PhoneAccountConfig *config);

G_END_DECLS
