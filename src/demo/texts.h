/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody who writes by SMS, and the gateway by which they do: it hands what they write to the
 * centre, and takes what the centre writes to them. By themselves, one after another with long
 * pauses, or as they are told. Lives on the main context. */
#pragma once

#include "demo/chats.h"
#include "demo/text.h"

G_BEGIN_DECLS

typedef struct _DemoTexts DemoTexts;

typedef struct
{
  const char *centre; /* where it takes messages, "http://127.0.0.1:8482/sms/demo/in" */
  const char *secret; /* that it wants with them */
  const char *number; /* the centre's own */
  int listener;       /* a socket that listens, on which the centre hands over its messages */
} DemoTextsConfig;

typedef void (*DemoTextTold) (DemoText *text,
                              const char *event,
                              const char *key,
                              const char *value,
                              gpointer user_data);

/* @config NULL: this centre has no SMS. Nobody writes by himself who chats, nor while two chat.
 * NULL: the socket is none. */
DemoTexts *demo_texts_new (GPtrArray *people,
                           const DemoTextsConfig *config,
                           DemoChats *chats,
                           DemoTextTold on_event,
                           gpointer user_data,
                           GError **error);
void demo_texts_free (DemoTexts *texts);

/* From now on customers write by themselves. */
void demo_texts_start (DemoTexts *texts);

/* FALSE: there is no SMS, nothing to say, or one writes already. */
gboolean demo_texts_begin (DemoTexts *texts, const DemoPerson *person);

G_END_DECLS
