/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Text as searches compare it, without case and accents: "societe" finds "Société". Transfer full.
 */
char *guichet_fold (const char *text);
