#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an offer's event to its painted card: the desk's own work, apart from its waiting for the frame clock.

    tests/bench/card_bench.py BUILD [CARDS] [EVENTS-A-SECOND]...     (200 cards; 0 and 1000 events beside them)

The desk is tests/bench/desk-meter, the whole application with a meter in it. Fails where a card, or afterwards a message in
a chat that fills more than the window, was not in the first frame begun after its event.
"""
import os
import re
import statistics
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))
import uidrive  # noqa: E402
from desk import QUEUES, Desk, interaction, offer, participation, stamp  # noqa: E402

LINE = re.compile(r"^card (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$", re.M)


class Traffic(threading.Thread):
    """Events of the centre at a rate: the agent's own interaction, whose note changes."""

    def __init__(self, desk, lock, rate):
        super().__init__(daemon=True)
        self.desk, self.lock, self.rate, self.sent, self.over = desk, lock, rate, 0, threading.Event()

    def run(self):
        began = time.monotonic()
        while not self.over.is_set():
            due = int((time.monotonic() - began) * self.rate)
            while self.sent < due and not self.over.is_set():
                self.sent += 1
                part = participation(note={"text": "note %d" % self.sent, "revision": self.sent})
                with self.lock:
                    self.desk.centre.event("interaction.changed", interaction=interaction(part), cause="note")
            self.over.wait(0.001)
        self.took = time.monotonic() - began


def written(app):
    with open(app.log, encoding="utf-8", errors="replace") as f:
        return f.read()


def read(app):
    return [tuple(int(x) for x in m) for m in LINE.findall(written(app))]


def one_card(desk, app, lock, number):
    count = len(read(app))
    name = "b%d" % number
    one = offer(name, name="Customer %d" % number, left=60)
    with lock:
        desk.centre.event("offer.created", offer=one, interaction=interaction(id="i" + name))
    uidrive.until("the card is not painted", lambda: len(read(app)) > count, 20, 0.01)
    with lock:
        desk.centre.event("offer.ended", offer="o" + name, interaction="i" + name, outcome="declined",
                          reason="agent", recent=None)
    time.sleep(0.03 + number % 17 / 1000)  # anywhere between two frames


def tell(name, values):
    values = sorted(values)
    print("  %-28s median %5.1f  99th percentile %5.1f  most %5.1f ms" % (
        name, statistics.median(values) / 1000, values[min(len(values) - 1, len(values) * 99 // 100)] / 1000, values[-1] / 1000))


def bench(desk, app, cards, rate, first):
    lock, before = threading.Lock(), len(read(app))
    traffic = Traffic(desk, lock, rate)
    traffic.start()
    for i in range(cards):
        one_card(desk, app, lock, first + i)
    traffic.over.set()
    traffic.join()
    got = read(app)[before:]
    print("%d cards, %d events a second beside them" % (len(got), traffic.sent / traffic.took))
    tell("own work, processor", [g[0] for g in got])
    for i, part in enumerate(("event, card and styles", "layout", "painting")):
        tell("  " + part, [g[4 + i] for g in got])
    tell("own work, by the clock", [g[1] for g in got])
    tell("waited for the frame", [g[2] for g in got])
    late = [g for g in got if g[3] != 1]
    print("  %d not in the first frame begun after the event" % len(late))
    return len(got) == cards and not late


def message(number):
    return {"id": "m%d" % number, "conversation": "k1", "interaction": "ichat", "number": number, "at": stamp(0), "author": "customer",
            "agent": None, "text": "said-%d" % number, "state": "received"}


def bench_messages(desk, app, count):
    """A chat is what is open; its messages are painted at once, although the list has to go on to them."""
    chat = interaction(participation(id="pchat"), id="ichat", channel="webchat", queue="web", called="shop", waiting_since=None,
                       conversation={"id": "k1", "last_number": 0, "read_number": 0, "limits": {"text": 300}})
    desk.centre.event("interaction.changed", interaction=chat, cause="joined")
    app.wait("text", "Message")
    late = 0
    for number in range(1, 31 + count):
        desk.centre.event("message.added", interaction="ichat", message=message(number))
        if number > 30:
            line = re.compile(r"^message said-%d \d+ \d+ \d+ \d+ (\d+) " % number, re.M)
            uidrive.until("the message is not painted", lambda: line.search(written(app)), 20, 0.01)
            late += line.search(written(app)).group(1) != "1"
            time.sleep(0.03 + number % 17 / 1000)
    print("%d messages, %d not in the first frame begun after the event" % (count, late))
    return not late


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    cards = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rates = [int(x) for x in sys.argv[3:]] or [0, 1000]
    with Desk(build) as desk:
        desk.centre.desk(queues=QUEUES + [{"id": "web", "names": {"en": "Shop"}, "channel": "webchat", "disposition_required": False,
                                           "wrap_up": 30, "waiting": 0}])
        desk.app = desk.session.launch([os.path.join(build, "tests/bench/desk-meter")])
        app = desk.sign_in()
        desk.centre.event("interaction.changed", interaction=interaction(participation()), cause="joined")
        app.wait("button", "End")
        good = [bench(desk, app, cards, rate, i * cards) for i, rate in enumerate(rates)]
        good.append(bench_messages(desk, app, cards))
    if not all(good):
        raise SystemExit("something came late")


if __name__ == "__main__":
    main()
