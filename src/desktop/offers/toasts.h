/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The notifications that stand on the desktop: at most so many, each for so long. One more than the
 * most takes back the oldest. */
#define GUICHET_TYPE_TOASTS (guichet_toasts_get_type ())
G_DECLARE_FINAL_TYPE (GuichetToasts, guichet_toasts, GUICHET, TOASTS, GObject)

/* application is not owned. */
GuichetToasts *guichet_toasts_new (GApplication *application);

/* max 0: none at all. seconds 0: until it is withdrawn. Those beyond the most go at once. */
void guichet_toasts_set_limits (GuichetToasts *self, guint max, guint seconds);

/* Shows it after a delay (0: at once), in the place of the one with the same key if there is one;
 * its time begins anew. What is shown meanwhile with this key takes its place. */
void guichet_toasts_show (GuichetToasts *self,
                          const char *key,
                          GNotification *notification,
                          guint delay_ms);
void guichet_toasts_withdraw (GuichetToasts *self, const char *key);
void guichet_toasts_clear (GuichetToasts *self);
gboolean guichet_toasts_stands (GuichetToasts *self, const char *key);
