#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails between the real desk on the real guichetd and customers behind Dovecot and Exim.

    tests/ui/test_mail.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
from test_features import HERE, scene

sys.path[:0] = [str(HERE.parent / "rig"), str(HERE.parent / "integration")]
import mails  # noqa: E402


class Desk(test_features.Desk):
    """No phone rings here: mails are accepted in the card."""
    station = "outside_number"
    address = "+33199999999"
    imap = smtp = None
    configure = mails.Mails.configure
    define = mails.Mails.define
    write = mails.Mails.write

    def setUp(self):
        mails.Mails.open_servers(self)
        super().setUp()


class Mail(Desk):
    def test_a_mail_is_answered(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.write("The chair is broken.\n\nOn 3 May 2026 at 10:15, Shop <shop@centre.example> wrote:\n> Your order has left.",
                   subject="A chair")
        self.app.wait("alert", re.compile("^Incoming e-mail · .*Ana Popova, A chair$"))
        self.app.wait("label", "A chair")
        self.session.key("ctrl+shift+Return")
        self.app.wait("label", "A chair")
        self.app.wait("label", "The chair is broken.")
        self.app.wait("label", "Ctrl+Enter sends · Enter new line")
        self.app.wait("button", "Show quoted text").click()
        self.app.wait("label", re.compile("> Your order has left"))
        self.app.wait("button", "Hide quoted text").click()
        self.app.wait("label", "The chair is broken.")
        field = self.app.wait("text", "Message")
        field.focus()
        self.session.type("Good day,")
        self.session.key("Return")
        self.session.type("we send another")
        field.wait_text("Good day,\nwe send another")
        self.session.key("ctrl+Return")
        (got,) = self.servers.wait_mails("ana", 1)
        self.assertEqual(got["Subject"], "Re: A chair")
        self.assertTrue(got.get_content().startswith("Good day,\nwe send another\n"))
        self.app.wait("label", re.compile(r"^You · \d\d:\d\d · Sent$"))
        self.app.wait("label", "Re: A chair")
        # Another subject is of one mail; the next one has it for its own.
        subject = self.app.wait("text", "Subject")
        subject.wait_text("Re: A chair")
        subject.set_text("Your new chair")
        field.focus()
        self.session.type("It has left")
        self.session.key("ctrl+Return")
        self.assertEqual(self.servers.wait_mails("ana", 2)[-1]["Subject"], "Your new chair")
        self.app.wait("label", "Your new chair")
        subject.wait_text("Re: Your new chair")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
