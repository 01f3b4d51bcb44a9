# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbered messages flow both ways, over web chats in a real browser and over SMS, while guichetd (on a file system that loses what
was not synced), the desk, the browser's pages and the links between them are killed at random instants. At the end none is lost,
doubled, out of order or in another conversation: at the customers, at the desk, in the store.

    GUICHET_MESSAGES=10000 GUICHET_KILLS=1000 [GUICHET_SEED=N] tests/integration/test_storm.py

The desk is the real client library in a process without a window (tests/client/headless.c); tests/ui/test_storm.py kills the window.
"""
import collections
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import scene
import api
import browser
import child
import gateway
from link import Link
from test_sms import OURS, sms_centre

MESSAGES = int(os.environ.get("GUICHET_MESSAGES", "160"))
KILLS = int(os.environ.get("GUICHET_KILLS", "16"))
SEED = int(os.environ.get("GUICHET_SEED", random.randrange(1 << 30)))
PAGES, PHONES = int(os.environ.get("GUICHET_PAGES", "2")), int(os.environ.get("GUICHET_PHONES", "2"))
POINTS = ["before_commit", "after_commit", "after_effect"]
GAP = float(os.environ.get("GUICHET_GAP", "0.6"))  # seconds between two kills, at most, but for what is waited for
BEHIND = 400   # messages that may be under way before the next kill waits for them
SURE = 1.5     # seconds after which a customer takes a message that the page does not show for lost
STUCK = 120    # seconds without a message that arrived

CONFIG = scene.CONFIG.replace("commands_per_second=1000", "commands_per_second=100000") + """[webchat]
listen=127.0.0.1:0
silence_seconds=3600
messages_per_minute=100000
conversations_per_minute=1000
[webhooks]
listen=127.0.0.1:0
[sms main]
url=%s/send?from={from}&to={to}&text={text}&id={id}
secret=%s
"""

# What the page shows: the highest numbers of either side, or that there is nothing to write in yet.
LOOK = """
const p = context.pages().at(-1);
return p.evaluate(() => {
  const highest = (kind) => [...document.querySelectorAll(`.message.${kind} .text`)].slice(-60)
    .reduce((most, one) => Math.max(most, Number(one.innerText.split(' ')[2])), 0);
  const field = document.querySelector('#text');
  return { linked: /writing with|wait/.test(document.querySelector('#notice')?.innerText ?? ''), ready: Boolean(field && field.offsetParent), form: Boolean(document.querySelector('#start')?.offsetParent),
           kept: document.querySelectorAll('.message[data-number]').length,
           customer: highest('customer'), agent: highest('agent') };
});
"""
BEGIN = """
const p = context.pages().at(-1);
await p.locator('#field-0').fill(arg); await p.locator('#start').click(); await p.locator('#text').waitFor();
"""
WRITE = "const f = context.pages().at(-1).locator('#text'); await f.fill(arg, { timeout: 3000 }); await f.press('Enter', { timeout: 3000 });"
OPEN = """
const p = context.pages().at(-1) ?? await context.newPage();
await p.goto(arg, { timeout: 5000, waitUntil: 'commit' });
await p.locator('#text, #start').first().waitFor({ timeout: 5000 });
"""
KILL_PAGE = {
    "reload": "context.pages().at(-1)?.reload({ waitUntil: 'commit' }).catch(() => {});",
    "close": "await context.newPage(); for (const p of context.pages().slice(0, -1)) p.close().catch(() => {});",
    "crash": """
const p = context.pages().at(-1);
const line = await context.newCDPSession(p);
line.send('Page.crash').catch(() => {});
await context.newPage();
p.close().catch(() => {});
""",
}
ALL = "return context.pages().at(-1).locator('.message .text').allInnerTexts()"


class Writer:
    """A customer who writes "NAME customer N" one after the other, as far as is released."""

    def __init__(self, storm, name):
        self.storm, self.name, self.written, self.answered = storm, name, 0, 0
        self.released, self.over, self.fault = 0, threading.Event(), None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            while not self.over.is_set() and self.answered < self.storm.each:
                self.step()
        except Exception as e:  # noqa: BLE001
            self.fault = e

    def text(self, n):
        return "%s customer %d" % (self.name, n)


class Phone(Writer):
    """Writes by SMS: the gateway repeats a callback until it is answered."""

    def __init__(self, storm, name, number):
        super().__init__(storm, name)
        self.number = number

    def step(self):
        if self.written < min(self.released, self.storm.each):
            n = self.written + 1
            fields = {"secret": gateway.SECRET, "from": self.number, "to": OURS, "text": self.text(n), "id": "%s-%d" % (self.name, n)}
            try:
                status = self.storm.callback(fields)
            except OSError:
                status = 0
            if status == 200:
                self.written = n
                return
        with self.storm.gateway.changed:
            mine = [m for m in self.storm.gateway.taken if m["text"].startswith(self.name + " ")]
            self.answered = max([int(m["text"].split()[2]) for m in mine], default=0)
            if self.written >= min(self.released, self.storm.each):
                self.storm.gateway.changed.wait(0.05)


class Page(Writer):
    """Writes in a page of a real browser, and goes on with what the page shows: what it had shown as kept is there again, and what
    was written and is not there after a while, with a link, is written again."""

    def __init__(self, storm, name):
        super().__init__(storm, name)
        self.page = storm.chromium.page(locale="en-GB", faults=False)
        self.url = storm.webchat.url + "/chat/web"
        self.kept, self.tried, self.missed = 0, 0, None

    def step(self):
        try:
            seen = self.page.run(LOOK)
            if seen["form"]:
                self.page.run(BEGIN, self.name)
            elif not seen["ready"]:
                self.page.run(OPEN, self.url)
            elif seen["linked"] and seen["kept"] >= self.kept:
                self.look(seen)
            else:
                self.over.wait(0.02)
        except browser.Failed:
            try:
                self.page.run(OPEN, self.url)
            except browser.Failed:
                self.over.wait(0.02)

    def look(self, seen):
        self.kept, self.written, self.answered = seen["kept"], seen["customer"], seen["agent"]
        if self.written >= self.tried:
            self.missed = None
        elif self.missed is None:
            self.missed = time.monotonic()
        sure = self.missed is None or time.monotonic() - self.missed > SURE
        if sure and self.written < min(self.released, self.storm.each):
            self.missed, self.tried = None, self.written + 1
            self.page.run(WRITE, self.text(self.tried))
        else:
            self.over.wait(0.03)

    def kill(self, how):
        try:
            self.page.run(KILL_PAGE[how])
        except browser.Failed:
            pass  # it was just opening


class Desk:
    """The agent's session, killed and started on the same folder."""

    def __init__(self, storm, folder):
        self.storm, self.folder, self.retries, self.lines = storm, folder, collections.Counter(), []
        self.changed, self.process = threading.Condition(), None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [os.path.join(scene.BUILD, "tests", "client", "headless-desk"), self.storm.http.url, "alice", "password", self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.storm.desk_log, text=True, preexec_fn=child.tied)
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()

    def _read(self, process):
        for line in process.stdout:
            words = line.rstrip("\n").split("\t")
            with self.changed:
                if words[0] == "again":
                    self.retries[words[1]] += 1
                self.lines.append(words)
                self.changed.notify_all()

    def kill(self):
        self.close()
        self.start()

    def dump(self):
        """Conversation → (author, text) of all its messages, as the desk shows them."""
        with self.changed:
            self.lines.clear()
        self.process.stdin.write("dump\n")
        self.process.stdin.flush()
        with self.changed:
            assert self.changed.wait_for(lambda: ["end"] in self.lines, 60), self.lines[-5:]
            found = collections.defaultdict(list)
            for words in self.lines:
                if len(words) == 3:
                    found[words[0]].append((words[1], words[2]))
        return found

    def close(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdin.close()
        self.process.stdout.close()


class Storm(scene.Scene):
    program = os.environ.get("GUICHETD_TEST", "../tests/server/guichetd-test")

    def setUp(self):
        self.random = random.Random(SEED)
        self.each = max(1, MESSAGES // (2 * (PAGES + PHONES)))
        self.told = 0
        self.deaths, self.ending, self.point, self.fault = collections.Counter(), False, None, None
        self.gateway = gateway.Gateway()
        self.addCleanup(self.gateway.close)
        self.http, self.webchat, self.hooks = (self.link("http"), self.link("webchat"), self.link("webhooks"))
        self.onward = Link(lambda: ("127.0.0.1", self.gateway.port))
        self.addCleanup(self.onward.close)
        self.links = {"desk": self.http, "web": self.webchat, "callbacks": self.hooks, "gateway": self.onward}
        self.config = CONFIG % (self.onward.url, gateway.SECRET)
        super().setUp()

    def link(self, what):
        def where():
            address = urllib.parse.urlsplit(self.daemon.ready[what])
            return address.hostname, address.port
        made = Link(where)
        self.addCleanup(made.close)
        return made

    def define(self):
        sms_centre(self.centre)
        settings = self.centre["settings"]
        settings["slots"] = [{"channel": "voice", "count": 1}, {"channel": "webchat", "count": 12}, {"channel": "sms", "count": 12}]
        settings["desk_grace_seconds"] = 600
        self.centre["queues"].append(scene.queue("chat", channel="webchat", ring_seconds=60))
        self.centre["entry_points"].append({"id": "web", "names": scene.names("Shop"), "channel": "webchat", "addresses": ["web"],
                                            "queue": "chat", "language": "en", "chat": {"title": scene.names("Ask us")}})
        for agent in self.centre["agents"]:
            agent["queues"].append("chat")
        super().define()

    def callback(self, fields):
        class Through:
            ready = {"webhooks": self.hooks.url}
        try:
            return gateway.call(Through, "/sms/main/in", fields)[0]
        except Exception as e:  # noqa: BLE001
            raise OSError(str(e)) from e

    # --- guichetd ------------------------------------------------------------------------------

    def keep(self):
        try:
            self.revive()
        except Exception as e:  # noqa: BLE001
            self.fault = e

    def revive(self):
        """Starts guichetd as often as it dies, and every other time with a point at which it will."""
        while True:
            self.daemon.process.wait()
            self.daemon.wait()
            if self.ending:
                return
            self.deaths["guichetd"] += 1
            while True:
                self.point = None if self.deaths["guichetd"] % 2 else self.random.choice(POINTS)
                env = {"GUICHET_TEST_KILL": "%s:%d" % (self.point, self.random.randrange(2, 40))} if self.point else {}
                try:
                    self.daemon.start(env=env)
                    break
                except AssertionError:
                    # Killed while it was starting: that too must do no harm. Anything else is a fault.
                    if self.daemon.process.returncode != -signal.SIGKILL:
                        raise
                    self.deaths["guichetd"] += 1

    def kill_daemon(self):
        before = self.deaths["guichetd"]
        if self.point:  # it ends by itself, at a commit
            end = time.monotonic() + 1
            while self.deaths["guichetd"] == before and time.monotonic() < end:
                time.sleep(0.01)
        if self.deaths["guichetd"] == before:
            try:
                os.kill(self.daemon.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    # --- the storm -----------------------------------------------------------------------------

    def kill(self, kind):
        if kind == "guichetd":
            self.kill_daemon()
            return
        if kind == "desk":
            self.desk.kill()
        elif kind == "page":
            self.random.choice(self.pages).kill(self.random.choice(list(KILL_PAGE)))
        else:
            self.links[self.random.choice(sorted(self.links))].cut()
        self.deaths[kind] += 1

    def arrived(self):
        if self.fault is not None:
            raise self.fault
        for writer in self.writers:
            if writer.fault is not None:
                raise writer.fault
        return 2 * sum(w.answered for w in self.writers)

    def wait_for(self, wanted):
        last, since = -1, time.monotonic()
        while True:
            now = self.arrived()
            if now >= wanted:
                return
            if now > last:
                last, since = now, time.monotonic()
            self.assertLess(time.monotonic() - since, STUCK, "stuck at %s; GUICHET_SEED=%d; the desk: %s %s" % (
                [(w.name, w.written, w.answered, w.released) for w in self.writers], SEED, self.desk.process.poll(), self.desk_words()))
            if now == last and time.monotonic() - since > 20:
                self.tell_slow()
            time.sleep(0.02)

    def desk_words(self):
        with open(self.desk_log.name, encoding="utf-8", errors="replace") as f:
            return f.read()[-2000:]

    def tell_slow(self):
        if time.monotonic() - self.told > 20:
            self.told = time.monotonic()
            sys.stderr.write("slow: %s\n" % [(w.name, w.written, w.answered, w.released) for w in self.writers])

    def release(self, share):
        for writer in self.writers:
            writer.released = max(writer.released, min(self.each, int(self.each * share) + 1))

    def blow(self):
        kinds = [("guichetd", "desk", "page", "link")[n % 4] for n in range(KILLS)]
        self.random.shuffle(kinds)
        for n, kind in enumerate(kinds):
            self.release((n + 1) / KILLS)
            time.sleep(self.random.random() * GAP)
            self.wait_for(2 * sum(w.released for w in self.writers) - BEHIND)
            self.kill(kind)
            if (n + 1) % 100 == 0:
                sys.stderr.write("%d kills, %d messages, %.0f s\n" % (n + 1, self.arrived(), time.monotonic() - self.began))
        self.release(1)
        self.wait_for(2 * self.each * len(self.writers))

    def test_storm(self):
        sys.stderr.write("GUICHET_SEED=%d GUICHET_MESSAGES=%d GUICHET_KILLS=%d\n" % (SEED, MESSAGES, KILLS))
        self.desk_log = open(os.path.join(self.folder, "desk.log"), "w+", encoding="utf-8")
        self.addCleanup(self.desk_log.close)
        self.chromium = browser.Browser(scene.BUILD, "--disable-features=LocalNetworkAccessChecks")
        self.addCleanup(self.chromium.close)
        self.desk = Desk(self, os.path.join(self.folder, "desk"))
        self.addCleanup(lambda: self.desk.close())
        keeper = threading.Thread(target=self.keep, daemon=True)
        keeper.start()
        self.pages = [Page(self, "page%d" % n) for n in range(PAGES)]
        self.writers = self.pages + [Phone(self, "phone%d" % n, "+3361234%04d" % n) for n in range(PHONES)]
        self.began = time.monotonic()
        for writer in self.writers:
            writer.thread.start()
        self.blow()
        took = time.monotonic() - self.began
        for writer in self.writers:
            writer.over.set()
            writer.thread.join(60)
        self.judge()
        self.ending = True
        self.daemon.stop(None if self.point else 0)
        keeper.join()
        sys.stderr.write("%d messages each way in %d conversations, %s killed, %d sent anew by the agent, %.0f s\n" % (
            self.each * len(self.writers), len(self.writers), dict(self.deaths), sum(self.desk.retries.values()), took))

    # --- what is left --------------------------------------------------------------------------

    def judge(self):
        shown = self.desk.dump()
        self.desk.close()
        agent = api.Agent(self.daemon, "alice", "password", contract=False)
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999", take_over=True)
        stored = {}
        for interaction in agent.desk()["interactions"]:
            messages = self.stored(agent, interaction["conversation"]["id"])
            self.assertEqual(shown[interaction["conversation"]["id"]], messages)
            stored[messages[0][1].split()[0]] = messages
        self.assertEqual(sorted(stored), sorted(w.name for w in self.writers))
        for name, messages in stored.items():
            for author in ("customer", "agent"):
                self.assertEqual([t for a, t in messages if a == author],
                                 ["%s %s %d" % (name, author, n) for n in range(1, self.each + 1)])
        for page in self.pages:
            self.assertEqual(page.page.run(ALL), [t for _, t in stored[page.name]])
        self.judge_gateway()

    def stored(self, agent, conversation):
        found, before = [], None
        while True:
            page = agent.get("/v1/conversations/%s/messages?limit=200%s" % (conversation, "&before=%d" % before if before else ""))
            found[:0] = page["messages"]
            if not page["more"]:
                break
            before = found[0]["number"]
        self.assertEqual([m["number"] for m in found], list(range(1, len(found) + 1)))
        return [(m["author"], m["text"]) for m in found]

    def judge_gateway(self):
        """By the name that we give a message the gateway takes it once; twice only what was in doubt and an agent sent again."""
        first, times = {}, collections.Counter()
        for message in self.gateway.taken:
            first.setdefault(message["id"], message)
            times[message["text"]] += 1
        for n in range(PHONES):
            mine = [m["text"] for m in first.values() if m["to"] == "+3361234%04d" % n]
            self.assertEqual(mine, ["phone%d agent %d" % (n, k) for k in range(1, self.each + 1)])
        for text, count in times.items():
            self.assertLessEqual(count, 1 + self.desk.retries[text], text)


if __name__ == "__main__":
    scene.main()
