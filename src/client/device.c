/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetDevice: one table of fields; filled by phone.c. Main loop. */
#include "client/phone.h"

#include "client/fields/phone.h"

struct _GuichetDevice
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetDevice, guichet_device, GUICHET_TYPE_RECORD)

static const GuichetField device_fields[N_DEVICE_FIELDS] = {
  [DEVICE_ID] = { "id", GUICHET_FIELD_STRING },
  [DEVICE_LABEL] = { "label", GUICHET_FIELD_STRING },
  [DEVICE_IS_DEFAULT] = { "is-default", GUICHET_FIELD_BOOL },
};

static void
guichet_device_class_init (GuichetDeviceClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), device_fields, N_DEVICE_FIELDS);
}

static void
guichet_device_init (GuichetDevice *self)
{
}

GUICHET_RECORD_STRING (GuichetDevice, guichet_device, id, DEVICE_ID)
GUICHET_RECORD_STRING (GuichetDevice, guichet_device, label, DEVICE_LABEL)
GUICHET_RECORD_BOOL (GuichetDevice, guichet_device, is_default, DEVICE_IS_DEFAULT)
