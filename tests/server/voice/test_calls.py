# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole calls through the built-in engine: SIPp customers, baresip agents, sound measured at both ends."""
import glob
import os
import resource
import subprocess
import tempfile
import time
import unittest

import peers
from peers import Agent, Customer, Engine, wav, wait_for


def station(engine, agent="alice", password="secret"):
    engine.do("station.set", agent=agent, password=password)


def registered(engine, agent="alice"):
    return engine.wait("registration.changed", agent=agent, ready=True)


class Calls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="voice-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def ring(self, engine, leg="a1", agent="alice", offer="offer-7", **more):
        return engine.do("originate", leg=leg, target=agent, offer=offer, caller_number="+33123456789",
                         caller_name="Chantal Dubois", **more)

    def bridge(self, engine, *legs):
        engine.do("bridge.create", bridge="b1")
        for leg in legs:
            engine.do("bridge.add", bridge="b1", leg=leg)

    def test_whole_call(self):
        """Queue with music, ring, answer, talk, hold, resume, DTMF, hang up: what each hears is measured."""
        with Engine() as engine:
            station(engine)
            with Agent(engine, self.folder, answer="manual", hz=440) as agent, \
                    Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                came = engine.wait("leg.incoming")
                self.assertEqual((came["number"], came["caller_number"], came["caller_name"], came["trunk"]),
                                 ("8001", "+33123456789", "Chantal Dubois", "world"))
                self.assertTrue(came["call_id"])
                leg = came["leg"]
                engine.do("answer", leg=leg)
                engine.wait("leg.answered", leg=leg)
                engine.do("music.start", leg=leg)
                customer.sound.hears_music()

                self.ring(engine)
                engine.wait("leg.ringing", leg="a1")
                self.assertIn("X-Guichet-Offer: offer-7", wait_for("the INVITE in baresip's trace", lambda: (
                    agent.log() if "X-Guichet-Offer" in agent.log() else None)))
                self.assertIn("Chantal Dubois", agent.log())
                agent.command("accept")
                engine.wait("leg.answered", leg="a1")
                engine.do("music.stop", leg=leg)
                self.bridge(engine, leg, "a1")
                customer.sound.hears_tone(440)

                listed = engine.do("list")
                self.assertEqual(sorted(l["leg"] for l in listed["legs"]), sorted([leg, "a1"]))
                self.assertEqual(listed["bridges"], {"b1": 2})
                self.assertEqual(listed["registrations"], ["alice"])

                engine.do("music.start", leg=leg)
                customer.sound.hears_music()
                engine.do("music.stop", leg=leg)
                customer.sound.hears_tone(440)

                for digit in "19#":
                    customer.sound.key(digit)
                    engine.wait("leg.dtmf", leg=leg, digits=digit)
                engine.do("dtmf", leg="a1", digits="42")
                engine.wait("leg.quality", leg=leg)

                engine.do("hangup", leg=leg)
                ended = engine.wait("leg.ended", leg=leg)
                self.assertEqual((ended["cause"], ended["by"]), ("normal", "centre"))
                engine.do("hangup", leg="a1")
                engine.wait("leg.ended", leg="a1")
                customer.wait()
                engine.do("bridge.destroy", bridge="b1")
                self.assertEqual(engine.do("list")["legs"], [])

                samples, rate = wait_for("what the agent heard", lambda: agent.heard())
                body = samples[int(rate * 0.5):]
                self.assertGreater(len(body) / rate, 3)
                heard = [body[i:i + rate // 2] for i in range(0, len(body) - rate // 2, rate // 2)]
                tones = [wav.has_tone(s, rate, 1000, share=0.7) for s in heard]
                self.assertGreater(sum(tones), 3, "the agent did not hear the customer's 1000 Hz")
                self.assertFalse(any(wav.has_tone(s, rate, 440, dbfs=-45, share=0.01) for s in heard if wav.level(s) > -60),
                                 "the agent heard himself")
                self.assertTrue(any(wav.level(s) < -60 for s in heard), "the agent heard something while the customer was held")

    def test_customer_hangs_up_and_gives_up(self):
        with Engine() as engine:
            with Customer(engine, self.folder, ends="bye:300") as customer:
                leg = engine.wait("leg.incoming")["leg"]
                engine.do("ring", leg=leg)
                engine.do("answer", leg=leg)
                ended = engine.wait("leg.ended", leg=leg)
                self.assertEqual((ended["cause"], ended["by"]), ("normal", "far_end"))
                customer.wait()
            with Customer(engine, self.folder, ends="cancel:300") as customer:
                leg = wait_for("the second leg", lambda: self.second(engine, leg))
                engine.do("ring", leg=leg)
                ended = engine.wait("leg.ended", leg=leg)
                self.assertEqual((ended["cause"], ended["by"]), ("normal", "far_end"))
                self.assertEqual(engine.refused("answer", leg=leg), "no_such_leg")
                customer.wait()

    @staticmethod
    def second(engine, first):
        return next((e["leg"] for e in engine.seen("leg.incoming") if e["leg"] != first), None)

    def test_early_media(self):
        """Sound before the answer: a prompt, then the ring-back tone."""
        peers.Agent.write_tone(f"{self.folder}/welcome.wav", 700, 16000, 1)
        with Engine(sounds=self.folder) as engine, Customer(engine, self.folder, hz=0) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            customer.sound.remote = None
            engine.do("progress", leg=leg)
            play = engine.send("play", leg=leg, media="sound:welcome")
            customer.sound.hears_tone(700)
            self.assertFalse(engine.seen("leg.answered"))
            engine.do("play.stop", play=play)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            ring = engine.send("play", leg=leg, media="tone:ringback", loop=True)
            customer.sound.hears("the ring-back tone",
                                 lambda s: wav.tone_level(s, 8000, 425) > -35, seconds=1.0)
            engine.do("play.stop", play=ring)
            self.assertEqual(engine.refused("play", leg=leg, media="sound:../welcome"), "no_such_media")
            self.assertEqual(engine.refused("play", leg=leg, media="sound:nothing"), "no_such_media")
            engine.do("answer", leg=leg)
            engine.wait("leg.answered", leg=leg)
            engine.do("hangup", leg=leg)
            customer.wait()

    def test_play_ends_by_itself(self):
        import numpy as np
        wav.save(f"{self.folder}/short.wav", wav.tone(600, 0.5, 8000), 8000)
        with Engine(sounds=self.folder) as engine, Customer(engine, self.folder) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            engine.wait("leg.answered", leg=leg)
            begin = time.monotonic()
            engine.do("play", leg=leg, media="sound:short")
            self.assertGreater(time.monotonic() - begin, 0.4)
            wait_for("the clip", lambda: np.any(wav.levels(customer.sound.samples(), 8000) > -25))
            endless = engine.send("play", leg=leg, media="sound:short", loop=True)
            engine.do("hangup", leg=leg)
            self.assertEqual(engine.end_of(endless)["code"], "stopped")
            customer.wait()

    def test_station_answers(self):
        """What a station may answer, and a station that is not there."""
        with Engine() as engine:
            self.assertEqual(engine.refused("originate", leg="x", target="alice"), "not_registered")
            station(engine)
            with Agent(engine, self.folder, answer="manual") as agent:
                registered(engine)
                self.ring(engine, leg="busy")
                engine.wait("leg.ringing", leg="busy")
                agent.command("hangup")
                ended = engine.wait("leg.ended", leg="busy")
                self.assertIn((ended["cause"], int(ended["sip_status"])), [("busy", 486), ("declined", 603)])
                self.assertEqual(ended["by"], "far_end")

                self.ring(engine, leg="taken-back")
                engine.wait("leg.ringing", leg="taken-back")
                engine.do("hangup", leg="taken-back")
                ended = engine.wait("leg.ended", leg="taken-back")
                self.assertEqual((ended["cause"], ended["by"]), ("cancelled", "centre"))
                agent.process.kill()
                agent.process.wait()
                self.ring(engine, leg="dead")
                ended = engine.wait("leg.ended", leg="dead")
                self.assertIn(ended["cause"], ("fault", "timeout"))
                engine.wait("registration.changed", agent="alice", ready=False, reason="lost")
                self.assertEqual(engine.refused("originate", leg="x", target="alice"), "not_registered")

    def test_station_holds_itself(self):
        with Engine() as engine:
            station(engine)
            with Agent(engine, self.folder) as agent:
                registered(engine)
                self.ring(engine)
                engine.wait("leg.answered", leg="a1")
                agent.command("hold")
                engine.wait("leg.held", leg="a1")
                agent.command("resume")
                engine.wait("leg.unheld", leg="a1")
                agent.command("hangup")
                self.assertEqual(engine.wait("leg.ended", leg="a1")["by"], "far_end")

    def test_codecs(self):
        """Each codec of an agent's phone towards a PCMU customer."""
        for codec in "PCMU", "PCMA", "G722", "opus":
            with self.subTest(codec), Engine() as engine:
                station(engine)
                with Agent(engine, self.folder, codec=codec, hz=500) as agent, \
                        Customer(engine, self.folder, hz=1000) as customer:
                    registered(engine)
                    leg = engine.wait("leg.incoming")["leg"]
                    engine.do("answer", leg=leg)
                    self.ring(engine)
                    engine.wait("leg.answered", leg="a1")
                    self.bridge(engine, leg, "a1")
                    for _ in range(2):
                        customer.sound.hears_tone(500)
                    engine.do("hangup", leg="a1")
                    engine.wait("leg.ended", leg="a1")
                    engine.do("hangup", leg=leg)
                    customer.wait()
                    samples, rate = wait_for("what the agent heard", agent.heard)
                    seconds = [samples[at:at + rate] for at in range(0, len(samples) - rate, rate // 4)]
                    self.assertTrue(any(wav.has_tone(s, rate, 1000, share=0.7) for s in seconds), wav.pitch(samples, rate))

    def test_tls_and_srtp(self):
        """A phone beyond loopback's trust: TLS, and SRTP or nothing."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", f"{self.folder}/key.pem", "-out", f"{self.folder}/cafile.pem", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
                       check=True, capture_output=True)
        with open(f"{self.folder}/agent.pem", "w") as out:
            for name in "key.pem", "cafile.pem":
                out.write(open(f"{self.folder}/{name}").read())
        with Engine(tls_dir=self.folder) as engine:
            station(engine)
            with Agent(engine, self.folder, tls=f"{self.folder}/cafile.pem", hz=500) as agent, \
                    Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                leg = engine.wait("leg.incoming")["leg"]
                engine.do("answer", leg=leg)
                self.ring(engine)
                engine.wait("leg.answered", leg="a1")
                self.bridge(engine, leg, "a1")
                customer.sound.hears_tone(500)
                self.assertIn("RTP/SAVP", agent.log())
                engine.do("hangup", leg="a1")
                engine.wait("leg.ended", leg="a1")
                engine.do("hangup", leg=leg)
                customer.wait()

    def test_outside_number(self):
        """An outside number over a trunk: a SIPp that answers, with the digest that it asks for left out."""
        port = peers.free_port()
        trunks = [{"name": "in", "addresses": ["127.0.0.0/8"]}, {"name": "out", "proxy": f"sip:127.0.0.1:{port}"}]
        with Engine(trunks=trunks) as engine:
            callee = subprocess.Popen(["sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(port), "-m", "1", "-nostdin",
                                       "-timeout", "60s"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, cwd=self.folder)
            self.addCleanup(lambda: (callee.kill(), callee.wait()))
            peers.wait_bound(port)
            engine.do("originate", leg="n1", target_kind="number", target="+359888123456", trunk="out",
                      caller_number="+3592123456")
            engine.wait("leg.answered", leg="n1")
            engine.do("hangup", leg="n1")
            self.assertEqual(engine.wait("leg.ended", leg="n1")["cause"], "normal")
            self.assertEqual(engine.refused("originate", leg="n2", target_kind="number", target="1", trunk="in"),
                             "no_such_trunk")
            self.assertEqual(engine.refused("originate", leg="n2", target_kind="number", target="1@evil", trunk="out"),
                             "bad_request")

    def test_mixer_first(self):
        """The mixer's thread goes before the others where the process may raise its priority."""
        allowed = os.geteuid() == 0 or resource.getrlimit(resource.RLIMIT_NICE)[0] >= 20 + 11
        with Engine() as engine:
            nice = {}

            def mixer_has_its_place():
                """It names itself, then raises its priority."""
                for path in glob.glob(f"/proc/{engine.process.pid}/task/*/stat"):
                    try:
                        with open(path) as f:
                            head, fields = f.read().rsplit(")", 1)
                    except OSError:  # it has ended
                        continue
                    nice[head.split("(", 1)[1]] = int(fields.split()[16])
                return nice.get("mixer", 20) <= (-11 if allowed else nice["voice"])
            peers.wait_for("the mixer's thread to go first", mixer_has_its_place)
            self.assertEqual(nice["voice"], os.getpriority(os.PRIO_PROCESS, 0))

    def test_media_lost(self):
        with Engine(media_timeout=2) as engine, Customer(engine, self.folder, hz=600) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            engine.wait("leg.answered", leg=leg)
            wait_for("sound", lambda: customer.sound.packets > 5)
            customer.sound.remote = ("127.0.0.1", 9)
            engine.wait("leg.media_lost", leg=leg)
            ended = engine.wait("leg.ended", leg=leg)
            self.assertEqual((ended["cause"], ended["by"]), ("media_lost", "engine"))
            customer.wait()

    def test_stop_in_mid_call(self):
        engine = Engine()
        with engine, Customer(engine, self.folder, hz=600) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            engine.wait("leg.answered", leg=leg)
            play = engine.send("play", leg=leg, media="tone:ringback", loop=True)
            engine.do("list")
            engine.process.stdin.close()
            ended = engine.wait("leg.ended", leg=leg)
            self.assertEqual((ended["cause"], ended["by"]), ("stopped", "engine"))
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            engine.wait("stopped")
            customer.wait()


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
