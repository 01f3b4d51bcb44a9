#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How calls are offered: the real desk and phone on the real guichetd with definitions of its own, customers by SIPp.

    tests/ui/test_offers.py BUILD [TestCase[.method]]...
"""
import os
import re
import signal
import sys
import unittest

import stage
import test_features
import uidrive
from test_features import scene, wait_for

import sip  # of the rig, whose place stage knows

from gi.repository import GLib

CONNECTING, REQUEST = re.compile("^Connecting a call"), re.compile("^Incoming call")


class Desk(test_features.Desk):
    def phone_process(self):
        bus = self.session.session_bus
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                             GLib.Variant("(s)", (stage.PHONE,)), None, 0, 10000, None).unpack()[0]

    def phone_calls(self):
        return self.session.session_bus.call_sync(
            stage.PHONE, "/org/guichet/Guichet/Phone", "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", (stage.PHONE, "Calls")), None, 0, 90000, None).unpack()[0]

    def stop_phone(self):
        """The phone is there and says nothing any more."""
        pid = self.phone_process()
        os.kill(pid, signal.SIGSTOP)
        self.addCleanup(self.wake_phone, pid)
        return pid

    @staticmethod
    def wake_phone(pid):
        try:
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            pass

    def ended(self):
        return [(e["outcome"], e["reason"]) for e in self.events("offer.ended")]


class Offers(Desk):
    def define(self):
        """Time enough to read what a card says before it goes."""
        self.centre["queues"][1]["ring_seconds"] = 12
        super().define()

    def test_after_a_miss_the_card_offers_idle_and_available(self):
        self.sign_in()
        self.available()
        self.customer(number="8002")
        missed = self.app.wait("alert", re.compile("^Missed contact"))
        missed.find("button", "Idle").click()
        self.app.wait_gone("alert", re.compile("^Missed contact"))
        self.app.wait(None, re.compile("^Your state: Idle · Missed contact"))
        self.assertEqual(self.agent_state(), ("idle", "rona"))
        self.available()
        missed = self.app.wait("alert", re.compile("^Missed contact"))
        missed.find("button", "Available").click()
        self.app.wait_gone("alert", re.compile("^Missed contact"))
        wait_for("the agent to be available", lambda: self.agent_state()[0] == "available")
        self.assertEqual(self.ended()[:2], [("missed", "no_answer")] * 2)

    def test_connected_then_offered_then_answered(self):
        self.sign_in()
        self.available()
        pid = self.stop_phone()
        self.customer(number="8001")
        self.app.wait("alert", CONNECTING)
        self.wake_phone(pid)  # before it counts as lost; test_cards reads what is said till then
        self.app.wait("alert", REQUEST)
        self.app.wait_gone("alert", CONNECTING)
        self.answer()
        self.end()

    def test_a_phone_that_never_rings_is_no_miss(self):
        self.sign_in()
        self.available()
        self.stop_phone()
        self.customer(number="8002")
        self.app.wait("alert", CONNECTING)
        self.app.wait("alert", re.compile("does not ring. The call will be taken back; it does not count as missed"))
        self.app.wait("alert", re.compile("^Phone not reachable.*does not count as missed"))
        self.app.wait("label", re.compile(": The phone could not be reached for a call"))
        self.assertEqual(self.ended(), [("withdrawn", "unreachable")])
        self.assertEqual(self.agent_state(), ("idle", "unreachable"))
        self.app.wait_gone("alert", CONNECTING)


class SilentDeskPhone(Desk):
    station = "desk_phone"

    def make_address(self):
        """It takes calls and never rings; later it is off the hook."""
        self.off_the_hook = False
        phone = sip.Phone("", "alice", on_call=lambda call: call.refuse(486) if self.off_the_hook else phone.respond(call.invite, 100, call))
        self.addCleanup(phone.close)
        return phone.uri

    def test_a_desk_phone_that_never_rings_or_is_in_use_is_no_miss(self):
        self.short_rings()
        self.sign_in()
        self.available()
        self.customer(number="8002")
        # What its first card says stands for a few seconds only; test_cards reads it.
        missed = self.app.wait("alert", re.compile("^Phone not reachable"))
        self.assertEqual(self.ended(), [("withdrawn", "unreachable")])
        self.off_the_hook = True
        missed.find("button", "Available").click()
        self.app.wait("alert", re.compile("^Phone in use. Your phone was off the hook"))
        self.assertEqual(self.ended(), [("withdrawn", "unreachable"), ("withdrawn", "busy")])
        self.assertEqual(self.agent_state(), ("idle", "busy"))


class CentreAnswers(Desk):
    def define(self):
        self.centre["names"] = {"en": "Maison Lumière", "bg": "Къща Люмиер"}
        super().define()
        self.centre["settings"]["auto_accept"] = "on"
        self.daemon.apply(self.centre)

    def test_a_call_is_joined_without_a_click_and_said(self):
        self.sign_in()
        self.app.wait("frame", "Maison Lumière – Guichet")
        self.app.wait("label", "Maison Lumière")
        self.session.key("ctrl+comma")
        switch = self.app.wait("check box", "Answer calls for me").wait_state("sensitive", False)
        uidrive.until(lambda: "it is described by %r" % switch.description,
                      lambda: switch.description == "The centre has all calls answered for you")
        switch.wait_state("checked")
        self.session.key("Escape")
        self.app.wait_gone("check box", "Answer calls for me")
        self.session.focus_window(self.app)
        self.available()
        self.customer(number="8005", name="Chantal Dubois")
        self.app.wait("button", "End")
        self.app.wait("label", "Chantal Dubois: answered for you. You are connected.")
        (call,) = self.phone_calls()  # by the phone's clock alone: the centre may hear of both at once
        self.assertGreaterEqual(call["answered"] - call["started"], 900)
        self.end()
        self.app.wait_gone("label", re.compile("answered for you"))


class Toasts(Desk):
    def define(self):
        self.centre["settings"]["toasts"] = {"max": 2, "seconds": 1}
        super().define()

    def test_a_notice_goes_after_the_centre_s_time_and_the_card_stays(self):
        notices = self.session.notices
        self.sign_in()
        self.available()
        self.session.key("ctrl+w")

        def shown(pattern):
            return uidrive.until(lambda: "no notice %s: %s" % (pattern, notices.shown),
                                 lambda: [n for n in notices.shown if re.search(pattern, n["summary"])])[-1]
        hidden = shown("still signed in")
        self.customer(number="8001")
        note = shown("^Incoming call")
        uidrive.until("the notice stayed", lambda: note["id"] in notices.closed)
        notices.open(hidden)
        self.card()
        self.assertEqual(self.ended(), [])


def main():
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else test_features.BUILD
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
