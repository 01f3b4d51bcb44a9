# SPDX-License-Identifier: GPL-3.0-or-later
"""How many calls the built-in engine holds: calls are added in steps until more than one tick in 10 000 is late, twice.

A call is two legs in a bridge, a customer with PCMU and an agent with --agent's codec, RTP flowing both ways on loopback. The
load (rtp-load) runs on the same cores.  The floors, in the same run: an engine without a call, whose late ticks are the machine's
and do not count, and the mixer alone (mixer-floor) with as many calls.  One JSON object on standard output; --seconds 200 gives 10 000 ticks a step."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "server" / "voice"))
from peers import Engine, Raw  # noqa: E402

MEDIA = {"pcmu": (0, 160, "0", "a=rtpmap:0 PCMU/8000"), "opus": (96, 960, "96", "a=rtpmap:96 opus/48000/2")}


class Legs:
    """Incoming legs by a raw socket, their sound by rtp-load."""

    def __init__(self, engine, load):
        self.engine, self.raw = engine, Raw(engine)
        self.load = subprocess.Popen([load], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.load.stdout.readline())

    def add(self, codec):
        kind, samples, number, line = MEDIA[codec]
        before = len(self.engine.seen("leg.incoming"))
        body = f"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {self.port} RTP/AVP {number}\n{line}\n"
        message = self.raw.message("INVITE", body=body)
        self.raw.send(message)
        deadline = time.monotonic() + 30
        while len(self.engine.seen("leg.incoming")) == before and time.monotonic() < deadline:
            time.sleep(0.002)
        leg = self.engine.seen("leg.incoming")[-1]["leg"]
        self.engine.send("answer", leg=leg)
        status, text = self.raw.final()
        assert status == 200, text
        tag = re.search(r"(?im)^To:.*?;tag=([^\s;]+)", text).group(1)
        host = f"{self.engine.host}:{self.engine.port}"
        number = self.raw.count
        call_id = re.search(r"(?m)^Call-ID: (.*)$", message).group(1)
        source = re.search(r"(?m)^From: (.*)$", message).group(1)
        contact = re.search(r"(?im)^(?:Contact|m): <([^>]+)>", text).group(1)
        self.raw.send(self.raw.message("ACK", contact, To=f"<sip:8001@{host}>;tag={tag}", From=source, Call_ID=call_id))
        self.engine.wait("leg.answered", leg=leg)
        port = int(re.search(r"m=audio (\d+)", text).group(1))
        self.load.stdin.write(f"{port} {kind} {samples}\n")
        self.load.stdin.flush()
        assert number
        return leg

    def close(self):
        self.raw.close()
        self.load.stdin.close()
        counts = json.loads(self.load.stdout.readline())
        self.load.wait(10)
        return counts


def ticks(engine):
    after = engine.position()
    engine.send("ticks")
    return engine.wait("ticks", after=after)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(engine, idle, seconds):
    """Over the same seconds: the engine's ticks, and those of an engine without a call, whose late ones are the machine's."""
    first, floor, cpu, begin = ticks(engine), ticks(idle), cpu_seconds(engine.process.pid), time.monotonic()
    time.sleep(seconds)
    last, floor_last, wall = ticks(engine), ticks(idle), time.monotonic() - begin
    n = last["ticks"] - first["ticks"]
    late, idle_late = last["late"] - first["late"], floor_last["late"] - floor["late"]
    return {"ticks": int(n), "late": int(late), "late_without_calls": int(idle_late),
            "late_in_10000": round(max(0, late - idle_late) / n * 10000, 2), "load_average": round(os.getloadavg()[0], 1),
            "cpu_percent": round((cpu_seconds(engine.process.pid) - cpu) / wall * 100, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cli", required=True, help="path of engine-cli")
    parser.add_argument("--load", required=True, help="path of rtp-load")
    parser.add_argument("--floor", required=True, help="path of mixer-floor")
    parser.add_argument("--agent", choices=sorted(MEDIA), default="opus")
    parser.add_argument("--step", type=int, default=10)
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    args = parser.parse_args()
    import peers
    peers.CLI = args.cli
    steps, held, n = [], 0, 0
    with Engine(max_calls=args.most * 2 + 2, media_timeout=600) as engine, Engine() as idle:
        legs = Legs(engine, args.load)
        while n < args.most:
            for _ in range(args.step):
                n += 1
                engine.do("bridge.create", bridge=f"b{n}")
                for codec in "pcmu", args.agent:
                    engine.do("bridge.add", bridge=f"b{n}", leg=legs.add(codec))
            time.sleep(1)
            figures = measure(engine, idle, args.seconds)
            if figures["late_in_10000"] > 1:
                # Once more: something else may have had the cores.
                again = measure(engine, idle, args.seconds)
                figures = min(figures, again, key=lambda f: f["late_in_10000"])
            floor = json.loads(subprocess.run([args.floor, str(n)], capture_output=True, text=True, check=True).stdout)
            step = {"calls": n, **figures, "mixer_alone_tick_us": floor["tick_us"]}
            step["cpu_percent_per_call"] = round(step["cpu_percent"] / n, 2)
            steps.append(step)
            print(step, file=sys.stderr)
            if step["late_in_10000"] > 1:
                break
            held = n
        counts = legs.close()
    print(json.dumps({"bench": "mixer-calls", "agent_codec": args.agent, "cores": os.cpu_count(), "calls_held": held,
                      "seconds_a_step": args.seconds, "steps": steps, "packets_back": counts["received"]}, indent=1))


if __name__ == "__main__":
    main()
