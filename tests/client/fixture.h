/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this room share: a session on a fake centre with its own cache directory,
 * waiting for a condition with a deadline, and the JSON of an offer and an interaction. */
#pragma once

#include "client/session-private.h"
#include "fake-centre.h"

/* Turns the main loop until condition holds; fails the test after two minutes. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_deadline_ = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;                        \
    guint wait_id_ = fixture_tick_start ();                                                        \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > wait_deadline_)                                              \
          g_error ("%s:%d: waited too long for %s", __FILE__, __LINE__, #condition);               \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (wait_id_);                                                                    \
  }                                                                                                \
  G_STMT_END

guint fixture_tick_start (void);

/* Turns the loop for a while, to show that something does not happen. */
void fixture_spin (guint milliseconds);

typedef struct
{
  FakeCentre *centre;
  GuichetSession *session;
  GuichetPhone *phone; /* NULL unless set before fixture_new_session */
  char *dir;
} Fixture;

void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
void fixture_new_session (Fixture *self);
void fixture_drop_session (Fixture *self);

/* Signs in and waits; takes over. */
void fixture_sign_in (Fixture *self);

/* An async command's end. */
typedef struct
{
  gboolean done;
  gboolean ok;
  GError *error;
  gpointer value;
} Outcome;

void outcome_clear (Outcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)
void on_command_done (GObject *source, GAsyncResult *result, gpointer user_data);
void on_sign_in_done (GObject *source, GAsyncResult *result, gpointer user_data);
void on_sign_out_done (GObject *source, GAsyncResult *result, gpointer user_data);

/* JSON; free with g_free. fixture_interaction: state of Ana's part; note with revision. */
char *fixture_offer (const char *id, const char *interaction);
char *fixture_interaction (const char *id, const char *state, const char *note, gint64 revision);

/* fixture_event_changed: interaction.changed with the above. */
void fixture_event_changed (Fixture *self,
                            const char *id,
                            const char *state,
                            const char *note,
                            gint64 revision,
                            const char *cause);

gpointer fixture_item (GListModel *list, guint position); /* borrowed from the list */
