#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of supervisors and of the system, and voicemail, before the puppet centre.

    tests/ui/test_messages.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import stamp


class Messages(cases.Case):
    """What supervisors write: counted, shown in passing, read, deleted, written."""

    def notice(self, number, text, read=False, priority="high"):
        return {"id": "n%d" % number, "at": stamp(-60 + number), "from": {"agent": "dora", "name": "Dora"}, "audience": "all",
                "priority": priority, "text": text, "read": read}

    def told(self, *notices, deleted=()):
        self.centre.event("notice.changed", notices=notices, deleted=list(deleted))

    def coloured(self, node):
        """How many pixels of a colour there are close around it, where all else is grey."""
        x, y, w, h = node.extents
        width, _, rgb = self.session.pixels()
        rows = (rgb[(row * width + x - 10) * 3:(row * width + x + w + 10) * 3] for row in range(y - 10, y + h + 10))
        return sum(max(p) - min(p) > 60 for row in rows for p in zip(row[::3], row[1::3], row[2::3]))

    def framed_with_the_focus(self, field):
        framed = uidrive.until(lambda: "no frame: %d" % self.coloured(field), lambda: (lambda n: n if n > 500 else 0)(self.coloured(field)))
        self.session.focus_window(title="My messages")
        self.session.key("ctrl+Tab")
        uidrive.until(lambda: "a frame: %d" % self.coloured(field), lambda: self.coloured(field) < framed - 400)
        field.focus()
        field.wait_state("focused")

    def test_counted_read_deleted_and_written(self):
        first, second = self.notice(1, "The trunk is down."), self.notice(2, "The mail server is back.", priority="urgent")
        self.centre.desk(notices=[first], agent={"id": "ana", "name": "Ana", "team": None, "teams": [], "role": "supervisor",
                                                 "languages": ["en"], "slots": {"voice": 1}, "auto": {"voice": 1}})
        self.sign_in()
        self.app.wait("button", "My messages: 1 unread")
        self.told(second)
        self.app.wait("label", "Urgent · Dora: The mail server is back.")
        self.app.wait("button", "My messages: 2 unread").click()
        self.app.wait("panel", "The mail server is back.")
        self.app.wait("label", re.compile("^Unread · High priority · Dora, to everybody"))
        self.assert_named(self.app.find("frame", "My messages"), "my messages")
        self.centre.usual("PUT", "/v1/notices/n2", {"seq": 1, "cursor": "c"})
        self.app.find_all("button", "Mark as read")[0].click()
        self.assertIn("true", self.sent("PUT /v1/notices/n2"))
        self.told(dict(second, read=True))
        self.app.wait("button", "Mark as unread")
        self.app.wait("button", "My messages: 1 unread")
        self.centre.usual("DELETE", "/v1/notices/n2", {"seq": 1, "cursor": "c"})
        self.app.find_all("button", "Delete the message")[0].click()
        self.sent("DELETE /v1/notices/n2")
        self.told(deleted=["n2"])
        self.app.wait_gone("panel", "The mail server is back.")
        self.app.find("button", "Write a message").click()
        self.app.wait("text", "Text of the message").wait_state("focused").type("Lunch is at one.")
        self.framed_with_the_focus(self.app.find("text", "Text of the message"))
        # Escape leaves the form, and what was typed is there again.
        self.session.focus_window(title="My messages")
        self.session.key("Escape")
        self.app.wait("label", cases.KEPT)
        self.app.wait("button", "Write a message").wait_state("focused").click()
        self.app.wait("text", "Text of the message").wait_text("Lunch is at one.")
        self.centre.usual("POST", "/v1/notices", {"seq": 1, "cursor": "c", "recipients": 2})
        self.app.find("button", "Send").click()
        self.assertIn('"normal"', self.sent("POST /v1/notices", "Lunch is at one."))
        self.app.wait("panel", "The trunk is down.")
        # What was sent is not there again.
        self.app.wait("button", "Write a message").wait_state("sensitive").click()
        self.app.wait("text", "Text of the message").wait_text("")
        self.app.find("button", "Cancel")


class System(Messages):
    """What is out of service: urgent across the page, else in passing; over when it is back."""

    def out(self, number, kind, name, priority, back_at=None, read=False):
        notice = self.notice(number, name, read, priority)
        del notice["from"]
        return {**notice, "service": {"kind": kind, "name": name, "back_at": back_at}}

    test_counted_read_deleted_and_written = None

    def test_out_of_service_and_back(self):
        node, mailbox = self.out(1, "node", "paris", "urgent"), self.out(2, "mailbox", "info", "high")
        self.centre.desk(notices=[node])
        self.sign_in()
        self.app.wait("label", "Urgent · The telephone system paris is out of service.")
        self.told(mailbox)
        self.app.wait("label", "High priority · The mailbox info cannot be reached.")
        self.told({**mailbox, "service": {**mailbox["service"], "back_at": stamp(0)}})
        self.app.wait("label", "The mailbox info can be reached again.")
        self.told(self.out(3, "forwarding", "4012", "high"))
        self.app.wait("label", "High priority · Your calls no longer go to 4012: they may not go to whom that number belongs to now.")
        self.centre.usual("PUT", "/v1/notices/n1", {"seq": 1, "cursor": "c"})
        self.app.find("button", "Mark as read").click()
        self.assertIn("true", self.sent("PUT /v1/notices/n1"))
        self.told({**node, "read": True})
        self.app.wait_gone("label", "Urgent · The telephone system paris is out of service.")
        self.app.wait("button", "My messages: 2 unread").click()
        self.app.wait("panel", "The mailbox info can be reached again.")
        self.app.wait("label", re.compile("^Over · System message · "))
        self.app.wait("label", re.compile("^Urgent · System message · "))
        self.assert_named(self.app.find("frame", "My messages"), "system messages")


class Voicemail(cases.Case):
    """What callers left: counted box by box, shown in passing, marked, called back, deleted and brought back."""

    def left(self, number, name, box="Night", heard=False):
        return {"id": "r%d" % number, "at": stamp(-60 + number), "duration": 12000, "heard": heard, "interaction": "i%d" % number,
                "number": "+33612345678", "name": name, "box": {"id": box.lower(), "names": {"en": box}}}

    def told(self, *voicemails, deleted=()):
        self.centre.event("voicemail.changed", boxes=[], voicemails=list(voicemails), deleted=list(deleted))

    def described(self, wanted):
        uidrive.until(lambda: "not described so: %r" % wanted,
                      lambda: self.app.find("button", "My messages").description == wanted)

    def test_counted_marked_called_deleted(self):
        first, second = self.left(1, "Chantal Dubois"), self.left(2, None, box="Ana")
        self.centre.desk(voicemails=[first])
        self.sign_in()
        self.described("Voicemail Night: 1 new")
        self.told(second)
        self.app.wait("label", "Voicemail Ana: +33612345678")
        self.described("Voicemail Ana: 1 new\nVoicemail Night: 1 new")
        self.session.key("F10")
        self.app.wait("menu item", "Voicemail").click()
        self.app.wait("panel", "Chantal Dubois")
        self.app.wait("label", re.compile("^New · Ana · .* · 0:12$"))
        self.assert_named(self.app.find("frame", "My messages"), "voicemail")
        self.app.find_all("button", "Call back")[1].click()
        self.assertIn('"i1"', self.sent("POST /v1/calls"))
        self.app.find_all("button", "Mark as heard")[0].click()
        self.assertIn("true", self.sent("PUT /v1/voicemail/r2"))
        self.told(dict(second, heard=True))
        self.app.wait("button", "Mark as new")
        self.described("Voicemail Night: 1 new")
        self.app.find_all("button", "Delete the message")[1].click()
        self.sent("DELETE /v1/voicemail/r1")
        self.app.wait("label", "The message is deleted.")
        self.told(deleted=["r1"])
        self.session.focus_window(title="My messages")
        self.session.key("ctrl+z")
        self.assertIn("false", self.sent("PUT /v1/voicemail/r1"))
        self.told(first)
        self.app.wait("panel", "Chantal Dubois")

    def test_pin_of_the_own_box(self):
        """Set by keyboard, in as many digits as there have to be; it says how the box is opened then."""
        how = {"number": "8999", "key": "18", "set": False}
        self.centre.usual("GET", "/v1/voicemail-pin", how)
        self.centre.usual("PUT", "/v1/voicemail-pin", {})
        self.sign_in()
        self.session.key("F10")
        self.app.wait("menu item", "Voicemail").click()
        self.app.wait(None, "Set a PIN").click()
        self.app.wait("label", "From another phone, call 8999, key 18 and #, then your PIN and #. Your own phone is not asked for it.")
        self.app.wait("label", "Without a PIN no other phone opens your box.")
        self.app.wait(None, "New PIN").wait_state("focused")
        save = self.app.find("button", "Save")
        self.session.type("975")
        save.wait_state("sensitive", False)
        self.session.type("3")
        save.wait_state("sensitive")
        self.assert_named(self.app.find("frame", "My messages"), "the PIN")
        self.centre.usual("GET", "/v1/voicemail-pin", dict(how, set=True))
        self.session.key("Return")
        self.sent("PUT /v1/voicemail-pin", '{"pin":"9753"}')
        self.app.wait("label", "The PIN is set.")
        self.app.wait(None, "Change the PIN")
        self.app.wait_gone("label", "Without a PIN no other phone opens your box.")


if __name__ == "__main__":
    cases.main()
