# SPDX-License-Identifier: GPL-3.0-or-later
"""What the built-in engine writes into files, plays from files, and lets a third one hear: tones that are measured at all ends."""
import os
import tempfile
import time
import unittest

from peers import Customer, Engine, opus, wait_for, wav


class Recording(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="voice-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def enter(self, engine, hz, bridge="b1"):
        """One who calls with this tone, answered and in the bridge: the customer and the id of its leg."""
        known = {e["leg"] for e in engine.seen("leg.incoming")}
        customer = Customer(engine, self.folder, hz=hz)
        self.addCleanup(customer.close)
        leg = wait_for("the leg", lambda: next((e["leg"] for e in engine.seen("leg.incoming") if e["leg"] not in known), None))
        engine.do("answer", leg=leg)
        engine.wait("leg.answered", leg=leg)
        if bridge:
            engine.do("bridge.add", bridge=bridge, leg=leg)
        return customer, leg

    def ended(self, engine, record, path):
        end = engine.end_of(record)
        self.assertEqual(end["event"], "done", end)
        channels, rate = opus.load(path)
        self.assertAlmostEqual(len(channels[0]) / rate, end["duration_ms"] / 1000, delta=0.1)
        return channels, rate

    def test_stereo_and_pause(self):
        """Customer left, the others right; nothing of the pause, neither its sound nor its length; then the file is played."""
        path, mono = f"{self.folder}/call.opus", f"{self.folder}/mono.opus"
        with Engine() as engine:
            engine.do("bridge.create", bridge="b1")
            customer, c = self.enter(engine, 1000)
            agent, a = self.enter(engine, 440)
            agent.sound.hears_tone(1000)
            record = engine.send("record", leg=c, bridge="b1", path=path)
            alone = engine.send("record", leg=a, path=mono)
            agent.sound.hears_tone(1000)
            engine.do("record.pause", record=record)
            customer.sound.say(2000)
            agent.sound.say(2500)
            agent.sound.hears_tone(2000)
            customer.sound.hears_tone(2500)
            for digit in "4#":
                customer.sound.key(digit)
                engine.wait("leg.dtmf", leg=c, digits=digit)
            customer.sound.say(600)
            agent.sound.say(440)
            agent.sound.hears_tone(600)
            customer.sound.hears_tone(440)
            engine.do("record.resume", record=record)
            agent.sound.hears_tone(600)
            engine.do("mute", leg=a)
            customer.sound.hears_nothing()
            agent.sound.hears_tone(600)
            engine.do("unmute", leg=a)
            customer.sound.hears_tone(440)
            engine.do("record.stop", record=record)
            self.assertEqual(engine.refused("record.resume", record=record), "no_such_record")
            (left, right), rate = self.ended(engine, record, path)
            for hz in 1000, 600:
                self.assertGreater(wav.loudest(left, rate, hz), -25, hz)
                self.assertLess(wav.lasting(right, rate, hz), -33, hz)
            self.assertGreater(wav.loudest(right, rate, 440), -25)
            self.assertLess(wav.lasting(left, rate, 440), -33)
            self.assertGreater(wav.longest_silence(right, rate, below=-50), 0.5)
            for side in left, right:
                for hz in 2000, 2500:
                    self.assertLess(wav.loudest(side, rate, hz), -30, hz)
                for pair in (770, 1209), (941, 1477):
                    self.assertLess(wav.loudest(side, rate, *pair), -30, pair)

            # The other file ends with its leg, and is what that one said.
            engine.do("hangup", leg=a)
            (said,), rate = self.ended(engine, alone, mono)
            self.assertGreater(wav.loudest(said, rate, 2500), -25)
            self.assertLess(wav.lasting(said, rate, 1000), -45)

            play = engine.send("play", leg=c, media=f"file:{mono}", loop=True)
            customer.sound.hears_tone(440)
            engine.do("play.stop", play=play)
            self.assertEqual(engine.end_of(play)["code"], "stopped")
            self.assertEqual(engine.refused("play", leg=c, media=f"file:{self.folder}/none.opus"), "no_such_media")
            with open(f"{self.folder}/bad.opus", "wb") as f:
                f.write(b"OggS" + os.urandom(3000))
            self.assertEqual(engine.refused("play", leg=c, media=f"file:{self.folder}/bad.opus"), "no_such_media")
            self.assertEqual(engine.refused("record", leg=c, path=mono), "exists")
            self.assertEqual(engine.refused("record", leg=c, path=f"{self.folder}/no/such.opus"), "fault")
            self.assertEqual(engine.refused("record", leg=a, path=f"{self.folder}/x.opus"), "no_such_leg")

    def test_noise(self):
        """A masked pause is low noise on both sides, as long as it was; one that is left out follows, and nothing of either is heard."""
        path = f"{self.folder}/call.opus"
        with Engine() as engine:
            engine.do("bridge.create", bridge="b1")
            customer, c = self.enter(engine, 1000)
            agent, _ = self.enter(engine, 440)
            agent.sound.hears_tone(1000)
            record = engine.send("record", leg=c, bridge="b1", path=path)
            agent.sound.hears_tone(1000)
            before = time.monotonic()
            engine.do("record.pause", record=record, noise=True)
            begun, ticks = time.monotonic(), agent.sound.packets
            customer.sound.say(2000)
            agent.sound.hears_tone(2000)
            customer.sound.key("4")
            engine.wait("leg.dtmf", leg=c, digits="4")
            # An engine that stands still for a while lays down less.
            least = min(time.monotonic() - begun, (agent.sound.packets - ticks) * 0.02)
            engine.do("record.pause", record=record)
            most = time.monotonic() - before
            agent.sound.hears_tone(2000)
            customer.sound.say(600)
            agent.sound.hears_tone(600)
            engine.do("record.resume", record=record)
            agent.sound.hears_tone(600)
            agent.sound.hears_tone(600)
            engine.do("record.stop", record=record)
            (left, right), rate = self.ended(engine, record, path)
            for side in left, right:
                quiet = wav.quiet_seconds(side, rate)
                self.assertTrue(least - 0.4 <= quiet <= most + 0.4, (least, quiet, most))
                self.assertLess(wav.loudest(side, rate, 2000), -30)
                self.assertLess(wav.loudest(side, rate, 770, 1209), -30)
            self.assertGreater(wav.loudest(left, rate, 600), -25)

    def test_killed(self):
        """What is on disk when the process dies plays, and lacks less than a second."""
        path = f"{self.folder}/call.opus"
        engine = Engine()
        self.addCleanup(engine.process.stdin.close)
        engine.do("bridge.create", bridge="b1")
        _, c = self.enter(engine, 1000)
        agent, _ = self.enter(engine, 440)
        agent.sound.hears_tone(1000)
        engine.send("record", leg=c, bridge="b1", path=path)
        agent.sound.hears_tone(1000)
        agent.sound.hears_tone(1000)
        engine.process.kill()
        engine.process.wait()
        (left, right), rate = opus.load(path)
        self.assertGreater(len(left) / rate, 0.6)
        self.assertGreater(wav.loudest(left, rate, 1000), -25)
        self.assertGreater(wav.loudest(right, rate, 440), -25)

    def test_snoop(self):
        """A supervisor hears both; whispering, the agent alone hears him; in the bridge, all do."""
        with Engine() as engine:
            engine.do("bridge.create", bridge="b1")
            customer, c = self.enter(engine, 1000)
            agent, a = self.enter(engine, 440)
            chief, s = self.enter(engine, 1700, bridge=None)
            engine.do("snoop", leg=s, other=a)
            chief.sound.hears("both", lambda x: min(wav.tone_level(x, 8000, 1000), wav.tone_level(x, 8000, 440)) > -25)
            agent.sound.hears_tone(1000)
            customer.sound.hears_tone(440)
            engine.do("snoop", leg=s, other=a, whisper=True)
            agent.sound.hears("the whisper", lambda x: min(wav.tone_level(x, 8000, 1000), wav.tone_level(x, 8000, 1700)) > -25)
            customer.sound.hears_tone(440)
            self.assertEqual(engine.refused("snoop", leg=c, other=a), "wrong_state")
            self.assertEqual(engine.refused("snoop", leg=s, other="nobody"), "no_such_leg")
            engine.do("snoop.stop", leg=s)
            chief.sound.hears_nothing()
            agent.sound.hears_tone(1000)
            engine.do("snoop", leg=s, other=a)
            engine.do("bridge.add", bridge="b1", leg=s)
            customer.sound.hears("all", lambda x: min(wav.tone_level(x, 8000, 440), wav.tone_level(x, 8000, 1700)) > -25)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
