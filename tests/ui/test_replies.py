#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canned replies at the real desk on the real guichetd: /shortcuts, the panel, variables, the manager.

    tests/ui/test_replies.py BUILD [TestCase[.method]]...
"""
import contextlib
import json
import os
import re
import sys
import time
import unittest

import test_chat
import test_features
import uidrive
from test_features import scene

REPLIES = [
    {"id": "hello", "shortcut": "hello", "category": "Start", "name": "Greeting",
     "texts": {"en": "Hello {customer.name}, I am {agent.name}.", "fr": "Bonjour {customer.name}, je suis {agent.name}."}},
    {"id": "parcel", "shortcut": "parcel", "category": "Delivery", "name": "Parcel under way",
     "texts": {"en": "Your parcel {order} left on {date}."}},
    {"id": "address", "shortcut": "address", "category": "Delivery", "name": "Société",
     "texts": {"und": "Please confirm your address."}},
    {"id": "secret", "shortcut": "pin", "category": "Start", "name": "Secret", "texts": {"und": "Your PIN is {pin}."}},
]


class Case(test_chat.Desk):
    role = "agent"

    def define(self):
        self.centre["canned_replies"] = REPLIES
        self.centre["agents"][0]["role"] = self.role
        super().define()

    def chat(self):
        """In a chat with Gwen, the cursor in the message."""
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.gwen = self.chatter()
        self.field = self.accepted(self.gwen)
        self.field.focus()
        return self.field

    def focused(self, name):
        uidrive.until(lambda: "%s has not the focus" % name, lambda: any(
            "focused" in states and n == name for _depth, _node, _role, states, n in self.app.walk()))

    def popup(self, name):
        return self.app.wait("list item", name)

    def panel(self):
        self.session.key("ctrl+r")
        self.search = self.app.wait("entry", "Search replies")
        self.search.wait_state("focused")
        return self.search


class Shortcuts(Case):
    def test_typed_arrows_enter_escape(self):
        self.chat()
        self.session.type("/")
        self.popup("Greeting · /hello")
        self.session.type("addr")
        self.popup("Société · /address")
        self.app.wait_gone("list item", "Greeting · /hello")
        # Escape leaves the text, and the popup away while this word goes on.
        self.session.key("Escape")
        self.app.wait_gone("list item", "Société · /address")
        self.session.type("e")
        self.field.wait_text("/addre")
        self.assertEqual(self.app.find_all("list item", "Société · /address"), [])
        self.session.key("ctrl+a")
        self.session.type("Yes. /SOCIETE")
        self.popup("Société · /address")
        self.session.key("Tab")
        self.field.wait_text("Yes. Please confirm your address.")
        self.app.wait_gone("list item", "Société · /address")
        # It is edited before it is sent; what is stored stays.
        self.session.type(" Thanks")
        self.session.key("Return")
        self.gwen.wait_text("Yes. Please confirm your address. Thanks")
        self.field.wait_text("")
        self.session.type("/address")
        self.popup("Société · /address")
        self.session.key("Return")
        self.field.wait_text("Please confirm your address.")

    def test_known_values_are_filled_in(self):
        self.chat()
        self.session.type("/hel")
        self.popup("Greeting · /hello")
        self.session.key("Return")
        self.field.wait_text("Hello Gwen, I am Alice.")

    def test_arrows_choose(self):
        self.chat()
        self.session.type("/")
        self.popup("Société · /address")
        # The first is chosen; from it up is the last.
        self.session.key("Up")
        self.session.key("Down")
        self.session.key("Down")
        self.session.key("Return")
        self.field.wait_text("Please confirm your address.")

    def test_what_fits_nothing_is_sent_as_it_is(self):
        self.chat()
        self.session.type("/zzz")
        self.session.key("Return")
        self.gwen.wait_text("/zzz")

    def test_one_at_a_time(self):
        self.chat()
        self.session.type("/hel")
        self.popup("Greeting · /hello")
        self.session.key("Return")
        self.field.wait_text("Hello Gwen, I am Alice.")
        # One that stands untouched makes room for another; one that was edited stays.
        self.session.type(" /addr")
        self.popup("Société · /address")
        self.session.key("Return")
        self.field.wait_text(" Please confirm your address.")
        self.session.key("Left")
        self.session.key("BackSpace")
        self.session.key("End")
        self.session.type(" /hel")
        self.popup("Greeting · /hello")
        self.session.key("Return")
        self.app.wait("label", "One reply at a time: send the one in the message first, or clear it.")
        self.field.wait_text(" Please confirm your addres. ")

    def test_unknown_values_are_asked_for(self):
        self.chat()
        self.session.type("So: /parc")
        self.popup("Parcel under way · /parcel")
        self.session.key("Return")
        self.app.wait("text", "order")
        self.focused("order")
        insert = self.app.find("button", "Insert into the message")
        insert.wait_state("sensitive", False)
        self.session.type("A-17")
        self.app.wait("label", "Your parcel A-17 left on {date}.")
        self.session.key("Return")
        self.focused("date")
        self.session.type("Monday")
        self.app.wait("label", "Your parcel A-17 left on Monday.")
        self.session.key("Return")
        self.field.wait_text("So: Your parcel A-17 left on Monday.")
        self.field.wait_state("focused")


class Panel(Case):
    def test_search_category_and_insert(self):
        self.chat()
        self.panel()
        for name in ("Greeting · /hello", "Parcel under way · /parcel", "Société · /address"):
            self.app.wait(None, name)
        self.app.find("label", "Delivery")
        self.session.type("societe")
        self.app.wait_gone(None, "Greeting · /hello")
        self.session.key("Return")
        self.field.wait_text("Please confirm your address.")
        self.field.wait_state("focused")

    def test_known_values_are_shown_for_checking(self):
        self.chat()
        self.panel()
        self.session.type("hello")
        self.session.key("Return")
        name = self.app.wait("text", "Customer’s name")
        name.wait_text("Gwen")
        self.app.find("text", "Your name").wait_text("Alice")
        self.app.wait("label", "Hello Gwen, I am Alice.")
        name.set_text("Ms Stacy")
        self.app.wait("label", "Hello Ms Stacy, I am Alice.")
        self.app.find("button", "Insert into the message").click()
        self.field.wait_text("Hello Ms Stacy, I am Alice.")

    def test_nothing_secret_is_inserted(self):
        self.chat()
        self.panel()
        self.session.type("pin")
        self.session.key("Return")
        self.app.wait("label", "Your PIN is {pin}.")
        self.app.find("button", "Insert into the message").wait_state("sensitive", False)

    def test_nothing_fits(self):
        self.chat()
        self.panel()
        self.session.type("qqq")
        self.app.wait("label", "No reply fits. Try other words.")
        self.session.key("Escape")
        self.app.wait(None, "Greeting · /hello")
        self.session.key("Escape")
        self.field.wait_state("focused")


class Manager(Case):
    def manager(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.session.key("ctrl+comma")
        return self.open_manager()

    def open_manager(self):
        self.app.wait("list item", "Canned replies").click()
        add = self.app.wait("button", "Add a reply")
        self.session.focus_window(title="Canned replies")
        return add

    def test_added_deleted_and_brought_back(self):
        self.manager().click()
        name = self.app.wait("text", "Name")
        self.app.find("button", "Save").click()
        self.app.wait("label", "Give the reply a name.")
        name.set_text("My thanks")
        self.app.find("text", "Shortcut").set_text("/thx")
        self.app.find("button", "Save").click()
        self.app.wait("label", "Write the text of the reply.")
        self.left_and_found_again()
        self.app.find("text", "Text of the reply").set_text("Thank you!")
        self.app.find("button", "Save").click()
        # The toast says so and has a button, which GTK 4.8 keeps from the accessibility tree; the keys need none.
        self.delete_and_undo()
        self.delete_and_undo()
        # It comes and goes while the window is not drawn, as on another workspace.
        self.delete_and_undo(stopped=True)

    def left_and_found_again(self):
        """By Escape, and after the window was closed; not what is discarded."""
        self.session.key("Escape")
        self.app.wait("label", "What you typed is kept: open the form again to go on.")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Canned replies")
        self.session.focus_window(title="Settings")
        self.open_manager().click()
        self.app.wait("text", "Name").wait_text("My thanks")
        self.app.find("text", "Shortcut").wait_text("/thx")
        self.app.find("button", "Discard").click()
        self.app.wait("button", "Add a reply").click()
        self.app.wait("text", "Name").wait_text("").set_text("My thanks")
        self.app.find("text", "Shortcut").set_text("/thx")

    def delete_and_undo(self, stopped=False):
        self.app.wait("button", "Delete My thanks").click()
        self.app.wait("label", "“My thanks” is deleted.")
        self.app.wait_gone("button", "Delete My thanks")
        self.session.key("ctrl+z")
        if stopped:
            with self.app.stopped():
                time.sleep(0.7)
        self.app.wait("button", "Delete My thanks")
        self.app.wait_gone("label", "“My thanks” is deleted.")

    def of_files(self, entry, title, path):
        """An entry of the menu of files, and the toolkit's dialog, where a path can be typed."""
        self.press("Import and export")
        self.app.wait("menu item", entry)

        def at_entry():
            if any("focused" in n.states for n in self.app.find_all("menu item", entry)):
                return True
            self.session.key("Down")
            self.session.settle(quiet=0.1, timeout=1)
            return False
        uidrive.until("the keyboard does not come to " + entry, at_entry)
        self.session.key("Return")
        self.app.answer_files(title, path)

    def imported(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        self.of_files("Import for me…", "Import replies", path)

    def exported(self, name, read):
        """What read makes of the file, once it is whole."""
        path = os.path.join(self.folder, name)
        self.of_files("Export all…", "Export replies", path)
        self.app.wait("label", "The replies are exported.")  # first: it stands for some seconds, the file for good

        def written():
            with contextlib.suppress(OSError, ValueError), open(path, encoding="utf-8") as f:
                return read(f.read())
            return None
        return uidrive.until("it was not written", written)

    def test_imported_and_exported(self):
        self.manager()
        self.imported("wrong.csv", "name,shortcut,text\nOne,one,First\nTwo,t wo,Second\n")
        self.app.wait("label", "Nothing was imported. Line 3: a shortcut or language is not one.")
        self.assertEqual(self.app.find_all("button", "Delete One"), [])
        self.imported("right.csv", "Nom;Raccourci;Texte;Langue\nMerci;merci;Merci à vous;fr\nMerci;merci;Thank you;en\nAdieu;;Bye;\n")
        self.app.wait("label", "Imported: 2 new, 0 changed, 0 as they were.")
        self.app.wait("button", "Delete Merci").wait_state("sensitive")
        self.app.wait("button", "Delete Adieu")
        replies = {r["name"]: r for r in self.exported("all.json", json.loads)["canned_replies"]}
        self.assertEqual(sorted(replies), sorted([r["name"] for r in REPLIES] + ["Adieu", "Merci"]))
        self.assertEqual(replies["Merci"]["texts"], {"en": "Thank you", "fr": "Merci à vous"})
        self.exported("all.csv", re.compile("^Merci,merci,,", re.M).search)

    def test_public_ones_are_read_only(self):
        self.manager()
        self.app.wait("button", "Delete Greeting").wait_state("sensitive", False)


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
