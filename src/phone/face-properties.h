/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The D-Bus properties by name. */
#pragma once

#include "phone/phone.h"

/* Of the interface description; floating. */
GVariant *phone_face_get_property (Phone *phone, const char *name);
