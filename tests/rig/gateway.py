# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway of SMS that the tests play: takes messages over HTTP as docs/channels.md says, calls back with customers' and with what
became of ours."""

import collections
import http.client
import http.server
import json
import threading
import time
import urllib.parse

import elsewhere
from patience import DEADLINE

SECRET = "a secret of sixteen"


class Gateway:
    """Every message that it was given stands in `taken`: (id, fields). `answers` are given first, one each: (status, body), or
    None to break the connection off after the message was read."""

    def __init__(self):
        gateway = self
        self.taken, self.changed, self.answers = [], threading.Condition(), collections.deque()
        self.hold = None  # an Event: answers wait for it

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                address = urllib.parse.urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                query = urllib.parse.parse_qsl(address.query)
                if self.headers.get("Content-Type", "").startswith("multipart/form-data"):
                    form = elsewhere.parts(self.headers, body)
                    gateway.take(self, {**{name: data.decode() for name, file, _, data in form if file is None},
                                        "files": [part for part in form if part[1] is not None]})
                elif self.headers.get("Content-Type", "").startswith("application/json"):
                    gateway.take(self, json.loads(body))
                else:
                    pairs = query + urllib.parse.parse_qsl(body.decode())
                    gateway.take(self, {**dict(pairs), "links": [value for name, value in pairs if name == "MediaUrl"]})

            do_GET = do_POST = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, handler, fields):
        with self.changed:
            answer = self.answers.popleft() if self.answers else (202, None)
            if answer is None or answer[0] < 300:
                self.taken.append(fields)
                self.changed.notify_all()
            number = len(self.taken)
        if self.hold is not None:
            self.hold.wait(DEADLINE)
        if answer is None:
            handler.connection.close()
            return
        body = (answer[1] or "id=%d;" % number).encode()
        try:
            handler.send_response(answer[0])
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        except OSError:
            pass  # who asked was killed

    def wait(self, fits, deadline=DEADLINE):
        end = time.monotonic() + deadline
        with self.changed:
            while True:
                for message in self.taken:
                    if fits(message):
                        return message
                left = end - time.monotonic()
                assert left > 0, "did not come; there were %s" % self.taken
                self.changed.wait(left)

    def wait_text(self, text):
        return self.wait(lambda m: m["text"] == text)

    def texts(self):
        with self.changed:
            return [m["text"] for m in self.taken]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def call(daemon, path, fields=None, body=None, headers=None, method=None):
    """A callback to guichetd: (status, text)."""
    address = urllib.parse.urlsplit(daemon.ready["webhooks"])
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=DEADLINE)
    if fields:
        path += "?" + urllib.parse.urlencode(fields)
    try:
        connection.request(method or ("POST" if body is not None else "GET"), path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def write(daemon, text, number="+33612345678", to="+33199000001", name="main", **more):
    """A customer writes; the gateway's callback is answered."""
    fields = {"secret": SECRET, "from": number, "to": to, "text": text, **more}
    return call(daemon, "/sms/%s/in" % name, fields)[0]
