/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search compares. Pure.
 */

#include "desktop/text/fold.h"

#include "base/fold.h"

char *
guichet_fold (const char *text)
{
  return base_fold (text);
}
