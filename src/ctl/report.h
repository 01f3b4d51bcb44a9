/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guichetctl prints of a running centre. */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

gboolean ctl_report_status (const CtlOptions *options, GError **error);
gboolean ctl_report_journal (const CtlOptions *options, GError **error);
void ctl_report_json (JsonNode *node); /* indented, with a line end */

G_END_DECLS
