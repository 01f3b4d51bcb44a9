#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk on the real centre, phone and customers, where the tour does not go.

    tests/ui/test_real.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import tempfile
import unittest

import stage
import uidrive

BUILD = "build"


class Real(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.play = stage.Stage(BUILD, folder.name)
        self.play.__enter__()
        self.addCleanup(self.play.__exit__, None, None, None)
        self.session = self.play.session

    def open(self):
        self.app = self.play.open_guichet("--demo")
        return self.app

    def available(self):
        self.app.wait(None, re.compile("^Your state: Available"))

    def calls(self, **more):
        self.play.direct(do="call", quiet=True, **more)

    def test_killed_window_leaves_the_call_up_and_comes_back_to_it(self):
        self.open()
        self.available()
        self.calls(person="mireille")
        self.app.wait("button", re.compile("^Answer ")).wait_state("sensitive").click()
        self.play.wait_customer(1, "connected")
        self.app.wait("button", "End")
        self.session.key("ctrl+n")
        self.session.type("Typed before the window died")
        self.app.wait("text", "Notes").wait_text("Typed before the window died")
        self.app.wait("label", "Notes: Saved")
        self.app.proc.kill()
        self.app.proc.wait()
        self.play.direct(do="say", call=1, line="more1")
        self.open()
        self.app.wait("button", "End")
        self.assertEqual(self.play.customer_events(1, "ended"), [])
        self.app.wait("text", "Notes").wait_text("Typed before the window died")
        self.app.wait("label", re.compile(r"^In call for \d:\d\d"))
        self.app.wait(None, re.compile("^Your state: Engaged"))
        self.app.wait("button", "Mute").wait_state("sensitive").click()
        self.app.wait("button", "Unmute")
        self.app.find("button", "End").wait_state("sensitive").click()
        self.play.wait_customer(1, "ended")
        self.app.wait("button", "Submit wrap-up")

    def test_answered_from_the_notification(self):
        notices = self.session.notices
        self.open()
        self.available()
        self.session.key("ctrl+w")
        self.calls(person="harriet")
        note = uidrive.until("no notice with buttons",
                             lambda: [n for n in notices.shown if "Harriet" in n["summary"] and "Answer" in n["actions"]])[-1]
        self.assertIn("Decline", note["actions"])
        notices.press(note, "Answer")
        self.play.wait_customer(1, "connected")
        self.app.wait("button", "End")

    def test_declined_goes_back_and_quit_ends_the_centre(self):
        self.open()
        self.available()
        self.calls(person="owen")
        self.app.wait("button", re.compile("^Decline ")).wait_state("sensitive").click()
        self.app.wait("alert", re.compile("^Declined"))
        self.play.direct(do="hang_up", call=1)
        self.session.key("alt+2")
        self.app.wait("label", "Owen Price")
        pid = self.play.centre()["pid"]
        self.session.key("ctrl+shift+q")
        self.app.proc.wait(uidrive.TIMEOUT)
        self.assertFalse(os.path.exists("/proc/%d" % pid))


def main():
    global BUILD
    BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else BUILD
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
