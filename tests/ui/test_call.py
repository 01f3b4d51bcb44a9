#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call at the desk, from its card to its end, and its recording, before the puppet centre.

    tests/ui/test_call.py BUILD [TestCase[.method]]...
"""
import os
import re

import cases
import uidrive
from desk import interaction, offer, stamp


class Call(cases.Case):
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


class AutoAccept(cases.Case):
    options = {"phone": True}

    def test_card_says_that_it_is_answered_by_itself(self):
        self.sign_in()
        self.centre.event("offer.created", offer=offer(auto_accept=True), interaction=interaction())
        self.app.wait("alert", re.compile("Georges Lambert.*answered for you", re.IGNORECASE))


class Recording(cases.Case):
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


if __name__ == "__main__":
    cases.main()
