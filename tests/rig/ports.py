# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports for programs that cannot take port 0 themselves.

A port that was free when asked for may be somebody's a moment later: the kernel hands out the same range to every outgoing
connection. So these lie below that range, are free for UDP and TCP, and are reserved among all tests of this machine by a
lock that ends with the process.
"""
import fcntl
import os
import random
import socket

FIRST, LAST = 20000, 31998
LOCKS = "/tmp/%s-" + str(os.getuid())  # not where one run keeps its folders: all runs of this machine share its ports
_reserved = []


def _is_free(port):
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def _reserve(folder, port):
    """The lock of a pair of ports, None where they are somebody's."""
    lock = open(os.path.join(folder, str(port)), "w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_free(port) and _is_free(port + 1):
            return lock
    except OSError:
        pass
    lock.close()
    return None


def free_port(pairs=1):
    """An even port on loopback, this process's until it ends; the odd one above it is free as well, and so are more such pairs."""
    folder = LOCKS % "guichet-test-ports"
    os.makedirs(folder, mode=0o700, exist_ok=True)
    start = random.randrange(FIRST, LAST, 2)
    for step in range(0, LAST - FIRST, 2):
        port = FIRST + (start - FIRST + step) % (LAST - FIRST)
        locks = [_reserve(folder, port + 2 * i) for i in range(pairs)]
        if all(locks):
            _reserved.extend(locks)
            return port
        for lock in locks:
            if lock is not None:
                lock.close()
    raise RuntimeError("no port is free between %d and %d" % (FIRST, LAST))
