# SPDX-License-Identifier: GPL-3.0-or-later
"""Who writes numbered messages amid kills (test_storm.py): by SMS, in pages of a browser, by mail, to a colleague. Each goes on with
what is known to have arrived, as such a customer, gateway, server or desk does."""
import collections
import email
import email.policy
import os
import re
import threading

import api
import gateway
from mails import MAIL


class Writer:
    """Writes "NAME customer N" one after the other, as far as is released, until all of it is answered."""

    def __init__(self, storm, name, each):
        self.storm, self.name, self.each, self.written, self.answered = storm, name, each, 0, 0
        self.released, self.over, self.fault = 0, threading.Event(), None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            while not self.over.is_set() and self.answered < self.each:
                self.step()
        except Exception as e:  # noqa: BLE001
            self.fault = e

    def release(self, share):
        self.released = max(self.released, min(self.each, int(self.each * share) + 1))

    def may_write(self):
        return self.written < self.released

    def text(self, n):
        return "%s customer %d" % (self.name, n)

    def answers(self):
        return ["%s agent %d" % (self.name, n) for n in range(1, self.each + 1)]


class Phone(Writer):
    """By SMS: the gateway repeats a callback until it is answered."""

    def __init__(self, storm, name, each, number, ours):
        super().__init__(storm, name, each)
        self.number, self.ours = number, ours

    def step(self):
        if self.may_write():
            n = self.written + 1
            fields = {"secret": gateway.SECRET, "from": self.number, "to": self.ours, "text": self.text(n), "id": "%s-%d" % (self.name, n)}
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
            if not self.may_write():
                self.storm.gateway.changed.wait(0.05)

    def judge(self, test):
        """By the name that we give a message the gateway takes it once; twice only what was in doubt and an agent sent again."""
        first, times = {}, collections.Counter()
        for message in self.storm.gateway.taken:
            if message["to"] == self.number:
                first.setdefault(message["id"], message)
                times[message["text"]] += 1
        test.assertEqual([m["text"] for m in first.values()], self.answers())
        for text, count in times.items():
            test.assertLessEqual(count, 1 + self.storm.desk.retries[text], text)


class Box(Writer):
    """By mail, through Exim to Dovecot's mailbox and back. Servers may deliver two mails in any order, so each is written when the one
    before it has been read. Of one sender an hour's mails are bounded: who answers from where changes, the thread stays."""

    def __init__(self, storm, name, each):
        super().__init__(storm, name, each)
        self.got, self.under_way = {}, None  # file → (Message-ID, text)

    def step(self):
        if self.under_way is not None and self.storm.has_read(self.under_way):
            self.under_way, self.written = None, self.written + 1
        if self.under_way is None and self.may_write():
            n = self.written + 1
            self.under_way = "%s.%d@customers.example" % (self.name, n)
            more = "Reply-To: %s@customers.example\n" % self.name
            if n > 1:
                more += "References: <%s.1@customers.example>\n" % self.name
            sender = "%s.%d@customers.example" % (self.name, n)
            self.storm.servers.deliver(MAIL.format(name=self.name, sender=sender, to="shop@centre.example", subject="Storm " + self.name,
                                                   id=self.under_way, more=more, text=self.text(n)), sender=sender)
        self.look()
        self.over.wait(0.05)

    def look(self):
        for path in self.storm.servers.paths(self.name):
            if path not in self.got:
                with open(path, "rb") as f:
                    mail = email.message_from_binary_file(f, policy=email.policy.default)
                self.got[path] = mail["Message-ID"].strip("<>"), mail.get_content().split("\n")[0]
        self.answered = max([int(text.split()[2]) for _, text in self.got.values()], default=0)

    def judge(self, test):
        """The same, by the Message-ID; in the order in which Exim took them."""
        self.look()
        texts, times = dict(self.got.values()), collections.Counter(text for _, text in self.got.values())
        taken = list(dict.fromkeys(i for i in self.storm.taken_by_exim() if i in texts))
        test.assertEqual([texts[i] for i in taken], self.answers())
        for text, count in times.items():
            test.assertLessEqual(count, 1 + self.storm.desk.retries[text], text)


class Colleague(Writer):
    """Another agent, who writes to the one at the desk: repeats each with its key until it is answered, and reads what is there."""

    def __init__(self, storm, name, each, agent):
        super().__init__(storm, name, each)
        self.conversation = None

        class Through:
            http, ca = storm.http.url, None
        self.agent = api.Agent(Through, agent, "password", contract=False)
        self.shown = {}  # number → text

    def step(self):
        try:
            if self.agent.token is None:
                self.agent.sign_in(station="outside_number", address="+33199999998", take_over=True)
            if self.agent.socket is None or self.agent.closed_with is not None:
                self.agent.close()
                self.agent.desk()
                self.agent.listen()
            self.agent.events.clear()
            if self.may_write():
                n = self.written + 1
                written = self.agent.post("/v1/im", {"to": "alice", "text": self.text(n)}, key="%s-%d" % (self.name, n))["message"]
                self.conversation, self.written = written["conversation"], n
                return
            self.look()
        except api.Refused as refused:
            if refused.status == 401:
                self.agent.token = None
        except Exception:  # noqa: BLE001
            pass  # the link ended, or guichetd
        self.over.wait(0.05)

    def look(self):
        """What is new since the last look."""
        if self.conversation is None:
            return
        page = self.agent.get("/v1/conversations/%s/messages?limit=50" % self.conversation)["messages"]
        self.shown.update((m["number"], m["text"]) for m in page)
        self.answered = max([int(t.split()[2]) for t in self.shown.values() if t.split()[1] == "agent"], default=0)

    def judge(self, test):
        self.agent.close()


def exim_order(log):
    """The Message-IDs of what the centre handed over, in the order in which Exim took it."""
    with open(log, encoding="utf-8", errors="replace") as f:
        return [found.group(1) for found in (re.search(r" <= shop@centre\.example .* id=(\S+)", line) for line in f) if found]


def flags(path):
    return os.path.basename(path).partition(":2,")[::2]
