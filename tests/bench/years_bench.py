#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre with years of messages behind it: what its agents look for, over the API, and at the desk a conversation of ten thousand
messages, opened and scrolled to its beginning.

    tests/bench/years_bench.py BUILD FOLDER MESSAGES [--no-api] [--no-desk] [--pages N] [--program DESK-METER]

FOLDER/MESSAGES is filled the first time (by bench-years: a quarter of an hour for ten millions on a quiet machine, 460 bytes of disk
each) and taken as it is from then on. Milliseconds are of the whole request on one connection; processor time is guichetd's.
"""
import argparse
import copy
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "ui"), str(HERE.parent / "integration"), str(HERE.parent / "rig"), str(HERE)]
import chats  # noqa: E402
import gateway  # noqa: E402
import message_bench  # noqa: E402
import scene  # noqa: E402
import stage  # noqa: E402
import uidrive  # noqa: E402
from scene import api  # noqa: E402

AGENTS = ["alice", "bob"] + ["a%d" % n for n in range(18)]
OURS, LASTING, LONG = "+33199000001", "+33600000000", 10000  # who has the long conversation
CONFIG = chats.CONFIG + """[store]
people_days=3650
[webhooks]
listen=127.0.0.1:0
[sms main]
url=http://127.0.0.1:9/send?from={from}&to={to}&text={text}&id={id}&report={report}&coding={coding}
secret=%s
segments=4
""" % gateway.SECRET
# Frequent, seldom, two, with a mark; beginnings as they are typed.
QUERIES = ["ba", "badi", "na", "re co", "pa qu", "stна", "ch", "vésu", "йо", "qusu qura", "lire", "tamo pa", "erer", "сту", "ra li", "goра"]


def centre():
    made = copy.deepcopy(scene.CENTRE)
    chats.chat_centre(made)
    made["settings"].update(auto_accept_digital=True, history="all",
                            slots=[{"channel": "voice", "count": 1}, {"channel": "webchat", "count": 6}, {"channel": "sms", "count": 6}])
    made["queues"].append(scene.queue("text", channel="sms", ring_seconds=30))
    made["entry_points"].append({"id": "texts", "names": scene.names("Texts"), "channel": "sms", "addresses": [OURS], "queue": "text"})
    for agent in made["agents"]:
        agent["queues"].append("text")
    made["agents"][1].update(role="supervisor", queues=[])
    return made


def fill(build, data, messages):
    with api.Daemon(build, config=CONFIG, data=data) as daemon:
        daemon.start()
        daemon.apply(centre())
    print(subprocess.run([os.path.join(build, "tests/bench/bench-years"), data, "0", str(messages), *AGENTS], check=True,
                         capture_output=True, text=True).stdout.strip(), flush=True)


def ask(agent, pid, name, paths, times=3):
    clock, work, rows = [], [], 0
    for _ in range(times):
        for path in paths:
            start, before = time.monotonic(), message_bench.processor(pid)
            answer = agent.get(path)
            clock.append((time.monotonic() - start) * 1000)
            work.append(message_bench.processor(pid) - before)
            rows += sum(len(v) for v in answer.values() if isinstance(v, list))
    clock.sort()
    work.sort()
    print(json.dumps({"ask": name, "n": len(clock), "rows": rows // len(clock), "cpu_p50_ms": round(statistics.median(work), 2),
                      "cpu_p99_ms": round(work[len(work) * 99 // 100], 2), "p50_ms": round(statistics.median(clock), 2),
                      "p99_ms": round(clock[len(clock) * 99 // 100], 2), "load": round(os.getloadavg()[0], 1)}), flush=True)


def quoted(text):
    return re.sub(r"[^A-Za-z0-9]", lambda m: "".join("%%%02X" % b for b in m.group().encode()), text)


def bench_api(daemon):
    pid = daemon.process.pid
    for name in ("alice", "bob"):
        agent = api.Agent(daemon, name, "password", contract=False)
        agent.sign_in(station="outside_number", address="+33199999999")
        who = {"alice": "an agent", "bob": "a supervisor"}[name]
        found = agent.get("/v1/customers?query=%s" % quoted("person 77"))["customers"][0]["id"]
        long = agent.get("/v1/customers?number=%s" % quoted(LASTING))["customers"][0]["id"]
        past = agent.get("/v1/customers/%s/history?limit=1" % long)["interactions"][0]
        talk = past["conversation"]["id"]
        ask(agent, pid, who + ": search everything", ["/v1/search?q=%s&limit=20" % quoted(q) for q in QUERIES], 5)
        ask(agent, pid, who + ": customers by name", ["/v1/customers?query=%s" % quoted("person %d" % n) for n in range(3, 4000, 401)], 5)
        view = "/v1/conversations?view=resolved&limit=50"
        ask(agent, pid, who + ": view resolved", [view], 30)
        page = agent.get(view)
        for _ in range(20):
            page = agent.get(view + "&after=" + page["next"])
        ask(agent, pid, who + ": view resolved, 21 pages on", [view + "&after=" + page["next"]], 30)
        ask(agent, pid, who + ": view resolved, filter text", [view + "&query=%s" % quoted(q) for q in QUERIES], 3)
        ask(agent, pid, who + ": view resolved, filter a name seldom", [view + "&query=%s" % quoted("person 77")], 10)
        ask(agent, pid, who + ": history of a customer", ["/v1/customers/%s/history?limit=20" % found], 30)
        ask(agent, pid, who + ": history of 500 contacts", ["/v1/customers/%s/history?limit=20" % long], 30)
        ask(agent, pid, who + ": history of 500 contacts, words", ["/v1/customers/%s/history?limit=20&q=%s" % (long, quoted(q)) for q in QUERIES], 3)
        messages = "/v1/conversations/%s/messages?limit=50" % talk
        ask(agent, pid, who + ": newest page of 10 000 messages", [messages], 30)
        ask(agent, pid, who + ": a page amid 10 000 messages", [messages + "&before=%d" % n for n in range(51, LONG, 997)], 5)
        agent.call("DELETE", "/v1/session")


def figures(name, lines, at=1):
    values = sorted(int(line.split()[at]) / 1000 for line in lines)
    if values:
        print("  %-34s n %5d  median %6.1f  99th percentile %6.1f  most %6.1f ms" % (
            name, len(values), statistics.median(values), values[min(len(values) - 1, len(values) * 99 // 100)], values[-1]), flush=True)


def bench_desk(build, daemon, program, pages):
    with tempfile.TemporaryDirectory(prefix="years-bench-") as folder, stage.Stage(build, folder, settings={
            "org.guichet.Guichet sound-checked": "true", "org.guichet.Guichet station": "'outside_number'",
            "org.guichet.Guichet station-address": "'+33199999999'"}) as play:
        app = message_bench.sign_in(play, daemon, program, env={"METER_FRAMES": "1"})
        log = message_bench.Log(app)
        assert gateway.write(daemon, "first-word", id="s1") == 200
        assert gateway.write(daemon, "again-here", number=LASTING, id="s2") == 200
        app.wait("label", "ACTIVE · 2")
        for n in range(4):
            gateway.write(daemon, "more-%d" % n, id="m%d" % n)
        time.sleep(2)
        log.find("x")
        log.forget()
        for _ in range(24):
            play.session.key("ctrl+Page_Down")
            play.session.settle(quiet=0.2, timeout=3)
        opened = log.find("opened")
        print("opening, of two chats by turns: load %.1f" % os.getloadavg()[0])
        for name, those in (("the long one", [o for o in opened if int(o.split()[1]) > 20]), ("a short one", [o for o in opened if int(o.split()[1]) <= 20])):
            figures(name + ", processor", those, 2)
            figures(name + ", by the clock", those, 3)
        uidrive.until("the long one to be open", lambda: app.find_all("button", "Earlier messages") or play.session.key("ctrl+Page_Down"), 30, 0.5)
        scroll_back(play, app, log, pages)


def scroll_back(play, app, log, most):
    """Page after page towards the beginning, then up and down with the wheel."""
    log.find("x")
    log.forget()
    began, pages, work = time.monotonic(), 0, message_bench.processor(app.pid)
    while pages < most:
        found = app.find_all("button", "Earlier messages")
        if not found:
            break
        found[0].click()
        play.session.settle(quiet=0.05, timeout=3)
        pages += 1
    took, work = time.monotonic() - began, message_bench.processor(app.pid) - work
    print("towards the beginning: %d pages, %.0f ms and %.0f ms of processor each, asking included; load %.1f" % (
        pages, took / max(pages, 1) * 1000, work / max(pages, 1), os.getloadavg()[0]))
    figures("turns of the loop above 2 ms", log.find("turn"))
    figures("frames, processor", log.find("frame"))
    log.forget()
    box = app.wait("list", "Messages").extents
    for clicks in (-60, 60) * 5:
        play.session.scroll(box[0] + box[2] // 2, box[1] + 200, clicks)
        play.session.settle(quiet=0.1, timeout=3)
    print("wheel, 600 notches")
    figures("turns of the loop above 2 ms", log.find("turn"))
    figures("frames, processor", log.find("frame"))
    print("  %d turns above 33 ms of %d" % (sum(int(t.split()[1]) > 33000 for t in log.find("turn")), len(log.find("turn"))))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("messages", type=int)
    parser.add_argument("--no-desk", action="store_true")
    parser.add_argument("--no-api", action="store_true")
    parser.add_argument("--program", help="another desk-meter, to compare")
    parser.add_argument("--pages", type=int, default=200, help="of 50 messages, to scroll back")
    args = parser.parse_args()
    build, data = os.path.abspath(args.build), os.path.join(os.path.abspath(args.folder), str(args.messages))
    if not os.path.exists(data):
        fill(build, data, args.messages)
    with tempfile.TemporaryDirectory(prefix="now-", dir=args.folder) as now, api.Daemon(
            build, config=CONFIG, data=os.path.join(now, "data")) as daemon:
        subprocess.run(["cp", "-r", "--reflink=auto", data, daemon.data], check=True)
        shutil.copy(data + ".key", daemon.data + ".key")
        began = time.monotonic()
        daemon.start()
        print("%d messages: guichetd is ready after %.1f s" % (args.messages, time.monotonic() - began), flush=True)
        daemon.apply(centre())
        for agent in ("alice", "bob"):
            daemon.set_password(agent)
        if not args.no_api:
            bench_api(daemon)
        if not args.no_desk:
            bench_desk(build, daemon, args.program or os.path.join(build, "tests/bench/desk-meter"), args.pages)


if __name__ == "__main__":
    main()
