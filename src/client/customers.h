/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: customers: found, looked at, made, changed, linked, merged and separated. Main
 * loop. */
#pragma once

#include "client/session.h"

/* What the agent types about a customer. It is kept as it is typed and outlives the window; nothing
 * of it is sent before guichet_session_save_customer_async. */
typedef struct
{
  char *customer;  /* id; "" of a new one */
  char *about;     /* id of the interaction whose customer a new one becomes; "" of a known one */
  gint64 revision; /* of the customer, on which it is based */
  char *name;
  char **ways; /* pairs: channel ("voice" of a number), address */
  char *key;   /* Idempotency-Key: another one once other things are typed */
} GuichetCustomerDraft;

GuichetCustomerDraft *guichet_customer_draft_new (const char *customer, const char *about);
void guichet_customer_draft_free (GuichetCustomerDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCustomerDraft, guichet_customer_draft_free)

/* guichet_customer_draft_set: FALSE if it is what it was. */
gboolean
guichet_customer_draft_set (GuichetCustomerDraft *self, const char *name, const char *const *ways);

/* guichet_customer_draft_copy: what was typed and its revision, into one of the same customer. */
void guichet_customer_draft_copy (GuichetCustomerDraft *self, const GuichetCustomerDraft *from);
/* guichet_customer_draft_rebase: it is for a newer revision now. */
void guichet_customer_draft_rebase (GuichetCustomerDraft *self, gint64 revision);

void guichet_session_keep_customer (GuichetSession *self, const GuichetCustomerDraft *draft);
void guichet_session_forget_customer (GuichetSession *self, const GuichetCustomerDraft *draft);
/* guichet_session_find_customer_draft: what was typed of this customer, or, where that is "", of a
 * new one of this interaction. A copy, or NULL. */
GuichetCustomerDraft *
guichet_session_find_customer_draft (GuichetSession *self, const char *customer, const char *about);

/* Commands whose answer is a customer: one finish. On CONFLICT *current (may be NULL) is the one
 * that the centre has, which is then another's than the draft was based on. */
void guichet_session_get_customer_async (GuichetSession *self,
                                         const char *id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void guichet_session_save_customer_async (GuichetSession *self,
                                          const GuichetCustomerDraft *draft,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* other becomes part of customer; separate takes that back. */
void guichet_session_merge_customers_async (GuichetSession *self,
                                            GuichetCustomer *customer,
                                            GuichetCustomer *other,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
void guichet_session_separate_customers_async (GuichetSession *self,
                                               GuichetCustomer *customer,
                                               const char *other,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
GuichetCustomer *guichet_session_customer_finish (GuichetSession *self,
                                                  GAsyncResult *result,
                                                  GuichetCustomer **current,
                                                  GError **error);

/* customer NULL: nobody any more. remember: the number or address becomes one of the customer's.
 * guichet_session_command_finish. */
void guichet_session_link_customer_async (GuichetSession *self,
                                          GuichetInteraction *interaction,
                                          const char *customer,
                                          gboolean remember,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

/* guichet_session_list_finish: of GuichetCustomer. */
void guichet_session_find_customers_by_number_async (GuichetSession *self,
                                                     const char *number,
                                                     GCancellable *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer user_data);
/* guichet_session_search_finish: of GuichetCustomer. */
void guichet_session_find_customers_async (GuichetSession *self,
                                           const char *query,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
