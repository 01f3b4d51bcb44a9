# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cases before the puppet centre share: a desk of their own, a call in it, what the centre was asked, names and focus."""
import os
import re
import subprocess
import sys
import unittest

import uidrive
from desk import Desk, interaction, offer, participation, stamp

# What a person can work with; each needs a name of its own.
CONTROLS = {"button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "entry", "switch",
            "slider", "spin button", "page tab", "link", "list", "table", "menu item", "alert", "level bar"}
# Nameless insides of the toolkit's own widgets, which are reached through their named outside.
INSIDES = {"GtkTextHandle", "GtkPopoverContent"}
MAIN = re.compile("Guichet$")  # the window is named after the centre
LONG = "Konstantina Papadopoulou-Wilkinson"
KEPT = "What you typed is kept: open the form again to go on."


class Opened(unittest.TestCase):
    """Opens its desks itself, of any size and in any language."""
    build = "build"

    def open(self, **options):
        self.desk = Desk(self.build, **options)
        self.addCleanup(self.desk.close)
        self.centre, self.session = self.desk.centre, self.desk.session

    def open_sized(self, size, **options):
        self.open(size=size, **options)
        subprocess.run(["gsettings", "set", "org.guichet.Guichet", "window-size", "(%d, %d)" % size], env=self.session.env,
                       check=True, timeout=uidrive.TIMEOUT)

    def sign_in(self):
        """Whatever the language: three fields, then Return."""
        self.app = self.desk.open()
        fields = uidrive.until("no fields to sign in with", lambda: [n for n in self.app.find_all("text") if "editable" in n.states])
        for field, value in zip(fields, (self.centre.url, "ana", "secret")):
            field.set_text(value)
        fields[2].focus()
        self.session.key("Return")
        uidrive.until("the desk did not come", lambda: len(self.app.find_all("page tab")) >= 2)

    def join(self, **more):
        """A call in progress."""
        part = participation(**more)
        self.centre.event("offer.created", offer=offer("1", name="Mireille Perrin"), interaction=interaction())
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="accepted", reason="station", recent=None)
        self.change(part, "joined")
        return part

    def change(self, part, cause, **more):
        self.centre.event("interaction.changed", interaction=interaction(part, **more), cause=cause)

    def wrap_up(self, part, seconds=600):
        part.update(state="wrap_up", state_since=stamp(), left_at=stamp(),
                    wrap_up={"started_at": stamp(), "deadline": stamp(seconds), "extendable": True, "extended": False})
        self.change(part, "wrap_up_started")

    def sent(self, prefix, part=""):
        """The last request that begins so, once it has this part."""
        def last():
            asked = self.centre.ask("last", prefix)
            return asked if asked not in ("", "ok") and part in asked else None
        return uidrive.until(lambda: "not %s of %s, but %r" % (part, prefix, self.centre.ask("last", prefix)), last)

    def focused(self):
        """What has the keyboard: its name, or its role if it has none (a row of a list is read by what is in it)."""
        for _depth, _node, role, states, name in self.app.walk():
            if "focused" in states:
                return name or role
        return ""

    def wait_focus(self, name):
        pattern = re.compile(name)
        uidrive.until(lambda: "the focus is on %r, not %r" % (self.focused(), name), lambda: pattern.search(self.focused()))

    def assert_named(self, root, where):
        nameless = []
        for node in root.find_all(CONTROLS):
            name = node.name
            if name not in INSIDES and (not name or re.match("^(Gtk|Adw|Guichet)[A-Z]", name)):
                if not node.find_all("label", re.compile("[^ ]")):
                    nameless.append("%s %r" % (node.role, name))
        self.assertEqual(nameless, [], where)


class Case(Opened):
    """One desk for each case, at which the agent was before."""
    options = {}

    def setUp(self):
        self.open(**self.options)

    def sign_in(self):
        self.app = self.desk.sign_in()
        return self.app

    def join(self, **more):
        part = super().join(**more)
        self.app.wait("button", "End")
        return part


def main():
    """BUILD [TestCase[.method]]..."""
    Opened.build = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else Opened.build
    unittest.main(verbosity=2)
