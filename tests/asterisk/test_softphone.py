# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's own phone, guichet-phone, registered at a real Asterisk by TLS with an authority of its own, SRTP both ways."""

import os
import pathlib
import sys

import stage
import scene
from patience import DEADLINE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "phone"))
os.environ.setdefault("G_TEST_BUILDDIR", scene.BUILD)


class Softphone(scene.Scene):
    def setUp(self):
        self.node = stage.Node()
        self.addCleanup(self.node.close)
        self.config = scene.CONFIG.split("[trunk")[0] + "[voice]\nengine=asterisk\n" + self.node.group(
            sip="127.0.0.1:%d" % self.node.port, sip_tls="127.0.0.1:" + self.node.env["AST_SIP_TLS_PORT"], ca=self.node.env["AST_CA"])
        super().setUp()

    def test_talk(self):
        from phonerig import Rig, wav  # noqa: PLC0415
        agent = self.agent(phone=False)
        sip = agent.session["sip"]
        trusted = os.path.join(self.folder, "handed-over.pem")
        pathlib.Path(trusted).write_text(sip["ca"], encoding="ascii")
        account = {"registrar": sip["registrar"], "user": sip["user"], "password": sip["password"], "transport": sip["transport"],
                   "domain": sip["uri"].split("@")[1], "srtp": sip["srtp"], "ca_path": trusted, "display_name": "Alice"}
        self.assertEqual(sip["transport"], "tls")
        with Rig(peer=False) as rig:
            rig.phone.configure(echo_cancellation=False, noise_suppression=False, gain_control=False)
            rig.pulse.play("mic", wav.tone(600, 1), loop=True)
            rig.phone.set_account(**account)
            rig.phone.KeepAlive("(u)", 120)
            rig.phone.wait_property("Registration", "registered")
            agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
            agent.available()
            customer = self.customer(number="8005", hz=1000)
            offer = agent.wait("offer.created")["offer"]
            calls = rig.phone.wait_property("Calls", lambda calls: any(c["state"] == "ringing" for c in calls))
            self.assertEqual(calls[0]["offer"], offer["id"])
            rig.phone.Answer("(s)", calls[0]["id"])
            interaction = agent.wait_cause("joined")["interaction"]
            headset = rig.pulse.capture("headset")
            customer.sound.hears_tone(600)
            self.assertTrue(headset.wait(lambda s, rate: wav.has_tone(s, rate, 1000), DEADLINE, 0.5), "the agent does not hear")
            agent.post("/v1/interactions/%s/end" % interaction["id"])
            rig.phone.wait_call(calls[0]["id"], "ended")
            customer.wait()


if __name__ == "__main__":
    stage.needed()
    scene.main()
