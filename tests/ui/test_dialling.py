#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calling: back, a number, from the directory, by a link of another program, before the puppet centre.

    tests/ui/test_dialling.py BUILD [TestCase[.method]]...
"""
import os
import re
import subprocess

import cases
import uidrive
from desk import QUEUES, participation, recent, state


class CallBack(cases.Case):
    def test_from_the_details_of_what_is_over(self):
        self.centre.desk(queues=[dict(QUEUES[0], dial_out=True)] + QUEUES[1:], recent=[recent("missed", "no_answer", 60)],
                         state=dict(state("available"), station_ready=True))
        self.sign_in()
        self.session.focus_window(self.app)
        self.session.key("alt+2")
        self.app.wait("label", "+1")  # what was asked for is there: nothing moves any more
        self.app.wait("label", "Luc Moreau").mouse_click()
        self.app.wait("button", "Call back").click()
        self.sent("POST /v1/calls", "i60")
        self.app.wait_gone(None, "Details of the contact")
        self.follow_the_call()

    def follow_the_call(self):
        """Its card says whom and what is known, as that of a call that comes in, until it is answered."""
        part = participation("dialling", joined=0, rings="station")
        self.change(part, "dialling", direction="out", origin="direct")
        card = self.app.wait("alert", re.compile("^Outbound call · Billing[.] Mireille Perrin[.] Your own phone rings first"))
        wanted = ["Mireille Perrin", "Outbound call · Billing", "Case number", "C-20417", "Contract", "Confort Pro",
                  "Came from", "Web form", "Your own phone rings first. Answer it, then the customer is called.", "Cancel"]
        uidrive.until(lambda: "it says %s" % [n.name for n in card.find_all("label")],
                      lambda: [n.name for n in card.find_all("label")] == wanted)
        part["rings"] = "customer"
        self.change(part, "dialling", direction="out", origin="direct")
        self.app.wait("alert", re.compile("The customer is being called")).find("button", "Cancel the call to Mireille Perrin").click()
        self.sent("POST /v1/interactions/i1/end")
        part.update(state="active", rings=None)
        self.change(part, "connected", direction="out", origin="direct")
        self.app.wait_gone("alert", re.compile("^Outbound call"))

    def test_a_number_is_called_in_the_name_of_a_chosen_queue(self):
        self.centre.desk(queues=[dict(q, dial_out=True) for q in QUEUES], state=dict(state("available"), station_ready=True))
        self.centre.usual("POST", "/v1/calls", {"seq": 1, "cursor": "c1", "interaction": "i9"})
        app = self.sign_in()
        app.wait("label", "Waiting for a call")
        self.session.focus_window(app)
        self.session.key("ctrl+alt+n")
        number = app.wait("text", "Number")
        self.session.focus_window(title="Call a number")
        app.find("button", "Call").wait_state("sensitive", False)
        number.focus()
        self.session.type("02 981 44 17")
        app.find("button", "Call").wait_state("sensitive")
        self.session.key("Tab", "space")
        app.wait("list item", "Support")
        self.session.key("Down", "Return")
        app.wait_gone("list item", "Support")
        number.focus()
        self.session.key("Return")
        asked = self.sent("POST /v1/calls", "support")
        self.assertIn('"02 981 44 17"', asked)
        app.wait_gone("text", "Number")

    def test_a_speed_dial(self):
        self.centre.desk(queues=[dict(QUEUES[0], dial_out=True)] + QUEUES[1:], state=dict(state("available"), station_ready=True))
        app = self.sign_in()
        self.session.focus_window(app)
        self.session.key("ctrl+shift+f")
        app.wait("button", "Call Taxi").click()
        self.sent("POST /v1/calls", "+359291119")
        app.wait("list item", "Bob: On break · Lunch")
        app.wait("list item", "Billing: Queue · 1 of 2 free · 3 waiting")
        app.find("button", "Numbers and contacts").click()
        self.sent("GET /v1/directory", "kinds=entry_point")

    def test_a_long_directory(self):
        """A hundred thousand are one list, of which a screen is asked for."""
        items = [{"kind": "contact", "id": "c%d" % i, "name": "Contact %02d" % i, "numbers": ["+3592000%02d" % i], "favourite": False,
                  "used": None, "actions": {"call": "allowed"}} for i in range(100)]
        for _ in range(30):  # an answer to each page
            self.centre.usual("GET", "/v1/directory", {"items": items, "total": 100000, "complete": False})
        app = self.sign_in()
        self.session.focus_window(app)
        self.session.key("ctrl+shift+f")
        first = app.wait("list item", "Contact 00: +359200000")
        self.session.focus_window(title="Directory")
        self.session.key("Down")
        app.wait("entry", "Search the directory").focus()
        self.session.key("Tab", "Tab")
        uidrive.until(lambda: "the list does not have the focus", lambda: self.to_the_end())
        self.assertNotEqual(first, None)
        self.session.key("Escape")
        app.wait_gone("list", "Directory")

    def to_the_end(self):
        self.session.key("Tab", "End")
        return self.app.find_all("list item", "Contact 99: +359200099")

    def test_not_while_another_call_is_in_hand(self):
        self.centre.desk(queues=[dict(QUEUES[0], dial_out=True)] + QUEUES[1:], recent=[recent("missed", "no_answer", 60)],
                         state=dict(state("available"), station_ready=True))
        self.sign_in()
        self.session.focus_window(self.app)
        self.join()
        self.session.key("alt+2")
        self.app.wait("label", "+1")  # what was asked for is there: nothing moves any more
        self.app.wait("label", "Luc Moreau").mouse_click()
        button = self.app.wait("button", "Call back").wait_state("sensitive", False)
        self.assertEqual(button.description, "A call is in progress. End it first.")


class Links(cases.Case):
    """What other programs hand over: a second start of the program reaches the one that runs."""

    def setUp(self):
        super().setUp()
        self.centre.desk(queues=[dict(QUEUES[0], dial_out=True)] + QUEUES[1:], state=dict(state("available"), station_ready=True))

    def hand_over(self, uri):
        subprocess.run([os.path.join(self.desk.build, "src/desktop/guichet"), uri], env=self.session.env, check=True,
                       timeout=uidrive.TIMEOUT)

    def test_nothing_is_called_before_the_agent_says_so(self):
        self.sign_in()
        self.hand_over("tel:+33-6-12-34-56-78")
        self.app.wait("text", "Number").wait_text("+33612345678")
        self.assertEqual(self.centre.ask("last", "POST /v1/calls"), "")
        self.session.key("Return")
        self.sent("POST /v1/calls", "+33612345678")

    def test_no_number(self):
        self.sign_in()
        self.hand_over("sip:alice@example.org")
        self.app.wait("label", "This link names no number that can be called")

    def test_link_waits_for_the_desk(self):
        self.app = self.desk.open("callto:0888123456")
        self.app.wait("label", "Sign in, then you can call the number")
        self.sign_in()
        self.app.wait("text", "Number").wait_text("0888123456")


if __name__ == "__main__":
    cases.main()
