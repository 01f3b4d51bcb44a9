/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/recording.h"

#include <glib.h>

/* The two lengths of a code's words. */
typedef enum
{
  GUICHET_WORDS_SHORT,    /* a label: "Missed contact" */
  GUICHET_WORDS_SENTENCE, /* what happened and, where there is one, the next step */
} GuichetWordsLength;

/* The codes have four sources; the same text may mean different things in each. */
typedef enum
{
  GUICHET_WORDS_CENTRE,      /* reasons, causes and refusals of the routing core */
  GUICHET_WORDS_ERROR,       /* error codes of the agent API and of the way to it */
  GUICHET_WORDS_PHONE,       /* problems and registration reasons of the softphone */
  GUICHET_WORDS_CALL_END,    /* how a call ended for the softphone */
  GUICHET_WORDS_LINK,        /* why the session ended */
  GUICHET_WORDS_NOT_REACHED, /* why a call that the agent began reached nobody */
} GuichetWordsSource;

/* The words in the agent's language, or NULL if the code is not known. */
const char *
guichet_words_find (GuichetWordsSource source, GuichetWordsLength length, const char *code);

/* Never NULL: an unknown code gets a sentence that names it, so that the agent can pass it on.
 * Transfer full. */
char *guichet_words (GuichetWordsSource source, GuichetWordsLength length, const char *code);

/* Names of closed sets; never NULL. */
const char *guichet_words_state (const char *state);
const char *guichet_words_presence (const char *presence);
const char *guichet_words_membership (const char *membership);
const char *guichet_words_recording (ModelRecordingAction action);
const char *guichet_words_channel (const char *channel);
/* Its picture, beside that word or with it as its name. */
/* Of what is not simply open, else NULL. */
const char *guichet_words_status (const char *status);
/* How the customer was; NULL: nobody said. */
const char *guichet_words_sentiment (const char *sentiment);
const char *guichet_words_channel_icon (const char *channel);
const char *guichet_words_recent (const char *kind);
const char *guichet_words_station (const char *kind);
