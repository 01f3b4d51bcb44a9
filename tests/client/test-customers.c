/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: found, made, changed, linked, merged and separated; what is typed about them outlives
 * a refusal, a lost link, a conflict and a killed window. */
#include "fixture.h"

#include "client/customers.h"

#define N(list) g_list_model_get_n_items (list)

static const char *const ways[] = { "voice", "+359888", "email", "ivan@example.com", NULL };

typedef struct
{
  Outcome base;
  GuichetCustomer *current;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_object (&self->current);
  g_clear_object (&self->base.value);
  outcome_clear (&self->base);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
on_customer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->base.value = guichet_session_customer_finish (GUICHET_SESSION (source), result,
                                                        &answer->current, &answer->base.error);
  answer->base.done = TRUE;
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value = guichet_session_list_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static GuichetInteraction *
begin (Fixture *self)
{
  fixture_sign_in (self);
  fixture_event_changed (self, "i1", "active", "", 1, "joined");
  wait_until (N (guichet_session_get_interactions (self->session)) == 1);
  return fixture_item (guichet_session_get_interactions (self->session), 0);
}

static GuichetCustomerDraft *
typed (const char *customer, const char *about, gint64 revision)
{
  GuichetCustomerDraft *draft = guichet_customer_draft_new (customer, about);

  draft->revision = revision;
  g_assert_true (guichet_customer_draft_set (draft, "Ivan", ways));
  g_assert_false (guichet_customer_draft_set (draft, "Ivan", ways));
  return draft;
}

#define WHOLE                                                                                      \
  "{\"id\":\"p1\",\"name\":\"Ivan\",\"numbers\":[\"+359888\"],\"addresses\":[{\"channel\":"        \
  "\"email\","                                                                                     \
  "\"address\":\"ivan@example.com\"}],\"merged\":[{\"customer\":\"p2\",\"name\":\"Vanya\",\"at\":" \
  "\"2026-03-01T09:30:00.000Z\",\"until\":\"2026-03-08T09:30:00.000Z\"}],\"revision\":7}"

static void
test_read (Fixture *self, gconstpointer data)
{
  g_auto (Answer) got = { 0 };
  g_auto (GStrv) both = NULL;
  g_autoptr (GuichetMerged) merged = NULL;

  begin (self);
  fake_centre_answer_next (self->centre, "GET", "/v1/customers/p1", 200,
                           "{\"customer\":" WHOLE "}");
  guichet_session_get_customer_async (self->session, "p1", NULL, on_customer, &got);
  wait_until (got.base.done);
  g_assert_no_error (got.base.error);
  both = guichet_customer_dup_ways (got.base.value);
  g_assert_true (g_strv_equal ((const char *const *) both, ways));
  g_assert_cmpuint (N (guichet_customer_get_merged (got.base.value)), ==, 1);
  merged = g_list_model_get_item (guichet_customer_get_merged (got.base.value), 0);
  g_assert_cmpstr (guichet_merged_get_id (merged), ==, "p2");
  g_assert_cmpstr (guichet_merged_get_name (merged), ==, "Vanya");
  g_assert_cmpint (guichet_merged_get_until (merged) - guichet_merged_get_at (merged), ==,
                   7 * 24 * 60 * 60 * 1000LL);
}

/* The answer to what was typed first comes to nothing. */
static void
test_find (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) found = { 0 };
  g_auto (Outcome) numbered = { 0 };
  g_autoptr (GCancellable) over = g_cancellable_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) with_number = NULL;

  begin (self);
  guichet_session_find_customers_async (self->session, "iv", over, on_list, &first);
  g_cancellable_cancel (over);
  guichet_session_find_customers_async (self->session, "iva", NULL, on_list, &found);
  guichet_session_find_customers_by_number_async (self->session, "+359888", NULL, on_list,
                                                  &numbered);
  wait_until (first.done && found.done && numbered.done);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  list = found.value;
  g_assert_cmpuint (list->len, ==, 1);
  with_number = numbered.value;
  g_assert_cmpuint (fake_centre_count (self->centre, "GET /v1/customers?number=%2B359888"), ==, 1);
}

static void
test_save (Fixture *self, gconstpointer data)
{
  g_auto (Answer) made = { 0 };
  g_auto (Answer) changed = { 0 };
  g_autoptr (GuichetCustomerDraft) new_one = typed ("", "i1", 0);
  g_autoptr (GuichetCustomerDraft) change = typed ("p1", "", 4);

  begin (self);
  guichet_session_save_customer_async (self->session, new_one, NULL, on_customer, &made);
  guichet_session_save_customer_async (self->session, change, NULL, on_customer, &changed);
  wait_until (made.base.done && changed.base.done);
  g_assert_no_error (made.base.error);
  g_assert_no_error (changed.base.error);
  g_assert_cmpstr (fake_centre_last (self->centre, "POST /v1/customers"), ==,
                   "POST /v1/customers {\"name\":\"Ivan\",\"numbers\":[\"+359888\"],"
                   "\"addresses\":[{\"channel\":\"email\",\"address\":\"ivan@example.com\"}],"
                   "\"interaction\":\"i1\"}");
  g_assert_nonnull (
      strstr (fake_centre_last (self->centre, "PUT /v1/customers/p1"), "\"revision\":4}"));
}

/* The same key goes again, by the room itself and by an agent who tries again: made once. */
static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  g_auto (Answer) made = { 0 };
  g_auto (Answer) again = { 0 };
  g_autoptr (GuichetCustomerDraft) draft = typed ("", "i1", 0);

  begin (self);
  fake_centre_lose_next_answer (self->centre, "POST", "/v1/customers");
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &made);
  wait_until (made.base.done);
  g_assert_no_error (made.base.error);
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &again);
  wait_until (again.base.done);
  g_assert_no_error (again.base.error);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/customers"), ==, 1);
}

static void
test_conflict (Fixture *self, gconstpointer data)
{
  g_auto (Answer) refused = { 0 };
  g_auto (Answer) taken = { 0 };
  g_autoptr (GuichetCustomerDraft) draft = typed ("p1", "", 4);
  g_autofree char *key = g_strdup (draft->key);

  begin (self);
  fake_centre_answer_next (self->centre, "PUT", "/v1/customers/p1", 409,
                           "{\"type\":\"urn:guichet:error:conflict\",\"current\":" WHOLE "}");
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &refused);
  wait_until (refused.base.done);
  g_assert_error (refused.base.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT);
  g_assert_cmpint (guichet_customer_get_revision (refused.current), ==, 7);
  guichet_customer_draft_rebase (draft, guichet_customer_get_revision (refused.current));
  g_assert_cmpstr (draft->key, !=, key);
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &taken);
  wait_until (taken.base.done);
  g_assert_no_error (taken.base.error);
  g_assert_null (taken.current);
  g_assert_nonnull (
      strstr (fake_centre_last (self->centre, "PUT /v1/customers/p1"), "\"revision\":7}"));
}

static void
test_refused_field (Fixture *self, gconstpointer data)
{
  g_auto (Answer) refused = { 0 };
  g_autoptr (GuichetCustomerDraft) draft = typed ("p1", "", 4);

  begin (self);
  fake_centre_answer_next (self->centre, "PUT", "/v1/customers/p1", 422,
                           "{\"type\":\"urn:guichet:error:invalid\",\"field\":\"/numbers/0\"}");
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &refused);
  wait_until (refused.base.done);
  g_assert_error (refused.base.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_INVALID);
  g_assert_cmpstr (guichet_client_error_get_field (refused.base.error), ==, "/numbers/0");
}

/* Without a link nothing is sent; what was typed is there in the next window. */
static void
test_draft (Fixture *self, gconstpointer data)
{
  g_auto (Answer) unsent = { 0 };
  g_autoptr (GuichetCustomerDraft) draft = typed ("p1", "", 4);
  g_autoptr (GuichetCustomerDraft) new_one = typed ("", "i1", 0);
  g_autoptr (GuichetCustomerDraft) kept = NULL;
  g_autoptr (GuichetCustomerDraft) other = NULL;

  begin (self);
  guichet_session_keep_customer (self->session, draft);
  guichet_session_keep_customer (self->session, new_one);
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_save_customer_async (self->session, draft, NULL, on_customer, &unsent);
  wait_until (unsent.base.done);
  g_assert_error (unsent.base.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN);
  fixture_drop_session (self);
  fake_centre_listen (self->centre);
  fixture_new_session (self);
  fixture_sign_in (self);
  kept = guichet_session_find_customer_draft (self->session, "p1", "");
  g_assert_cmpstr (kept->name, ==, "Ivan");
  g_assert_cmpint (kept->revision, ==, 4);
  g_assert_cmpstr (kept->key, ==, draft->key);
  g_assert_true (g_strv_equal ((const char *const *) kept->ways, ways));
  other = guichet_session_find_customer_draft (self->session, "", "i1");
  g_assert_cmpstr (other->about, ==, "i1");
  g_assert_null (guichet_session_find_customer_draft (self->session, "p2", ""));
  guichet_session_forget_customer (self->session, kept);
  fixture_drop_session (self);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_null (guichet_session_find_customer_draft (self->session, "p1", ""));
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/customers"), ==, 0);
}

static void
test_link (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) linked = { 0 };
  g_auto (Outcome) unlinked = { 0 };
  GuichetInteraction *interaction = begin (self);

  guichet_session_link_customer_async (self->session, interaction, "p1", TRUE, NULL,
                                       on_command_done, &linked);
  guichet_session_link_customer_async (self->session, interaction, NULL, FALSE, NULL,
                                       on_command_done, &unlinked);
  wait_until (linked.done && unlinked.done);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/interactions/i1/customer "
                                                     "{\"customer\":\"p1\",\"remember\":true}"),
                    ==, 1);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/interactions/i1/customer "
                                                     "{\"customer\":null}"),
                    ==, 1);
}

static void
test_merge (Fixture *self, gconstpointer data)
{
  g_auto (Answer) one = { 0 };
  g_auto (Answer) merged = { 0 };
  g_auto (Answer) separated = { 0 };

  begin (self);
  fake_centre_answer_next (self->centre, "GET", "/v1/customers/p1", 200,
                           "{\"customer\":" WHOLE "}");
  guichet_session_get_customer_async (self->session, "p1", NULL, on_customer, &one);
  wait_until (one.base.done);
  guichet_session_merge_customers_async (self->session, one.base.value, one.base.value, NULL,
                                         on_customer, &merged);
  guichet_session_separate_customers_async (self->session, one.base.value, "p2", NULL, on_customer,
                                            &separated);
  wait_until (merged.base.done && separated.base.done);
  g_assert_no_error (merged.base.error);
  g_assert_no_error (separated.base.error);
  g_assert_cmpuint (
      fake_centre_count (self->centre,
                         "POST /v1/customers/p1/merge {\"customer\":\"p1\",\"revision\":7,"
                         "\"customer_revision\":7}"),
      ==, 1);
  g_assert_cmpuint (
      fake_centre_count (self->centre,
                         "POST /v1/customers/p1/separate {\"customer\":\"p2\",\"revision\":7}"),
      ==, 1);
}

#define TEST(name)                                                                                 \
  g_test_add ("/customers/" #name, Fixture, NULL, fixture_set_up, test_##name, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST (read);
  TEST (find);
  TEST (save);
  TEST (lost_answer);
  TEST (conflict);
  TEST (refused_field);
  TEST (draft);
  TEST (link);
  TEST (merge);
  return g_test_run ();
}
