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
from customer import Customer  # noqa: E402

BUILD = os.environ["GUICHET_BUILD"]

# However old the dump has become: nobody is forgotten, and the customer is not given up.
CHATS = """[store]
people_days=3650
[webchat]
listen=127.0.0.1:0
silence_seconds=86400
"""


class Golden(unittest.TestCase):
    def open(self, version, config=None):
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
        self.dump = dump
        daemon = api.Daemon(BUILD, data=data, config=config)
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

    def chats(self, version):
        """Alice of the version's dump, the chat that she has in hand, the one that she finished as the view has it."""
        alice = self.open(version, config=CHATS)
        (interaction,) = alice.desk()["interactions"]
        self.assertEqual(interaction["customer"]["name"], "Chantal Dubois")
        (row,) = alice.get("/v1/conversations?view=resolved")["conversations"]
        self.assertEqual((row["customer"]["name"], row["kind"], row["disposition"]), ("Boris Petrov", "handled", "solved"))
        self.assertEqual(row["last"]["text"], "You get another")
        return alice, interaction, row

    def private_stays_private(self, alice, interaction):
        """One order for agents, and for the customer, who comes back to the same chat, one without a gap."""
        sent = alice.post("/v1/interactions/%s/messages" % interaction["id"], {"text": "Good bye"})["message"]
        self.assertEqual(sent["number"], 5)
        page = alice.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])
        self.assertEqual([(m["number"], m["text"], m["private"]) for m in page["messages"]],
                         [(1, "Where is my parcel?", False), (2, "it lies in Lyon", True), (3, "It leaves today", False),
                          (4, "Thank you", False), (5, "Good bye", False)])
        key = re.search("^-- Key of the customer's chat: (.*)$", self.dump, re.M).group(1)
        customer = Customer(alice.daemon, name="Chantal Dubois", key=key).listen(since=0)
        self.addCleanup(customer.cut)
        customer.wait_text("Good bye")
        self.assertEqual([(n, customer.texts[n]) for n in customer.numbers],
                         [(1, "Where is my parcel?"), (2, "It leaves today"), (3, "Thank you"), (4, "Good bye")])

    def found_by_beginnings(self, alice):
        """Of three, four and five letters, in messages and in the note; each length has its list."""
        for start in ("umb", "umbr", "umbre", "umbrella"):
            hits = alice.get("/v1/search?kind=messages&q=" + start)["messages"]
            self.assertEqual([h["number"] for h in hits], [1], start)
        for start in ("yel", "yell", "yello"):
            self.assertEqual(len(alice.get("/v1/search?kind=interactions&q=" + start)["interactions"]), 1, start)
        db = sqlite3.connect(os.path.join(alice.daemon.data, "guichet.db"))
        for table in ("message_words", "note_words"):
            (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            self.assertIn("prefix = '2 3 4 5'", sql)
        db.close()

    def test_version_10(self):
        """Messages for colleagues alone; and all that is searched is in the longer lists."""
        alice, interaction, _ = self.chats(10)
        self.found_by_beginnings(alice)
        self.private_stays_private(alice, interaction)

    def test_version_11(self):
        """What was finished before there were views stands in them with its tags."""
        alice, interaction, row = self.chats(11)
        self.found_by_beginnings(alice)
        self.assertEqual(row["tags"], {"ids": ["vip"], "revision": 1})
        self.private_stays_private(alice, interaction)

    def test_version_12(self):
        """Tags that were changed after the end are the last ones."""
        alice, interaction, row = self.chats(12)
        self.found_by_beginnings(alice)
        self.assertEqual(row["tags"], {"ids": ["urgent"], "revision": 2})
        self.tagged(alice, row)
        self.private_stays_private(alice, interaction)

    def tagged(self, alice, row):
        found = alice.get("/v1/conversations?view=resolved&tag=urgent")["conversations"]
        self.assertEqual([r["interaction"] for r in found], [row["interaction"]])
        self.assertEqual(alice.get("/v1/conversations?view=resolved&tag=vip")["conversations"], [])

    def test_version_13(self):
        """By its tag it is found as before."""
        alice, interaction, row = self.chats(13)
        self.tagged(alice, row)
        self.assertEqual((row["status"], row["sentiment"]), ("resolved", None))

    def test_version_14(self):
        """What was to be fetched as the centre ended, and cannot be now, is said of its message."""
        alice, interaction, _ = self.chats(14)
        self.found_by_beginnings(alice)
        messages = "/v1/conversations/%s/messages" % interaction["conversation"]["id"]
        api.until(lambda: alice.get(messages)["messages"][3].get("lost") == ["not_enabled"], what="the file to be given up")
        self.private_stays_private(alice, interaction)

    def test_version_15(self):
        """What another program wrote is indexed with what guichetd writes."""
        alice, interaction, row = self.chats(15)
        self.private_stays_private(alice, interaction)
        self.found_by_beginnings(alice)
        self.tagged(alice, row)

    def test_version_16(self):
        """An agent's clips are there, with what was said of them."""
        alice = self.open(16, CHATS)
        (clip,) = alice.get("/v1/clips")["clips"]
        self.assertEqual(clip, {"id": "cTq2o0yC1a9d", "scope": "personal", "label": "Opening hours", "tags": ["hours"], "seconds": 4.2,
                                "archived": True, "revision": 2, "version": 16})

    def test_version_17(self):
        """What an agent keeps of the directory."""
        alice = self.open(17, CHATS)
        items = alice.get("/v1/directory")["items"]
        self.assertEqual([(i["id"], i["favourite"]) for i in items[:3]], [("_x9Lw2aPq0sKd", False), ("billing", True), ("bob", False)])
        self.assertEqual((items[0]["name"], items[0]["numbers"]), ("Мама", ["029811111"]))

    def test_version_18(self):
        """What was recorded is known, with its length, though its file did not come along."""
        alice = self.open(18, CHATS)
        alice.desk()
        db = sqlite3.connect(os.path.join(alice.daemon.data, "guichet.db"))
        self.addCleanup(db.close)
        self.assertEqual(db.execute("SELECT interaction, milliseconds FROM recording").fetchall(), [("i8000000001", 5000)])

    def test_version_19(self):
        """What was written to an agent is there, read as it was."""
        alice = self.open(19, CHATS)
        (notice,) = alice.get("/v1/notices")["notices"]
        self.assertEqual((notice["text"], notice["from"]["agent"], notice["read"]), ("The trunk is down.", "bob", True))

    def test_version_20(self):
        """A message in a box, heard."""
        alice = self.open(20, CHATS)
        answer = alice.get("/v1/voicemail")
        self.assertEqual([(b["id"], b["messages"], b["new"]) for b in answer["boxes"]], [("alice", 1, 0)])
        self.assertEqual([(m["box"]["id"], m["duration"], m["heard"]) for m in answer["voicemails"]], [("alice", 5000, True)])

    def test_version_21(self):
        """What was out of service when it stopped is not known to be so any more."""
        alice = self.open(21, CHATS)
        told, written = alice.get("/v1/notices")["notices"]
        self.assertEqual((told["service"]["kind"], told["service"]["name"], told["read"], written["text"]),
                         ("mailbox", "info", False, "The trunk is down."))
        self.assertIsNotNone(told["service"]["back_at"])

    def test_version_22(self):
        """Where an agent has calls go, the number beside the journal, is kept."""
        alice = self.open(22, CHATS)
        self.assertEqual(alice.desk()["state"]["forwarding"], {"when": "not_taken", "to": "number", "number": "+33611223344"})

    def test_version_23(self):
        """The PIN that an agent has chosen is still the box's."""
        alice = self.open(23, CHATS)
        centre = alice.daemon.admin("GET", "/admin/definitions")["definitions"]
        centre["settings"]["voicemail_number"] = "8999"
        (box,) = [b for b in centre["voicemail_boxes"] if b.get("agent") == "alice"]
        box["key"] = "17"
        alice.daemon.apply(centre)
        self.assertEqual(alice.get("/v1/voicemail-pin"), {"number": "8999", "key": "17", "set": True})

    def test_of_the_newest_there_is_one(self):
        steps = [int(name[:3]) for name in os.listdir(os.path.join(HERE, "..", "..", "data", "sql")) if name[0].isdigit()]
        self.assertTrue(os.path.exists(os.path.join(HERE, "golden", "version-%d.sql" % max(steps))), max(steps))


if __name__ == "__main__":
    unittest.main(verbosity=2)
