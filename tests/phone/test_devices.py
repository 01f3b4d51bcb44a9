# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound devices under a call: chosen, changed, pulled, plugged again; the sound server itself restarted; processing
switched; speech at level with everything on."""
import pathlib
import subprocess
import tempfile
import unittest

import numpy as np

from phonerig import Rig, unbroken, wav
from patience import DEADLINE

OFF = {"echo_cancellation": False, "noise_suppression": False, "gain_control": False}


def tone_of(freq):
    return lambda s, rate: wav.has_tone(s, rate, freq)


class Devices(unittest.TestCase):
    def setUp(self):
        self.rig = self.enterContext(Rig())
        self.phone, self.pulse, self.peer = self.rig.phone, self.rig.pulse, self.rig.peer
        self.phone.configure(**OFF)

    def ids(self, what):
        return [d["id"] for d in self.phone[what]]

    def test_list_follows_plugging(self):
        self.phone.wait_property("Microphones", lambda l: [(d["id"], d["label"], d["default"]) for d in l] == [
            ("microphone", "Headset microphone", True)])
        index = self.pulse.add_sink("usb", "USB headset")
        self.phone.wait_property("Speakers", lambda l: any(d["label"] == "USB headset" for d in l))
        self.pulse.remove(index)
        self.phone.wait_property("Speakers", lambda l: not any(d["id"] == "usb" for d in l))
        self.pulse.set_default("ringer", None)
        self.phone.wait_property("ActiveSpeaker", "ringer")

    def test_change_in_call(self):
        self.pulse.add_sink("second", "Second")
        self.pulse.add_source("second-mic", "second-feed", "Second microphone")
        self.pulse.play("mic", wav.tone(440, 1), loop=True)
        self.pulse.play("second-feed", wav.tone(700, 1), loop=True)
        first, second = self.pulse.capture("headset"), self.pulse.capture("second")
        self.rig.register()
        number, call = self.rig.answered()
        self.assertTrue(first.wait(tone_of(1000), DEADLINE, 0.5))
        self.assertTrue(self.peer.wait_sound(tone_of(440)))
        self.phone.configure(speaker="second", microphone="second-mic")
        self.assertTrue(second.wait(tone_of(1000), DEADLINE, 0.5), "not heard on the new speaker")
        self.assertTrue(first.wait(lambda s, r: wav.level(s) < -80, DEADLINE, 0.5), "still heard on the old speaker")
        self.assertTrue(self.peer.wait_sound(tone_of(700)), "the new microphone is not heard")
        unbroken(second.more, 2)
        self.phone.configure(speaker_volume=0.5, microphone_volume=0.5)  # cubic: -18 dB
        self.assertTrue(second.wait(lambda s, r: abs(wav.level(s) + 35) < 1.5, DEADLINE, 0.5), wav.level(second.samples()[-24000:]))
        self.assertTrue(self.peer.wait_sound(lambda s, r: abs(wav.level(s) + 38) < 2), wav.level(self.peer.heard()[-24000:]))
        self.assertEqual(self.phone.find(call)["state"], "active")

    def test_loss_and_return_in_call(self):
        usb = self.pulse.add_sink("usb", "USB headset")
        usb_mic = self.pulse.add_source("usb-mic", "usb-feed", "USB microphone")
        self.pulse.play("mic", wav.tone(440, 1), loop=True)
        self.pulse.play("usb-feed", wav.tone(700, 1), loop=True)
        default, plugged = self.pulse.capture("headset"), self.pulse.capture("usb")
        self.phone.wait_property("Microphones", lambda l: any(d["id"] == "usb-mic" for d in l))
        self.phone.configure(speaker="usb", microphone="usb-mic")
        self.rig.register()
        number, call = self.rig.answered()
        self.assertTrue(plugged.wait(tone_of(1000), DEADLINE, 0.5))
        self.assertTrue(self.peer.wait_sound(tone_of(700)))
        self.pulse.remove(usb_mic)
        self.pulse.remove(usb)
        self.assertTrue(default.wait(tone_of(1000), DEADLINE, 0.5), "not heard on the default speaker")
        self.assertTrue(self.peer.wait_sound(tone_of(440)), "the default microphone is not heard")
        self.phone.wait_property("Problems", lambda p: {"microphone_lost", "speaker_lost"} <= set(p))
        self.phone.wait_property("ActiveSpeaker", "headset")
        self.assertEqual(self.phone["Speaker"], "usb")
        self.pulse.add_sink("usb", "USB headset")
        self.pulse.remap("usb-mic", "usb-feed.monitor", "USB microphone")
        again = self.pulse.capture("usb")
        self.assertTrue(again.wait(tone_of(1000), DEADLINE, 0.5), "not back on the device that returned")
        self.assertTrue(self.peer.wait_sound(tone_of(700)))
        self.phone.wait_property("Problems", [])
        self.assertEqual(self.phone.find(call)["state"], "active")

    def test_sound_server_restart_in_call(self):
        self.rig.register()
        number, call = self.rig.answered()
        self.assertTrue(self.pulse.capture("headset").wait(tone_of(1000), DEADLINE, 0.5))
        self.pulse.stop_server()
        self.phone.wait_property("Problems", lambda p: "sound_server_lost" in p)
        self.assertTrue(self.peer.more(1).size == 48000, "no sound at all reaches the customer")
        self.pulse.start()
        self.assertTrue(self.pulse.capture("headset").wait(tone_of(1000), DEADLINE, 0.5), "no sound after the restart")
        self.pulse.play("mic", wav.tone(440, 1), loop=True)
        self.assertTrue(self.peer.wait_sound(tone_of(440)))
        self.phone.wait_property("Problems", [])
        self.assertEqual(self.phone.find(call)["state"], "active")

    def test_processing_switched_in_call(self):
        speech = speech_samples()
        self.pulse.play("mic", speech, loop=True)
        headset = self.pulse.capture("headset")
        self.rig.register()
        number, call = self.rig.answered()
        self.assertTrue(headset.wait(tone_of(1000), DEADLINE, 0.5))
        for name, on in [(name, on) for on in (True, False) for name in OFF]:
            self.phone.configure(**{name: on})
            self.assertGreater(wav.level(self.peer.more(1.5)), -45, f"not heard after {name}")
            self.assertTrue(headset.wait(tone_of(1000), DEADLINE, 0.5))
        self.assertEqual(self.phone.find(call)["state"], "active")

    def test_speech_at_level_with_processing(self):
        """Independent devices, all processing on: the customer hears the agent's speech at its level, block by block."""
        self.phone.configure(echo_cancellation=True, noise_suppression=True, gain_control=True)
        headset = self.pulse.capture("headset")
        self.rig.register()
        number, call = self.rig.answered()
        self.peer.send(f"tone {number} 300")
        speech = speech_samples()
        self.pulse.play("mic", speech, loop=True)
        self.assertTrue(self.peer.wait_sound(lambda s, r: wav.level(s) > -40))
        self.peer.more(3)  # the gain control settles
        unbroken(headset.more, 8)
        microphone = self.pulse.capture("microphone")
        self.assertTrue(microphone.wait(lambda s, r: wav.level(s) > -40, DEADLINE))
        missing = []
        while not missing or missing[-1]:
            self.assertLess(len(missing), 6, f"spoken blocks that the customer hears as silence: {missing}")
            start = max(0, len(microphone.samples()) - 48000)
            spoken = self.peer.more(8)
            missing.append(lost_blocks(microphone.samples()[start:], spoken, wav.level(speech)))
        self.assertEqual(wav.kind(spoken, 48000), "speech")
        self.assertAlmostEqual(wav.level(spoken), wav.level(speech), delta=6)


def lost_blocks(given, heard, level):
    """How many blocks are silence where the microphone gave speech, and a block before and after: a busy machine starves the
    virtual sound server as well, which then gives silence."""
    given, heard = wav.levels(given, 48000), wav.levels(heard, 48000)
    shift = best_shift(given, heard)
    given = given[shift:shift + len(heard)]
    heard = heard[:len(given)]
    loud = np.concatenate([[False], given > level - 10, [False]])
    return int(np.sum(loud[:-2] & loud[1:-1] & loud[2:] & (heard < -55)))


def best_shift(long, short):
    """Where the envelope of the short one lies in the long one."""
    long, short = np.maximum(long, -60), np.maximum(short, -60)
    room = max(1, len(long) - len(short) + 1)
    scores = [np.corrcoef(long[i:i + len(short)], short[:len(long) - i])[0, 1] for i in range(room)]
    return int(np.argmax(scores))


def speech_samples():
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "speech.wav"
        subprocess.run(["espeak-ng", "-v", "en", "-s", "150", "-w", str(path),
                        "Good morning, this is the service desk, how may I help you today with your order?"], check=True)
        samples, rate = wav.load(path)
    t = np.arange(0, len(samples) / rate, 1 / 48000)
    return np.interp(t, np.arange(len(samples)) / rate, samples * 10 ** ((-20 - wav.level(samples)) / 20))


if __name__ == "__main__":
    unittest.main(verbosity=2)
