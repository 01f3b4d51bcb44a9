/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetNotice: what a supervisor has written to this agent, or that something is out of service.
 * Read-only, notifying: id s, at i, from s (a name), audience s ("agent", "team", "all"),
 * priority s ("low", "normal", "high", "urgent"), text s, read b; service s ("": somebody wrote it;
 * else "node", "trunk", "mailbox", "gateway", "page", whose name is the text), back-at i (0: still
 * out). */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_NOTICE guichet_notice_get_type ()
G_DECLARE_FINAL_TYPE (GuichetNotice, guichet_notice, GUICHET, NOTICE, GuichetRecord)

const char *guichet_notice_get_id (GuichetNotice *self);
gint64 guichet_notice_get_at (GuichetNotice *self);
const char *guichet_notice_get_from (GuichetNotice *self);
const char *guichet_notice_get_audience (GuichetNotice *self);
const char *guichet_notice_get_priority (GuichetNotice *self);
const char *guichet_notice_get_text (GuichetNotice *self);
gboolean guichet_notice_get_read (GuichetNotice *self);
const char *guichet_notice_get_service (GuichetNotice *self);
gint64 guichet_notice_get_back_at (GuichetNotice *self);
