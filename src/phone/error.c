/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers the phone's errors with D-Bus. */
#include "phone/error.h"

#include <gio/gio.h>

static const GDBusErrorEntry entries[] = {
  { PHONE_ERROR_INVALID_ARGUMENT, "org.guichet.Guichet.Phone.Error.InvalidArgument" },
  { PHONE_ERROR_NO_SUCH_CALL, "org.guichet.Guichet.Phone.Error.NoSuchCall" },
  { PHONE_ERROR_WRONG_STATE, "org.guichet.Guichet.Phone.Error.WrongState" },
  { PHONE_ERROR_NO_DEVICE, "org.guichet.Guichet.Phone.Error.NoDevice" },
  { PHONE_ERROR_NO_ACCOUNT, "org.guichet.Guichet.Phone.Error.NoAccount" },
  { PHONE_ERROR_FAILED, "org.guichet.Guichet.Phone.Error.Failed" },
};

GQuark
phone_error_quark (void)
{
  static gsize quark;

  g_dbus_error_register_error_domain ("phone-error-quark", &quark, entries, G_N_ELEMENTS (entries));
  return (GQuark) quark;
}
