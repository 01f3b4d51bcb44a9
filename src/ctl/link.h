/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a running guichetd: HTTP over the Unix socket in its data directory, which only its
 * owner may open. One request at a time, waiting for the answer. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CTL_ERROR (ctl_error_quark ())
typedef enum
{
  CTL_ERROR_USAGE,       /* the command line makes no sense */
  CTL_ERROR_UNREACHABLE, /* no guichetd answers on the socket */
  CTL_ERROR_REFUSED,     /* guichetd, or a check here, says no; the message says why */
  CTL_ERROR_PROTOCOL,    /* the answer is not what it should be */
  CTL_ERROR_INPUT,       /* a file or the password could not be read */
} CtlError;
GQuark ctl_error_quark (void);

typedef struct _CtlLink CtlLink;

/* `data` is the data directory of the daemon. */
CtlLink *ctl_link_new (const char *data);
void ctl_link_free (CtlLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlLink, ctl_link_free)

/* `body` may be NULL. The document of a 2xx answer (free with json_node_unref), or NULL with
 * CTL_ERROR; the problems that a refusal names stand in the message, a line each. */
JsonNode *ctl_link_call (CtlLink *link,
                         const char *method,
                         const char *path,
                         const char *body,
                         GError **error);

G_END_DECLS
