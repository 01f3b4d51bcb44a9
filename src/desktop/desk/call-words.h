/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/interaction.h"

/* What is going on in a call, as it is said beside its timer. */
typedef enum
{
  GUICHET_CALL_PLAIN, /* the customer and this agent */
  GUICHET_CALL_HELD,
  GUICHET_CALL_CONSULT_REQUESTED,
  GUICHET_CALL_CONFERENCE_REQUESTED,
  GUICHET_CALL_TRANSFERRING,
  GUICHET_CALL_CONSULTING,
  GUICHET_CALL_CONFERENCE,
  GUICHET_CALL_POST_CALL, /* without the customer */
} GuichetCallState;

/* since: since when, 0: not to be said; may be NULL. */
GuichetCallState guichet_call_words_state (GuichetInteraction *interaction, gint64 *since);
/* "Consulting"; NULL of a plain call. */
const char *guichet_call_words_label (GuichetCallState state);
/* "consulting", in a list. */
const char *guichet_call_words_row (GuichetCallState state);
/* What a screen reader says before the time: "Consulting for". */
const char *guichet_call_words_caption (GuichetCallState state);

/* Role and state of who is in a call, as this agent meets it; part NULL: the customer. Free it. */
char *guichet_call_words_person (GuichetInteraction *interaction, GuichetParticipation *part);
/* By name or number; NULL: the customer. Free it. */
char *guichet_call_words_name (GuichetInteraction *interaction, GuichetParticipation *part);
