/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Configure sets: devices, volumes and sound processing. Plain data. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a device is used for; the ringer is any speaker. */
typedef enum
{
  PHONE_USE_MICROPHONE,
  PHONE_USE_SPEAKER,
  PHONE_USE_RINGER,
} PhoneUse;
#define PHONE_N_USES (PHONE_USE_RINGER + 1)

#define PHONE_DEVICE_ID_MAX 512
#define PHONE_RING_SILENT   "silent"

typedef struct
{
  char *devices[PHONE_N_USES]; /* "" follows the system's default */
  double volumes[PHONE_N_USES];
  char *ring; /* a sound of tones.h, or PHONE_RING_SILENT */
  gboolean echo_cancellation, noise_suppression, gain_control;
} PhoneSettings;

void phone_settings_init (PhoneSettings *settings);
void phone_settings_clear (PhoneSettings *settings);

/* Takes all of a vardict or, with PHONE_ERROR_INVALID_ARGUMENT, nothing. */
gboolean phone_settings_update (PhoneSettings *settings, GVariant *changes, GError **error);

G_END_DECLS
