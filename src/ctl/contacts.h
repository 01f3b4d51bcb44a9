/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outside contacts from other programs' files into the definitions in force. */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

/* The file of the arguments, by its ending: .json (a list of contacts), .csv, .vcf. The contacts
 * with the same ids are replaced, the others stay. */
gboolean ctl_contacts_import (const CtlOptions *options, GError **error);

G_END_DECLS
