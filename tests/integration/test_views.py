# SPDX-License-Identifier: GPL-3.0-or-later
"""Views of conversations: mine, unassigned, resolved; taking one, asking for one more, tags after the end."""

import sqlite3
import unittest

import scene
import api  # noqa: E402
from chats import Chats


class Views(Chats):
    def define(self):
        super().define()
        centre = self.centre
        centre["queues"].append(scene.queue("kept", channel="webchat", ring_seconds=15))
        centre["entry_points"].append({"id": "kept", "names": scene.names("Kept"), "channel": "webchat", "addresses": ["kept"],
                                       "queue": "kept", "language": "en"})
        for queue in centre["queues"]:
            if queue["id"] == "chat":
                queue["take"] = True
        centre["settings"]["slots"][-1] = {"channel": "webchat", "count": 3, "auto": 1}
        centre["agents"][0]["queues"].append("kept")
        centre["agents"].append({"id": "sue", "name": "Sue", "role": "supervisor", "team": "counter", "skills": [], "queues": []})
        self.daemon.apply(centre)
        self.daemon.set_password("sue")

    def view(self, agent, view, **more):
        query = "&".join("%s=%s" % pair for pair in dict(more, view=view).items())
        return agent.get("/v1/conversations?" + query)

    def rows(self, agent, view, **more):
        return self.view(agent, view, **more)["conversations"]

    def waits(self, customer, text):
        customer.wait_state("waiting")
        customer.said(text)
        return customer

    def waiting(self, agent, n):
        return api.until(lambda: (lambda rows: rows if len(rows) == n else None)(self.rows(agent, "unassigned")))

    def finished(self, agent, customer, text="done"):
        interaction, part = self.accepted(agent, customer)
        self.send(agent, interaction, text)
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.end(agent, interaction, part)
        return interaction, part

    # --- unassigned ----------------------------------------------------------------------------

    def test_what_waits_is_seen_and_taken(self):
        alice = self.desk()
        mine, part = self.accepted(alice, self.customer())
        first = self.waits(self.customer(name="Anna Petrova"), "where is my parcel")
        second = self.waits(self.customer(name="Boris"), "I want to return it")
        kept = self.waits(self.customer(entry="kept"), "hello")
        rows = self.waiting(alice, 3)
        self.assertEqual([(r["customer"]["name"], r["last"]["text"], r["queue"], r["kind"], r["problem"]) for r in rows[:2]],
                         [("Anna Petrova", "where is my parcel", "chat", "waiting", None),
                          ("Boris", "I want to return it", "chat", "waiting", None)])
        self.assertEqual((rows[2]["queue"], rows[2]["problem"]), ("kept", "not_enabled"))
        self.assertLessEqual(rows[0]["since"], rows[1]["since"])
        # Filters, and pages.
        self.assertEqual([r["customer"]["name"] for r in self.rows(alice, "unassigned", query="petr")], ["Anna Petrova"])
        self.assertEqual([r["customer"]["name"] for r in self.rows(alice, "unassigned", query="return")], ["Boris"])
        self.assertEqual(len(self.rows(alice, "unassigned", queue="kept")), 1)
        self.assertEqual(self.rows(alice, "unassigned", channel="sms"), [])
        page = self.view(alice, "unassigned", limit=2)
        rest = self.view(alice, "unassigned", limit=2, after=page["next"])
        self.assertEqual([r["interaction"] for r in page["conversations"] + rest["conversations"]], [r["interaction"] for r in rows])
        self.assertIsNone(rest["next"])
        # Bob serves the one queue alone, and sees it although he is idle.
        bob = self.desk("bob")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait("offer.created")
        taken = rows[1]["interaction"]
        alice.post("/v1/interactions/%s/take" % taken)
        joined = alice.wait_cause("joined")["interaction"]
        self.assertEqual(joined["id"], taken)
        self.assertEqual(self.texts(alice, joined), ["I want to return it"])
        self.assertEqual(second.wait_state("talking")["agent"], "Alice")
        self.assertEqual(self.refused(lambda: alice.post("/v1/interactions/%s/take" % rows[2]["interaction"]), 409, "not_now")["reason"],
                         "not_enabled")
        self.assertEqual(self.refused(lambda: bob.post("/v1/interactions/%s/take" % taken), 409, "not_now")["reason"], "taken_elsewhere")
        self.assertEqual(self.refused(lambda: alice.post("/v1/interactions/%s/take" % rows[0]["interaction"]), 409, "not_now")["reason"],
                         "offered_elsewhere")
        self.refused(lambda: alice.post("/v1/interactions/i9999/take"), 404, "not_found")
        # What bob is offered waits no more for anybody else; what he has is not alice's.
        self.assertEqual([r["interaction"] for r in self.rows(alice, "unassigned")], [rows[2]["interaction"]])
        self.assertEqual({r["interaction"] for r in self.rows(alice, "mine")}, {mine["id"], taken})
        self.assertEqual(self.rows(bob, "mine"), [])
        self.assertEqual(self.rows(alice, "mine")[0]["last"]["author"], "customer")
        del first, kept, part

    def test_the_line_is_told_when_it_moves(self):
        alice = self.desk()
        self.accepted(alice, self.customer())
        figures = lambda n: alice.wait(lambda e: e["type"] == "queue.figures" and [q for q in e["queues"] if q["id"] == "chat"  # noqa: E731
                                                                                and q["waiting"] == n])
        customer = self.waits(self.customer(), "hello")
        figures(1)
        customer.send(type="end")
        figures(0)

    # --- one more ------------------------------------------------------------------------------

    def test_one_more(self):
        alice = self.desk()
        agent = alice.desk()["agent"]
        self.assertEqual((agent["slots"]["webchat"], agent["auto"]["webchat"]), (3, 1))
        self.assertEqual(self.refused(lambda: alice.post("/v1/pull"), 409, "not_now")["reason"], "nobody_waits")
        self.accepted(alice, self.customer())
        oldest = self.waits(self.customer(entry="kept"), "one")
        self.waits(self.customer(), "two")
        rows = self.waiting(alice, 2)
        answer = alice.post("/v1/pull", {"channel": "webchat"})
        self.assertEqual(answer["interaction"], rows[0]["interaction"])
        oldest.wait_state("talking")
        self.assertEqual(alice.wait_cause("joined")["interaction"]["id"], rows[0]["interaction"])
        self.assertEqual(alice.post("/v1/pull")["interaction"], rows[1]["interaction"])
        self.waits(self.customer(), "three")
        self.waiting(alice, 1)
        self.assertEqual(self.refused(lambda: alice.post("/v1/pull"), 409, "not_now")["reason"], "no_room")
        self.assertEqual(self.rows(alice, "unassigned")[0]["problem"], "no_room")
        self.refused(lambda: alice.post("/v1/pull", {"channel": "voice"}), 422, "invalid")

    # --- resolved ------------------------------------------------------------------------------

    def test_resolved_and_its_tags(self):
        alice, bob, sue = self.desk(), None, None
        customer = self.customer(name="Anna Petrova")
        customer.said("where is my parcel")
        interaction, part = self.accepted(alice, customer)
        alice.put("/v1/participations/%s/tags" % part["id"], {"ids": ["vip"], "revision": 0})
        alice.post("/v1/interactions/%s/end" % interaction["id"])
        alice.wait_cause("wrap_up_started")
        self.assertEqual(self.rows(alice, "resolved"), [])
        self.end(alice, interaction, part)
        (row,) = self.rows(alice, "resolved")
        self.assertEqual((row["interaction"], row["kind"], row["disposition"], row["tags"], row["participation"], row["taggable"]),
                         (interaction["id"], "handled", "solved", {"ids": ["vip"], "revision": 1}, part["id"], True))
        self.assertEqual(row["conversation"]["id"], interaction["conversation"]["id"])
        later, _ = self.finished(alice, self.customer(name="Boris"))
        self.assertEqual([r["interaction"] for r in self.rows(alice, "resolved")], [later["id"], interaction["id"]])
        page = self.view(alice, "resolved", limit=1)
        self.assertEqual([r["interaction"] for r in self.rows(alice, "resolved", after=page["next"])], [interaction["id"]])
        self.assertEqual([r["interaction"] for r in self.rows(alice, "resolved", query="parcel")], [interaction["id"]])
        # Tags after the end: on the newest alone, and seen by supervisors.
        path = "/v1/participations/%s/tags" % part["id"]
        self.assertEqual(alice.put(path, {"ids": ["urgent"], "revision": 1})["revision"], 2)
        problem = self.refused(lambda: alice.put(path, {"ids": [], "revision": 1}), 409, "conflict")
        self.assertEqual(problem["current"], {"ids": ["urgent"], "revision": 2})
        self.refused(lambda: alice.put(path, {"ids": ["nonsense"], "revision": 2}), 422, "invalid")
        bob, sue = self.desk("bob"), self.desk("sue")
        self.refused(lambda: bob.put(path, {"ids": [], "revision": 2}), 404, "not_found")
        self.assertEqual(self.rows(bob, "resolved"), [])
        shown = self.rows(sue, "resolved")
        self.assertEqual([(r["tags"]["ids"], r["participation"] is not None) for r in shown], [([], True), (["urgent"], True)])
        self.assertEqual(sue.put(path, {"ids": ["urgent", "vip"], "revision": 2})["revision"], 3)
        # All of it stands after a restart; the journal has who did it.
        events = [e for e in alice.get("/v1/journal?interaction=" + interaction["id"])["events"] if e["type"] == "conversation.tagged"]
        self.assertEqual([e["agent"] for e in events], ["alice", "sue"])
        for one in (alice, bob, sue):
            one.close()
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.rows(alice, "resolved")[1]["tags"], {"ids": ["urgent", "vip"], "revision": 3})
        # Too late, and switched off.
        alice.close()
        self.daemon.stop()
        db = sqlite3.connect(self.daemon.data + "/guichet.db")
        db.execute("UPDATE interaction SET ended = ended - 8 * 86400000 WHERE id = ?", (interaction["id"],))
        db.execute("UPDATE handled SET ended = ended - 8 * 86400000 WHERE interaction = ?", (interaction["id"],))
        db.commit()
        db.close()
        self.daemon.start()
        self.assertEqual([r["taggable"] for r in self.rows(alice, "resolved")], [True, False])
        self.assertEqual(self.refused(lambda: alice.put(path, {"ids": [], "revision": 3}), 409, "not_now")["reason"], "too_late")

    def test_what_others_wrote_is_theirs(self):
        self.centre["settings"]["history"] = "own"
        self.daemon.apply(self.centre)
        alice = self.desk()
        self.accepted(alice, self.customer())
        self.waits(self.customer(name="Anna"), "a secret")
        (row,) = self.waiting(alice, 1)
        self.assertEqual((row["customer"]["name"], row["visible"], row["last"], row["conversation"]), ("Anna", False, None, None))
        self.assertEqual(self.rows(alice, "unassigned", query="secret"), [])
        for wrong in ("view=all", "view=mine&limit=0", "view=resolved&after=x", "view=mine&channel=pigeon"):
            self.refused(lambda: alice.get("/v1/conversations?" + wrong), 422, "invalid")


if __name__ == "__main__":
    unittest.main(verbosity=2)
