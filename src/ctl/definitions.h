/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking, applying and printing a centre's definitions. */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

gboolean ctl_definitions_check (const CtlOptions *options, GError **error);
gboolean ctl_definitions_apply (const CtlOptions *options, GError **error);
gboolean ctl_definitions_print (const CtlOptions *options, GError **error);

G_END_DECLS
