# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's own phone, guichet-phone, at a real centre whose authority nobody else knows: TLS, SRTP, and what is on the wire."""

import os
import pathlib
import struct
import sys

import scene

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "phone"))
os.environ.setdefault("G_TEST_BUILDDIR", scene.BUILD)
import authority  # noqa: E402
from peers import Line  # noqa: E402
from phonerig import Rig, wav, wait_for  # noqa: E402
from patience import DEADLINE  # noqa: E402

TAP = os.environ.get("GUICHET_TAP_LIBRARY", os.path.join(scene.BUILD, "tests/integration/tap.so"))
OPUS = range(96, 128)


def rtp(path):
    """The beginnings of the RTP packets in a tap's file, by payload type."""
    packets, data, at = {}, pathlib.Path(path).read_bytes(), 0
    while at + 2 <= len(data):
        (length,) = struct.unpack_from("=H", data, at)
        packet = data[at + 2:at + 2 + length]
        at += 2 + length
        if len(packet) > 12 and packet[0] >> 6 == 2 and not 200 <= packet[1] <= 207:
            packets.setdefault(packet[1] & 127, []).append(packet)
    return packets


class Softphone(scene.Scene):
    def setUp(self):
        self.tls = self.enterContext(authority.folder())
        self.line = Line()
        self.addCleanup(self.line.close)
        self.config = authority.config(self.tls) + scene.CONFIG.removeprefix("[http]\n") + "proxy=sip:127.0.0.1:%d\nwatched=false\n" % self.line.port
        super().setUp()

    def define(self):
        next(q for q in self.centre["queues"] if q["id"] == "plain")["dial_out"] = True
        super().define()

    def start_daemon(self):
        self.daemon.ca = os.path.join(self.tls, "ca.pem")
        self.tap = {who: os.path.join(self.folder, who + ".tap") for who in ("phone", "centre")}
        self.preload = {"LD_PRELOAD": TAP,
                        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0:verify_asan_link_order=0"}
        self.daemon.env.update(self.preload, GUICHET_TAP=self.tap["centre"])
        super().start_daemon()

    def account(self, agent, ca):
        """What the agent's window makes of its session."""
        sip = agent.session["sip"]
        return {"registrar": sip["registrar"], "user": sip["user"], "password": sip["password"], "transport": sip["transport"],
                "domain": sip["uri"].split("@")[1], "srtp": sip["srtp"], "ca_path": ca, "display_name": "Alice"}

    def test_tls_and_srtp(self):
        agent = self.agent(phone=False)
        trusted = os.path.join(self.folder, "handed-over.pem")
        pathlib.Path(trusted).write_text(agent.session["sip"]["ca"], encoding="ascii")
        with authority.folder() as other, Rig(peer=False, env={**self.preload, "GUICHET_TAP": self.tap["phone"]}) as rig:
            rig.phone.configure(echo_cancellation=False, noise_suppression=False, gain_control=False)
            self.refuses(rig, agent, os.path.join(other, "ca.pem"))
            self.talks(rig, agent, trusted)
            self.calls_out(rig, agent)
            self.is_secret()

    def refuses(self, rig, agent, ca):
        """Another authority than the centre's: no word of SIP, and the reason said."""
        rig.phone.set_account(**self.account(agent, ca))
        rig.phone.KeepAlive("(u)", 120)
        rig.phone.wait_property("RegistrationReason", "certificate")
        self.assertEqual((rig.phone["Registration"], rig.phone["RegistrationStatus"]), ("failed", 0))

    def talks(self, rig, agent, ca):
        rig.pulse.play("mic", wav.tone(440, 1), loop=True)
        rig.phone.set_account(**self.account(agent, ca))
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
        customer.sound.hears_tone(440)
        self.assertTrue(headset.wait(lambda s, rate: wav.has_tone(s, rate, 1000), DEADLINE, 0.5), "the agent does not hear")
        self.assertEqual(rig.phone.find(calls[0]["id"])["codec"], "opus")
        wait_for(lambda: all(self.secret(who) for who in self.tap), 20)
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        rig.phone.wait_call(calls[0]["id"], "ended")
        customer.wait()

    def calls_out(self, rig, agent):
        """The own phone takes the agent's own call without a ring; then the customer is called."""
        outside = self.outside(line=self.line, hz=1000, ringing=300)
        interaction = agent.post("/v1/calls", {"to": "+33612345678"})["interaction"]
        part = agent.wait_cause("connected")["interaction"]["participations"][0]
        calls = rig.phone.wait_property("Calls", lambda calls: any(c["offer"] == part["id"] and c["state"] == "active" for c in calls))
        self.assertTrue(next(c for c in calls if c["offer"] == part["id"])["auto_answer"])
        headset = rig.pulse.capture("headset")
        outside.sound.hears_tone(440)
        self.assertTrue(headset.wait(lambda s, rate: wav.has_tone(s, rate, 1000), DEADLINE, 0.5), "the agent does not hear")
        agent.post("/v1/interactions/%s/end" % interaction)
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == interaction)
        outside.wait()

    def secret(self, who):
        packets = [p for kind, some in rtp(self.tap[who]).items() if kind in OPUS for p in some]
        return packets if len(packets) >= 100 else None

    def is_secret(self):
        """In clear the first byte of an Opus packet says its kind, hardly ever another one; encrypted it is any byte. And the
        tap does hear: to the customer the centre speaks PCMU in clear."""
        for who in self.tap:
            packets = self.secret(who)
            self.assertTrue(packets, who)
            self.assertGreater(len({p[12] for p in packets}), 50, f"{who}: clear RTP")
        self.assertGreater(len(rtp(self.tap["centre"]).get(0, [])), 50)
        self.assertEqual([k for k in rtp(self.tap["phone"]) if k not in OPUS], [])


if __name__ == "__main__":
    scene.main()
