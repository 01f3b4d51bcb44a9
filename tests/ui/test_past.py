#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was before, on a real centre: the history of a customer with its transcripts, and search of everything by the keyboard.

    tests/ui/test_past.py BUILD [TestCase[.method]]...
"""
import contextlib
import os
import re
import socket
import sys
import threading
import unittest

import test_chat
import test_features
import uidrive
from desk import kept
from test_features import scene


BOT = {"name": "Alma", "messages": [{"author": "customer", "text": "Y a-t-il quelqu’un ?"}, {"author": "bot", "text": "Je ne sais pas."}]}


class Desk(test_chat.Desk):
    program = "../tests/server/guichetd-test"
    over = False  # the time that a search has

    def start_daemon(self):
        path = os.path.join(self.folder, "readings")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()
        threading.Thread(target=self.let_read, daemon=True).start()
        self.addCleanup(self.listener.shutdown, socket.SHUT_RDWR)
        self.daemon.env["GUICHET_TEST_READ"] = path
        super().start_daemon()

    def let_read(self):
        with contextlib.suppress(OSError):
            while True:
                with self.listener.accept()[0] as reading:
                    reading.sendall(b"o" if self.over else b"w")


class Past(Desk):
    def chatted(self, agent, customer, *texts, note, **more):
        """A whole chat of a colleague with this customer."""
        visitor = self.chatter(name="Gwen", **more)
        offer = agent.wait("offer.created")["offer"]
        agent.post("/v1/offers/%s/accept" % offer["id"])
        joined = agent.wait_cause("joined")["interaction"]
        for text in texts:
            visitor.said(text)
        agent.put("/v1/interactions/%s/customer" % joined["id"], {"customer": customer})
        part = joined["participations"][-1]["id"]
        agent.put("/v1/participations/%s/note" % part, {"text": note, "revision": 0})
        agent.post("/v1/interactions/%s/end" % joined["id"])
        agent.wait_cause("wrap_up_started")
        agent.put("/v1/participations/%s/disposition" % part, {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part)
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == joined["id"])

    def setUp(self):
        super().setUp()
        bob = scene.api.Agent(self.daemon, "bob", "password")
        self.addCleanup(bob.close)
        bob.sign_in(station="outside_number", address="+33199999998")
        bob.listen()
        bob.available()
        bob.wait_state("available")
        self.made = bob.post("/v1/customers", {"name": "Gwendoline Quast", "numbers": ["+33612345678"]})["customer"]
        self.chatted(bob, self.made["id"], "Une réclamation", "le colis est perdu", note="Xylophone lost", bot=BOT)
        self.chatted(bob, self.made["id"], "Encore moi", note="Called again")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait_state("idle")

    def until_lines(self, line, n):
        uidrive.until(lambda: "not %d of %s in\n%s" % (n, line.pattern, self.app.dump()),
                      lambda: len(self.app.find_all("label", line)) == n)

    def by_the_bot(self, root):
        """What a bot said before, as it is shown; the last of it."""
        for text in (re.compile(r"^Alma \(bot\) · "), "Y a-t-il quelqu’un ?", "Je ne sais pas.", "Handed over by the bot"):
            root.wait("label", text)
        texts = [n.name for n in root.find_all("label")]
        places = [texts.index(text) for text in ("Y a-t-il quelqu’un ?", "Je ne sais pas.", "Handed over by the bot")]
        self.assertEqual(places, sorted(places))
        return texts[places[-1] + 1:]

    def test_history_and_transcript(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        visitor = self.chatter(name="Gwen", bot=BOT)
        self.accepted(visitor)
        # A bot's talk is nobody's waiting.
        self.assertEqual(self.by_the_bot(self.app.wait("list", "Messages")), [])
        self.assertEqual(self.app.find_all("label", re.compile("^The customer waits for a reply")), [])
        visitor.said("Hello?")
        self.app.wait("label", re.compile("^The customer waits for a reply"))
        self.app.wait("label", "Hello?")
        self.app.wait("button", "Link Gwendoline Quast to this contact").click()
        self.app.find("page tab", "History").mouse_click()
        self.app.wait("list", "History")
        handled = re.compile("^Handled · .*Solved$")
        self.until_lines(handled, 2)
        search = self.app.wait("entry", "Search history")
        search.focus()
        self.session.type("reclam")
        self.until_lines(handled, 1)
        self.app.find("label", handled).mouse_click()
        details = self.app.wait(None, "Details of the contact")
        for word in ("Gwendoline Quast", "Bob", "Xylophone lost"):
            details.wait("label", word)
        self.app.wait("button", "Open transcript").click()
        transcript = self.app.wait(None, "Transcript: Gwendoline Quast")
        transcript.wait("label", "Une réclamation")
        self.assertIn("Une réclamation", self.by_the_bot(transcript))
        self.app.wait("label", "le colis est perdu")
        self.session.key("Escape")
        self.app.wait_gone(None, "Transcript: Gwendoline Quast")

    def test_search_by_keyboard(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.session.key("ctrl+f")
        entry = self.app.wait("entry", "Search everything").wait_state("focused")
        self.app.wait("label", re.compile("^Type a name"))
        self.session.type("nothing like it")
        self.app.wait("label", "Nothing found")
        self.session.key("ctrl+a")
        self.session.type("colis perd")
        self.app.wait("label", "Messages")
        self.app.wait("label", "le colis est perdu")
        self.session.key("Return")
        self.app.wait(None, "Transcript: Gwendoline Quast")
        self.app.wait("label", "Une réclamation")
        self.session.key("Escape")
        self.app.wait_gone(None, "Transcript: Gwendoline Quast")
        entry.focus()
        self.session.key("ctrl+a")
        self.session.type("quast")
        self.app.wait("label", "Customers")
        self.app.wait("label", "Gwendoline Quast")
        self.session.key("ctrl+a")
        self.session.type("xyloph")
        self.app.wait("label", "Xylophone lost")
        self.session.key("ctrl+a")
        with self.app.stopped():  # Enter right behind the letters means what they find
            self.session.type("colis perd\n")
        self.app.wait(None, "Transcript: Gwendoline Quast")
        self.session.key("Escape")
        self.app.wait_gone(None, "Transcript: Gwendoline Quast")
        entry.focus()
        self.over = True
        self.session.key("ctrl+a")
        self.session.type("replace")
        self.app.wait("label", "Nothing found so far. Type more letters or another word.")
        self.over = False
        self.session.type("d")
        self.app.wait("label", "Nothing found")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Search everything")

    def test_search_while_the_centre_is_away(self):
        """What this desk has seen is found without the centre, also to read; what the centre adds when it is back moves nothing
        under the hand."""
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        visitor = self.chatter(name="Gwen")
        self.accepted(visitor)
        visitor.said("Et encore une réclamation déposée")
        self.app.wait("label", "Et encore une réclamation déposée")
        self.daemon.kill()
        self.app.wait("label", re.compile("^The link to the centre is away"))
        self.session.key("ctrl+f")
        entry = self.app.wait("entry", "Search everything").wait_state("focused")
        window = self.app.wait(None, "Search")
        self.session.type("nothing like it")
        window.wait("label", "This desk has nothing like it, and the centre cannot be reached.")
        self.session.key("ctrl+a")
        self.session.type("reclamation depos")
        window.wait("label", "Et encore une réclamation déposée")
        window.wait("label", "The centre cannot be reached: from what this desk has")
        self.session.key("Return")
        transcript = self.app.wait(None, re.compile("^Transcript: "))
        transcript.wait("label", "Et encore une réclamation déposée")
        transcript.wait("label", "The centre cannot be reached: from what this desk has")
        self.session.key("Escape")
        self.app.wait_gone(None, re.compile("^Transcript: "))
        entry.focus()
        self.session.key("ctrl+a")
        self.session.type("reclam")
        window.wait("label", "Et encore une réclamation déposée")
        self.session.key("Down")
        self.daemon.start(args=self.listen)
        more = window.wait("button", "Show what the centre found")
        self.assertEqual(window.find_all("label", "Une réclamation"), [])
        more.click()
        window.wait("label", "Une réclamation")
        window.wait("label", "Et encore une réclamation déposée")
        window.wait_gone("label", "The centre cannot be reached: from what this desk has")


class Customers(Desk):
    """The customer of a chat: one agent at the window, another by the API."""

    def define(self):
        self.centre["settings"].update(visible_digits=0, meeting_room={
            "url": "https://meet.example/{room}", "texts": {"en": "Face to face: {link} please", "fr": "Face to face: {link} please"}})
        super().define()

    def setUp(self):
        super().setUp()
        self.bob = scene.api.Agent(self.daemon, "bob", "password")
        self.addCleanup(self.bob.close)
        self.bob.sign_in(station="outside_number", address="+33199999998")

    def make(self, name, **more):
        return self.bob.post("/v1/customers", {"name": name, "numbers": [], **more})["customer"]

    def of(self, customer):
        return self.bob.get("/v1/customers/" + customer)["customer"]

    def begin(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.visitor = self.chatter(name="Gwen")
        return self.accepted(self.visitor)

    def look(self, name):
        folder = os.environ.get("GUICHET_PICTURES")
        if folder:
            self.session.screenshot(os.path.join(folder, name + ".png"))

    def kept(self):
        """The whole form is on the disk."""
        return ["12345678" in value for _target, value in kept(self.session, "customer")] == [True]

    def save(self):
        self.app.find("button", "Save customer").wait_state("sensitive").click()

    def link(self, letters, name):
        """By the keyboard alone, from the button on; Enter right behind the letters means whom they find."""
        self.app.wait("button", "Find another customer…").click()
        self.app.wait("entry", "Find a customer").wait_state("focused")
        self.session.type(letters + "\n")
        self.app.wait("button", "Edit customer")
        self.app.wait("label", name)

    def test_found_linked_edited_and_in_conflict(self):
        made = self.make("Gwendoline Quast", numbers=["+33612345678"], addresses=[{"channel": "email", "address": "gq@mill.example"}])
        self.make("Gwenaëlle Other")
        self.begin()
        self.link("quast", "Gwendoline Quast")
        self.app.wait("list item", "E-mail: gq@mill.example")
        self.app.wait("list item", "Telephone: +33612345678")
        self.look("card")
        self.app.find("button", "Edit customer").click()
        name = self.app.wait("text", "Name of the customer")
        self.app.wait("text", "E-mail of the customer").set_text("nobody at mill")
        self.look("form")
        self.save()
        self.app.wait("label", "This is not an e-mail address.")
        self.look("refused")
        field = self.app.find("text", "E-mail of the customer")
        self.assertEqual(field.description, "This is not an e-mail address.")
        field.set_text("g@mill.example")
        self.app.wait_gone("label", "This is not an e-mail address.")
        name.set_text("Gwendoline Q.")
        self.bob.put("/v1/customers/" + made["id"], {"name": "Gwendoline Quasthoff", "revision": 1})
        self.save()
        self.app.wait("label", re.compile("^This was changed elsewhere.*Gwendoline Q\\., .*Gwendoline Quasthoff", re.S))
        self.look("conflict")
        self.app.find("button", "Keep mine").click()
        self.app.wait("button", "Edit customer")
        self.app.wait("label", "Gwendoline Q.")
        now = self.of(made["id"])
        self.assertEqual((now["name"], now["addresses"], now["numbers"]),
                         ("Gwendoline Q.", [{"channel": "email", "address": "g@mill.example"}], ["+33612345678"]))
        self.bob.put("/v1/customers/" + made["id"], {"name": "Gwen Quast", "revision": now["revision"]})
        self.app.wait("label", "Gwen Quast")
        self.app.find("button", "This is not the customer").click()
        self.app.wait("button", "Create customer")

    def test_created_with_a_draft_that_outlives_the_window(self):
        self.begin()
        self.app.wait("button", "Create customer").click()
        self.app.wait("text", "Name of the customer").set_text("Gwen Mill")
        self.app.find("button", "Add a number or address").click()
        self.app.wait("text", "Telephone of the customer").set_text("+33 6 12 34 56 78")
        uidrive.until("it was not kept", self.kept)
        self.app.proc.kill()
        self.app.proc.wait()
        self.come_back()
        self.app.wait("text", "Name of the customer").wait_text("Gwen Mill")
        self.app.wait("text", "Telephone of the customer").wait_text(re.compile("12"))
        self.save()
        self.app.wait("button", "Edit customer")
        self.app.wait("list item", "Telephone: +33612345678")
        (made,) = self.bob.get("/v1/customers?query=gwen%20mill")["customers"]
        self.assertEqual(made["numbers"], ["+33612345678"])

    def test_invited_to_the_meeting_room(self):
        """The link goes into the message and nowhere else before it is sent; it is one that nobody guesses."""
        field = self.begin()
        field.type("One moment.")
        self.press("Meeting room")
        self.press("Invite to the meeting room")
        field.wait_text(re.compile(r"^One moment\.\nFace to face: https://meet\.example/[-_A-Za-z0-9]{32} please$"))
        self.look("meeting")
        text = field.text
        self.session.focus_window(self.app)
        self.session.key("Return")
        self.visitor.wait_text(text)

    def test_merged_and_separated(self):
        stays = self.make("Gwendoline Quast", numbers=["+33612345678"])
        goes = self.make("Gwen Query", addresses=[{"channel": "facebook", "address": "gwen.q"}])
        self.begin()
        self.link("gwendol", "Gwendoline Quast")
        self.app.find("button", "Merge with another customer…").click()
        self.app.wait("entry", "Find a customer").wait_state("focused")
        self.over = True
        self.session.type("gw")
        self.app.wait("label", "Nothing found so far. Type more letters or another word.")
        self.over = False
        self.session.type("en")
        self.app.wait("label", "Gwen Query")
        self.look("finder")
        self.assertFalse(self.app.find("list", "Customers found").find_all("label", "Gwendoline Quast"))
        self.session.key("Return")
        self.app.wait("label", re.compile("^Gwendoline Quast stays\\. .* of Gwen Query go with it\\..* undone until "))
        self.look("merge")
        self.bob.put("/v1/customers/" + goes["id"], {"name": "Gwen Queried", "revision": 1})
        self.app.find("button", "Merge").click()
        self.app.wait("label", re.compile("^One of them was changed elsewhere meanwhile"))
        self.app.wait("label", re.compile("of Gwen Queried go with it"))
        self.app.find("button", "Merge").wait_state("sensitive").click()
        self.app.wait("label", re.compile("^Merged with Gwen Queried"))
        self.app.wait("list item", "Facebook: gwen.q")
        self.look("merged")
        self.assertEqual(self.of(goes["id"])["id"], stays["id"])
        self.app.find("button", "Separate Gwen Queried").click()
        self.app.wait_gone("label", re.compile("^Merged with"))
        self.app.wait_gone("list item", "Facebook: gwen.q")
        self.assertEqual(self.of(goes["id"])["name"], "Gwen Queried")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
