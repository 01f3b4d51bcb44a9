/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A private centre of invented customers on this computer: starts `guichetd --demo`, tells where it
 * answers, ends it. */
#define GUICHET_TYPE_DEMO_CENTRE (guichet_demo_centre_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDemoCentre, guichet_demo_centre, GUICHET, DEMO_CENTRE, GObject)

typedef enum
{
  GUICHET_DEMO_ERROR_MISSING, /* guichetd is not installed */
  GUICHET_DEMO_ERROR_START,   /* it ended or said nothing that makes sense */
} GuichetDemoError;
#define GUICHET_DEMO_ERROR (guichet_demo_error_quark ())
GQuark guichet_demo_error_quark (void);

GuichetDemoCentre *guichet_demo_centre_new (void);

/* Ready when its address is known. A centre that a killed window left behind is taken up again. */
void guichet_demo_centre_start_async (GuichetDemoCentre *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean
guichet_demo_centre_start_finish (GuichetDemoCentre *self, GAsyncResult *result, GError **error);

const char *guichet_demo_centre_get_address (GuichetDemoCentre *self);
const char *guichet_demo_centre_get_agent (GuichetDemoCentre *self);
const char *guichet_demo_centre_get_password (GuichetDemoCentre *self);
/* Where a person can be a customer in a browser, or NULL. */
const char *guichet_demo_centre_get_chat_page (GuichetDemoCentre *self);

/* Ends the daemon and removes its data; the callback comes when both are gone. */
void guichet_demo_centre_stop_async (GuichetDemoCentre *self,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
