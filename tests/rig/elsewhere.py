# SPDX-License-Identifier: GPL-3.0-or-later
"""A place where files lie that messages point to: it gives them, leads elsewhere, is slow, gives too much, has forgotten. And how
an agent's files are handed to guichetd."""

import collections
import email.parser
import email.policy
import http.client
import http.server
import json
import struct
import threading
import urllib.parse
import uuid
import zlib

from patience import DEADLINE


def png(width=2, height=2, more=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x40\x80\xc0" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + more)


class Elsewhere:
    """`files`: path → bytes, a status, or the URL to which it leads; `answers` are given first, one each: a status. `asked` has
    (path, headers)."""

    def __init__(self):
        here = self
        self.files, self.asked, self.answers = {}, [], collections.deque()
        self.hold = None  # an Event: answers wait for it

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                try:
                    here.answer(self)
                except OSError:
                    pass  # who asked went away

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler):
        path = urllib.parse.urlsplit(handler.path).path
        self.asked.append((path, dict(handler.headers)))
        what = self.answers.popleft() if self.answers else self.files.get(path, 404)
        if self.hold is not None:
            self.hold.wait(DEADLINE)
        if what == "endless":
            handler.send_response(200)
            handler.end_headers()
            while True:
                handler.wfile.write(b"\0" * 262144)
        handler.send_response(what if isinstance(what, int) else 302 if isinstance(what, str) else 200)
        if isinstance(what, str):
            handler.send_header("Location", what)
        body = what if isinstance(what, bytes) else b""
        handler.send_header("Content-Type", "text/html")  # nobody believes it
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def paths(self):
        return [path for path, _ in self.asked]

    def close(self):
        if self.hold is not None:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()


def parts(headers, body):
    """(name, file name or None, type, bytes) of each part of a form."""
    head = ("Content-Type: %s\r\nMIME-Version: 1.0\r\n\r\n" % headers["Content-Type"]).encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    return [(p.get_param("name", header="content-disposition"), p.get_filename(), p.get_content_type(),
             p.get_payload(decode=True)) for p in message.iter_parts()]


def ask(url, method, data=None, headers=None):
    """(status, headers, bytes)"""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=DEADLINE)
    try:
        connection.request(method, address.path, data, headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def give(agent, interaction, data, name):
    """An agent adds a file: (status, answer)."""
    path = "/v1/interactions/%s/attachments" % interaction["id"]
    status, _, raw = ask(agent.daemon.http + path, "POST", data, {
        "Authorization": "Bearer " + agent.token, "Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=UTF-8''" + urllib.parse.quote(name)})
    answer = json.loads(raw)
    agent.contract.answer("POST", path, None, status, answer)
    return status, answer


def take(agent, attachment):
    """The bytes of an attachment, as an agent gets them."""
    status, _, data = ask(agent.daemon.http + "/v1/attachments/" + attachment["id"], "GET", None,
                          {"Authorization": "Bearer " + agent.token})
    assert status == 200, data
    return data
