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

import uidrive
from desk import Desk, interaction, offer, participation, recent, stamp, state

BUILD = "build"
# What a person can work with; each needs a name of its own.
CONTROLS = {"button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "entry", "switch",
            "slider", "spin button", "page tab", "link", "list", "table", "menu item", "alert", "level bar"}
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
                   check=True, capture_output=True, timeout=60)
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
        timer = self.app.wait("label", re.compile(r"^In call for 1:\d\d"))
        self.assertGreaterEqual(int(timer.name.split(":")[-1]), 5)

    def test_window_opened_again_asks_no_password(self):
        self.desk.keep_tokens()
        self.sign_in()
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
        self.app.wait("label", "Previous piece of work")
        self.session.key("Escape")
        self.app.wait_gone("label", "Previous piece of work")

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
        notices.press(hidden, "Open the desk")
        self.app.wait("label", re.compile("was not answered in time"))


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
