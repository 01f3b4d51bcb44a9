# SPDX-License-Identifier: GPL-3.0-or-later
"""Digital work that is handed on: given back, transferred, taken several at once."""

import datetime

import scene
from api import until
from chats import Chats


class Routing(Chats):
    def define(self):
        centre = self.centre
        centre["teams"].append({"id": "back", "names": scene.names("Back office")})
        centre["skills"] = [{"id": "italian", "names": scene.names("Italian")}, {"id": "welsh", "names": scene.names("Welsh")}]
        centre["queues"] += [
            scene.queue("second", channel="webchat"),
            scene.queue("full", channel="webchat", max_waiting=1, when_full={"action": "reject"})]
        centre["agents"].append({"id": "carol", "name": "Carol", "language": "fr", "team": "back",
                                 "skills": [{"skill": "italian", "level": 3}], "queues": []})
        super().define()
        centre["agents"][-1]["queues"] = ["second"]
        # Who gives a chat away does not get it back within a test.
        centre["settings"]["reoffer_seconds"] = 600
        self.daemon.apply(centre)
        self.daemon.set_password("carol")

    def wrapped_up(self, agent, interaction):
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][-1]
        self.end(agent, interaction, part)

    def transfer(self, giver, interaction, **to):
        return giver.post("/v1/interactions/%s/transfer" % interaction["id"], {"to": to})

    def target(self, agent, interaction, kind, ident):
        """What the directory says of it, and why it cannot have this, or None."""
        items = agent.get("/v1/directory?limit=200&interaction=%s" % interaction["id"])["items"]
        (one,) = [i for i in items if (i["kind"], i["id"]) == (kind, ident)]
        problem = one["actions"]["transfer"]
        return one, None if problem == "allowed" else problem

    # --- unassign ------------------------------------------------------------------------------

    def test_unassigned_goes_to_another_agent_with_all_that_was_written(self):
        alice = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("my parcel")
        self.send(alice, interaction, "I look")
        bob = self.desk("bob")
        alice.post("/v1/interactions/%s/unassign" % interaction["id"])
        closed = alice.wait("interaction.closed")
        self.assertEqual(closed["interaction"], interaction["id"])
        customer.wait_state("waiting")
        offer = bob.wait("offer.created")["offer"]
        self.assertEqual((offer["interaction"], offer["from"]), (interaction["id"], None))
        bob.post("/v1/offers/%s/accept" % offer["id"])
        again = bob.wait_cause("joined")["interaction"]
        self.assertEqual(self.texts(bob, again), ["my parcel", "I look"])
        problem = self.refused(lambda: alice.post("/v1/interactions/%s/unassign" % interaction["id"]), 404, "not_found")
        self.assertIsNotNone(problem)
        # Alice is available all the while: nothing of it counted against her.
        self.assertEqual(alice.desk()["state"]["state"], "available")
        customer.said("and now?")
        self.send(bob, again, "here it is")
        customer.wait_text("here it is")

    # --- transfer ------------------------------------------------------------------------------

    def test_transferred_to_an_agent(self):
        alice, bob = self.desk(), None
        customer = self.customer()
        interaction, part = self.accepted(alice, customer)
        customer.said("first words")
        self.send(alice, interaction, "an answer")
        alice.put("/v1/participations/%s/note" % part["id"], {"text": "Wants a refund", "revision": 0})
        self.assertEqual(self.target(alice, interaction, "agent", "bob")[1], "owner_away")
        self.assertEqual(self.refused(lambda: self.transfer(alice, interaction, agent="bob"), 409, "not_now")["reason"], "owner_away")
        bob = self.desk("bob")
        shown, problem = self.target(alice, interaction, "agent", "bob")
        self.assertEqual((shown["name"], shown["presence"]["presence"], shown["team"]["id"], problem), ("Bob", "ready", "counter", None))
        self.transfer(alice, interaction, agent="bob")
        alice.wait_cause("left")
        offer = bob.wait("offer.created")["offer"]
        self.assertEqual((offer["kind"], offer["from"]["agent"], offer["from"]["name"], offer["from"]["team"]["en"]),
                         ("transfer", "alice", "Alice", "Counter"))
        bob.post("/v1/offers/%s/accept" % offer["id"])
        again = bob.wait_cause("joined")["interaction"]
        self.assertEqual(again["from"]["name"], "Alice")
        self.assertEqual([(p["agent"], p["note"]["text"]) for p in again["participations"]], [("alice", "Wants a refund"), ("bob", "")])
        self.assertEqual(self.texts(bob, again), ["first words", "an answer"])
        customer.wait(lambda e: e["type"] == "state" and e["state"] == "talking" and e["agent"] == "Bob")
        self.send(bob, again, "Bob here")
        customer.wait_text("Bob here")
        # Alice wraps up her part; Bob's goes on.
        self.wrapped_up(alice, interaction)
        self.send(bob, again, "still here")
        customer.wait_text("still here")
        # Known again after a restart.
        bob.close()
        alice.close()
        customer.cut()
        self.daemon.kill()
        self.daemon.start()
        (kept,) = bob.desk()["interactions"]
        self.assertEqual(kept["from"]["name"], "Alice")

    def test_who_transferred_is_known_after_a_restart_amid_it(self):
        """Killed while the offer stands, and again after it was accepted."""
        alice, bob = self.desk(), self.desk("bob")
        bob.put("/v1/memberships", {"queues": "all", "state": "out"})
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("first words")
        self.transfer(alice, interaction, agent="bob")
        self.assertEqual(bob.wait("offer.created")["offer"]["from"]["name"], "Alice")
        self.daemon.kill()  # first: an offer to a desk that vanished is withdrawn at once
        for agent in (alice, bob):
            agent.close()
        customer.cut()
        self.daemon.start()
        (offer,) = bob.desk()["offers"]
        self.assertEqual((offer["interaction"], offer["from"]["name"]), (interaction["id"], "Alice"))
        bob.listen()
        bob.post("/v1/offers/%s/accept" % offer["id"])
        self.assertEqual(bob.wait_cause("joined")["interaction"]["from"]["name"], "Alice")
        bob.close()
        self.daemon.kill()
        self.daemon.start()
        (kept,) = bob.desk()["interactions"]
        self.assertEqual((kept["id"], kept["from"]["agent"], kept["from"]["name"]), (interaction["id"], "alice", "Alice"))

    def test_declined_by_the_agent_it_goes_to_its_queue(self):
        alice, bob = self.desk(), self.desk("bob")
        bob.put("/v1/memberships", {"queues": "all", "state": "out"})
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("hello")
        self.transfer(alice, interaction, agent="bob")
        offer = bob.wait("offer.created")["offer"]
        bob.post("/v1/offers/%s/decline" % offer["id"])
        bob.wait_state("idle", "refused")
        bob.put("/v1/memberships", {"queues": "all", "state": "ready"})
        self.wrapped_up(alice, interaction)
        customer.wait_state("waiting")
        # It waits in its queue, for neither of the two for a while.
        self.assertEqual([q["waiting"] for q in alice.desk()["queues"] if q["id"] == "chat"], [1])

    def test_transferred_to_a_queue(self):
        alice, carol = self.desk(), self.desk("carol")
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("for the second line")
        self.assertIsNone(self.target(alice, interaction, "queue", "second")[1])
        self.transfer(alice, interaction, queue="second")
        offer = carol.wait("offer.created")["offer"]
        self.assertEqual((offer["queue"], offer["from"]["name"]), ("second", "Alice"))
        carol.post("/v1/offers/%s/accept" % offer["id"])
        again = carol.wait_cause("joined")["interaction"]
        self.assertEqual((again["queue"], self.texts(carol, again)), ("second", ["for the second line"]))

    def test_transferred_to_a_skill(self):
        alice, bob = self.desk(), self.desk("bob")
        self.centre["agents"][-1]["queues"].append("chat")
        self.daemon.apply(self.centre)
        customer = self.customer()
        first = self.offered(alice, bob)
        interaction = self.take(first)
        carol = self.desk("carol")
        self.assertEqual(self.target(first, interaction, "skill", "welsh")[1], "unstaffed")
        self.assertIsNone(self.target(first, interaction, "skill", "italian")[1])
        self.transfer(first, interaction, skill="italian")
        offer = carol.wait("offer.created")["offer"]
        self.assertEqual((offer["interaction"], offer["kind"]), (interaction["id"], "transfer"))
        customer.wait_state("waiting")

    def test_transferred_to_a_team(self):
        alice, bob = self.desk(), self.desk("bob")
        self.centre["agents"][-1]["queues"].append("chat")
        self.daemon.apply(self.centre)
        customer = self.customer()
        first = self.offered(alice, bob)
        interaction = self.take(first)
        self.assertIsNone(self.target(first, interaction, "team", "back")[1])
        self.refused(lambda: self.transfer(first, interaction, team="none"), 404, "not_found")
        self.transfer(first, interaction, team="back")
        customer.wait_state("waiting")
        # Of those who serve the queue it waits for the team alone, also for who joins it.
        carol = self.desk("carol")
        offer = carol.wait("offer.created")["offer"]
        self.assertEqual((offer["interaction"], offer["kind"], offer["from"]["agent"]), (interaction["id"], "transfer", first.agent))
        carol.post("/v1/offers/%s/decline" % offer["id"])
        carol.wait("offer.ended")
        other = bob if first is alice else alice
        self.assertEqual(other.desk()["offers"], [])
        self.refused(lambda: other.put("/v1/session/team", {"team": "back"}), 422, "invalid")
        self.centre["agents"] = [dict(a, teams=["back"]) for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        other.put("/v1/session/team", {"team": "back"})
        self.assertEqual(other.wait("offer.created")["offer"]["interaction"], interaction["id"])

    def offered(self, *agents):
        """Which of them is offered the one contact that there is."""
        found = []

        def look():
            for agent in agents:
                with agent.changed:
                    found.extend(agent for e in agent.events if e["type"] == "offer.created")
            return found
        until(look, what="an offer")
        return found[0]

    def take(self, agent):
        offer = agent.wait("offer.created")["offer"]
        agent.post("/v1/offers/%s/accept" % offer["id"])
        return agent.wait_cause("joined")["interaction"]

    def test_what_cannot_be_is_refused(self):
        alice = self.desk()
        customer = self.customer()
        interaction, part = self.accepted(alice, customer)
        path = "/v1/interactions/%s/transfer" % interaction["id"]
        for body, status, code in (({}, 400, "bad_request"), ({"to": {}}, 422, "invalid"),
                                   ({"to": {"queue": "chat", "agent": "bob"}}, 422, "invalid"),
                                   ({"to": {"queue": "billing"}}, 422, "invalid"), ({"to": {"agent": "alice"}}, 422, "invalid"),
                                   ({"to": {"queue": "nowhere"}}, 404, "not_found"), ({"to": {"agent": "nobody"}}, 404, "not_found"),
                                   ({"to": {"skill": "flight"}}, 404, "not_found"), ({"to": {"queue": 1}}, 400, "bad_request"),
                                   ({"to": {"queue": "x" * 200}}, 422, "invalid"), ({"to": {"evil": "x"}}, 400, "bad_request")):
            with self.subTest(body=body):
                self.refused(lambda b=body: alice.post(path, b, hostile=True), status, code)
        self.assertEqual(self.refused(lambda: self.transfer(alice, interaction, queue="shut"), 409, "not_now")["reason"], "unstaffed")
        self.assertEqual(self.target(alice, interaction, "queue", "shut")[1], "unstaffed")
        self.refused(lambda: alice.get("/v1/directory?interaction=i0"), 404, "not_found")
        alice.post("/v1/interactions/%s/end" % interaction["id"])
        part = alice.wait_cause("wrap_up_started")["interaction"]["participations"][-1]
        self.assertIn(self.refused(lambda: self.transfer(alice, interaction, queue="chat"), 409, "not_now")["reason"],
                      ("wrap_up", "customer_gone"))
        self.refused(lambda: alice.post("/v1/interactions/%s/unassign" % interaction["id"]), 409, "not_now")
        self.end(alice, interaction, part)

    # --- coming back ----------------------------------------------------------------------------

    def test_who_writes_again_comes_back_to_the_same_agent(self):
        alice, bob = self.desk(), None
        customer = self.customer(values={"account": "K-7"})
        interaction, part = self.accepted(alice, customer)
        customer.said("first")
        self.send(alice, interaction, "bye")
        bob = self.desk("bob")
        alice.post("/v1/interactions/%s/end" % interaction["id"])
        self.assertTrue(customer.wait_state("ended")["reopens"])
        self.wrapped_up(alice, interaction)
        number = customer.said("one more thing", key="again")
        self.assertEqual(number, 3)
        customer.wait_state("waiting")
        offer = alice.wait("offer.created")["offer"]
        self.assertEqual((offer["kind"], offer["customer"]["name"]), ("personal", "Gwen"))
        self.assertIn({"variable": "account", "value": "K-7"}, offer["card"])
        alice.post("/v1/offers/%s/accept" % offer["id"])
        again = alice.wait_cause("joined")["interaction"]
        self.assertNotEqual(again["id"], interaction["id"])
        self.assertEqual((again["conversation"]["id"], again["queue"]), (interaction["conversation"]["id"], "chat"))
        self.assertEqual(self.texts(alice, again), ["first", "bye", "one more thing"])
        self.assertEqual(customer.said("one more thing", key="again"), 3)
        self.send(alice, again, "yes?")
        customer.wait_text("yes?")
        alice.post("/v1/interactions/%s/end" % again["id"])
        self.wrapped_up(alice, again)
        with bob.changed:
            self.assertEqual([e for e in bob.events if e["type"] == "offer.created"], [])

    def test_who_comes_back_too_late_begins_anew(self):
        self.centre["settings"]["reopen_seconds"] = 0
        self.daemon.apply(self.centre)
        alice = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        alice.post("/v1/interactions/%s/end" % interaction["id"])
        self.assertFalse(customer.wait_state("ended")["reopens"])
        customer.write("too late", key="late")
        self.assertEqual(customer.wait("refused"), {"type": "refused", "key": "late", "code": "ended"})

    # --- the time to accept ---------------------------------------------------------------------

    def test_a_chat_that_is_not_accepted_in_time(self):
        self.short_rings()
        alice = self.desk()
        self.customer()
        offer = alice.wait("offer.created")["offer"]
        ended = alice.wait(lambda e: e["type"] == "offer.ended" and e["offer"] == offer["id"])
        self.assertEqual((ended["outcome"], ended["reason"], ended["recent"]["kind"]), ("missed", "no_answer", "missed"))
        alice.wait_state("idle", "refused")
        self.assertEqual([q["waiting"] for q in alice.desk()["queues"] if q["id"] == "chat"], [1])

    def test_the_time_to_accept_is_45_seconds(self):
        for queue in self.centre["queues"]:
            if queue["id"] == "chat":
                del queue["ring_seconds"]
        self.daemon.apply(self.centre)
        alice = self.desk()
        self.customer()
        offer = alice.wait("offer.created")["offer"]
        times = [datetime.datetime.fromisoformat(offer[m].replace("Z", "+00:00")) for m in ("created_at", "deadline")]
        self.assertEqual((times[1] - times[0]).total_seconds(), 45)

    # --- silence -------------------------------------------------------------------------------

    def silence(self, seconds, warning):
        for queue in self.centre["queues"]:
            if queue["id"] == "chat":
                queue.update(silence_seconds=seconds, silence_warning_seconds=warning)
        self.daemon.apply(self.centre)

    def test_a_silent_customer_is_told_then_the_chat_is_closed(self):
        self.silence(600, 600)
        alice = self.desk()
        customer = self.customer()
        interaction, part = self.accepted(alice, customer)
        self.send(alice, interaction, "Which parcel?")
        told = customer.wait(lambda e: e["type"] == "state" and e.get("closes_at"))
        self.assertEqual(told["state"], "talking")
        customer.said("the blue one")
        customer.wait(lambda e: e["type"] == "state" and e["state"] == "talking" and not e.get("closes_at"))
        # Who is waiting for a word of the agent is not silent, however short the time.
        self.silence(1, 0)
        customer.said("well?")
        self.silence(600, 600)
        self.send(alice, interaction, "I look")
        customer.wait(lambda e: e["type"] == "state" and e.get("closes_at"))
        customer.send(type="typing", on=True)
        customer.wait(lambda e: e["type"] == "state" and e["state"] == "talking" and not e.get("closes_at"))
        self.silence(1, 1)
        left = alice.wait_cause("customer_left")["interaction"]
        self.assertEqual(left["customer_left"]["cause"], "silence")
        self.assertEqual(customer.wait_state("ended")["reason"], "silence")
        self.wrapped_up(alice, interaction)

    def test_only_chats_are_closed_on_silence(self):
        self.centre["queues"][0]["silence_seconds"] = 60
        problem = self.refused(lambda: self.daemon.apply(self.centre), 422, "invalid")
        self.assertEqual([p["path"] for p in problem["problems"]], ["queues[0].silence_seconds"])

    # --- several at once -----------------------------------------------------------------------

    def test_all_at_once(self):
        customers = [self.customer(name="Customer %d" % n) for n in range(3)]
        alice = self.desk()
        offers = [alice.wait("offer.created")["offer"]["id"] for _ in customers]
        answer = alice.post("/v1/offers/accept", {"offers": offers})
        self.assertEqual((sorted(answer["accepted"]), answer["failed"]), (sorted(offers), []))
        joined = [alice.wait_cause("joined")["interaction"]["id"] for _ in customers]
        self.assertEqual(len(set(joined)), 3)
        for customer in customers:
            customer.wait_state("talking")

    def test_each_that_failed_is_told(self):
        first, second = self.customer(name="First"), self.customer(name="Second")
        alice = self.desk()
        offers = {alice.wait("offer.created")["offer"]["id"] for _ in range(2)}
        first.send(type="end")
        gone = alice.wait("offer.ended")["offer"]
        answer = alice.post("/v1/offers/accept", {"offers": sorted(offers) + ["o0", "nonsense"]})
        self.assertEqual(answer["accepted"], [o for o in offers if o != gone])
        self.assertEqual(sorted((f["offer"], f["reason"]) for f in answer["failed"]),
                         sorted((o, "offer_over") for o in (gone, "o0", "nonsense")))
        second.wait_state("talking")
        self.refused(lambda: alice.post("/v1/offers/accept", {}, hostile=True), 400, "bad_request")
        self.refused(lambda: alice.post("/v1/offers/accept", {"offers": [1]}, hostile=True), 400, "bad_request")
        self.assertEqual(alice.post("/v1/offers/accept", {"offers": []})["accepted"], [])


if __name__ == "__main__":
    scene.main()
