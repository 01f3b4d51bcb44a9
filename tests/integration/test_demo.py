# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetd --demo: a fictional centre whose customers really call once its agent is available."""

import os
import signal
import tempfile
import unittest

import scene
from api import Agent, Daemon


class Demo(unittest.TestCase):
    def test_customers_call(self):
        with tempfile.TemporaryDirectory() as folder, Daemon(scene.BUILD, demo=True) as daemon:
            daemon.env = {"G_DEBUG": "fatal-criticals"}
            daemon.start(env={"GUICHET_DEMO_CUSTOMERS": os.path.join(scene.BUILD, "src/demo/guichet-demo-customers")}, customers=True)
            agent = Agent(daemon, daemon.ready["agent"], daemon.ready["password"])
            self.addCleanup(agent.close)
            agent.sign_in()
            agent.listen()
            with scene.peers.Agent(scene.Engine(daemon), folder, user=agent.agent,
                                   password=agent.session["sip"]["password"], answer="auto") as phone:
                agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
                agent.available()
                created = agent.wait("offer.created", deadline=20)
                self.assertTrue([v for v in created["offer"]["card"] if v["value"]])
                self.assertEqual([v["value"] for v in created["interaction"]["variables"] if v["secure"]], [None])
                agent.wait_cause("joined")
                self.assertIn("X-Guichet-Offer", phone.log())
                revealed = agent.post("/v1/interactions/%s/variables/iban/reveal" % created["interaction"]["id"])
                self.assertTrue(revealed["value"] is None or len(revealed["value"]) > 10)
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.wait(), 0)


if __name__ == "__main__":
    scene.main()
