#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""States and queues on a real centre: the desk driven by a person's means, customers who really call, and the centre's
journal as the witness.

    tests/ui/test_play.py BUILD-DIRECTORY
"""
import json
import re
import sys
import tempfile
import time
import unittest

import stage
import uidrive

BUILD = "build"
ANSWER = re.compile("^Answer ")
FRENCH, BULGARIAN = "Support in French", "Support in Bulgarian"


class Play(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="guichet-play-")
        cls.play = stage.Stage(BUILD, cls.folder.name)
        cls.play.__enter__()
        cls.app = cls.play.open_guichet("--demo")
        cls.calls = 0

    @classmethod
    def tearDownClass(cls):
        cls.play.__exit__(None, None, None)
        cls.folder.cleanup()

    def setUp(self):
        self.app.wait(None, re.compile("^Your state: Available"))

    # -- what customers, agent and centre do
    def call(self, person):
        type(self).calls += 1
        self.play.direct(do="call", person=person, quiet=True)
        self.play.wait_customer(self.calls, "answered")
        return self.calls

    def leave(self, call):
        self.play.direct(do="hang_up", call=call)
        self.play.wait_customer(call, "ended")
        self.app.wait_gone("button", ANSWER)

    def journal(self, kind, **members):
        """The last event of a kind with these members, which comes soon."""
        def look():
            events = [json.loads(line) for line in self.play.ctl("journal").splitlines()]
            found = [e for e in events if e["type"] == kind and all(e.get(k) == v for k, v in members.items())]
            return found and found[-1]
        return uidrive.until(lambda: "no %s with %s in the journal" % (kind, members), look, every=0.3)

    def no_card(self, seconds=3):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.assertEqual(self.app.find_all("button", ANSWER), [])

    def available(self):
        self.play.session.key("ctrl+shift+a")
        self.app.wait(None, re.compile("^Your state: Available"))

    def idle(self, letters):
        self.play.session.key("ctrl+shift+i")
        self.app.wait(None, re.compile("Search idle reasons"))
        self.play.session.type(letters + "\n")
        self.app.wait(None, re.compile("^Your state: Idle"))

    def place(self, queue, steps):
        """Chooses so many entries down in the list of one's place in a queue."""
        self.play.session.key("ctrl+q")
        self.app.wait("button", "Your place in " + queue)
        uidrive.until("the keyboard never came to " + queue, lambda: self.step_to("Your place in " + queue))
        self.play.session.key("space")
        self.app.wait("list", "Your place in " + queue)
        self.play.session.key("Home", *["Down"] * steps, "Return")
        self.app.wait_gone("list", "Your place in " + queue)
        self.play.session.key("Escape")
        self.app.wait_gone("button", "Out of all queues")

    def step_to(self, name):
        """Whether the keyboard is at a control; a step further if it is not."""
        if any("focused" in states and n == name for _depth, _node, _role, states, n in self.app.walk()):
            return True
        self.play.session.key("Tab")
        self.play.session.settle(quiet=0.2, timeout=1)
        return False

    # -- the scenes
    def test_1_only_available_is_offered(self):
        self.idle("lun")
        self.journal("agent.state_changed", state="idle", reason="lunch")
        call = self.call("mireille")
        self.no_card()
        self.available()
        self.app.wait("button", ANSWER)
        self.leave(call)

    def test_2_no_sign_out_while_a_call_is_offered(self):
        call = self.call("ivan")
        self.app.wait("button", ANSWER)
        signed_in = self.journal("agent.signed_in")
        self.app.choose("Sign out")
        self.app.wait("label", "A contact is offered to you. Answer or decline it first.")
        self.app.wait("button", ANSWER)
        self.assertEqual(self.journal("agent.signed_in"), signed_in)
        self.assertNotIn("agent.signed_out", self.play.ctl("journal"))
        self.leave(call)

    def test_3_declined(self):
        call = self.call("harriet")
        self.app.wait("button", ANSWER)
        self.play.session.key("ctrl+shift+d")
        self.app.wait_gone("button", ANSWER)
        self.journal("offer.ended", outcome="declined")
        self.app.wait(None, re.compile("^Your state: Idle"))
        self.no_card(2)
        self.leave(call)
        self.available()

    def test_4_pause_in_one_queue(self):
        self.place(FRENCH, 1)
        self.assertTrue(self.journal("agent.membership_changed", queue="support_fr", membership="paused")["reason"])
        self.app.wait(None, re.compile("^Your state: Available"))
        french = self.call("georges")
        self.no_card()
        bulgarian = self.call("elena")
        self.app.wait("button", re.compile("^Answer .*Елена"))
        self.play.direct(do="hang_up", call=bulgarian)
        self.play.wait_customer(bulgarian, "ended")
        self.app.wait_gone("button", ANSWER)
        self.place(FRENCH, 0)
        self.journal("agent.membership_changed", queue="support_fr", membership="ready")
        self.app.wait("button", re.compile("^Answer .*Georges"))
        self.leave(french)

    def test_5_all_queues(self):
        self.play.session.key("ctrl+q")
        self.app.wait("button", "Out of all queues").click()
        for queue in ("support_fr", "support_bg", "support_en"):
            self.journal("agent.membership_changed", queue=queue, membership=None)  # out
        call = self.call("luc")
        self.no_card()
        self.app.find("button", "Ready in all queues").click()
        self.journal("agent.membership_changed", queue="support_en", membership="ready")
        self.app.wait("button", ANSWER)
        self.leave(call)


if __name__ == "__main__":
    BUILD = sys.argv.pop(1) if len(sys.argv) > 1 else BUILD
    unittest.main(verbosity=2)
