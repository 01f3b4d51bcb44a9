#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routing through the whole of guichetd beside Asterisk's app_queue: the same customers, and members who answer at once.

    tests/bench/queue_bench.py BUILD ASTERISK [--members N,N] [--calls N] [--at-once N,N] [--rounds N]

ASTERISK is the folder of an installation by tests/asterisk/asterisk.sh. In turns in one run (A-B-C, C-B-A): `app_queue`, one queue
whose members are PJSIP endpoints, longest idle first; `builtin`, guichetd with as many agents signed in, a desk phone and a desk's
stream each, on its own engine; `asterisk`, the same on the engine over Asterisk; `made` (not by default), the same with an endpoint
of each agent that guichetd makes there, at which the member registers. Both ends are sip_load.py's. An answer is the
customer's 200, which each server gives when a member has answered; processor time is of all processes that serve. guichetd
keeps each event on the disk before it acts and tells the desks; app_queue keeps nothing."""
import argparse
import contextlib
import json
import os
import pathlib
import socket
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "asterisk"), str(HERE.parent / "rig")]
import api  # noqa: E402
import calls_bench  # noqa: E402
import desks  # noqa: E402
import sip_load  # noqa: E402

NUMBER = "8001"
CONFIG = """[http]
max_connections=20000
requests_per_minute=100000
commands_per_second=100000
[sip]
max_calls=1000
[trunk world]
addresses=127.0.0.0/8
"""


class Desks:
    """The streams of many desks: read and thrown away, each alive."""

    BEAT = b"\x81\x94\0\0\0\0" + b'{"type":"heartbeat"}'

    def __init__(self, http):
        self.address = urllib.parse.urlsplit(http)
        self.streams, self.over = [], False
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def add(self, token, cursor):
        stream = socket.create_connection((self.address.hostname, self.address.port))
        stream.sendall(("GET /v1/events?since=%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n"
                        % (cursor, token)).encode())
        head = stream.recv(65536)
        assert b" 101 " in head.split(b"\r\n")[0], head
        stream.setblocking(False)
        with self.lock:
            self.streams.append(stream)

    def _run(self):
        spoke = time.monotonic()
        while not self.over:
            time.sleep(0.5)
            with self.lock:
                streams = list(self.streams)
            beat = time.monotonic() - spoke > 5
            for stream in streams:
                with contextlib.suppress(BlockingIOError):
                    while stream.recv(1 << 16):
                        pass
                if beat:
                    stream.send(self.BEAT)
            spoke = time.monotonic() if beat else spoke

    def close(self):
        self.over = True
        self.thread.join()
        for stream in self.streams:
            stream.close()


def centre(members):
    names = {"en": "Bench"}
    return {"settings": {"languages": ["en"], "slots": [{"channel": "voice", "count": 1}], "ready_at_sign_in": True},
            "queues": [{"id": "bench", "names": names, "ring_seconds": 15, "wrap_up": {"seconds": 0, "required": False}}],
            "entry_points": [{"id": "line", "names": names, "addresses": [NUMBER], "queue": "bench", "early_media": True}],
            "agents": [{"id": "a%d" % a, "name": "Agent %d" % a, "language": "en", "queues": ["bench"]} for a in range(members)]}


class Guichet:
    def __init__(self, build, members, load, node=None, made=False):
        self.stack = contextlib.ExitStack()
        config, pids = CONFIG, []
        if node is not None:
            fixed = {"make_stations": "no", "stations": "PJSIP/trunk/sip:{user}@127.0.0.1:%d" % load.member_port}
            config = CONFIG.split("[trunk")[0] + "[voice]\nengine=asterisk\n" + node.group(
                sip="127.0.0.1:%d" % node.port, max_calls=1000, **({} if made else fixed)) + "[trunk trunk]\n"
            pids.append(calls_bench.asterisk_pid(node))
        daemon = self.stack.enter_context(api.Daemon(build, config=config))
        daemon.start()
        daemon.apply(centre(members))
        daemon.stop()
        hashed = desks.cheap_hash(b"password")
        db = sqlite3.connect(os.path.join(daemon.data, "guichet.db"))
        with db:
            db.executemany("INSERT OR REPLACE INTO password (agent, hash) VALUES (?, ?)", (("a%d" % a, hashed) for a in range(members)))
        db.close()
        daemon.start()
        self.daemon = daemon
        host, port = ("127.0.0.1", node.port) if node is not None else daemon.sip.rsplit(":", 1)
        self.server, self.number = (host, int(port)), NUMBER
        streams = self.stack.enter_context(contextlib.closing(Desks(daemon.http)))
        agents = [api.Agent(daemon, "a%d" % a, "password", contract=False) for a in range(members)]
        for a, agent in enumerate(agents):
            if made:
                agent.sign_in()
            else:
                agent.sign_in(station="desk_phone", address="sip:m%d@127.0.0.1:%d" % (a, load.member_port))
            streams.add(agent.token, agent.desk()["cursor"])
            agent.close()
        if made:
            took = load.register(self.server, {a.session["sip"]["user"]: a.session["sip"]["password"] for a in agents})
            calls_bench.show(bench="registered", members=members, seconds=round(took, 1))
        for agent in agents:
            self._available(agent, load)
        self.meter = calls_bench.Meter(daemon.process.pid, *pids)

    @staticmethod
    def _available(agent, load):
        """As soon as the phone is known to be there."""
        end = time.monotonic() + 60
        while not agent.desk()["state"]["station_ready"]:
            assert time.monotonic() < end, "%s's phone is not ready" % agent.agent
            load.turn(0.05)
        agent.available()
        agent.close()
        load.turn(0)

    def close(self):
        self.stack.close()


class AppQueue:
    def __init__(self, node, members, load):
        self.server, self.number = ("127.0.0.1", node.port), "queue%d" % members
        self.meter = calls_bench.Meter(calls_bench.asterisk_pid(node))

    def close(self):
        pass


def queue_conf(folder, members, port):
    """One queue, each member an endpoint whose contact is the load's."""
    ends = "".join("\n[m%d]\ntype = endpoint\naors = m%d\ndisallow = all\nallow = ulaw\ndirect_media = no\nsend_connected_line = no\n"
                   "\n[m%d]\ntype = aor\ncontact = sip:m%d@127.0.0.1:%d\n" % (m, m, m, m, port) for m in range(members))
    queues = "[general]\npersistentmembers = no\nautofill = yes\n\n[bench]\nstrategy = leastrecent\nringinuse = no\ntimeout = 15\n" \
             "retry = 1\nwrapuptime = 0\nannounce-frequency = 0\n" + "".join("member => PJSIP/m%d\n" % m for m in range(members))
    return calls_bench.conf(folder, {
        "pjsip.conf": ends, "queues.conf": queues, "modules.conf": "\nload = app_queue.so\n",
        "extensions.conf": "\n[from-trunk]\nexten = _queu[e]X.,1,Queue(bench)\n same = n,Hangup()\n"})


def measure(served, load, calls, at_once):
    load.run(served.server, served.number, 20, 2, calls_bench.UP)
    before = served.meter.seconds()
    figures = load.run(served.server, served.number, calls, at_once, calls_bench.UP)
    calls_bench.settle(load, 1)
    figures["cpu_ms_a_call"] = round((served.meter.seconds() - before) * 1000 / calls, 2)
    before, began = served.meter.seconds(), time.monotonic()
    calls_bench.settle(load, 5)
    figures["idle_cpu_percent"] = round((served.meter.seconds() - before) / (time.monotonic() - began) * 100, 1)
    return figures


def turn(build, kind, members, calls, at_once, rounds):
    import stage  # noqa: PLC0415: it asks where Asterisk is
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="queue-"))
        load = stack.enter_context(contextlib.closing(sip_load.Load()))
        node = None
        if kind != "builtin":
            made = queue_conf(folder, members, load.member_port) if kind == "app_queue" else calls_bench.conf(folder, {})
            node = stack.enter_context(contextlib.closing(stage.Node(conf=made)))
        began = time.monotonic()
        served = AppQueue(node, members, load) if kind == "app_queue" else Guichet(build, members, load, node, kind == "made")
        stack.enter_context(contextlib.closing(served))
        for n in at_once:
            calls_bench.show(bench="queue", round=rounds, kind=kind, members=members, at_once=n, ready_after=round(time.monotonic() - began, 1),
                             **measure(served, load, calls, n))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("asterisk")
    parser.add_argument("--members", default="100,1000")
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--at-once", default="1,20")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--kinds", default="app_queue,builtin,asterisk")
    args = parser.parse_args()
    os.environ["GUICHET_ASTERISK"] = os.path.abspath(args.asterisk)
    kinds, at_once = args.kinds.split(","), [int(n) for n in args.at_once.split(",")]
    for rounds in range(args.rounds):
        for kind in kinds + kinds[::-1]:
            for members in args.members.split(","):
                turn(args.build, kind, int(members), args.calls, at_once, rounds)


if __name__ == "__main__":
    main()
