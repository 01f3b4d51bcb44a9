/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The far ends of many calls in one thread: prints the UDP port it listens on, takes lines
 * "PORT PAYLOAD_TYPE SAMPLES" on standard input, and sends one RTP packet to each such port of
 * loopback every 20 ms: a 1 kHz tone for PCMU, a frame of quiet for Opus. What comes back is
 * counted and thrown away; the counts are printed at the end of the input. For benchmarks only. */
#include <glib.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  struct sockaddr_in to;
  guint8 packet[12 + 160];
  gsize size;
  guint16 seq;
  guint32 stamp, samples;
} Target;

static guint8
to_ulaw (int sample)
{
  int sign = sample < 0 ? 0x80 : 0;
  int exponent = 7;

  sample = MIN (ABS (sample), 32635) + 132;
  while (exponent > 0 && !(sample & (0x80 << exponent)))
    exponent--;

  return (guint8) ~(sign | exponent << 4 | (sample >> (exponent + 3) & 15));
}

static void
fill (Target *target, guint type)
{
  static const guint8 quiet[] = { 0xf8, 0xff, 0xfe };

  target->packet[0] = 0x80;
  target->packet[1] = (guint8) type;
  if (type != 0)
    {
      memcpy (target->packet + 12, quiet, sizeof quiet);
      target->size = 12 + sizeof quiet;
      return;
    }
  for (int i = 0; i < 160; i++)
    target->packet[12 + i] = to_ulaw ((int) (8000 * sin (2 * G_PI * i / 8)));
  target->size = 12 + 160;
}

static void
add (GPtrArray *targets, const char *line)
{
  Target *target = g_new0 (Target, 1);
  guint port = 0, type = 0, samples = 0;
  guint32 ssrc = htonl (0x1000 + targets->len);

  if (sscanf (line, "%u %u %u", &port, &type, &samples) != 3)
    {
      g_free (target);
      return;
    }
  target->to.sin_family = AF_INET;
  target->to.sin_port = htons ((guint16) port);
  target->to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  target->samples = samples;
  fill (target, type);
  memcpy (target->packet + 8, &ssrc, 4);
  g_ptr_array_add (targets, target);
}

static void
send_all (int fd, GPtrArray *targets)
{
  for (guint i = 0; i < targets->len; i++)
    {
      Target *target = targets->pdata[i];
      guint16 seq = htons (target->seq++);
      guint32 stamp = htonl (target->stamp);

      target->stamp += target->samples;
      memcpy (target->packet + 2, &seq, 2);
      memcpy (target->packet + 4, &stamp, 4);
      (void) !sendto (fd, target->packet, target->size, 0, (struct sockaddr *) &target->to,
                      sizeof target->to);
    }
}

static guint64
drain (int fd)
{
  guint8 packet[2048];
  guint64 n = 0;

  while (recv (fd, packet, sizeof packet, MSG_DONTWAIT) > 0)
    n++;

  return n;
}

/* Takes what has come; FALSE at the end of the input. */
static gboolean
read_lines (GString *input, GPtrArray *targets)
{
  char buffer[4096];
  gssize n = read (0, buffer, sizeof buffer);
  char *end;

  if (n <= 0)
    return n < 0 && errno == EAGAIN;
  g_string_append_len (input, buffer, n);
  while ((end = strchr (input->str, '\n')) != NULL)
    {
      *end = '\0';
      add (targets, input->str);
      g_string_erase (input, 0, end - input->str + 1);
    }

  return TRUE;
}

int
main (void)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) input = g_string_new (NULL);
  struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof own;
  int fd = socket (AF_INET, SOCK_DGRAM, 0), size = 4 << 20;
  guint64 received = 0, ticks = 0;
  struct timespec due;

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (bind (fd, (struct sockaddr *) &own, length) != 0 ||
      getsockname (fd, (struct sockaddr *) &own, &length) != 0)
    return 1;
  printf ("%u\n", ntohs (own.sin_port));
  fflush (stdout);
  fcntl (0, F_SETFL, O_NONBLOCK);
  clock_gettime (CLOCK_MONOTONIC, &due);
  while (read_lines (input, targets))
    {
      due.tv_nsec += 20 * 1000 * 1000;
      due.tv_sec += due.tv_nsec / 1000000000;
      due.tv_nsec %= 1000000000;
      clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
      send_all (fd, targets);
      received += drain (fd);
      ticks++;
    }
  printf ("{\"received\": %" G_GUINT64_FORMAT ", \"ticks\": %" G_GUINT64_FORMAT "}\n", received,
          ticks);
  close (fd);

  return 0;
}
