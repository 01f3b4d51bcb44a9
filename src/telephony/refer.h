/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a REFER asks for (RFC 3515): the address in its Refer-To and, where that names one of the
 * dialogs of its sender, which (RFC 3891). Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *uri;      /* without headers */
  char *call_id;  /* of Replaces, or NULL, as the next two */
  char *to_tag;   /* of whom the dialog is to be taken from: ours */
  char *from_tag; /* of who refers */
} TelRefer;

/* Reads the value of a Refer-To header; FALSE: malformed, and there is nothing to clear. */
gboolean tel_refer_read (const char *text, TelRefer *refer);
void tel_refer_clear (TelRefer *refer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelRefer, tel_refer_clear)

G_END_DECLS
