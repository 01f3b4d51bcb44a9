/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command or question of the session to the centre: sent once, at once, or failed at once. Main
 * loop. Inside this room. */
#pragma once

#include "client/session-private.h"

/* What an answer becomes: nothing, a secret, a list, what became of several. */
typedef enum
{
  GUICHET_ANSWER_NOTHING,
  GUICHET_ANSWER_SECRET,
  GUICHET_ANSWER_CUSTOMERS,
  GUICHET_ANSWER_RECENT,
  GUICHET_ANSWER_HISTORY,
  GUICHET_ANSWER_FOUND,
  GUICHET_ANSWER_VIEW,
  GUICHET_ANSWER_MESSAGES,
  GUICHET_ANSWER_DIRECTORY,
  GUICHET_ANSWER_ACCEPTED,
  GUICHET_ANSWER_KEYPAD,
} GuichetAnswer;

/* The task of a command: answered as @answer says. */
GTask *guichet_request_new (GuichetSession *self,
                            GuichetAnswer answer,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* before, the id made fit for a path, after. */
char *guichet_request_path (const char *before, const char *id, const char *after);

/* Takes task and body; body NULL: a question. */
void guichet_request_send (GuichetSession *self,
                           GTask *task,
                           const char *method,
                           const char *path,
                           JsonObject *body);

/* Of a PUT of where own calls go; target NULL: into a box. */
JsonObject *guichet_forwarding_body (const char *when, const char *to, const char *target);

/* The method to before + id + after. */
void guichet_request_send_to (GuichetSession *self,
                              GTask *task,
                              const char *method,
                              const char *before,
                              const char *id,
                              const char *after,
                              JsonObject *body);

/* POST there. */
void guichet_request_send_about (GuichetSession *self,
                                 GTask *task,
                                 const char *before,
                                 const char *id,
                                 const char *after,
                                 JsonObject *body);

/* Takes the task, which returns the bytes at the path. */
void guichet_request_fetch (GuichetSession *self, GTask *task, const char *path);

/* FALSE: nobody is signed in or the link is down: the task has failed, and is gone. */
gboolean guichet_request_may_send (GuichetSession *self, GTask *task);

GError *guichet_request_error (GuichetClientErrorCode code);
/* The answer is not what the protocol says. */
GError *guichet_request_nonsense (const GError *error);
