#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the first start, as a person goes through it: devices, volumes, the level, what was recorded heard again, the ring.
What is heard is measured at the sound server.

    tests/ui/test_sound.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
import uidrive
import wav
from test_features import scene
from patience import DEADLINE

TONE = 700


class FirstStart(test_features.Desk):
    sound_checked = False
    block = 10

    def setUp(self):
        super().setUp()
        self.pulse = self.play.pulse
        self.pulse.add_sink("usb", "USB headset")
        self.pulse.add_source("usb-mic", "usb-feed", "USB microphone")
        self.pulse.play("usb-feed", wav.tone(TONE, 1), loop=True)

    def open_page(self):
        self.app = self.play.open_guichet()
        self.app.wait("text", "Address of the centre").set_text(self.daemon.http)
        self.app.find("text", "Agent").set_text("alice")
        self.app.find("text", "Password").set_text("password")
        self.app.find("button", "Sign in").click()
        self.app.wait("label", "Check your sound")
        self.app.wait("button", "Record 5 seconds").wait_state("sensitive")  # the phone is there
        self.session.settle()  # and its absence, said above the rows, is no more

    def choose_device(self, use, device):
        """By keyboard in the list that the row opens; the order of the devices is the sound server's."""
        self.app.find("combo box", use).mouse_click()
        offered = self.app.wait("list item", device)
        names = [label.name for label in offered.parent.find_all("label", None)]
        self.session.key("Home", *["Down"] * names.index(device), "Return")
        uidrive.until(lambda: "%s is not chosen as %s of %s" % (device, use, names), lambda: self.chosen(use, device))

    def chosen(self, use, device):
        return self.app.find("combo box", use).find_all("label", device)

    def record(self):
        self.app.wait("button", "Record 5 seconds").wait_state("sensitive").click()
        level, seen = self.app.find("level bar", "Microphone level"), [0]

        def look():
            seen.append(level.value)
            return seen[-1] > 0.1
        uidrive.until(lambda: "the level stays at %s" % level.value, look)
        hear = self.app.find("button", "Hear it")
        uidrive.until("the recording does not end", lambda: look() is not None and "sensitive" in hear.states)
        return max(seen)

    def heard(self, sink):
        """How loud the tone is that is heard again, in dBFS."""
        capture = self.pulse.capture(sink)
        self.addCleanup(capture.stop)
        self.app.wait("button", "Hear it").wait_state("sensitive").click()
        self.assertTrue(capture.wait(lambda s, rate: wav.has_tone(s, rate, TONE, dbfs=-75), DEADLINE, 0.5), "nothing is heard")
        loudest = wav.level(capture.more(1))
        self.app.wait("button", "Hear it")
        return loudest

    def scroll_over(self, slider):
        """The wheel moves the page, and no volume."""
        x, y, width, height = slider.extents
        self.session.scroll(x + width // 2, y + height // 2, 3)
        uidrive.until(lambda: "the page stays at %s" % (slider.extents,), lambda: slider.extents[1] < y)
        self.assertAlmostEqual(slider.value, 0.5)

    def test_whole_page(self):
        self.open_page()
        self.app.find("button", "Hear it").wait_state("sensitive", False)
        self.choose_device("Microphone", "USB microphone")
        self.choose_device("Speaker", "USB headset")
        self.choose_device("Ringer", "Desk speaker")
        level = self.record()
        loud = self.heard("usb")
        self.assertAlmostEqual(loud, -20, delta=2)
        slider = self.app.find("slider", "Speaker volume")
        slider.value = 0.5
        self.scroll_over(slider)
        self.assertAlmostEqual(self.heard("usb"), loud - 18, delta=2)
        self.app.find("slider", "Microphone volume").value = 0.5
        self.assertLess(self.record(), level - 0.15)
        self.assertAlmostEqual(self.heard("usb"), loud - 36, delta=2)
        ring = self.pulse.capture("ringer")
        self.addCleanup(ring.stop)
        self.app.find("button", "Ring").click()
        self.assertTrue(ring.wait(lambda s, rate: wav.level(s) > -40, DEADLINE, 0.5), "it does not ring")
        self.app.find("button", "Continue to the desk").click()
        self.app.wait(None, re.compile("^Your state: Idle"))
        self.app.wait_gone("label", "Check your sound")
        self.session.key("ctrl+comma")
        self.assertAlmostEqual(self.app.wait("slider", "Microphone volume").value, 0.5)
        self.assertTrue(self.chosen("Microphone", "USB microphone"))


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
