#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats as a person meets them, before the puppet centre.

    tests/ui/test_chats.py BUILD [TestCase[.method]]...
"""
import contextlib
import glob
import json
import os
import re
import sqlite3
import sys
import unittest

import test_desk
import uidrive
from desk import QUEUES, interaction, offer, participation, recent, stamp

WEB = {"id": "web", "names": {"en": "Shop", "fr": "Boutique", "bg": "Магазин"}, "channel": "webchat", "disposition_required": False,
       "wrap_up": 30, "waiting": 0}


def chat(part, ident="i1", name="Ivan Petrov", last=0, read=0, waiting=None, conversation="k1", **more):
    one = interaction(part, id=ident, name=name, channel="webchat", queue="web", called="shop",
                      conversation={"id": conversation, "last_number": last, "read_number": read, "limits": {"text": 300}},
                      waiting_since=waiting, **more)
    del one["customer"]["number"]
    return one


def message(number, author, text, at=-60.0, ident="i1", **more):
    agent = author == "agent"
    one = {"id": "m%d" % number, "conversation": "k1", "interaction": ident, "number": number, "at": stamp(at), "author": author,
           "agent": "ana" if agent else None, "text": text, "state": "sent" if agent else "received"}
    one.update(more)
    return one


class Case(test_desk.Case):
    def begin(self, *messages, **more):
        """One chat in hand with these messages."""
        self.part = participation(joined=-125)
        self.centre.desk(queues=QUEUES + [WEB], messages=list(messages),
                         interactions=[chat(self.part, last=len(messages), **more)])
        self.sign_in()
        self.session.focus_window(self.app)
        self.field = self.app.wait("text", "Message")
        for one in messages[-3:]:
            self.app.wait("label", one["text"])

    def add(self, number, text, author="customer", ident="i1", **more):
        self.centre.event("message.added", interaction=ident, message=message(number, author, text, at=0, ident=ident, **more))

    def meta(self, pattern):
        return self.app.wait("label", re.compile(pattern))

    def said(self):
        return int(self.centre.ask("count", "POST /v1/interactions/i1/messages"))


class Messages(Case):
    def test_days_authors_times_and_states_in_words(self):
        self.begin(message(1, "customer", "Hello, nothing has come.", at=-86400), message(2, "agent", "I am looking."),
                   message(3, "centre", "Transferred"), message(4, "agent", "One moment", agent="bob", agent_name="Bob Stone", state="delivered"),
                   message(5, "agent", "There it is", state="failed", reason="channel_failure"), read=2)
        for what in ("Yesterday", "Today", "Web chat · Shop"):
            self.app.find("label", what)
        self.meta(r"^Ivan Petrov · \d\d:\d\d$")
        self.meta(r"^You · \d\d:\d\d · Read$")
        self.meta(r"^Bob Stone · \d\d:\d\d · Delivered$")
        self.meta(r"^You · \d\d:\d\d · Not sent$")
        self.app.find("button", "Try again")
        self.assert_named(self.app, "a chat")

    def test_typing_is_shown_until_the_message_comes(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.ask("say", json.dumps({"type": "conversation.typing", "interaction": "i1", "on": True}))
        self.app.wait("label", "Ivan Petrov is typing…")
        self.add(2, "Are you there?")
        self.app.wait("label", "Are you there?")
        self.app.wait_gone("label", "Ivan Petrov is typing…")

    def test_earlier_messages_come_when_asked_for(self):
        self.begin(*[message(n, "customer", "word %d" % n) for n in range(1, 71)])
        self.assertEqual(self.app.find_all("label", "word 5"), [])
        self.app.wait("button", "Earlier messages").click()
        self.sent("GET /v1/conversations/k1/messages?before=21")
        self.app.wait_gone("button", "Earlier messages")

    def test_timers_say_what_they_count(self):
        self.begin(message(1, "customer", "Hello"), waiting=stamp(-70))
        self.app.wait("label", re.compile("^In chat for 2:"))
        self.app.wait("label", re.compile("^The customer waits for a reply for 1:"))
        self.assertEqual(len(self.app.find_all("label", re.compile("^The customer waits for a reply for 1:"))), 2)
        self.add(2, "Here I am", author="agent")
        self.app.wait_gone("label", re.compile("^The customer waits for a reply for"))


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

    def test_a_refused_message_is_tried_again_or_edited(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.odd("POST", "/messages", 413, "too_large", limit=4000)
        self.field.type("Refused")
        self.session.key("Return")
        self.app.wait("label", "The text is longer than the centre accepts. It is kept; shorten it.")
        self.centre.odd("POST", "/messages", 409, "not_now", reason="not_connected")
        self.app.find("button", "Try again").click()
        uidrive.until("it was not tried again", lambda: self.said() == 2)
        self.app.wait("label", "This is not possible now.")
        self.app.find("button", "Edit").click()
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
        self.app.find("button", "Copy and close").click()
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


class Several(Case):
    def begin_two(self):
        self.part = participation(joined=-125)
        other = participation(joined=-30, id="p2")
        self.centre.desk(queues=QUEUES + [WEB], messages=[message(1, "customer", "Hello")],
                         interactions=[chat(self.part, last=1), chat(other, "i2", "Hélène Roux", last=1)])
        self.sign_in()
        self.session.focus_window(self.app)
        self.field = self.app.wait("text", "Message")
        self.app.wait("label", "Hello")

    def test_each_has_its_draft_and_keys_go_from_one_to_the_next(self):
        self.begin_two()
        self.field.type("To Ivan")
        self.session.key("ctrl+Page_Down")
        self.field.wait_text("")
        self.session.type("To Helene")
        self.session.key("ctrl+Page_Up")
        self.field.wait_text("To Ivan")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"To Ivan"}')
        self.session.key("ctrl+Page_Down")
        self.field.wait_text("To Helene")

    def test_what_came_in_the_other_one_is_counted_until_it_is_seen(self):
        self.begin_two()
        self.sent("PUT /v1/interactions/i1/read")
        self.session.key("ctrl+Page_Down")
        self.sent("PUT /v1/interactions/i2/read")
        self.add(2, "And now?")
        self.app.wait("label", "1 new message")
        self.add(3, "Well?")
        self.app.wait("label", "2 new messages")
        self.session.key("ctrl+Page_Up")
        self.app.wait("label", "Well?")
        self.app.wait_gone("label", "2 new messages")
        uidrive.until("not marked", lambda: self.centre.ask("last", "PUT /v1/interactions/i1/read").endswith('{"number":3}'))

    def test_whatever_page_is_open_unread_chats_are_told(self):
        self.begin_two()
        self.sent("PUT /v1/interactions/i1/read")
        self.session.key("alt+3")
        self.add(2, "And now?")
        self.app.wait("button", "Ivan Petrov · 2 unread chats")
        self.centre.event("message.added", interaction="i2",
                          message=message(2, "customer", "Me too", at=0, ident="i2", conversation="k1"))
        self.app.wait("button", "Hélène Roux · 2 unread chats")
        pill = self.app.find("button", "Hélène Roux · 2 unread chats")
        pill.click()
        self.app.wait("label", "Me too")
        self.app.wait_gone("button", re.compile("unread chat"))
        self.session.type("At once")
        self.field.wait_text("At once")

    def test_letters_typed_while_cards_come_are_all_there(self):
        self.begin_two()
        self.field.focus()
        for number in range(10, 22):
            self.centre.event("offer.created", offer=offer(str(number), channel="webchat", queue="web", left=45.0),
                              interaction=chat(None, "i%d" % number, "Nobody %d" % number))
            self.session.type("abcdefgh"[:number % 8 + 1] + " ")
        expected = "".join("abcdefgh"[:number % 8 + 1] + " " for number in range(10, 22))
        self.field.wait_text(expected)
        uidrive.until("not all came", lambda: self.app.find_all("label", "INCOMING · 12"))
        self.session.type("end")
        self.field.wait_text(expected + "end")

    def test_an_offer_leaves_the_draft_alone_even_when_it_is_accepted(self):
        self.begin_two()
        self.field.type("Before ")
        self.centre.event("offer.created", offer=offer("9", channel="webchat", queue="web", left=45.0),
                          interaction=chat(None, "i9", "Georges Lambert"))
        card = self.app.wait("alert", re.compile("^Incoming chat · Shop, Georges Lambert"))
        self.session.type("during ")
        card.find("button", "Decline Georges Lambert")
        self.session.key("ctrl+shift+Return")
        self.sent("POST /v1/offers/o9/accept")
        self.centre.event("offer.ended", offer="o9", interaction="i9", outcome="accepted", reason="agent", recent=None)
        self.centre.event("interaction.changed", cause="joined",
                          interaction=chat(participation(joined=0, id="p9"), "i9", "Georges Lambert", conversation="k9"))
        uidrive.until("no third chat", lambda: self.app.find_all("label", "ACTIVE · 3"))
        self.session.type("after")
        self.field.wait_text("Before during after")


class Notes(Case):
    """What is for colleagues alone, beside what the customer gets."""

    def test_a_note_and_a_message_are_never_taken_for_each_other(self):
        self.begin(message(1, "customer", "Hello"), message(2, "agent", "He is angry", private=True, agent="bob", agent_name="Bob Stone"))
        self.app.find("label", "Note for colleagues")
        self.meta(r"^Bob Stone · \d\d:\d\d$")
        self.field.type("Dear Ivan")
        self.session.key("ctrl+shift+n")
        note = self.app.wait("text", "Note for colleagues")
        note.wait_text("")
        self.app.wait("label", "Note for colleagues: the customer never sees it")
        self.app.find("button", "Add note")
        self.app.find("button", "Note for colleagues")
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
        self.field.type("Le bonjuor de Zorgblat recvoir ")
        self.session.key("ctrl+Home", "F7")
        self.app.wait("menu item", "bonjour").click()
        self.field.wait_text("Le bonjour de Zorgblat recvoir ")
        # On to the next; a name is kept for good.
        self.session.key("F7")
        self.app.wait("menu item", "Add to dictionary").click()
        self.app.wait_gone("menu item", "Add to dictionary")
        self.session.key("F7")
        self.app.wait("menu item", "recevoir").click()
        self.field.wait_text("Le bonjour de Zorgblat recevoir ")
        self.session.key("F7")
        self.app.wait("label", "No wrong words were found.")
class Twelve(Case):
    """As many as there may be, in the smallest window."""
    options = {"size": (1024, 640)}
    names = ["Ana", "Boris", "Chloé", "Dimitar", "Élise", "Fanny", "Georgi", "Hélène", "Ivan", "Jeanne", "Kalina", "Luc"]

    def test_each_is_reached_by_keys_with_its_draft_its_mark_and_its_timer(self):
        chats = [chat(participation(joined=-60 * (i + 1), id="p%d" % i), "i%d" % i, name, last=1, waiting=stamp(-30 * (i + 1)))
                 for i, name in enumerate(self.names)]
        wrap = participation(state="wrap_up", joined=-900, id="p11",
                             wrap_up={"started_at": stamp(-20), "deadline": stamp(3600), "extendable": False, "extended": False})
        chats[11] = chat(wrap, "i11", "Luc", last=1)
        self.centre.desk(queues=QUEUES + [WEB], messages=[message(1, "customer", "Hello")], interactions=chats)
        self.sign_in()
        self.session.focus_window(self.app)
        self.field = self.app.wait("text", "Message")
        tasks = self.app.wait("list", "Work in hand")
        self.app.wait("label", "ACTIVE · 11")
        tasks.wait("label", re.compile("^The customer waits for a reply for "))
        self.field.focus()
        for name in self.names[:11]:
            uidrive.until(lambda n=name: "%s is not shown" % n, lambda n=name: len(self.app.find_all("label", n)) > 1)
            row = tasks.wait("label", name)
            uidrive.until(lambda r=row: "the row of %s is not in view" % r.name, lambda r=row: self.in_view(r, tasks))
            self.field.wait_text("")
            self.session.type("To " + name)
            self.field.wait_text("To " + name)
            self.session.key("ctrl+Page_Down")
        self.app.wait("label", re.compile("^Wrapping up for"), where=lambda n: n not in tasks.find_all("label"))
        tasks.wait("label", re.compile("^Wrapping up for"))
        for name in reversed(self.names[:11]):
            self.session.key("ctrl+Page_Up")
            self.field.wait_text("To " + name)
        self.add(2, "And now?", ident="i10")
        self.session.key("ctrl+Page_Up", "ctrl+Page_Up")
        self.field.wait_text("To Kalina")
        self.app.wait("label", "And now?")

    def in_view(self, row, tasks):
        """Within what the list shows."""
        _x, y, _w, h = row.extents
        _x, top, _w, high = tasks.parent.extents
        return top <= y and y + h <= top + high


class Ending(Case):
    def test_the_end_needs_a_second_click(self):
        self.begin(message(1, "customer", "Hello"))
        self.app.find("button", "End chat").click()
        asks = self.app.wait("button", "End the chat?")
        self.assertEqual(self.centre.ask("count", "POST /v1/interactions/i1/end"), "0")
        asks.click()
        self.sent("POST /v1/interactions/i1/end")

    def test_the_question_passes_by_itself(self):
        self.begin(message(1, "customer", "Hello"))
        self.session.key("ctrl+shift+e")
        self.app.wait("button", "End the chat?")
        self.app.wait("button", "End chat")
        self.assertEqual(self.centre.ask("count", "POST /v1/interactions/i1/end"), "0")

    def test_a_customer_who_leaves_is_told_and_nothing_more_is_written(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.event("interaction.changed", cause="customer_left",
                          interaction=chat(self.part, last=1, customer_left={"at": stamp(), "cause": "hung_up"}))
        self.app.wait("label", "The customer has left the chat.")
        self.app.wait_gone("text", "Message")

    def test_wrap_up_as_after_a_call(self):
        self.begin(message(1, "customer", "Hello"))
        self.assertEqual(self.app.find_all("text", "Notes"), [])
        wrap = dict(self.part, state="wrap_up", left_at=stamp(),
                    wrap_up={"started_at": stamp(-20), "deadline": stamp(60), "extendable": True, "extended": False})
        self.centre.event("interaction.changed", cause="ended", interaction=chat(wrap, last=1, waiting=stamp(-70)))
        self.app.wait("text", "Notes")
        self.app.wait("label", re.compile("^Wrapping up for 0:2"))
        self.app.wait_gone("text", "Message")
        self.app.wait_gone("label", re.compile("^The customer waits for a reply for"))
        self.app.find("label", "Hello")
        self.session.key("ctrl+Return")
        self.sent("POST /v1/participations/p1/wrap_up/submit")

    def test_notes_open_below_the_chat_and_close(self):
        self.begin(message(1, "customer", "Hello"))
        self.session.key("ctrl+n")
        notes = self.app.wait("text", "Notes")
        notes.wait_state("focused")
        self.session.type("asks for his parcel")
        self.sent("PUT /v1/participations/p1/note")
        self.session.key("ctrl+n")
        self.app.wait_gone("text", "Notes")
        self.session.type("Yes?")
        self.field.wait_text("Yes?")


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
    test_desk.BUILD = sys.argv.pop(1) if len(sys.argv) > 1 else test_desk.BUILD
    unittest.main(verbosity=2)
