# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine over a real Asterisk, without a centre: SIPp customers, baresip agents, sound measured at both ends."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

import stage
import peers
import sip
from peers import Agent, Customer, wait_for, wav

MUSIC = 440  # of this Asterisk


def setUpModule():
    global NODE
    NODE = stage.Node()


def tearDownModule():
    NODE.close()


def station(engine, agent="alice", password="secret"):
    engine.do("station.set", agent=agent, password=password)


def registered(engine, agent="alice"):
    return engine.wait("registration.changed", agent=agent, ready=True)


class Case(unittest.TestCase):
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

    def says(self, customer, hz):
        """From now on the one customer says this, and Asterisk has taken in half a second of it."""
        customer.sound.say(hz)
        at = customer.sound.sent
        wait_for("%d Hz to be taken in" % hz, lambda: self.taken_in() > at + 25)

    @staticmethod
    def taken_in():
        """How many packets Asterisk has had of the one that calls."""
        (line,) = [l for l in NODE.cli("pjsip", "show", "channelstats").splitlines() if " trunk-" in l]
        return int(re.search(r"(?:[0-9]{2}:){2}[0-9]{2} +\S+ +(\d+)", line).group(1))

    @staticmethod
    def has_second_of(samples, rate, hz):
        """Wherever in it."""
        return any(wav.has_tone(samples[at:at + rate], rate, hz, share=0.7) for at in range(0, len(samples) - rate + 1, rate // 4))

    def call(self, engine, agent_leg="a1"):
        """A customer and alice in bridge b1: the customer's leg."""
        leg = engine.wait("leg.incoming")["leg"]
        engine.do("answer", leg=leg, call="i1")
        engine.wait("leg.answered", leg=leg)
        self.ring(engine, leg=agent_leg, call="i1")
        engine.wait("leg.answered", leg=agent_leg)
        self.bridge(engine, leg, agent_leg)
        return leg


class Slow(sip.Phone):
    """Answers no question whether it is there before a second one comes."""

    def __init__(self, *args):
        self.asked = set()
        super().__init__(*args)

    def _request(self, request, source):
        if request.method == "OPTIONS":
            self.asked.add(request["call-id"])
        if request.method != "OPTIONS" or len(self.asked) > 1:
            super()._request(request, source)


class Stations(Case):
    def made(self, password, last=False):
        """How many of twenty an engine makes that is started with them."""
        asterisk = int(NODE.pid())
        os.kill(asterisk, signal.SIGSTOP)  # it answers when all are asked for, as where a guichetd starts
        self.addCleanup(os.kill, asterisk, signal.SIGCONT)
        with open(self.folder + "/log", "w+", encoding="utf-8") as log, stage.Engine(NODE, fresh=False, log=log) as engine:
            for i in range(20):
                engine.send("station.set", agent="phone%d" % i, password=password)
            engine.do("list")
            os.kill(asterisk, signal.SIGCONT)
            told = lambda: re.findall(r"event=stations_made .* made=(\d+) left=0", pathlib.Path(log.name).read_text("utf-8"))  # noqa: E731
            node_up = lambda: "event=node_up" in pathlib.Path(log.name).read_text("utf-8")  # noqa: E731
            wait_for("the node", node_up)
            count = int(wait_for("them to be there", told)[-1])
            if last:
                for i in range(20):
                    engine.do("station.remove", agent="phone%d" % i)
        return count

    def test_they_stay(self):
        """Who comes back makes what Asterisk does not have as it should be, and nothing else."""
        self.made("one")
        self.assertEqual(self.made("one"), 0)
        self.assertEqual(self.made("two", last=True), 20)


class Calls(Case):
    def whole_call(self, http):
        with stage.Engine(NODE, http=http) as engine:
            station(engine)
            with Agent(engine, self.folder, answer="manual", hz=600) as agent, \
                    Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                came = engine.wait("leg.incoming")
                self.assertEqual((came["number"], came["caller_number"], came["caller_name"], came["trunk"]),
                                 ("8001", "+33123456789", "Chantal Dubois", "trunk"))
                self.assertTrue(came["call_id"])
                leg = came["leg"]
                engine.do("answer", leg=leg)
                engine.wait("leg.answered", leg=leg)
                engine.do("music.start", leg=leg)
                customer.sound.hears_tone(MUSIC)

                self.ring(engine)
                engine.wait("leg.ringing", leg="a1")
                self.assertIn("X-Guichet-Offer: offer-7", wait_for("the INVITE in baresip's trace", lambda: (
                    agent.log() if "X-Guichet-Offer" in agent.log() else None)))
                self.assertIn("Chantal Dubois", agent.log())
                agent.command("accept")
                engine.wait("leg.answered", leg="a1")
                self.bridge(engine, leg, "a1")
                customer.sound.hears_tone(MUSIC)
                engine.do("music.stop", leg=leg)
                customer.sound.hears_tone(600)

                listed = engine.do("list")
                self.assertEqual(sorted(l["leg"] for l in listed["legs"]), sorted([leg, "a1"]))
                self.assertEqual(listed["bridges"], {"b1": 2})
                self.assertEqual(listed["registrations"], ["alice"])

                engine.do("music.start", leg=leg)
                customer.sound.hears_tone(MUSIC)
                engine.do("music.stop", leg=leg)
                customer.sound.hears_tone(600)
                engine.do("mute", leg="a1")
                wait_for("silence", lambda: len(customer.sound.samples(time.monotonic() - 0.5)) == 0)
                engine.do("unmute", leg="a1")
                customer.sound.hears_tone(600)

                for digit in "19#":
                    customer.sound.key(digit)
                    engine.wait("leg.dtmf", leg=leg, digits=digit)
                # Where the machine stands still amid a key, Asterisk takes it for two.
                self.assertEqual(re.sub(r"(.)\1+", r"\1", "".join(e["digits"] for e in engine.seen("leg.dtmf"))), "19#")
                engine.do("dtmf", leg=leg, digits="42")
                wait_for("the keys", lambda: customer.sound.keyed == "42")
                self.assertGreater(engine.wait("leg.quality", leg=leg)["received"], 0)

                engine.do("hangup", leg=leg)
                ended = engine.wait("leg.ended", leg=leg)
                self.assertEqual((ended["cause"], ended["by"]), ("normal", "centre"))
                engine.do("hangup", leg="a1")
                engine.wait("leg.ended", leg="a1")
                customer.wait()
                engine.do("bridge.destroy", bridge="b1")
                self.assertEqual(engine.do("list")["legs"], [])

                samples, rate = wait_for("what the agent heard", agent.heard)
                body = samples[int(rate * 0.5):]
                heard = [body[i:i + rate // 2] for i in range(0, len(body) - rate // 2, rate // 2)]
                self.assertGreater(sum(wav.has_tone(s, rate, 1000, share=0.7) for s in heard), 3)
                self.assertFalse(any(wav.has_tone(s, rate, 600, dbfs=-45, share=0.01) for s in heard if wav.level(s) > -60),
                                 "the agent heard himself")

    def test_whole_call(self):
        self.whole_call(http=False)

    def test_whole_call_over_http(self):
        """For an Asterisk that takes no requests on the WebSocket."""
        self.whole_call(http=True)

    def test_refusal_of_each_cause(self):
        causes = {"busy": 486, "declined": 603, "unavailable": 480, "not_found": 404, "forbidden": 403, "limit": 503}
        with stage.Engine(NODE) as engine:
            for cause, status in causes.items():
                at = engine.position()
                with self.subTest(cause), Customer(engine, self.folder, ends=f"refused:{status}") as customer:
                    leg = engine.wait("leg.incoming", after=at)["leg"]
                    engine.do("hangup", leg=leg, cause=cause)
                    self.assertEqual(engine.wait("leg.ended", leg=leg)["cause"], cause)
                    customer.wait()

    def test_too_many_calls(self):
        with stage.Engine(NODE, max_calls=1) as engine, Customer(engine, self.folder, ends="told") as first:
            leg = engine.wait("leg.incoming")["leg"]
            Customer(engine, self.folder, ends="refused:503").wait()
            engine.do("answer", leg=leg)
            first.hang_up()
            engine.wait("leg.ended", leg=leg)
            first.wait()

    def test_customer_gives_up(self):
        with stage.Engine(NODE) as engine, Customer(engine, self.folder, ends="cancel:300") as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("ring", leg=leg)
            ended = engine.wait("leg.ended", leg=leg)
            self.assertEqual((ended["cause"], ended["by"]), ("normal", "far_end"))
            self.assertEqual(engine.refused("answer", leg=leg), "no_such_leg")
            customer.wait()

    def test_sounds(self):
        """Before the answer, ended by itself, stopped, over and over, and one that is not there."""
        with stage.Engine(NODE) as engine, Customer(engine, self.folder, hz=0) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            customer.sound.remote = None
            engine.do("progress", leg=leg)
            begun = time.monotonic()
            play = engine.send("play", leg=leg, media="sound:tone1000")
            customer.sound.has_heard("1000 Hz", lambda s: wav.has_tone(s, 8000, 1000, share=0.8), begun)
            self.assertEqual(engine.end_of(play)["event"], "done")
            self.assertFalse(engine.seen("leg.answered"))
            engine.do("answer", leg=leg)
            play = engine.send("play", leg=leg, media="sound:tone1000", loop=True)
            for _ in range(5):  # longer than the sound
                customer.sound.hears_tone(1000)
            engine.do("play.stop", play=play)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            self.assertEqual(engine.refused("play.stop", play=play), "no_such_play")
            ring = engine.send("play", leg=leg, media="tone:ringback", loop=True)
            customer.sound.hears("the ring-back tone", lambda s: wav.tone_level(s, 8000, 425) > -35)
            engine.do("play.stop", play=ring)
            self.assertEqual(engine.refused("play", leg=leg, media="sound:no-such-sound"), "no_such_media")
            self.assertEqual(engine.refused("play", leg=leg, media="sound:../../etc/passwd"), "no_such_media")
            play = engine.send("play", leg=leg, media="tone:ringback", loop=True)
            engine.do("hangup", leg=leg)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            customer.wait()

    def test_asked_while_it_hears(self):
        """What a leg hears keeps nobody waiting: not who asks something of it, nor whoever comes after that."""
        with stage.Engine(NODE) as engine, Customer(engine, self.folder, hz=0) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg, call="i1")
            self.bridge(engine, leg)
            play = engine.send("play", leg=leg, media="tone:ringback", loop=True)
            customer.sound.hears("the ring-back tone", lambda s: wav.tone_level(s, 8000, 425) > -35)
            engine.do("mute", leg=leg, call="i2")
            engine.do("music.stop", leg=leg)
            engine.do("bridge.remove", bridge="b1", leg=leg)
            customer.sound.hears("the ring-back tone again", lambda s: wav.tone_level(s, 8000, 425) > -35)
            engine.do("unmute", leg=leg, call="i3")
            engine.do("bridge.add", bridge="b1", leg=leg)
            customer.sound.hears("the ring-back tone once more", lambda s: wav.tone_level(s, 8000, 425) > -35)
            engine.do("mute", leg=leg, call="i4")
            engine.do("play.stop", play=play)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            engine.do("music.start", leg=leg)  # Asterisk answers that when it has taken in what was asked before
            self.assertFalse(engine.seen("service.changed", ready=False))
            engine.kill()
            with stage.Engine(NODE, fresh=False) as engine:
                (found,) = engine.do("list")["legs"]
                self.assertEqual((found["leg"], found["call"]), (leg, "i4"))
                engine.do("hangup", leg=leg)
                customer.wait()

    def test_trunk_is_down_from_the_start(self):
        """It was asked after before the engine came: nothing changes any more, and yet it is told."""
        wait_for("Asterisk to have asked", lambda: "Unavail" in NODE.cli("pjsip show aor gone"))
        with stage.Engine(NODE, numbers="PJSIP/{number}@gone") as engine:
            engine.wait("service.changed", trunk="gone", ready=False)
        with stage.Engine(NODE, numbers="PJSIP/{number}/sip:{number}@gone") as engine:
            engine.do("list")
            self.assertEqual(engine.seen("service.changed", trunk="gone"), [])

    def test_file(self):
        """A file of the centre's own, which Asterisk gets by the folder that both see, and which does not stay there."""
        share = self.folder + "/share"
        os.mkdir(share)
        peers.Agent.write_tone(self.folder + "/clip.wav", 700, 16000, 1)
        with stage.Engine(NODE, share=share) as engine, Customer(engine, self.folder, hz=0) as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            play = engine.send("play", leg=leg, media="file:" + self.folder + "/clip.wav")
            customer.sound.hears_tone(700)
            engine.do("play.stop", play=play)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            self.assertEqual(os.listdir(share), [])
            self.assertEqual(engine.refused("play", leg=leg, media="file:" + self.folder + "/none.wav"), "no_such_media")
            with open(self.folder + "/bad.opus", "wb") as f:
                f.write(b"OggS" + bytes(range(256)) * 40)
            self.assertEqual(engine.refused("play", leg=leg, media="file:" + self.folder + "/bad.opus"), "no_such_media")
            self.assertEqual(os.listdir(share), [])
            engine.do("hangup", leg=leg)
            customer.wait()

    def test_station_answers(self):
        """What a station may answer, and a station that is not there."""
        with stage.Engine(NODE) as engine:
            self.assertEqual(engine.refused("originate", leg="x", target="bob"), "not_registered")
            station(engine, "bob")
            self.assertEqual(engine.refused("originate", leg="x", target="bob"), "not_registered")
            self.assertEqual(engine.refused("station.set", agent="eve", user="bob", password="x"), "exists")
            with Agent(engine, self.folder, user="bob", answer="manual") as agent:
                registered(engine, "bob")
                self.ring(engine, leg="busy", agent="bob")
                engine.wait("leg.ringing", leg="busy")
                agent.command("hangup")
                ended = engine.wait("leg.ended", leg="busy")
                self.assertIn((ended["cause"], int(ended["sip_status"])), [("busy", 486), ("declined", 603)])
                self.assertEqual(ended["by"], "far_end")
                self.ring(engine, leg="taken-back", agent="bob")
                engine.wait("leg.ringing", leg="taken-back")
                self.assertEqual(engine.refused("originate", leg="taken-back", target="bob"), "exists")
                engine.do("hangup", leg="taken-back")
                ended = engine.wait("leg.ended", leg="taken-back")
                self.assertEqual((ended["cause"], ended["by"]), ("cancelled", "centre"))
            engine.wait("registration.changed", agent="bob", ready=False, reason="unregistered")
            engine.do("station.remove", agent="bob")

    def test_station_dies(self):
        """Without a goodbye: known before it would expire."""
        with stage.Engine(NODE) as engine:
            station(engine, "carol")
            with Agent(engine, self.folder, user="carol", expires=300) as agent:
                registered(engine, "carol")
                agent.process.kill()
                agent.process.wait()
                engine.wait("registration.changed", agent="carol", ready=False, reason="lost")
                self.assertEqual(engine.do("list")["registrations"], [])
            engine.do("station.remove", agent="carol")

    def test_station_answers_late(self):
        """It is rung still when Asterisk already asks once more whether it is there."""
        with stage.Engine(NODE) as engine:
            station(engine, "slow")
            phone = Slow("127.0.0.1:%d" % NODE.port, "slow", "secret")
            self.addCleanup(phone.close)
            registered(engine, "slow")
            wait_for("two questions", lambda: len(phone.asked) >= 2)
            self.ring(engine, leg="late", agent="slow")
            engine.wait("leg.ringing", leg="late")
            phone.wait_call().answer()
            engine.wait("leg.answered", leg="late")
            self.assertEqual(engine.seen("registration.changed", agent="slow", ready=False), [])
            engine.do("hangup", leg="late")
            engine.wait("leg.ended", leg="late")
            engine.do("station.remove", agent="slow")

    def test_station_holds_itself(self):
        with stage.Engine(NODE) as engine:
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

    def test_outside_number(self):
        port = peers.free_port()
        with stage.Engine(NODE, numbers="PJSIP/trunk/sip:{number}@127.0.0.1:%d" % port) as engine:
            callee = subprocess.Popen(["sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(port), "-m", "1", "-nostdin",
                                       "-timeout", "60s"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, cwd=self.folder)
            self.addCleanup(lambda: (callee.kill(), callee.wait()))
            peers.wait_bound(port)
            engine.do("originate", leg="n1", target_kind="number", target="+359888123456", caller_number="+3592123456")
            engine.wait("leg.answered", leg="n1")
            engine.do("hangup", leg="n1")
            self.assertEqual(engine.wait("leg.ended", leg="n1")["cause"], "normal")
            for evil in ("1@evil", "1&PJSIP/other", "1/2", "1,2"):
                self.assertEqual(engine.refused("originate", leg="n2", target_kind="number", target=evil), "bad_request")
        with stage.Engine(NODE) as engine:
            self.assertEqual(engine.refused("originate", leg="n2", target_kind="number", target="1"), "no_such_trunk")

    @staticmethod
    def recording_begins():
        """Asterisk writes down both sides."""
        def sizes():
            return [os.path.getsize(os.path.join(at, name)) for at, _, files in os.walk(NODE.env["AST_RECORDINGS"]) for name in files]
        wait_for("a recording", lambda: len(sizes()) == 2 and min(sizes()) > 44)

    def test_record(self):
        """Customer left, agent right; nothing of the pause; one file that is whole when it is told, and nothing left there."""
        with stage.Engine(NODE) as engine:
            station(engine)
            with Agent(engine, self.folder, hz=600), Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                leg = self.call(engine)
                customer.sound.hears_tone(600)
                path = self.folder + "/call.opus"
                record = engine.send("record", leg=leg, bridge="b1", path=path)
                self.recording_begins()
                self.assertEqual(engine.refused("record", leg=leg, bridge="nobody", path=self.folder + "/x.opus"), "no_such_bridge")
                customer.sound.hears_tone(600)
                customer.sound.hears_tone(600)
                engine.do("record.pause", record=record)
                self.says(customer, 1500)
                customer.sound.hears_tone(600)
                customer.sound.hears_tone(600)
                self.says(customer, 1000)
                engine.do("record.resume", record=record)
                customer.sound.hears_tone(600)
                engine.do("record.stop", record=record)
                done = engine.end_of(record)
                self.assertEqual(done["event"], "done", done)
                self.assertEqual(engine.refused("record.stop", record=record), "no_such_record")
                (left, right), rate = peers.opus.load(path)
                self.assertLess(abs(len(left) * 1000 / rate - done["duration_ms"]), 200)
                self.assertGreater(done["duration_ms"], 2000)
                for side, hz in ((left, 1000), (right, 600)):
                    self.assertTrue(self.has_second_of(side, rate, hz), (hz, wav.pitch(side, rate)))
                    for at in range(0, len(side) - rate // 4, rate // 4):
                        self.assertFalse(wav.has_tone(side[at:at + rate // 4], rate, 1500, dbfs=-40, share=0.1), "the pause is in it")
                engine.do("hangup", leg=leg)
                engine.wait("leg.ended", leg=leg)
                wait_for("nothing left at Asterisk", lambda: not os.listdir(NODE.env["AST_RECORDINGS"]))
                self.assertEqual([f for f in os.listdir(self.folder) if f.endswith(".wav") and f.startswith("call")], [])

    def test_noise(self):
        """A pause that is masked: low noise in both channels, as long as it was, and nothing that was said."""
        with stage.Engine(NODE) as engine:
            station(engine)
            with Agent(engine, self.folder, hz=600), Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                leg = self.call(engine)
                customer.sound.hears_tone(600)
                path = self.folder + "/noise.opus"
                record = engine.send("record", leg=leg, bridge="b1", path=path)
                self.recording_begins()
                first = time.monotonic()
                customer.sound.hears_tone(600)
                customer.sound.hears_tone(600)
                engine.do("record.pause", record=record, noise=True)
                begun = time.monotonic()
                self.says(customer, 1500)
                for _ in range(4):
                    customer.sound.hears_tone(600)
                self.says(customer, 1000)
                lasted = time.monotonic() - begun
                engine.do("record.resume", record=record)
                customer.sound.hears_tone(600)
                whole = time.monotonic() - first
                engine.do("record.stop", record=record)
                self.assertEqual(engine.end_of(record)["event"], "done")
                (left, right), rate = peers.opus.load(path)
                missing = max(0, whole - len(left) / rate)  # for so long Asterisk stood still; what came then it took in at once
                for side, hz in ((left, 1000), (right, 600)):
                    self.assertTrue(self.has_second_of(side, rate, hz), wav.pitch(side, rate))
                    self.assertGreater(wav.quiet_seconds(side, rate), min(lasted - missing, 3) - 0.7)
                    self.assertLess(wav.lasting(side, rate, 1500), -45)

    def test_record_until_the_end(self):
        """What one leg says, alone, until it hangs up."""
        with stage.Engine(NODE) as engine, Customer(engine, self.folder, hz=700, ends="bye:8000") as customer:
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            engine.do("play", leg=leg, media="sound:tone1000")  # who hears nothing yet says nothing
            path = self.folder + "/message.opus"
            record = engine.send("record", leg=leg, path=path)
            done = engine.end_of(record)
            self.assertEqual(done["event"], "done", done)
            (said,), rate = peers.opus.load(path)
            self.assertTrue(self.has_second_of(said, rate, 700), (rate, len(said), wav.level(said), wav.pitch(said, rate)))
            customer.wait()

    def test_listen(self):
        """A third one hears both and is heard by nobody, then by the one alone, then in the call."""
        with stage.Engine(NODE) as engine:
            station(engine)
            station(engine, "bob")
            with Agent(engine, self.folder, hz=600) as agent, Agent(engine, self.folder, user="bob", hz=1600), \
                    Customer(engine, self.folder, hz=1000) as customer:
                registered(engine)
                registered(engine, "bob")
                leg = self.call(engine)
                engine.do("originate", leg="s1", target="bob", offer="o9", call="i1")
                engine.wait("leg.answered", leg="s1")
                self.assertEqual(engine.refused("snoop", leg="s1", other="nobody"), "no_such_leg")
                self.assertEqual(engine.refused("snoop", leg="a1", other="s1"), "wrong_state")
                engine.do("snoop", leg="s1", other="a1")
                path = self.folder + "/heard.opus"
                record = engine.send("record", leg="a1", bridge="b1", path=path)
                self.recording_begins()
                for _ in range(2):
                    customer.sound.hears_tone(600)
                engine.do("record.stop", record=record)
                self.assertEqual(engine.end_of(record)["event"], "done")
                engine.do("snoop", leg="s1", other="a1", whisper=True)
                for _ in range(3):
                    customer.sound.hears_tone(600)
                engine.do("snoop.stop", leg="s1")
                engine.do("bridge.add", bridge="b1", leg="s1")
                customer.sound.hears("the third one", lambda s: wav.tone_level(s, 8000, 1600) > -35)
                for one in ("s1", "a1", leg):
                    engine.do("hangup", leg=one)
                    engine.wait("leg.ended", leg=one)
                samples, rate = wait_for("what the agent heard", agent.heard)
                parts = [samples[i:i + rate // 2] for i in range(0, len(samples) - rate // 2, rate // 2)]
                whispered = [wav.tone_level(p, rate, 1600) > -35 for p in parts]
                self.assertGreater(sum(whispered), 2, "nobody whispered")
                self.assertFalse(all(whispered), "who only listened was heard")
                customer.wait()

    def test_engine_dies_in_a_call(self):
        """They talk on; the next one finds all of it, with music and mute as they were, and steers it."""
        with stage.Engine(NODE) as engine:
            station(engine)
            agent = Agent(engine, self.folder, hz=600)
            self.addCleanup(agent.close)
            customer = Customer(engine, self.folder, hz=1000)
            self.addCleanup(customer.close)
            registered(engine)
            leg = self.call(engine)
            engine.do("mute", leg="a1")
            engine.do("unmute", leg="a1")
            customer.sound.hears_tone(600)
            engine.kill()
        customer.sound.hears_tone(600)
        with stage.Engine(NODE, fresh=False) as engine:
            station(engine)
            listed = engine.do("list")
            legs = {l["leg"]: l for l in listed["legs"]}
            self.assertEqual(sorted(legs), sorted([leg, "a1"]))
            self.assertEqual((legs["a1"]["offer"], legs["a1"]["call"], legs["a1"]["state"], legs["a1"]["bridge"]),
                             ("offer-7", "i1", "up", "b1"))
            self.assertEqual((legs[leg]["call"], legs[leg]["state"]), ("i1", "up"))
            self.assertEqual(listed["bridges"], {"b1": 2})
            self.assertEqual(listed["registrations"], ["alice"])
            customer.sound.hears_tone(600)
            engine.do("music.start", leg=leg)
            customer.sound.hears_tone(MUSIC)
            engine.kill()
        with stage.Engine(NODE, fresh=False) as engine:
            station(engine)
            engine.do("list")
            customer.sound.hears_tone(MUSIC)
            engine.do("music.stop", leg=leg)
            customer.sound.hears_tone(600)
            engine.do("hangup", leg="a1")
            engine.wait("leg.ended", leg="a1")
            engine.do("hangup", leg=leg)
            engine.wait("leg.ended", leg=leg)
            engine.do("bridge.destroy", bridge="b1")
            customer.wait()


class Nodes(Case):
    """Nodes of their own, as they die."""

    def test_node_dies(self):
        """Its calls end with that reason and no others; it gets no more; back, it serves again."""
        two = stage.Node("two")
        self.addCleanup(two.close)
        with stage.Engine(NODE, two) as engine:
            station(engine)
            agent = Agent(engine, self.folder, hz=600)
            self.addCleanup(agent.close)
            registered(engine)
            here = Customer(engine, self.folder, hz=1000)
            self.addCleanup(here.close)
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg, call="i1")
            at = engine.position()
            there = Customer(two, self.folder, hz=1000)
            self.addCleanup(there.close)
            other = engine.wait("leg.incoming", after=at)["leg"]
            self.assertTrue(leg.startswith("one:") and other.startswith("two:"), (leg, other))
            engine.do("answer", leg=other, call="i2")
            # The phone is registered at the first node, its leg is rung from the second.
            self.ring(engine, leg="a2", call="i2", offer="o2")
            engine.wait("leg.answered", leg="a2")
            self.assertIn("X-Guichet-Offer: o2", agent.log())
            self.bridge(engine, other, "a2")
            there.sound.hears_tone(600)
            engine.do("bridge.create", bridge="b2")
            engine.do("bridge.add", bridge="b2", leg=leg)
            self.assertEqual(engine.refused("bridge.add", bridge="b2", leg="a2"), "wrong_state")
            two.kill()
            for gone in (other, "a2"):
                ended = engine.wait("leg.ended", leg=gone)
                self.assertEqual((ended["cause"], ended["by"]), ("stopped", "engine"))
            self.assertFalse(engine.seen("leg.ended", leg=leg))
            self.assertEqual([l["leg"] for l in engine.do("list")["legs"]], [leg])
            engine.do("music.start", leg=leg)
            here.sound.hears_tone(MUSIC)
            at = engine.position()
            two.restart()
            engine.wait("service.changed", node="two", ready=True, after=at)
            again = Customer(two, self.folder)
            self.addCleanup(again.close)
            back = engine.wait("leg.incoming", after=at)["leg"]
            engine.do("answer", leg=back)
            engine.do("hangup", leg=back)
            engine.wait("leg.ended", leg=back)
            again.wait()
            engine.do("hangup", leg=leg)
            engine.wait("leg.ended", leg=leg)
            here.wait()

    def test_where_phones_register_dies(self):
        """Phones are not there while it is not; each registers again with what it has."""
        node = stage.Node("three")
        self.addCleanup(node.close)
        with stage.Engine(node) as engine:
            station(engine, "dora")
            agent = Agent(engine, self.folder, user="dora", expires=10)
            self.addCleanup(agent.close)
            registered(engine, "dora")
            node.kill()
            engine.wait("registration.changed", agent="dora", ready=False, reason="lost")
            self.assertEqual(engine.refused("originate", leg="x", target="dora"), "fault")
            at = engine.position()
            node.restart()
            engine.wait("registration.changed", agent="dora", ready=True, after=at)
            self.ring(engine, leg="d1", agent="dora")
            engine.wait("leg.answered", leg="d1")
            engine.do("hangup", leg="d1")
            engine.wait("leg.ended", leg="d1")


if __name__ == "__main__":
    stage.needed()
    unittest.main(verbosity=2, warnings="ignore")
