# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre in a network: HTTPS and SIP over TLS by an authority of its own; and what may not go out in clear."""

import http.client
import os
import ssl

import authority
import scene
import wav
from peers import Agent as Phone
from peers import wait_for


class Tls(scene.Scene):
    def setUp(self):
        self.tls = self.enterContext(authority.folder())
        self.config = authority.config(self.tls) + scene.CONFIG.removeprefix("[http]\n")
        super().setUp()

    def start_daemon(self):
        self.daemon.ca = os.path.join(self.tls, "ca.pem")
        # The leak sanitizer's own tracer crashes on a thread that has run GnuTLS; all else is still watched.
        self.daemon.env["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        super().start_daemon()

    def phone(self, agent, tls=True, **more):
        engine = scene.Engine(self.daemon)
        if tls:
            engine.tls_port = int(self.daemon.ready["sip_tls"].rsplit(":", 1)[1])
            more["tls"] = self.daemon.ca
        agent.phone = Phone(engine, self.folder, user=agent.agent, password=agent.session["sip"]["password"], **more)
        self.addCleanup(agent.phone.close)
        agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        return agent.phone

    def test_whole_call(self):
        """Signed in by HTTPS, listening by WSS, the phone by TLS with SRTP; the customer comes in clear over the trunk."""
        self.assertTrue(self.daemon.http.startswith("https://"))
        agent = self.agent()
        sip = agent.session["sip"]
        self.assertEqual((sip["transport"], sip["srtp"]), ("tls", "required"))
        customer, interaction, _ = self.answered(agent, number="8005", hz=1000)
        for _ in range(3):  # a second each
            customer.sound.hears_tone(440)
        self.assertIn("RTP/SAVP", agent.phone.log())
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        customer.wait()
        samples, rate = wait_for("what the phone heard", agent.phone.heard)
        self.assertTrue(any(wav.has_tone(samples[i:i + rate], rate, 1000, share=0.7)
                            for i in range(0, len(samples) - rate, rate // 2)))

    def test_strangers(self):
        """Who does not trust the authority does not come in, nor who speaks in clear."""
        host, port = self.daemon.http.rsplit("/", 1)[1].rsplit(":", 1)
        stranger = http.client.HTTPSConnection(host, int(port), timeout=scene.api.DEADLINE)
        with self.assertRaises(ssl.SSLCertVerificationError):
            stranger.request("GET", "/v1/session")
        plain = http.client.HTTPConnection(host, int(port), timeout=scene.api.DEADLINE)
        with self.assertRaises((OSError, http.client.HTTPException)):
            plain.request("GET", "/v1/session")
            plain.getresponse()
        plain.close()

    def test_in_clear_beyond_loopback(self):
        def says(config, *args):
            with scene.api.Daemon(scene.BUILD, config=config) as other:
                other.start(expect_ready=False, args=args)
                self.assertEqual(other.process.returncode, 3, other.read_log())
                return other.read_log()
        self.assertIn("plain HTTP is for loopback alone", says("", "--listen", "0.0.0.0:0"))
        self.assertIn("plain SIP of phones is for loopback alone", says("", "--sip", "0.0.0.0:0"))
        self.assertIn("belong together", says("[http]\ntls_key=%s/server.key\n" % self.tls))
        self.assertIn("agent.pem", says("[sip]\ntls_dir=/nowhere\n"))


if __name__ == "__main__":
    scene.main()
