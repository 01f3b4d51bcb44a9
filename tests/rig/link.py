# SPDX-License-Identifier: GPL-3.0-or-later
"""A link that the tests cut: a port that stays the same, whatever stands behind it, and connections that end without a word.

    link = Link(lambda: ("127.0.0.1", port))     asked anew for each connection; None: nobody is there
    link.port, link.url; link.cut(); link.close()
"""
import socket
import struct
import threading

from patience import DEADLINE

SIZE = 65536


class Link:
    def __init__(self, target):
        self.target, self.guard, self.pairs = target, threading.Lock(), set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near):
        where = self.target()
        try:
            if where is None:
                raise OSError("nobody is there")
            far = socket.create_connection(where, timeout=DEADLINE)
            far.settimeout(None)
        except OSError:
            self._drop(near)
            return
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = (near, far)
        with self.guard:
            self.pairs.add(pair)
        back = threading.Thread(target=self._pump, args=(far, near, pair), daemon=True)
        back.start()
        self._pump(near, far, pair)
        back.join()
        with self.guard:
            self.pairs.discard(pair)
        for end in pair:
            end.close()

    def _pump(self, source, sink, pair):
        try:
            while True:
                data = source.recv(SIZE)
                if not data:
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for end in pair:
                self._drop(end)

    @staticmethod
    def _drop(end):
        """With a reset, as a cable or a middlebox does it: what was under way is lost."""
        try:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()

    def cut(self):
        """All that is connected now."""
        with self.guard:
            pairs, self.pairs = self.pairs, set()
        for pair in pairs:
            for end in pair:
                self._drop(end)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes who waits there: the next listener may get the same number
        self.listener.close()
        self.cut()
