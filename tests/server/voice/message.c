/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The voice messages: every kind has a name of its own that reads back, requests without what they
 * need are told so, and the answers of stations mean for offers what the plan says. */
#include "server/voice/message.h"

static void
test_names (void)
{
  for (int i = 0; i < VOICE_N_REQUESTS; i++)
    g_assert_cmpint (voice_request_kind_from_name (voice_request_kind_name (i)), ==, i);
  for (int i = 0; i < VOICE_N_CAUSES; i++)
    g_assert_cmpint (voice_cause_from_name (voice_cause_name (i)), ==, i);
  for (int i = 0; i < VOICE_N_EVENTS; i++)
    g_assert_nonnull (voice_event_kind_name (i));
  for (int i = 0; i < VOICE_N_CODES; i++)
    g_assert_nonnull (voice_code_name (i));
  for (int i = 0; i < VOICE_N_REGISTRATION_REASONS; i++)
    g_assert_nonnull (voice_registration_reason_name (i));
  g_assert_cmpint (voice_request_kind_from_name ("dance"), ==, -1);
  g_assert_cmpint (voice_cause_from_name (NULL), ==, -1);
}

static void
test_outcomes (void)
{
  static const struct
  {
    int status;
    VoiceOutcome outcome;
  } answers[] = {
    { 486, VOICE_OUTCOME_DECLINED }, { 603, VOICE_OUTCOME_DECLINED },
    { 480, VOICE_OUTCOME_MACHINE },  { 408, VOICE_OUTCOME_MACHINE },
    { 488, VOICE_OUTCOME_MACHINE },  { 500, VOICE_OUTCOME_MACHINE },
    { 503, VOICE_OUTCOME_MACHINE },  { 404, VOICE_OUTCOME_MACHINE },
    { 487, VOICE_OUTCOME_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    g_assert_cmpint (voice_cause_outcome (voice_cause_from_sip (answers[i].status)), ==,
                     answers[i].outcome);
  for (int cause = 0; cause < VOICE_N_CAUSES; cause++)
    g_assert_cmpint (voice_cause_to_sip (cause), >=, 400);
}

static void
test_checks (void)
{
  for (int i = 0; i < VOICE_N_REQUESTS; i++)
    {
      g_autoptr (VoiceRequest) empty = voice_request_new (i, "r1");

      g_assert_cmpint (voice_request_check (empty) == NULL, ==, i == VOICE_REQUEST_LIST);
    }

  {
    g_autoptr (VoiceRequest) digits = voice_request_new (VOICE_REQUEST_DTMF, "r2");

    digits->leg = g_strdup ("l1");
    digits->digits = g_strdup ("12#A");
    g_assert_null (voice_request_check (digits));
    g_free (digits->digits);
    digits->digits = g_strdup ("12x");
    g_assert_nonnull (voice_request_check (digits));
  }

  {
    g_autoptr (VoiceRequest) record = voice_request_new (VOICE_REQUEST_RECORD, "r3");

    record->leg = g_strdup ("l1");
    record->path = g_strdup ("/tmp/a.opus");
    g_assert_null (voice_request_check (record));
    record->bridge = g_strdup ("b1");
    g_assert_null (voice_request_check (record));
    g_free (record->path);
    record->path = g_strdup ("a.opus");
    g_assert_nonnull (voice_request_check (record));
    g_free (record->path);
    record->path = g_strdup ("/tmp/a.wav");
    g_assert_nonnull (voice_request_check (record));
  }

  {
    g_autoptr (VoiceRequest) snoop = voice_request_new (VOICE_REQUEST_SNOOP, "r4");

    snoop->leg = g_strdup ("l1");
    snoop->other = g_strdup ("l1");
    g_assert_nonnull (voice_request_check (snoop));
    g_free (snoop->other);
    snoop->other = g_strdup ("l2");
    g_assert_null (voice_request_check (snoop));
  }
}

static void
test_dialling (void)
{
  static const char *const not_dialable[] = { "1;2", "1@2", "1 2", "1\r\nX: y", "1&PJSIP/2", "{}" };
  g_autoptr (VoiceRequest) request = voice_request_new (VOICE_REQUEST_ORIGINATE, "r1");
  char **const texts[] = { &request->offer, &request->caller_name, &request->caller_number };
  g_autofree char *endless = g_strnfill (256, '1');

  request->leg = g_strdup ("l1");
  request->target_kind = VOICE_TARGET_NUMBER;
  request->target = g_strdup ("+359*2#");
  g_assert_null (voice_request_check (request));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i] = g_strdup ("Мария 2");
      g_assert_null (voice_request_check (request));
      g_free (*texts[i]);
      *texts[i] = g_strdup ("a\r\nEvil: 1");
      g_assert_nonnull (voice_request_check (request));
      g_free (*texts[i]);
      *texts[i] = g_strdup (endless);
      g_assert_nonnull (voice_request_check (request));
      g_clear_pointer (texts[i], g_free);
    }
  for (guint i = 0; i < G_N_ELEMENTS (not_dialable); i++)
    {
      g_free (request->target);
      request->target = g_strdup (not_dialable[i]);
      g_assert_nonnull (voice_request_check (request));
    }
  request->target_kind = VOICE_TARGET_URI;
  g_free (request->target);
  request->target = g_strdup ("sip:2001@127.0.0.1;transport=tls");
  g_assert_null (voice_request_check (request));
  g_free (request->target);
  request->target = g_strdup ("sip:1@127.0.0.1\r\nX: y");
  g_assert_nonnull (voice_request_check (request));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/message/names", test_names);
  g_test_add_func ("/voice/message/outcomes", test_outcomes);
  g_test_add_func ("/voice/message/checks", test_checks);
  g_test_add_func ("/voice/message/dialling", test_dialling);

  return g_test_run ();
}
