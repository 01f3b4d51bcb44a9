# SPDX-License-Identifier: GPL-3.0-or-later
"""The public side of a centre as far as the chat page sees it, played by the test: it says what it is told to say, also
what a real centre seldom says, and remembers all it heard. Its conversations outlive its listener.
"""
import base64
import hashlib
import json
import os
import socket
import socketserver
import struct
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler

import ports
from patience import DEADLINE

FILES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "data", "webchat")
KINDS = {"js": "text/javascript", "css": "text/css", "html": "text/html; charset=utf-8"}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws:; "
          "font-src 'self'; base-uri 'none'; form-action 'none'")
FACTS = {
    "entry": "web", "names": {"en": "Web", "fr": "Site"}, "color": "#1b5e20",
    "title": {"en": "Questions & answers", "fr": "Vos questions", "bg": "Въпроси и отговори"},
    "greeting": {"en": "Good day! What may we do for you?", "fr": "Bonjour ! Que pouvons-nous faire pour vous ?",
                 "bg": "Добър ден! С какво да помогнем?"},
    "languages": ["en", "fr", "bg"],
    "fields": [
        {"variable": "reference", "names": {"en": "File number", "fr": "Numéro de dossier", "bg": "Номер на преписка"},
         "type": "number", "required": True},
        {"variable": "subject", "names": {"en": "Subject", "fr": "Sujet", "bg": "Тема"}, "type": "choice",
         "choices": ["invoice", "other"], "required": False},
        {"variable": "day", "names": {"en": "Day", "fr": "Jour", "bg": "Ден"}, "type": "date", "required": False}],
    "limits": {"text": 4000, "name": 128, "value": 256, "bot": 100}}


class Link:
    """One WebSocket, as far as text frames go."""

    def __init__(self, sock):
        self.sock, self.guard = sock, threading.Lock()

    def send(self, message, opcode=1):
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        head = struct.pack("!BB", 0x80 | opcode, len(data)) if len(data) < 126 else struct.pack("!BBH", 0x80 | opcode, 126, len(data))
        with self.guard:
            try:
                self.sock.sendall(head + data)
            except OSError:
                pass

    def close(self, code):
        self.send(struct.pack("!H", code), 8)

    def _exactly(self, n):
        data = b""
        while len(data) < n:
            more = self.sock.recv(n - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    def receive(self):
        """The next message; None when the other side closes."""
        while True:
            first, second = self._exactly(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self._exactly(2))
            mask = self._exactly(4)
            data = bytes(b ^ mask[i % 4] for i, b in enumerate(self._exactly(length)))
            if first & 15 == 8:
                return None
            if first & 15 == 1:
                return json.loads(data)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    @property
    def centre(self):
        return self.server.centre

    def answer(self, status, body, kind="application/json", policy=POLICY):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        name = path.path.rsplit("/", 1)[-1]
        if path.path == "/site":
            ours = self.centre.url
            self.answer(200, self.centre.site.encode(), KINDS["html"], "default-src 'none'; script-src %s; frame-src %s; "
                        "style-src 'unsafe-inline'" % (ours, ours))
        elif path.path == "/chat/v1/stream":
            self.stream(int(urllib.parse.parse_qs(path.query).get("since", ["0"])[0]))
        elif path.path == "/chat/v1/transcript":
            given = self.headers["Authorization"] == "Bearer " + (self.centre.token or "")
            self.answer(200 if given else 401, self.centre.transcript().encode() if given else b"{}", "text/plain; charset=utf-8")
        elif path.path.startswith("/chat/v1/"):
            self.answer(200 if name == "web" else 404, FACTS if name == "web" else {"type": "urn:guichet:not_found"})
        elif "." in name and os.path.exists(os.path.join(FILES, name)):
            with open(os.path.join(FILES, name), "rb") as f:
                self.answer(200, f.read(), KINDS[name.rsplit(".", 1)[-1]])
        elif path.path in ("/chat/web", "/chat/other"):
            with open(os.path.join(FILES, "page.html"), "rb") as f:
                self.answer(200, f.read(), KINDS["html"])
        else:
            self.answer(404, {})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(*self.centre.begin(body))

    def stream(self, since):
        accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        self.send_response(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"),
                            ("Sec-WebSocket-Accept", base64.b64encode(accept).decode()),
                            ("Sec-WebSocket-Protocol", self.headers["Sec-WebSocket-Protocol"])):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        link = Link(self.connection)
        if self.headers["Sec-WebSocket-Protocol"] != "guichet." + (self.centre.token or ""):
            link.close(4401)
            return
        self.centre.join(link, since)
        try:
            while (message := link.receive()) is not None:
                self.centre.hear(link, message)
        except OSError:
            pass
        finally:
            self.centre.part(link)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address, centre):
        self.centre, self.open = centre, set()
        super().__init__(address, Handler)

    def process_request(self, request, client_address):
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, *_):
        pass


class Centre:
    def __init__(self):
        self.changed = threading.Condition(threading.RLock())
        self.port = ports.free_port()  # nobody else's while it is away
        self.site = ""
        self.fault = None        # the answer to the next form, instead of a conversation
        self.deaf = False        # hears, but acknowledges nothing
        self.refuse = None       # the code with which the next message is refused
        self.forget()
        self.start()

    def forget(self):
        self.token = self.key = self.form = None
        self.state = {"state": "waiting", "place": 3}
        self.messages, self.heard, self.links, self.read = [], [], [], 0

    # ---- The listener ----

    def start(self):
        self.server = Server(("127.0.0.1", self.port), self)
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for request in list(self.server.open):
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    # ---- What the page does ----

    def begin(self, body):
        with self.changed:
            if self.fault:
                fault, self.fault = self.fault, None
                return fault
            again = self.key == body["key"]
            if not again:
                self.forget()
            self.key, self.form, self.token = body["key"], body, "token-" + body["key"][:8]
            before = [] if again else body.get("bot", {}).get("messages", [])
            for n, one in enumerate(before):
                more = {"bot": body["bot"]["name"]} if "name" in body["bot"] else {}
                self._add(one["author"], one["text"], before=True, **more, **({"hand_over": True} if one is before[-1] else {}))
            self.changed.notify_all()
            return (200 if again else 201), {"conversation": "c1", "token": self.token, "cursor": 0}

    def join(self, link, since):
        with self.changed:
            if since > len(self.messages):
                link.close(4410)
                return
            link.send({"type": "state", **self.state})
            for message in self.messages[since:]:
                link.send(self._told(message))
            if self.read:
                link.send({"type": "read", "number": self.read})
            self.links.append(link)
            self.changed.notify_all()

    def part(self, link):
        with self.changed:
            if link in self.links:
                self.links.remove(link)
            self.changed.notify_all()

    def hear(self, link, message):
        with self.changed:
            self.heard.append(message)
            if message["type"] == "message" and self.refuse:
                code, self.refuse = self.refuse, None
                link.send({"type": "refused", "key": message["key"], "code": code, "limit": 4000})
            elif message["type"] == "message":
                self._take(link, message)
            elif message["type"] == "end":
                self.turn({"state": "ended", "reason": "customer_left"})
            self.changed.notify_all()

    def _take(self, link, message):
        known = next((m for m in self.messages if m.get("key") == message["key"]), None)
        if not known:
            known = self._add("customer", message["text"], key=message["key"])
            for other in self.links:
                if other is not link:
                    other.send(self._told(known))
        if not self.deaf:
            link.send({"type": "acknowledged", "key": message["key"], "number": known["number"]})

    @staticmethod
    def _told(message):
        return {"type": "message", "message": message, **({"key": message["key"]} if "key" in message else {})}

    def _add(self, author, text, **more):
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        self.messages.append({"number": len(self.messages) + 1, "author": author, "text": text, "at": at, **more})
        return self.messages[-1]

    # ---- What the test does ----

    def say(self, text, agent="Élise"):
        with self.changed:
            self.tell(self._told(self._add("agent", text, agent=agent)))

    def tell(self, message):
        with self.changed:
            for link in self.links:
                link.send(message)

    def turn(self, state):
        with self.changed:
            self.state = state
            self.tell({"type": "state", **state})

    def seen(self, number):
        with self.changed:
            self.read = number
            self.tell({"type": "read", "number": number})

    def close_links(self, code):
        with self.changed:
            for link in self.links:
                link.close(code)

    def wait(self, fits, what="it"):
        end = time.monotonic() + DEADLINE
        with self.changed:
            while not fits():
                left = end - time.monotonic()
                assert left > 0, "%s did not come; heard %s" % (what, self.heard[-10:])
                self.changed.wait(left)

    def texts(self, author="customer"):
        return [m["text"] for m in self.messages if m["author"] == author]

    def transcript(self):
        return "".join("%s %s: %s\n" % (m["at"], m["author"], m["text"]) for m in self.messages)
