/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few threads that block in libcurl. Redirects are followed here, so that each is judged as the
 * first address was; and where a connection goes is judged by the address that it really goes to.
 * With the centre's thread they share a queue, and post what they got to the main context. */
#include "server/channels/fetcher.h"

#include "server/channels/net-guard.h"

#include <curl/curl.h>
#include <string.h>
#include <unistd.h>

#define THREADS         2 /* each may hold one file in memory */
#define REDIRECTS       3
#define CONNECT_SECONDS 10
#define SILENT_SECONDS  20
#define ALL_SECONDS     120

struct _Fetcher
{
  GThread *threads[THREADS]; /* from the first file on */
  GAsyncQueue *queue;        /* Job, not owned; or the fetcher itself: end */
  GMainContext *context;
  GHashTable *running; /* Job: those not answered yet; centre's thread */
  int stop;            /* atomic */
};

typedef struct
{
  Fetcher *fetcher;
  char *url;
  FetchRules rules;
  FetchedFunc done;
  gpointer user_data;
  /* Of the thread: */
  GByteArray *body;
  gboolean too_large, refused;
  FetchOutcome outcome;
  GSource *source; /* that tells of it, or NULL */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->source != NULL)
    {
      g_source_destroy (job->source);
      g_source_unref (job->source);
    }
  g_clear_pointer (&job->body, g_byte_array_unref);
  g_free (job->url);
  g_free (job);
}

/* --- the threads ------------------------------------------------------------------------------ */

static size_t
on_body (char *data, size_t size, size_t n, void *user_data)
{
  Job *job = user_data;

  job->too_large = (gint64) job->body->len + (gint64) (size * n) > job->rules.size_max;
  if (job->too_large)
    return 0;
  g_byte_array_append (job->body, (const guint8 *) data, (guint) (size * n));

  return size * n;
}

static int
on_progress (void *data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
  return g_atomic_int_get (&((Job *) data)->fetcher->stop);
}

/* Whatever a name stands for at this moment: no connection goes where it must not. */
static curl_socket_t
on_open_socket (void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
  Job *job = data;

  if (!net_guard_is_public (&address->addr) &&
      !(job->rules.loopback && net_guard_is_loopback (&address->addr)))
    {
      job->refused = TRUE;
      return CURL_SOCKET_BAD;
    }

  return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void
set_options (CURL *curl, Job *job, const char *url, gboolean first)
{
  curl_easy_reset (curl);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, job->rules.loopback ? "https,http" : "https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "Guichet");
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, (long) SILENT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) ALL_SECONDS);
  curl_easy_setopt (curl, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt (curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) job->rules.size_max);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, job);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, job);
  curl_easy_setopt (curl, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
  curl_easy_setopt (curl, CURLOPT_OPENSOCKETDATA, job);
  if (first && job->rules.user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, job->rules.user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD,
                        job->rules.password != NULL ? job->rules.password : "");
    }
}

static FetchOutcome
judge (const Job *job, CURLcode code, long status)
{
  if (job->too_large || code == CURLE_FILESIZE_EXCEEDED)
    return FETCH_TOO_LARGE;
  if (code != CURLE_OK && job->refused)
    return FETCH_REFUSED;
  if (code != CURLE_OK || status == 429 || status == 408 || status >= 500)
    return FETCH_AGAIN;
  if (status >= 200 && status < 300)
    return FETCHED;

  return FETCH_GONE;
}

/* The address that this answer leads to, or NULL; free with g_free. */
static char *
leads_to (CURL *curl, CURLcode code, long status)
{
  char *url = NULL;

  if (code == CURLE_OK && status >= 300 && status < 400)
    curl_easy_getinfo (curl, CURLINFO_REDIRECT_URL, &url);

  return g_strdup (url);
}

static void
fetch (Job *job)
{
  CURL *curl = curl_easy_init ();
  g_autofree char *url = g_strdup (job->url);

  job->outcome = FETCH_AGAIN;
  for (guint i = 0; curl != NULL && url != NULL && i <= REDIRECTS; i++)
    {
      CURLcode code;
      long status = 0;

      if (!net_guard_allows (url, job->rules.hosts, job->rules.loopback, NULL))
        {
          job->outcome = FETCH_REFUSED;
          break;
        }
      g_byte_array_set_size (job->body, 0);
      job->refused = FALSE;
      set_options (curl, job, url, i == 0);
      code = curl_easy_perform (curl);
      curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
      job->outcome = judge (job, code, status);
      g_free (url);
      url = leads_to (curl, code, status);
    }
  if (curl != NULL)
    curl_easy_cleanup (curl);
}

static gboolean
on_fetched (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GBytes) bytes = NULL;

  g_hash_table_steal (job->fetcher->running, job);
  if (job->outcome == FETCHED)
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&job->body));
  job->done (job->outcome, bytes, job->user_data);
  job_free (job);

  return G_SOURCE_REMOVE;
}

/* What is not begun as the fetcher ends is left; fetcher_free frees it. */
static gpointer
run (gpointer data)
{
  Fetcher *self = data;
  gpointer next;

  while ((next = g_async_queue_pop (self->queue)) != self)
    {
      Job *job = next;

      fetch (job);
      job->source = g_idle_source_new ();
      g_source_set_priority (job->source, G_PRIORITY_DEFAULT);
      g_source_set_callback (job->source, on_fetched, job, NULL);
      g_source_attach (job->source, self->context);
    }

  return NULL;
}

/* --- the centre's thread ---------------------------------------------------------------------- */

Fetcher *
fetcher_new (void)
{
  Fetcher *self = g_new0 (Fetcher, 1);

  self->context = g_main_context_ref_thread_default ();
  self->running = g_hash_table_new_full (NULL, NULL, job_free, NULL);
  self->queue = g_async_queue_new ();

  return self;
}

void
fetcher_free (Fetcher *self)
{
  g_atomic_int_set (&self->stop, 1);
  for (guint i = 0; i < THREADS; i++)
    g_async_queue_push_front (self->queue, self);
  for (guint i = 0; i < THREADS; i++)
    if (self->threads[i] != NULL)
      g_thread_join (self->threads[i]);
  g_async_queue_unref (self->queue);
  g_hash_table_unref (self->running);
  g_main_context_unref (self->context);
  g_free (self);
}

void
fetcher_get (Fetcher *self,
             const char *url,
             const FetchRules *rules,
             FetchedFunc done,
             gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .fetcher = self,
                .url = g_strdup (url),
                .rules = *rules,
                .done = done,
                .user_data = user_data,
                .body = g_byte_array_new () };
  g_hash_table_add (self->running, job);
  for (guint i = 0; i < THREADS; i++)
    if (self->threads[i] == NULL)
      self->threads[i] = g_thread_new ("fetcher", run, self);
  g_async_queue_push (self->queue, job);
}
