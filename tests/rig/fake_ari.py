# SPDX-License-Identifier: GPL-3.0-or-later
"""An Asterisk that is none: takes connections for its events, answers what it is asked, and says whatever a test wants it to.

    node = Ari()                  serves; node.url
    node.ways = [FUNCTION…]       what the next connections do with (link) instead of what is good; the last stays
    node.up (n)                   waits until it was asked for its channels n times: its node is up
    node.say ({…}), node.say_raw (b"…")
    node.asked                    [(method, uri)…] of all that was asked
"""
import base64
import contextlib
import hashlib
import json
import re
import socket
import struct
import threading
import time

from patience import DEADLINE


class Link:
    """One connection for events."""

    def __init__(self, node, sock, rest):
        self.node, self.socket, self.rest, self.lock = node, sock, rest, threading.Lock()

    def frame(self, data, opcode=1, final=True):
        size = len(data)
        head = bytes([opcode | (0x80 if final else 0)])
        if size < 126:
            head += bytes([size])
        elif size < 65536:
            head += b"\x7e" + struct.pack("!H", size)
        else:
            head += b"\x7f" + struct.pack("!Q", size)
        self.raw(head + data)

    def cut(self):
        """Also for who waits for something of it just now."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def raw(self, data):
        with self.lock:
            self.socket.sendall(data)

    def say(self, what):
        self.frame(what if isinstance(what, bytes) else json.dumps(what).encode())

    def reply(self, request, status=200, body=None):
        self.say({"type": "RESTResponse", "request_id": request["request_id"], "status_code": status,
                  "message_body": json.dumps(body) if body is not None else ""})

    def _take(self, count):
        while len(self.rest) < count:
            data = self.socket.recv(65536)
            if not data:
                raise OSError("closed")
            self.rest += data
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def requests(self):
        """What is asked, till the connection ends."""
        while True:
            first, size = self._take(2)
            size &= 127
            if size == 126:
                (size,) = struct.unpack("!H", self._take(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self._take(8))
            mask = self._take(4)
            data = bytes(b ^ mask[i % 4] for i, b in enumerate(self._take(size)))
            if first & 15 == 8:
                return
            if first & 15 == 1:
                request = json.loads(data)
                self.node.note(request["method"], request["uri"])
                yield request

    def serve(self):
        for request in self.requests():
            self.node.answer(self, request)


class Question:
    """One over HTTP."""

    def __init__(self, sock):
        self.socket = sock

    def reply(self, _request, status=200, body=None):
        text = json.dumps(body).encode() if body is not None else b""
        self.socket.sendall(b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                            % (status, len(text), text))


class Ari:
    def __init__(self):
        self.ways, self.asked, self.links, self.attempts = [Link.serve], [], [], []
        self.channels, self.endpoints = [], []
        self.changed = threading.Condition()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d/ari" % self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes who waits there: the next listener may get the same number
        self.listener.close()
        for link in self.links:
            link.cut()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(near,), daemon=True).start()

    def _one(self, near):
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                data = near.recv(65536)
                if not data:
                    return
                head += data
            head, rest = head.split(b"\r\n\r\n", 1)
            key = re.search(rb"(?i)sec-websocket-key: *(\S+)", head)
            if key is None:
                self._question(near, head.decode(), rest)
                return
            with self.changed:
                self.attempts.append(time.monotonic())
                way = self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]
                self.changed.notify_all()
            link = Link(self, near, rest)
            link.accept = base64.b64encode(hashlib.sha1(key.group(1) + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
            if not getattr(way, "bare", False):
                self.shake(link)
            way(link)
        except OSError:
            pass
        finally:
            near.close()

    def _question(self, near, head, body):
        """One over HTTP, as is asked where nothing was said on the connection for events for long."""
        size = re.search(r"(?i)content-length: *(\d+)", head)
        while size and len(body) < int(size.group(1)):
            body += near.recv(65536)
        method, path = head.split()[:2]
        request = {"method": method, "uri": path.removeprefix("/ari/")}
        self.note(method, request["uri"])
        self.answer(Question(near), request)

    def shake(self, link):
        link.raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
                 link.accept + b"\r\n\r\n")
        with self.changed:
            self.links.append(link)
            self.changed.notify_all()

    def note(self, method, uri):
        with self.changed:
            self.asked.append((method, uri))
            self.changed.notify_all()

    def answer(self, link, request):
        """As an Asterisk without phones does."""
        method, path = request["method"], request["uri"].split("?")[0]
        if method != "GET":
            link.reply(request, 204)
        elif path == "asterisk/info":
            link.reply(request, 200, {"status": {"startup_time": "2026-01-01T00:00:00.000+0000"}})
        elif path == "channels":
            link.reply(request, 200, self.channels)
        elif path.startswith("applications/"):
            link.reply(request, 200, {"name": "guichet", "channel_ids": [c["id"] for c in self.channels]})
        elif path == "endpoints/PJSIP":
            link.reply(request, 200, self.endpoints)
        elif path in ("bridges", "recordings/stored"):
            link.reply(request, 200, [])
        else:
            link.reply(request, 200, {})

    def count(self, what):
        return sum(what(method, uri) for method, uri in self.asked)

    def wait(self, what, fits):
        with self.changed:
            if not self.changed.wait_for(fits, DEADLINE):
                raise AssertionError("%s did not happen; %s" % (what, self.asked[-12:]))

    def looks(self):
        return self.count(lambda method, uri: uri == "channels")

    def say(self, what):
        self.links[-1].say(what)
