#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk as a person meets it, before the puppet centre: what it says, what it lets one do, what it sends.

    tests/ui/test_desk.py BUILD [TestCase[.method]]...
"""
import contextlib
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
from datetime import datetime, timezone

import uidrive
from desk import QUEUES, VARIABLES, Desk, interaction, kept, offer, participation, recent, stamp, state

BUILD = "build"
# What a person can work with; each needs a name of its own.
CONTROLS = {"button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "entry", "switch",
            "slider", "spin button", "page tab", "link", "list", "table", "menu item", "alert", "level bar"}
KEPT = "What you typed is kept: open the form again to go on."
# Nameless insides of the toolkit's own widgets, which are reached through their named outside.
INSIDES = {"GtkTextHandle", "GtkPopoverContent"}


class Case(unittest.TestCase):
    options = {}

    def setUp(self):
        self.desk = Desk(BUILD, **self.options)
        self.addCleanup(self.desk.close)
        self.centre, self.session = self.desk.centre, self.desk.session

    def sign_in(self):
        self.app = self.desk.sign_in()
        return self.app

    def join(self, **more):
        """A call in progress."""
        part = participation(**more)
        self.centre.event("offer.created", offer=offer("1", name="Mireille Perrin"), interaction=interaction())
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="accepted", reason="station", recent=None)
        self.centre.event("interaction.changed", interaction=interaction(part), cause="joined")
        self.app.wait("button", "End")
        return part

    def change(self, part, cause, **more):
        self.centre.event("interaction.changed", interaction=interaction(part, **more), cause=cause)

    def sent(self, prefix, part=""):
        """The last request that begins so, once it has this part."""
        def last():
            asked = self.centre.ask("last", prefix)
            return asked if asked not in ("", "ok") and part in asked else None
        return uidrive.until(lambda: "not %s of %s, but %r" % (part, prefix, self.centre.ask("last", prefix)), last)

    def assert_named(self, root, where):
        nameless = []
        for node in root.find_all(CONTROLS):
            name = node.name
            if name not in INSIDES and (not name or re.match(r"^(Gtk|Adw|Guichet)[A-Z]", name)):
                if not node.find_all("label", re.compile("[^ ]")):
                    nameless.append("%s %r" % (node.role, name))
        self.assertEqual(nameless, [], where)


@contextlib.contextmanager
def untrusted_centre(folder):
    """The address of something that shows a certificate of its own making."""
    key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True, timeout=uidrive.TIMEOUT)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def shake_hands():
        while True:
            try:
                one, _address = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), context.wrap_socket(one, server_side=True) as secure:
                secure.recv(1)

    threading.Thread(target=shake_hands, daemon=True).start()
    try:
        yield "https://localhost:%d" % listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class SignIn(Case):
    def fill(self, password="secret"):
        self.app = self.desk.open()
        self.app.wait("text", "Address of the centre").set_text(self.centre.url)
        self.app.find("text", "Agent").set_text("ana")
        self.app.find("text", "Password").set_text(password)

    def press(self):
        self.app.find("button", "Sign in").click()

    def test_wrong_password_then_right(self):
        self.fill("nope")
        self.centre.odd("POST", "/v1/sessions", 401, "wrong_password")
        self.press()
        self.app.wait("label", re.compile("name or the password is wrong"))
        self.app.find("text", "Password").set_text("secret")
        self.press()
        self.app.wait(None, "Your queues")

    def test_locked(self):
        self.fill()
        self.centre.odd("POST", "/v1/sessions", 423, "account_locked", retry_after=600)
        self.press()
        self.app.wait("label", re.compile(r"locked until \d+:\d\d"))

    def test_unreachable(self):
        self.fill()
        self.centre.ask("away")
        self.press()
        self.app.wait("label", re.compile("cannot be reached"))

    def test_no_plain_http_to_another_machine(self):
        self.fill()
        self.app.find("text", "Address of the centre").set_text("http://centre.example")
        self.press()
        self.app.wait("label", re.compile("begins with https://"))

    def test_elsewhere_then_take_over(self):
        self.fill()
        self.centre.odd("POST", "/v1/sessions", 409, "session_elsewhere")
        self.press()
        self.app.wait("label", re.compile("at another desk"))
        self.app.find("button", "Take over").click()
        self.app.wait(None, "Your queues")
        self.assertIn('"take_over":true', self.sent("POST /v1/sessions").replace(" ", ""))

    def test_taken_over_by_another_desk(self):
        self.sign_in()
        self.centre.ask("say", '{"type":"session.ended","reason":"taken_over"}')
        self.app.wait("label", re.compile("another desk, which has taken over"))
        self.app.wait("button", "Sign in")

    def test_certificate_that_nobody_vouches_for(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        url = self.enterContext(untrusted_centre(folder.name))
        self.fill()
        self.app.find("text", "Address of the centre").set_text(url)
        self.press()
        self.app.wait("label", re.compile("certificate cannot be trusted"))
        self.assertEqual(self.centre.ask("count", "POST /v1/sessions"), "0")

    def test_signing_out_comes_back_to_the_sign_in_page(self):
        self.sign_in()
        self.app.choose("Sign out")
        uidrive.until("the centre was not told", lambda: self.centre.ask("count", "DELETE /v1/session") == "1")
        self.app.wait_gone(None, "Your queues")
        self.app.wait("button", "Try the demo centre")
        self.assertEqual(self.app.find("text", "Agent").text, "ana")
        self.assertEqual(self.app.find("text", "Password").text, "")

    def test_number_is_cleaned(self):
        self.app = self.desk.open()
        self.app.wait("check box", "A desk phone")
        number = self.app.wait("text", "Number of the desk phone")
        number.set_text("anna@pbx")
        self.assertEqual(number.text, "anna@pbx")


class OutsideNumber(Case):
    options = {"station": "outside_number"}

    def test_number_is_cleaned(self):
        number = self.desk.open().wait("text", "Telephone number")
        number.mouse_click()
        self.session.key("ctrl+a")
        self.session.type("+33 (6) 12.34-56,78")
        number.wait_text("+33612345678")


class Call(Case):
    def test_card_says_who_and_nothing_secure(self):
        self.sign_in()
        self.centre.event("offer.created", offer=offer(), interaction=interaction())
        card = self.app.wait("alert", re.compile("Georges Lambert"))
        words = " ".join(n.name for n in card.find_all("label", None))
        for what in ("Billing", "Case number", "C-20988", "2 · Invoice", "Answer on your desk phone"):
            self.assertIn(what, words)
        self.assertNotIn("IBAN", words)
        self.assertEqual(card.find_all("button", re.compile("^Answer")), [])

    def test_long_names_are_cut_and_kept_in_a_tooltip(self):
        name = "Александър Константинов-Радославов " * 3
        self.sign_in()
        _x, _y, before, _height = self.app.find("frame", re.compile("Guichet$")).extents
        self.centre.event("offer.created", offer=offer(name=name.strip()), interaction=interaction())
        card = self.app.wait("alert", re.compile("Александър"))
        who = card.find("label", re.compile("^Александър"))
        self.assertLessEqual(card.extents[2], 360)
        self.assertLess(who.extents[2], 340)
        self.assertIn(name.strip(), (who.description, who.name))
        self.assertEqual(self.app.find("frame", re.compile("Guichet$")).extents[2], before)

    def test_card_takes_no_focus_from_a_draft(self):
        self.sign_in()
        self.join()
        notes = self.app.find("text", "Notes")
        notes.type("Before ")
        self.centre.event("offer.created", offer=offer("2"), interaction=interaction(id="i2"))
        self.app.wait("alert", re.compile("Georges Lambert"))
        self.session.type("after")
        notes.wait_text("Before after")

    def test_held_call_cannot_be_ended_and_says_why(self):
        self.sign_in()
        part = self.join()
        self.app.find("button", "Hold").click()
        self.sent("POST /v1/interactions/i1/hold")
        part.update(state="held", state_since=stamp())
        self.change(part, "held")
        self.app.wait("button", "Resume")
        end = self.app.find("button", "End")
        end.wait_state("sensitive", False)
        self.assertIn("hold", end.description)
        self.session.key("ctrl+h")
        self.sent("POST /v1/interactions/i1/resume")
        # It is not given back: then the call is closed by force, by keyboard, after one more question.
        self.assertEqual(self.app.find_all("button", "Close by force"), [])
        self.change(part, "stuck", stuck="channel_failure")
        self.app.wait("button", "Close by force").click()
        self.app.wait("button", "Yes, close it by force").wait_state("focused")
        self.session.key("Return")
        self.sent("POST /v1/participations/p1/force_close")
        self.change(part, "stuck")
        uidrive.until("it is said to be stuck for ever", lambda: self.app.find_all("button", "Close by force") == [])

    def test_end_asks_first_where_the_centre_says_so(self):
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": True, "auto_accept": "off"})
        self.sign_in()
        self.join()
        self.session.key("ctrl+shift+e")
        self.app.wait("button", "End the call").click()
        self.sent("POST /v1/interactions/i1/end")

    def test_keypad_by_keyboard(self):
        self.sign_in()
        self.join()
        self.session.key("ctrl+k")
        self.app.wait("button", "Star")
        self.session.type("7")
        self.sent("POST /v1/interactions/i1/dtmf", '"7"')

    def test_a_link_opens_with_what_is_known(self):
        opened = os.path.join(self.session.env["HOME"], "opened")
        os.makedirs(os.path.join(self.session.env["XDG_DATA_HOME"], "applications"))
        for folder, name, text in (
                ("XDG_DATA_HOME", "applications/browser.desktop",
                 "[Desktop Entry]\nType=Application\nName=Browser\nMimeType=x-scheme-handler/https;\n"
                 "Exec=sh -c 'echo \"$0\" >%s.part; mv %s.part %s' %%u\n" % (opened, opened, opened)),
                ("XDG_CONFIG_HOME", "mimeapps.list", "[Default Applications]\nx-scheme-handler/https=browser.desktop\n")):
            with open(os.path.join(self.session.env[folder], name), "w", encoding="utf-8") as f:
                f.write(text)
        link = {"id": "crm", "names": {"en": "Customer file"}, "url": "https://crm.example/{customer.name}?c={case}&i={iban}&q={interaction.queue}"}
        self.centre.desk(links=[link, {**link, "id": "other", "names": {"en": "Elsewhere"}, "queues": ["support"]}])
        self.sign_in()
        self.assertEqual(self.app.find_all("toggle button", "Launch"), [])
        self.join()
        self.session.focus_window(self.app)
        self.session.key("ctrl+l")
        self.app.wait("button", "Customer file").wait_state("focused")
        self.assertEqual(self.app.find_all("button", "Elsewhere"), [])
        self.session.key("Return")
        uidrive.until("no page was opened", lambda: os.path.exists(opened))
        with open(opened, encoding="utf-8") as f:
            self.assertEqual(f.read().strip(), "https://crm.example/Mireille%20Perrin?c=C-20417&i=&q=billing")

    def test_caller_hung_up_in_words(self):
        self.sign_in()
        part = self.join()
        part.update(state="wrap_up", state_since=stamp(), left_at=stamp(),
                    wrap_up={"started_at": stamp(), "deadline": stamp(60), "extendable": True, "extended": False})
        self.change(part, "customer_left", customer_left={"at": stamp(), "cause": "customer_left"})
        self.app.wait("label", "The customer hung up.")
        self.app.wait("button", "Submit wrap-up")

    def test_withdrawn_offer_says_why(self):
        self.sign_in()
        self.centre.event("offer.created", offer=offer(), interaction=interaction())
        self.app.wait("alert", re.compile("Georges"))
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="withdrawn", reason="taken_elsewhere",
                          recent=None)
        self.app.wait("label", re.compile("Georges Lambert: The contact was taken back"))

    def test_refused_command_is_worded(self):
        self.sign_in()
        self.join()
        self.centre.odd("POST", "/hold", 409, "not_now", reason="not_connected")
        self.app.find("button", "Hold").click()
        self.app.wait("label", "The call is not connected.")


class AutoAccept(Case):
    options = {"phone": True}

    def test_card_says_that_it_is_answered_by_itself(self):
        self.sign_in()
        self.centre.event("offer.created", offer=offer(auto_accept=True), interaction=interaction())
        self.app.wait("alert", re.compile("Georges Lambert.*answered for you", re.IGNORECASE))


class WrapUp(Case):
    def setUp(self):
        super().setUp()
        self.sign_in()
        self.part = self.join()
        self.part.update(state="wrap_up", state_since=stamp(), left_at=stamp(),
                         wrap_up={"started_at": stamp(), "deadline": stamp(60), "extendable": True, "extended": False})
        self.change(self.part, "wrap_up_started")
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


class Details(Case):
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
        self.app.wait("label", KEPT)
        self.app.wait("button", "Create customer").wait_state("focused")
        self.session.key("Return")
        self.app.wait("text", "Name of the customer").wait_text("Иван Петров")
        self.app.find("button", "Save customer").click()
        self.sent("POST /v1/customers", "Иван Петров")


class States(Case):
    def test_idle_reason_by_search(self):
        self.sign_in()
        self.session.key("ctrl+shift+i")
        self.app.wait("entry", "Search idle reasons").type("lun")
        self.session.key("Return")
        self.sent("PUT /v1/state", "lunch")
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "lunch"), cause="agent")
        self.app.wait(None, re.compile("Your state: Idle · Lunch"))

    def told_channels(self, *channels):
        self.centre.event("agent.state_changed", agent="ana", cause="agent", state=dict(state("available"), channels=channels))

    def test_one_channel_away(self):
        """On the button which, in its menu why, by whom and for how long; to be available is to be so on all."""
        self.sign_in()
        self.told_channels(channel("voice"), channel("webchat", "lunch", "dora", "Dora"))
        self.app.wait(None, "Your state: Available, except Web chat")
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "Web chat · Idle · Lunch · set by Dora")
        self.app.wait("button", "Available").click()
        self.sent("PUT /v1/state", "available")
        self.told_channels(channel("voice"), channel("webchat"))
        self.app.wait(None, "Your state: Available")

    def test_one_channel_by_oneself(self):
        """Chosen in the menu by keyboard, also amid a call, and ended there; the menu opens for all of them."""
        self.sign_in()
        here = [channel("voice"), channel("webchat"), channel("email")]
        self.told_channels(*here)
        self.join()
        self.app.wait(None, re.compile("Your state: Engaged"))
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "What you choose now takes effect when the work in hand is done.")
        self.app.wait("button", "All channels").wait_state("pressed")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.key("shift+Tab", "shift+Tab")
        self.app.wait("button", "E-mail: Available").wait_state("focused")
        self.session.key("space")
        self.app.wait("button", "E-mail: Available").wait_state("pressed")
        self.app.wait_gone("label", "What you choose now takes effect when the work in hand is done.")
        self.app.wait("label", "E-mail: Idle, because of")
        self.session.key("Tab", "Tab")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.type("lunch\n")
        self.sent("PUT /v1/state", '{"channel":"email","state":"idle","reason":"lunch"}')
        self.told_channels(channel("voice"), channel("webchat"), channel("email", "lunch"))
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "E-mail · Idle · Lunch")
        self.app.wait("label", re.compile("^E-mail · Idle · Lunch \\d"))
        self.app.wait("button", "All channels").wait_state("pressed")
        self.app.wait("button", "E-mail: Idle").click()
        self.app.wait("button", "E-mail: Available").click()
        self.sent("PUT /v1/state", '{"channel":"email","state":"available"}')
        self.told_channels(*here)
        self.app.wait_gone("label", "E-mail · Idle · Lunch")

    def test_menu_again_at_once(self):
        """What is pressed right behind a choice in the menu is not lost while the menu closes."""
        self.sign_in()
        self.session.key("ctrl+shift+i")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.type("lunch")
        self.app.find("entry", "Search idle reasons").wait_text("lunch")
        with self.app.stopped():
            self.session.key("Return", "ctrl+shift+i")
        self.sent("PUT /v1/state", '"reason":"lunch"')
        self.app.wait("entry", "Search idle reasons").wait_state("focused").wait_text("")

    def test_next_state_while_busy(self):
        self.sign_in()
        self.join()
        self.app.wait(None, re.compile("Your state: Engaged"))
        self.centre.event("agent.state_changed", agent="ana",
                          state=state("available", next_state={"state": "idle", "reason": "lunch"}), cause="agent")
        self.app.wait(None, re.compile("Your state: Engaged → Idle"))

    def test_rona_card(self):
        self.sign_in()
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "rona"), cause="rona")
        card = self.app.wait("alert", re.compile("^Missed contact"))
        card.find("button", "Available").click()
        self.sent("PUT /v1/state", "available")
        self.centre.event("agent.state_changed", agent="ana", state=state("available"), cause="agent")
        self.app.wait_gone("alert")

    def test_all_queues_at_once(self):
        self.sign_in()
        self.session.key("ctrl+q")
        self.app.wait("button", "Out of all queues").click()
        asked = self.sent("PUT /v1/memberships")
        self.assertIn('"all"', asked)
        self.assertIn('"out"', asked)

    def test_link_away_is_said_and_greys(self):
        self.sign_in()
        self.join()
        self.centre.ask("away")
        self.app.wait("label", re.compile("link to the centre is away"))
        hold = self.app.find("button", "Hold")
        hold.wait_state("sensitive", False)
        self.assertIn("link", hold.description)
        notes = self.app.find("text", "Notes")
        notes.type("typed meanwhile")
        self.app.wait("label", "Notes: Kept on this computer")
        self.centre.ask("back")
        self.app.wait_gone("label", re.compile("link to the centre is away"))
        self.sent("PUT /v1/participations/p1/note", "typed meanwhile")

    def write_to_ben(self):
        self.session.key("alt+3")
        self.app.wait("button", "Write to Ben").click()
        return self.app.wait("frame", "Write to Ben")

    def test_first_words_to_a_colleague_while_the_link_is_away(self):
        """They stay, over the end of their window and of the program, and go once when the centre is back."""
        self.centre.desk(colleagues=[{"id": "ben", "name": "Ben", "team": None, "presence": "ready", "reason": None, "since": None}])
        self.sign_in()
        window = self.write_to_ben()
        self.centre.ask("away")
        window.wait("label", "The centre cannot be reached. What you write is kept here.")
        window.find("text", "Message").type("Have you a minute?")
        window.find("button", "Send").wait_state("sensitive", False)
        self.session.key("Escape")
        self.app.wait_gone("frame", "Write to Ben")
        uidrive.until("it was not kept", lambda: kept(self.session, "first-words") == [("ben", "Have you a minute?")])
        self.app.proc.kill()
        self.app.proc.wait()
        self.centre.ask("back")
        self.desk.app = None
        self.sign_in()
        window = self.write_to_ben()
        window.find("text", "Message").wait_text("Have you a minute?")
        window.find("button", "Send").wait_state("sensitive").click()
        self.sent("POST /v1/im", "Have you a minute?")
        self.app.wait_gone("frame", "Write to Ben")
        self.write_to_ben().find("text", "Message").wait_text("")


class Window(Case):
    def test_killed_window_comes_back_to_its_call(self):
        self.sign_in()
        part = self.join()
        self.app.find("text", "Notes").type("Typed before the end")
        self.sent("PUT /v1/participations/p1/note")
        self.app.proc.kill()
        self.app.proc.wait()
        part["note"] = {"text": "Typed before the end", "revision": 9}
        self.centre.desk(interactions=[interaction(part)])
        self.desk.app = None
        self.sign_in()
        self.app.wait("button", "End")
        self.app.find("text", "Notes").wait_text("Typed before the end")
        timer = self.app.wait("label", re.compile(r"^In call for \d+:\d\d"))
        minutes, seconds = re.findall(r"\d+", timer.name)
        self.assertGreaterEqual(60 * int(minutes) + int(seconds), 65)

    def test_window_opened_again_asks_no_password(self):
        self.desk.keep_tokens()
        self.app = self.desk.sign_in_by_hand()
        uidrive.until("its token is kept nowhere", lambda: self.centre.ask("kept") == "1")
        self.join()
        self.app.proc.kill()
        self.app.proc.wait()
        self.centre.desk(interactions=[interaction(participation())])
        self.app = self.desk.open()
        self.app.wait("button", "End")
        self.assertEqual(self.centre.ask("count", "POST /v1/sessions"), "1")

    def test_closing_keeps_it_running_and_quitting_with_work_is_refused(self):
        self.sign_in()
        self.join()
        self.centre.odd("DELETE", "/v1/session", 409, "not_now", reason="work_in_hand")
        self.session.key("ctrl+shift+q")
        self.app.wait("label", re.compile("still work in hand"))
        self.session.key("ctrl+w")
        uidrive.until("the window did not hide", lambda: not self.app.find_all("button", "End"))
        self.assertIsNone(self.app.proc.poll())

    def test_shortcuts_by_f1_and_gone_by_escape(self):
        self.sign_in()
        self.session.key("F1")
        self.app.wait("list item", "Answer: Shift+Ctrl+Return")
        self.app.wait("entry", "Search shortcuts").wait_state("focused")
        self.session.type("mute")
        self.app.wait_gone("list item", "Answer: Shift+Ctrl+Return")
        self.app.wait("list item", "Mute or unmute: Ctrl+M")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Search shortcuts")

    def test_every_control_has_a_name(self):
        self.app = self.desk.open()
        self.app.wait("button", "Try the demo centre")
        self.assert_named(self.app, "sign-in page")
        self.sign_in()
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "rona"), cause="rona")
        self.join()
        self.centre.event("offer.created", offer=offer("2"), interaction=interaction(id="i2"))
        self.app.wait("alert", re.compile("Georges"))
        self.assert_named(self.app, "desk")
        for key, there in (("ctrl+d", "Search dispositions"), ("ctrl+t", "Search tags"),
                           ("ctrl+shift+i", "Search idle reasons")):
            self.session.key(key)
            self.app.wait("entry", there)
            self.assert_named(self.app, there)
            self.session.key("Escape")
        self.session.key("ctrl+q")
        self.app.wait("button", "Out of all queues")
        self.assert_named(self.app, "queues")
        self.session.key("Escape")
        self.app.wait_gone("button", "Out of all queues")
        self.session.key("alt+2")
        self.app.wait("label", "+1")
        self.assert_named(self.app, "activity")
        self.centre.desk(colleagues=[{"id": "ben", "name": "Ben", "team": None, "presence": "busy", "reason": None, "since": None}])
        self.session.key("alt+3")
        self.app.wait("list item", "Ben: Busy")
        self.assert_named(self.app, "team")
        self.session.key("ctrl+comma")
        self.app.wait("combo box", "Colours")
        self.assert_named(self.app, "settings")


class Recording(Case):
    """A light that follows what the centre says, never the click."""
    def say(self, part, what, until=None, cause="recording", **more):
        self.change(part, cause, recording={"state": what, "until": until, "record": "always", "may_pause": True, "may_extend": True, **more})

    def press(self, button, action):
        self.app.wait("button", button).wait_state("sensitive").click()
        self.sent("POST /v1/interactions/i1/recording", '"%s"' % action)

    def test_pause_with_its_end_and_a_warning(self):
        self.sign_in()
        part = self.join()
        self.assertFalse(self.app.find_all("button", "Pause recording"))
        self.say(part, "on")
        self.app.wait("label", "This call is being recorded")
        self.press("Pause recording", "pause")
        self.app.find("label", "This call is being recorded")
        self.say(part, "paused", stamp(60))
        self.app.wait("label", "Recording is paused")
        self.press("Resume recording", "resume")
        self.say(part, "paused", stamp(12))
        self.app.wait("label", "Recording resumes by itself in a few seconds")
        self.press("Extend the pause", "extend")
        self.say(part, "paused", stamp(60), may_extend=False)
        self.app.wait("label", "Recording is paused")
        extend = self.app.wait("button", "Extend the pause").wait_state("sensitive", False)
        self.assertEqual(extend.description, "The recording cannot be paused for longer.")
        self.say(part, "on", may_pause=False)
        pause = self.app.wait("button", "Pause recording").wait_state("sensitive", False)
        self.assertEqual(pause.description, "The centre has not enabled this.")
        part.update(state="held", state_since=stamp())
        self.say(part, "on", cause="held")
        self.app.wait("label", "Recording goes on after the hold")

    def test_on_demand(self):
        self.sign_in()
        part = self.join()
        self.say(part, "off", record="on_demand")
        self.app.wait("label", "This call is not being recorded")
        self.press("Record this call", "start")
        self.say(part, "starting", record="on_demand")
        self.app.wait("label", "The customer is being told that the call is recorded")
        self.say(part, "on", record="on_demand")
        self.press("Stop recording", "stop")
        self.say(part, "off", record="never")
        self.app.wait_gone("label", "This call is being recorded")


class Links(Case):
    """What other programs hand over: a second start of the program reaches the one that runs."""

    def setUp(self):
        super().setUp()
        self.centre.desk(queues=[dict(QUEUES[0], dial_out=True)] + QUEUES[1:], state=dict(state("available"), station_ready=True))

    def hand_over(self, uri):
        subprocess.run([os.path.join(BUILD, "src/desktop/guichet"), uri], env=self.session.env, check=True,
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


class Messages(Case):
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
        self.app.wait("label", KEPT)
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


class Voicemail(Case):
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


class CallBack(Case):
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


class Capacity(Case):
    def test_how_much_there_may_be_at_once(self):
        self.centre.desk(agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "agent",
                                "slots": {"voice": 1, "webchat": 5, "email": 2, "sms": 0}, "auto": {"webchat": 3, "email": 1}})
        self.sign_in()
        self.session.key("ctrl+comma")
        group = self.app.wait("list", "Your capacity")
        self.assertEqual([n.name for n in group.find_all("list item")],
                         ["Call: 1 at once", "Web chat: 5 at once; 3 come by themselves", "E-mail: 2 at once; 1 comes by itself"])


def channel(which, reason=None, by=None, name=None, since=-42.0):
    """Of an agent's state: nothing comes on it because of the reason, or something may."""
    return {"channel": which, "ready": reason is None, "reason": reason, "since": reason and stamp(since), "by": by, "name": name}


def led(agent, name, presence, reason=None, since=-60.0, work=(), desk=True, where="available", channels=()):
    """A line of a supervisor's live view."""
    return {"id": agent, "name": name, "team": "t1", "presence": presence, "reason": reason, "since": stamp(since),
            "state": dict(state(where), auto_accept=False, station_ready=desk, sign_out_pending=False, channels=list(channels)), "desk": desk,
            "station_ready": True, "memberships": [{"queue": "billing", "state": "ready"}], "work": list(work)}


def in_hand(number, what, since=-200.0, channel="voice", recording=None, full=False):
    return {"recording": recording and {"state": recording, "until": None, "record": "on_demand", "may_pause": True, "may_extend": True}, "interaction": "i7%d" % number, "participation": "p7%d" % number, "channel": channel, "direction": "in", "role": "primary",
            "state": what, "queue": "billing", "since": stamp(since), "customer_gone": False, "full": full}


class Supervision(Case):
    LINE = re.compile("^(Ben|Zoë|Ivo|Max)[^:]*: ")

    def watch(self):
        self.queue = {"id": "billing", "names": {"en": "Billing"}, "channel": "voice", "open": True, "waiting": 3,
                      "longest_since": stamp(-245.0), "staffed": 6, "ready": 4, "free": 2,
                      "today": {"answered": 48, "in_time": 40, "abandoned": 1, "timed_out": 1}}
        agents = [led("ben", "Ben Martin", "busy", work=[in_hand(1, "active"), in_hand(2, "wrap_up", channel="email")]),
                  led("zoe", "Zoë Lefèvre", "ready", since=-30.0), led("ivo", "Ivo Kolev", "on_break", "lunch", since=-900.0, desk=False),
                  led("max", "Max Roy", "signed_out", where="offline")]
        self.centre.desk(agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "supervisor", "slots": {"voice": 1}},
                         state=dict(state("available"), station_ready=True))
        for _ in range(3):
            self.centre.usual("GET", "/v1/live", {"teams": [{"id": "t1", "names": {"en": "Counter"}}], "agents": agents,
                                                  "queues": [self.queue]})
        self.sign_in()
        self.session.key("alt+4")
        self.shows("Ben Martin: Busy · Counter, Call · Billing, E-mail · Billing · wrap-up",
                   "Ivo Kolev: On break · Lunch · Counter, The desk is not connected", "Zoë Lefèvre: Ready to take a call · Counter",
                   "Max Roy: Signed out · Counter")

    def lines(self):
        return [n.name for n in sorted(self.app.find_all("list item", self.LINE), key=lambda n: n.extents[1])]

    def shows(self, *lines):
        uidrive.until(lambda: "the agents are %s" % self.lines(), lambda: self.lines() == list(lines))

    def test_agents_and_queues_live(self):
        """What each does, as the centre tells it; searched; the queues with their figures; named for a screen reader."""
        self.watch()
        self.assert_named(self.app, "supervision")
        self.centre.event("live.changed", agents=[led("ben", "Ben Martin", "busy", work=[in_hand(1, "held")])],
                          queues=[dict(self.queue, waiting=4)])
        uidrive.until(lambda: self.lines(), lambda: "Ben Martin: Busy · Counter, Call · Billing · on hold" in self.lines())
        self.session.type("zoe")
        self.shows("Zoë Lefèvre: Ready to take a call · Counter")
        self.session.type("xx")
        self.app.wait("label", "No such agent now")
        self.session.key("Escape")
        self.app.wait("page tab", "Queues").mouse_click()
        self.app.wait("list item", "Billing: 4 waiting · 2 of 6 agents free · 80 % in time today (40 of 50)")
        self.session.key("alt+1")
        self.sent("DELETE /v1/live")

    def choose(self, *words):
        for word in words:
            self.app.wait("menu item", word).click()

    def act(self, words, prefix, part):
        self.app.wait("button", "Actions for Ben Martin")
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        self.choose(*words)
        self.sent(prefix, part)

    def test_actions_on_an_agent(self):
        """From the menu of a line: a call listened to, a wrap-up ended, state, queues, signing out, which asks twice."""
        self.watch()
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[
            in_hand(1, "active", recording="off"), in_hand(2, "wrap_up", channel="email")])])
        self.act(["Record this call"], "POST /v1/participations/p71/recording", '"start"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[
            in_hand(1, "active", recording="on"), in_hand(2, "wrap_up", channel="email")])])
        uidrive.until(self.lines, lambda: [n for n in self.lines() if "Call · Billing · recorded" in n])
        self.act(["Pause recording"], "POST /v1/participations/p71/recording", '"pause"')
        self.act(["End the wrap-up"], "POST /v1/participations/p72/wrap_up/end", "{}")
        self.act(["Close by force", re.compile("^Yes, close it: Call, since ")], "POST /v1/participations/p71/force_close", "{}")
        self.act(["Make idle", "Lunch"], "PUT /v1/agents/ben/state", '"lunch"')
        self.act(["Queues", "Billing: Ready", "Paperwork"], "PUT /v1/agents/ben/memberships", '"paused"')
        self.act(["Sign out when done"], "POST /v1/agents/ben/sign_out", "false")
        self.act(["Sign out now", "Yes, sign Ben Martin out now"], "POST /v1/agents/ben/sign_out", "true")
        self.act(["Listen in"], "PUT /v1/participations/p71/supervision", '"listen"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[in_hand(1, "active", full=True)])])
        uidrive.until(self.lines, lambda: not [n for n in self.lines() if "E-mail" in n])
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        for words in "Join the call: Conference full", "Take the call over: Conference full":
            self.app.wait("menu item", words).wait_state("sensitive", False)
        self.choose("Whisper to the agent")
        self.sent("PUT /v1/participations/p71/supervision", '"whisper"')

    def test_one_channel_of_an_agent(self):
        """Set idle and available from the menu; the line says which, why, by whom and for how long."""
        self.watch()
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "ready", channels=[channel("voice"), channel("webchat")])])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter" in self.lines())
        self.act(["One channel", "Web chat: Available", "Lunch"], "PUT /v1/agents/ben/state", '"webchat"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "ready", channels=[
            channel("voice"), channel("webchat", "lunch", "ana", "Ana Petrova")])])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter, Web chat · Idle · Lunch · set by Ana Petrova" in self.lines())
        self.app.wait("label", re.compile("^Web chat · Idle · Lunch · set by Ana Petrova \\d"))
        self.act(["One channel", "Web chat: Idle", "Make available"], "PUT /v1/agents/ben/state", '"available"')

    def test_forwarding_of_an_agent(self):
        """Told in the menu, ended and set in a window over it."""
        self.watch()
        ben = dict(led("ben", "Ben Martin", "ready"), forwarding=["agent", "queue", "number", "voicemail"])
        on = {"when": "always", "to": "agent", "agent": "zoe", "name": "Zoë Lefèvre"}
        self.centre.event("live.changed", queues=[], agents=[dict(ben, state=dict(ben["state"], forwarding=on))])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter" in self.lines())
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        self.choose("Calls go to Zoë Lefèvre")
        self.app.wait("label", "Forward the calls of Ben Martin")
        self.app.wait("text", "Number of a colleague, a queue or outside", where=lambda n: n.text == "Zoë Lefèvre")
        self.select("When", "When signed out", "Home", "Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"off"}')
        self.app.wait_gone("list item", "When signed out")
        self.centre.event("live.changed", queues=[], agents=[dict(led("ben", "Ben Martin", "on_break", "lunch"), forwarding=ben["forwarding"])])
        uidrive.until(self.lines, lambda: "Ben Martin: On break · Lunch · Counter" in self.lines())
        self.select("When", "When signed out", "Home", "Down", "Return")
        self.app.wait_gone("list item", "When signed out")
        self.app.wait("text", "Number of a colleague, a queue or outside")
        self.session.focus_window(title="Forwarding")
        self.session.key("Tab", "Tab")
        self.session.type("4012")
        self.session.key("Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"always","to":{"number":"4012"}}')
        self.select("Where to", "The agent's voicemail", "End", "Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"always","to":{"voicemail":true}}')

    def select(self, title, choice, *keys):
        """In a row of choices, once this one is among what it shows."""
        self.app.wait("combo box", title).mouse_click()
        self.app.wait("list item", choice)
        self.session.key(*keys)

    def followed(self, what, mode="listen"):
        mine = participation(what, id="p79", agent="ana", role="supervising", rings="station" if what == "dialling" else None,
                             supervision={"mode": mode, "agent": "ben", "name": "Ben Martin"})
        call = interaction(participation(id="p71", agent="ben", name="Ben Martin"), id="i71")
        return dict(call, participations=call["participations"] + [mine])

    def test_a_call_is_followed(self):
        """The bar over the views says how, changes it, and leads out."""
        self.watch()
        self.centre.event("interaction.changed", interaction=self.followed("dialling"), cause="dialling")
        self.app.wait("label", "Your phone is called, to monitor Ben Martin")
        self.centre.event("interaction.changed", interaction=self.followed("active"), cause="connected")
        self.app.wait("label", "You listen to Ben Martin; nobody hears you")
        self.app.wait("button", "Whisper").click()
        self.sent("PUT /v1/participations/p71/supervision", '"whisper"')
        self.centre.event("interaction.changed", interaction=self.followed("active", "whisper"), cause="role")
        self.app.wait("label", "Ben Martin alone hears you")
        call = self.followed("active", "whisper")
        others = [participation(id="p8%d" % n, agent="a%d" % n, name="Agent %d" % n, role="conferenced") for n in range(6)]
        self.centre.event("interaction.changed", interaction=dict(call, participations=call["participations"] + others), cause="joined")
        for name in "Join", "Take over":
            node = self.app.wait("button", name)
            node.wait_state("sensitive", False)
            self.assertEqual(node.description, "No more agents can join this conversation.")
        self.centre.event("interaction.changed", interaction=call, cause="left")
        self.app.wait("button", "Join").wait_state("sensitive")
        self.app.wait("button", "Stop monitoring").click()
        self.sent("DELETE /v1/interactions/i71/supervision")
        self.centre.event("interaction.closed", interaction="i71", recent=None)
        self.app.wait_gone("button", "Stop monitoring")
        for reason, why in ("station_no_answer", "was not answered"), ("cancelled", "declined the call"):
            self.centre.event("interaction.changed", interaction=self.followed("dialling"), cause="dialling")
            self.app.wait("label", "Your phone is called, to monitor Ben Martin")
            self.centre.event("interaction.closed", interaction="i71", reason=reason, recent=None)
            self.app.wait("label", "Your own phone %s. Answer it and listen in again to monitor Ben Martin." % why)

    def test_an_agent_is_told(self):
        """Who did it, in words; and where the centre says so, who listens."""
        self.sign_in()
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="queues")
        self.app.wait("label", "Dora has changed your queues.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="channel", channel="webchat")
        self.app.wait("label", "Dora has set your state on one channel: Web chat.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="recording_started")
        self.app.wait("label", "Dora has this call recorded.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="force_close")
        self.app.wait("label", "Dora has closed your work by force.")
        self.join()
        part = participation()
        call = interaction(part)
        seen = participation(id="p79", agent="dora", name="Dora", role="supervising",
                             supervision={"mode": "listen", "agent": "ana", "name": "Ana"})
        self.centre.event("interaction.changed", interaction=dict(call, participations=[part, seen]), cause="connected")
        self.app.wait("label", "Dora monitors this call")


class Notifications(Case):
    def test_an_offer_while_the_window_is_hidden(self):
        notices = self.session.notices
        self.sign_in()
        self.session.key("ctrl+w")
        hidden = uidrive.until("no notice of the hidden window", lambda: [n for n in notices.shown
                                                                         if "still signed in" in n["summary"]])[0]
        self.centre.event("offer.created", offer=offer(), interaction=interaction())
        note = uidrive.until("no notice of the offer", lambda: [n for n in notices.shown if "Georges" in n["summary"]])[0]
        self.assertEqual(note["body"], "Billing")
        self.assertEqual(note["urgency"], 2)
        self.assertNotIn("IBAN", str(note))
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="missed", reason="no_answer", recent=None)
        uidrive.until("the notice stayed", lambda: note["id"] in notices.closed)
        uidrive.until("no notice of the miss", lambda: [n for n in notices.shown if "Missed call" in n["summary"]])
        # A notice that is taken back before the desktop has said its number goes all the same.
        notices.slow = 0.5
        self.centre.event("offer.created", offer=dict(offer(), id="o2"), interaction=dict(interaction(), id="i2"))
        early = uidrive.until("no notice of the second", lambda: [n for n in notices.shown if "Incoming" in n["summary"]][1:])[0]
        self.centre.event("offer.ended", offer="o2", interaction="i2", outcome="missed", reason="no_answer", recent=None)
        uidrive.until("no notice of the second miss", lambda: [n for n in notices.shown if "Missed call" in n["summary"]][1:])
        uidrive.until("the early notice stayed", lambda: early["id"] in notices.closed)
        self.assertEqual(self.app.find_all("page tab", "Desk"), [])
        notices.press(hidden, "Open the desk")
        self.app.wait("page tab", "Desk")


class Sound(Case):
    """With the real phone, on a computer without any sound."""
    options = {"phone": True}

    def test_no_sound_is_said_and_every_control_has_a_name(self):
        self.sign_in()
        self.app.wait("label", re.compile("[Nn]o (microphone|speaker)|sound service"))
        self.app.wait("button", "Sound settings").click()
        self.app.wait("combo box", "Ringer")
        self.assert_named(self.app, "sound settings")


class Narrow(Case):
    options = {"size": (1024, 640)}

    def test_details_become_a_page(self):
        self.sign_in()
        self.join()
        self.app.wait("button", "Details").click()
        self.app.wait("text", "Case number")
        self.app.find("button", "Back to the call").click()
        self.app.wait("text", "Notes")
        frame = self.app.find("frame", re.compile("Guichet$"))
        _x, _y, width, height = frame.extents
        self.assertLessEqual(width, 1024)
        self.assertLessEqual(height, 640)


class Large(Case):
    options = {"size": (1280, 800), "scale": 2.0}

    def test_double_text_fits(self):
        self.sign_in()
        self.join()
        self.app.wait("button", "Details")
        _x, _y, width, height = self.app.find("frame", re.compile("Guichet$")).extents
        self.assertLessEqual(width, 1280)
        self.assertLessEqual(height, 800)


class French(Case):
    options = {"locale": "fr_FR.UTF-8"}

    def test_words_and_names_in_french(self):
        app = self.desk.open()
        fields = [n for n in app.wait("text", re.compile("Agent")).app.find_all("text")]
        for field, value in zip(fields, (self.centre.url, "ana", "secret")):
            field.set_text(value)
        app.find("button", "Connexion").click()
        self.app = app
        app.wait("page tab", "Activité")
        self.centre.event("offer.created", offer=offer(), interaction=interaction())
        card = app.wait("alert", re.compile("Facturation"))
        self.assertIn("Numéro de dossier", " ".join(n.name for n in card.find_all("label")))


def main():
    global BUILD
    BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else BUILD
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
