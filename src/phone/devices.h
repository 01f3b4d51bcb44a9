/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of sound devices, and which one to use. Plain data, owned by whoever made it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;    /* the sound server's name for it: stable over restarts and re-plugging */
  char *label; /* for people */
  gboolean is_default;
} PhoneDevice;

/* A list: GPtrArray of PhoneDevice that owns them. */
GPtrArray *phone_devices_new (void);
void phone_devices_add (GPtrArray *devices, const char *id, const char *label, gboolean is_default);
gboolean phone_devices_equal (GPtrArray *a, GPtrArray *b);
gboolean phone_devices_has (GPtrArray *devices, const char *id);

/* The device to use: the chosen one if it is there ("" chooses none), else the default, else any,
 * else NULL. */
const char *phone_devices_pick (GPtrArray *devices, const char *chosen);
/* Whether one was chosen that is not there. */
gboolean phone_devices_lost (GPtrArray *devices, const char *chosen);
/* As the D-Bus property: aa{sv}, floating. */
GVariant *phone_devices_to_variant (GPtrArray *devices);

G_END_DECLS
