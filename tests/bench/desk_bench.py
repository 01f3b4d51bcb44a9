#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk costs beside an empty AdwApplicationWindow, in the same run, A-B-B-A.

    tests/bench/desk_bench.py BUILD [ROUNDS]

start      from exec until the display shows what the program shows at rest: the sign-in page; the desk of a session that
           is taken up again, with its cache; the empty window. By the clock, and in processor time of the whole process
           until then, which other work on the machine disturbs less
memory     private dirty kilobytes at rest: the empty window; the desk signed in; the desk in a call

The display is Xvfb without a compositor and without a GPU (GSK_RENDERER=cairo): ratios say something, milliseconds only
about this machine. Pixels are read from the frame buffer every millisecond or so. Cards: card_bench.py.
"""
import contextlib
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ui"))
from desk import Desk, interaction, participation  # noqa: E402

SETTLE = 4.5  # seconds: a desk gives the memory of its start back after three


def frame(session):
    """The frame buffer as it is now."""
    with open(session.seat.frame_buffer, "rb", buffering=0) as f:
        return f.read()


def same(one, other):
    """All but a timer that counts."""
    one, other = one[::97], other[::97]
    return sum(a != b for a, b in zip(one, other)) < len(one) * 0.004


def processor(pid):
    """Milliseconds, of all threads that still run."""
    total = 0
    for thread in os.listdir("/proc/%d/task" % pid):
        with contextlib.suppress(OSError):  # it ended meanwhile
            with open("/proc/%d/task/%s/schedstat" % (pid, thread), encoding="ascii") as f:
                total += int(f.read().split()[0])
    return total / 1e6


def private_dirty(pid):
    with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as f:
        return int(re.search(r"Private_Dirty:\s+(\d+)", f.read()).group(1))


class Program:
    def __init__(self, session, path):
        self.session, self.path, self.rest, self.clock, self.work = session, path, None, [], []

    @contextlib.contextmanager
    def running(self):
        process = subprocess.Popen([self.path], env=self.session.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            time.sleep(0.15)

    def look(self):
        with self.running() as process:
            time.sleep(2)
            self.rest = frame(self.session)
            return private_dirty(process.pid)

    def start(self):
        began = time.monotonic()
        with self.running() as process:
            while True:
                at = time.monotonic()
                if same(frame(self.session), self.rest):
                    break
                if at > began + 20:
                    raise SystemExit("%s never looks as it did" % self.path)
            self.work.append(processor(process.pid))
            self.clock.append((at - began) * 1000)


def bench_start(empty, other, rounds):
    other.look()
    for _ in range(rounds):
        for program in (empty, other, other, empty):
            program.start()


def tell(what, empty, other):
    for name, unit, a, b in (("by the clock", "ms", empty.clock, other.clock), ("processor", "ms", empty.work, other.work)):
        print("start, %-12s %-12s empty window %5.1f (least %5.1f)  %5.1f (least %5.1f) %s  ratio %.2f (of the least %.2f)" % (
            what, name, statistics.median(a), min(a), statistics.median(b), min(b), unit,
            statistics.median(b) / statistics.median(a), min(b) / min(a)))


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    guichet = os.path.join(build, "src/desktop/guichet")
    with Desk(build) as desk:
        empty = Program(desk.session, os.path.join(build, "tests/bench/empty-window"))
        signin, again = Program(desk.session, guichet), Program(desk.session, guichet)
        base = empty.look()
        bench_start(empty, signin, rounds)
        desk.keep_tokens()
        app = desk.sign_in()
        time.sleep(SETTLE)
        signed_in = private_dirty(app.pid)
        desk.centre.event("interaction.changed", interaction=interaction(participation()), cause="joined")
        app.wait("button", "End")
        time.sleep(SETTLE)
        in_call = private_dirty(app.pid)
        app.proc.kill()
        app.proc.wait()
        bench_start(empty, again, rounds)
    tell("sign-in page", empty, signin)
    tell("taken up", empty, again)
    print("memory, empty window  %d kB private dirty" % base)
    print("memory, signed in     %d kB, %+.1f MB" % (signed_in, (signed_in - base) / 1024))
    print("memory, in a call     %d kB, %+.1f MB  (target + 15 MB)" % (in_call, (in_call - base) / 1024))


if __name__ == "__main__":
    main()
