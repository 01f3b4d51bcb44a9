/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guichet-phone without a phone, on a private bus: answers every method, notes it, and has the
 * calls that the test gives it. Main loop. */
#pragma once

#include <gio/gio.h>

typedef struct _FakePhone FakePhone;

FakePhone *fake_phone_new (const char *bus_address);
void fake_phone_free (FakePhone *self); /* its name vanishes from the bus, as in a crash */

/* fake_phone_set_call: adds or changes one. end_reason may be NULL. */
void fake_phone_set_call (FakePhone *self,
                          const char *id,
                          const char *state,
                          const char *offer,
                          const char *end_reason);
void fake_phone_set_problem (FakePhone *self, const char *problem); /* NULL: none */
void fake_phone_set_account (FakePhone *self, gboolean account);
void fake_phone_emit_levels (FakePhone *self, double microphone, double speaker);

/* fake_phone_fail_next: the next call of method fails with Error.NAME. */
void fake_phone_fail_next (FakePhone *self, const char *method, const char *name);

/* Methods called, "Answer ('c1',)". */
guint fake_phone_count (FakePhone *self, const char *prefix);
const char *fake_phone_last (FakePhone *self, const char *prefix);
