# SPDX-License-Identifier: GPL-3.0-or-later
"""What agents write to each other: at once and after accepting, read and typed, ended and put away, beside a call; both first at
once; whose it is to read; guichetd killed in between."""

import threading

import scene
from api import Agent, until


class Im(scene.Scene):
    settings = {"im_acceptance": True}

    def define(self):
        self.centre["settings"].update(self.settings)
        for agent, role in (("carol", "agent"), ("dora", "supervisor")):
            self.centre["agents"].append({"id": agent, "name": agent.title(), "role": role, "team": "counter", "skills": [],
                                          "queues": ["billing"]})
        super().define()
        for agent in ("carol", "dora"):
            self.daemon.set_password(agent)

    def desk(self, name):
        agent = Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        return agent.listen()

    def write(self, agent, to, text, key=None):
        return agent.post("/v1/im", {"to": to, "text": text}, key=key)["message"]

    def messages(self, agent, conversation):
        return [(m["number"], m["agent"], m["text"]) for m in
                agent.get("/v1/conversations/%s/messages" % conversation)["messages"]]

    def open_of(self, agent):
        return [i for i in agent.get("/v1/desk")["interactions"] if i["channel"] == "im"]

    def not_now(self, call, reason):
        self.assertEqual(self.refused(call, 409, "not_now")["reason"], reason)

    def again(self, agent):
        agent.close()
        agent.desk()
        agent.listen()


class Asked(Im):
    def test_from_request_to_done(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        first = self.write(alice, "bob", "Hello Bob")
        self.assertEqual((first["number"], first["author"], first["agent"], first["state"]), (1, "agent", "alice", "sent"))
        offer = bob.wait("offer.created")["offer"]
        self.assertEqual((offer["channel"], offer["from"]["agent"], offer["queue"]), ("im", "alice", None))
        bob.post("/v1/offers/%s/accept" % offer["id"])
        seen = bob.wait_cause("joined")["interaction"]
        self.assertEqual(seen["between"], [{"agent": "alice", "name": "Alice"}, {"agent": "bob", "name": "Bob"}])
        self.assertEqual((seen["direction"], seen["conversation"]["last_number"]), ("internal", 1))
        path = "/v1/interactions/%s/" % seen["id"]

        bob.put(path + "read", {"number": 1})
        read = alice.wait("message.changed")
        self.assertEqual((read["message"]["number"], read["message"]["state"]), (1, "read"))
        self.assertIn({"agent": "bob", "number": 1}, read["conversation"]["reads"])
        bob.post(path + "typing", {"on": True})
        self.assertTrue(alice.wait("conversation.typing")["on"])
        answer = bob.post(path + "messages", {"text": "Hello Alice"})["message"]
        self.assertEqual((answer["number"], answer["state"]), (2, "sent"))
        self.assertEqual(alice.wait(lambda e: e["type"] == "message.added" and e["message"]["number"] == 2)["message"]["agent"], "bob")
        self.assertFalse([e for e in bob.events if e["type"] == "conversation.typing"])
        alice.put(path + "read", {"number": 2})
        bob.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == 2 and e["message"]["state"] == "read")

        bob.post(path + "end")
        left = alice.wait_cause("customer_left")["interaction"]
        self.assertEqual(left["customer_left"]["cause"], "agent_ended")
        self.assertEqual([p["state"] for p in left["participations"]], ["active", "active"])
        self.not_now(lambda: alice.post(path + "messages", {"text": "Too late"}), "im_ended")
        self.not_now(lambda: alice.post(path + "end"), "im_ended")
        alice.post(path + "leave")
        recent = alice.wait("interaction.closed")["recent"]
        self.assertEqual((recent["kind"], recent["customer"]["name"]), ("handled", "Bob"))
        self.assertEqual(self.open_of(alice), [])
        self.assertEqual(len(self.open_of(bob)), 1)
        bob.post(path + "leave")
        bob.wait("interaction.closed")
        self.assertEqual(self.messages(alice, first["conversation"]), [(1, "alice", "Hello Bob"), (2, "bob", "Hello Alice")])

    def test_a_no_and_silence(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        first = self.write(alice, "bob", "One")
        offer = bob.wait("offer.created")["offer"]
        bob.post("/v1/offers/%s/decline" % offer["id"])
        self.assertEqual(alice.wait_cause("customer_left")["interaction"]["customer_left"]["cause"], "declined")
        self.assertEqual(bob.get("/v1/desk")["state"]["reason"], "sign_in")
        # A new one puts the old one away; unanswered it ends, and Bob finds it among what he missed.
        self.centre["settings"]["im_seconds"] = 5
        self.daemon.apply(self.centre)
        second = self.write(alice, "bob", "Two")
        self.assertEqual(second["conversation"], first["conversation"])
        self.assertNotEqual(second["interaction"], first["interaction"])
        alice.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == first["interaction"])
        alice.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "customer_left"
                   and e["interaction"]["customer_left"]["cause"] == "no_answer")
        missed = [r for r in bob.get("/v1/recent")["recent"] if r["kind"] == "missed"]
        self.assertEqual([r["customer"]["name"] for r in missed], ["Alice"])
        self.assertEqual([text for _, _, text in self.messages(bob, first["conversation"])], ["One", "Two"])

    def test_both_first_at_once(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        written = {}

        def go(agent, to):
            written[agent.agent] = self.write(agent, to, "From " + agent.agent)
        threads = [threading.Thread(target=go, args=pair) for pair in ((alice, "bob"), (bob, "alice"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(written["alice"]["interaction"], written["bob"]["interaction"])
        self.assertEqual({m["number"] for m in written.values()}, {1, 2})
        for agent in (alice, bob):
            self.assertEqual([i["id"] for i in self.open_of(agent)], [written["alice"]["interaction"]])
        self.assertEqual(alice.get("/v1/desk")["offers"] + bob.get("/v1/desk")["offers"], [])

    def test_killed_in_between(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        first = self.write(alice, "bob", "Before", key="k1")
        bob.wait("offer.created")
        self.daemon.kill()
        self.start_daemon()
        for agent in (alice, bob):
            self.again(agent)
        again = self.write(alice, "bob", "Before", key="k1")
        self.assertEqual((again["id"], again["interaction"]), (first["id"], first["interaction"]))
        offers = until(lambda: bob.get("/v1/desk")["offers"])
        bob.post("/v1/offers/%s/accept" % offers[0]["id"])
        self.write(bob, "alice", "After")
        self.daemon.kill()
        self.start_daemon()
        alice.close()
        self.assertEqual(self.messages(alice, first["conversation"]), [(1, "alice", "Before"), (2, "bob", "After")])
        self.assertEqual(len(self.open_of(alice)), 1)


class AtOnce(Im):
    settings = {"im_acceptance": False}

    def test_delivered_and_kept_for_who_signs_out(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.not_now(lambda: alice.post("/v1/im", {"to": "carol", "text": "Hello"}), "colleague_away")
        first = self.write(alice, "bob", "Hello")
        seen = bob.wait_cause("joined")["interaction"]
        self.assertEqual((seen["id"], seen["conversation"]["last_number"]), (first["interaction"], 1))
        bob.call("DELETE", "/v1/session")
        late = self.write(alice, "bob", "Until tomorrow")
        self.assertEqual(late["interaction"], first["interaction"])
        bob = self.desk("bob")
        back = self.open_of(bob)
        self.assertEqual([(i["id"], i["conversation"]["last_number"]) for i in back], [(first["interaction"], 2)])

    def test_limits(self):
        alice = self.desk("alice")
        self.desk("bob")
        self.refused(lambda: alice.post("/v1/im", {"to": "bob", "text": "x" * 4001}), 413, "too_large")
        self.refused(lambda: alice.post("/v1/im", {"to": "bob", "text": " \n"}), 422, "invalid")
        self.refused(lambda: alice.post("/v1/im", {"to": "alice", "text": "x"}), 422, "invalid")
        self.refused(lambda: alice.post("/v1/im", {"to": "nobody", "text": "x"}), 404, "not_found")
        one = self.write(alice, "bob", "x", key="same")
        self.assertEqual(self.write(alice, "bob", "x", key="same"), one)
        self.refused(lambda: alice.post("/v1/im", {"to": "bob", "text": "y"}, key="same"), 422, "idempotency_mismatch")

    def test_whose_it_is(self):
        alice, bob, carol, dora = (self.desk(name) for name in ("alice", "bob", "carol", "dora"))
        message = self.write(alice, "bob", "Confidential pelican")
        bob.wait_cause("joined")
        path = "/v1/conversations/%s/messages" % message["conversation"]
        for agent in (carol, dora):
            self.refused(lambda: agent.get(path), 404, "not_found")  # noqa: B023
            self.assertEqual(agent.get("/v1/search?q=pelican")["messages"], [])
        for agent, other in ((alice, "Bob"), (bob, "Alice")):
            found = agent.get("/v1/search?q=pelican")["messages"]
            self.assertEqual([(f["channel"], f["customer"]["name"]) for f in found], [("im", other)])
        self.centre["settings"]["im_supervised"] = True
        self.daemon.apply(self.centre)
        self.assertEqual([f["customer"]["name"] for f in dora.get("/v1/search?q=pelican")["messages"]], ["Alice, Bob"])
        self.assertEqual(len(dora.get(path)["messages"]), 1)
        self.refused(lambda: carol.get(path), 404, "not_found")

    def test_beside_a_call(self):
        alice, bob = self.agent("alice"), self.desk("bob")
        self.answered(alice)
        message = self.write(bob, "alice", "Caller on line two")
        seen = alice.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["channel"] == "im")["interaction"]
        alice.post("/v1/interactions/%s/messages" % seen["id"], {"text": "Thanks"})
        self.assertEqual(seen["id"], message["interaction"])
        self.assertEqual(alice.get("/v1/desk")["state"]["state"], "available")


if __name__ == "__main__":
    scene.main()
