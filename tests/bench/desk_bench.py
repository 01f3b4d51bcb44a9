#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk costs beside an empty AdwApplicationWindow, in the same run, A-B-B-A.

    tests/bench/desk_bench.py BUILD [ROUNDS]

start      from exec until the first own pixels stand on the display (sign-in page; the empty window's label)
memory     private dirty kilobytes: the empty window; the desk signed in; the desk in a call
card       from the centre's event leaving its socket until the card's pixels stand on the display

The display is Xvfb without a compositor and without a GPU (GSK_RENDERER=cairo): ratios say something, milliseconds only
about this machine. Pixels are read from the frame buffer every millisecond or so.
"""
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))
from desk import Desk, interaction, offer, participation  # noqa: E402


def frame(session):
    """The frame buffer as it is now, by its size alone and its bytes."""
    path = os.path.join(session.dir, "fb", "Xvfb_screen0")
    with open(path, "rb", buffering=0) as f:
        return f.read()


def wait_pixels(session, before, enough, deadline=15.0):
    """Until so many bytes differ from before; answers the instant of the last look that saw less."""
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        at = time.monotonic()
        now = frame(session)
        if now != before and sum(a != b for a, b in zip(now[::997], before[::997])) >= enough:
            return at
    raise SystemExit("nothing was painted")


def private_dirty(pid):
    with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as f:
        return int(re.search(r"Private_Dirty:\s+(\d+)", f.read()).group(1))


def start_once(session, argv):
    """Milliseconds from exec to pixels, and the process."""
    before = frame(session)
    began = time.monotonic()
    process = subprocess.Popen(argv, env=session.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    painted = wait_pixels(session, before, 300)
    return (painted - began) * 1000, process


def stop(process):
    process.terminate()
    process.wait()


def bench_start(desk, build, rounds):
    programs = {"empty": [os.path.join(build, "tests/bench/empty-window")],
                "desk": [os.path.join(build, "src/desktop/guichet")]}
    times = {"empty": [], "desk": []}
    memory = []
    for name in ["empty", "desk"]:  # the disk's cache
        stop(start_once(desk.session, programs[name])[1])
    for _ in range(rounds):
        for name in ("empty", "desk", "desk", "empty"):
            took, process = start_once(desk.session, programs[name])
            times[name].append(took)
            if name == "empty":
                time.sleep(0.5)
                memory.append(private_dirty(process.pid))
            stop(process)
            time.sleep(0.1)
    return times, memory


def bench_cards(desk, rounds):
    """Cards come and go; each is timed alone."""
    took = []
    for i in range(rounds):
        number = "b%d" % i
        one = offer(number, name="Customer %d" % i, left=60)
        desk.session.settle(quiet=0.15, timeout=2)
        before = frame(desk.session)
        began = time.monotonic()
        desk.centre.event("offer.created", offer=one, interaction=interaction(id="i" + number))
        took.append((wait_pixels(desk.session, before, 60) - began) * 1000)
        desk.centre.event("offer.ended", offer="o" + number, interaction="i" + number, outcome="declined", reason="agent",
                          recent=None)
    return took


def spread(values):
    values = sorted(values)
    return "median %.1f  (%.1f to %.1f, n=%d)" % (statistics.median(values), values[0], values[-1], len(values))


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    with Desk(build) as desk:
        times, empty = bench_start(desk, build, rounds)
        app = desk.sign_in()
        time.sleep(1)
        signed_in = private_dirty(app.pid)
        cards = bench_cards(desk, 20)
        desk.centre.event("interaction.changed", interaction=interaction(participation()), cause="joined")
        app.wait("button", "End")
        time.sleep(1)
        in_call = private_dirty(app.pid)
    ratio = statistics.median(times["desk"]) / statistics.median(times["empty"])
    print("start, empty window   %s ms" % spread(times["empty"]))
    print("start, desk           %s ms" % spread(times["desk"]))
    print("start, ratio          %.2f  (target 1.25)" % ratio)
    base = statistics.median(empty)
    print("memory, empty window  %d kB private dirty" % base)
    print("memory, signed in     %d kB, %+.1f MB" % (signed_in, (signed_in - base) / 1024))
    print("memory, in a call     %d kB, %+.1f MB  (target + 15 MB)" % (in_call, (in_call - base) / 1024))
    print("event to card         %s ms, with the test's own way to the socket and the look at the pixels" % spread(cards))


if __name__ == "__main__":
    main()
