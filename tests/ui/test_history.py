#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's own history, on a real centre: nothing yet, a missed call with its reason, a handled one with its disposition, and
the details of each.

    tests/ui/test_history.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
import uidrive
from test_features import scene, wait_for


class History(test_features.Desk):
    def define(self):
        super().define()
        self.centre["queues"][4].update(ring_seconds=5, wrap_up={"seconds": 600, "required": True, "default_disposition": "sold"})
        self.daemon.apply(self.centre)

    def miss(self):
        self.customer(number="8005")
        self.available()
        wait_for("the card to be missed", lambda: [e for e in self.events("offer.ended") if e["outcome"] == "missed"])
        self.app.wait(None, re.compile("^Your state: Idle"))
        self.centre["queues"][4].update(ring_seconds=60)
        self.daemon.apply(self.centre)

    def handle(self):
        """The same caller, who went on waiting, from card to wrap-up."""
        self.available()
        self.card()
        self.answer()
        self.choose("ctrl+d", "Search dispositions", "sol")
        self.app.wait("label", "Disposition: Saved")
        self.end()
        self.session.key("ctrl+Return")
        self.closed()

    def details(self, line):
        """What the window says that a click on a line opens."""
        self.app.wait("label", line).mouse_click()
        window = self.app.wait(None, "Details of the contact")
        uidrive.until(lambda: "no rows in\n%s" % window.dump(), lambda: "Result" in self.words(window))
        words = self.words(window)
        self.session.key("Escape")
        self.app.wait_gone(None, "Details of the contact")
        return words

    def test_history(self):
        notices = self.session.notices
        self.sign_in()
        self.session.key("alt+2")
        self.app.wait("label", "Nothing yet")
        self.miss()
        self.session.key("alt+2")
        missed, handled = "Missed · Not answered", re.compile(r"^Handled · \d+:\d\d · Solved$")
        words = self.details(missed)
        for word in ("Chantal Dubois", "plain", "Missed", "••••6789", "The contact was not answered in time and went back to its queue."):
            self.assertIn(word, words)
        self.handle()
        self.session.key("alt+2")
        words = self.details(handled)
        for word in ("Chantal Dubois", "plain", "Handled", "Talking time", "Disposition", "Solved"):
            self.assertIn(word, words)
        self.app.find("button", "Not handled only").click()
        self.app.wait_gone("label", handled)
        self.app.find("label", missed)


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
