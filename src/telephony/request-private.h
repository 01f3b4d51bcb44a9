/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between request.c and digest.c only. */
#pragma once

#include "telephony/sip.h"

G_BEGIN_DECLS

struct _TelRequest
{
  gatomicrefcount refs;
  TelUa *ua;
  const sip_t *sip; /* within msg */
  msg_t *msg;
  nua_handle_t *handle;
  TelCall *call; /* of an INVITE, during the callback */
  gboolean is_call, responded;
  char *address;
  guint port;
  TelTransport transport;
  char *method, *uri, *from, *from_name, *to, *to_user, *call_id;
  GHashTable *headers;
};

void tel_request_refuse (TelRequest *request, int status, const char *header);

G_END_DECLS
