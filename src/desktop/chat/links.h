/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Text as markup in which addresses of the web, and nothing else, can be clicked; what is shown is
 * the address itself. Free it. */
char *guichet_chat_markup (const char *text);
