#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a customer's key to the agent's eye: a web chat's message sent, painted on the real desk, guichetd and disk between.

    tests/bench/message_bench.py BUILD [MESSAGES [PROGRAM]]      (200; another desk-meter, to compare)

The customer is a bare stream, the desk tests/bench/desk-meter under Xvfb. First with one chat; then with twelve, of which the
other eleven write twice a second; then with the eleven silent. Beside it what the disk takes for one fsync.
"""
import copy
import os
import pathlib
import random
import re
import statistics
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "ui"), str(HERE.parent / "integration"), str(HERE.parent / "rig")]
import chats  # noqa: E402
import scene  # noqa: E402
import stage  # noqa: E402
import uidrive  # noqa: E402
from customer import Customer  # noqa: E402
from scene import api  # noqa: E402

OTHERS, EACH = 11, 2  # of them, messages a second


def centre(slots=12):
    made = copy.deepcopy(scene.CENTRE)
    chats.chat_centre(made)
    made["settings"]["auto_accept_digital"] = True
    made["settings"]["slots"] = [{"channel": "voice", "count": 1}, {"channel": "webchat", "count": slots}]
    return made


class Log:
    """The meter's lines, each read once."""

    def __init__(self, app):
        self.file, self.lines, self.rest = open(app.log, encoding="utf-8", errors="replace"), [], ""

    def find(self, start):
        *whole, self.rest = (self.rest + self.file.read()).split("\n")
        self.lines += whole
        return [line for line in self.lines if line.startswith(start)]

    def wait(self, start, what="the meter says nothing of it"):
        return uidrive.until("%s: %s" % (what, start), lambda: self.find(start), 30, 0.002)[-1].split()

    def forget(self):
        self.lines.clear()


def sign_in(play, daemon, program, env=None):
    app = play.app = play.session.launch([program], env=env or {}, timeout=60)
    app.wait("text", "Address of the centre").set_text(daemon.http)
    app.find("text", "Agent").set_text("alice")
    app.find("text", "Password").set_text("password")
    app.find("button", "Sign in").click()
    app.wait(None, re.compile("^Your state: Idle"), timeout=60)
    play.session.focus_window(app)
    play.session.key("ctrl+shift+a")
    app.wait(None, re.compile("^Your state: (Available|Engaged)"), timeout=30)
    return app


def begin(daemon, name):
    customer = Customer(daemon, name=name).listen()
    customer.wait_state("talking")
    return customer


def select(play, customer, log):
    """Goes from chat to chat until this one is shown."""
    for number in range(2 * OTHERS + 4):
        play.session.key("ctrl+Page_Down")
        play.session.settle(quiet=0.2, timeout=2)
        customer.write("here-%d" % number)
        try:
            return uidrive.until("not this one", lambda n=number: log.find("message here-%d " % n), 1)
        except uidrive.UIError:
            pass
    raise SystemExit("the chat is not to be found")


class Busy(threading.Thread):
    def __init__(self, customers):
        super().__init__(daemon=True)
        self.customers, self.over = customers, threading.Event()

    def run(self):
        number = 0
        while not self.over.wait(1 / (len(self.customers) * EACH)):
            number += 1
            self.customers[number % len(self.customers)].write("Something else, the %dth of what I had to say" % number)


def fsync_ms(folder, times=100):
    took = []
    with open(os.path.join(folder, "fsync"), "wb") as f:
        for _ in range(times):
            f.write(b"x" * 4096)
            f.flush()
            start = time.monotonic()
            os.fdatasync(f.fileno())
            took.append((time.monotonic() - start) * 1000)
    return took


def processor(pid):
    """Milliseconds, of the first thread."""
    with open("/proc/%d/schedstat" % pid, encoding="ascii") as f:
        return int(f.read().split()[0]) / 1e6


def tell(name, values):
    values = sorted(values)
    print("  %-34s median %6.1f  99th percentile %6.1f  most %6.1f ms" % (
        name, statistics.median(values), values[min(len(values) - 1, len(values) * 99 // 100)], values[-1]), flush=True)


def measure(name, customer, log, count, folder):
    got, acknowledged = [], []
    chance = random.Random(1)
    for number in range(count):
        text = "%s-%d" % (name, number)
        sent = time.monotonic()
        key = customer.write(text)
        customer.wait(lambda e, key=key: e["type"] == "acknowledged" and e["key"] == key)
        acknowledged.append((time.monotonic() - sent) * 1000)
        fields = [int(x) for x in log.wait("message %s " % text)[2:]]
        got.append([fields[0] / 1000 - sent * 1000] + [x / 1000 for x in fields[1:4]] + [fields[4]] + [x / 1000 for x in fields[5:]])
        log.forget()
        time.sleep(0.03 + chance.random() / 60)  # anywhere between two frames
    print("%s: %d messages, load %.1f" % (name, count, os.getloadavg()[0]))
    tell("sent → painted", [g[0] for g in got])
    tell("  until the desk has it", [g[0] - g[2] - g[3] for g in got])
    tell("  the desk waits for its frame", [g[3] for g in got])
    tell("  own work, by the clock", [g[2] for g in got])
    tell("  own work, processor", [g[1] for g in got])
    for i, part in enumerate(("before the frame", "layout", "painting")):
        tell("    " + part, [g[5 + i] for g in got])
    tell("sent → acknowledged", acknowledged)
    tell("one fsync of this disk", fsync_ms(folder))
    print("  %d of %d in a later frame than the first begun after" % (sum(g[4] != 1 for g in got), count), flush=True)


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    program = sys.argv[3] if len(sys.argv) > 3 else os.path.join(build, "tests/bench/desk-meter")
    with tempfile.TemporaryDirectory(prefix="message-bench-") as folder, api.Daemon(build, config=chats.CONFIG) as daemon:
        daemon.start()
        daemon.apply(centre())
        daemon.set_password("alice")
        with stage.Stage(build, folder, settings={
                "org.guichet.Guichet sound-checked": "true", "org.guichet.Guichet station": "'outside_number'",
                "org.guichet.Guichet station-address": "'+33199999999'"}) as play:
            log = Log(sign_in(play, daemon, program))
            gwen = begin(daemon, "Gwen")
            measure("alone", gwen, log, count, daemon.data)
            others = [begin(daemon, "Other %d" % n) for n in range(OTHERS)]
            select(play, gwen, log)
            busy = Busy(others)
            busy.start()
            measure("busy", gwen, log, count, daemon.data)
            busy.over.set()
            busy.join()
            measure("silent", gwen, log, count, daemon.data)


if __name__ == "__main__":
    main()
