#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an open conversation costs: private dirty memory of guichetd and of the desk.

    tests/bench/memory_bench.py BUILD [MESSAGES]       (of each conversation that the desk has open: 50)

guichetd: web chats that wait, each with its stream, 1 000 of them; and Prosody's clients that say nothing, if it is there. The desk:
1, 12 and 24 conversations (twelve web chats and twelve SMS, the most that an agent may have of each channel), beside an empty window.
"""
import copy
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "ui"), str(HERE.parent / "integration"), str(HERE.parent / "rig"), str(HERE)]
import chats  # noqa: E402
import gateway  # noqa: E402
import message_bench  # noqa: E402
import rates_bench  # noqa: E402
import scene  # noqa: E402
import shutil  # noqa: E402
import stage  # noqa: E402
from customer import ask  # noqa: E402
from scene import api  # noqa: E402

STREAMS = 1000
SETTLE = 5  # seconds: a desk gives memory back after three
CONFIG = chats.CONFIG + """proxies=1
[webhooks]
listen=127.0.0.1:0
callbacks_per_minute=1000000
[sms main]
url=http://127.0.0.1:9/send?from={from}&to={to}&text={text}&id={id}&report={report}&coding={coding}
secret=%s
segments=4
""" % gateway.SECRET
CHANNELS = {"webchat": 12, "sms": 12}


def private_dirty(pid):
    """Kilobytes."""
    with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as f:
        return int(re.search(r"Private_Dirty:\s+(\d+)", f.read()).group(1))


def centre():
    made = copy.deepcopy(scene.CENTRE)
    chats.chat_centre(made)
    made["settings"].update(auto_accept_digital=True, slots=[{"channel": "voice", "count": 1}] + [
        {"channel": c, "count": n} for c, n in CHANNELS.items()])
    made["queues"].append(scene.queue("text", channel="sms", ring_seconds=30))
    made["entry_points"].append({"id": "texts", "names": scene.names("Texts"), "channel": "sms", "addresses": ["+33199000001"], "queue": "text"})
    for agent in made["agents"]:
        agent["queues"].append("text")
    return made


def waiting_chats(build):
    with api.Daemon(build, config=rates_bench.CONFIG) as daemon:
        daemon.start()
        daemon.apply(centre())
        pid, load, steps = daemon.process.pid, rates_bench.Load(build), []
        for number in range(STREAMS + 1):
            if number in (100, STREAMS):
                time.sleep(SETTLE)
                steps.append(private_dirty(pid))
            status, answer = ask(daemon, "POST", "/chat/v1/web/conversations", {"name": "C", "language": "en", "key": "customer-key-%06d" % number},
                                 {"X-Forwarded-For": "10.0.%d.%d" % (number // 250, number % 250 + 1)})
            assert status == 201, answer
            load.add("customer", rates_bench.port_of(daemon.ready["webchat"]), answer["token"])
            load.process.stdin.flush()
        load.close()
        tell("guichetd, a web chat that waits, with its stream", steps, STREAMS - 100)


def idle_clients(build):
    with tempfile.TemporaryDirectory(prefix="memory-bench-") as folder:
        prosody, load = rates_bench.Prosody(build, folder, STREAMS // 2, 0, True), rates_bench.Load(build)
        steps, add, added = [], load.add, [0]

        def counted(*words):
            if added[0] in (100, STREAMS - 1):
                load.process.stdin.flush()
                time.sleep(SETTLE)
                steps.append(private_dirty(prosody.process.pid))
            added[0] += 1
            add(*words)

        load.add = counted
        prosody.connect(load)
        load.close()
        prosody.close()
        tell("Prosody, a client that says nothing", steps, STREAMS - 101)


def tell(name, steps, count):
    print("%-50s %.1f kB each (%.1f MB with %d)" % (name, (steps[1] - steps[0]) / count, steps[1] / 1024, STREAMS), flush=True)


class Customers:
    """Those of a desk, by turns of the channels."""

    def __init__(self, daemon, messages):
        self.daemon, self.messages, self.count = daemon, messages, 0

    def add(self):
        self.count += 1
        if self.count % 2:
            customer = message_bench.begin(self.daemon, "Person %d" % self.count)
            for number in range(self.messages):
                customer.said("Something of average length, the %dth of what I have to say" % number)
        else:
            for number in range(self.messages):
                status = gateway.write(self.daemon, "Something of average length, the %dth of what I have to say" % number,
                                       number="+3361234%04d" % self.count, id="s%d.%d" % (self.count, number))
                assert status == 200, status


def desk(build, messages):
    with tempfile.TemporaryDirectory(prefix="memory-bench-") as folder, api.Daemon(build, config=CONFIG) as daemon:
        daemon.start()
        daemon.apply(centre())
        daemon.set_password("alice")
        with stage.Stage(build, folder, settings={
                "org.guichet.Guichet sound-checked": "true", "org.guichet.Guichet station": "'outside_number'",
                "org.guichet.Guichet station-address": "'+33199999999'"}) as play:
            empty = subprocess.Popen([os.path.join(build, "tests/bench/empty-window")], env=play.session.env, stdout=subprocess.DEVNULL)
            time.sleep(SETTLE)
            base = private_dirty(empty.pid)
            empty.kill()
            empty.wait()
            print("an empty window                %.1f MB" % (base / 1024))
            app = message_bench.sign_in(play, daemon, play.program("desktop/guichet"))
            customers = Customers(daemon, messages)
            for wanted in (0, 1, 12, 24):
                while customers.count < wanted:
                    customers.add()
                if wanted:
                    app.wait("label", "ACTIVE · %d" % wanted, timeout=60)
                for _ in range(wanted):
                    play.session.key("ctrl+Page_Down")  # each is looked at once
                    play.session.settle(quiet=0.1, timeout=3)
                time.sleep(SETTLE)
                now = private_dirty(app.pid)
                print("the desk, %2d conversations     %.1f MB, + %.1f MB; guichetd %.1f MB, load %.1f" % (
                    wanted, now / 1024, (now - base) / 1024, private_dirty(daemon.process.pid) / 1024, os.getloadavg()[0]), flush=True)


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
    waiting_chats(build)
    if shutil.which("prosody"):
        idle_clients(build)
    desk(build, int(sys.argv[2]) if len(sys.argv) > 2 else 50)


if __name__ == "__main__":
    main()
