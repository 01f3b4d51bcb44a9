# SPDX-License-Identifier: GPL-3.0-or-later
"""What agents see of each other: every presence of one at the other's stream, nothing at another team's, everyone at a
supervisor's; and what comes while nobody looks, across breaks and restarts."""

import scene
from api import Agent


class Colleagues(scene.Scene):
    def define(self):
        self.centre["teams"].append({"id": "office", "names": scene.names("Office")})
        queues = self.centre["agents"][0]["queues"]
        for agent, team, role in (("carol", "office", "agent"), ("dora", "office", "supervisor"), ("eve", None, "agent")):
            self.centre["agents"].append({"id": agent, "name": agent.title(), "role": role, "skills": [], "queues": queues,
                                          **({"team": team} if team else {})})
        super().define()
        for agent in ("carol", "dora", "eve"):
            self.daemon.set_password(agent)

    def desk(self, name):
        """An agent at an outside number: available without a phone of its own."""
        agent = Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        return agent.listen()

    def look(self, agent):
        return {c["id"]: c for c in agent.get("/v1/colleagues")["colleagues"]}

    def sees(self, agent, other, presence, reason=None):
        def fits(event):
            return event["type"] == "colleagues.presence" and [
                c for c in event["colleagues"] if (c["id"], c["presence"], c["reason"]) == (other, presence, reason)]
        event = agent.wait(fits)
        return [c for c in event["colleagues"] if c["id"] == other][-1]

    def test_all_four(self):
        alice, carol, dora, eve = (self.desk(name) for name in ("alice", "carol", "dora", "eve"))
        first = alice.get("/v1/colleagues")
        self.assertEqual(first["teams"], [{"id": "counter", "names": scene.names("Counter")}])
        self.assertEqual(first["colleagues"], [{"id": "bob", "name": "Bob", "team": "counter", "presence": "signed_out",
                                                "reason": None, "since": None}])
        self.assertEqual(list(self.look(carol)), ["dora"])
        self.assertEqual(list(self.look(eve)), [])
        self.assertEqual(list(self.look(dora)), ["alice", "bob", "carol", "eve"])

        bob = self.agent("bob", available=False)
        self.sees(alice, "bob", "on_break", "sign_in")
        bob.available()
        bob.wait_state("available")
        ready = self.sees(alice, "bob", "ready")
        bob.put("/v1/memberships", {"queues": "all", "state": "paused", "reason": "lunch"})
        self.assertGreaterEqual(self.sees(alice, "bob", "on_break", "lunch")["since"], ready["since"])
        bob.put("/v1/memberships", {"queues": "all", "state": "ready"})
        self.sees(alice, "bob", "ready")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        self.sees(alice, "bob", "on_break", "lunch")
        bob.available()
        self.sees(alice, "bob", "ready")

        # Busy from the first ring to the end of the wrap-up, in one piece.
        customer = self.customer("8001")
        offer = bob.wait("offer.created")["offer"]
        rang = self.sees(alice, "bob", "busy")
        self.rings(bob, offer)
        bob.phone.command("accept")
        part = bob.wait_cause("joined")["interaction"]["participations"][-1]
        self.assertEqual(self.look(alice)["bob"], {"id": "bob", "name": "Bob", "team": "counter", "presence": "busy",
                                                   "reason": None, "since": rang["since"]})
        bob.post("/v1/interactions/%s/end" % offer["interaction"])
        bob.wait_cause("wrap_up_started")
        customer.wait()
        self.assertEqual(self.look(alice)["bob"]["since"], rang["since"])
        bob.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        bob.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        self.sees(alice, "bob", "ready")
        bob.call("DELETE", "/v1/session")
        out = self.sees(alice, "bob", "signed_out")
        self.assertEqual(self.look(alice)["bob"]["since"], out["since"])

        # The supervisor saw all of it, other teams nothing (their own may have signed in late); what comes later proves that nothing was on its way.
        self.sees(dora, "bob", "busy")
        self.sees(dora, "bob", "signed_out")
        dora.available()
        self.sees(carol, "dora", "ready")
        for agent in (carol, eve):
            self.assertFalse([e for e in agent.events if e["type"] == "colleagues.presence"
                              and any(c["id"] == "bob" for c in e["colleagues"])])

    def test_only_who_asked_is_told(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.look(bob)
        alice.available()
        self.sees(bob, "alice", "ready")
        bob.available()
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        self.sees(bob, "alice", "on_break", "lunch")
        self.assertFalse([e for e in alice.events if e["type"] == "colleagues.presence"])
        self.assertEqual(self.look(alice)["bob"]["presence"], "ready")

    def test_restart(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait_state("idle", "lunch")
        before = self.look(alice)["bob"]
        self.assertEqual(before["presence"], "on_break")
        self.daemon.kill()
        self.daemon.start()
        for agent in (alice, bob):
            agent.close()
            agent.desk()
            agent.listen()
        self.assertEqual(self.look(alice)["bob"], before)
        bob.call("DELETE", "/v1/session")
        self.sees(alice, "bob", "signed_out")

    def test_new_definitions(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.look(alice)
        self.centre["agents"][1]["team"] = "office"
        self.daemon.apply(self.centre)
        alice.wait("definitions.changed")
        self.assertEqual(self.look(alice), {})
        self.assertEqual(list(self.look(bob)), ["carol", "dora"])


if __name__ == "__main__":
    scene.main()
