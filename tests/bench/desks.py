#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed-in desks on one guichetd: memory of each, processor time with and without events, and a storm of reconnections.

    tests/bench/desks.py BUILD [NUMBER ...]     default: 1000

Agents are signed in with a password hash of the cheapest kind: what a real one costs is chosen, and no part of this."""
import argparse
import ctypes
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "rig"))
import api  # noqa: E402

CONFIG = """[http]
max_connections=20000
requests_per_minute=100000
commands_per_second=1000
"""
TICK = os.sysconf("SC_CLK_TCK")


def cheap_hash(password):
    sodium = ctypes.CDLL("libsodium.so.23")
    out = ctypes.create_string_buffer(128)
    assert sodium.crypto_pwhash_str(out, password, ctypes.c_ulonglong(len(password)), ctypes.c_ulonglong(1), ctypes.c_size_t(8192)) == 0
    return out.value.decode()


def centre(number):
    names = lambda text: {"en": text}  # noqa: E731
    queues = max(10, number // 50)
    return {
        "settings": {"languages": ["en"], "slots": [{"channel": "voice", "count": 1}], "desk_grace_seconds": 120},
        "reasons": [{"id": "lunch", "names": names("Lunch"), "for_idle": True, "for_pause": True}],
        "queues": [{"id": "q%d" % q, "names": names("Queue %d" % q)} for q in range(queues)],
        "agents": [{"id": "a%d" % a, "name": "Agent %d" % a, "language": "en",
                    "queues": ["q%d" % ((a + n) % queues) for n in (0, 1, 7)]} for a in range(number)],
    }


class Meter:
    """Processor time and memory of a process."""

    def __init__(self, pid):
        self.pid = pid

    def cpu(self):
        fields = pathlib.Path("/proc/%d/stat" % self.pid).read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        text = pathlib.Path("/proc/%d/smaps_rollup" % self.pid).read_text()
        return int(text.split("Private_Dirty:")[1].split()[0]) * 1024

    def while_(self, do):
        start, cpu = time.monotonic(), self.cpu()
        result = do()
        took = time.monotonic() - start
        return {**result, "cpu_seconds": round(self.cpu() - cpu, 2), "cpu_percent": round((self.cpu() - cpu) / took * 100, 1)}


def run(build, number, seconds, rate):
    with api.Daemon(build, config=CONFIG) as daemon:
        daemon.start()
        daemon.apply(centre(number))
        daemon.stop()
        hashed = cheap_hash(b"password")
        db = sqlite3.connect(os.path.join(daemon.data, "guichet.db"))
        with db:
            db.executemany("INSERT OR REPLACE INTO password (agent, hash) VALUES (?, ?)", (("a%d" % a, hashed) for a in range(number)))
        db.close()
        daemon.start()
        meter = Meter(daemon.process.pid)
        load = subprocess.Popen([os.path.join(build, "tests/bench/desks"), daemon.http.rsplit(":", 1)[1], str(number)],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def tell(line):
            load.stdin.write(line + "\n")
            load.stdin.flush()
            return json.loads(load.stdout.readline())

        def show(name, figures):
            print(json.dumps({"desks": number, "phase": name, "load": os.getloadavg()[0], **figures}), flush=True)

        before = meter.memory()
        show("sign in", meter.while_(lambda: tell("sign_in 64")))
        show("quiet", meter.while_(lambda: tell("work 0 %d" % seconds)))
        show("memory", {"bytes_per_desk": (meter.memory() - before) // number, "whole": meter.memory()})
        show("events", meter.while_(lambda: tell("work %d %d" % (rate, seconds))))
        tell("drop")
        daemon.apply(centre(number))
        show("storm", meter.while_(lambda: tell("return %d" % number)))
        tell("drop")
        show("snapshots", meter.while_(lambda: tell("snapshot %d" % number)))
        show("memory after", {"bytes_per_desk": (meter.memory() - before) // number})
        load.stdin.close()
        load.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("numbers", nargs="*", type=int, default=[1000])
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--rate", type=int, default=100, help="commands a second, by agents in turn")
    args = parser.parse_args()
    for number in args.numbers:
        run(args.build, number, args.seconds, args.rate)


if __name__ == "__main__":
    main()
