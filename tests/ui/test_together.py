#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two agents at two real desks work together on one real guichetd: one takes a customer who waits, they talk about another, then both
with that customer, who is in a real browser, and in the end they write to each other.

    tests/ui/test_together.py BUILD [TestCase[.method]]...
"""
import concurrent.futures
import os
import re
import sys
import unittest

import test_features
import uidrive
from test_features import scene
from test_four import Customer, Place, browser, visitor

CONFIG = """[webchat]
listen=127.0.0.1:0
conversations_per_minute=1000
"""


class Together(scene.Scene):
    config = scene.CONFIG + CONFIG

    def define(self):
        self.centre["settings"].update(auto_accept_digital=True, im_acceptance=True, slots=[
            {"channel": "voice", "count": 1}, {"channel": "webchat", "count": 3, "auto": 1}])
        self.centre["queues"].append(scene.queue("webchat", channel="webchat", ring_seconds=60, take=True))
        self.centre["entry_points"].append({"id": "web", "names": scene.names("web"), "channel": "webchat", "addresses": ["web"],
                                            "queue": "webchat", "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"].append("webchat")
        super().define()

    def chatter(self, name):
        customer = Customer(self.daemon, name=name).listen()
        self.addCleanup(customer.cut)
        customer.said("%s asks" % name)
        return customer

    def page(self, name):
        chromium = browser.Browser(scene.BUILD)
        self.addCleanup(chromium.close)
        one = visitor.Visitor(chromium.page(name, locale="en-GB"))
        one.open(self.daemon.ready["webchat"] + "/chat/web")
        one.run("await at.locator('#field-0').fill(arg); await at.locator('#start').click()", name)
        one.write("%s asks" % name)
        one.count(1, "[data-state=sent]")
        return one

    def takes_who_waits(self, desk):
        """Nobody has room for one more by itself; who is free to do so takes it."""
        late = self.chatter("late")
        desk.session.key("ctrl+o")
        window = desk.app.wait("filler", "Conversations")
        window.wait("label", "late asks")
        window.wait("button", "Assign to me").click()
        late.wait_state("talking")
        window.wait("label", "Nobody is waiting in your queues.")
        desk.session.key("Escape")
        desk.app.wait_gone("filler", "Conversations")
        desk.session.focus_window(desk.app)
        desk.turn_to("late")
        desk.say("For late")
        late.wait_text("For late")

    def together_with_a_customer(self, first, second):
        """A private talk, then both with the customer, and the one who came stays."""
        name, page = "web0", self.visitor
        one, other = first.agent.title(), second.agent.title()
        first.turn_to(name)
        first.hand_on("Consult…")
        first.app.wait("entry", re.compile("^Whom to ")).wait_state("focused")
        first.app.wait("list item", re.compile("^%s: Ready" % other))
        first.session.type(second.agent)
        first.app.wait_gone("list item", re.compile("^webchat:"))
        first.session.key("Return")
        first.app.wait("label", re.compile(r"with %s \(consulted\)$" % other))
        second.turn_to(name)
        second.app.wait("label", re.compile(r"with %s \(leads\)" % one))
        second.say("It is in Lyon", field="Note for colleagues")
        first.app.wait("label", "It is in Lyon")
        first.hand_on("Add %s to the conversation" % other)
        page.sees("#notice", "%s has joined." % other)
        second.say("I come to it")
        first.app.wait("label", "I come to it")
        first.say("And I go")
        second.app.wait("label", "And I go")
        first.hand_on("Leave the conversation")
        page.sees("#notice", "%s has left." % one)
        second.say("I stay")
        page.count(4)
        self.assertEqual(page.messages(), ["%s asks" % name, "I come to it", "And I go", "I stay"])
        second.session.key("ctrl+shift+e", "ctrl+shift+e")
        page.sees("#notice", "Thank you for writing to us.")

    def write_to_each_other(self, first, second):
        one, other = first.agent.title(), second.agent.title()
        first.session.key("alt+3")
        first.press("Write to %s" % other)
        window = first.app.wait("frame", "Write to %s" % other)
        window.wait("text", "Message").focus()
        first.session.type("Well done")
        first.session.key("Return")
        first.app.wait_gone("frame", "Write to %s" % other)
        second.app.wait("alert", re.compile("^Writes to you, %s" % one))
        second.session.key("ctrl+shift+Return")
        second.app.wait("label", "Well done")
        second.say("Thank you")
        first.app.wait("label", "Thank you")

    def test_two_desks_work_together(self):
        pool = concurrent.futures.ThreadPoolExecutor()
        self.addCleanup(pool.shutdown)  # last: what a thread started ends with it
        opening = pool.submit(self.page, "web0")
        desks = [Place(self, agent) for agent in ("alice", "bob")]
        list(pool.map(Place.start, desks))
        self.visitor = opening.result()
        other = self.chatter("web1")
        for desk in desks:
            desk.available()
        other.wait_state("talking")
        self.visitor.sees("#notice", "You are writing with")
        first, second = sorted(desks, key=lambda desk: uidrive.until("no chat is open", desk.shown) != "web0")
        self.takes_who_waits(second)
        self.centre["settings"]["slots"][-1].pop("auto")  # room for a question
        self.daemon.apply(self.centre)
        self.together_with_a_customer(first, second)
        self.write_to_each_other(first, second)


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
