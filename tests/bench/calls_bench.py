#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls on each voice engine beside plain Asterisk bridging the same calls: set up (INVITE to a member's answer, bridged, ended) and
held, with sound both ways.

    tests/bench/calls_bench.py BUILD ASTERISK [--calls N] [--rounds N] [--hold N,N,...] [--seconds S] [--kinds K,K]

ASTERISK is the folder of an installation by tests/asterisk/asterisk.sh. The three take turns in one run (A-B-C, C-B-A). A call is
a customer and a member, both played by sip_load.py on loopback, PCMU. `builtin` and `asterisk` are the engines alone, told what
to do by this program over engine-cli; `plain` is a line of dialplan, Dial (), in the same Asterisk. Processor time is of all
processes that serve: of `asterisk` the engine's and Asterisk's. One line of JSON a measurement."""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "asterisk"), str(HERE.parent / "rig")]
import child  # noqa: E402
import sip_load  # noqa: E402


class Meter:
    """User and system time of these processes."""

    def __init__(self, *pids):
        self.pids = pids

    def seconds(self):
        ticks = 0
        for pid in self.pids:
            fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def asterisk_pid(node):
    return int(pathlib.Path(node.env["AST_PIDFILE"]).read_text())


def conf(folder, changes, replaced=None):
    """Asterisk's configuration of the tests with these texts behind its files, and those words replaced in them."""
    made = pathlib.Path(folder) / "conf"
    made.mkdir()
    for source in (HERE.parent / "asterisk" / "conf").iterdir():
        text = source.read_text()
        for old, new in (replaced or {}).items():
            text = text.replace(old, new)
        (made / source.name).write_text(text)
    for name, text in changes.items():
        with open(made / name, "a", encoding="utf-8") as f:
            f.write(text)
    return made


class Engine:
    """engine-cli in the load's own thread: each call that comes is put together with a member's."""

    def __init__(self, cli, config, load):
        self.load, self.pairs, self.incoming, self.rest, self.n = load, {}, {}, b"", 0
        self.refused, self.asked, self.done = [], {}, set()
        self.process = subprocess.Popen([cli, json.dumps(config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=child.tied)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.ready = None
        self.uri = "sip:member@127.0.0.1:%d" % load.member_port
        load.watch(self.process.stdout, self._on_ready)
        load.until("the engine", lambda: self.ready)
        self.ask("list")  # answered when it can be talked to
        self.process.stdin.flush()
        load.until("the engine's answer", lambda: self.done)

    def ask(self, do, **fields):
        self.n += 1
        self.asked["r%d" % self.n] = do, fields
        self.process.stdin.write((json.dumps({"do": do, "id": "r%d" % self.n, **fields}) + "\n").encode())

    def _on_ready(self):
        self.rest += self.process.stdout.read() or b""
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            event = json.loads(line)
            getattr(self, "_" + event["event"].replace(".", "_"), lambda event: None)(event)
        self.process.stdin.flush()

    def _ready(self, event):
        self.ready = event

    def _leg_incoming(self, event):
        self.n += 1
        out = "out%s-%d" % (self.load.prefix, self.n)  # an Asterisk remembers those of the engine before
        self.pairs[out], self.pairs[event["leg"]] = event["leg"], out
        self.incoming[out] = event["leg"]
        self.ask("originate", leg=out, target_kind="uri", target=self.uri, caller_number="1")

    def _leg_answered(self, event):
        leg = self.incoming.get(event["leg"])
        if leg is not None:
            bridge = "b-" + event["leg"]
            self.ask("answer", leg=leg)
            self.ask("bridge.create", bridge=bridge)
            self.ask("bridge.add", bridge=bridge, leg=event["leg"])
        elif event["leg"] in self.pairs:
            self.ask("bridge.add", bridge="b-" + self.pairs[event["leg"]], leg=event["leg"])

    def _done(self, event):
        do, _ = self.asked.pop(event["request"])
        self.done.add(do)

    def _failed(self, event):
        """Mostly that the call ended meanwhile."""
        do, fields = self.asked.pop(event["request"])
        self.refused.append((do, event["code"], event.get("detail")))
        if do == "originate" and fields["leg"] in self.pairs:
            self.ask("hangup", leg=self.pairs[fields["leg"]])

    def _leg_ended(self, event):
        other = self.pairs.pop(event["leg"], None)
        if other in self.pairs:
            self.ask("hangup", leg=other)
            self.ask("bridge.destroy", bridge="b-" + (other if other in self.incoming else event["leg"]))
        self.incoming.pop(event["leg"], None)

    def close(self):
        self.load.selector.unregister(self.process.stdout)
        os.set_blocking(self.process.stdout.fileno(), True)
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.wait(30)


class Served:
    """One of the three: where customers call, whose time counts, and the load that speaks with it."""

    def __init__(self, kind, cli, node, load, most):
        self.engine, self.number = None, "8001"
        if kind == "builtin":
            self.engine = Engine(cli, {"trunks": [{"name": "world", "addresses": ["127.0.0.0/8"]}], "max_calls": most,
                                       "media_timeout": 600}, load)
            self.server = ("127.0.0.1", int(self.engine.ready["detail"].rsplit(":", 1)[1]))
            self.meter = Meter(self.engine.process.pid)
            return
        self.server, pids = ("127.0.0.1", node.port), [asterisk_pid(node)]
        if kind == "asterisk":
            self.engine = Engine(cli, {"nodes": [node.node(
                sip="127.0.0.1:%d" % node.port, max_calls=most, stations="PJSIP/trunk/sip:{user}@127.0.0.1:%d" % load.member_port)]}, load)
            pids.append(self.engine.process.pid)
        else:
            self.number = "plain%d" % load.member_port
        self.meter = Meter(*pids)

    def close(self):
        if self.engine is not None:
            self.engine.close()


def show(**figures):
    print(json.dumps({**figures, "load": round(os.getloadavg()[0], 1)}), flush=True)


UP = 0.3  # seconds that a call lasts: until both legs are in their bridge, wherever


def set_up(served, load, calls, at_once):
    load.run(served.server, served.number, 20, 4, UP)  # what is done once
    before = served.meter.seconds()
    figures = load.run(served.server, served.number, calls, at_once, UP)
    settle(load, 1)  # what a server does of a call after its end
    figures["cpu_ms_a_call"] = round((served.meter.seconds() - before) * 1000 / calls, 2)
    return figures


def held(served, load, rtp, numbers, seconds):
    """Processor time with so many calls up, their sound by rtp-load; what a call adds is over that of none."""
    calls, seen = [], set()
    for wanted in numbers:
        load.server, load.on_up = served.server, calls.append
        load.ports.clear()
        while len(calls) < wanted:
            due = len(calls) + 1
            load.place(served.number)
            load.until("a call more of %s" % (served.engine and served.engine.refused), lambda due=due: len(calls) >= due, 20)
        for port in load.ports - seen - {0}:
            rtp.stdin.write("%d 0 160\n" % port)
        rtp.stdin.flush()
        seen |= load.ports
        settle(load, 2)
        before, began = served.meter.seconds(), time.monotonic()
        settle(load, seconds)
        took = time.monotonic() - began
        yield {"calls": wanted, "still_up": sum(c.state == "up" for c in calls),
               "cpu_percent": round((served.meter.seconds() - before) / took * 100, 1)}
    for call in calls:
        if call.state == "up":
            load.hang_up(call)
    load.until("all ended", lambda: not load.calls)
    settle(load, 2)  # the members', too


def settle(load, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        load.turn()


def measure(args, turn, kind, cli, node, numbers):
    with contextlib.closing(sip_load.Load()) as load:
        served = Served(kind, cli, node, load, 1000)
        show(bench="set up", round=turn, kind=kind, **set_up(served, load, args.calls, args.at_once),
             refused=served.engine.refused if served.engine else [])
        served.close()
    rtp = subprocess.Popen([os.path.join(args.build, "tests", "bench", "rtp-load")], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, text=True, preexec_fn=child.tied)
    with contextlib.closing(sip_load.Load(int(rtp.stdout.readline()))) as load:
        served = Served(kind, cli, node, load, 1000)
        for figures in held(served, load, rtp, numbers, args.seconds):
            show(bench="held", round=turn, kind=kind, **figures)
        served.close()
    rtp.stdin.close()
    show(bench="sound back", round=turn, kind=kind, packets=json.loads(rtp.stdout.readline())["received"])
    rtp.wait(10)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("asterisk")
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--hold", default="0,15,30")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--kinds", default="builtin,asterisk,plain")
    args = parser.parse_args()
    os.environ["GUICHET_ASTERISK"] = os.path.abspath(args.asterisk)
    import stage  # noqa: PLC0415: it asks where Asterisk is
    stage.needed()
    cli = os.path.join(args.build, "tests", "server", "voice", "engine-cli")
    numbers = [int(n) for n in args.hold.split(",")]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="calls-"))
        line = "\n[from-trunk]\nexten = _plai[n]X.,1,Dial(PJSIP/trunk/sip:member@127.0.0.1:${EXTEN:5})\n same = n,Hangup()\n"
        made = conf(folder, {"extensions.conf": line})
        kinds = args.kinds.split(",")
        for turn in range(args.rounds):
            for kind in kinds + kinds[::-1]:
                with contextlib.ExitStack() as one:
                    node = one.enter_context(contextlib.closing(stage.Node(conf=made))) if kind != "builtin" else None
                    measure(args, turn, kind, cli, node, numbers)


if __name__ == "__main__":
    main()
