# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers send: requests that RFC 9112 refuses, WebSocket frames and JSON that are none. Each gets the answer of its
standard, and the daemon goes on."""

import json
import os
import re
import socket
import struct
import urllib.parse

import scene
from api import Agent, until

GOOD = "GET /v1/session HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = '{"agent":"a"}'


def post(headers, body=BODY):
    return "POST /v1/sessions HTTP/1.1\r\nHost: x\r\n%s\r\n%s" % (headers, body)


# (what it is, bytes, status)
REQUESTS = [
    ("two hosts", "GET /v1/session HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    ("no host", "GET /v1/session HTTP/1.1\r\n\r\n", 400),
    ("empty host", "GET /v1/session HTTP/1.1\r\nHost:\r\n\r\n", 400),
    ("length and chunks", post("Content-Length: 13\r\nTransfer-Encoding: chunked\r\n"), 400),
    ("two lengths", post("Content-Length: 13\r\nContent-Length: 3\r\n"), 400),
    ("the same length twice", post("Content-Length: 13\r\nContent-Length: 13\r\n"), 400),
    ("a list of lengths", post("Content-Length: 13, 13\r\n"), 400),
    ("a signed length", post("Content-Length: +13\r\n"), 400),
    ("a negative length", post("Content-Length: -1\r\n"), 400),
    ("a hexadecimal length", post("Content-Length: 0xd\r\n"), 400),
    ("an empty length", post("Content-Length:\r\n"), 400),
    ("space before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400),
    ("a strange encoding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400),
    ("two encodings", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400),
    ("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
    ("a negative chunk", post("Transfer-Encoding: chunked\r\n", "-1\r\nx\r\n0\r\n\r\n"), 400),
    ("a chunk of 0x3", post("Transfer-Encoding: chunked\r\n", "0x3\r\nabc\r\n0\r\n\r\n"), 400),
    ("a line feed after a chunk size", post("Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n"), 400),
    ("a chunk without its end", post("Transfer-Encoding: chunked\r\n", "3\r\nabcX\r\n0\r\n\r\n"), 400),
    ("a chunk extension", post("Transfer-Encoding: chunked\r\n", "3;x=y\r\nabc\r\n0\r\n\r\n"), 400),
    ("a chunk size without end", post("Transfer-Encoding: chunked\r\n", "00000000000000003\r\nabc\r\n0\r\n\r\n"), 400),
    ("a trailer", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\nX: y\r\n\r\n"), 400),
    ("an enormous chunk", post("Transfer-Encoding: chunked\r\n", "7fffffff\r\n"), 413),
    ("an enormous body", post("Content-Length: 999999999\r\n"), 413),
    ("a length of twenty digits", post("Content-Length: 99999999999999999999\r\n"), 400),
    ("space in a name", "GET /v1/session HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n", 400),
    ("a folded header", "GET /v1/session HTTP/1.1\r\nHost: x\r\nX: y\r\n z\r\n\r\n", 400),
    ("a header without colon", "GET /v1/session HTTP/1.1\r\nHost: x\r\nXyz\r\n\r\n", 400),
    ("a header without name", "GET /v1/session HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400),
    ("NUL in a value", "GET /v1/session HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 400),
    ("a bare CR", "GET /v1/session HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n", 400),
    ("bare line feeds", "GET /v1/session HTTP/1.1\nHost: x\n\n", 400),
    ("an empty line first", "\r\n" + GOOD, 400),
    ("two spaces", "GET  /v1/session HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a tab", "GET\t/v1/session HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("no version", "GET /v1/session\r\nHost: x\r\n\r\n", 400),
    ("HTTP/1.0", "GET /v1/session HTTP/1.0\r\nHost: x\r\n\r\n", 505),
    ("HTTP/2.0", "GET /v1/session HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    ("http/1.1", "GET /v1/session http/1.1\r\nHost: x\r\n\r\n", 400),
    ("an absolute target", "GET http://x/v1/session HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a fragment", "GET /v1/session#x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a control character in the target", "GET /v1/ses\x01sion HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a target without end", "GET /" + "a" * 5000 + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    ("a head without end", "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a" * 20000 + "\r\n\r\n", 431),
    ("a hundred headers", "GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n" * 100 + "\r\n", 431),
    ("an upgrade with a body", post("Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 13\r\n"), 400),
    ("another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", 400),
    # What is well-formed gets further.
    ("a stranger", GOOD, 401),
    ("an unknown path", "GET /v2 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
    ("an unknown method", "BREW /v1/session HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    ("chunks", post("Transfer-Encoding: chunked\r\n", "d\r\n%s\r\n0\r\n\r\n" % BODY), 400),
    ("administration from outside", "GET /admin/status HTTP/1.1\r\nHost: x\r\n\r\n", 404),
    ("a token too long", "GET /v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % ("x" * 5000), 401),
    ("no upgrade", "GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n", 401),
]

DOCUMENTS = ["", "{", "[]", "null", "{}x", '{"a":1,}', "{'a':1}", '{"a":01}', '{"a":NaN}', '{"a":"\x01"}', '{"a":"\\x"}',
             '{"agent":"\\ud800"}', "[" * 100000, '{"a":' * 50 + "1" + "}" * 50, "\xff\xfe", '{"agent":1}', '\ufeff{}',
             '{"agent":"a","agent":"b","password":"c","station":{"kind":"softphone"},"x":1}']


class Hostile(scene.Scene):
    def setUp(self):
        super().setUp()
        address = urllib.parse.urlsplit(self.daemon.http)
        self.address = (address.hostname, address.port)

    def ask(self, data):
        with socket.create_connection(self.address) as s:
            s.settimeout(scene.api.DEADLINE)
            s.sendall(data.encode("latin-1") if isinstance(data, str) else data)
            answer = b""
            while b"\r\n\r\n" not in answer:
                more = s.recv(65536)
                if not more:
                    break
                answer += more
            return int(answer.split()[1]) if answer else 0, answer.decode("latin-1")

    def alive(self):
        self.assertEqual(self.ask(GOOD)[0], 401)

    def memory(self):
        with open("/proc/%d/statm" % self.daemon.process.pid, encoding="ascii") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def test_requests(self):
        for what, data, status in REQUESTS:
            with self.subTest(what=what):
                got, answer = self.ask(data)
                self.assertEqual(got, status, answer)
                self.assertIn("problem+json", answer)
        self.alive()

    def test_byte_by_byte(self):
        with socket.create_connection(self.address) as s:
            s.settimeout(scene.api.DEADLINE)
            for c in GOOD + GOOD:
                s.sendall(c.encode())
            answer = b""
            while answer.count(b"HTTP/1.1 401") < 2:
                more = s.recv(65536)
                self.assertTrue(more)
                answer += more

    def test_pipelined(self):
        """A refused request behind a good one: each has its own answer, in order, and the connection ends."""
        with socket.create_connection(self.address) as s:
            s.settimeout(scene.api.DEADLINE)
            s.sendall((GOOD + "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + GOOD).encode())
            answer = b""
            while True:
                more = s.recv(65536)
                if not more:
                    break
                answer += more
            self.assertEqual(re.findall(rb"HTTP/1.1 (\d+)", answer), [b"401", b"400"])
        self.daemon.admin("GET", "/admin/status")

    def test_connections_are_let_go(self):
        """However a connection ends, nothing of it stays."""
        bad = "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
        for parts in ([], [GOOD], [GOOD, bad], [GOOD + bad], [GOOD + "GET"], ["GET"], [bad], [post("Content-Length: 13\r\n", "{")]):
            with socket.create_connection(self.address) as s:
                s.settimeout(scene.api.DEADLINE)
                for part in parts:
                    s.sendall(part.encode())
                    if part.endswith("\r\n\r\n"):
                        s.recv(65536)
        until(lambda: self.daemon.admin("GET", "/admin/status")["connections"] == 0)

    def test_documents(self):
        for document in DOCUMENTS:
            raw = document.encode("utf-8") if document != "\xff\xfe" else b"\xff\xfe"
            with self.subTest(document=document[:40]):
                head = "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(raw)
                got, answer = self.ask(head.encode() + raw)
                self.assertIn(got, (400, 413, 422), answer)
        self.alive()

    def websocket(self, agent, cursor):
        s = socket.create_connection(self.address)
        s.settimeout(scene.api.DEADLINE)
        s.sendall(("GET /v1/events?since=%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                   "Authorization: Bearer %s\r\n\r\n" % (cursor, agent.token)).encode())
        self.assertIn(b"101", s.recv(12))
        return s

    def test_frames(self):
        """No mask, reserved bits, unknown kinds, lengths that lie, text that is none: the stream ends, the centre goes on."""
        agent = Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        agent.sign_in()
        cursor = agent.desk()["cursor"]

        def masked(first, payload, length=None):
            size = len(payload) if length is None else length
            head = bytes([first, 0x80 | size]) if size < 126 else bytes([first, 0xff]) + struct.pack(">Q", size)
            return head + b"\0\0\0\0" + payload
        for what, frame in [("no mask", b"\x81\x02{}"), ("reserved bits", masked(0xf1, b"{}")), ("unknown kind", masked(0x83, b"{}")),
                            ("an endless length", masked(0x81, b"", (1 << 63) - 1)), ("a big message", masked(0x81, b"x" * 70000)),
                            ("not UTF-8", masked(0x81, b"\xff\xfe")), ("not JSON", masked(0x81, b"hello")), ("binary", masked(0x82, b"{}")),
                            ("deep", masked(0x81, b"[" * 100)), ("a big ping", masked(0x89, b"x" * 4000)),
                            ("a continuation of nothing", masked(0x80, b"{}")), ("many messages", masked(0x81, b"{}") * 200)]:
            with self.subTest(what=what):
                s = self.websocket(agent, cursor)
                try:
                    s.sendall(frame)
                    while s.recv(65536):
                        pass
                except ConnectionError:
                    pass
                finally:
                    s.close()
        self.alive()

    def test_no_memory_is_kept(self):
        if self.daemon.keeps_what_is_freed():
            self.skipTest("the sanitizer keeps what is freed")
        for _ in range(30):
            for _, data, _ in REQUESTS[:10]:
                self.ask(data)
        before = self.memory()
        for _ in range(100):
            for _, data, _ in REQUESTS[:10]:
                self.ask(data)
        self.assertLess(self.memory() - before, 2 << 20)

    def test_half_a_head(self):
        """Who begins a head and does not end it is cut off; others are served meanwhile."""
        with socket.create_connection(self.address) as s:
            s.settimeout(scene.api.DEADLINE)
            s.sendall(b"GET /v1/sess")
            self.alive()
            self.assertEqual(s.recv(100), b"")

    def test_one_log_line(self):
        before = self.daemon.read_log().count("\n")
        self.ask(REQUESTS[0][1])
        until(lambda: self.daemon.read_log().count("\n") > before, what="the line")
        self.alive()
        self.assertEqual(self.daemon.read_log().count("\n"), before + 1)
        self.assertTrue(json.dumps(REQUESTS[0][0]))


if __name__ == "__main__":
    scene.main()
