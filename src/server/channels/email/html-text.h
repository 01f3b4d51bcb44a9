/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mail written as HTML says, as plain text: no markup, no script, nothing fetched. Pure; any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HTML_TEXT_MAX (512 * 1024) /* bytes of HTML that are read */

/* @html is UTF-8. Links keep their address behind them where it says more than the text, quoted
 * parts stand behind "> ". What lies beyond HTML_TEXT_MAX or too deep is left out; @cut says so.
 * Free with g_free. */
char *html_to_text (const char *html, gboolean *cut);

G_END_DECLS
