#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was before, on a real centre: the history of a customer with its transcripts, and search of everything by the keyboard.

    tests/ui/test_past.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_chat
import test_features
import uidrive
from test_features import scene


class Past(test_chat.Desk):
    def chatted(self, agent, customer, *texts, note):
        """A whole chat of a colleague with this customer."""
        visitor = self.chatter(name="Gwen")
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
        self.chatted(bob, self.made["id"], "Une réclamation", "le colis est perdu", note="Xylophone lost")
        self.chatted(bob, self.made["id"], "Encore moi", note="Called again")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait_state("idle")

    def until_lines(self, line, n):
        uidrive.until(lambda: "not %d of %s in\n%s" % (n, line.pattern, self.app.dump()),
                      lambda: len(self.app.find_all("label", line)) == n, 30)

    def test_history_and_transcript(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        visitor = self.chatter(name="Gwen")
        self.accepted(visitor)
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
        words = self.words(details)
        for word in ("Gwendoline Quast", "Bob", "Xylophone lost"):
            self.assertIn(word, words)
        self.app.wait("button", "Open transcript").click()
        self.app.wait(None, "Transcript: Gwendoline Quast")
        self.app.wait("label", "Une réclamation")
        self.app.wait("label", "le colis est perdu")
        self.session.key("Escape")
        self.app.wait_gone(None, "Transcript: Gwendoline Quast")

    def test_search_by_keyboard(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.session.key("ctrl+f")
        entry = self.app.wait("entry", "Search everything")
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
        self.session.key("Escape")
        self.app.wait_gone("entry", "Search everything")


    def test_search_while_the_centre_is_away(self):
        """What this desk has seen is found without the centre, also to read; what the centre adds when it is back moves nothing
        under the hand."""
        http = self.daemon.http
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        visitor = self.chatter(name="Gwen")
        self.accepted(visitor)
        visitor.said("Et encore une réclamation déposée")
        self.app.wait("label", "Et encore une réclamation déposée")
        self.daemon.kill()
        self.app.wait("label", re.compile("^The link to the centre is away"), timeout=40)
        self.session.key("ctrl+f")
        entry = self.app.wait("entry", "Search everything")
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
        self.daemon.start(args=("--listen", http.split("//")[1]))
        more = window.wait("button", "Show what the centre found", timeout=40)
        self.assertEqual(window.find_all("label", "Une réclamation"), [])
        more.click()
        window.wait("label", "Une réclamation")
        window.wait("label", "Et encore une réclamation déposée")
        window.wait_gone("label", "The centre cannot be reached: from what this desk has")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
