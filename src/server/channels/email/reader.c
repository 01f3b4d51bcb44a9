/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that reads a mailbox. It holds the account and its own copy of the position; with the
 * centre's thread it shares a queue of verdicts and a descriptor that wakes it, and posts what it
 * found to the main loop. */
#include "server/channels/email/reader.h"

#include "server/channels/email/imap.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define MAIL_MAX      (40 * 1024 * 1024) /* of a larger one only the beginning is read */
#define BEGINNING     (1024 * 1024)
#define IDLE_SECONDS  (20 * 60)
#define BACK_OFF_MAX  120 /* seconds between two attempts to connect */
#define LATER_SECONDS 5
#define DAY           (24 * 60 * 60)
#define STOP          (EMAIL_VERDICT_LATER + 1)

struct _EmailReader
{
  int references;
  gboolean closed; /* centre's thread */
  EmailAccount *account;
  EmailPosition position; /* the thread's */
  gboolean begun;         /* the thread's: the last one of before is marked as it should be */
  MailLimits limits;
  EmailReaderFuncs funcs;
  gpointer user_data;
  GAsyncQueue *verdicts; /* verdict + 1 as pointer */
  int wake;
  GThread *thread;
};

typedef struct
{
  EmailReader *reader;
  enum
  {
    NEWS_UP,
    NEWS_DOWN,
    NEWS_MAIL,
    NEWS_READ_TO
  } kind;
  const char *reason; /* static */
  Mail *mail;
  EmailPosition position;
} News;

static void
reader_unref (EmailReader *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  email_account_unref (self->account);
  g_async_queue_unref (self->verdicts);
  close (self->wake);
  g_free (self);
}

/* --- to the main loop ------------------------------------------------------------------------- */

static void
news_free (gpointer data)
{
  News *news = data;

  g_clear_pointer (&news->mail, mail_unref);
  reader_unref (news->reader);
  g_free (news);
}

static gboolean
on_news (gpointer user_data)
{
  News *news = user_data;
  EmailReader *self = news->reader;

  if (self->closed)
    return G_SOURCE_REMOVE;
  switch (news->kind)
    {
    case NEWS_UP:
      self->funcs.up (self->user_data);
      break;
    case NEWS_DOWN:
      self->funcs.down (news->reason, self->user_data);
      break;
    case NEWS_MAIL:
      self->funcs.mail (news->mail, &news->position, self->user_data);
      break;
    case NEWS_READ_TO:
      self->funcs.read_to (&news->position, self->user_data);
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
post (EmailReader *self, const News *what)
{
  News *news = g_memdup2 (what, sizeof *what);
  GSource *source = g_idle_source_new ();

  g_atomic_int_inc (&self->references);
  news->reader = self;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, news, news_free);
  g_source_attach (source, NULL);
  g_source_unref (source);
}

/* --- the thread ------------------------------------------------------------------------------- */

static gboolean
stopped (EmailReader *self, guint seconds)
{
  struct pollfd fd = { self->wake, POLLIN, 0 };
  gint64 deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  for (;;)
    {
      gint64 left = MAX ((deadline - g_get_monotonic_time ()) / 1000, 0);
      int got = poll (&fd, 1, (int) left);

      if (got > 0)
        return TRUE;
      if (got == 0)
        return FALSE;
    }
}

/* FALSE: stopped. */
static gboolean
hand_over (EmailReader *self, Mail *mail, const EmailPosition *position, EmailVerdict *verdict)
{
  for (;;)
    {
      News news = { .kind = NEWS_MAIL, .position = *position };
      guint answer;

      news.mail = mail != NULL ? mail_ref (mail) : NULL;
      post (self, &news);
      answer = GPOINTER_TO_UINT (g_async_queue_pop (self->verdicts)) - 1;
      if (answer == STOP)
        return FALSE;
      *verdict = (EmailVerdict) answer;
      if (*verdict != EMAIL_VERDICT_LATER)
        return TRUE;
      if (stopped (self, LATER_SECONDS))
        return FALSE;
    }
}

/* FALSE: the connection or the reader is at its end. */
static gboolean
read_mail (EmailReader *self,
           Imap *imap,
           guint32 uid,
           const EmailPosition *position,
           GError **error)
{
  gboolean whole = TRUE;
  GError *reason = NULL;
  g_autoptr (GBytes) bytes = imap_fetch (imap, uid, MAIL_MAX, BEGINNING, &whole, &reason);
  g_autoptr (Mail) mail = NULL;
  EmailVerdict verdict;

  if (reason != NULL)
    return g_propagate_error (error, reason), FALSE;
  if (bytes == NULL)
    return TRUE;
  mail = mail_parse (bytes, whole, &self->limits, NULL);
  if (!hand_over (self, mail, position, &verdict))
    return g_set_error (error, IMAP_ERROR, IMAP_ERROR_STOPPED, "stopped"), FALSE;
  if (verdict != EMAIL_VERDICT_TAKEN)
    return TRUE;
  /* A mailbox that cannot be written to is read all the same: the position is kept. */
  if (imap_mark_seen (imap, uid, &reason) || reason->code == IMAP_ERROR_REFUSED)
    {
      g_clear_error (&reason);
      return TRUE;
    }

  return g_propagate_error (error, reason), FALSE;
}

/* Where the mailbox was read before: all that came since. Where its uids are others than before:
 * all since the day before the last reading, those that are known are known. Where it never was:
 * what nobody has read. */
static char *
what_to_search (const EmailReader *self, const ImapFolder *folder)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *date = NULL;
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  if (self->position.validity == folder->validity && folder->validity != 0)
    return g_strdup_printf ("UID %u:* NOT DELETED", self->position.uid + 1);
  if (self->position.validity == 0)
    return g_strdup ("UNSEEN NOT DELETED");
  day = g_date_time_new_from_unix_utc (self->position.at - 2 * DAY);
  date = g_strdup_printf ("%d-%s-%d", g_date_time_get_day_of_month (day),
                          months[g_date_time_get_month (day) - 1], g_date_time_get_year (day));

  return g_strdup_printf ("SINCE %s NOT DELETED", date);
}

static gboolean
read_new (EmailReader *self, Imap *imap, const ImapFolder *folder, GError **error)
{
  g_autofree char *what = what_to_search (self, folder);
  gboolean in_order = self->position.validity == folder->validity && folder->validity != 0;
  g_autoptr (GArray) uids = imap_search (imap, what, error);
  guint32 last = in_order ? self->position.uid : folder->next > 0 ? folder->next - 1 : 0;

  if (uids == NULL)
    return FALSE;
  for (guint i = 0; i < uids->len; i++)
    {
      guint32 uid = g_array_index (uids, guint32, i);
      EmailPosition position = { in_order ? folder->validity : 0, uid,
                                 g_get_real_time () / G_USEC_PER_SEC };

      /* "9:*" is the last mail, whatever its uid. */
      if (in_order && uid <= self->position.uid)
        continue;
      if (!read_mail (self, imap, uid, &position, error))
        return FALSE;
      last = MAX (last, uid);
      if (in_order)
        self->position = position;
    }
  if (!in_order && folder->validity != 0)
    {
      News news = { .kind = NEWS_READ_TO };

      self->position =
          (EmailPosition){ folder->validity, last, g_get_real_time () / G_USEC_PER_SEC };
      news.position = self->position;
      post (self, &news);
    }

  return TRUE;
}

/* Whoever read before may have ended between keeping the last mail and marking it as read. */
static gboolean
read_last_again (EmailReader *self, Imap *imap, const ImapFolder *folder, GError **error)
{
  g_autofree char *what = g_strdup_printf ("UID %u UNSEEN NOT DELETED", self->position.uid);
  g_autoptr (GArray) uids = NULL;

  if (self->begun || self->position.uid == 0 || self->position.validity != folder->validity)
    return TRUE;
  uids = imap_search (imap, what, error);
  if (uids == NULL)
    return FALSE;
  self->begun =
      uids->len == 0 || read_mail (self, imap, self->position.uid, &self->position, error);

  return self->begun;
}

static gboolean
read_mailbox (EmailReader *self, gboolean *was_up, GError **error)
{
  const EmailAccount *account = self->account;
  ImapPlace place = { account->imap, account->user,   account->password,
                      account->ca,   account->folder, account->imap_plain };
  ImapFolder folder;
  g_autoptr (Imap) imap = imap_open (&place, self->wake, &folder, error);
  News up = { .kind = NEWS_UP };

  if (imap == NULL)
    return FALSE;
  *was_up = TRUE;
  post (self, &up);
  if (!read_last_again (self, imap, &folder, error))
    return FALSE;
  self->begun = TRUE;
  while (read_new (self, imap, &folder, error) && imap_wait (imap, IDLE_SECONDS, error))
    continue;

  return FALSE;
}

static const char *
reason_of (const GError *error)
{
  if (error->domain == IMAP_ERROR && error->code == IMAP_ERROR_LOGIN)
    return "wrong_password";
  if (error->domain == IMAP_ERROR && error->code == IMAP_ERROR_TLS)
    return "not_trusted";
  if (error->domain == IMAP_ERROR && error->code == IMAP_ERROR_REFUSED)
    return "refused";

  return "unreachable";
}

static gpointer
read_always (gpointer data)
{
  EmailReader *self = data;
  guint back_off = 1;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gboolean was_up = FALSE;
      News news = { .kind = NEWS_DOWN };

      read_mailbox (self, &was_up, &error);
      if (g_error_matches (error, IMAP_ERROR, IMAP_ERROR_STOPPED))
        break;
      news.reason = reason_of (error);
      post (self, &news);
      back_off = was_up ? 1 : MIN (back_off * 2, BACK_OFF_MAX);
      if (stopped (self, back_off))
        break;
    }
  reader_unref (self);

  return NULL;
}

/* --- the centre's thread ---------------------------------------------------------------------- */

EmailReader *
email_reader_new (EmailAccount *account,
                  const EmailPosition *position,
                  const MailLimits *limits,
                  const EmailReaderFuncs *funcs,
                  gpointer user_data)
{
  EmailReader *self = g_new0 (EmailReader, 1);

  self->references = 2;
  self->account = email_account_ref (account);
  self->position = *position;
  self->limits = *limits;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->verdicts = g_async_queue_new ();
  self->wake = eventfd (0, EFD_CLOEXEC);
  self->thread = g_thread_new ("email-in", read_always, self);

  return self;
}

void
email_reader_answer (EmailReader *self, EmailVerdict verdict)
{
  g_async_queue_push (self->verdicts, GUINT_TO_POINTER ((guint) verdict + 1));
}

void
email_reader_free (EmailReader *self)
{
  guint64 one = 1;

  self->closed = TRUE;
  while (write (self->wake, &one, sizeof one) < 0 && errno == EINTR)
    continue;
  g_async_queue_push (self->verdicts, GUINT_TO_POINTER (STOP + 1));
  g_thread_join (self->thread);
  reader_unref (self);
}
