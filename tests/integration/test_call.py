# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job through real processes: SIPp's customers, baresip as the agent's phone, the agent API."""

import scene
from peers import wait_for


class WholeCall(scene.Scene):
    def test_whole_call(self):
        """Offered, answered, held with music, resumed, keyed, noted, ended, wrapped up, in the journal."""
        agent = self.agent()
        customer = self.customer(hz=1000, headers="X-Guichet-Account: K-4711\nX-Guichet-Pin: 4242\n")
        created = agent.wait("offer.created")
        offer, interaction = created["offer"], created["interaction"]
        self.assertEqual(offer["customer"]["number"], "••••6789")
        self.assertEqual(offer["queue"], "billing")
        self.assertEqual(offer["card"], [{"variable": "account", "value": "K-4711"}, {"variable": "mood", "value": None}])
        self.assertNotIn("4242", str(created))
        trace = wait_for("the INVITE in baresip's trace",
                         lambda: agent.phone.log() if "X-Guichet-Offer" in agent.phone.log() else None)
        self.assertIn("X-Guichet-Offer: " + offer["id"], trace)
        self.assertNotIn("123456789", trace)
        customer.sound.hears_music()

        agent.phone.command("accept")
        ended = agent.wait("offer.ended")
        self.assertEqual(ended["outcome"], "accepted")
        joined = agent.wait_cause("joined")
        (part,) = joined["interaction"]["participations"]
        self.assertEqual((part["role"], part["state"]), ("primary", "active"))
        customer.sound.hears_tone(440)

        path = "/v1/interactions/" + interaction["id"]
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_music()
        self.assertEqual(self.refused(lambda: agent.post(path + "/hold"), 409, "not_now")["reason"], "held")
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(440)

        agent.post(path + "/dtmf", {"digits": "12#"})
        revision = agent.put(path + "/variables/mood", {"value": "good", "revision": 0})["revision"]
        self.assertEqual(revision, 1)
        stale = self.refused(lambda: agent.put(path + "/variables/mood", {"value": "bad", "revision": 0}), 409, "conflict")
        self.assertEqual(stale["current"], {"value": "good", "revision": 1})
        self.assertEqual(agent.post(path + "/variables/pin/reveal")["value"], "4242")

        mine = "/v1/participations/" + part["id"]
        self.assertEqual(agent.put(mine + "/note", {"text": "Прати фактура", "revision": 0})["revision"], 1)
        self.assertEqual(agent.put(mine + "/tags", {"ids": ["urgent", "vip"], "revision": 0})["revision"], 1)

        agent.post(path + "/end")
        wrap = agent.wait_cause("wrap_up_started")
        (part,) = wrap["interaction"]["participations"]
        self.assertEqual(part["state"], "wrap_up")
        self.assertTrue(part["wrap_up"]["extendable"])
        customer.wait()
        self.assertEqual(self.refused(lambda: agent.post(mine + "/wrap_up/submit"), 409, "not_now")["reason"],
                         "disposition_required")
        agent.post(mine + "/wrap_up/extend")
        self.assertEqual(agent.put(mine + "/disposition", {"id": "solved", "revision": 0})["revision"], 1)
        agent.post(mine + "/wrap_up/submit")
        closed = agent.wait("interaction.closed")
        self.assertEqual((closed["recent"]["kind"], closed["recent"]["disposition"]), ("handled", "solved"))
        self.assertEqual(agent.desk()["state"]["state"], "available")

        types = self.types(interaction["id"])
        wanted = ["interaction.created", "request.queued", "offer.created", "offer.ended", "participation.joined",
                  "participation.held", "participation.resumed", "note.changed", "tags.set", "participation.left",
                  "wrap_up.started", "wrap_up.extended", "disposition.set", "wrap_up.ended", "interaction.closed"]
        at = -1
        for kind in wanted:
            self.assertIn(kind, types)
            self.assertGreater(types.index(kind), at, (kind, types))
            at = types.index(kind)
        mine = agent.get("/v1/journal?interaction=" + interaction["id"])["events"]
        self.assertEqual([e["type"] for e in mine], types)
        text = str(mine)
        for secret in ("4242", "Прати", "123456789"):
            self.assertNotIn(secret, text)

    def test_customer_hangs_up(self):
        agent = self.agent()
        customer, interaction, part = self.answered(agent, ends="told")
        customer.hang_up()
        left = agent.wait_cause("customer_left")
        self.assertEqual(left["interaction"]["customer_left"]["cause"], "customer_left")
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "other", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait("interaction.closed")
        customer.wait()

    def test_agent_hangs_up(self):
        agent = self.agent()
        customer, _, _ = self.answered(agent)
        agent.phone.command("hangup")
        agent.wait_cause("wrap_up_started")
        customer.wait()

    def test_without_wrap_up(self):
        agent = self.agent()
        customer, interaction, _ = self.answered(agent, number="8005")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        customer.wait()
        self.assertEqual(agent.desk()["interactions"], [])

    def test_missed(self):
        """Nobody answers: back in the queue with its first time, the agent idle by RONA, another agent gets it."""
        self.short_rings()
        agent = self.agent()
        self.customer()
        first = agent.wait("offer.created")
        ended = agent.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"], ended["recent"]["kind"]), ("missed", "no_answer", "missed"))
        agent.wait_state("idle", "rona")
        agent.available()
        again = agent.wait("offer.created")
        self.assertEqual(again["interaction"]["id"], first["interaction"]["id"])
        queued = [e for e in self.daemon.journal(first["interaction"]["id"]) if e["type"] == "request.queued"]
        self.assertEqual(len({e.get("queued_at") for e in queued}), 1)

    def test_declined(self):
        agent = self.agent()
        self.customer()
        self.rings(agent, agent.wait("offer.created")["offer"])
        agent.phone.command("hangup")
        ended = agent.wait("offer.ended")
        self.assertEqual(ended["outcome"], "declined")
        agent.wait_state("idle", "refused")

    def test_customer_gives_up_while_ringing(self):
        agent = self.agent()
        self.customer(ends="bye:1500")
        agent.wait("offer.created")
        ended = agent.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"]), ("withdrawn", "customer_left"))
        self.assertEqual(ended["recent"]["kind"], "abandoned")
        self.assertEqual(agent.desk()["state"]["state"], "available")

    def test_phone_lost(self):
        """A phone that goes makes its agent idle; nothing is counted as missed."""
        agent = self.agent()
        self.short_grace(2)
        agent.phone.close()
        agent.wait(lambda e: e["type"] == "agent.state_changed" and not e["state"]["station_ready"])
        agent.wait_state("idle")

    def test_next_state_and_sign_out(self):
        agent = self.agent()
        _, interaction, part = self.answered(agent)
        agent.put("/v1/state", {"state": "idle", "reason": "lunch"})
        changed = agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["next"])
        self.assertEqual(changed["state"]["next"], {"state": "idle", "reason": "lunch"})
        self.refused(lambda: agent.call("DELETE", "/v1/session"), 409, "not_now")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait_state("idle", "lunch")
        agent.call("DELETE", "/v1/session")
        self.assertEqual(agent.wait("session.ended")["reason"], "signed_out")
        self.assertEqual(agent.wait_closed(), 4401)

    def test_closed_full_unstaffed(self):
        for number, ends in (("8003", "refused:480"), ("8004", "refused:480"), ("8999", "refused:404")):
            with self.subTest(number=number):
                self.customer(number=number, ends=ends).wait()
        self.agent(available=False)
        self.customer(number="8002")
        scene.api.until(lambda: [q for q in self.daemon.admin("GET", "/admin/status")["queues"]
                                 if q["id"] == "small" and q["waiting"] == 1])
        self.customer(number="8002", ends="refused:486").wait()

    def test_customer_known_by_number(self):
        agent = self.agent()
        customer, interaction, part = self.answered(agent, number="8005")
        made = agent.post("/v1/customers", {"name": "Chantal Dubois", "numbers": [], "interaction": interaction["id"]})["customer"]
        self.assertEqual(made["numbers"], ["••••6789"])
        linked = agent.wait_cause("customer")
        self.assertEqual(linked["interaction"]["customer"]["customer"], made["id"])
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        customer.wait()
        self.answered(agent, number="8005")
        desk = agent.desk()
        self.assertEqual(desk["interactions"][0]["customer"],
                         {"number": "••••6789", "name": "Chantal Dubois", "customer": made["id"]})
        history = agent.get("/v1/customers/%s/history" % made["id"])["interactions"]
        self.assertEqual([h["interaction"] for h in history], [interaction["id"]])
        found = agent.get("/v1/customers?query=chant")["customers"]
        self.assertEqual([c["id"] for c in found], [made["id"]])


if __name__ == "__main__":
    scene.main()
