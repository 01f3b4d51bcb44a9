# SPDX-License-Identifier: GPL-3.0-or-later
"""What the phone's tests share: the phone on a private bus with virtual sound, a client of its D-Bus interface, and the SIP
peer (registrar and caller).

    with Rig() as rig:
        rig.register()
        call = rig.ring()                 # the id of the ringing call
        rig.phone.Answer("(s)", call)
"""
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "rig"))
import child  # noqa: E402
import wav  # noqa: E402
from bus import Bus  # noqa: E402
from patience import DEADLINE  # noqa: E402
from pulse import Pulse, wait_for  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

BUILD = pathlib.Path(os.environ.get("G_TEST_BUILDDIR", pathlib.Path(__file__).resolve().parents[2] / "build"))
PROGRAM = os.environ.get("GUICHET_PHONE", str(BUILD / "src/phone/guichet-phone"))
PEER = os.environ.get("GUICHET_SIP_PEER", str(BUILD / "tests/phone/phone-sip-peer"))

NAME = "org.guichet.Guichet.Phone"
PATH = "/org/guichet/Guichet/Phone"
PEER_RATE = 48000

_loop_thread = None


def _run_loop():
    global _loop_thread
    if _loop_thread is None:
        _loop_thread = threading.Thread(target=GLib.MainLoop().run, daemon=True)
        _loop_thread.start()


def unbroken(more, seconds, tries=6, below=-60.0):
    """The first of some recordings (more (seconds)) without one silent 20 ms block. A busy machine starves the virtual sound
    server as well, so one try does not decide; but none may be more silent than that explains."""
    counts = []
    for _ in range(tries):
        samples = more(seconds)
        counts.append(wav.silent_blocks(samples, 48000, below=below))
        if counts[-1] == 0:
            return samples
        if counts[-1] > seconds * 50 / 5:
            break
    raise AssertionError(f"silent blocks in {seconds} s: {counts}")


class Client:
    """A client with a bus connection of its own. client.Answer ("(s)", id) calls a method; client["Calls"] reads."""

    def __init__(self, bus):
        _run_loop()
        self.connection = bus.connect()
        self.signals = []  # (name, arguments)
        self.connection.signal_subscribe(NAME, None, None, PATH, None, Gio.DBusSignalFlags.NONE, self._on_signal)

    def _on_signal(self, connection, sender, path, interface, signal, arguments):
        self.signals.append((signal, arguments.unpack()))

    def call(self, interface, method, arguments):
        reply = self.connection.call_sync(NAME, PATH, interface, method, arguments, None, Gio.DBusCallFlags.NONE, DEADLINE * 1000, None)
        return reply.unpack()

    def __getattr__(self, method):
        def call(signature="()", *arguments):
            result = self.call(NAME, method, GLib.Variant(signature, tuple(arguments)))
            return result[0] if len(result) == 1 else result
        return call

    def __getitem__(self, name):
        return self.call("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (NAME, name)))[0]

    def all(self):
        return self.call("org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (NAME,)))[0]

    def configure(self, **settings):
        kinds = {str: "s", bool: "b", float: "d"}
        self.Configure("(a{sv})", {k: GLib.Variant(kinds[type(v)], v) for k, v in settings.items()})

    def set_account(self, **account):
        self.SetAccount("(a{sv})", {k: GLib.Variant("u" if isinstance(v, int) else "s", v) for k, v in account.items()})

    def find(self, call):
        return next((c for c in self["Calls"] if c["id"] == call), None)

    def wait_property(self, name, holds, deadline=DEADLINE):
        """Waits until the property is a value, or holds (value); the last value."""
        test = holds if callable(holds) else lambda v: v == holds
        value = [None]

        def look():
            value[0] = self[name]
            return test(value[0])
        if not wait_for(look, deadline, 0.03):
            raise AssertionError(f"{name} is {value[0]!r}")
        return value[0]

    def wait_call(self, call, state, deadline=DEADLINE):
        return self.wait_property("Calls", lambda calls: any(c["id"] == call and c["state"] == state for c in calls), deadline)

    def wait_signal(self, name, deadline=DEADLINE, holds=lambda arguments: True):
        found = []

        def look():
            found[:] = [a for s, a in list(self.signals) if s == name and holds(a)]
            return found
        if not wait_for(look, deadline, 0.03):
            raise AssertionError(f"no {name}, but {self.signals[-5:]}")
        return found[0]

    def close(self):
        self.connection.close_sync(None)


class Peer:
    """Registrar and caller."""

    def __init__(self, directory, env, codec="", address="127.0.0.1"):
        self.path = pathlib.Path(directory) / "peer.raw"
        self.address = address
        self.events = []
        self._lines = queue.Queue()
        self.process = subprocess.Popen([PEER, str(self.path), codec, address], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1, preexec_fn=child.tied)
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self.wait("ready").split()[1])

    def _read(self):
        for line in self.process.stdout:
            self.events.append(line.strip())
            self._lines.put(line.strip())

    def wait(self, start, deadline=DEADLINE, since=0):
        """The first event that begins so."""
        found = wait_for(lambda: [e for e in self.events[since:] if e.startswith(start)], deadline)
        if not found:
            raise AssertionError(f"no {start!r} from the peer, but {self.events[-6:]}")
        return found[0]

    def send(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def heard(self, start=0.0):
        data = np.fromfile(self.path, dtype="<i2") if self.path.exists() else np.zeros(0, dtype="<i2")
        return data[int(start * PEER_RATE):].astype(np.float64) / 32768.0

    def position(self):
        return self.path.stat().st_size / 2 / PEER_RATE if self.path.exists() else 0.0

    def more(self, seconds, deadline=DEADLINE):
        """The next so many seconds of what it hears."""
        start = self.position()
        wait_for(lambda: self.position() >= start + seconds, seconds + deadline)
        return self.heard(start)[:int(seconds * PEER_RATE)]

    def wait_sound(self, holds, deadline=DEADLINE, window=0.5):
        """Waits until holds (samples, rate) is true of the last window seconds."""
        def look():
            s = self.heard(max(0.0, self.position() - window))
            return len(s) >= 0.9 * window * PEER_RATE and holds(s, PEER_RATE)
        return bool(wait_for(look, deadline, 0.1))

    def close(self):
        if self.process.poll() is None:
            try:
                self.send("quit")
                self.process.wait(DEADLINE)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Rig:
    def __init__(self, codec="", pulse=True, idle_exit=60, peer=True, env=None, address="127.0.0.1"):
        """env: more of it for the phone alone."""
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="guichet-phone-test-"))
        self.codec = codec
        self._pulse, self._peer, self._more, self._address = pulse, peer, env or {}, address
        self._idle_exit = idle_exit
        self._clients = []
        self.pulse = self.bus = self.peer = self.process = None

    def __enter__(self):
        try:
            self.pulse = Pulse(self.dir / "pulse", devices=self._pulse)
            self.pulse.start()
            self.bus = Bus().__enter__()
            # Which plugins there are is found out once, not by the phone and the peer of every home.
            self.env = dict(os.environ, HOME=str(self.dir), XDG_RUNTIME_DIR=str(self.dir), GST_REGISTRY=str(BUILD / "tests/plugins"),
                            **self.pulse.env(), **self.bus.env())
            if self._peer:
                self.peer = Peer(self.dir, self.env, self.codec, self._address)
            self.start_phone()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start_phone(self):
        self.log = open(self.dir / "phone.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "--log=debug", f"--idle-exit={self._idle_exit}"],
                                        env={**self.env, **self._more},
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, preexec_fn=child.tied)
        self.phone = self.client()
        if not wait_for(self._is_there, DEADLINE):
            raise AssertionError("the phone does not start: " + self.log_text())

    def _is_there(self):
        if self.process.poll() is not None:
            raise AssertionError("the phone ended: " + self.log_text())
        reply = self.phone.connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
            GLib.Variant("(s)", (NAME,)), None, Gio.DBusCallFlags.NONE, DEADLINE * 1000, None)
        return reply.unpack()[0]

    def client(self):
        client = Client(self.bus)
        self._clients.append(client)
        return client

    def log_text(self):
        return (self.dir / "phone.log").read_text(errors="replace")

    def register(self, **more):
        """Gives the phone its account and waits until it is registered."""
        since = len(self.peer.events)
        self.set_account(**more)
        self.peer.wait("registered", since=since)
        self.phone.wait_property("Registration", "registered")

    def set_account(self, **more):
        account = {"registrar": f"sip:{self.peer.address}:{self.peer.port}", "user": "agent", "password": "secret"}
        account.update(more)
        self.phone.set_account(**account)
        self.phone.KeepAlive("(u)", 120)

    def ring(self, headers=""):
        """The peer calls: (its number there, its id here)."""
        known = {c["id"] for c in self.phone["Calls"]}
        number = sum(e.startswith("state") and e.split()[2] == "dialling" for e in self.peer.events) + 1
        self.peer.send(f"call {headers}")
        calls = self.phone.wait_property("Calls", lambda calls: any(c["id"] not in known for c in calls))
        return number, next(c["id"] for c in calls if c["id"] not in known)

    def answered(self, headers=""):
        """A call that is answered: both numbers."""
        number, call = self.ring(headers)
        self.phone.Answer("(s)", call)
        self.peer.wait(f"state {number} active")
        self.phone.wait_call(call, "active")
        return number, call

    def __exit__(self, *_):
        failed = _ and _[0] is not None
        for client in self._clients:
            try:
                client.close()
            except GLib.Error:
                pass
        status = None
        if self.process:
            if self.process.poll() is None:
                self.process.terminate()
            try:
                status = self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                status = "killed"
            self.log.close()
        if failed or status not in (0, None):
            sys.stderr.write(self.log_text()[-6000:])
        if self.peer:
            self.peer.close()
        if self.bus:
            self.bus.__exit__()
        if self.pulse:
            self.pulse.close()
        shutil.rmtree(self.dir, ignore_errors=True)
        if not failed and status not in (0, None):
            raise AssertionError(f"the phone ended with {status}")
