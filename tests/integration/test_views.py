# SPDX-License-Identifier: GPL-3.0-or-later
"""Views of conversations: mine, unassigned, resolved; taking one, asking for one more, tags after the end."""

import contextlib
import http.client
import os
import sqlite3
import unittest

import scene
import api  # noqa: E402
from chats import Chats


class Views(Chats):
    program = os.environ.get("GUICHETD_TEST", "../tests/server/guichetd-test")

    def define(self):
        super().define()
        centre = self.centre
        centre["queues"].append(scene.queue("kept", channel="webchat"))
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

    # --- where it stands -----------------------------------------------------------------------

    def test_where_it_stands(self):
        alice, sue = self.desk(), self.desk("sue")
        customer = self.customer(name="Anna Petrova")
        interaction, part = self.accepted(alice, customer)
        status = "/v1/interactions/%s/status" % interaction["id"]
        stands = lambda word: alice.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["status"] == word)  # noqa: E731
        self.assertEqual(interaction["status"], "open")
        # With a message, until the customer writes.
        sent = self.send(alice, interaction, "I'll ask, please send your number", then="pending", key="k1")
        self.assertEqual(sent["then"], "pending")
        self.assertEqual(stands("pending")["cause"], "status")
        self.assertEqual(self.send(alice, interaction, "I'll ask, please send your number", then="pending", key="k1")["id"], sent["id"])
        self.refused(lambda: self.send(alice, interaction, "I'll ask, please send your number", key="k1"), 422, "idempotency_mismatch")
        self.assertEqual([r["interaction"] for r in self.rows(alice, "mine", status="pending")], [interaction["id"]])
        self.assertEqual(self.rows(alice, "mine", status="open"), [])
        customer.said("K-17")
        stands("open")
        # Supervisors see what they are to look at, and who has it.
        self.assertEqual(self.rows(sue, "escalated"), [])
        self.send(alice, interaction, "one moment", then="escalated")
        stands("escalated")
        (row,) = self.rows(sue, "escalated")
        self.assertEqual((row["interaction"], row["kind"], row["status"], row["with"]),
                         (interaction["id"], "escalated", "escalated", [{"agent": "alice", "name": "Alice"}]))
        self.assertEqual(self.rows(alice, "escalated"), [])
        customer.said("still there?")
        for one in (alice, sue):
            one.close()
        self.daemon.kill()
        self.daemon.start()
        (row,) = self.rows(sue, "escalated")
        self.assertEqual(row["last"]["text"], "still there?")
        alice.listen(alice.desk()["cursor"])
        alice.put(status, {"status": "open"})
        self.assertEqual(self.rows(sue, "escalated"), [])
        # By who leads, and only what there is.
        self.refused(lambda: alice.put(status, {"status": "resolved"}), 422, "invalid")
        self.refused(lambda: self.send(alice, interaction, "x", then="open"), 422, "invalid")
        self.refused(lambda: self.send(alice, interaction, "x", then="pending", private=True), 422, "invalid")
        self.refused(lambda: sue.put(status, {"status": "pending"}), 404, "not_found")
        self.refused(lambda: alice.get("/v1/conversations?view=mine&status=done"), 422, "invalid")
        # Resolved with the last word.
        self.send(alice, interaction, "done, good-bye", then="resolved")
        left = alice.wait_cause("wrap_up_started")["interaction"]
        self.assertEqual((left["status"], left["customer_left"]["cause"]), ("resolved", "agent_ended"))
        self.assertEqual(self.texts(alice, interaction)[-1], "done, good-bye")
        self.assertEqual(self.refused(lambda: alice.put(status, {"status": "pending"}), 409, "not_now")["reason"], "wrap_up")
        changes = [(e.get("agent"), e.get("status", "open"), e["reason"]) for e in
                   alice.get("/v1/journal?interaction=" + interaction["id"])["events"] if e["type"] == "interaction.status_changed"]
        self.assertEqual(changes, [("alice", "pending", "agent_choice"), (None, "open", "customer_wrote"),
                                   ("alice", "escalated", "agent_choice"), ("alice", "open", "agent_choice")])

    def test_what_a_message_does_is_in_its_commit(self):
        """Killed at the first commit that holds the message: what it does to the conversation is in it too."""
        begun = os.path.join(self.folder, "begun")
        self.daemon.stop()
        self.daemon.start(env={"GUICHET_TEST_KILL": "after_commit:1", "GUICHET_TEST_FROM": begun})
        alice = self.desk()
        interaction, part = self.accepted(alice, self.customer(name="Anna Petrova"))
        open(begun, "w").close()
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.send(alice, interaction, "please look", then="escalated", key="k1")
        self.daemon.wait()
        alice.close()
        self.daemon.start()
        (row,) = self.rows(alice, "mine")
        # Where something else was written in that moment, it is neither.
        self.assertIn((row["last"] and row["last"]["text"], row["status"]), [("please look", "escalated"), (None, "open")])
        self.assertEqual(self.send(alice, interaction, "please look", then="escalated", key="k1")["then"], "escalated")
        self.assertEqual([r["status"] for r in self.rows(alice, "mine")], ["escalated"])

    def test_tags_and_sentiment_go_along(self):
        alice, bob = self.desk(), self.desk("bob")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        interaction, part = self.accepted(alice, self.customer(name="Anna Petrova"))
        tags, felt = "/v1/participations/%s/tags", "/v1/participations/%s/sentiment"
        alice.put(tags % part["id"], {"ids": ["vip"], "revision": 0})
        self.assertEqual(alice.put(felt % part["id"], {"sentiment": "negative", "revision": 0})["revision"], 1)
        problem = self.refused(lambda: alice.put(felt % part["id"], {"sentiment": "neutral", "revision": 0}), 409, "conflict")
        self.assertEqual(problem["current"], {"sentiment": "negative", "revision": 1})
        self.refused(lambda: alice.put(felt % part["id"], {"sentiment": "sad", "revision": 1}), 422, "invalid")
        self.assertEqual([r["interaction"] for r in self.rows(alice, "mine", tag="vip")], [interaction["id"]])
        self.assertEqual(self.rows(alice, "mine", tag="urgent"), [])
        # Who has it next goes on from where it stands.
        bob.available()
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        alice.post("/v1/interactions/%s/unassign" % interaction["id"])
        offer = bob.wait("offer.created")["offer"]
        bob.post("/v1/offers/%s/accept" % offer["id"])
        own = next(p for p in bob.wait_cause("joined")["interaction"]["participations"] if p["agent"] == "bob")
        self.assertEqual((own["tags"], own["sentiment"]), ({"ids": ["vip"], "revision": 1}, {"sentiment": "negative", "revision": 1}))
        self.assertEqual(bob.put(tags % own["id"], {"ids": ["vip", "urgent"], "revision": 1})["revision"], 2)
        bob.put(felt % own["id"], {"sentiment": "positive", "revision": 1})
        bob.post("/v1/interactions/%s/end" % interaction["id"])
        bob.wait_cause("wrap_up_started")
        self.end(bob, interaction, own)
        (row,) = self.rows(bob, "resolved", tag="urgent")
        self.assertEqual((row["sentiment"], row["status"], sorted(row["tags"]["ids"])), ("positive", "resolved", ["urgent", "vip"]))
        self.assertEqual([p["sentiment"] for p in row["parts"] if p["kind"] == "handled"], ["negative", "positive"])
        # By the index, as the tags change after the end.
        other, _ = self.finished(bob, self.customer(name="Boris"))
        self.assertEqual([r["interaction"] for r in self.rows(bob, "resolved")], [other["id"], interaction["id"]])
        bob.put(tags % own["id"], {"ids": ["urgent"], "revision": 2})
        self.assertEqual(self.rows(bob, "resolved", tag="vip"), [])
        sue = self.desk("sue")
        self.assertEqual([r["interaction"] for r in self.rows(sue, "resolved", tag="urgent", queue="chat")], [interaction["id"]])
        self.assertEqual(self.rows(sue, "resolved", tag="urgent", queue="kept"), [])

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
