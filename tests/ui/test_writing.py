#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing into chats as a person does it, before the puppet centre.

    tests/ui/test_writing.py BUILD [TestCase[.method]]...
"""
import contextlib
import glob
import os
import re
import sqlite3

import cases
import uidrive
from desk import QUEUES, WEB, chat, message, participation, recent, stamp
from test_chats import Case


class Standing(Case):
    """Where a conversation stands, how its customer was, and its colour."""

    def stands(self, status, number=3):
        self.centre.event("interaction.changed", cause="status", interaction=chat(self.part, last=number, status=status))

    def test_send_and_say_how_it_stands(self):
        self.begin(message(1, "customer", "Hello"), status="open")
        self.field.type("Your number, please")
        self.session.key("ctrl+alt+p")
        self.field.wait_text("")
        self.assertEqual(self.sent("POST /v1/interactions/i1/messages"),
                         'POST /v1/interactions/i1/messages {"text":"Your number, please","then":"pending"}')
        self.assertEqual(self.app.find_all("label", "PENDING · 1"), [])
        self.stands("pending")
        self.app.wait("label", "PENDING · 1")
        self.app.wait("label", "Web chat · Shop · pending")
        self.assertEqual(self.app.find_all("label", "ACTIVE · 1"), [])
        # Open again by hand, without a word; and by the customer's.
        self.app.find_all("button", "Send and say how it stands")[-1].click()
        self.app.wait("button", "Mark as open again").click()
        self.sent('PUT /v1/interactions/i1/status {"status":"open"}')
        self.stands("open")
        self.app.wait("label", "ACTIVE · 1")
        self.app.wait_gone("label", "PENDING · 1")
        # From the menu; nothing is resolved without a word.
        self.app.find_all("button", "Send and say how it stands")[-1].click()
        self.app.wait("button", "Send and end chat").wait_state("sensitive", False)
        self.session.key("Escape")
        self.app.wait_gone("button", "Send and end chat")
        self.field.focus()
        self.session.type("Good-bye")
        self.field.wait_text("Good-bye")
        self.app.find_all("button", "Send and say how it stands")[-1].click()
        self.app.wait("button", "Send and end chat").wait_state("sensitive").click()
        self.sent("POST /v1/interactions/i1/messages", '{"text":"Good-bye","then":"resolved"}')
        self.field.wait_text("")
        # A note for colleagues says nothing of it.
        self.session.key("ctrl+shift+n")
        self.app.wait("text", "Note for colleagues")
        self.assertEqual(self.app.find_all("button", "Send and say how it stands"), [])

    def colours(self):
        """How many pixels each stripe's colour has on the screen."""
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "desktop", "style.css"), encoding="utf-8") as f:
            palette = re.findall(r"\.stripe\.colour-\d \{ background-color: #([0-9a-f]{6})", f.read())
        _, _, rgb = self.session.pixels()
        counts = {colour: rgb.count(bytes.fromhex(colour)) for colour in palette}
        return {colour: n for colour, n in counts.items() if n > 20}

    def test_each_conversation_has_a_colour(self):
        """The open one has its colour at its head too: more of it is to be seen."""
        parts = [participation(joined=-125), participation(joined=-60, id="p2")]
        self.centre.desk(queues=QUEUES + [WEB], messages=[], interactions=[
            chat(parts[0]), chat(parts[1], ident="i2", name="Anna Petrova", conversation="k2")])
        self.sign_in()
        self.session.focus_window(self.app)
        self.app.wait("text", "Message")
        shown = lambda: (lambda c: c if len(set(c.values())) == 2 else None)(self.colours())  # noqa: E731
        before = uidrive.until("there are not two colours", shown)
        first = max(before, key=before.get)
        other = next(c for c in before if c != first)
        self.session.key("ctrl+Page_Down")
        uidrive.until("the head did not change its colour", lambda: self.colours().get(other, 0) > self.colours().get(first, 0))
        # For who finds it restless.
        self.session.key("ctrl+comma")
        switch = self.app.wait("check box", "A colour for each conversation")
        switch.mouse_click()
        switch.wait_state("checked", False)
        self.session.key("Escape")
        uidrive.until("there are still colours", lambda: not self.colours())

    def test_controls_are_those_of_what_is_written(self):
        self.begin(message(1, "customer", "Hello"))
        self.app.wait("button", "End chat")
        self.app.wait("button", "Hand the chat on")
        self.assertEqual(self.app.find_all("button", re.compile("^(Hold|Resume|Mute|Keypad)")), [])
        self.field.focus()
        self.session.key("ctrl+h")
        self.session.type("still here")
        self.field.wait_text("still here")
        self.assertEqual(int(self.centre.ask("count", "POST /v1/interactions/i1/hold")), 0)

    def test_faces_say_how_the_customer_was(self):
        self.begin(message(1, "customer", "Hello"))
        self.session.key("ctrl+n")
        self.app.wait("button", "Dissatisfied customer").click()
        self.sent('PUT /v1/participations/p1/sentiment {"sentiment":"negative","revision":0}')
        self.app.wait("button", "Dissatisfied customer").wait_state("pressed")
        self.app.wait("button", "Satisfied customer").click()
        self.sent("PUT /v1/participations/p1/sentiment", '"sentiment":"positive"')
        self.app.find("button", "Dissatisfied customer").wait_state("pressed", False)
        # A colleague's choice is seen; a second click takes back.
        self.centre.event("interaction.changed", cause="sentiment", interaction=chat(
            participation(joined=-125, sentiment={"sentiment": "neutral", "revision": 900}), last=1))
        self.app.wait("button", "Neutral customer").wait_state("pressed").click()
        self.sent("PUT /v1/participations/p1/sentiment", '{"sentiment":null,"revision":900}')


class Writing(Case):
    def test_enter_sends_and_shift_enter_begins_a_line(self):
        self.begin(message(1, "customer", "Hello"))
        self.field.type("Good morning")
        self.session.key("shift+Return")
        self.session.type("Ivan")
        self.field.wait_text("Good morning\nIvan")
        self.assertEqual(self.said(), 0)
        self.session.key("Return")
        self.meta(r"^You · \d\d:\d\d · Sent$")
        self.field.wait_text("")
        self.assertEqual(self.sent("POST /v1/interactions/i1/messages"),
                         'POST /v1/interactions/i1/messages {"text":"Good morning\\nIvan"}')
        self.sent("POST /v1/interactions/i1/typing {\"on\":true}")

    def test_the_emoji_chooser_opens_at_the_field(self):
        self.begin(message(1, "customer", "Hello"))
        self.field.type("On its way ")
        self.app.find("button", "Insert emoji").click()
        # Not looked for by name: it holds thousands of widgets.
        self.field.wait_state("focused", False)
        self.session.key("Escape")
        self.field.wait_state("focused")
        self.session.type("now")
        self.field.wait_text("On its way now")

    def test_nothing_is_sent_of_blanks(self):
        self.begin(message(1, "customer", "Hello"))
        self.field.type("  ")
        self.session.key("Return")
        self.session.type("x")
        self.field.wait_text("  x")
        self.assertEqual(self.said(), 0)

    def test_too_long_a_text_is_told_and_kept(self):
        self.begin(message(1, "customer", "Hello"))
        self.field.set_text("y" * 290)
        self.app.wait("label", "10 characters left")
        self.field.set_text("y" * 301)
        self.app.wait("label", "1 character too many: shorten the message")
        self.app.find("button", "Send").wait_state("sensitive", False)
        self.field.focus()
        self.session.key("Return")
        self.field.wait_text("y" * 301)
        self.assertEqual(self.said(), 0)

    def test_a_card_number_is_told_while_it_is_written(self):
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": False, "auto_accept": "off", "card_data": "mask"})
        self.begin(message(1, "customer", "Paid by •••• •••• •••• 1111", masked=True))
        self.app.wait("label", "A card number was masked")
        self.field.set_text("By 4111 1111 1111 111")
        self.app.wait("label", re.compile("^Enter sends"))
        self.field.set_text("By 4111 1111 1111 1111")
        self.app.wait("label", "The card number will be masked")
        self.app.find("button", "Send").wait_state("sensitive", True)

    def test_a_card_number_that_is_not_let_through_is_not_sent(self):
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": False, "auto_accept": "off", "card_data": "block"})
        self.begin(message(1, "customer", "Hello"))
        self.field.type("By 5555-5555-5555-4444")
        self.app.wait("label", "Card numbers cannot be sent: take it out")
        self.app.find("button", "Send").wait_state("sensitive", False)
        self.session.key("BackSpace")
        self.app.wait_gone("label", "Card numbers cannot be sent: take it out")
        self.assertEqual(self.said(), 0)
        self.centre.odd("POST", "/messages", 409, "not_now", reason="card_data")
        self.session.key("Return")
        self.app.wait("label", "It holds a card number, which this centre does not let through. Edit it, then send it again.")
        self.app.wait("button", "Edit").click()
        self.field.wait_text("By 5555-5555-5555-444")

    def test_a_refused_message_is_tried_again_or_edited(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.odd("POST", "/messages", 413, "too_large", limit=4000)
        self.field.type("Refused")
        self.session.key("Return")
        self.app.wait("label", "The text is longer than the centre accepts. It is kept; shorten it.")
        self.centre.odd("POST", "/messages", 409, "not_now", reason="not_connected")
        self.app.wait("button", "Try again").click()
        uidrive.until("it was not tried again", lambda: self.said() == 2)
        self.app.wait("label", "This is not possible now.")
        self.app.wait("button", "Edit").click()
        self.field.wait_text("Refused")
        self.app.wait_gone("button", "Edit")
        self.session.key("Return")
        self.meta(r"^You · \d\d:\d\d · Sent$")

    def test_without_the_link_it_waits_and_goes_out_once(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.ask("away")
        self.app.wait("label", re.compile("^The link to the centre is away"))
        self.field.type("Written in the dark")
        self.session.key("Return")
        self.meta("Kept here until the link is back$")
        self.centre.ask("back")
        self.meta(r"^You · \d\d:\d\d · Sent$")
        self.assertEqual(self.said(), 1)

    def test_what_found_no_chat_any_more_is_shown_and_copied(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.ask("away")
        self.app.wait("label", re.compile("^The link to the centre is away"))
        self.field.type("Too late")
        self.session.key("Return")
        self.meta("Kept here until the link is back$")
        self.centre.event("interaction.closed", interaction="i1", recent=recent("handled", "", 60, talk=65))
        self.centre.desk(queues=QUEUES + [WEB], messages=[], interactions=[])
        self.centre.odd("POST", "/messages", 409, "not_now", reason="closed")
        self.centre.ask("back")
        self.app.wait("label", "A message was not sent, since its chat was over: “Too late”")
        self.app.wait("button", "Copy and close").click()
        self.app.wait("label", "The message is copied.")
        self.app.wait_gone("button", "Copy and close")

    def kept_draft(self):
        """What is on the disk."""
        for path in glob.glob(os.path.join(self.session.env["XDG_DATA_HOME"], "guichet/desks/*/desk.sqlite")):
            with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % path, uri=True)) as db:
                return [row[0] for row in db.execute("SELECT value FROM outbox WHERE kind = 'draft'")]
        return []

    def test_a_draft_stands_there_in_the_next_window(self):
        self.desk.keep_tokens()
        self.begin(message(1, "customer", "Hello"))
        self.field.type("Half a sen")
        uidrive.until("it was not kept", lambda: self.kept_draft() == ["Half a sen"])
        self.app.proc.kill()
        self.app.proc.wait()
        self.app = self.desk.open()
        self.app.wait("text", "Message").wait_text("Half a sen")
        self.assertEqual(self.said(), 0)


class Notes(Case):
    """What is for colleagues alone, beside what the customer gets."""

    def test_a_note_and_a_message_are_never_taken_for_each_other(self):
        self.begin(message(1, "customer", "Hello"), message(2, "agent", "He is angry", private=True, agent="bob", agent_name="Bob Stone"))
        self.app.wait("label", "Note for colleagues")
        self.meta(r"^Bob Stone · \d\d:\d\d$")
        self.field.type("Dear Ivan")
        self.session.key("ctrl+shift+n")
        note = self.app.wait("text", "Note for colleagues")
        note.wait_text("")
        self.app.wait("label", "Note for colleagues: the customer never sees it")
        self.app.wait("button", "Add note")
        self.app.wait("button", "Note for colleagues")
        self.assertEqual((self.app.find_all("text", "Message"), self.app.find_all("button", "Send")), ([], []))
        self.session.type("Call him")
        # There is no way back by undoing, and each stands where it was after a look at the other.
        self.session.key("ctrl+shift+n")
        field = self.app.wait("text", "Message")
        field.wait_text("Dear Ivan")
        self.app.find("button", "Note for colleagues").click()
        self.app.wait("text", "Note for colleagues").wait_text("Call him")
        self.session.key("ctrl+z", "Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"Call him","private":true}')
        self.app.wait("label", "Call him")
        # The next one is a note as well, until the agent says otherwise.
        self.session.type("at ten")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"at ten","private":true}')
        self.assert_named(self.app, "a note")
        self.session.key("ctrl+shift+n")
        self.app.wait("text", "Message").wait_text("Dear Ivan")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"Dear Ivan"}')
        self.assertEqual(self.said(), 3)

    def test_after_the_customer_has_left_only_notes_are_written(self):
        self.begin(message(1, "customer", "Hello"))
        self.field.type("Half a sen")
        self.centre.event("interaction.changed", cause="customer_left",
                          interaction=chat(self.part, last=1, customer_left={"at": stamp(), "cause": "hung_up"}))
        note = self.app.wait("text", "Note for colleagues")
        note.wait_text("")
        self.session.key("ctrl+shift+n")
        self.session.type("He was in a hurry")
        note.wait_text("He was in a hurry")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"He was in a hurry","private":true}')
        self.assertEqual(self.said(), 1)


class Spelling(Case):
    def test_wrong_words_are_found_by_the_keyboard(self):
        self.begin(message(1, "customer", "Hello"))
        # Nothing is written yet: what the menu says of the language comes when the dictionary is there.
        self.field.focus()
        self.session.key("Menu")
        self.app.wait("menu item", "Spelling language")
        self.session.key("Escape")
        self.app.wait_gone("menu item", "Spelling language")
        self.field.type("Le bonjuor de Zorgblat recvoir ")
        self.session.key("ctrl+Home", "F7")
        self.app.wait("menu item", "bonjour").click()
        self.field.wait_text("Le bonjour de Zorgblat recvoir ")
        self.app.wait_gone("menu item", "bonjour")  # a key would come to the menu
        # On to the next; a name is kept for good.
        self.session.key("F7")
        self.app.wait("menu item", "Add to dictionary").click()
        self.app.wait_gone("menu item", "Add to dictionary")
        self.session.key("F7")
        self.app.wait("menu item", "recevoir").click()
        self.field.wait_text("Le bonjour de Zorgblat recevoir ")
        self.app.wait_gone("menu item", "recevoir")
        self.session.key("F7")
        self.app.wait("label", "No wrong words were found.")


class Copying(Case):
    def test_the_whole_chat_is_copied_pages_and_all(self):
        before = [message(n, "customer", "old %d" % n, ident="i0") for n in range(1, 11)]
        self.begin(*before, *[message(n, "customer" if n % 2 else "agent", "word %d" % n) for n in range(11, 131)])
        self.session.key("ctrl+shift+c")
        self.app.wait("label", "The whole chat is copied.")
        self.field.focus()
        self.session.key("ctrl+v")
        uidrive.until("nothing was copied", lambda: "word 130" in self.field.text)
        lines = self.field.text.rstrip("\n").split("\n")
        self.assertEqual(len(lines), 120)
        self.assertRegex(lines[0], r"^\[\d{4}-\d\d-\d\d \d\d:\d\d\] Ivan Petrov: word 11$")
        self.assertRegex(lines[-1], r"^\[\d{4}-\d\d-\d\d \d\d:\d\d\] You: word 130$")


if __name__ == "__main__":
    cases.main()
