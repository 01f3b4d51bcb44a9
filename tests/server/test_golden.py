# SPDX-License-Identifier: GPL-3.0-or-later
"""A database of every version that ever was, kept as text, is opened by this guichetd with nothing lost. Whoever adds a step to
the migration adds a dump here; the old ones stay as they are."""

import os
import re
import sqlite3
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "rig"))
import api  # noqa: E402

BUILD = os.environ["GUICHET_BUILD"]


class Golden(unittest.TestCase):
    def open(self, version):
        """guichetd on the dump of that version, and alice, who was signed in when it was made."""
        with open(os.path.join(HERE, "golden", "version-%d.sql" % version), encoding="utf-8") as f:
            dump = f.read()
        folder = tempfile.TemporaryDirectory(prefix="golden-")
        self.addCleanup(folder.cleanup)
        data = os.path.join(folder.name, "data")
        os.mkdir(data, 0o700)
        with open(os.open(data + ".key", os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as f:
            f.write(re.search("^-- Key: (.*)$", dump, re.M).group(1))
        db = sqlite3.connect(os.path.join(data, "guichet.db"))
        db.executescript(dump)
        self.assertEqual(db.execute("PRAGMA user_version").fetchone(), (version,))
        db.close()
        daemon = api.Daemon(BUILD, data=data)
        self.addCleanup(daemon.__exit__, None)
        daemon.start()
        alice = api.Agent(daemon, "alice", "password")
        self.addCleanup(alice.close)
        alice.token = re.search("^-- Token of alice's session: (.*)$", dump, re.M).group(1)
        return alice

    def test_version_1(self):
        alice = self.open(1)
        (interaction,) = alice.desk()["interactions"]
        (part,) = interaction["participations"]
        self.assertEqual(interaction["customer"]["name"], "Chantal Dubois")
        self.assertEqual(interaction["customer_left"]["cause"], "connection_lost")
        self.assertEqual((part["state"], part["tags"]["ids"], part["note"]),
                         ("wrap_up", ["vip"], {"text": "half a note", "revision": 1}))
        self.assertEqual([v["value"] for v in interaction["variables"] if v["id"] == "account"], ["K-1"])
        self.assertEqual(alice.post("/v1/interactions/%s/variables/pin/reveal" % interaction["id"])["value"], "99")
        self.assertEqual([c["name"] for c in alice.get("/v1/customers?query=chantal")["customers"]], ["Chantal Dubois"])
        again = api.Agent(alice.daemon, "alice", "password")
        self.addCleanup(again.close)
        again.sign_in(take_over=True)

    def test_version_2(self):
        """A chat goes on where it was: the customer by the token, the agent by the desk."""
        alice = self.open(2)
        (interaction,) = alice.desk()["interactions"]
        self.assertEqual((interaction["channel"], interaction["customer"]["name"]), ("webchat", "Chantal Dubois"))
        self.assertEqual((interaction["conversation"]["last_number"], interaction["conversation"]["read_number"]), (3, 2))
        self.assertEqual(interaction["participations"][0]["note"], {"text": "half a note", "revision": 1})
        page = alice.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])
        self.assertEqual([(m["number"], m["author"], m["text"], m["state"]) for m in page["messages"]],
                         [(1, "customer", "Where is my parcel?", "received"), (2, "agent", "I look at once.", "read"),
                          (3, "customer", "Thank you", "received")])
        sent = alice.post("/v1/interactions/%s/messages" % interaction["id"], {"text": "It leaves today."})
        self.assertEqual(sent["message"]["number"], 4)

    def test_version_4(self):
        """Canned replies as people made them: those of the definitions, changed and deleted, and alice's own."""
        alice = self.open(4)
        replies = {r["id"]: r for r in alice.get("/v1/canned-replies")["canned_replies"]}
        (mine,) = [r for r in replies.values() if r["scope"] == "personal"]
        self.assertEqual((mine["shortcut"], mine["category"], mine["texts"]), ("merci", "Fin", {"fr": "Merci", "und": "Thank you"}))
        self.assertEqual((sorted(replies), replies["hello"]["name"], replies["hello"]["revision"]),
                         (sorted([mine["id"], "hello"]), "Hi", 2))
        changed = alice.put("/v1/canned-replies/" + mine["id"], {"name": "Again", "texts": {"und": "x"}, "revision": 1})
        self.assertEqual(changed["canned_reply"]["revision"], 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
