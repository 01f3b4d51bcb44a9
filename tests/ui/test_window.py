#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: closed, killed, hidden, narrow, in large text, in French, without sound, before the puppet centre.

    tests/ui/test_window.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import interaction, offer, participation, state


class Window(cases.Case):
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


class Notifications(cases.Case):
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


class Sound(cases.Case):
    """With the real phone, on a computer without any sound."""
    options = {"phone": True}

    def test_no_sound_is_said_and_every_control_has_a_name(self):
        self.sign_in()
        self.app.wait("label", re.compile("[Nn]o (microphone|speaker)|sound service"))
        self.app.wait("button", "Sound settings").click()
        self.app.wait("combo box", "Ringer")
        self.assert_named(self.app, "sound settings")


class Narrow(cases.Case):
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


class Large(cases.Case):
    options = {"size": (1280, 800), "scale": 2.0}

    def test_double_text_fits(self):
        self.sign_in()
        self.join()
        self.app.wait("button", "Details")
        _x, _y, width, height = self.app.find("frame", re.compile("Guichet$")).extents
        self.assertLessEqual(width, 1280)
        self.assertLessEqual(height, 800)


class French(cases.Case):
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


if __name__ == "__main__":
    cases.main()
