# SPDX-License-Identifier: GPL-3.0-or-later
"""Agents who do not use the softphone: a desk phone that registers, and an outside number over a trunk, which confirms by
key 1 before it counts as answered."""

import scene
import sip
import wav
from peers import Line, wait_for


class DeskPhone(scene.Scene):
    def test_whole_call(self):
        """Sound both ways, hold and keys by the API, as measured at the customer's end; ended by the desk."""
        agent = scene.api.Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        self.assertEqual(agent.sign_in("desk_phone")["station"]["kind"], "desk_phone")
        agent.listen()
        self.phone(agent)
        agent.available()
        agent.wait_state("available")
        customer, interaction, _ = self.answered(agent, number="8005", hz=1000)
        path = "/v1/interactions/" + interaction["id"]
        customer.sound.hears_tone(440)
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_music()
        self.refused(lambda: agent.post(path + "/dtmf", {"digits": "1"}), 409, "not_now")
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(440)
        agent.post(path + "/dtmf", {"digits": "12#*90"})
        wait_for("the keys at the customer's end", lambda: customer.sound.keyed == "12#*90")
        agent.post(path + "/end")
        agent.wait("interaction.closed")
        customer.wait()
        samples, rate = wait_for("what the desk phone heard", agent.phone.heard)
        self.assertTrue(any(wav.has_tone(samples[i:i + rate], rate, 1000, share=0.7)
                            for i in range(0, len(samples) - rate, rate // 2)), "the desk phone did not hear the customer")


class OffTheHook(scene.Scene):
    """A desk phone that is used for a call of its own when the centre's comes."""

    def desk(self, name, phone):
        agent = scene.api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("desk_phone")
        agent.listen()
        agent.phone = sip.Phone(self.daemon.sip, name, agent.session["sip"]["password"], on_call=phone)
        self.addCleanup(agent.phone.close)
        agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        agent.available()
        agent.wait_state("available")
        return agent

    def test_busy_is_no_refusal(self):
        """Busy without having rung: nothing is held against the agent, who is told; the call is its next one's. Once it is hung up,
        calls come."""
        off_the_hook = [True]

        def taken(call):
            if off_the_hook:
                call.refuse(486)
            else:
                call.progress()
        alice = self.desk("alice", taken)
        self.customer()
        ended = alice.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"]), ("withdrawn", "busy"))
        alice.wait_state("idle", "busy")
        bob = self.desk("bob", None)
        self.assertEqual(bob.wait("offer.created")["offer"]["interaction"], ended["interaction"])
        bob.phone.wait_call().answer()
        bob.wait_cause("joined")
        refused = [e for e in self.daemon.journal(ended["interaction"]) if e["type"] == "offer.ended" and e["outcome"] != "accepted"]
        self.assertEqual([(e["agent"], e["outcome"]) for e in refused], [("alice", "withdrawn")])
        off_the_hook.clear()
        alice.available()
        alice.wait_state("available")
        self.customer()
        second = alice.wait(lambda e: e["type"] == "offer.created" and e["offer"]["interaction"] != ended["interaction"])
        alice.phone.wait_call(lambda call: call.state != "over").answer()
        self.assertEqual(alice.wait_cause("joined")["interaction"]["id"], second["offer"]["interaction"])

    def test_busy_after_ringing_is_a_no(self):
        """So do telephones whose button for No says 486."""
        def no(call):
            call.progress()
            call.refuse(486)
        alice = self.desk("alice", no)
        self.customer()
        self.assertEqual(alice.wait("offer.ended")["outcome"], "declined")
        alice.wait_state("idle", "refused")

    def test_own_call_from_a_phone_in_use(self):
        """Who calls out and left the telephone off the hook did not cancel the call."""
        alice = self.desk("alice", lambda call: call.refuse(486))
        bob = self.desk("bob", None)
        alice.post("/v1/calls", {"colleague": {"agent": "bob"}})
        closed = alice.wait("interaction.closed")
        self.assertEqual(closed["reason"], "device_fault")
        self.assertEqual(bob.phone.calls, [])


class OutsideNumber(scene.Scene):
    NUMBER = "+35924400001"

    def setUp(self):
        self.line = Line()
        self.addCleanup(self.line.close)
        self.config = scene.CONFIG + "proxy=sip:127.0.0.1:%d\nwatched=false\n" % self.line.port
        super().setUp()

    def sign_in(self):
        agent = scene.api.Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", self.NUMBER)
        agent.listen()
        agent.available()
        agent.wait_state("available")
        return agent

    def hears_beeps(self, sound):
        sound.hears("the beeps that ask for the key", lambda s: wav.tone_level(s, 8000, 800) > -35, seconds=2.0)

    def test_whole_call(self):
        outside = self.outside(line=self.line, hz=440)
        agent = self.sign_in()
        customer = self.customer(number="8005", hz=1000)
        offer = agent.wait("offer.created")["offer"]
        self.hears_beeps(outside.sound)
        self.assertIn("INVITE sip:%s@127.0.0.1:%d" % (self.NUMBER, self.line.port), outside.messages())
        # Answered, and yet not: the customer still waits and other keys do not count.
        customer.sound.hears_music()
        outside.sound.key("5")
        self.hears_beeps(outside.sound)
        self.assertEqual([o["id"] for o in agent.desk()["offers"]], [offer["id"]])
        outside.sound.key("1")
        self.assertEqual(agent.wait("offer.ended")["outcome"], "accepted")
        interaction = agent.wait_cause("joined")["interaction"]
        path = "/v1/interactions/" + interaction["id"]
        customer.sound.hears_tone(440)
        outside.sound.hears_tone(1000)
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_music()
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(440)
        agent.post(path + "/dtmf", {"digits": "42#"})
        wait_for("the keys at the customer's end", lambda: customer.sound.keyed.endswith("42#"))
        self.assertEqual(customer.sound.keyed, "42#")
        agent.post(path + "/end")
        agent.wait("interaction.closed")
        customer.wait()
        outside.wait()

    def test_voicemail_gets_no_customer(self):
        """It answers and talks, but knows no key: the offer is missed at its time, the customer goes on waiting."""
        self.short_rings(15)
        voicemail = self.outside(line=self.line, hz=700)
        agent = self.sign_in()
        customer = self.customer()
        agent.wait("offer.created")
        self.hears_beeps(voicemail.sound)
        customer.sound.hears_music()
        ended = agent.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"]), ("missed", "no_answer"))
        agent.wait_state("idle", "rona")
        voicemail.wait()
        customer.sound.hears_music()
        self.assertEqual(len([e for e in self.daemon.journal() if e["type"] == "participation.joined"]), 0)

    def test_put_down_without_key(self):
        outside = self.outside(line=self.line, talk=1000)
        agent = self.sign_in()
        self.customer()
        agent.wait("offer.created")
        self.assertEqual(agent.wait("offer.ended")["outcome"], "declined")
        outside.wait()


if __name__ == "__main__":
    scene.main()
