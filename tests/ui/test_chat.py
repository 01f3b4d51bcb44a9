#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats between the real desk on the real guichetd and scripted customers on the web.

    tests/ui/test_chat.py BUILD [TestCase[.method]]...
"""
import importlib.util
import os
import re
import sys
import unittest

import test_features
import uidrive
from test_features import HERE, scene

sys.path.insert(0, str(HERE.parent / "rig"))
from customer import Customer  # noqa: E402

spec = importlib.util.spec_from_file_location("integration_chat", HERE.parent / "integration" / "test_chat.py")
integration_chat = importlib.util.module_from_spec(spec)
spec.loader.exec_module(integration_chat)


class Desk(test_features.Desk):
    """No phone rings here: chats are accepted in the card."""
    config = integration_chat.CONFIG
    station = "outside_number"
    address = "+33199999999"

    def define(self):
        integration_chat.chat_centre(self.centre)
        super().define()

    def chatter(self, name="Gwen", **more):
        customer = Customer(self.daemon, name=name, **more)
        self.addCleanup(customer.cut)
        return customer.listen()

    def offered(self, name="Gwen"):
        return self.app.wait("alert", re.compile("^Incoming chat · .*" + name))

    def accepted(self, customer, name="Gwen"):
        self.offered(name)
        self.session.key("ctrl+shift+Return")
        customer.wait_state("talking")
        return self.app.wait("text", "Message")


class Chat(Desk):
    def test_a_whole_chat(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        gwen = self.chatter()
        gwen.said("Is anybody there?")
        field = self.accepted(gwen)
        self.app.wait("label", "Is anybody there?")
        self.app.wait("label", re.compile("^The customer waits for a reply for"))
        gwen.wait(lambda e: e["type"] == "read")
        gwen.send(type="typing", on=True)
        self.app.wait("label", "Gwen is typing…")
        gwen.said("I wait for a parcel")
        self.app.wait("label", "I wait for a parcel")
        self.app.wait_gone("label", "Gwen is typing…")
        field.focus()
        self.session.type("Good day")
        gwen.wait(lambda e: e["type"] == "typing" and e["on"])
        self.session.key("shift+Return")
        self.session.type("Gwen")
        self.session.key("Return")
        number = gwen.wait_text("Good day\nGwen")["number"]
        self.app.wait("label", re.compile(r"^You · \d\d:\d\d · (Sent|Delivered)$"))
        self.app.wait_gone("label", re.compile("^The customer waits for a reply for"))
        gwen.send(type="read", number=number)
        self.app.wait("label", re.compile(r"^You · \d\d:\d\d · Read$"))
        self.session.key("ctrl+shift+e", "ctrl+shift+e")
        gwen.wait_state("ended")
        self.app.wait("label", re.compile("^Wrapping up for"))
        self.app.wait("label", "You ended the contact.")
        self.app.wait_gone("text", "Message")
        self.choose("ctrl+d", "Search dispositions", "sol")
        self.app.wait("label", "Disposition: Saved")
        self.session.key("ctrl+Return")
        self.app.wait_gone("label", "I wait for a parcel")

    def test_two_chats_at_once_and_a_customer_who_leaves(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        gwen = self.chatter()
        field = self.accepted(gwen)
        field.focus()
        self.session.type("For Gwen")
        ravi = self.chatter(name="Ravi")
        ravi.said("And me?")
        self.offered("Ravi")
        self.session.key("ctrl+shift+Return")
        ravi.wait_state("talking")
        self.app.wait("label", "ACTIVE · 2")
        field.wait_text("For Gwen")
        self.session.key("Return")
        gwen.wait_text("For Gwen")
        self.session.key("ctrl+Page_Down")
        self.app.wait("label", "And me?")
        field.wait_text("")
        self.session.type("You too")
        self.session.key("Return")
        ravi.wait_text("You too")
        ravi.send(type="end")
        self.app.wait("label", "The customer has left the chat.")

    def test_a_declined_chat_leaves_the_agent_refused_and_goes_back(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.chatter()
        self.offered().find("button", "Decline Gwen").click()
        self.app.wait("alert", re.compile("^Declined contact"))
        uidrive.until(lambda: "the agent is %s" % (self.agent_state(),), lambda: self.agent_state()[0] == "idle")
        uidrive.until("the chat does not wait", lambda: self.waiting("chat") == 1)
        self.available()
        self.offered()


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
