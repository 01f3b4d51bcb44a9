/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the boxes, and who is told of it. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* One message. */
typedef struct
{
  char *id, *box, *interaction;
  char *number, *name, *customer; /* who called, as far as it is known */
  gint64 at, ms;
  gboolean heard;
  gint64 deleted; /* when it was put away, 0: it is there */
} Voicemail;

void voicemail_free (Voicemail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Voicemail, voicemail_free)

/* NULL: there is none. */
Voicemail *voicemail_find (Centre *centre, const char *id);
/* All that lie in a box, newest first, at most 200; free with g_ptr_array_unref. */
GPtrArray *voicemail_in (Centre *centre, const char *box);
/* One of this interaction in a box that the agent opens, NULL: there is none. */
Voicemail *voicemail_of (Centre *centre, const char *interaction, const char *agent);
/* Whether the agent opens this box. */
gboolean voicemail_is_open_to (Centre *centre, const char *box, const char *agent);
/* {"boxes":[…],"voicemails":[…]} of the agent. */
JsonObject *voicemail_list (Centre *centre, const char *agent);
/* A message lies in its box from now on: all who open it are told. */
void voicemail_arrived (Centre *centre, const char *id);
/* Writes the message as it is now and tells all who open its box; @done when it is durable. Takes
 * the batch. */
void voicemail_set (Centre *centre,
                    const Voicemail *voicemail,
                    const char *by,
                    StoreBatch *batch,
                    CentreReadyFunc done,
                    gpointer user_data);

G_END_DECLS
