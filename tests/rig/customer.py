# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer in a web chat without a browser: the public requests and the stream (docs/webchat.md)."""

import http.client
import json
import threading
import time
import urllib.parse
import uuid

import websocket
from patience import DEADLINE



def ask(daemon, method, path, body=None, headers=None):
    """(status, answer): problems included; text where it is not JSON."""
    address = urllib.parse.urlsplit(daemon.ready["webchat"])
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=DEADLINE)
    data = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
    connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
    response = connection.getresponse()
    raw = response.read().decode()
    connection.close()
    return response.status, json.loads(raw) if "json" in response.getheader("Content-Type", "") else raw


class Customer:
    def __init__(self, daemon, entry="web", name="Gwen", language="en", values=None, key=None, bot=None, **more):
        self.daemon = daemon
        self.key = key or uuid.uuid4().hex
        self.events, self.changed = [], threading.Condition()
        self.numbers, self.texts = [], {}  # what the page would show, in the order in which it came
        self.last, self.socket, self.closed_with = 0, None, None
        body = {"name": name, "language": language, "key": self.key}
        if values is not None:
            body["values"] = values
        if bot is not None:
            body["bot"] = bot
        self.status, self.answer = ask(daemon, "POST", "/chat/v1/%s/conversations" % entry, body, **more)
        self.token = self.answer.get("token")

    def listen(self, since=None, token=None):
        url = "%s/chat/v1/stream?since=%d" % (self.daemon.ready["webchat"].replace("http", "ws", 1),
                                              self.last if since is None else since)
        link = websocket.create_connection(url, timeout=DEADLINE, subprotocols=["guichet." + (token or self.token)])
        with self.changed:
            self.socket, self.closed_with = link, None
        threading.Thread(target=self._read, args=(link,), daemon=True).start()
        return self

    def _read(self, source):
        try:
            while self._hear(source, source.recv_frame()):
                pass
        except Exception as e:  # noqa: BLE001
            with self.changed:
                if source is self.socket:
                    self.closed_with = self.closed_with or repr(e)
                self.changed.notify_all()

    def _hear(self, source, frame):
        """FALSE at the end. The centre's reason is taken before it is answered: it may have hung up already."""
        with self.changed:
            if source is not self.socket:  # cut in between: what it still had is not heard any more
                return False
            if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
                self.closed_with = int.from_bytes(frame.data[:2], "big")
            elif frame.opcode == websocket.ABNF.OPCODE_TEXT:
                self._take(json.loads(frame.data))
            self.changed.notify_all()
        if frame.opcode == websocket.ABNF.OPCODE_PING:
            source.pong(frame.data)
        elif frame.opcode == websocket.ABNF.OPCODE_CLOSE:
            source.send_close()
        elif b'"heartbeat"' in frame.data[:32]:
            source.send('{"type":"heartbeat"}')
        return frame.opcode != websocket.ABNF.OPCODE_CLOSE

    def _take(self, event):
        if event["type"] == "message":
            self._know(event["message"]["number"], event["message"]["text"])
        elif event["type"] == "acknowledged" and event["number"] not in self.numbers:
            self._know(event["number"], None)
        self.events.append(event)

    def _know(self, number, text):
        self.numbers.append(number)
        self.texts[number] = text
        self.last = max(self.last, number)

    def send(self, **message):
        self.socket.send(json.dumps(message))

    def write(self, text, key=None):
        key = key or uuid.uuid4().hex
        self.send(type="message", key=key, text=text)
        return key

    def said(self, text, key=None):
        """Written and acknowledged: its number."""
        key = self.write(text, key)
        return self.wait(lambda e: e["type"] == "acknowledged" and e["key"] == key)["number"]

    def wait(self, what, deadline=DEADLINE):
        fits = what if callable(what) else lambda e: e["type"] == what
        end = time.monotonic() + deadline
        with self.changed:
            while True:
                for at, event in enumerate(self.events):
                    if fits(event):
                        return self.events.pop(at)
                left = end - time.monotonic()
                assert left > 0 and self.closed_with is None, "did not come; closed %s; there were %s" % (
                    self.closed_with, self.events)
                self.changed.wait(left)

    def wait_state(self, state):
        return self.wait(lambda e: e["type"] == "state" and e["state"] == state)

    def wait_text(self, text):
        return self.wait(lambda e: e["type"] == "message" and e["message"]["text"] == text)["message"]

    def wait_closed(self, deadline=DEADLINE):
        end = time.monotonic() + deadline
        with self.changed:
            while self.closed_with is None:
                left = end - time.monotonic()
                assert left > 0, "the stream stayed open"
                self.changed.wait(left)
        return self.closed_with

    def cut(self):
        """As a cable is pulled."""
        with self.changed:
            gone, self.socket = self.socket, None
        if gone is not None:
            gone.shutdown()

    def transcript(self):
        return ask(self.daemon, "GET", "/chat/v1/transcript", headers={"Authorization": "Bearer " + self.token})
