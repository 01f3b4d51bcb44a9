/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New definitions as one command. */
#pragma once

#include "server/centre/centre.h"

void centre_apply (Centre *centre,
                   ModelDefinitions *definitions,
                   CentreDoneFunc done,
                   gpointer user_data);
