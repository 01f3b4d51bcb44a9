/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

gboolean guichet_mail_is (GuichetInteraction *interaction);

/* What somebody wrote himself: the text of a mail without the lines that quote, which begin with
 * ">". NULL: it quotes nothing. Free it. */
char *guichet_mail_own_words (const char *text);

/* What of a mail is not here, or NULL if all of it is. Free it. */
char *guichet_mail_missing (GuichetMessage *message);
