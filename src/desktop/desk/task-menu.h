/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/desk/task-row.h"

/* Gives a row its menu (secondary button), and what Ctrl with the primary button does: the chat is
 * shown beside the current one. */
void guichet_task_menu_attach (GuichetTaskRow *row);
