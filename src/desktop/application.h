/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#define GUICHET_APPLICATION_ID "org.guichet.Guichet"

/* The one process of an agent's desk: owns the session, the phone's proxy, the settings and the
 * demo centre, so that they outlive the window. */
#define GUICHET_TYPE_APPLICATION (guichet_application_get_type ())
G_DECLARE_FINAL_TYPE (GuichetApplication, guichet_application, GUICHET, APPLICATION, AdwApplication)

GuichetApplication *guichet_application_new (void);
