/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's errors; on D-Bus org.guichet.Guichet.Phone.Error.NAME. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PHONE_ERROR (phone_error_quark ())
GQuark phone_error_quark (void);

typedef enum
{
  PHONE_ERROR_INVALID_ARGUMENT,
  PHONE_ERROR_NO_SUCH_CALL,
  PHONE_ERROR_WRONG_STATE,
  PHONE_ERROR_NO_DEVICE,
  PHONE_ERROR_NO_ACCOUNT,
  PHONE_ERROR_FAILED,
} PhoneError;

G_END_DECLS
