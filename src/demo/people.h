/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fictional customers: who they are, what they say and what they write, read from
 * customers.json and the WAV files beside it (made while building). */
#pragma once

#include "demo/chat-talk.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *number; /* E.164, of ranges kept for fiction */
  char *language;
  char **headers; /* of the call, "X-Name: value", or NULL */
  char *folder;   /* where the speech is */
  DemoTalk *talk; /* in a chat, or NULL */
} DemoPerson;

/* What everybody can say, in the order of a talk. */
typedef enum
{
  DEMO_LINE_GREETING,
  DEMO_LINE_MATTER,
  DEMO_LINE_MORE1,
  DEMO_LINE_MORE2,
  DEMO_LINE_MORE3,
  DEMO_LINE_KEYS, /* when a key is heard */
  DEMO_LINE_BACK, /* when the music is over */
  DEMO_LINE_BYE,
} DemoLine;
#define DEMO_N_LINES (DEMO_LINE_BYE + 1)

const char *demo_line_name (DemoLine line);
gboolean demo_line_from_name (const char *name, DemoLine *line);

/* DemoPerson of the file in @folder; at least one. */
GPtrArray *demo_people_load (const char *folder, GError **error);
const DemoPerson *demo_people_find (GPtrArray *people, const char *id);

/* The samples of a line at DEMO_HEARING_RATE. */
GBytes *demo_person_speech (const DemoPerson *person, DemoLine line, GError **error);

G_END_DECLS
