#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clips at the real desk on the real guichetd: recorded with the microphone, heard, archived, deleted and brought back; then played
in a call, where the customer hears what was recorded.

    tests/ui/test_clips.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
import uidrive
import wav
from desk import kept
from test_features import scene
from patience import DEADLINE

TONE = 1500
HOURS = "Opening hours"
TAKE_OUT = "Take %s out of the archive" % HOURS


class Clips(test_features.Desk):
    block = 10

    def setUp(self):
        super().setUp()
        self.pulse = self.play.pulse

    def define(self):
        self.centre["settings"]["recording"] = {"record": "always", "agents_hear": True}
        super().define()

    def silence(self, said):
        said.stop()

    def press(self, name):
        self.app.wait("button", name).wait_state("sensitive").click()

    def test_recorded_and_played(self):
        said = self.pulse.play("mic", wav.tone(TONE, 1), loop=True)
        self.sign_in()
        self.session.focus_window(self.app)
        self.recorded()
        self.found_archived_deleted()
        self.silence(said)
        self.available()
        self.played()
        self.stopped_by_hold()
        self.played_and_hung_up()
        self.call_is_heard()

    def open_clips(self):
        self.session.key("ctrl+comma")
        self.app.wait("list item", "Clips").click()
        self.app.wait("label", "There are no clips yet. Record one.")

    def recorded(self):
        self.open_clips()
        self.press("Record a clip")
        self.app.wait("text", "Name of the clip").wait_state("focused").type(HOURS)
        self.app.find("text", "Tags, with commas between them").set_text("hours, holiday")
        self.app.find("button", "Hear the clip").wait_state("sensitive", False)
        self.press("Record")
        level = self.app.wait("level bar", "How loud you are")
        uidrive.until(lambda: "the level stays at %s" % level.value, lambda: level.value > 0.1)
        # Long enough to be heard, and stopped, by who is held up for some seconds.
        self.app.wait("label", re.compile(r"^Recording for 0:(09|[1-5]\d)"))
        self.left_and_found_again()
        self.killed_and_found_again()
        capture = self.pulse.capture("headset")
        self.addCleanup(capture.stop)
        self.press("Hear the clip")
        self.assertTrue(capture.wait(lambda s, rate: wav.has_tone(s, rate, TONE, dbfs=-75), DEADLINE, 0.3), "nothing is heard")
        self.app.wait("label", "Recorded, not yet saved")
        self.session.key("ctrl+a")
        self.press("Save")
        self.app.wait("panel", HOURS)
        uidrive.until(lambda: "kept: %s" % self.kept(), lambda: not self.kept())

    def left_and_found_again(self):
        """Escape ends the recording, then leaves the form, which has it still."""
        self.session.focus_window(title="Clips")
        self.session.key("Escape")
        self.app.wait("label", "Recorded, not yet saved")
        self.session.key("Escape")
        self.app.wait("label", "What you typed is kept: open the form again to go on.")
        self.press("Record a clip")
        self.app.wait("text", "Name of the clip").wait_text(HOURS)
        self.app.wait("label", "Recorded, not yet saved")

    def kept(self):
        """Recordings and forms that are on the disk."""
        return [target for target, _value in kept(self.session, "form")]

    def killed_and_found_again(self):
        uidrive.until(lambda: "kept: %s" % self.kept(), lambda: self.kept() == ["clip:", "recording:"])
        self.app.proc.kill()
        self.app.proc.wait()
        self.come_back()
        self.app.wait(None, re.compile("^Your state: Idle"))
        self.session.focus_window(self.app)
        self.open_clips()
        self.press("Record a clip")
        self.app.wait("text", "Name of the clip").wait_text(HOURS)
        self.app.wait("label", "Recorded, not yet saved")

    def found_archived_deleted(self):
        search = self.app.wait("entry", "Search clips")
        search.type("holi")
        self.app.wait("panel", HOURS)
        search.type("day xyz")
        self.app.wait("label", "No clip fits. Try other words.")
        search.type("", clear=True)
        # A hidden list keeps its rows in the tree: what is waited for is said of a row that is shown.
        self.press("Archive " + HOURS)
        self.app.wait_gone("button", "Archive " + HOURS)
        self.app.find("button", "Archive").click()
        self.app.wait("button", TAKE_OUT)
        self.press("Delete " + HOURS)
        self.app.wait("label", "“%s” is deleted." % HOURS)
        self.session.key("ctrl+z")
        self.app.wait_gone("label", "“%s” is deleted." % HOURS)
        self.press(TAKE_OUT)
        self.app.wait_gone("button", TAKE_OUT)
        self.app.find("button", "Recordings").click()
        self.app.wait("button", "Archive " + HOURS)
        self.session.key("Escape")
        self.app.wait_gone("button", "Record a clip")
        self.session.focus_window(title="Settings")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Settings")
        self.session.focus_window(self.app)

    def hears(self, there):
        self.talk.sound.hears("the clip" if there else "no clip",
                              lambda s: (wav.tone_level(s, 8000, TONE) >= -35.0) == there, seconds=0.5)

    def played(self):
        self.talk = self.customer()
        self.answer()
        self.session.key("ctrl+r")
        self.app.wait("entry", "Search clips").wait_state("focused")
        self.app.wait("panel", HOURS)
        self.hears(False)
        self.press("Play")
        self.app.wait("label", "“%s” is played" % HOURS)
        self.hears(True)
        self.press("Stop the clip")
        self.app.wait("button", "Play").wait_state("sensitive")
        self.hears(False)

    def stopped_by_hold(self):
        self.press("Play and hang up")
        self.app.wait("label", "“%s” is played, then the call ends" % HOURS)
        self.session.key("ctrl+h")
        self.app.wait("label", "The clip was stopped: the call is on hold.")
        self.app.wait("button", "Play").wait_state("sensitive", False)
        self.session.key("ctrl+h")
        self.app.wait("button", "Play").wait_state("sensitive")

    def played_and_hung_up(self):
        self.press("Play and hang up")
        self.app.wait("button", "Submit wrap-up")
        self.talk.wait()
        self.assertEqual([e["hang_up"] for e in self.events("clip.played")], [False, True, True])

    def call_is_heard(self):
        """The recording of that call: found, played with its clip in it, paused, moved in; nothing where nothing fits."""
        self.choose("ctrl+d", "Search dispositions", "sol")
        self.app.wait("label", "Disposition: Saved")
        self.session.key("ctrl+Return")
        self.closed()
        self.session.key("F10")
        self.app.wait("menu item", "Recordings").click()
        number = self.app.wait("entry", "Digits of the number")
        line = self.app.wait("label", re.compile(r"^Handled · "))
        number.type("777777")
        self.app.wait("label", re.compile("^There is no such recording that you may hear"))
        number.type("", clear=True)
        line = self.app.wait("label", re.compile(r"^Handled · "))
        line.mouse_click()
        capture = self.pulse.capture("headset")
        self.addCleanup(capture.stop)
        self.press("Listen to the recording")
        self.app.wait("button", "Pause")
        self.assertTrue(capture.wait(lambda s, rate: wav.has_tone(s, rate, TONE, dbfs=-75), DEADLINE, 0.3), "the call is not heard")
        slider = self.app.wait("slider", "Where it is heard")
        uidrive.until(lambda: "it stays at %s" % slider.value, lambda: slider.value > 0.2)
        self.press("Pause")
        self.app.wait("button", "Play")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
