# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbered messages flow both ways, over web chats in a real browser, over SMS, by mail and between colleagues, while guichetd (on a file system that loses what
was not synced), the desk, the browser's pages and the links between them are killed at random instants. At the end none is lost,
doubled, out of order or in another conversation: at the customers, at the desk, in the store.

    GUICHET_MESSAGES=10000 GUICHET_KILLS=1000 [GUICHET_SEED=N] tests/integration/test_storm.py

The desk is the real client library in a process without a window (tests/client/headless.c); tests/ui/test_storm.py kills the window.
"""
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import scene
import api
import browser
import child
import gateway
import mail
from link import Link
from test_sms import OURS, sms_centre
from writers import Box, Colleague, Phone, Writer, exim_order, flags

MESSAGES = int(os.environ.get("GUICHET_MESSAGES", "160"))
KILLS = int(os.environ.get("GUICHET_KILLS", "16"))
SEED = int(os.environ.get("GUICHET_SEED", random.randrange(1 << 30)))
PAGES, PHONES = int(os.environ.get("GUICHET_PAGES", "2")), int(os.environ.get("GUICHET_PHONES", "2"))
BOXES, COLLEAGUES = int(os.environ.get("GUICHET_BOXES", "1")), int(os.environ.get("GUICHET_COLLEAGUES", "1"))
SLOW = 4  # who writes mails writes so many times fewer: each goes through four servers' queues
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
[email post]
imap=imaps://127.0.0.1:%d
smtp=smtp://127.0.0.1:%d
user=shop
password_file=%s/password
ca=%s/ca.pem
addresses=shop@centre.example
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
p.setDefaultTimeout(15000);
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


class Page(Writer):
    """Writes in a page of a real browser, and goes on with what the page shows: what it had shown as kept is there again, and what
    was written and is not there after a while, with a link, is written again."""

    def __init__(self, storm, name, each):
        super().__init__(storm, name, each)
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
        if sure and self.may_write():
            self.missed, self.tried = None, self.written + 1
            self.page.run(WRITE, self.text(self.tried))
        else:
            self.over.wait(0.03)

    def kill(self, how):
        try:
            self.page.run(KILL_PAGE[how])
        except browser.Failed:
            pass  # it was just opening

    def judge(self, test):
        """It shows what is kept."""
        test.assertEqual(self.page.run(ALL), test.stored_of[self.name])


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
        self.each = max(1, int(MESSAGES / (2 * (PAGES + PHONES + COLLEAGUES + BOXES / SLOW))))
        self.told = 0
        self.deaths, self.ending, self.point, self.fault = collections.Counter(), False, None, None
        self.gateway = gateway.Gateway()
        self.addCleanup(self.gateway.close)
        self.http, self.webchat, self.hooks = (self.link("http"), self.link("webchat"), self.link("webhooks"))
        self.onward = Link(lambda: ("127.0.0.1", self.gateway.port))
        self.addCleanup(self.onward.close)
        self.links = {"desk": self.http, "web": self.webchat, "callbacks": self.hooks, "gateway": self.onward}
        self.open_servers()
        self.config = CONFIG % (self.onward.url, gateway.SECRET, self.links["imap"].port, self.links["smtp"].port, self.place, self.place)
        super().setUp()

    def open_servers(self):
        self.place, self.read = tempfile.mkdtemp(prefix="storm-"), {}
        self.addCleanup(shutil.rmtree, self.place, ignore_errors=True)
        self.servers = mail.Servers(self.place, users=("shop", *("box%d" % n for n in range(BOXES))))
        self.addCleanup(self.servers.close)
        self.servers.start()
        with open(os.path.join(self.place, "password"), "w", encoding="utf-8") as f:
            f.write(mail.PASSWORD + "\n")
        for name, port in (("imap", self.servers.imap), ("smtp", self.servers.smtp)):
            self.links[name] = Link(lambda port=port: ("127.0.0.1", port))
            self.addCleanup(self.links[name].close)

    def has_read(self, message_id):
        """Whether guichetd has marked it as read in the mailbox: it is on its disk then."""
        for path in self.servers.paths("shop"):
            base, marks = flags(path)
            if base not in self.read:
                try:
                    with open(path, encoding="utf-8", errors="replace") as f:
                        self.read[base] = next(line.split("<")[1].split(">")[0] for line in f if line.startswith("Message-ID:"))
                except FileNotFoundError:
                    continue  # it was just renamed
            if self.read[base] == message_id:
                return "S" in marks
        return False

    def taken_by_exim(self):
        return exim_order(os.path.join(self.place, "exim-mainlog"))

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
        settings["slots"] = [{"channel": "voice", "count": 1}, {"channel": "webchat", "count": 12}, {"channel": "sms", "count": 12},
                             {"channel": "email", "count": 12}]
        settings["desk_grace_seconds"] = 600
        self.centre["queues"].append(scene.queue("chat", channel="webchat", ring_seconds=60))
        self.centre["entry_points"].append({"id": "web", "names": scene.names("Shop"), "channel": "webchat", "addresses": ["web"],
                                            "queue": "chat", "language": "en", "chat": {"title": scene.names("Ask us")}})
        self.centre["queues"].append(scene.queue("post", channel="email", ring_seconds=60))
        self.centre["entry_points"].append({"id": "mail", "names": scene.names("Post"), "channel": "email",
                                            "addresses": ["shop@centre.example"], "queue": "post", "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"] += ["chat", "post"]
        for n in range(COLLEAGUES):
            self.centre["agents"].append({"id": "colleague%d" % n, "name": "Colleague %d" % n, "team": "counter", "skills": [], "queues": []})
        super().define()
        for n in range(COLLEAGUES):
            self.daemon.set_password("colleague%d" % n)

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
            writer.release(share)

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
        self.wait_for(2 * self.all())

    def all(self):
        return sum(w.each for w in self.writers)

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
        self.pages = [Page(self, "page%d" % n, self.each) for n in range(PAGES)]
        self.writers = [*self.pages, *(Phone(self, "phone%d" % n, self.each, "+3361234%04d" % n, OURS) for n in range(PHONES)),
                        *(Box(self, "box%d" % n, max(1, self.each // SLOW)) for n in range(BOXES)),
                        *(Colleague(self, "colleague%d" % n, self.each, "colleague%d" % n) for n in range(COLLEAGUES))]
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
            self.all(), len(self.writers), dict(self.deaths), sum(self.desk.retries.values()), took))

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
        self.stored_of = {name: [t for _, t in messages] for name, messages in stored.items()}
        for writer in self.writers:
            texts = self.stored_of[writer.name]
            self.assertEqual([t for t in texts if " customer " in t], [writer.text(n) for n in range(1, writer.each + 1)])
            self.assertEqual([t for t in texts if " agent " in t], writer.answers())
            self.assertEqual({(a, t.split()[1]) for a, t in stored[writer.name]} - {("customer", "customer"), ("agent", "agent")},
                             {("agent", "customer")} if isinstance(writer, Colleague) else set())
            writer.judge(self)

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


if __name__ == "__main__":
    scene.main()
