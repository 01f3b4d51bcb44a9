# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre with a mailbox for the tests: real servers, scripted desks, customers who write."""

import os
import shutil
import sqlite3
import tempfile

import scene
import mail
from chats import Chats

CONFIG = scene.CONFIG + """[outages]
told_after_seconds=1
[email post]
imap=imaps://127.0.0.1:{imap}
smtp=smtp://127.0.0.1:{smtp}
user=shop
password_file={folder}/password
ca={folder}/ca.pem
addresses=shop@centre.example;Orders@centre.example
"""

MAIL = """From: {name} <{sender}>
To: {to}
Subject: {subject}
Message-ID: <{id}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
{more}
{text}
"""


class Mails(Chats):
    """The tools of tests with mails."""

    imap = smtp = None  # other ports than those of the servers

    def setUp(self):
        self.open_servers()
        super().setUp()

    def open_servers(self):
        self.place = tempfile.mkdtemp(prefix="post-")
        self.addCleanup(shutil.rmtree, self.place, ignore_errors=True)
        self.servers = mail.Servers(self.place)
        self.addCleanup(self.servers.close)
        self.servers.start()
        with open(os.path.join(self.place, "password"), "w", encoding="utf-8") as f:
            f.write(mail.PASSWORD + "\n")
        self.config = self.configure()
        self.count = 0

    def configure(self):
        return CONFIG.format(imap=self.imap or self.servers.imap, smtp=self.smtp or self.servers.smtp, folder=self.place)

    def define(self):
        self.centre["settings"]["slots"].append({"channel": "email", "count": 5})
        self.centre["queues"].append(scene.queue("post", channel="email"))
        self.centre["entry_points"].append({"id": "mail", "names": scene.names("Shop, post"), "channel": "email",
                                            "addresses": ["shop@centre.example", "orders@centre.example"], "queue": "post",
                                            "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"].append("post")
        scene.Scene.define(self)

    def write(self, text="Good day", subject="Chair", name="Ana Popova", sender="ana@customers.example",
              to="shop@centre.example", id=None, more="", user="shop"):  # noqa: A002
        """A customer's mail; its Message-ID."""
        self.count += 1
        id = id or "c%d.%d@customers.example" % (self.count, os.getpid())  # noqa: A001
        self.servers.deliver(MAIL.format(name=name, sender=sender, to=to, subject=subject, id=id, more=more, text=text), to=user,
                             sender=sender)
        return id

    def taken(self, agent):
        """The next offer accepted: the interaction."""
        offer = agent.wait("offer.created")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        return agent.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "joined"
                          and e["interaction"]["id"] == offer["offer"]["interaction"])["interaction"]

    def messages(self, agent, interaction):
        return agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])["messages"]

    def changed(self, agent, state, number):
        return agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == number
                          and e["message"]["state"] == state)["message"]

    def added(self, agent, number):
        return agent.wait(lambda e: e["type"] == "message.added" and e["message"]["number"] == number)["message"]

    def status(self):
        (channel,) = self.daemon.admin("GET", "/admin/status")["channels"]
        return channel

    def wait_status(self, **wanted):
        return mail.wait_for("status %s" % wanted, lambda: wanted.items() <= self.status().items())

    def stored(self, statement, *values):
        with sqlite3.connect("file:%s?mode=ro" % os.path.join(self.daemon.data, "guichet.db"), uri=True) as db:
            return db.execute(statement, values).fetchall()
