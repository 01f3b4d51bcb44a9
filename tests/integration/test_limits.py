# SPDX-License-Identifier: GPL-3.0-or-later
"""What is more than the centre may carry is turned away with its own code, and the rest goes on undisturbed."""

import scene
from peers import Raw, register


class Limits(scene.Scene):
    config = scene.CONFIG.replace("commands_per_second=1000", "commands_per_second=2") + "[sip]\nmax_calls=2\nmax_registrations=1\n"

    def hammer(self, agent):
        """Commands until one is too many: what it said of when to try again."""
        for n in range(100):
            try:
                agent.put("/v1/memberships", {"queues": ["night"], "state": "paused", "reason": "lunch"}
                          if n % 2 == 0 else {"queues": ["night"], "state": "ready"})
            except scene.api.Refused as e:
                self.assertEqual((e.status, e.code), (429, "too_many"))
                return e.problem["retry_after"]
        return self.fail("a hundred commands at once were taken")

    def test_all(self):
        agent = self.agent()
        customer, interaction, part = self.answered(agent, hz=1000)

        # The second call waits; the third gets 503; the queue of one gets 486 only when it is full.
        waiting = self.customer(number="8002")
        scene.api.until(lambda: any(q["id"] == "small" and q["waiting"] == 1
                                    for q in self.daemon.admin("GET", "/admin/status")["queues"]))
        self.customer(ends="refused:503").wait()
        customer.sound.hears_tone(440)
        waiting.sound.hears_music()

        # A second phone; the first keeps its place.
        other = scene.api.Agent(self.daemon, "bob", "password")
        self.addCleanup(other.close)
        other.sign_in()
        with Raw(scene.Engine(self.daemon)) as raw:
            self.assertEqual(register(raw, "bob", other.session["sip"]["password"])[0], 503)
        self.assertFalse(other.desk()["state"]["station_ready"])
        self.assertTrue(agent.desk()["state"]["station_ready"])

        # One agent's commands; the other's are taken.
        self.assertGreater(self.hammer(other), 0)
        agent.post("/v1/interactions/%s/hold" % interaction["id"])
        agent.wait_cause("held")
        customer.sound.hears_music()
        agent.post("/v1/interactions/%s/resume" % interaction["id"])
        agent.wait_cause("resumed")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        customer.wait()

        # Room came back.
        agent.wait_cause("wrap_up_started")
        self.customer(number="8002", ends="refused:486").wait()
        self.customer(number="8005").sound.hears_music()

    def test_customers_take_all(self):
        """With every call that may come in there, agents are rung all the same: one after the other, and both at last."""
        customers = [self.customer(number="8005", hz=1000), self.customer(number="8005", hz=1000)]
        scene.api.until(lambda: any(q["id"] == "plain" and q["waiting"] == 2
                                    for q in self.daemon.admin("GET", "/admin/status")["queues"]))
        self.customer(number="8005", ends="refused:503").wait()
        agent = self.agent()
        for _ in customers:
            self.rings(agent, agent.wait("offer.created")["offer"])
            agent.phone.command("accept")
            joined = agent.wait_cause("joined")
            agent.post("/v1/interactions/%s/end" % joined["interaction"]["id"])
            agent.wait("interaction.closed")
        for customer in customers:
            customer.wait()


if __name__ == "__main__":
    scene.main()
