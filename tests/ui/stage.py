# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a play on the real programs needs: a display, a bus, sound devices, customers who do as they are told.

    with Stage(build, folder) as stage:
        app = stage.open_guichet("--demo")
        stage.direct(do="call", person="mireille", quiet=True)
        stage.wait_customer(1, "connected")

Programs find each other as in ./demo; the phone is started by the private bus. Ends with what it started.
"""
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request

import languages
import uidrive

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import pulse  # noqa: E402
import wav  # noqa: E402

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PHONE = "org.guichet.Guichet.Phone"
RING = 120  # s: as long as anything is waited for

# The customers' program as guichetd starts it, but with the director's line.
DIRECTED = """#!/bin/sh
exec '%(program)s' "$@" --control --record '%(folder)s' <'%(line)s' >'%(events)s' 2>>'%(log)s'
"""


def now():
    """Milliseconds of the wall."""
    return int(time.time() * 1000)


class Stage:
    def __init__(self, build, folder, size=(1280, 800), locale="C.UTF-8", settings=None, env=None, block=40, define=None):
        """env: more surroundings of the programs, in the place of its own; block: see pulse.Pulse; define (centre): changes what the
        demo centre is made of, whose contacts are offered for as long as a test waits."""
        self.build, self.folder = os.path.abspath(build), os.path.abspath(folder)
        self.size, self.locale, self.settings, self.env = size, locale, settings or {}, env or {}
        self.block, self.define = block, define or (lambda centre: None)
        self.events, self._changed = [], threading.Condition()
        self._stack = contextlib.ExitStack()
        self.app = None

    def program(self, path):
        return os.path.join(self.build, "src", path)

    def __enter__(self):
        try:
            os.makedirs(self.folder, exist_ok=True)
            self.pulse = self._stack.enter_context(pulse.Pulse(block=self.block))
            self.own = os.path.join(str(self.pulse.dir), "stage")
            os.makedirs(self.own)
            self._write_services()
            self._write_customers()
            self._write_demo()
            self._make_locale()
            self.session = self._stack.enter_context(uidrive.Session(
                size=self.size, locale=self.locale, settings=self.settings, env=self._env(),
                services=[os.path.join(self.own, "services")]))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_):
        try:
            daemon = self.centre()
        except (OSError, ValueError):
            daemon = None
        self._stack.close()
        if daemon:
            self._end_centre(daemon)

    @staticmethod
    def _end_centre(daemon):
        """A demo centre outlives its window for a while, in case it comes back; here it does not."""
        with contextlib.suppress(OSError):
            with open("/proc/%d/cmdline" % daemon["pid"], "rb") as f:
                if daemon["directory"].encode() in f.read().split(b"\0"):
                    os.kill(daemon["pid"], signal.SIGTERM)

    def _write_services(self):
        services = os.path.join(self.own, "services")
        os.makedirs(services)
        with open(os.path.join(services, PHONE + ".service"), "w", encoding="utf-8") as f:
            f.write("[D-BUS Service]\nName=%s\nExec=/bin/sh -c \"exec '%s' >>'%s' 2>&1\"\n" % (
                PHONE, self.program("phone/guichet-phone"), os.path.join(self.folder, "phone.log")))

    def _write_customers(self):
        """A stand-in for the customers' program: the same one, on the director's line."""
        names = {"program": self.program("demo/guichet-demo-customers"), "folder": self.folder,
                 "line": os.path.join(self.own, "line"), "events": os.path.join(self.own, "events"),
                 "log": os.path.join(self.folder, "customers.log")}
        self.customers = os.path.join(self.own, "customers")
        with open(self.customers, "w", encoding="utf-8") as f:
            f.write(DIRECTED % names)
        os.chmod(self.customers, 0o755)
        os.mkfifo(names["line"])
        os.mkfifo(names["events"])
        # Both ends are held open here: nobody waits for the other, and nothing ends when a program does.
        self._line = os.open(names["line"], os.O_RDWR)
        self._events = os.open(names["events"], os.O_RDWR)
        self._stack.callback(os.close, self._line)
        threading.Thread(target=self._read_events, daemon=True).start()

    def _write_demo(self):
        """What the demo centre is made of, but nobody there plays against the clock."""
        given, self.demo = os.path.join(self.build, "data", "demo"), os.path.join(self.own, "demo")
        os.mkdir(self.demo)
        for name in os.listdir(given):
            os.symlink(os.path.join(given, name), os.path.join(self.demo, name))
        with open(os.path.join(given, "centre.json"), encoding="utf-8") as f:
            centre = json.load(f)
        for queue in centre["queues"]:
            queue["ring_seconds"] = RING
        self.define(centre)
        os.remove(os.path.join(self.demo, "centre.json"))
        with open(os.path.join(self.demo, "centre.json"), "w", encoding="utf-8") as f:
            json.dump(centre, f)

    def _make_locale(self):
        """The language of the play, which the system need not have."""
        self.locales = {}
        if not self.locale.startswith("C."):
            self.locales = {"LOCPATH": languages.path(self.build, self.locale)}

    def _env(self):
        return {**self.pulse.env(), **self.locales, "GUICHET_LIBEXECDIR": self.program("server"), "GUICHET_DEMO_CUSTOMERS": self.customers,
                "GUICHET_DEMO_DATA": self.demo, "GUICHET_LOCALEDIR": os.path.join(self.build, "po"),
                "GSETTINGS_SCHEMA_DIR": os.path.join(self.build, "data"),
                "XDG_DATA_DIRS": os.path.join(TREE, "data") + ":" + os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
                **self.env}

    def _read_events(self):
        rest = b""
        while True:
            try:
                rest += os.read(self._events, 65536)
            except OSError:
                return
            *lines, rest = rest.split(b"\n")
            with self._changed:
                self.events += [json.loads(line) for line in lines if line]
                self._changed.notify_all()

    # -- what happens on it
    def open_guichet(self, *args, locale=None):
        """locale: another language than that of the play."""
        env = {"LANG": locale, "LANGUAGE": locale.split(".")[0], "LOCPATH": languages.path(self.build, locale)} if locale else None
        self.app = self.session.launch([self.program("desktop/guichet"), *args], env=env)
        return self.app

    def direct(self, **command):
        os.write(self._line, (json.dumps(command) + "\n").encode())

    def customer_events(self, call, event=None):
        with self._changed:
            return [e for e in self.events if e.get("call") == call and event in (None, e["event"])]

    def wait_customer(self, call, event, count=1, timeout=uidrive.TIMEOUT):
        """The last of so many events of a call; says what came instead if they do not come in time."""
        with self._changed:
            def come():
                return [e for e in self.events if e.get("call") == call and e["event"] == event][count - 1:count]
            if not self._changed.wait_for(come, timeout):
                raise uidrive.UIError("call %s: no %r after %s s; there was %s" % (
                    call, event, timeout, [(e.get("call"), e["event"]) for e in self.events][-12:]))
            return come()[0]

    def words(self):
        """Everything that is written on the screen now."""
        found = []
        for _depth, node, role, _states, name in self.app.walk():
            text = name
            if role in ("text", "entry"):
                with contextlib.suppress(uidrive.UIError):
                    text = name + " " + node.text
            if text.strip():
                found.append(text.strip())
        return found

    # -- the centre behind `guichet --demo`
    def centre(self):
        """What the window knows of its demo centre: directory, http, agent, password."""
        with open(os.path.join(self.session.env["XDG_RUNTIME_DIR"], "guichet-demo", "centre.json"), encoding="utf-8") as f:
            return json.load(f)

    def ctl(self, *args):
        """guichetctl on the demo centre: its output."""
        done = subprocess.run([self.program("ctl/guichetctl"), "--data", self.centre()["directory"], *args],
                              env=self.session.env, capture_output=True, text=True, timeout=uidrive.TIMEOUT, check=False)
        if done.returncode:
            raise RuntimeError("guichetctl %s: %s" % (" ".join(args), done.stderr.strip()))
        return done.stdout

    def look_up(self, path):
        """A read of the agent API, in a session that takes over from the window's: for when the play is over."""
        centre = self.centre()

        def ask(method, where, body=None, **headers):
            request = urllib.request.Request(centre["http"] + where, method=method, headers=headers,
                                             data=None if body is None else json.dumps(body).encode())
            with urllib.request.urlopen(request, timeout=uidrive.TIMEOUT) as answer:
                return json.load(answer)
        session = ask("POST", "/v1/sessions", {"agent": centre["agent"], "password": centre["password"],
                                               "station": {"kind": "softphone"}, "take_over": True},
                      **{"Content-Type": "application/json", "Idempotency-Key": "look-up-%d" % now()})
        return ask("GET", path, Authorization="Bearer " + session["token"])


def words_like(text):
    """A pattern for a name that holds a text."""
    return re.compile(re.escape(text))


__all__ = ["Stage", "now", "wav", "words_like"]
