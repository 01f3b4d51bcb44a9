# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted agent: the agent API over HTTP and WebSocket, every request and answer held against
data/api/openapi.json. And guichetd itself as a process: started, killed, started again."""

import http.client
import json
import os
import queue
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

import child
import schema
import websocket
from patience import DEADLINE, pause

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Refused(Exception):
    """An answer of 400 and above."""

    def __init__(self, status, problem):
        super().__init__("%s %s" % (status, problem))
        self.status, self.problem = status, problem
        self.code = problem.get("type", "").rsplit(":", 1)[-1]


class Contract:
    """The description of the API, as far as requests and answers can be held against it."""

    _one = None

    EVENT = {"$ref": "#/components/schemas/Event"}

    def __init__(self):
        with open(os.path.join(TREE, "data", "api", "openapi.json"), encoding="utf-8") as f:
            self.spec = json.load(f)
        self.seen = set()
        self._paths = [(pattern.split("/"), pattern, item) for pattern, item in self.spec["paths"].items()]
        self._compiler = schema.Compiler(self.spec["components"])
        self._fits = {}

    @classmethod
    def get(cls):
        cls._one = cls._one or cls()
        return cls._one

    def _operation(self, method, path):
        given = path.split("/")
        for wanted, pattern, item in self._paths:
            if len(wanted) == len(given) and all(w == g or w.startswith("{") for w, g in zip(wanted, given)):
                if method.lower() in item:
                    return pattern, item[method.lower()]
        raise AssertionError("not in openapi.json: %s %s" % (method, path))

    def fits(self, wanted, value):
        """@wanted: a schema of the description, which lives as long."""
        if id(wanted) not in self._fits:
            self._fits[id(wanted)] = self._compiler.compile(wanted)
        return self._fits[id(wanted)](value)

    def check(self, wanted, value, where):
        errors = [] if self.fits(wanted, value) else self.errors(wanted, value)
        assert not errors, "%s: %s at %s in %s" % (where, errors[0].message, list(errors[0].absolute_path), json.dumps(value))

    def errors(self, wanted, value):
        import jsonschema  # noqa: PLC0415
        return list(jsonschema.Draft202012Validator({**wanted, "components": self.spec["components"]}).iter_errors(value))

    def answer(self, method, path, body, status, answer, hostile=False):
        pattern, operation = self._operation(method, path)
        where = "%s %s %s" % (method, pattern, status)
        if body is not None and not hostile and status < 300:
            self.check(operation["requestBody"]["content"]["application/json"]["schema"], body, where + " request")
        responses = operation["responses"]
        response = responses.get(str(status)) or responses.get("default")
        assert response, where + " is not described"
        if "$ref" in response:
            response = self.spec["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
        (content,) = response["content"].values()
        self.check(content["schema"], answer, where)
        self.seen.add((method, pattern, status))

    def event(self, event):
        self.check(self.EVENT, event, "event " + str(event.get("type")))
        self.seen.add(("event", event["type"], 0))


class Daemon:
    """guichetd on a data directory of its own."""

    def __init__(self, build, program="server/guichetd", demo=False, config=None, env=None, data=None):
        self.build = os.path.abspath(build)
        self.program = os.path.join(self.build, "src", program) if not os.path.isabs(program) else program
        self.folder = tempfile.TemporaryDirectory(prefix="guichet-test-")
        self.data = data or os.path.join(self.folder.name, "data")
        self.demo, self.config, self.env = demo, config, env or {}
        self.process = None
        self.ca = None  # whom agents trust where http is https
        self.log = os.path.join(self.folder.name, "log")

    def start(self, expect_ready=True, args=(), env=None, customers=False):
        command = [self.program, "--data", self.data, "--listen", "127.0.0.1:0", "--sip", "127.0.0.1:0", *args]
        if self.demo:
            command.append("--demo")
        if self.config is not None:
            path = os.path.join(self.folder.name, "guichetd.conf")
            with open(path, "w", encoding="utf-8") as f:
                f.write(self.config)
            command += ["--config", path]
        environment = {**os.environ, "GUICHET_DEMO_DATA": os.path.join(self.build, "data", "demo"),
                       "GUICHET_DEMO_NO_CUSTOMERS": "1", **self.env, **(env or {})}
        if customers:
            del environment["GUICHET_DEMO_NO_CUSTOMERS"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment,
                                            preexec_fn=child.tied)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(DEADLINE)
            self.process.stdout.close()
            if expect_ready:
                raise AssertionError("guichetd did not start: %s" % self.read_log()[-2000:])
            return self
        self.ready = json.loads(line)
        self.http, self.sip = self.ready["http"], self.ready["sip"]
        return self

    def read_log(self):
        with open(self.log, encoding="utf-8", errors="replace") as f:
            return f.read()

    def kill(self):
        self.process.kill()
        self.wait()

    def keeps_what_is_freed(self):
        """Whether it runs under the address sanitizer, where its size says nothing."""
        with open("/proc/%d/maps" % self.process.pid, encoding="ascii", errors="replace") as maps:
            return "libasan" in maps.read()

    def wait(self):
        """Its exit code, when it has ended by itself."""
        code = self.process.wait(DEADLINE)
        self.process.stdout.close()
        self.check_log()
        return code

    def check_log(self):
        """Nothing that a sanitizer reported, however it ended."""
        found = re.search(r"(ERROR|WARNING): \w+Sanitizer|: runtime error: ", self.read_log())
        assert not found, self.read_log()[max(found.start() - 500, 0):][:8000]

    def stop(self, wanted=0):
        if self.process is None:
            return
        if self.process.poll() is not None:
            self.check_log()
            return
        self.process.send_signal(signal.SIGTERM)
        code = self.wait()
        assert wanted is None or code == wanted, "guichetd ended with %s: %s" % (code, self.read_log()[-3000:])

    def admin(self, method, path, body=None):
        connection = UnixConnection(os.path.join(self.data, "guichetd.sock"))
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        if response.status >= 400:
            raise Refused(response.status, answer)
        return answer

    def apply(self, definitions):
        return self.admin("PUT", "/admin/definitions", definitions)

    def set_password(self, agent, password="password"):
        self.admin("PUT", "/admin/agents/%s/password" % agent, {"password": password})

    def journal(self, interaction=None):
        return self.admin("GET", "/admin/journal?limit=10000" + ("&interaction=" + interaction if interaction else ""))["events"]

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.stop(None if kind else 0)
        finally:
            if self.process is not None and self.process.poll() is None:
                self.kill()
            self.folder.cleanup()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=DEADLINE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(DEADLINE)
        self.sock.connect(self.path)


class Agent:
    """One agent's desk without a desk."""

    def __init__(self, daemon, agent="demo", password="demo", contract=True):
        self.daemon, self.agent, self.password = daemon, agent, password
        self.contract = Contract.get() if contract else None
        self.token = None
        self.socket = None
        self.events = []
        self.changed = threading.Condition()
        self.cursor = None
        self.closed_with = None
        self._connection = None

    def _connect(self):
        address = urllib.parse.urlsplit(self.daemon.http)
        if address.scheme == "https":
            trust = ssl.create_default_context(cafile=self.daemon.ca)
            connection = http.client.HTTPSConnection(address.hostname, address.port, timeout=DEADLINE, context=trust)
        else:
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=DEADLINE)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _exchange(self, method, path, body, sent):
        """One that was idle for long may be closed at the other end: then once more, on a new one."""
        while True:
            kept, self._connection = self._connection, None
            connection = kept or self._connect()
            try:
                connection.request(method, path, body, sent)
                response = connection.getresponse()
                raw = response.read()
                self._connection = connection
                return response, raw
            except (OSError, http.client.HTTPException) as e:
                connection.close()
                if kept is None or not isinstance(e, (BrokenPipeError, ConnectionResetError)):
                    raise

    def call(self, method, path, body=None, key=None, headers=None, hostile=False):
        sent = {"Content-Type": "application/json"}
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if method != "GET":
            sent["Idempotency-Key"] = key or uuid.uuid4().hex
        sent.update(headers or {})
        response, raw = self._exchange(method, path, json.dumps(body) if body is not None else None, sent)
        answer = json.loads(raw)
        if self.contract:
            self.contract.answer(method, path.split("?")[0], body, response.status, answer, hostile)
        if response.status >= 400:
            raise Refused(response.status, answer)
        return answer

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body if body is not None else {}, **more)

    def put(self, path, body, **more):
        return self.call("PUT", path, body, **more)

    def sign_in(self, station="softphone", address=None, take_over=False):
        wanted = {"kind": station}
        if address:
            wanted["address"] = address
        self.token = None
        answer = self.post("/v1/sessions", {"agent": self.agent, "password": self.password, "station": wanted,
                                            "take_over": take_over})
        self.token, self.session = answer["token"], answer
        return answer

    def desk(self):
        desk = self.get("/v1/desk")
        self.cursor = desk["cursor"]
        return desk

    def listen(self, since=None):
        """Opens the stream; events gather in self.events."""
        since = since or self.cursor or self.desk()["cursor"]
        url = self.daemon.http.replace("http", "ws", 1) + "/v1/events?since=" + since
        link = websocket.create_connection(url, timeout=DEADLINE, header=["Authorization: Bearer " + self.token],
                                           sslopt={"ca_certs": self.daemon.ca} if self.daemon.ca else None)
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
        closed = frame.opcode == websocket.ABNF.OPCODE_CLOSE
        event = json.loads(frame.data) if frame.opcode == websocket.ABNF.OPCODE_TEXT else None
        if event and self.contract:
            self.contract.event(event)
        with self.changed:
            if source is not self.socket:  # closed in between: what it still had is not heard any more
                return False
            if closed:
                self.closed_with = int.from_bytes(frame.data[:2], "big")
            elif event:
                self.cursor = event.get("cursor", self.cursor)
                self.events.append(event)
            self.changed.notify_all()
        if closed:
            source.send_close()
        elif frame.opcode == websocket.ABNF.OPCODE_PING:
            source.pong(frame.data)
        elif event and event["type"] == "heartbeat":
            source.send(json.dumps({"type": "heartbeat"}))
        return not closed

    def wait(self, what, deadline=DEADLINE):
        """The first event (also of the past, from self.mark on) that fits; a type or a function."""
        fits = what if callable(what) else lambda e: e["type"] == what
        end = time.monotonic() + deadline
        with self.changed:
            at = 0
            while True:
                while at < len(self.events):
                    if fits(self.events[at]):
                        return self.events.pop(at)
                    at += 1
                left = end - time.monotonic()
                if left <= 0 or self.closed_with is not None:
                    raise AssertionError("did not come; closed %s; there were %s\n%s" % (
                        self.closed_with, [e["type"] for e in self.events], self.daemon.read_log()[-3000:]))
                self.changed.wait(left)

    def wait_cause(self, cause, **more):
        return self.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == cause, **more)

    def wait_state(self, state, reason=None):
        return self.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["state"] == state
                         and (reason is None or e["state"]["reason"] == reason))

    def wait_closed(self, deadline=DEADLINE):
        end = time.monotonic() + deadline
        with self.changed:
            while self.closed_with is None:
                left = end - time.monotonic()
                assert left > 0, "the stream stayed open"
                self.changed.wait(left)
        return self.closed_with

    def available(self):
        self.put("/v1/state", {"state": "available"})

    def close(self):
        with self.changed:
            link, self.socket = self.socket, None
        if link is not None:
            link.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def until(condition, deadline=DEADLINE, what="it"):
    """Waits for something that no event tells."""
    begun = time.monotonic()
    while True:
        value = condition()
        if value:
            return value
        waited = time.monotonic() - begun
        assert waited < deadline, "%s did not happen" % what
        time.sleep(pause(waited))


__all__ = ["Agent", "Contract", "Daemon", "Refused", "until", "queue"]
