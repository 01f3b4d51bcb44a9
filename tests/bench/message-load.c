/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many who write at once, each the next message as soon as the one before is acknowledged:
 * customers on web chats' streams, agents by the API, and for the peer XMPP clients, whose server
 * acknowledges by XEP-0198. Driven by rates_bench.py, one command a line:
 *   customer PORT TOKEN · desk PORT TOKEN CURSOR · speaker PORT TOKEN INTERACTION ·
 *   xmpp PORT USER PASSWORD TO · go SECONDS WRITERS: answered by a line of JSON.
 * One thread. */
#include "zipf.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define SPEAK_EVERY (4 * G_USEC_PER_SEC)
#define WARM        G_USEC_PER_SEC
#define TEXTS       4096

typedef enum
{
  CUSTOMER,
  SPEAKER, /* an agent's commands */
  XMPP,
  DESK, /* an agent's stream: writes nothing */
} Kind;

typedef struct
{
  Kind kind;
  int fd;
  guint number;
  GByteArray *in;
  char *token, *to;
  guint16 port;
  gint64 sent_at; /* 0: nothing is under way */
  guint64 written, heard;
} Peer;

static struct
{
  int epoll;
  GPtrArray *peers; /* Peer */
  char *texts[TEXTS];
  gboolean counts;
  guint64 acknowledged, delivered;
  GArray *times; /* double, ms */
  gboolean over;
  gint64 spoke;
} all;

static void
lost (const Peer *peer, const char *why)
{
  g_error ("peer %u of kind %d: %s: %.*s", peer->number, peer->kind, why, (int) peer->in->len,
           (const char *) peer->in->data);
}

static void
put (Peer *peer, const void *bytes, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      gssize n = send (peer->fd, (const char *) bytes + done, length - done, MSG_NOSIGNAL);

      if (n < 0)
        lost (peer, g_strerror (errno));
      done += (gsize) n;
    }
}

static void
say (Peer *peer, const char *text)
{
  put (peer, text, strlen (text));
}

/* A text frame; the mask is nothing, which is as good as any. */
static void
put_frame (Peer *peer, const char *text)
{
  gsize length = strlen (text), head = length < 126 ? 6 : 8;
  g_autofree guint8 *frame = g_malloc0 (head + length);

  frame[0] = 0x81;
  frame[1] = (guint8) (0x80 | (length < 126 ? length : 126));
  if (length >= 126)
    {
      frame[2] = (guint8) (length >> 8);
      frame[3] = (guint8) length;
    }
  memcpy (frame + head, text, length);
  put (peer, frame, head + length);
}

static const char *
next_text (Peer *peer)
{
  return all.texts[(peer->number * 31 + peer->written) % TEXTS];
}

/* Who tells its address: a customer's is said by the proxy, an agent's is another of the loopback.
 */
static int
dial (guint16 port, guint number)
{
  struct sockaddr_in from = { .sin_family = AF_INET };
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  const int one = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  from.sin_addr.s_addr = htonl (INADDR_LOOPBACK + 256 + number % 60000);
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (bind (fd, (struct sockaddr *) &from, sizeof from) < 0 ||
      connect (fd, (struct sockaddr *) &to, sizeof to) < 0)
    g_error ("port %u: %s", port, g_strerror (errno));
  return fd;
}

/* Waits for this in what comes, and drops all up to its end. */
static void
expect (Peer *peer, const char *wanted)
{
  char bytes[8192];
  const char *found;

  while ((found = peer->in->len > 0
                      ? memmem (peer->in->data, peer->in->len, wanted, strlen (wanted))
                      : NULL) == NULL)
    {
      gssize n = recv (peer->fd, bytes, sizeof bytes, 0);

      if (n <= 0)
        lost (peer, wanted);
      g_byte_array_append (peer->in, (const guint8 *) bytes, (guint) n);
    }
  g_byte_array_remove_range (
      peer->in, 0, (guint) (found - (const char *) peer->in->data) + (guint) strlen (wanted));
}

/* --- what each says --------------------------------------------------------------------------- */

static void
connect_peer (Peer *peer)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };

  peer->fd = dial (peer->port, peer->number);
  epoll_ctl (all.epoll, EPOLL_CTL_ADD, peer->fd, &event);
}

static void
write_next (Peer *peer)
{
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;
  guint64 number = ++peer->written;

  if (peer->fd < 0)
    connect_peer (peer);
  peer->sent_at = g_get_monotonic_time ();
  switch (peer->kind)
    {
    case CUSTOMER:
      text = g_strdup_printf ("{\"type\":\"message\",\"key\":\"k%" G_GUINT64_FORMAT
                              "\",\"text\":\"%s\"}",
                              number, next_text (peer));
      put_frame (peer, text);
      break;
    case SPEAKER:
      body = g_strdup_printf ("{\"text\":\"%s\"}", next_text (peer));
      text = g_strdup_printf ("POST /v1/interactions/%s/messages HTTP/1.1\r\nHost: x\r\n"
                              "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                              "Idempotency-Key: b%u-%" G_GUINT64_FORMAT
                              "\r\nContent-Length: %zu\r\n\r\n%s",
                              peer->to, peer->token, peer->number, number, strlen (body), body);
      say (peer, text);
      break;
    case XMPP:
      text = g_strdup_printf ("<message type='chat' to='%s@localhost' id='m%" G_GUINT64_FORMAT
                              "'><body>%s</body></message><r xmlns='urn:xmpp:sm:3'/>",
                              peer->to, number, next_text (peer));
      say (peer, text);
      break;
    case DESK:
      break;
    }
}

static void
acknowledged (Peer *peer)
{
  double took = (double) (g_get_monotonic_time () - peer->sent_at) / 1000;

  if (peer->sent_at == 0)
    return;
  peer->sent_at = 0;
  if (all.counts)
    {
      all.acknowledged++;
      g_array_append_val (all.times, took);
    }
  if (!all.over)
    write_next (peer);
}

/* --- what comes ------------------------------------------------------------------------------- */

static gboolean
holds (const char *text, gsize length, const char *part)
{
  return memmem (text, length, part, strlen (part)) != NULL;
}

static void
take_frame (Peer *peer, const char *text, gsize length)
{
  if (peer->kind == DESK)
    all.delivered += all.counts && holds (text, MIN (length, 250), "message.added");
  else if (holds (text, MIN (length, 40), "\"acknowledged\""))
    acknowledged (peer);
  else if (holds (text, length, "\"refused\""))
    lost (peer, "refused");
  else if (holds (text, MIN (length, 40), "\"heartbeat\""))
    put_frame (peer, "{\"type\":\"heartbeat\"}");
}

/* How many bytes of @in are a whole frame; 0: none yet. */
static gsize
frame_length (const Peer *peer, gsize *head)
{
  const guint8 *data = peer->in->data;
  gsize length;

  if (peer->in->len < 2)
    return 0;
  length = data[1] & 0x7f;
  *head = length == 126 ? 4 : length == 127 ? 10 : 2;
  if (peer->in->len < *head)
    return 0;
  if (*head > 2)
    length = 0;
  for (gsize i = 2; i < *head; i++)
    length = length << 8 | data[i];

  return peer->in->len < *head + length ? 0 : *head + length;
}

static void
take_frames (Peer *peer)
{
  gsize head, whole;

  while ((whole = frame_length (peer, &head)) > 0)
    {
      if ((peer->in->data[0] & 0x0f) == 8)
        lost (peer, "closed");
      take_frame (peer, (const char *) peer->in->data + head, whole - head);
      g_byte_array_remove_range (peer->in, 0, (guint) whole);
    }
}

static void
take_answer (Peer *peer)
{
  const char *text = (const char *) peer->in->data;
  const char *end = memmem (text, peer->in->len, "\r\n\r\n", 4);
  const char *length =
      end != NULL ? memmem (text, (gsize) (end - text), "Content-Length: ", 16) : NULL;
  gsize whole =
      length != NULL ? (gsize) (end + 4 - text) + g_ascii_strtoull (length + 16, NULL, 10) : 0;

  if (whole == 0 || whole > peer->in->len)
    return;
  if (strncmp (text + 9, "200", 3) != 0)
    lost (peer, "refused");
  g_byte_array_remove_range (peer->in, 0, (guint) whole);
  acknowledged (peer);
}

/* Stanzas are counted, since the server asks how many came. */
static void
take_stanzas (Peer *peer)
{
  gsize at = 0;

  for (; at + 16 < peer->in->len; at++)
    {
      const char *text = (const char *) peer->in->data + at;

      if (*text != '<')
        continue;
      if (g_str_has_prefix (text, "<message") || g_str_has_prefix (text, "<presence") ||
          g_str_has_prefix (text, "<iq"))
        {
          peer->heard++;
          all.delivered += all.counts && text[1] == 'm';
        }
      else if (g_str_has_prefix (text, "<a "))
        acknowledged (peer);
      else if (g_str_has_prefix (text, "<r "))
        {
          g_autofree char *answer =
              g_strdup_printf ("<a xmlns='urn:xmpp:sm:3' h='%" G_GUINT64_FORMAT "'/>", peer->heard);

          say (peer, answer);
        }
      else if (g_str_has_prefix (text, "<stream:error"))
        lost (peer, "closed");
    }
  g_byte_array_remove_range (peer->in, 0, (guint) at);
}

static void
on_ready (Peer *peer)
{
  guint8 bytes[65536];
  gssize n = recv (peer->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n == 0 && peer->kind == SPEAKER && peer->sent_at == 0)
    {
      close (peer->fd); /* nothing was said for long */
      peer->fd = -1;
      return;
    }
  if (n <= 0)
    lost (peer, n == 0 ? "gone" : g_strerror (errno));
  g_byte_array_append (peer->in, bytes, (guint) n);
  if (peer->kind == XMPP)
    take_stanzas (peer);
  else if (peer->kind == SPEAKER)
    take_answer (peer);
  else
    take_frames (peer);
}

/* --- beginnings ------------------------------------------------------------------------------- */

static void
upgrade (Peer *peer, const char *path, const char *more)
{
  g_autofree char *text =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                       "\r\n%s\r\n",
                       path, more);

  say (peer, text);
  expect (peer, " 101 ");
  expect (peer, "\r\n\r\n");
}

static void
begin_customer (Peer *peer, char **fields)
{
  g_autofree char *more =
      g_strdup_printf ("Sec-WebSocket-Protocol: guichet.%s\r\nX-Forwarded-For: 10.1.%u.%u\r\n",
                       fields[2], peer->number / 250, peer->number % 250 + 1);

  upgrade (peer, "/chat/v1/stream?since=0", more);
}

static void
begin_desk (Peer *peer, char **fields)
{
  g_autofree char *path = g_strdup_printf ("/v1/events?since=%s", fields[3]);
  g_autofree char *more = g_strdup_printf ("Authorization: Bearer %s\r\n", fields[2]);

  upgrade (peer, path, more);
}

static void
begin_xmpp (Peer *peer, char **fields)
{
  static const char *const open =
      "<?xml version='1.0'?><stream:stream to='localhost' version='1.0' "
      "xmlns='jabber:client' "
      "xmlns:stream='http://etherx.jabber.org/streams'>";
  g_autofree char *plain = g_strdup_printf ("%c%s%c%s", 1, fields[2], 1, fields[3]);
  gsize length = strlen (plain);
  g_autofree char *secret = NULL;
  g_autofree char *auth = NULL;

  g_strdelimit (plain, "\001", '\002');
  for (gsize i = 0; i < length; i++)
    plain[i] = plain[i] == '\002' ? '\0' : plain[i];
  secret = g_base64_encode ((const guchar *) plain, length);
  auth = g_strdup_printf (
      "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>", secret);
  say (peer, open);
  expect (peer, "</stream:features>");
  say (peer, auth);
  expect (peer, "<success");
  say (peer, open);
  expect (peer, "</stream:features>");
  say (peer, "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  expect (peer, "</iq>");
  say (peer, "<enable xmlns='urn:xmpp:sm:3'/>");
  expect (peer, "<enabled");
  expect (peer, ">");
  say (peer, "<presence/>");
}

static void
add_peer (Kind kind, char **fields)
{
  Peer *peer = g_new0 (Peer, 1);

  *peer = (Peer){ .kind = kind, .number = all.peers->len, .in = g_byte_array_new () };
  peer->port = (guint16) g_ascii_strtoull (fields[1], NULL, 10);
  connect_peer (peer);
  if (kind == CUSTOMER)
    begin_customer (peer, fields);
  else if (kind == DESK)
    begin_desk (peer, fields);
  else if (kind == XMPP)
    begin_xmpp (peer, fields);
  peer->token = g_strdup (fields[2]);
  peer->to = kind == SPEAKER ? g_strdup (fields[3]) : kind == XMPP ? g_strdup (fields[4]) : NULL;
  g_ptr_array_add (all.peers, peer);
}

/* --- the work --------------------------------------------------------------------------------- */

/* TRUE: there is a command to read. */
static gboolean
turn (void)
{
  struct epoll_event events[512];
  int n = epoll_wait (all.epoll, events, G_N_ELEMENTS (events), 10);
  gint64 now = g_get_monotonic_time ();
  gboolean command = FALSE;

  for (int i = 0; i < n; i++)
    if (events[i].data.ptr != NULL)
      on_ready (events[i].data.ptr);
    else
      command = TRUE;
  for (guint i = 0; now - all.spoke > SPEAK_EVERY && i < all.peers->len; i++)
    if (((Peer *) all.peers->pdata[i])->kind == DESK)
      put_frame (all.peers->pdata[i], "{\"type\":\"heartbeat\"}");
  if (now - all.spoke > SPEAK_EVERY)
    all.spoke = now;

  return command;
}

static guint
under_way (void)
{
  guint n = 0;

  for (guint i = 0; i < all.peers->len; i++)
    n += ((Peer *) all.peers->pdata[i])->sent_at != 0 ? 1 : 0;
  return n;
}

static void
go (double seconds, guint writers)
{
  gint64 start = g_get_monotonic_time (), now;
  gint64 from = start + WARM, end = from + (gint64) (seconds * 1e6);

  all.acknowledged = all.delivered = 0;
  all.over = FALSE;
  g_array_set_size (all.times, 0);
  /* One alone is an agent: a page may say so much at once and no more. */
  for (guint i = all.peers->len; i > 0 && writers > 0; i--)
    if (((Peer *) all.peers->pdata[i - 1])->kind != DESK)
      {
        write_next (all.peers->pdata[i - 1]);
        writers--;
      }
  while (!all.over || under_way () > 0)
    {
      turn ();
      now = g_get_monotonic_time ();
      all.counts = now >= from && now < end;
      all.over = now >= end;
    }
  g_array_sort (all.times, by_size);
  printf ("{\"messages\":%" G_GUINT64_FORMAT ",\"delivered\":%" G_GUINT64_FORMAT
          ",\"per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
          all.acknowledged, all.delivered, (double) all.acknowledged / seconds,
          all.times->len > 0 ? at (all.times, 0.5) : 0,
          all.times->len > 0 ? at (all.times, 0.99) : 0);
}

static void
obey (char *line)
{
  static const char *const kinds[] = { "customer", "speaker", "xmpp", "desk" };
  g_auto (GStrv) fields = g_strsplit (g_strstrip (line), " ", 6);

  if (g_str_equal (fields[0], "go"))
    go (g_ascii_strtod (fields[1], NULL), (guint) atol (fields[2]));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (fields[0], kinds[i]))
      add_peer ((Kind) i, fields);
  fflush (stdout);
}

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  struct epoll_event commands = { .events = EPOLLIN };
  char line[1024];

  make_words (random);
  for (guint i = 0; i < TEXTS; i++)
    all.texts[i] = draw_text (random);
  all.epoll = epoll_create1 (EPOLL_CLOEXEC);
  all.peers = g_ptr_array_new ();
  all.times = g_array_new (FALSE, FALSE, sizeof (double));
  all.over = TRUE;
  setvbuf (stdin, NULL, _IONBF, 0);
  epoll_ctl (all.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
  for (;;)
    if (turn ())
      {
        if (fgets (line, sizeof line, stdin) == NULL)
          return 0;
        obey (line);
      }
}
