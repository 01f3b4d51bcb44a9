/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents depend on and is out of service: whoever finds it so says it here, and says when it
 * is back. What lasts is told as a notice to those whose work comes that way, and to supervisors;
 * when it is back the notice says so. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef enum
{
  OUTAGE_NODE,    /* a node of the voice engine */
  OUTAGE_TRUNK,   /* a peer that brings and takes outside calls */
  OUTAGE_MAILBOX, /* read by IMAP, or left by SMTP */
  OUTAGE_GATEWAY, /* of SMS */
  OUTAGE_PAGE,    /* of social messages */
} OutageKind;

typedef struct _Outages Outages;

Outages *outages_new (Centre *centre);
void outages_free (Outages *self);

/* Nothing is known to be out of service any more: after a start. */
void outages_begin (Outages *self);
/* As often as it is found; only changes count. @name: as the configuration calls it. */
void outages_set (Centre *centre, OutageKind kind, const char *name, gboolean out);

G_END_DECLS
