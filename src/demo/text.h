/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer who writes by SMS: what for, then answers to what the agent writes, a goodbye; or
 * gives up when nothing comes. Lives on the main context from its beginning to its end, and tells
 * what happens by events. */
#pragma once

#include "demo/people.h"

G_BEGIN_DECLS

typedef struct _DemoText DemoText;

/* What one needs from the telephone network. */
typedef struct
{
  /* Hands a message over to the centre. */
  void (*send) (const DemoPerson *person, const char *text, gpointer user_data);
  /* @event is a word; @key with @value may say more. After "ended" the text is freed. */
  void (*told) (DemoText *text,
                const char *event,
                const char *key,
                const char *value,
                gpointer user_data);
} DemoTextWorld;

/* @person: one with a talk. @world outlives it. */
DemoText *
demo_text_new (guint id, const DemoPerson *person, const DemoTextWorld *world, gpointer user_data);
void demo_text_free (DemoText *text); /* before its end */

guint demo_text_get_id (DemoText *text);
const DemoPerson *demo_text_get_person (DemoText *text);

/* The centre wrote. */
void demo_text_said (DemoText *text, const char *said);

G_END_DECLS
