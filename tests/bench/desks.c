/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thousands of desks as cheap sockets: each signs in, takes its snapshot and holds its stream, as
 * the desk does, on one connection. Driven by desks.py with one command a line, answered by one
 * line of JSON. One thread. */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 512
#define SPEAK_EVERY    (5 * G_USEC_PER_SEC)
#define WORKERS        64

typedef enum
{
  PHASE_OFF,
  PHASE_SIGN_IN,
  PHASE_SNAPSHOT,
  PHASE_UPGRADE,
  PHASE_STREAM,
  PHASE_COMMAND, /* a worker's connection */
} Phase;

typedef struct
{
  guint number;
  int fd;
  Phase phase;
  gboolean sent;  /* the request of this phase */
  GByteArray *in; /* what came and is not understood yet */
  char *token, *cursor;
  gint64 began;        /* of the way to the stream */
  gint64 changed_at;   /* a worker's command went out; 0: none */
  guint worker_of;     /* desk, of a worker */
  gboolean busy, even; /* of a worker */
} Desk;

static struct
{
  int epoll;
  guint16 port;
  guint n, window, on_the_way, next;
  Phase first;       /* where a desk begins */
  const char *until; /* the event that makes it current; NULL: the stream alone */
  Desk *desks, workers[WORKERS];
  guint current, failed;
  guint64 events, bytes;
  GArray *ways, *answers, *echoes; /* µs */
  gint64 spoke;
} all;

static void advance (Desk *desk);

static double
percentile (GArray *array, double share)
{
  guint i = (guint) (share * (array->len - 1));

  return array->len > 0 ? (double) g_array_index (array, gint64, i) / 1000 : 0;
}

static int
by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
report (const char *name, GArray *array)
{
  g_array_sort (array, by_value);
  printf ("\"%s\":{\"n\":%u,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"most_ms\":%.2f},", name, array->len,
          percentile (array, 0.5), percentile (array, 0.99), percentile (array, 1));
  g_array_set_size (array, 0);
}

/* --- a connection ----------------------------------------------------------------------------- */

static void
drop (Desk *desk)
{
  const struct linger now = { 1, 0 };

  if (desk->fd < 0)
    return;
  setsockopt (desk->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close (desk->fd);
  desk->fd = -1;
  desk->phase = PHASE_OFF;
  desk->sent = FALSE;
  g_byte_array_set_size (desk->in, 0);
}

static void
fail (Desk *desk, const char *why)
{
  if (all.failed < 5)
    fprintf (stderr, "desk %u in phase %d: %s\n", desk->number, desk->phase, why);
  if (desk->phase != PHASE_STREAM && desk->phase != PHASE_COMMAND)
    all.on_the_way--;
  all.failed++;
  drop (desk);
}

static void
dial (Desk *desk, Phase phase)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (all.port) };
  struct epoll_event event = { .events = EPOLLIN | EPOLLOUT, .data.ptr = desk };
  const int one = 1;

  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  desk->phase = phase;
  desk->began = g_get_monotonic_time ();
  desk->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (desk->fd < 0)
    g_error ("socket: %s", g_strerror (errno));
  setsockopt (desk->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  (void) connect (desk->fd, (struct sockaddr *) &to, sizeof to);
  epoll_ctl (all.epoll, EPOLL_CTL_ADD, desk->fd, &event);
}

static void
request (Desk *desk, const char *method, const char *path, const char *more, const char *body)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = desk };
  const Desk *who = desk->phase == PHASE_COMMAND ? &all.desks[desk->worker_of] : desk;
  g_autofree char *token =
      who->token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", who->token) : NULL;
  g_autofree char *text =
      g_strdup_printf ("%s %s HTTP/1.1\r\nHost: x\r\n%s%sContent-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       method, path, token != NULL ? token : "", more, strlen (body), body);
  gsize length = strlen (text);

  desk->sent = TRUE;
  epoll_ctl (all.epoll, EPOLL_CTL_MOD, desk->fd, &event);
  if (send (desk->fd, text, length, MSG_NOSIGNAL) != (gssize) length)
    fail (desk, g_strerror (errno));
}

/* A text frame; the mask is nothing, which is as good as any. */
static void
speak (Desk *desk)
{
  static const char text[] = "{\"type\":\"heartbeat\"}";
  guint8 frame[6 + sizeof text - 1] = { 0x81, 0x80 | (sizeof text - 1) };

  memcpy (frame + 6, text, sizeof text - 1);
  if (send (desk->fd, frame, sizeof frame, MSG_NOSIGNAL) != sizeof frame)
    fail (desk, "cannot speak");
}

/* --- what comes ------------------------------------------------------------------------------- */

static char *
member (const char *text, gsize length, const char *name)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":\"", name);
  const char *at = memmem (text, length, key, strlen (key));
  const char *end =
      at != NULL ? memchr (at + strlen (key), '"', length - (gsize) (at - text) - strlen (key))
                 : NULL;

  return end != NULL ? g_strndup (at + strlen (key), (gsize) (end - at) - strlen (key)) : NULL;
}

static void
is_current (Desk *desk)
{
  gint64 took = g_get_monotonic_time () - desk->began;

  g_array_append_val (all.ways, took);
  desk->began = 0;
  all.current++;
}

static void
take_message (Desk *desk, const char *text, gsize length)
{
  g_autofree char *type = member (text, length, "type");
  g_autofree char *cursor = member (text, length, "cursor");

  all.events++;
  all.bytes += length;
  if (cursor != NULL)
    {
      g_free (desk->cursor);
      desk->cursor = g_steal_pointer (&cursor);
    }
  if (desk->began != 0 && all.until != NULL && g_strcmp0 (type, all.until) == 0)
    is_current (desk);
  if (desk->changed_at != 0 && g_strcmp0 (type, "agent.state_changed") == 0)
    {
      gint64 took = g_get_monotonic_time () - desk->changed_at;

      desk->changed_at = 0;
      g_array_append_val (all.echoes, took);
    }
}

/* Whole frames of the stream; FALSE: it ended. */
static gboolean
take_frames (Desk *desk)
{
  while (desk->in->len >= 2)
    {
      const guint8 *data = desk->in->data;
      gsize head = 2, length = data[1] & 0x7f;

      if (length == 126)
        head = 4;
      else if (length == 127)
        head = 10;
      if (desk->in->len < head)
        return TRUE;
      if (head > 2)
        length = 0;
      for (gsize i = 2; i < head; i++)
        length = length << 8 | data[i];
      if (desk->in->len < head + length)
        return TRUE;
      if ((data[0] & 0x0f) == 8)
        return FALSE;
      if ((data[0] & 0x0f) == 1)
        take_message (desk, (const char *) data + head, length);
      g_byte_array_remove_range (desk->in, 0, (guint) (head + length));
    }

  return TRUE;
}

/* The length of a whole answer, or 0. */
static gsize
answer_length (Desk *desk, const char **body, gsize *body_length)
{
  const char *text = (const char *) desk->in->data;
  const char *end = memmem (text, desk->in->len, "\r\n\r\n", 4);
  const char *length;

  if (end == NULL)
    return 0;
  *body = end + 4;
  *body_length = 0;
  length = memmem (text, (gsize) (end - text), "Content-Length: ", 16);
  if (length != NULL)
    *body_length = (gsize) g_ascii_strtoull (length + 16, NULL, 10);
  if ((gsize) (*body - text) + *body_length > desk->in->len)
    return 0;

  return (gsize) (*body - text) + *body_length;
}

static void
worker_done (Desk *worker)
{
  gint64 took = g_get_monotonic_time () - worker->began;

  g_array_append_val (all.answers, took);
  worker->busy = FALSE;
}

static void
take_answer (Desk *desk)
{
  const char *body;
  gsize body_length;
  gsize length = answer_length (desk, &body, &body_length);
  guint status;

  if (length == 0)
    return;
  status = (guint) g_ascii_strtoull ((const char *) desk->in->data + 9, NULL, 10);
  if (status >= 300 || (status == 101) != (desk->phase == PHASE_UPGRADE))
    {
      fail (desk, (const char *) desk->in->data);
      return;
    }
  if (desk->phase == PHASE_COMMAND)
    worker_done (desk);
  else if (desk->phase == PHASE_SIGN_IN)
    desk->token = member (body, body_length, "token");
  else if (desk->phase == PHASE_SNAPSHOT)
    {
      g_free (desk->cursor);
      desk->cursor = member (body, body_length, "cursor");
    }
  g_byte_array_remove_range (desk->in, 0, (guint) length);
  if (desk->phase == PHASE_COMMAND)
    return;
  desk->phase++;
  advance (desk);
}

static void
advance (Desk *desk)
{
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;

  switch (desk->phase)
    {
    case PHASE_SIGN_IN:
      body = g_strdup_printf ("{\"agent\":\"a%u\",\"password\":\"password\",\"station\":"
                              "{\"kind\":\"outside_number\",\"address\":\"+3592%07u\"}}",
                              desk->number, desk->number);
      request (desk, "POST", "/v1/sessions", "", body);
      break;
    case PHASE_SNAPSHOT:
      request (desk, "GET", "/v1/desk", "", "");
      break;
    case PHASE_UPGRADE:
      path = g_strdup_printf ("/v1/events?since=%s", desk->cursor);
      request (desk, "GET", path,
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
               "");
      break;
    case PHASE_STREAM:
      all.on_the_way--;
      if (all.until == NULL)
        is_current (desk);
      if (!take_frames (desk))
        fail (desk, "closed");
      break;
    case PHASE_COMMAND:
    case PHASE_OFF:
      break;
    }
}

static void
on_ready (Desk *desk, guint32 events)
{
  guint8 bytes[65536];
  gssize n = -1;

  if (desk->fd < 0)
    return;
  if (!desk->sent)
    {
      if (events & (EPOLLERR | EPOLLHUP))
        fail (desk, "cannot connect");
      else if (events & EPOLLOUT)
        {
          struct epoll_event only = { .events = EPOLLIN, .data.ptr = desk };

          epoll_ctl (all.epoll, EPOLL_CTL_MOD, desk->fd, &only);
          advance (desk);
        }
      return;
    }
  if (events & (EPOLLIN | EPOLLERR | EPOLLHUP))
    n = recv (desk->fd, bytes, sizeof bytes, 0);
  if (n <= 0)
    {
      fail (desk, n == 0 ? "closed by the centre" : g_strerror (errno));
      return;
    }
  g_byte_array_append (desk->in, bytes, (guint) n);
  if (desk->phase != PHASE_STREAM)
    take_answer (desk);
  else if (!take_frames (desk))
    fail (desk, "closed");
}

static void
turn (int wait_ms)
{
  struct epoll_event events[EVENTS_AT_ONCE];
  int n = epoll_wait (all.epoll, events, EVENTS_AT_ONCE, wait_ms);
  gint64 now = g_get_monotonic_time ();

  for (int i = 0; i < n; i++)
    on_ready (events[i].data.ptr, events[i].events);
  if (now - all.spoke > SPEAK_EVERY)
    {
      all.spoke = now;
      for (guint i = 0; i < all.n; i++)
        if (all.desks[i].phase == PHASE_STREAM)
          speak (&all.desks[i]);
    }
  while (all.next < all.n && all.on_the_way < all.window)
    {
      all.on_the_way++;
      dial (&all.desks[all.next++], all.first);
    }
}

/* --- commands --------------------------------------------------------------------------------- */

/* All desks from @first to being current, so many on their way at once. */
static void
bring (Phase first, guint window, const char *until)
{
  gint64 start = g_get_monotonic_time ();

  all.first = first;
  all.window = window;
  all.until = until;
  all.next = all.current = all.failed = all.on_the_way = 0;
  while (all.current + all.failed < all.n)
    turn (1000);
  all.next = all.n;
  printf ("{");
  report ("way", all.ways);
  printf ("\"seconds\":%.3f,\"failed\":%u}\n", (double) (g_get_monotonic_time () - start) / 1e6,
          all.failed);
}

static void
work (guint rate, double seconds)
{
  gint64 start = g_get_monotonic_time (), end = start + (gint64) (seconds * 1e6);
  guint64 sent = 0;
  guint spread = 0;

  all.events = all.bytes = 0;
  all.failed = 0;
  for (gint64 now = start; now < end; now = g_get_monotonic_time ())
    {
      guint64 due = rate == 0 ? 0 : (guint64) ((double) (now - start) / 1e6 * rate);

      for (guint i = 0; i < WORKERS && sent < due; i++)
        {
          Desk *worker = &all.workers[i];
          g_autofree char *key = g_strdup_printf (
              "Idempotency-Key: %u-%" G_GUINT64_FORMAT "-%d\r\n", i, sent, (int) (start % 1000000));

          if (worker->fd < 0)
            {
              dial (worker, PHASE_COMMAND);
              continue;
            }
          if (worker->busy)
            continue;
          worker->busy = TRUE;
          worker->worker_of = spread++ % all.n;
          if (worker->worker_of == 0)
            worker->even = !worker->even;
          worker->began = all.desks[worker->worker_of].changed_at = g_get_monotonic_time ();
          all.desks[worker->worker_of].busy = !all.desks[worker->worker_of].busy;
          request (worker, "PUT", "/v1/state", key,
                   all.desks[worker->worker_of].busy ? "{\"state\":\"available\"}"
                                                     : "{\"state\":\"idle\",\"reason\":\"lunch\"}");
          sent++;
        }
      turn (1);
    }
  printf ("{");
  report ("answers", all.answers);
  report ("echoes", all.echoes);
  printf ("\"events\":%" G_GUINT64_FORMAT ",\"bytes\":%" G_GUINT64_FORMAT
          ",\"seconds\":%.3f,\"failed\":%u}\n",
          all.events, all.bytes, (double) (g_get_monotonic_time () - start) / 1e6, all.failed);
}

static Desk
desk_new (guint number)
{
  return (Desk){ .number = number, .fd = -1, .in = g_byte_array_new () };
}

int
main (int argc, char **argv)
{
  char line[256];

  if (argc != 3)
    g_error ("desks PORT NUMBER");
  all.port = (guint16) g_ascii_strtoull (argv[1], NULL, 10);
  all.n = all.next = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  all.epoll = epoll_create1 (EPOLL_CLOEXEC);
  all.desks = g_new0 (Desk, all.n);
  all.ways = g_array_new (FALSE, FALSE, sizeof (gint64));
  all.answers = g_array_new (FALSE, FALSE, sizeof (gint64));
  all.echoes = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all.n; i++)
    all.desks[i] = desk_new (i);
  for (guint i = 0; i < WORKERS; i++)
    all.workers[i] = desk_new (i);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 3);

      if (g_str_equal (words[0], "sign_in"))
        bring (PHASE_SIGN_IN, (guint) atol (words[1]), NULL);
      else if (g_str_equal (words[0], "return"))
        bring (PHASE_UPGRADE, (guint) atol (words[1]), "definitions.changed");
      else if (g_str_equal (words[0], "snapshot"))
        bring (PHASE_SNAPSHOT, (guint) atol (words[1]), NULL);
      else if (g_str_equal (words[0], "work"))
        work ((guint) atol (words[1]), g_ascii_strtod (words[2], NULL));
      else if (g_str_equal (words[0], "drop"))
        {
          for (guint i = 0; i < all.n; i++)
            drop (&all.desks[i]);
          for (guint i = 0; i < WORKERS; i++)
            drop (&all.workers[i]);
          printf ("{}\n");
        }
      fflush (stdout);
    }

  return 0;
}
