# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that agents begin: from a conversation by SMS or by a number; the own phone first, then the customer over a trunk. Taken,
busy, refused, unanswered, taken back, hung up; sound both ways as measured at both ends."""

import json
import time

import scene
import gateway
import opusfile
import wav
from peers import Line, wait_for
from test_attachments import exchange

OURS, CUSTOMER = "+33199000001", "+33612345678"


class CallOut(scene.Scene):
    def setUp(self):
        self.line = Line()
        self.addCleanup(self.line.close)
        self.gateway = gateway.Gateway()
        self.addCleanup(self.gateway.close)
        self.config = scene.CONFIG + """proxy=sip:127.0.0.1:%d
watched=false
[webhooks]
listen=127.0.0.1:0
[sms main]
url=http://127.0.0.1:%d/send?from={from}&to={to}&text={text}&id={id}
secret=%s
""" % (self.line.port, self.gateway.port, gateway.SECRET)
        super().setUp()

    def define(self):
        self.centre["settings"]["slots"].append({"channel": "sms", "count": 5})
        self.centre["queues"].append(scene.queue("text", channel="sms", dial_out=True, caller_id="+33199000009",
                                                 wrap_up={"seconds": 30}))
        next(q for q in self.centre["queues"] if q["id"] == "plain")["dial_out"] = True
        self.centre["entry_points"].append({"id": "texts", "names": scene.names("Texts"), "channel": "sms", "addresses": [OURS],
                                            "queue": "text"})
        for agent in self.centre["agents"]:
            agent["queues"].append("text")
        super().define()

    def dial_seconds(self, seconds):
        self.centre["settings"]["dial_seconds"] = seconds
        self.daemon.apply(self.centre)

    def conversation(self, agent):
        self.assertEqual(gateway.write(self.daemon, "Bonjour", number=CUSTOMER), 200)
        offer = agent.wait(lambda e: e["type"] == "offer.created" and e["offer"]["channel"] == "sms")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        return agent.wait_cause("joined")["interaction"]

    def own_part(self, event):
        return event["interaction"]["participations"][0]

    def picks_up(self, agent, interaction):
        """The own phone rings for it and is answered."""
        part = self.own_part(agent.wait(lambda e: e.get("cause") == "dialling" and e["interaction"]["id"] == interaction))
        self.assertEqual((part["state"], part["rings"]), ("dialling", "station"))
        wait_for("the own phone to ring", lambda: "X-Guichet-Offer: " + part["id"] in agent.phone.log())
        self.assertIn("X-Guichet-Answer: auto", agent.phone.log())
        agent.phone.command("accept")
        part = self.own_part(agent.wait(lambda e: e.get("cause") == "dialling" and e["interaction"]["id"] == interaction))
        self.assertEqual(part["rings"], "customer")
        self.assertEqual(part["state"], "dialling")
        return part

    def not_reached(self, agent, reason):
        closed = agent.wait(lambda e: e["type"] == "interaction.closed" and e["recent"]["kind"] == "not_reached")
        self.assertEqual((closed["recent"]["reason"], closed["recent"]["talk"]), (reason, 0))
        self.assertEqual(closed["recent"]["direction"], "out")
        self.assertEqual(self.types(closed["interaction"])[-2:], ["participation.left", "interaction.closed"])
        state = agent.desk()["state"]
        self.assertEqual((state["state"], state["next"]), ("available", None))
        return closed

    def plays(self, agent, path, outside):
        sound = json.loads(exchange(self.daemon.http, "POST", "/v1/clips/attachments", opusfile.tone(2300, 2.0), agent.token)[2])["sound"]
        clip = agent.post("/v1/clips", {"scope": "personal", "label": "Hours", "tags": [], "sound": sound})["clip"]
        begun = time.monotonic()
        agent.post(path + "/play", {"clip": clip["id"]})
        outside.sound.has_heard("the clip", lambda s: wav.tone_level(s, 8000, 2300) >= -35.0, begun, seconds=0.5)
        agent.wait_cause("play_ended")

    def test_from_sms(self):
        """The customer of a conversation is called, in its queue's name; both hear each other, and a clip; the writing goes on; wrap-up."""
        agent = self.agent()
        customer = agent.post("/v1/customers", {"name": "Gwen", "numbers": [CUSTOMER]})["customer"]["id"]
        written = self.conversation(agent)
        agent.put("/v1/interactions/%s/variables/account" % written["id"], {"value": "A-118", "revision": 0})
        outside = self.outside(line=self.line, hz=1000, ringing=None)
        answer = agent.post("/v1/calls", {"interaction": written["id"]})
        self.picks_up(agent, answer["interaction"])
        (known,) = [i["variables"] for i in agent.desk()["interactions"] if i["id"] == answer["interaction"]]
        self.assertEqual([v["value"] for v in known if v["value"]], ["A-118"])
        self.assertEqual(self.refused(lambda: agent.post("/v1/calls", {"interaction": written["id"]}), 409, "not_now")["reason"],
                         "call_in_progress")
        self.refused(lambda: agent.post("/v1/interactions/%s/hold" % answer["interaction"]), 409, "not_now")
        outside.answer()
        connected = agent.wait_cause("connected")["interaction"]
        self.assertEqual((connected["id"], connected["direction"], connected["channel"], connected["queue"]),
                         (answer["interaction"], "out", "voice", "text"))
        self.assertEqual(connected["participations"][0]["state"], "active")
        self.assertEqual(connected["customer"]["number"], "••••5678")
        self.assertIn("INVITE sip:%s@127.0.0.1:%d" % (CUSTOMER, self.line.port), outside.messages())
        self.assertIn("<sip:+33199000009@", outside.messages())
        outside.sound.hears_tone(440)
        agent.post("/v1/interactions/%s/messages" % written["id"], {"text": "Je vous appelle"})
        self.gateway.wait_text("Je vous appelle")
        path = "/v1/interactions/" + answer["interaction"]
        agent.post(path + "/hold")
        agent.wait_cause("held")
        outside.sound.hears_music()
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        outside.sound.hears_tone(440)
        self.plays(agent, path, outside)
        agent.post(path + "/end")
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]
        outside.wait()
        samples, rate = wait_for("what the own phone heard", agent.phone.heard)
        self.assertTrue(any(wav.has_tone(samples[i:i + rate], rate, 1000, share=0.7)
                            for i in range(0, len(samples) - rate, rate // 2)), "the agent did not hear the customer")
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        closed = agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == answer["interaction"])
        self.assertEqual((closed["recent"]["kind"], closed["recent"]["direction"]), ("handled", "out"))
        past = next(p for p in agent.get("/v1/customers/%s/history" % customer)["interactions"] if p["interaction"] == answer["interaction"])
        self.assertEqual((past["channel"], past["direction"], past["kind"], past["queue"]), ("voice", "out", "handled", "text"))
        wanted = ["interaction.created", "variable.changed", "participation.calling", "participation.dialling", "participation.connected",
                  "participation.held", "participation.resumed", "interaction.customer_left", "participation.left",
                  "wrap_up.started", "wrap_up.ended", "interaction.closed"]
        types = self.types(answer["interaction"])
        self.assertEqual([one for one in types if "play" not in one], wanted)
        self.assertIn("clip.played", types)

    def test_not_reached(self):
        """Busy, refused, unknown, unanswered and taken back: each with its reason, without wrap-up, and nothing else changes."""
        agent = self.agent()
        for refuses, reason in (("486 Busy Here", "busy"), ("603 Decline", "declined"), ("404 Not Found", "wrong_number"),
                                ("480 Temporarily Unavailable", "no_answer"), ("503 Service Unavailable", "unreachable")):
            outside = self.outside(line=self.line, refuses=refuses)
            self.picks_up(agent, agent.post("/v1/calls", {"to": "+33 6 12 34 56 78"})["interaction"])
            self.not_reached(agent, reason)
            outside.wait()
        self.dial_seconds(5)
        outside = self.outside(line=self.line, cancelled=True)
        self.picks_up(agent, agent.post("/v1/calls", {"to": CUSTOMER})["interaction"])
        self.not_reached(agent, "no_answer")  # of itself
        self.dial_seconds(60)
        outside.wait()
        outside = self.outside(line=self.line, cancelled=True)
        interaction = agent.post("/v1/calls", {"to": CUSTOMER, "queue": "plain"})["interaction"]
        self.picks_up(agent, interaction)
        wait_for("the call to arrive outside", lambda: "INVITE" in outside.messages())
        agent.post("/v1/interactions/%s/end" % interaction)
        self.not_reached(agent, "cancelled")
        outside.wait()
        agent.put("/v1/state", {"state": "idle", "reason": "lunch"})
        agent.wait_state("idle")
        interaction = agent.post("/v1/calls", {"to": CUSTOMER})["interaction"]
        part = self.own_part(agent.wait(lambda e: e.get("cause") == "dialling" and e["interaction"]["id"] == interaction))
        wait_for("the own phone to ring", lambda: "X-Guichet-Offer: " + part["id"] in agent.phone.log())
        agent.phone.command("hangup")
        closed = agent.wait("interaction.closed")
        self.assertEqual((closed["interaction"], closed["recent"]["reason"]), (interaction, "cancelled"))
        self.assertEqual((agent.desk()["state"]["state"], agent.desk()["state"]["reason"]), ("idle", "lunch"))

    def test_hung_up(self):
        """The customer's end ends it; what the network says before the answer is heard by the agent."""
        agent = self.agent()
        outside = self.outside(line=self.line, hz=1000, ringing=None, talk=500, early=True)
        self.picks_up(agent, agent.post("/v1/calls", {"to": CUSTOMER, "queue": "plain"})["interaction"])
        wait_for("three seconds of it", lambda: outside.sound.packets > 150)  # as many has the centre passed on to the agent
        outside.answer()
        agent.wait_cause("connected")
        closed = agent.wait("interaction.closed")["recent"]
        self.assertEqual((closed["kind"], closed["reason"]), ("handled", "customer_left"))
        outside.wait()
        self.called_back(agent, closed["interaction"])
        samples, rate = wait_for("what the own phone heard", agent.phone.heard)
        heard = [i for i in range(0, len(samples) - rate // 2, rate // 4) if wav.has_tone(samples[i:i + rate // 2], rate, 1000, share=0.7)]
        self.assertGreaterEqual(len(heard), 6, "the sound before the answer was not heard")

    def called_back(self, agent, past):
        """Who was in what is over, by its id alone; not by who had nothing to do with it."""
        again = agent.post("/v1/calls", {"interaction": past})["interaction"]
        (work,) = [i for i in agent.desk()["interactions"] if i["id"] == again]
        self.assertTrue(work["customer"]["number"].endswith(CUSTOMER[-4:]))
        agent.post("/v1/interactions/%s/end" % again)
        stranger = self.agent("bob", phone=False)
        self.refused(lambda: stranger.post("/v1/calls", {"interaction": past}), 404, "not_found")

    def test_refused(self):
        """Nobody to call, no number, no queue, no phone; what is not a number never becomes an address."""
        agent = self.agent(phone=False)
        self.assertEqual(self.refused(lambda: agent.post("/v1/calls", {"to": CUSTOMER}), 409, "not_now")["reason"], "station_not_ready")
        for wrong in ("", "alice@evil.example", "sip:+33612345678@evil.example", "+33;phone-context=x", "*72123", "1" * 40):
            with self.subTest(wrong):
                self.assertIn(self.refused_any(lambda: agent.post("/v1/calls", {"to": wrong})), (413, 422))
        self.refused(lambda: agent.post("/v1/calls", {}), 422, "invalid")
        self.refused(lambda: agent.post("/v1/calls", {"to": CUSTOMER, "queue": "nowhere"}), 404, "not_found")
        self.refused(lambda: agent.post("/v1/calls", {"interaction": "i1-999"}), 404, "not_found")
        self.assertEqual(self.refused(lambda: agent.post("/v1/calls", {"to": CUSTOMER, "queue": "billing"}), 409, "not_now")["reason"],
                         "no_queue_to_call_for")

    def refused_any(self, call):
        with self.assertRaises(scene.api.Refused) as caught:
            call()
        return caught.exception.status

    def test_restart(self):
        """guichetd dies while the other side rings: the call is over with the reason, and the agent may call again."""
        agent = self.agent()
        self.outside(line=self.line, ringing=60000)
        interaction = agent.post("/v1/calls", {"to": CUSTOMER})["interaction"]
        self.picks_up(agent, interaction)
        self.daemon.kill()
        self.daemon.start()
        ended = wait_for("the call to be over", lambda: [e for e in self.daemon.journal(interaction) if e["type"] == "interaction.closed"])
        self.assertEqual((ended[0]["outcome"], ended[0]["reason"]), ("not_reached", "engine_lost"))


if __name__ == "__main__":
    scene.main()
