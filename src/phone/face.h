/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's face on D-Bus: data/dbus/org.guichet.Guichet.Phone.xml, where everything is
 * described. Main thread. */
#pragma once

#include "phone/phone.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define PHONE_BUS_NAME          "org.guichet.Guichet.Phone"
#define PHONE_OBJECT_PATH       "/org/guichet/Guichet/Phone"
#define PHONE_INTERFACE         "org.guichet.Guichet.Phone"
#define PHONE_INTERFACE_VERSION 2

typedef struct _PhoneFace PhoneFace;

/* @clients: one came or the last one went. */
PhoneFace *phone_face_new (GDBusConnection *bus,
                           void (*clients) (gpointer user_data),
                           gpointer user_data,
                           GError **error);
void phone_face_free (PhoneFace *face);
/* The phone to show; its events are to be handed to the three functions below. */
void phone_face_set_phone (PhoneFace *face, Phone *phone);
gboolean phone_face_has_clients (PhoneFace *face);

void phone_face_changed (PhoneFace *face);
void phone_face_dtmf (PhoneFace *face, PhoneCall *call, char digit);
void phone_face_quality (PhoneFace *face, PhoneCall *call);

G_END_DECLS
