#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the key that asks for another chat to the frame that shows its end: the desk's own work.

    tests/bench/open_bench.py BUILD [OPENINGS [PROGRAM]]        (60)

The desk is tests/bench/desk-meter before a centre of the test's own, with chats of 1, 50, 200 and 50 messages by turns.
"""
import os
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))
import uidrive  # noqa: E402
from desk import QUEUES, Desk, interaction, participation, stamp  # noqa: E402

CHATS = {"one": 1, "some": 50, "many": 200, "more": 50}


def message(chat, number):
    ours = number % 3 == 0
    return {"id": "m%s%d" % (chat, number), "conversation": "k" + chat, "interaction": "i" + chat, "number": number, "at": stamp(0),
            "author": "agent" if ours else "customer", "agent": "alice" if ours else None, "state": "sent" if ours else "received",
            "text": "Something of average length, the %dth of what I have to say%s" % (number, ", and more of it than in a line" * (number % 4))}


def begin(desk, chat, messages):
    limits = {"text": 300}
    desk.centre.event("interaction.changed", cause="joined", interaction=interaction(
        participation(id="p" + chat, interaction="i" + chat), id="i" + chat, channel="webchat", queue="web", called="shop", waiting_since=None,
        customer={"name": chat.title()}, conversation={"id": "k" + chat, "last_number": 0, "read_number": 0, "limits": limits}))
    for number in range(1, messages + 1):
        desk.centre.event("message.added", interaction="i" + chat, message=message(chat, number))


def opened(app):
    with open(app.log, encoding="utf-8", errors="replace") as f:
        return [[int(x) for x in line.split()[1:]] for line in f if line.startswith("opened ") and line.endswith("\n")]


def tell(name, values):
    values = sorted(values)
    print("  %-28s median %6.1f  99th percentile %6.1f  most %6.1f ms" % (
        name, statistics.median(values) / 1000, values[min(len(values) - 1, len(values) * 99 // 100)] / 1000, values[-1] / 1000))


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    program = sys.argv[3:] or [os.path.join(build, "tests/bench/desk-meter")]
    with Desk(build) as desk:
        desk.centre.desk(queues=QUEUES + [{"id": "web", "names": {"en": "Shop"}, "channel": "webchat", "disposition_required": False,
                                           "wrap_up": 30, "waiting": 0}])
        desk.app = desk.session.launch(program, timeout=120)
        app = desk.sign_in()
        for chat, messages in CHATS.items():
            begin(desk, chat, messages)
        app.wait("label", "ACTIVE · %d" % len(CHATS), timeout=60)
        desk.session.focus_window(app)
        got = []
        for number in range(count + len(CHATS)):
            before = len(opened(app))
            desk.session.key("ctrl+Page_Down")
            uidrive.until("the chat is not open", lambda: len(opened(app)) > before, 60, 0.02)
            desk.session.settle(quiet=0.1, timeout=5)
            got = got + opened(app)[before:] if number >= len(CHATS) else []  # the first time of each is not counted
    for messages in sorted(set(CHATS.values())):
        those = [g for g in got if g[0] == messages]
        tell("%d messages, processor" % messages, [g[1] for g in those])
        tell("%d messages, by the clock" % messages, [g[2] for g in those])
        if len(those[0]) > 4:
            for at, part in enumerate(("before the frame", "layout", "painting")):
                tell("  " + part, [g[5 + at] for g in those])
            print("  %d to %d rows in %d to %d frames" % (*(f(g[at] for g in those) for at in (4, 3) for f in (min, max)),))


if __name__ == "__main__":
    main()
