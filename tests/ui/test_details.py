#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of the work in hand, notes, customer and wrap-up, before the puppet centre.

    tests/ui/test_details.py BUILD [TestCase[.method]]...
"""
import re
from datetime import datetime, timezone

import cases
import uidrive
from desk import VARIABLES, interaction, recent, stamp


class WrapUp(cases.Case):
    def setUp(self):
        super().setUp()
        self.sign_in()
        self.part = self.join()
        self.wrap_up(self.part, 60)
        self.app.wait("button", "Submit wrap-up")

    def choose(self, key, search, letters):
        self.session.key(key)
        self.app.wait("entry", search).type(letters)
        self.session.key("Return")

    def test_whole_by_keyboard(self):
        submit = self.app.find("button", "Submit wrap-up")
        submit.wait_state("sensitive", False)
        self.assertIn("disposition", submit.description)
        self.session.key("ctrl+n")
        self.session.type("Refund of 12 € agreed – à voir")
        self.choose("ctrl+d", "Search dispositions", "ref")
        self.app.wait("button", "Disposition: Refund agreed")
        self.choose("ctrl+t", "Search tags", "urg")
        self.app.wait("button", "Remove the tag Urgent")
        self.sent("PUT /v1/participations/p1/disposition", "refund")
        self.sent("PUT /v1/participations/p1/tags", "urgent")
        submit.wait_state("sensitive")
        self.session.key("ctrl+Return")
        self.sent("POST /v1/participations/p1/wrap_up/submit")
        self.sent("PUT /v1/participations/p1/note", "Refund of 12 € agreed – à voir")

    def test_search_begins_with_the_third_letter(self):
        self.session.key("ctrl+d")
        search = self.app.wait("entry", "Search dispositions")
        search.type("re")
        self.app.find("label", "Solved")
        search.type("f")
        self.app.wait_gone("label", "Solved")
        self.app.find("label", "Refund agreed")

    def test_extend(self):
        self.session.key("ctrl+e")
        self.sent("POST /v1/participations/p1/wrap_up/extend")
        self.part["wrap_up"].update(deadline=None, extendable=False, extended=True)
        self.change(self.part, "wrap_up_extended")
        self.app.wait("label", "Wrap-up: take your time, then submit")

    def test_closed(self):
        self.centre.event("interaction.closed", interaction="i1", recent=recent("handled", "", 60, talk=65))
        self.app.wait("label", "No work in hand")
        self.session.key("alt+2")
        self.app.wait("label", "Luc Moreau")


class Details(cases.Case):
    def test_value_over_the_limit_is_kept_and_not_sent(self):
        self.sign_in()
        self.join()
        case = self.app.wait("text", "Case number")
        case.set_text("x" * 300)
        self.app.wait("label", re.compile("At most 256 characters; this has 300"))
        self.app.find("button", "Save Case number").wait_state("sensitive", False)
        case.set_text("C-77")
        self.app.find("button", "Save Case number").click()
        self.sent("PUT /v1/interactions/i1/variables/case", "C-77")

    def test_revert(self):
        self.sign_in()
        self.join()
        case = self.app.wait("text", "Case number")
        case.set_text("wrong")
        self.app.wait("button", "Revert Case number").click()
        case.wait_text("C-20417")

    def save_elsewhere(self, value, revision):
        one = interaction(self.part)
        one["variables"][0].update(value=value, revision=revision)
        self.centre.event("interaction.changed", interaction=one, cause="variable")

    def values(self):
        one = interaction(self.part)
        one["variables"] += [{"id": "visit", "value": "", "secure": False, "editable": True, "revision": 0},
                             {"id": "parcels", "value": "", "secure": False, "editable": True, "revision": 0}]
        return one

    def with_dates(self):
        self.centre.desk(variables=VARIABLES + [
            {"id": "visit", "names": {"en": "Visit"}, "type": "datetime", "editable": True, "secure": False, "on_card": 0},
            {"id": "parcels", "names": {"en": "Parcels"}, "type": "number", "editable": True, "secure": False, "on_card": 0}])
        self.sign_in()
        self.part = self.join()
        self.centre.event("interaction.changed", interaction=self.values(), cause="variable")
        return self.app.wait("text", "Visit")

    def test_another_saves_while_this_one_types(self):
        """Neither value is lost: the other's stands beside what was typed, and one decides."""
        self.sign_in()
        self.part = self.join()
        case = self.app.wait("text", "Case number")
        case.set_text("C-mine")
        self.app.wait("button", "Save Case number")
        self.save_elsewhere("C-theirs", 2)
        self.app.wait("label", "Saved by another meanwhile: C-theirs")
        case.wait_text("C-mine")
        self.app.find("button", "Revert Case number").click()
        case.wait_text("C-theirs")
        self.app.wait_gone("button", "Save Case number")
        case.set_text("C-mine")
        self.save_elsewhere("C-later", 3)
        self.app.wait("label", "Saved by another meanwhile: C-later")
        self.app.find("button", "Save Case number").click()
        self.assertIn('"revision":3', self.sent("PUT /v1/interactions/i1/variables/case", "C-mine").replace(" ", ""))

    def test_a_value_not_saved_yet_waits_while_other_work_is_looked_at(self):
        self.sign_in()
        part = self.join()
        self.app.wait("text", "Case number").set_text("C-half")
        self.app.wait("button", "Save Case number")
        self.centre.event("interaction.changed", cause="joined", interaction=interaction(
            dict(part, id="p2"), name="Luc Moreau", id="i2"))
        self.app.wait("text", "Case number", where=lambda n: n.text == "C-20417")
        self.session.key("ctrl+Page_Down")
        self.app.wait("text", "Case number", where=lambda n: n.text == "C-half")
        self.app.find("button", "Save Case number").click()
        self.sent("PUT /v1/interactions/i1/variables/case", "C-half")

    def test_date_and_number_are_checked_before_they_are_sent(self):
        visit = self.with_dates()
        visit.set_text("tomorrow")
        self.app.wait("label", re.compile("^Write date and time as"))
        self.app.find("button", "Save Visit").wait_state("sensitive", False)
        visit.set_text("2026-03-31T14:30:00+02:00")
        self.app.find("button", "Save Visit").wait_state("sensitive")
        self.app.find("button", "Save Visit").click()
        self.sent("PUT /v1/interactions/i1/variables/visit", "2026-03-31T14:30:00+02:00")
        self.app.find("text", "Parcels").set_text("a few")
        self.app.wait("label", "Write a number, like 12 or 3.5")

    def test_date_chosen_from_the_calendar(self):
        visit = self.with_dates()
        visit.set_text("2026-03-31T14:30:00Z")
        self.app.find(None, "Choose Visit").click()
        self.app.wait("spin button", "Hour")
        self.app.find("button", "Choose").click()
        visit.wait_text(re.compile("T[0-9:]{8}[+-][0-9:]{5}$"))
        self.assertEqual(datetime.fromisoformat(visit.text), datetime(2026, 3, 31, 14, 30, tzinfo=timezone.utc))

    def change_elsewhere(self):
        """Notes typed here while another desk's came first."""
        self.sign_in()
        self.join()
        self.centre.odd("PUT", "/v1/participations/p1/note", 409, "conflict",
                        current={"text": "Typed at the other desk", "revision": 9})
        self.app.find("text", "Notes").set_text("Typed here")  # at once: what is shown is what was sent
        words = self.app.wait("label", re.compile("^This was changed elsewhere")).name
        self.assertIn("Typed here", words)
        self.assertIn("Typed at the other desk", words)
        self.assertEqual(len(self.app.find_all("label", re.compile("changed elsewhere"))), 1, "said twice")

    def test_conflict_keep_mine(self):
        self.change_elsewhere()
        self.app.find("button", "Keep mine").click()
        self.app.wait_gone("button", "Keep mine")
        uidrive.until("mine was not sent over revision 9", lambda: re.search(
            '"base_revision" *: *9|"revision" *: *9', self.centre.ask("last", "PUT /v1/participations/p1/note")))
        self.sent("PUT /v1/participations/p1/note", "Typed here")

    def test_conflict_use_the_other(self):
        self.change_elsewhere()
        self.app.find("button", "Use the centre’s").click()
        self.app.find("text", "Notes").wait_text("Typed at the other desk")

    def test_secure_value_is_revealed_alone_and_hidden_again(self):
        self.sign_in()
        self.join()
        self.app.wait("label", "Hidden")
        self.app.find("button", "Reveal IBAN").click()
        self.app.wait("label", "4929 1234")
        self.app.find("button", "Hide IBAN").click()
        self.app.wait("label", "Hidden")

    def test_customer_is_found_by_number_and_linked(self):
        self.sign_in()
        self.join()
        self.app.wait("button", "Link Ivan to this contact").click()
        self.sent("PUT /v1/interactions/i1/customer", "p1")

    def test_customer_is_created(self):
        self.sign_in()
        self.join()
        self.app.wait("button", "Link Ivan to this contact")
        self.app.find("button", "Create customer").click()
        self.app.wait("text", "Name of the customer").set_text("Иван Петров")
        # Escape leaves the form, and what was typed is there again.
        self.session.focus_window(self.app)
        self.app.find("text", "Name of the customer").focus()
        self.session.key("Escape")
        self.app.wait("label", cases.KEPT)
        self.app.wait("button", "Create customer").wait_state("focused")
        self.session.key("Return")
        self.app.wait("text", "Name of the customer").wait_text("Иван Петров")
        self.app.find("button", "Save customer").click()
        self.sent("POST /v1/customers", "Иван Петров")


if __name__ == "__main__":
    cases.main()
