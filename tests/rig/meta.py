# SPDX-License-Identifier: GPL-3.0-or-later
"""Meta as the tests play it, in its published shapes: the Graph API that takes messages, and webhooks that it signs."""

import collections
import hashlib
import hmac
import http.server
import itertools
import json
import threading
import time
import urllib.parse

import elsewhere
import gateway
from patience import DEADLINE

APP_SECRET, VERIFY, TOKEN = "0123456789abcdef0123456789abcdef", "a token of our own", "page-access-token"


def error(code, subcode=None, transient=False, message="(#%d) An error"):
    body = {"message": message % code, "type": "OAuthException", "code": code, "fbtrace_id": "AxYz"}
    if subcode:
        body["error_subcode"] = subcode
    if transient:
        body["is_transient"] = True
    return {"error": body}


class Platform:
    """`taken`: messages; `uploads`: files that were handed over, (path, fields, file name, type, bytes). `answers` are given first,
    one each: (status, body, headers?), None for the usual one. `profiles`: customer → what is known, `asked` of whom."""

    def __init__(self):
        platform = self
        self.uploads, self.profiles, self.asked = [], {}, []
        self.taken, self.changed, self.answers = [], threading.Condition(), collections.deque()
        self.mids = itertools.count(1)
        self.before_answer = None  # called with the mid before the answer goes out

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.endswith("/message_attachments"):
                    platform.take(self, None, elsewhere.parts(self.headers, body))
                else:
                    platform.take(self, json.loads(body))

            def do_GET(self):
                address = urllib.parse.urlsplit(self.path)
                customer = address.path.split("/")[-1]
                platform.asked.append((customer, dict(urllib.parse.parse_qsl(address.query))))
                known = platform.profiles.get(customer)
                good = self.headers["Authorization"] == "Bearer " + TOKEN
                platform.answer(self, *((200, {"id": customer, **known}) if known and good else (400, error(100, 33))))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = "http://127.0.0.1:%d/v19.0" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, handler, body, upload=None):
        status, answer, headers = 200, None, {}
        with self.changed:
            following = self.answers.popleft() if self.answers else None
            if handler.headers["Authorization"] != "Bearer " + TOKEN:
                status, answer = 400, error(190)
            elif following is not None:
                status, answer, *more = following
                headers = more[0] if more else {}
            if answer is None and upload is not None:
                fields = {name: data.decode() for name, file, _, data in upload if file is None}
                (file,) = [part for part in upload if part[1] is not None]
                self.uploads.append((handler.path, fields, *file[1:]))
                answer = {"attachment_id": "a_%d" % len(self.uploads)}
                self.changed.notify_all()
            elif answer is None:
                mid = "m_%d" % next(self.mids)
                answer = {"recipient_id": body["recipient"]["id"], "message_id": mid}
                self.taken.append({"path": handler.path, "mid": mid, "at": time.monotonic(), **body})
                self.changed.notify_all()
        if "message_id" in answer and self.before_answer:
            self.before_answer(answer["message_id"])
        self.answer(handler, status, answer, headers)

    def answer(self, handler, status, answer, headers={}):
        data = json.dumps(answer).encode()
        try:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Type", "application/json; charset=UTF-8")
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            pass  # who asked was killed

    def texts(self):
        with self.changed:
            return [m["message"]["text"] for m in self.taken if "text" in m["message"]]

    def files(self):
        """What was sent by the name that it got when it was handed over: (type, name)."""
        with self.changed:
            return [(m["message"]["attachment"]["type"], *m["message"]["attachment"]["payload"].values()) for m in self.taken
                    if "attachment" in m["message"]]

    def wait_text(self, text):
        end = time.monotonic() + DEADLINE
        with self.changed:
            while True:
                for message in self.taken:
                    if message["message"].get("text") == text:
                        return message
                left = end - time.monotonic()
                assert left > 0, "did not come; there were %s" % self.taken
                self.changed.wait(left)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def now():
    return int(time.time() * 1000)


def webhook(events, account, kind="page"):
    return {"object": kind, "entry": [{"id": account, "time": now(), "messaging": events}]}


def event(account, customer, at=None, **what):
    return {"sender": {"id": customer}, "recipient": {"id": account}, "timestamp": at or now(), **what}


def call(daemon, body, secret=APP_SECRET, signature=None):
    """The status that a webhook gets."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    if signature is None:
        signature = "sha256=" + hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
    return gateway.call(daemon, "/meta", body=data, headers={"Content-Type": "application/json", "X-Hub-Signature-256": signature})[0]
