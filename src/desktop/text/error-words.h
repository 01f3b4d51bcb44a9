/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Any error of the client or the demo centre as a sentence with its reason and limit. Transfer
 * full. */
char *guichet_words_of_error (const GError *error);
