# SPDX-License-Identifier: GPL-3.0-or-later
"""What is stored of people: given out, erased without a trace, forgotten in time; and a backup that is restored."""

import glob
import json
import os
import sqlite3
import subprocess

import scene
from api import until

DAY = 24 * 60 * 60 * 1000


class People(scene.Scene):
    def ctl(self, *args):
        done = subprocess.run([os.path.join(scene.BUILD, "src", "ctl", "guichetctl"), "--data", self.daemon.data, *args],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def ask_outside(self, agent, interaction, number):
        """A number that nobody answers is asked for advice; the customer is resumed."""
        agent.post("/v1/interactions/%s/consult" % interaction, {"to": {"number": number}, "kind": "consult"})
        agent.wait(lambda e: e["type"] == "interaction.changed" and
                   [p["state"] for p in e["interaction"]["parties"]] == ["ended"])
        agent.post("/v1/interactions/%s/resume" % interaction)

    def call(self, agent, asked=None, **more):
        """A call with all that can be written of it, wrapped up: (interaction, participation)."""
        customer, interaction, part = self.answered(agent, **more)
        if asked is not None:
            self.ask_outside(agent, interaction["id"], asked)
        agent.put("/v1/participations/%s/note" % part["id"], {"text": "Remembers the xylophone", "revision": 0})
        agent.put("/v1/interactions/%s/variables/mood" % interaction["id"], {"value": "quizzical", "revision": 0})
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        customer.wait()
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        return interaction["id"], part["id"]

    def wrap_up(self, agent, part):
        agent.post("/v1/participations/%s/wrap_up/submit" % part)
        agent.wait("interaction.closed")

    def traces(self, *words):
        """Which of these words stand in any file of the data directory."""
        found = []
        for path in glob.glob(os.path.join(self.daemon.data, "*")):
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    content = f.read()
                found += [(os.path.basename(path), word) for word in words if word.encode() in content]
        return found

    def database(self):
        return sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))

    def test_export_and_erase(self):
        self.centre["queues"][0]["dial_out"] = True
        self.daemon.apply(self.centre)
        agent = self.agent()
        # The first call is from before the customer was written down; the second is linked to it.
        _, first = self.call(agent, caller="+33987654321", name="Gwendoline")
        self.wrap_up(agent, first)
        interaction, second = self.call(agent, asked="+33155550001", caller="+33987654321", name="Gwendoline",
                                        headers="X-Guichet-Account: Kestrel-7\nX-Guichet-Pin: 8642\n")
        made = agent.post("/v1/customers", {"name": "Gwendoline Quast", "numbers": ["+33987654321"],
                                            "interaction": interaction})["customer"]
        self.wrap_up(agent, second)
        other, third = self.call(agent, caller="+33111111111", name="Somebody")
        self.wrap_up(agent, third)

        exported = json.loads(self.ctl("customer", "export", made["id"]))
        self.assertEqual((exported["name"], exported["numbers"], len(exported["interactions"])),
                         ("Gwendoline Quast", ["+33987654321"], 2))
        self.assertIn("xylophone", json.dumps(exported))
        self.assertIn("Kestrel-7", json.dumps(exported))

        self.assertNotIn("33155550001", json.dumps(exported))

        words = ("Gwendoline", "Quast", "33987654321", "Kestrel-7", "33155550001")
        self.assertEqual({word for _, word in self.traces(*words)}, set(words))
        self.ctl("customer", "erase", made["id"])
        self.assertEqual(self.traces(*words), [])
        self.refused(lambda: self.daemon.admin("GET", "/admin/customers/%s/export" % made["id"]), 404, "not_found")
        history = agent.get("/v1/recent")["recent"]
        self.assertEqual([r["customer"]["number"] for r in history if r["interaction"] != other], [None, None])
        self.daemon.stop()
        self.assertEqual(self.traces(*words), [])
        with self.database() as db:
            texts = [t for (t,) in db.execute("SELECT interaction FROM note")]
            audit = db.execute("SELECT who, action, detail FROM audit WHERE action = 'customer_erase'").fetchall()
        db.close()
        self.assertEqual(texts, [other])
        self.assertEqual(audit, [("administrator", "customer_erase", made["id"])])
        self.daemon.start()

    def test_forgotten_in_time(self):
        agent = self.agent()
        old, part = self.call(agent)
        self.wrap_up(agent, part)
        young, part = self.call(agent)
        self.wrap_up(agent, part)
        agent.close()
        self.daemon.stop()
        with self.database() as db:
            for table in ("interaction", "recent", "note"):
                db.execute("UPDATE %s SET at = at - ? WHERE %s = ?" % (table, "id" if table == "interaction" else "interaction"),
                           (400 * DAY, old))
        db.close()
        self.daemon.start()

        def left():
            with self.database() as db:
                found = [{i for (i,) in db.execute("SELECT %s FROM %s" % ("id" if t == "interaction" else "interaction", t))}
                         for t in ("interaction", "recent", "note", "value")]
            db.close()
            return found
        until(lambda: left() == [{young}] * 4, what="forgetting")

    def test_backup_restored(self):
        """A centre that goes back in time has a new epoch: an old cursor gets 410 and the desk takes a snapshot."""
        agent = self.agent()
        before, part = self.call(agent)
        self.wrap_up(agent, part)
        backup = os.path.join(self.folder, "backup.db")
        with self.database() as db:
            db.execute("VACUUM INTO ?", (backup,))
        db.close()
        after, part = self.call(agent)
        self.wrap_up(agent, part)
        desk = agent.desk()
        agent.close()
        self.daemon.stop()
        for path in glob.glob(os.path.join(self.daemon.data, "guichet.db*")):
            os.unlink(path)
        os.rename(backup, os.path.join(self.daemon.data, "guichet.db"))
        with self.database() as db:
            db.execute("DELETE FROM meta WHERE key = 'epoch'")
        db.close()
        self.daemon.start()
        with self.assertRaises(Exception) as caught:
            agent.listen(desk["cursor"])
        self.assertIn("410", str(caught.exception))
        again = agent.desk()
        self.assertNotEqual(again["epoch"], desk["epoch"])
        self.assertLess(again["seq"], desk["seq"])
        self.assertEqual([r["interaction"] for r in again["recent"]], [before])
        self.assertNotIn(after, json.dumps(again))


if __name__ == "__main__":
    scene.main()
