/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody who calls: by themselves, one after another with pauses, or as they are told. Lives on
 * the main context. */
#pragma once

#include "demo/customer.h"

G_BEGIN_DECLS

typedef struct _DemoCrowd DemoCrowd;

typedef struct
{
  const char *centre;         /* "127.0.0.1:5060" */
  const char *const *entries; /* "LANGUAGE=NUMBER" or "NUMBER": what is dialled */
  const char *record;         /* folder for what customers hear, or NULL */
  guint at_once;              /* calls by themselves at the same time */
} DemoCrowdConfig;

/* What happens, as the customer's events. */
typedef void (*DemoCrowdEvent) (DemoCustomer *customer,
                                const char *event,
                                const char *key,
                                const char *value,
                                gpointer user_data);

DemoCrowd *demo_crowd_new (TelUa *ua,
                           GPtrArray *people,
                           const DemoCrowdConfig *config,
                           DemoCrowdEvent on_event,
                           gpointer user_data);
void demo_crowd_free (DemoCrowd *crowd); /* after the user agent is closed */

/* From now on customers call by themselves. */
void demo_crowd_start (DemoCrowd *crowd);

/* One call as told; @errand->to and ->record are filled in. 0: not possible, with the error. */
guint demo_crowd_call (DemoCrowd *crowd, const DemoErrand *errand, GError **error);
DemoCustomer *demo_crowd_find (DemoCrowd *crowd, guint call);

G_END_DECLS
