/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GuichetPhone is made of: phone.c (the object, the phone's coming and going, what is given to
 * it), phone-sync.c (what it says), phone-calls.c (what is asked of it). For these three. */
#pragma once

#include "client/phone-bus.h"
#include "client/phone-private.h"

struct _GuichetPhone
{
  GuichetRecord parent_instance;
  GDBusConnection *connection;
  GuichetBusPhone *proxy;
  GCancellable *cancellable;
  GListStore *calls;
  GListStore *microphones;
  GListStore *speakers;
  GVariant *settings;
  GVariant *account;
  gboolean alive;
  gboolean settled;
  guint watchers;
  guint renew_id;
  guint restart_id;
  guint restarts;
};

/* phone-sync.c */
void guichet_phone_sync (GuichetPhone *self);
/* The phone is gone and its calls with it. */
void guichet_phone_lose_calls (GuichetPhone *self);
GuichetCall *guichet_phone_find_call (GuichetPhone *self, const char *id);
