/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every code that the centre, its API, the client or the phone can name has words.
 */

#include "client/error.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "model/codes.h"
#include "model/words.h"

#include <string.h>

static void
check (GuichetWordsSource source, const char *code)
{
  const char *label = guichet_words_find (source, GUICHET_WORDS_SHORT, code);
  const char *sentence = guichet_words_find (source, GUICHET_WORDS_SENTENCE, code);

  if (label == NULL || sentence == NULL)
    g_error ("no words for %s", code);
  g_assert_cmpint (*label, !=, '\0');
  if (strchr (".?)", sentence[strlen (sentence) - 1]) == NULL && strstr (sentence, "://") == NULL)
    g_error ("not a sentence for %s: %s", code, sentence);
}

static void
check_all (GuichetWordsSource source, const char *const *codes)
{
  for (; *codes != NULL; codes++)
    check (source, *codes);
}

static void
test_centre (void)
{
  for (guint i = 0; i < MODEL_N_CODES; i++)
    check (GUICHET_WORDS_CENTRE, model_code (i));
}

/* docs/protocol.md */
static void
test_api (void)
{
  static const char *const codes[] = { "bad_request",
                                       "not_signed_in",
                                       "wrong_password",
                                       "not_allowed",
                                       "not_found",
                                       "conflict",
                                       "not_now",
                                       "session_elsewhere",
                                       "cursor_gone",
                                       "too_large",
                                       "invalid",
                                       "internal",
                                       "idempotency_mismatch",
                                       "unavailable",
                                       "account_locked",
                                       "store_failed",
                                       "too_many",
                                       "full",
                                       NULL };
  static const char *const not_reached[] = {
    "busy",         "declined",        "no_answer",       "unreachable",
    "wrong_number", "cancelled",       "device_fault",    "station_no_answer",
    "engine_lost",  "connection_lost", "channel_failure", NULL
  };
  static const char *const ends[] = { "taken_over", "signed_out", "forced", "expired", NULL };
  static const char *const of_offers[] = {
    "no_answer",       "busy",  "unreachable", "device_fault", "channel_failure",   "customer_left",
    "taken_elsewhere", "agent", "station",     "work_in_hand", "offer_outstanding", NULL
  };

  check_all (GUICHET_WORDS_ERROR, codes);
  check_all (GUICHET_WORDS_LINK, ends);
  check_all (GUICHET_WORDS_NOT_REACHED, not_reached);
  check_all (GUICHET_WORDS_CENTRE, of_offers);
}

static void
test_client (void)
{
  for (int code = 0; code <= GUICHET_CLIENT_ERROR_NO_TOKEN; code++)
    {
      g_autoptr (GError) error = guichet_client_error_new (code, NULL, NULL, 0, 0, "test");

      check (GUICHET_WORDS_ERROR, guichet_client_error_get_code_name (error));
    }
}

/* data/dbus/org.guichet.Guichet.Phone.xml */
static void
test_phone (void)
{
  static const char *const problems[] = { "no_microphone",
                                          "no_speaker",
                                          "microphone_lost",
                                          "speaker_lost",
                                          "ringer_lost",
                                          "sound_server_lost",
                                          "playback_late",
                                          "suspending",
                                          "no_account",
                                          "no_session",
                                          "unauthorized",
                                          "forbidden",
                                          "unreachable",
                                          "timeout",
                                          "certificate",
                                          "refused",
                                          NULL };
  static const char *const ends[] = { "local",        "remote",    "declined",   "busy",
                                      "cancelled",    "elsewhere", "missed",     "media",
                                      "incompatible", "no_device", "suspending", "unreachable",
                                      "failed",       NULL };

  check_all (GUICHET_WORDS_PHONE, problems);
  check_all (GUICHET_WORDS_CALL_END, ends);
}

static void
test_closed_sets (void)
{
  static const char *const kinds[] = { "handled",   "missed",      "declined", "withdrawn",
                                       "abandoned", "not_reached", NULL };

  for (guint i = 0; model_agent_state_names[i] != NULL; i++)
    g_assert_cmpstr (guichet_words_state (model_agent_state_names[i]), !=,
                     model_agent_state_names[i]);
  for (guint i = 0; model_channel_names[i] != NULL; i++)
    g_assert_cmpstr (guichet_words_channel (model_channel_names[i]), !=, model_channel_names[i]);
  for (guint i = 0; model_membership_names[i] != NULL; i++)
    g_assert_cmpstr (guichet_words_membership (model_membership_names[i]), !=,
                     model_membership_names[i]);
  for (guint i = 0; model_presence_names[i] != NULL; i++)
    g_assert_cmpstr (guichet_words_presence (model_presence_names[i]), !=, model_presence_names[i]);
  for (guint i = 0; kinds[i] != NULL; i++)
    g_assert_cmpstr (guichet_words_recent (kinds[i]), !=, kinds[i]);
}

/* What nobody has words for is still said, with its code, so that the agent can pass it on. */
static void
test_unknown (void)
{
  g_autofree char *sentence =
      guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, "never_heard_of");
  g_autofree char *none = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, "");

  g_assert_nonnull (strstr (sentence, "never_heard_of"));
  g_assert_cmpint (*none, !=, '\0');
}

static void
test_reason_before_code (void)
{
  g_autoptr (GError) held =
      guichet_client_error_new (GUICHET_CLIENT_ERROR_NOT_NOW, "held", NULL, 0, 0, "test");
  g_autoptr (GError) large =
      guichet_client_error_new (GUICHET_CLIENT_ERROR_TOO_LARGE, NULL, "/text", 4000, 0, "test");
  g_autofree char *why = guichet_words_of_error (held);
  g_autofree char *limit = guichet_words_of_error (large);

  g_assert_cmpstr (why, ==,
                   guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, "held"));
  g_assert_nonnull (strstr (limit, "4000"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/centre", test_centre);
  g_test_add_func ("/words/api", test_api);
  g_test_add_func ("/words/client", test_client);
  g_test_add_func ("/words/phone", test_phone);
  g_test_add_func ("/words/closed-sets", test_closed_sets);
  g_test_add_func ("/words/unknown", test_unknown);
  g_test_add_func ("/words/reason-before-code", test_reason_before_code);
  return g_test_run ();
}
