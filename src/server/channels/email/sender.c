/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that speaks SMTP, by libcurl. With the centre's thread it shares a queue of letters,
 * and posts what became of them to the main loop. */
#include "server/channels/email/sender.h"

#include "model/codes.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 30
#define SILENT_SECONDS  60
#define SEND_SECONDS    300

struct _EmailSender
{
  int references;
  gboolean closed; /* centre's thread */
  int stop;        /* atomic */
  EmailAccount *account;
  EmailSentFunc func;
  gpointer user_data;
  GAsyncQueue *jobs;
  GThread *thread;
};

typedef struct
{
  EmailSender *sender;
  EmailLetter *letter; /* NULL: the end */
  gpointer data;
  EmailSent sent;
} Job;

/* One letter while it leaves. */
typedef struct
{
  EmailSender *sender;
  const guint8 *data;
  gsize size, at;
  gboolean all_read; /* what follows is the line that ends it */
  char reply[64];    /* the beginning of the server's last line */
} Leaving;

void
email_letter_free (EmailLetter *letter)
{
  g_free (letter->from);
  g_free (letter->to);
  g_bytes_unref (letter->mail);
  g_free (letter);
}

static void
sender_unref (EmailSender *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  email_account_unref (self->account);
  g_async_queue_unref (self->jobs);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->letter != NULL)
    email_letter_free (job->letter);
  if (job->sender != NULL)
    sender_unref (job->sender);
  g_free (job);
}

static gboolean
on_sent (gpointer user_data)
{
  Job *job = user_data;

  if (!job->sender->closed)
    job->sender->func (&job->sent, job->data, job->sender->user_data);

  return G_SOURCE_REMOVE;
}

/* --- the thread ------------------------------------------------------------------------------- */

static size_t
on_read (char *buffer, size_t size, size_t n, void *user_data)
{
  Leaving *leaving = user_data;
  gsize part = MIN (size * n, leaving->size - leaving->at);

  memcpy (buffer, leaving->data + leaving->at, part);
  leaving->at += part;
  leaving->all_read = part == 0;

  return part;
}

static size_t
on_reply (char *buffer, size_t size, size_t n, void *user_data)
{
  Leaving *leaving = user_data;

  g_strlcpy (leaving->reply, buffer, MIN (sizeof leaving->reply, size * n + 1));

  return size * n;
}

static int
on_progress (void *data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
  Leaving *leaving = data;

  return g_atomic_int_get (&leaving->sender->stop);
}

/* "550 5.1.1 …": the enhanced code says it best, else the plain one. */
static const char *
reason_of (const char *reply, long code)
{
  const char *enhanced = strlen (reply) > 4 ? reply + 4 : "";

  if (g_str_has_prefix (enhanced, "5.1."))
    return model_code (MODEL_CODE_WRONG_ADDRESS);
  if (g_str_has_prefix (enhanced, "5.2.") || g_str_has_prefix (enhanced, "5.4."))
    return model_code (MODEL_CODE_UNDELIVERABLE);
  if (g_str_has_prefix (enhanced, "5.3.4") || g_str_has_prefix (enhanced, "5.6.") ||
      g_str_has_prefix (enhanced, "5.7.0"))
    return model_code (MODEL_CODE_CONTENT_REFUSED);
  if (code == 550 || code == 551 || code == 553)
    return *enhanced == '5' ? model_code (MODEL_CODE_CHANNEL_REFUSED)
                            : model_code (MODEL_CODE_WRONG_ADDRESS);
  if (code == 552)
    return model_code (MODEL_CODE_UNDELIVERABLE);
  if (code == 554)
    return model_code (MODEL_CODE_CONTENT_REFUSED);

  return model_code (MODEL_CODE_CHANNEL_REFUSED);
}

/* Until the line that ends the mail was written nothing can have left. After it the server's word
 * counts; without it nobody knows. */
static void
judge (const Leaving *leaving, CURLcode code, long reply, EmailSent *sent)
{
  sent->reply = reply;
  if (code == CURLE_OK)
    sent->outcome = EMAIL_SENT;
  else if (code == CURLE_LOGIN_DENIED)
    {
      sent->outcome = EMAIL_DELAYED;
      sent->trouble = "wrong_password";
    }
  else if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED ||
           code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CACERT_BADFILE)
    {
      sent->outcome = EMAIL_DELAYED;
      sent->trouble = "not_trusted";
    }
  else if (reply >= 500)
    {
      sent->outcome = EMAIL_REFUSED;
      sent->reason = reason_of (leaving->reply, reply);
    }
  else if (reply >= 400 || !leaving->all_read)
    {
      sent->outcome = EMAIL_DELAYED;
      sent->trouble = reply >= 400 ? "put_off" : "unreachable";
    }
  else
    {
      sent->outcome = EMAIL_UNKNOWN;
      sent->trouble = "connection_lost";
    }
}

static void
set_options (CURL *curl, EmailSender *self, const Job *job, Leaving *leaving)
{
  const EmailAccount *account = self->account;
  const char *at = strrchr (job->letter->from, '@');
  g_autofree char *domain = g_hostname_to_ascii (at != NULL ? at + 1 : "localhost");
  gboolean slash = g_str_has_suffix (account->smtp, "/");
  g_autofree char *url =
      g_strconcat (account->smtp, slash ? "" : "/", domain != NULL ? domain : "localhost", NULL);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_USERNAME, account->user);
  curl_easy_setopt (curl, CURLOPT_PASSWORD, account->password);
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (account->smtp_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (account->ca != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, account->ca);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) SILENT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) SEND_SECONDS);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, job->letter->from);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (curl, CURLOPT_READDATA, leaving);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_reply);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, leaving);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, leaving);
}

static void
send_letter (EmailSender *self, CURL *curl, Job *job)
{
  Leaving leaving = { .sender = self };
  struct curl_slist *to = curl_slist_append (NULL, job->letter->to);
  long reply = 0;
  CURLcode code;

  leaving.data = g_bytes_get_data (job->letter->mail, &leaving.size);
  curl_easy_reset (curl);
  set_options (curl, self, job, &leaving);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
  code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &reply);
  judge (&leaving, code, reply, &job->sent);
  curl_slist_free_all (to);
}

static gpointer
send_always (gpointer data)
{
  EmailSender *self = data;
  CURL *curl = curl_easy_init ();

  for (;;)
    {
      Job *job = g_async_queue_pop (self->jobs);
      gboolean end = job->letter == NULL || g_atomic_int_get (&self->stop);
      GSource *source;

      if (end)
        {
          gboolean last = job->letter == NULL;

          job_free (job);
          if (last)
            break;
          continue;
        }
      send_letter (self, curl, job);
      source = g_idle_source_new ();
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, on_sent, job, job_free);
      g_source_attach (source, NULL);
      g_source_unref (source);
    }
  curl_easy_cleanup (curl);
  sender_unref (self);

  return NULL;
}

/* --- the centre's thread ---------------------------------------------------------------------- */

EmailSender *
email_sender_new (EmailAccount *account, EmailSentFunc func, gpointer user_data)
{
  EmailSender *self = g_new0 (EmailSender, 1);

  self->references = 2;
  self->account = email_account_ref (account);
  self->func = func;
  self->user_data = user_data;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("email-out", send_always, self);

  return self;
}

static void
push (EmailSender *self, EmailLetter *letter, gpointer letter_data)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_int_inc (&self->references);
  job->sender = self;
  job->letter = letter;
  job->data = letter_data;
  g_async_queue_push (self->jobs, job);
}

void
email_sender_send (EmailSender *self, EmailLetter *letter, gpointer letter_data)
{
  push (self, letter, letter_data);
}

void
email_sender_free (EmailSender *self)
{
  self->closed = TRUE;
  g_atomic_int_set (&self->stop, 1);
  push (self, NULL, NULL);
  g_thread_join (self->thread);
  sender_unref (self);
}
