/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: puts its parts together. Above them all; main loop. */
#include "client/join.h"
#include "client/chat-write.h"

#include "client/fields/session.h"
#include "client/link.h"
#include "client/station.h"
#include "client/typing.h"

GuichetSession *
guichet_session_new (GuichetPhone *phone, const char *cache_dir)
{
  GuichetSession *self = g_object_new (GUICHET_TYPE_SESSION, NULL);

  self->phone = phone != NULL ? g_object_ref (phone) : NULL;
  guichet_record_set_object (GUICHET_RECORD (self), SESSION_PHONE, phone);
  self->cache_dir = cache_dir != NULL ? g_strdup (cache_dir)
                                      : g_build_filename (g_get_user_data_dir (), "guichet", NULL);
  guichet_session_init_station (self);
  guichet_session_init_link (self);
  guichet_session_init_typing (self);
  guichet_session_init_chats (self);
  guichet_session_init_join (self);
  return self;
}
