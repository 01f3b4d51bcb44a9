#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All by keyboard alone and by a screen reader: the order of Tab, Escape, names, before the puppet centre.

    tests/ui/test_keyboard.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import QUEUES, WEB, chat, message, participation

ORDER = ["Your state", "Your queues", "Desk", "Activity", "Main menu", "Hold", "Keypad", "End", "Notes", "Disposition",
         "Add a tag", "Customer", "History", "Case number", "Contract", "Reveal IBAN"]


class Keyboard(cases.Opened):
    def test_tab_goes_in_the_order_of_reading(self):
        self.open()
        self.sign_in()
        self.join()
        self.app.wait("button", "End")
        self.app.wait("button", "Reveal IBAN")
        self.session.key("ctrl+n")
        self.wait_focus("^Notes")
        met = []
        while len(met) < 60 and not (len(met) > 3 and met[-1].startswith("Notes")):
            before = self.focused()
            self.session.key("Tab")
            uidrive.until("Tab does not leave %s" % before, lambda now=before: self.focused() not in ("", now))
            met.append(self.focused())
        self.assertTrue(met[-1].startswith("Notes"), met)
        at = [next((i for i, name in enumerate(met) if name.startswith(wanted)), None) for wanted in ORDER]
        self.assertNotIn(None, at, dict(zip(ORDER, at)) | {"met": met})
        start = ORDER.index("Notes") + 1
        turned = at[start:] + at[:start]  # it began behind the notes
        self.assertEqual(turned, sorted(turned), met)

    def test_details_by_keyboard_in_a_narrow_window(self):
        self.open(size=(1024, 640))
        self.sign_in()
        self.join()
        self.app.wait("button", "Details")
        self.session.key("ctrl+i")
        self.wait_focus("^Back to the call")
        self.app.wait("text", "Case number")
        self.session.key("Return")
        self.wait_focus("^Details")
        self.app.wait("text", "Notes")
        self.session.key("Return")
        self.wait_focus("^Back to the call")
        self.session.key("ctrl+n")
        self.wait_focus("^Notes")

    def test_escape_closes_each_popover_and_window(self):
        self.centre_confirms()
        for keys, role, name in (("ctrl+q", "button", "Out of all queues"), ("ctrl+shift+i", "entry", "Search idle reasons"),
                                 ("F10", "menu item", None), ("ctrl+k", "button", "Star"),
                                 ("ctrl+d", "entry", "Search dispositions"), ("ctrl+t", "entry", "Search tags"),
                                 ("ctrl+shift+e", "button", "End the call"), ("F1", "entry", "Search shortcuts"),
                                 ("ctrl+comma", "combo box", "Colours")):
            self.session.focus_window(title=self.app.find("frame", cases.MAIN).name)
            self.session.key(keys)
            self.app.wait(role, name)
            if keys in ("ctrl+k", "F1"):  # test_window.py looks at the others
                self.assert_named(self.app, keys)
            self.session.key("Escape")
            self.app.wait_gone(role, name)

    def test_windows_about_chats_are_named_and_closed_by_escape(self):
        self.open()
        self.centre.desk(queues=QUEUES + [WEB], messages=[message(1, "customer", "Hello")],
                         agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "agent", "slots": {"voice": 1, "webchat": 3}},
                         colleagues=[{"id": "ben", "name": "Ben", "team": None, "presence": "ready", "reason": None, "since": None}],
                         interactions=[chat(participation(joined=-125), last=1)])
        self.sign_in()
        self.app.wait("text", "Message")
        for keys, role, name in (("ctrl+o", "button", "Resolved"), ("ctrl+f", "entry", "Search everything"),
                                 ("ctrl+shift+f", "button", "Call Taxi"), ("ctrl+alt+n", "button", "Call"),
                                 ("ctrl+shift+t", "entry", "Transfer to"), ("ctrl+shift+o", "entry", re.compile("^Whom to ")),
                                 ("ctrl+shift+m", "entry", re.compile("^Whom to "))):
            self.session.focus_window(title=self.app.find("frame", cases.MAIN).name)
            self.session.key(keys)
            self.app.wait(role, name)
            self.assert_named(self.app, keys)
            self.session.key("Escape")
            self.app.wait_gone(role, name)
        # What else can be done with who cannot have it now.
        self.session.focus_window(title=self.app.find("frame", cases.MAIN).name)
        self.session.key("ctrl+shift+t")
        self.app.wait("list item", re.compile("^Bob: .* · On break · Lunch"))
        self.session.key("Menu")
        self.app.wait("button", "Consult")
        self.assert_named(self.app, "the menu of one of the directory")
        self.assertIn("sensitive", self.app.find("button", "Write a message").states)
        self.assertNotIn("sensitive", self.app.find("button", "Transfer").states)
        self.session.key("Escape")
        self.app.wait_gone("button", "Consult")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Transfer to")
        self.session.focus_window(title=self.app.find("frame", cases.MAIN).name)
        self.session.key("ctrl+r")
        self.app.wait("button", "Manage replies…").click()
        self.app.wait("frame", "Canned replies")
        self.session.focus_window(title="Canned replies")
        self.assert_named(self.app, "replies")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Canned replies")
        self.session.focus_window(title=self.app.find("frame", cases.MAIN).name)
        self.session.key("alt+3")
        self.app.wait("button", "Write to Ben").click()
        self.app.wait("frame", "Write to Ben")
        self.session.focus_window(title="Write to Ben")
        self.assert_named(self.app, "write to a colleague")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Write to Ben")

    def centre_confirms(self):
        self.open()
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": True, "auto_accept": "off"})
        self.sign_in()
        self.join()
        self.app.wait("button", "End")

    def test_about(self):
        self.open()
        self.sign_in()
        self.app.choose("About Guichet")
        self.app.wait("label", "The Guichet developers")
        self.assertTrue(self.app.find_all(None, re.compile(r"^\d+\.\d+\.\d+")), "no version")
        self.assert_named(self.app, "about")
        self.session.key("Escape")
        self.app.wait_gone("label", "The Guichet developers")


if __name__ == "__main__":
    cases.main()
