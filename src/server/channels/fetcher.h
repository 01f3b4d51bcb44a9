/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches files that strangers point to: from hosts that are allowed and public alone, bounded in
 * size, time and redirects. Threads of its own do it; called and answered on the centre's. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Fetcher Fetcher;

/* What one account allows; @hosts as of net_guard_allows. Borrowed, immutable, and outlives the
 * fetcher. */
typedef struct
{
  const char *const *hosts;
  gboolean loopback;
  /* Of the URL itself, never of one that it leads to; NULL: none. */
  const char *user, *password;
  gint64 size_max; /* bytes */
} FetchRules;

typedef enum
{
  FETCHED,
  FETCH_AGAIN,   /* not now: no connection, too slow, a server in trouble */
  FETCH_GONE,    /* it is not there any more: the link has run out */
  FETCH_REFUSED, /* it points to where nobody lets the centre be sent */
  FETCH_TOO_LARGE,
} FetchOutcome;

/* @bytes: of FETCHED. */
typedef void (*FetchedFunc) (FetchOutcome outcome, GBytes *bytes, gpointer user_data);

Fetcher *fetcher_new (void);
/* Waits for its threads, which leave at once; nothing is answered any more. */
void fetcher_free (Fetcher *self);
void fetcher_get (Fetcher *self,
                  const char *url,
                  const FetchRules *rules,
                  FetchedFunc done,
                  gpointer user_data);

G_END_DECLS
