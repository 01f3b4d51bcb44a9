/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks every (state, event) pair of the tables of calls and registrations. The expectation is
 * written a second time here, as text, so that a change of the table must be said twice. */
#include <glib.h>

#include "telephony/account-state.h"
#include "telephony/call-state.h"

/* One row per state, one letter per event in the order of TelCallTrigger; '.' = refused, else the
 * first letter of the next state by this key:
 * d dialling, p proceeding, e early, r ringing, E early_in, w answering, A active, c cancelling,
 * g ending, X ended */
static const struct
{
  TelCallState state;
  const char *row;
} call_rows[] = {
  /*                      dial ring prog acc accbad refd mbad RING PROG ANS ack REJ HUP rcanc rbye
     gone */
  { TEL_CALL_NEW, "d"
                  "."
                  "."
                  "."
                  "."
                  "."
                  "X"
                  "."
                  "."
                  "."
                  "."
                  "."
                  "X"
                  "."
                  "."
                  "." },
  { TEL_CALL_DIALLING, "."
                       "p"
                       "e"
                       "A"
                       "g"
                       "X"
                       "c"
                       "."
                       "."
                       "."
                       "."
                       "."
                       "c"
                       "."
                       "X"
                       "X" },
  { TEL_CALL_PROCEEDING, "."
                         "p"
                         "e"
                         "A"
                         "g"
                         "X"
                         "c"
                         "."
                         "."
                         "."
                         "."
                         "."
                         "c"
                         "."
                         "X"
                         "X" },
  { TEL_CALL_EARLY, "."
                    "e"
                    "e"
                    "A"
                    "g"
                    "X"
                    "c"
                    "."
                    "."
                    "."
                    "."
                    "."
                    "c"
                    "."
                    "X"
                    "X" },
  { TEL_CALL_INCOMING, "."
                       "."
                       "."
                       "."
                       "."
                       "."
                       "X"
                       "r"
                       "E"
                       "w"
                       "."
                       "X"
                       "X"
                       "X"
                       "X"
                       "X" },
  { TEL_CALL_RINGING, "."
                      "."
                      "."
                      "."
                      "."
                      "."
                      "X"
                      "."
                      "E"
                      "w"
                      "."
                      "X"
                      "X"
                      "X"
                      "X"
                      "X" },
  { TEL_CALL_EARLY_IN, "."
                       "."
                       "."
                       "."
                       "."
                       "."
                       "X"
                       "."
                       "."
                       "w"
                       "."
                       "X"
                       "X"
                       "X"
                       "X"
                       "X" },
  { TEL_CALL_ANSWERING, "."
                        "."
                        "."
                        "."
                        "."
                        "."
                        "g"
                        "."
                        "."
                        "."
                        "A"
                        "."
                        "g"
                        "w"
                        "X"
                        "X" },
  { TEL_CALL_ACTIVE, "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "g"
                     "."
                     "."
                     "."
                     "A"
                     "."
                     "g"
                     "A"
                     "X"
                     "X" },
  { TEL_CALL_CANCELLING, "."
                         "c"
                         "c"
                         "g"
                         "g"
                         "X"
                         "."
                         "."
                         "."
                         "."
                         "."
                         "."
                         "."
                         "."
                         "X"
                         "X" },
  { TEL_CALL_ENDING, "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "."
                     "g"
                     "."
                     "."
                     "g"
                     "X"
                     "X" },
  { TEL_CALL_ENDED, "................" },
};
static const char call_key[TEL_N_CALL_STATES] = {
  [TEL_CALL_NEW] = 'n',        [TEL_CALL_DIALLING] = 'd',  [TEL_CALL_PROCEEDING] = 'p',
  [TEL_CALL_EARLY] = 'e',      [TEL_CALL_INCOMING] = 'i',  [TEL_CALL_RINGING] = 'r',
  [TEL_CALL_EARLY_IN] = 'E',   [TEL_CALL_ANSWERING] = 'w', [TEL_CALL_ACTIVE] = 'A',
  [TEL_CALL_CANCELLING] = 'c', [TEL_CALL_ENDING] = 'g',    [TEL_CALL_ENDED] = 'X',
};

static void
test_calls (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (call_rows), ==, TEL_N_CALL_STATES);
  for (guint i = 0; i < TEL_N_CALL_STATES; i++)
    for (guint t = 0; t < TEL_N_CALL_TRIGGERS; t++)
      {
        TelCallState state = call_rows[i].state;
        TelCallStep step = tel_call_step (state, (TelCallTrigger) t);
        char expected = call_rows[i].row[t];
        char found = step.action == TEL_ACT_REFUSE ? '.' : call_key[step.next];
        if (found != expected)
          g_error ("%s + %s: '%c', not '%c'", tel_call_state_name (state),
                   tel_call_trigger_name ((TelCallTrigger) t), found, expected);
        if (step.action == TEL_ACT_REFUSE)
          g_assert_cmpint (step.next, ==, state);
      }
}

/* What must hold of the table as a whole. */
static void
test_call_rules (void)
{
  for (guint s = 0; s < TEL_N_CALL_STATES; s++)
    for (guint t = 0; t < TEL_N_CALL_TRIGGERS; t++)
      {
        TelCallStep step = tel_call_step ((TelCallState) s, (TelCallTrigger) t);
        if (step.action == TEL_ACT_BYE) /* only where there is or was a 2xx */
          g_assert_true (s == TEL_CALL_ACTIVE || t == TEL_EV_ACCEPTED || t == TEL_EV_ACCEPTED_BAD);
        if (step.action == TEL_ACT_CANCEL)
          g_assert_cmpint (step.next, ==, TEL_CALL_CANCELLING);
        if (step.next == TEL_CALL_ACTIVE && s != TEL_CALL_ACTIVE && step.action != TEL_ACT_REFUSE)
          g_assert_cmpint (step.action, ==, TEL_ACT_START_MEDIA);
      }
  /* from everywhere a lost dialog leads to the end */
  for (guint s = TEL_CALL_DIALLING; s < TEL_CALL_ENDED; s++)
    g_assert_cmpint (tel_call_step ((TelCallState) s, TEL_EV_GONE).next, ==, TEL_CALL_ENDED);
}

/* o offline, k checking, r registering, R registered, w waiting, F failed, u unregistering */
static const char *const account_rows[TEL_N_ACCOUNT_STATES] = {
  /*                               reg unreg trusted accepted soft hard retry */
  [TEL_ACCOUNT_OFFLINE] = "k"
                          "o"
                          "."
                          "."
                          "."
                          "."
                          ".",
  [TEL_ACCOUNT_CHECKING] = "k"
                           "o"
                           "r"
                           "."
                           "w"
                           "F"
                           ".",
  [TEL_ACCOUNT_REGISTERING] = "r"
                              "u"
                              "."
                              "R"
                              "w"
                              "F"
                              ".",
  [TEL_ACCOUNT_REGISTERED] = "R"
                             "u"
                             "."
                             "R"
                             "w"
                             "F"
                             ".",
  [TEL_ACCOUNT_WAITING] = "k"
                          "o"
                          "."
                          "."
                          "."
                          "."
                          "k",
  [TEL_ACCOUNT_FAILED] = "k"
                         "o"
                         "."
                         "."
                         "."
                         "."
                         ".",
  [TEL_ACCOUNT_UNREGISTERING] = "r"
                                "u"
                                "."
                                "o"
                                "o"
                                "o"
                                ".",
};

static void
test_accounts (void)
{
  static const char key[] = "okrRwFu";
  for (guint s = 0; s < TEL_N_ACCOUNT_STATES; s++)
    for (guint t = 0; t < TEL_N_REG_TRIGGERS; t++)
      {
        TelRegStep step = tel_account_step ((TelAccountState) s, (TelRegTrigger) t);
        char found = step.action == TEL_REG_ACT_REFUSE ? '.' : key[step.next];
        if (found != account_rows[s][t])
          g_error ("%s + %u: '%c', not '%c'", tel_account_state_name ((TelAccountState) s), t,
                   found, account_rows[s][t]);
      }
}

static void
test_names (void)
{
  TelTransport transport;
  TelSrtp srtp;
  for (guint r = 0; r < TEL_N_REASONS; r++)
    g_assert_cmpstr (tel_reason_code ((TelReason) r), !=, "unknown");
  for (guint c = 1; c < TEL_N_CODECS; c++)
    g_assert_cmpint (tel_codec_from_name (tel_codec_name ((TelCodec) c)), ==, c);
  g_assert_true (tel_transport_from_name ("TLS", &transport));
  g_assert_cmpint (transport, ==, TEL_TRANSPORT_TLS);
  g_assert_false (tel_transport_from_name ("sctp", &transport));
  g_assert_true (tel_srtp_from_name ("required", &srtp));
  g_assert_cmpint (srtp, ==, TEL_SRTP_REQUIRED);
  g_assert_cmpint (tel_codec_from_name ("none"), ==, TEL_CODEC_NONE);
  g_assert_cmpint (tel_codec_from_name ("G729"), ==, TEL_CODEC_NONE);
  for (int status = 300; status < 700; status++)
    g_assert_cmpint (tel_reason_from_status (status), !=, TEL_REASON_NONE);
  g_assert_cmpint (tel_reason_from_status (200), ==, TEL_REASON_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telephony/states/calls", test_calls);
  g_test_add_func ("/telephony/states/call-rules", test_call_rules);
  g_test_add_func ("/telephony/states/accounts", test_accounts);
  g_test_add_func ("/telephony/states/names", test_names);
  return g_test_run ();
}
