#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of a call as the agent sees it: saved or not, set by the centre, and how long the wrap-up has lasted. Colours are
measured in pictures of the screen.

    tests/ui/test_outcome.py BUILD [TestCase[.method]]...
"""
import os
import re
import tempfile

import numpy as np

import cases
import uidrive
from desk import interaction, participation, stamp
from evidence import Picture

VIOLET, RED = (0x6f, 0x3b, 0x9e), (0xa5, 0x1d, 0x2d)


class Outcome(cases.Case):
    def setUp(self):
        super().setUp()
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.sign_in()
        self.part = self.join()

    def picture(self, node, around=0):
        """What is on the screen where the node is."""
        x, y, w, h = node.extents
        path = os.path.join(self.folder, "part.png")
        self.session.screenshot(path, (x - around, y - around, w + 2 * around, h + 2 * around), settle=False)
        return Picture(path).pixels.astype(int)

    def share(self, node, colour):
        """How much of a node's picture is of a colour, give or take what drawing makes of it."""
        return float(np.mean(np.all(np.abs(self.picture(node) - colour) <= 3, axis=2)))

    def wait_colour(self, node, colour, least):
        uidrive.until(lambda: "only %.3f of %r is of %s" % (self.share(node, colour), node, colour),
                      lambda: self.share(node, colour) >= least)

    def green(self, node):
        """How many points of a node's picture, and of the icon before it, are green."""
        red, green, blue = np.moveaxis(self.picture(node, 20), 2, 0)
        return int(np.sum((green - red > 40) & (green - blue > 15)))

    def wrap_up(self, seconds):
        self.part.update(state="wrap_up", state_since=stamp(), left_at=stamp(),
                         wrap_up={"started_at": stamp(), "deadline": stamp(seconds), "extendable": True, "extended": False})
        self.change(self.part, "wrap_up_started")
        return self.app.wait("label", re.compile("^Wrapping up for "))

    def test_timer_is_violet_in_wrap_up_and_red_past_its_time(self):
        handling = self.app.wait("label", re.compile("^Handling for "))
        self.assertEqual((self.share(handling, VIOLET), self.share(handling, RED)), (0, 0))
        timer = self.wrap_up(60)
        self.wait_colour(timer, VIOLET, 0.4)
        self.assertEqual(self.share(timer, RED), 0)
        self.part["wrap_up"].update(deadline=stamp(2))
        self.change(self.part, "wrap_up_extended")
        self.wait_colour(timer, RED, 0.4)
        self.assertEqual(self.share(timer, VIOLET), 0)
        self.part["wrap_up"].update(deadline=stamp(60), extended=True)
        self.change(self.part, "wrap_up_extended")
        self.wait_colour(timer, VIOLET, 0.4)

    def test_disposition_is_green_once_the_centre_has_it(self):
        self.centre.ask("hold", "PUT", "/disposition")
        self.session.key("ctrl+d")
        self.app.wait("entry", "Search dispositions").wait_state("focused")
        with self.app.stopped():  # Enter right behind the letters means what they find
            self.session.type("ref\n")
        button = self.app.wait("button", "Disposition: Refund agreed")
        self.app.wait("label", "Disposition: Saving…")
        self.assertEqual(self.green(button), 0)
        self.sent("PUT /v1/participations/p1/disposition")  # so that it is held
        self.centre.ask("release")
        mark = self.app.wait("label", "Disposition: Saved")
        uidrive.until(lambda: "the mark is not green", lambda: self.green(mark) > 40)
        uidrive.until(lambda: "the check is not green", lambda: self.green(button) > 40)

    def test_notes_of_who_gave_it_away_are_read(self):
        """They stand above the own notes, are no part of them, and follow what is written on."""
        before = participation("wrap_up", -400.0, id="p9", agent="bo", name="Bo", role="primary", note={"text": "Wants a refund", "revision": 1})
        self.show(before, self.part)
        self.app.wait("label", "Bo: Wants a refund")
        self.app.wait("label", "Notes of colleagues")
        before["note"] = {"text": "Wants a refund for two", "revision": 2}
        own = dict(self.part, note={"text": "Refunded", "revision": 1})
        self.show(before, own)
        self.app.wait("label", "Bo: Wants a refund for two")
        self.app.wait_gone("label", "Bo: Wants a refund")
        self.app.find("text", "Notes").wait_text("Refunded")
        self.show(own)
        self.app.wait_gone("label", "Notes of colleagues")

    def show(self, *parts):
        self.centre.event("interaction.changed", interaction=interaction(self.part, participations=list(parts)), cause="note")

    def test_disposition_of_the_centre_stays(self):
        self.part["disposition"] = {"id": "solved", "set_by": "system", "revision": 1}
        self.change(self.part, "disposition")
        button = self.app.wait("button", "Disposition: Solved").wait_state("sensitive", False)
        uidrive.until(lambda: "it is described by %r" % button.description, lambda: button.description == "The centre set this disposition.")
        self.app.wait("label", "Disposition: Set by the centre")
        self.session.key("ctrl+d")
        self.session.settle(quiet=0.3, timeout=2)
        self.assertEqual(self.app.find_all("entry", "Search dispositions"), [])


if __name__ == "__main__":
    cases.main()
