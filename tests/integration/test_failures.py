# SPDX-License-Identifier: GPL-3.0-or-later
"""What the voice engine could not do: the agent is told by command.failed, and what is shown is true. guichetd-test fails the
kind of request that a file names."""

import contextlib
import os
import sqlite3

import scene
import sip
from api import until
from peers import wait_for


class Failures(scene.Scene):
    program = os.environ.get("GUICHETD_TEST", os.path.join(scene.BUILD, "tests", "server", "guichetd-test"))

    def start_daemon(self):
        self.failing = os.path.join(self.folder, "failing")
        self.daemon.env["GUICHET_TEST_FAIL"] = self.failing
        super().start_daemon()

    def fail(self, kind):
        with open(self.failing + ".new", "w", encoding="utf-8") as f:
            f.write(kind)
        os.rename(self.failing + ".new", self.failing)

    def heal(self):
        os.unlink(self.failing)

    def part(self, agent):
        return agent.desk()["interactions"][0]["participations"][0]["state"]

    def test_hold_and_resume(self):
        agent = self.agent()
        customer, interaction, _ = self.answered(agent, number="8005")
        path = "/v1/interactions/" + interaction["id"]
        self.fail("music.start")
        agent.post(path + "/hold", key="the-hold")
        failed = agent.wait("command.failed")
        self.assertEqual((failed["command"], failed["interaction"], failed["reason"]),
                         ("the-hold", interaction["id"], "channel_failure"))
        agent.wait_cause("held")
        agent.wait_cause("resumed")
        self.assertEqual(self.part(agent), "active")
        customer.sound.hears_tone(440)
        self.heal()
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_music()
        self.fail("music.stop")
        agent.post(path + "/resume", key="the-resume")
        self.assertEqual(agent.wait("command.failed")["command"], "the-resume")
        agent.wait_cause("resumed")
        agent.wait_cause("held")
        self.assertEqual(self.part(agent), "held")
        self.heal()
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(440)
        self.fail("dtmf")
        self.assertEqual(self.refused(lambda: agent.post(path + "/dtmf", {"digits": "1"}), 409, "not_now")["reason"],
                         "not_connected")
        self.heal()
        agent.post(path + "/end")
        agent.wait("interaction.closed")
        customer.wait()

    def deeds(self):
        with contextlib.closing(sqlite3.connect("file:%s/guichet.db?mode=ro" % self.daemon.data, uri=True)) as db:
            return db.execute("SELECT who, detail FROM audit WHERE action = 'force_close' ORDER BY rowid").fetchall()

    def test_closed_by_force(self):
        """A held call that the engine does not give back, which nothing else ends. Customer and phone are let go as soon as it does that."""
        agent = self.agent()
        customer, interaction, part = self.answered(agent, number="8005")
        path, force = "/v1/interactions/" + interaction["id"], "/v1/participations/%s/force_close" % part["id"]
        self.assertEqual(self.refused(lambda: agent.post(force), 409, "not_now")["reason"], "not_stuck")
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_music()
        self.fail("music.stop")
        agent.post(path + "/resume")
        self.assertEqual(agent.wait_cause("stuck")["interaction"]["stuck"], "channel_failure")
        until(lambda: self.part(agent) == "held", what="the hold to be true again")
        self.assertEqual(self.refused(lambda: agent.post(path + "/end"), 409, "not_now")["reason"], "held")
        self.fail("hangup")
        agent.post(force)
        closed = agent.wait("interaction.closed")
        self.assertEqual((closed["reason"], closed["recent"]["reason"]), ("force_closed", "force_closed"))
        self.assertEqual(agent.desk()["interactions"], [])
        self.assertIn("interaction.force_closed", self.types(interaction["id"]))
        self.assertEqual(self.deeds(), [("alice", "alice")])
        until(lambda: self.daemon.read_log().count("event=not_hung_up") >= 2, what="both legs to be late")
        self.assertIsNone(customer.process.poll())
        self.heal()
        customer.wait()
        self.answered(agent, number="8005")

    def test_stuck_for_a_while(self):
        """What the engine does again is not stuck any more."""
        agent = self.agent()
        _, interaction, part = self.answered(agent, number="8005")
        path = "/v1/interactions/" + interaction["id"]
        self.fail("music.start")
        agent.post(path + "/hold")
        self.assertIn("stuck", agent.wait_cause("stuck")["interaction"])
        self.heal()
        until(lambda: self.part(agent) == "active", what="the hold to be taken back")
        agent.post(path + "/hold")
        self.assertNotIn("stuck", agent.wait_cause("stuck")["interaction"])
        self.refused(lambda: agent.post("/v1/participations/%s/force_close" % part["id"]), 409, "not_now")

    def test_closed_by_a_supervisor(self):
        """Also what is not stuck, and its wrap-up; told to the agent, audited."""
        self.centre["agents"].append({"id": "dora", "name": "Dora", "role": "supervisor", "skills": [], "queues": ["billing"]})
        self.daemon.apply(self.centre)
        self.daemon.set_password("dora")
        agent, bob, dora = self.agent(), self.agent("bob", phone=False), self.agent("dora", phone=False)
        customer, _, part = self.answered(agent)
        force = "/v1/participations/%s/force_close" % part["id"]
        self.assertEqual(self.refused(lambda: bob.post(force), 403, "not_allowed")["reason"], "not_yours")
        dora.post(force)
        told = agent.wait("agent.supervised")
        self.assertEqual((told["what"], told["by"]), ("force_close", "dora"))
        agent.wait_cause("wrap_up_started")
        customer.wait()
        dora.post(force)
        self.assertEqual(agent.wait("interaction.closed")["reason"], "force_closed")
        self.assertEqual(self.deeds(), [("dora", "alice")] * 2)

    def test_no_bridge(self):
        """An agent who cannot be brought together with the customer does not sit in a silent call."""
        agent = self.agent()
        customer = self.customer(number="8005")
        self.rings(agent, agent.wait("offer.created")["offer"])
        customer.sound.hears_music()
        self.fail("bridge.add")
        agent.phone.command("accept")
        self.assertEqual(agent.wait("command.failed")["command"], None)
        agent.wait("interaction.closed")
        customer.wait()
        self.assertEqual(until(lambda: self.daemon.admin("GET", "/admin/status")["calls"] == 0), True)

    def test_the_phones_second_call(self):
        """One that cannot be put together takes only the private talk with it; with the customer the agent goes on."""
        agents = {name: self.agent(name, phone=False) for name in ("alice", "bob")}
        phones = {}
        for name, agent in agents.items():
            phones[name] = sip.Phone(self.daemon.sip, name, agent.session["sip"]["password"])
            self.addCleanup(phones[name].close)
            agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        alice, phone = agents["alice"], phones["alice"]
        alice.available()
        customer = sip.Phone(self.daemon.sip, "+33123456789")
        self.addCleanup(customer.close)
        customer.call("8005")
        first = phone.wait_call().answer()
        alice.wait_cause("joined")
        agents["bob"].available()
        first.hold()
        alice.wait_cause("held")
        second = phone.call("bob")
        phones["bob"].wait_call().answer()
        second.wait("up")
        agents["bob"].wait_cause("joined")
        self.fail("bridge.add once")
        first.hold(False)
        second.wait("over")
        until(lambda: phones["bob"].current() is None, what="the end of bob's call")
        until(lambda: self.part(alice) == "active", what="alice with the customer")
        self.assertEqual((first.state, customer.current().state), ("up", "up"))
        customer.close_calls()
        alice.wait("interaction.closed")

    def test_station_cannot_be_called(self):
        """No leg to the station: withdrawn as the machine's fault, nothing missed; the next agent gets it."""
        agent = self.agent()
        self.fail("originate")
        self.customer()
        ended = agent.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"]), ("withdrawn", "channel_failure"))
        self.heal()
        other = self.agent("bob")
        self.rings(other, other.wait("offer.created")["offer"])
        other.phone.command("accept")
        other.wait_cause("joined")

    def test_leg_dies_at_that_moment(self):
        """The customer hangs up while the hold is under way: whichever comes first, the call is over and told so."""
        agent = self.agent()
        customer, interaction, _ = self.answered(agent, number="8005", ends="told")
        path = "/v1/interactions/" + interaction["id"]
        customer.hang_up()
        wait_for("the customer's BYE", lambda: customer.process.poll() is not None)
        try:
            agent.post(path + "/hold")
        except scene.api.Refused as e:
            self.assertIn(e.status, (404, 409))
        agent.wait("interaction.closed")
        self.assertEqual(agent.desk()["interactions"], [])


if __name__ == "__main__":
    scene.main()
