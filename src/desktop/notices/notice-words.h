/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/notice.h"

/* Its priority in a word, and the picture beside that word. */
const char *guichet_notice_priority_words (const char *priority);
const char *guichet_notice_priority_icon (const char *priority);
/* What it says: what was written, or what is out of service or back. Free it. */
char *guichet_notice_text_words (GuichetNotice *notice);
/* Its priority, who says it, and its first line. Free it. */
char *guichet_notice_news (GuichetNotice *notice);
/* "Dora, to everybody". Free it. */
char *guichet_notice_from_words (GuichetNotice *notice);
/* Its first line, cut. Free it. */
char *guichet_notice_preview (GuichetNotice *notice);
