#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is killed at random instants while the agent types numbered messages into two chats and the customers answer each:
none is lost, doubled or in the other chat. The rest of what can die: tests/integration/test_storm.py.

    GUICHET_WINDOW_KILLS=40 [GUICHET_SEED=N] tests/ui/test_killed.py BUILD [TestCase[.method]]...
"""
import os
import random
import re
import sys
import threading
import unittest

import test_chat
import test_features
import uidrive
from test_features import scene

KILLS = int(os.environ.get("GUICHET_WINDOW_KILLS", "3"))
SEED = int(os.environ.get("GUICHET_SEED", random.randrange(1 << 30)))
NAMES = ("Gwen", "Ravi")
STATE = re.compile("^Your state: ")


class Killed(test_chat.Desk):
    def define(self):
        self.centre["settings"]["desk_grace_seconds"] = 600
        super().define()

    def return_to_work(self):
        """A new window after the old one died: the agent signs in and takes over from it."""
        app = self.app = self.play.open_guichet()
        app.wait("text", "Address of the centre").set_text(self.daemon.http)
        app.find("text", "Agent").set_text("alice")
        app.find("text", "Password").set_text("password")
        app.find("button", "Sign in").click()
        app.wait("button", "Take over").click()
        app.wait(None, STATE)
        self.session.focus_window(app)

    def begin(self, name):
        customer = self.chatter(name)
        customer.heard, customer.answers = [], []
        customer.said("%s customer 0" % name)
        self.accepted(customer, name)
        threading.Thread(target=self.answer_each, args=(customer, name), daemon=True).start()
        return customer

    def answer_each(self, customer, name):
        while True:
            try:
                event = customer.wait(lambda e: e["type"] == "message", deadline=600)
            except AssertionError:
                return  # cut: it is over
            customer.heard.append(event["message"]["text"])
            customer.said("%s customer %d" % (name, len(customer.heard)))

    def shown(self, name, who):
        """The highest number of a side that stands in the chat, or -1."""
        pattern = re.compile(r"^%s %s (\d+)$" % (name, who))
        return max([int(pattern.match(n.name).group(1)) for n in self.app.find_all("label", pattern)], default=-1)

    def standing(self):
        """Whose chat is shown, or None."""
        return next((n for n in NAMES if max(self.shown(n, "customer"), self.shown(n, "agent")) >= 0), None)

    def turn_to(self, name):
        """Each turn is waited for: one more key in between would turn back."""
        for _ in range(4):
            try:
                before = uidrive.until("nobody's chat is shown", self.standing, 10)
            except uidrive.UIError:
                before = None
            if before == name:
                return
            self.session.key("ctrl+Page_Down")
            uidrive.until(lambda: "%s's chat stays\n%s" % (before, self.app.dump()), lambda: self.standing() not in (None, before))
        raise uidrive.UIError("%s's chat does not come\n%s" % (name, self.app.dump()))

    def write_until_dead(self, name, customer, kill):
        """As many as come before the end; the first of them starts the clock."""
        heard = len(customer.heard)
        uidrive.until(lambda: "%s's %d are not shown\n%s" % (name, heard, self.app.dump()),
                      lambda: self.shown(name, "agent") >= heard or not heard)
        n = max(self.shown(name, "agent"), 0)
        self.app.wait("text", "Message").focus()
        timer = threading.Timer(self.random.random() * 1.5, kill)
        timer.start()
        try:
            while self.app.proc.poll() is None:
                n += 1
                self.session.key("ctrl+a")  # what was typed before the window died stands there
                self.session.type("%s agent %d" % (name, n))
                self.session.key("Return")
        except uidrive.UIError:
            pass
        timer.join()
        self.app.proc.wait()

    def test_messages_while_the_window_is_killed(self):
        sys.stderr.write("GUICHET_SEED=%d GUICHET_WINDOW_KILLS=%d\n" % (SEED, KILLS))
        self.random = random.Random(SEED)
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        customers = {name: self.begin(name) for name in NAMES}
        for n in range(KILLS):
            name = NAMES[n % 2]
            self.turn_to(name)
            self.write_until_dead(name, customers[name], self.app.proc.kill)
            self.return_to_work()
        for name, customer in customers.items():
            self.turn_to(name)
            # None, if the window died before the first went out.
            uidrive.until(lambda n=name, c=customer: "heard %s\n%s" % (c.heard[-3:], self.app.dump()),
                          lambda n=name, c=customer: max(self.shown(n, "agent"), 0) == len(c.heard))
            last = len(customer.heard)
            self.assertEqual(customer.heard, ["%s agent %d" % (name, n) for n in range(1, last + 1)])
            self.app.wait("label", "%s customer %d" % (name, last))
        sys.stderr.write("%d kills, %s messages\n" % (KILLS, [len(c.heard) for c in customers.values()]))


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
