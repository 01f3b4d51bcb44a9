/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent wrote down of a customer. Centre's thread. */
#pragma once

#include "server/api/call.h"
#include "server/centre/number.h"
#include "server/centre/people.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* the body's */
  GPtrArray *addresses; /* PersonAddress; NULL: not given at all, they stay */
} CustomerBody;

/* `name`, `numbers`, `addresses`. A number or address that is shown masked is the one it stands for
 * of @known (or NULL). FALSE: answered. */
gboolean customer_body_read (ApiCall *call, const Person *known, CustomerBody *body);
void customer_body_clear (CustomerBody *body);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CustomerBody, customer_body_clear)

/* Writes a customer whose own revision becomes @revision. @known: as it was, or NULL. */
void customer_body_write (Centre *centre,
                          const CustomerBody *body,
                          const char *id,
                          gint64 revision,
                          const Person *known,
                          StoreBatch *batch);

G_END_DECLS
