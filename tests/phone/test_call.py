# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls by the D-Bus interface alone: ring, answer, sound both ways at level, mute, digits, decline, a second call."""
import unittest

from phonerig import Rig, unbroken, wav, wait_for
from patience import DEADLINE
from gi.repository import GLib

QUIET = -70.0


def tone_of(freq):
    return lambda s, rate: wav.has_tone(s, rate, freq)


def silent(s, rate):
    return wav.level(s) < QUIET


class Calls(unittest.TestCase):
    codec = ""

    @classmethod
    def setUpClass(cls):
        cls.rig = Rig(cls.codec)
        cls.rig.__enter__()
        cls.rig.phone.configure(ringer="ringer", echo_cancellation=False, noise_suppression=False, gain_control=False)
        cls.rig.register()
        cls.ringer = cls.rig.pulse.capture("ringer")
        cls.headset = cls.rig.pulse.capture("headset")

    @classmethod
    def tearDownClass(cls):
        cls.rig.__exit__(None, None, None)

    def tearDown(self):
        for call in self.rig.phone["Calls"]:
            if call["state"] != "ended":
                self.rig.phone.HangUp("(s)", call["id"])
                self.rig.phone.wait_call(call["id"], "ended")
        for part in self.rig.pulse._parts[2:]:
            part.stop()
        del self.rig.pulse._parts[2:]

    def test_ring_answer_talk(self):
        rig = self.rig
        number, call = rig.ring("X-Guichet-Offer: offer-7")
        known = rig.phone.find(call)
        self.assertEqual((known["state"], known["direction"], known["offer"]), ("ringing", "in", "offer-7"))
        self.assertEqual((known["peer_name"], known["peer_number"]), ("Élise Martin", "+33123456789"))
        rig.peer.wait(f"state {number} proceeding")
        start = self.headset.position()
        self.assertTrue(self.ringer.wait(lambda s, r: wav.level(s) > -35, DEADLINE, 0.5), "no ring on the ring device")
        self.assertEqual(wav.level(self.headset.samples(start)), wav.SILENCE, "the ring is heard in the headset")

        rig.pulse.play("mic", wav.tone(440, 1), loop=True)
        rig.phone.Answer("(s)", call)
        rig.peer.wait(f"state {number} active")
        rig.phone.wait_call(call, "active")
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5), "the agent does not hear the customer")
        self.assertTrue(rig.peer.wait_sound(tone_of(440)), "the customer does not hear the agent")
        self.assertTrue(self.ringer.wait(silent, DEADLINE, 0.5), "it rings on")
        agent, customer = unbroken(self.headset.more, 3), unbroken(rig.peer.more, 3)
        self.assertAlmostEqual(wav.level(agent), -17.0, delta=1.5)  # volume 0.2 of a full sine
        self.assertAlmostEqual(wav.level(customer), -20.0, delta=1.5)
        known = rig.phone.find(call)
        self.assertGreaterEqual(known["answered"], known["started"])
        self.assertIn(known["codec"], (self.codec or "opus",))
        figures = rig.phone.GetQuality("(s)", call)
        self.assertGreater(figures["packets_received"], 100)
        self.assertEqual(figures["packets_lost"], 0)
        self.assertGreater(figures["mos"], 3.5)

        rig.phone.HangUp("(s)", call)
        rig.peer.wait(f"ended {number} remote_hangup")
        known = rig.phone.wait_call(call, "ended")[-1]
        self.assertEqual(known["end_reason"], "local")
        self.assertGreaterEqual(known["ended"], known["answered"])
        self.assertTrue(self.headset.wait(silent, DEADLINE, 0.5))

    def test_mute(self):
        rig = self.rig
        rig.pulse.play("mic", wav.tone(440, 1), loop=True)
        number, call = rig.answered()
        self.assertTrue(rig.peer.wait_sound(tone_of(440)))
        rig.phone.SetMuted("(sb)", call, True)
        self.assertTrue(rig.phone.find(call)["muted"])
        self.assertTrue(rig.peer.wait_sound(silent), "muted, and still heard")
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5), "muted, and the agent hears nothing")
        rig.phone.SetMuted("(sb)", call, False)
        self.assertTrue(rig.peer.wait_sound(tone_of(440)))

    def test_dtmf(self):
        rig = self.rig
        number, call = rig.answered()
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5))
        rig.phone.SendDtmf("(ss)", call, "15*#")
        for digit in "15*#":
            rig.peer.wait(f"dtmf {number} {digit}")
        rig.peer.send(f"dtmf {number} 92D")
        for digit in "92D":
            rig.phone.wait_signal("DtmfReceived", holds=lambda a, d=digit: a == (call, d))

    def test_decline(self):
        for reason, status in (("declined", 603), ("busy", 486)):
            number, call = self.rig.ring()
            self.rig.phone.Decline("(ss)", call, reason)
            self.assertTrue(self.rig.peer.wait(f"ended {number}").endswith(str(status)))
            self.assertEqual(self.rig.phone.wait_call(call, "ended")[-1]["end_reason"], reason)

    def test_caller_gives_up(self):
        number, call = self.rig.ring()
        self.rig.peer.send(f"hangup {number}")
        self.assertEqual(self.rig.phone.wait_call(call, "ended")[-1]["end_reason"], "cancelled")
        self.assertTrue(self.ringer.wait(silent, DEADLINE, 0.5), "it rings on")

    def test_other_side_hangs_up(self):
        number, call = self.rig.answered()
        self.rig.peer.send(f"hangup {number}")
        self.assertEqual(self.rig.phone.wait_call(call, "ended")[-1]["end_reason"], "remote")

    def test_hold_both_ways(self):
        rig = self.rig
        number, call = rig.answered()
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5))
        rig.phone.Hold("(s)", call)
        rig.phone.wait_call(call, "held_local")
        rig.peer.wait(f"hold {number} 0 1")
        rig.phone.Resume("(s)", call)
        rig.phone.wait_call(call, "active")
        rig.peer.send(f"hold {number} 1")
        rig.phone.wait_call(call, "held_remote")
        rig.peer.send(f"hold {number} 0")
        rig.phone.wait_call(call, "active")
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5), "no sound after the hold")

    def test_auto_answer(self):
        number, call = self.rig.ring("X-Guichet-Answer: auto")
        self.rig.peer.wait(f"state {number} active")
        self.assertTrue(self.rig.phone.find(call)["auto_answer"])

    def test_second_call_knocks(self):
        rig = self.rig
        first, one = rig.answered()
        self.assertTrue(self.headset.wait(tone_of(1000), DEADLINE, 0.5))
        rig.peer.send(f"tone {first} 2500")
        start = self.ringer.position()
        second, two = rig.ring()
        self.assertTrue(self.headset.wait(tone_of_knock, DEADLINE, 0.4), "no knock in the headset")
        self.assertEqual(wav.level(self.ringer.samples(start)), wav.SILENCE, "it rings aloud during a call")
        rig.phone.Answer("(s)", two)
        rig.peer.wait(f"state {second} active")
        rig.phone.wait_call(one, "held_local")

    def test_levels_only_for_who_asks(self):
        rig = self.rig
        watcher = rig.client()
        rig.pulse.play("mic", wav.tone(440, 1), loop=True)
        rig.answered()
        self.assertFalse([1 for name, _ in watcher.signals if name == "Levels"])
        watcher.WatchLevels("(b)", True)
        watcher.wait_signal("Levels", holds=lambda a: abs(a[0] + 20) < 2 and abs(a[1] + 17) < 2)
        count = len([1 for name, _ in watcher.signals if name == "Levels"])
        self.assertTrue(wait_for(lambda: len([1 for name, _ in watcher.signals if name == "Levels"]) >= count + 10, DEADLINE))
        watcher.WatchLevels("(b)", False)
        rig.phone.wait_signal("Quality")

    def test_wrong_states(self):
        rig = self.rig
        number, call = rig.answered()
        self.refused("WrongState", rig.phone.Answer, "(s)", call)
        self.refused("WrongState", rig.phone.Decline, "(ss)", call, "busy")
        self.refused("WrongState", rig.phone.TestRecord, "(u)", 2)
        self.refused("NoSuchCall", rig.phone.Answer, "(s)", "no such")
        for digits in ("", "12x", "1" * 33, "１"):
            self.refused("InvalidArgument", rig.phone.SendDtmf, "(ss)", call, digits)
        rig.phone.HangUp("(s)", call)
        rig.phone.wait_call(call, "ended")
        self.refused("WrongState", rig.phone.HangUp, "(s)", call)
        self.refused("WrongState", rig.phone.SetMuted, "(sb)", call, True)

    def refused(self, name, method, *arguments):
        with self.assertRaises(GLib.Error) as caught:
            method(*arguments)
        self.assertIn(f"org.guichet.Guichet.Phone.Error.{name}", caught.exception.message)


def tone_of_knock(s, rate):
    return wav.tone_level(s, rate, 330.0, 30) > -50


class CallsPcma(Calls):
    """The same with a narrow codec."""
    codec = "PCMA"


def load_tests(loader, tests, pattern):
    suite = unittest.TestSuite()
    suite.addTests(loader.loadTestsFromTestCase(Calls))
    suite.addTest(CallsPcma("test_ring_answer_talk"))
    suite.addTest(CallsPcma("test_dtmf"))
    return suite


if __name__ == "__main__":
    unittest.main(verbosity=2)
