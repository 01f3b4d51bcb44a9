/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before a program by LD_PRELOAD: writes the beginning of each datagram that the program
 * sends over IP into the file that GUICHET_TAP names, as two bytes of length in our byte order and
 * that many bytes. For what really is on the wire, without a right to listen there. Any thread. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEPT 64

static int
open_file (void)
{
  static int file = -1;
  const char *path = getenv ("GUICHET_TAP");
  int old = -1, now;

  if (__atomic_load_n (&file, __ATOMIC_ACQUIRE) >= 0 || path == NULL)
    return file;
  now = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (now >= 0 &&
      !__atomic_compare_exchange_n (&file, &old, now, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    close (now);
  return file;
}

static int
is_datagram (int socket)
{
  struct sockaddr_storage own;
  socklen_t size = sizeof own, type_size = sizeof (int);
  int type = 0;

  return getsockopt (socket, SOL_SOCKET, SO_TYPE, &type, &type_size) == 0 && type == SOCK_DGRAM &&
         getsockname (socket, (struct sockaddr *) &own, &size) == 0 &&
         (own.ss_family == AF_INET || own.ss_family == AF_INET6);
}

static void
keep (int socket, const struct iovec *parts, size_t n)
{
  struct
  {
    uint16_t length;
    unsigned char data[KEPT];
  } record = { 0 };
  int before = errno, file = open_file ();

  if (file < 0 || !is_datagram (socket))
    {
      errno = before;
      return;
    }
  for (size_t i = 0; i < n && record.length < KEPT; i++)
    {
      size_t left = KEPT - record.length, size = parts[i].iov_len < left ? parts[i].iov_len : left;

      memcpy (record.data + record.length, parts[i].iov_base, size);
      record.length = (uint16_t) (record.length + size);
    }
  if (write (file, &record, sizeof record.length + record.length) < 0)
    abort ();
  errno = before;
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

ssize_t
sendto (int socket,
        const void *data,
        size_t size,
        int flags,
        const struct sockaddr *to,
        socklen_t to_size)
{
  struct iovec part = { (void *) (uintptr_t) data, size };

  keep (socket, &part, 1);
  return REAL (sendto) (socket, data, size, flags, to, to_size);
}

ssize_t
sendmsg (int socket, const struct msghdr *message, int flags)
{
  keep (socket, message->msg_iov, message->msg_iovlen);
  return REAL (sendmsg) (socket, message, flags);
}

int
sendmmsg (int socket, struct mmsghdr *messages, unsigned n, int flags)
{
  for (unsigned i = 0; i < n; i++)
    keep (socket, messages[i].msg_hdr.msg_iov, messages[i].msg_hdr.msg_iovlen);
  return REAL (sendmmsg) (socket, messages, n, flags);
}
