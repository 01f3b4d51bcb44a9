/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the directory's handlers share with others. Centre's thread. */
#pragma once

#include "server/api/call.h"
#include "server/centre/directory.h"

G_BEGIN_DECLS

/* ITEM of an own speed dial, without its actions. */
JsonObject *api_directory_dial (const DirectoryDial *dial);

/* Whose calls would be forwarded to what is found, as the question says: *agent interned, or NULL.
 * FALSE: answered. */
gboolean api_read_forward_of (ApiCall *call, const char **agent);
/* Why they cannot be, to this agent, queue or number, NULL: they can. */
const char *
api_forward_problem (ApiCall *call, const char *agent, ModelForwardTo to, const char *where);

/* If the call's command is done, the agent has turned to this one: it is among the recent. Takes
 * call->prepare and call->data. */
void api_directory_use (ApiCall *call, DirectoryKind kind, const char *id);
/* It has turned to it already. */
void api_directory_used (ApiCall *call, DirectoryKind kind, const char *id);
/* As api_directory_use, of what the command is to. */
void api_directory_remember (ApiCall *call, const AcdCommand *command);
/* As api_directory_use, of what has this number, if anything has. */
void api_directory_use_number (ApiCall *call, const char *number);

G_END_DECLS
