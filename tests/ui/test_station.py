#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another station while signed in: from this computer to a desk phone and back, on a real centre. The call at the desk phone is of
a queue whose disposition the centre sets.

    tests/ui/test_station.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
import uidrive
from peers import wait_bound, wait_for
from test_features import peers, scene


class Station(test_features.Desk):
    def define(self):
        self.centre["queues"][1].update(automatic_disposition="solved", ring_seconds=60, wrap_up={"seconds": 60, "required": True})
        super().define()

    def telephone(self):
        """A phone that registers nowhere, and its address."""
        phone = peers.Agent(scene.Engine(self.daemon), self.folder, user="alice", answer="manual", expires=0)
        self.addCleanup(phone.close)
        port = re.search(r"sip_listen 127.0.0.1:(\d+)", (phone.folder / "config").read_text()).group(1)
        wait_bound(int(port))
        return phone, "sip:alice@127.0.0.1:" + port

    def settings(self):
        self.session.key("ctrl+comma")
        self.app.wait("button", "Let calls ring there")

    def choice(self, station):
        """The page of the sign-in, which is behind, has the same ones."""
        return uidrive.until("no choice of " + station, lambda: self.app.find_all("check box", station))[-1]

    def change(self, station, address=None):
        choice = self.choice(station)
        if "checked" not in choice.states:
            choice.click()
        if address is not None:
            self.app.wait("text", "Number of the desk phone").set_text(address)
        self.app.find("button", "Let calls ring there").wait_state("sensitive").click()

    def changed(self, times):
        wait_for("the station to change", lambda: len(self.events("agent.station_changed")) == times)

    def greyed(self, reason):
        for station in ("This computer", "A desk phone", "An outside number"):
            self.described(self.choice(station).wait_state("sensitive", False), reason)
        self.app.wait("button", "Let calls ring there").wait_state("sensitive", False)
        self.app.wait("label", re.compile(reason))

    @staticmethod
    def described(node, text):
        uidrive.until(lambda: "%r is described by %r" % (node, node.description), lambda: re.search(text, node.description))

    def call_at_the_desk_phone(self, phone):
        customer = self.customer(number="8002")
        self.app.wait("label", "Answer on your desk phone")
        wait_for("the desk phone to ring", lambda: "X-Guichet-Offer" in phone.log())
        self.greyed("contact is offered to you. Answer or decline it first")
        phone.command("accept")
        self.app.wait("button", "End")
        self.greyed("A call is in progress. End it first")
        chosen = self.app.wait("button", "Disposition: Solved").wait_state("sensitive", False)
        self.described(chosen, "^The centre set this disposition[.]$")
        self.app.wait("label", "Disposition: Set by the centre")
        self.end()
        customer.wait()
        self.app.wait("button", "Disposition: Solved").wait_state("sensitive", False)
        self.app.wait("button", "Submit wrap-up").wait_state("sensitive").click()
        self.closed()
        (ended,) = self.events("wrap_up.ended")
        self.assertEqual((ended["reason"], ended["disposition"]), ("submitted", "solved"))

    def test_to_a_desk_phone_and_back(self):
        self.sign_in()
        self.available()
        phone, address = self.telephone()
        self.settings()
        self.choice("This computer").wait_state("checked")
        self.app.find("button", "Let calls ring there").wait_state("sensitive", False)
        self.app.wait("combo box", "Microphone")
        self.change("A desk phone", "not a number")
        self.app.wait("label", re.compile("The centre does not accept"))
        self.change("A desk phone", address)
        self.app.wait("label", "Calls ring there from now on.")
        self.app.wait_gone("combo box", "Microphone")
        self.changed(1)
        self.call_at_the_desk_phone(phone)
        self.change("This computer")
        self.changed(2)
        self.app.wait("label", "Calls ring there from now on.")
        self.app.wait("combo box", "Microphone")
        self.session.key("Escape")
        self.app.wait_gone("button", "Let calls ring there")
        self.available()
        self.customer(number="8005")
        self.card()
        self.answer()
        # What the desk phone was slow to hear was sent again: one call, then.
        self.assertEqual(len({line for line in phone.log().splitlines() if line.startswith("X-Guichet-Offer")}), 1)
        self.app.wait("button", "Mute")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
