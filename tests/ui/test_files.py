#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files in chats between the real desk on the real guichetd and scripted customers on the web: both ways, refused in words,
kept over a killed window and a centre that is away.

    tests/ui/test_files.py BUILD [TestCase[.method]]...
"""
import importlib.util
import os
import pathlib
import re
import sys
import unittest

import desk
import test_chat
import test_features
import uidrive
from test_features import HERE, scene

spec = importlib.util.spec_from_file_location("integration_attachments", HERE.parent / "integration" / "test_attachments.py")
sys.modules["test_chat"] = test_chat.integration_chat  # what that file calls so
attachments = importlib.util.module_from_spec(spec)
spec.loader.exec_module(attachments)
sys.modules["test_chat"] = test_chat


class Files(test_chat.Desk):
    config = test_chat.Desk.config.replace("silence_seconds=2", "silence_seconds=600")  # a customer is not gone with the centre
    hand, show, got, files = (vars(attachments.Attachments)[name] for name in ("hand", "show", "got", "files"))

    def talk(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        gwen = self.chatter()
        self.field = self.accepted(gwen)
        return gwen

    def path(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def choose_file(self, name, data):
        """By the paper clip and the dialog of the toolkit, where a path can be typed."""
        path = self.path(name, data)
        self.app.find("button", "Add files").wait_state("sensitive").click()
        self.app.answer_files("Add files", path)

    def sent(self, customer, text):
        message = customer.wait_text(text)
        return message["attachments"]

    def test_a_picture_each_way(self):
        gwen = self.talk()
        picture = attachments.png(300, 200)
        _, photo = self.hand(gwen, picture, "photo.png")
        self.show(gwen, "my photo", photo)
        self.app.wait("label", "my photo")
        self.app.wait("label", "photo.png")
        self.app.wait("image", "photo.png")
        self.choose_file("offer.pdf", b"%PDF-1.4 an offer")
        self.app.wait("button", "Remove offer.pdf")
        self.field.focus()
        self.session.type("Here it is")
        self.app.find("button", "Send").wait_state("sensitive")
        self.session.key("Return")
        (offered,) = self.sent(gwen, "Here it is")
        self.assertEqual((offered["name"], offered["type"]), ("offer.pdf", "application/pdf"))
        self.assertEqual(self.got(gwen, offered)[1], b"%PDF-1.4 an offer")
        self.app.wait_gone("button", "Remove offer.pdf")
        self.app.wait("button", "Open offer.pdf")
        target = os.path.join(self.folder, "saved.png")
        self.app.wait("button", "Save photo.png…").click()
        self.app.answer_files("Save the file", target)
        uidrive.until("it was not saved", lambda: os.path.exists(target) and pathlib.Path(target).read_bytes() == picture)

    def test_what_is_not_taken_is_said(self):
        gwen = self.talk()
        self.choose_file("holiday.png", b"MZ\x90\0" + bytes(64))
        self.app.wait("label", "Programs and web pages cannot be sent.")
        self.app.wait("button", "Try again")
        self.field.focus()
        self.session.type("hello")
        self.app.find("button", "Send").wait_state("sensitive", False)
        self.app.find("button", "Remove holiday.png").click()
        self.app.wait_gone("button", "Remove holiday.png")
        self.app.find("button", "Send").wait_state("sensitive")
        self.choose_file("empty.txt", b"")
        self.app.wait("label", "empty.txt: The file is empty.")
        self.session.focus_window(self.app)
        self.field.focus()
        self.session.key("Return")
        gwen.wait_text("hello")

    def restart(self):
        """The centre is killed, and there again where it was."""
        self.daemon.kill()
        yield
        self.daemon.start(args=self.listen)

    def test_kept_over_a_killed_window_and_a_killed_centre(self):
        self.talk()
        self.choose_file("first.txt", b"first")
        self.app.wait("button", "Remove first.txt")
        self.app.find("button", "Send").wait_state("sensitive")
        away = self.restart()
        next(away)
        self.app.wait("label", re.compile("^The link to the centre is away"))
        self.session.focus_window(self.app)
        self.choose_file("second.txt", b"second")
        self.app.wait("label", "Waits for the connection")
        uidrive.until("it was not kept", lambda: self.copies() == 1 and len(desk.kept(self.session, "file")) == 2)
        self.app.proc.kill()
        self.app.proc.wait()
        next(away, None)
        self.come_back()
        self.app.wait("button", "Remove first.txt")
        self.app.wait("button", "Remove second.txt")
        self.app.find("button", "Send").wait_state("sensitive")
        self.session.focus_window(self.app)
        self.app.wait("text", "Message").focus()
        self.session.key("Return")
        self.app.wait("button", "Open second.txt")
        self.app.wait_gone("button", "Remove second.txt")
        uidrive.until("copies stayed", lambda: self.copies() == 0)
        self.assertEqual(len(self.files()), 2)

    def copies(self):
        """Copies beside the desk's local file."""
        data = os.path.join(self.session.env["XDG_DATA_HOME"], "guichet", "desks")
        return sum(len(names) for at, _, names in os.walk(data) if os.path.basename(at) == "files")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
