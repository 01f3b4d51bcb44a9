/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed into a form of the desk and not saved: kept over the window's end, and sent by
 * nobody. Main loop. */
#pragma once

#include "client/session.h"

/* guichet_session_keep_form: its fields as texts, in an order of the form's own. form: its kind and
 * what it is about. fields NULL: nothing any more. */
void guichet_session_keep_form (GuichetSession *self, const char *form, const char *const *fields);
/* guichet_session_find_form: a copy, or NULL. */
char **guichet_session_find_form (GuichetSession *self, const char *form);
/* guichet_session_keep_bytes: what goes with a form and is no text, under a name beside its own;
 * NULL: nothing any more. guichet_session_find_bytes: a copy, or NULL. */
void guichet_session_keep_bytes (GuichetSession *self, const char *form, GBytes *bytes);
GBytes *guichet_session_find_bytes (GuichetSession *self, const char *form);
