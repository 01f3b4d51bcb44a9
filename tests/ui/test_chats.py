#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats as a person meets them, before the puppet centre.

    tests/ui/test_chats.py BUILD [TestCase[.method]]...
"""
import json
import re

import cases
import uidrive
from desk import QUEUES, WEB, chat, interaction, message, offer, participation, recent, stamp, state


class Case(cases.Case):
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
            self.app.wait("label", what)
        self.meta(r"^Ivan Petrov · \d\d:\d\d$")
        self.meta(r"^You · \d\d:\d\d · Read$")
        self.meta(r"^Bob Stone · \d\d:\d\d · Delivered$")
        self.meta(r"^You · \d\d:\d\d · Not sent$")
        self.app.wait("button", "Try again")
        self.assert_named(self.app, "a chat")

    def test_typing_is_shown_until_the_message_comes(self):
        self.begin(message(1, "customer", "Hello"))
        self.centre.ask("say", json.dumps({"type": "conversation.typing", "interaction": "i1", "on": True}))
        self.app.wait("label", "Ivan Petrov is typing…")
        self.add(2, "Are you there?")
        self.app.wait("label", "Are you there?")
        self.app.wait_gone("label", "Ivan Petrov is typing…")

    def test_a_colleague_whose_desk_is_away(self):
        self.begin(message(1, "customer", "Hello"))
        for since, words in ((stamp(), r"with Bob \(away since \d\d:\d\d\)$"), (None, "with Bob$")):
            one = chat(self.part, last=1)
            one["participations"].append(participation(id="p2", agent="bob", name="Bob", role="conferenced", absent_since=since))
            self.centre.event("interaction.changed", interaction=one, cause="absent" if since else "present")
            self.app.wait("label", re.compile(words))

    def test_earlier_messages_come_when_asked_for(self):
        self.begin(*[message(n, "customer", "word %d" % n) for n in range(1, 71)])
        self.assertEqual(self.app.find_all("label", "word 5"), [])
        self.app.wait("button", "Earlier messages").click()
        self.sent("GET /v1/conversations/k1/messages?before=21")
        self.app.wait_gone("button", "Earlier messages")

    def test_timers_say_what_they_count(self):
        self.begin(message(1, "customer", "Hello"), waiting=stamp(-70))
        self.app.wait("label", re.compile("^In chat for [2-9]:"))
        waits = re.compile("^The customer waits for a reply for [1-9]:")
        uidrive.until(lambda: "not two timers: %s" % self.app.find_all("label", waits), lambda: len(self.app.find_all("label", waits)) == 2)
        self.add(2, "Here I am", author="agent")
        self.app.wait_gone("label", re.compile("^The customer waits for a reply for"))


    def test_what_a_bot_said_stands_before(self):
        """Marked as a bot's and parted from the conversation; nobody's unread message, in the copy as on the screen."""
        before = {"state": "handed_over", "agent": None}
        self.begin(message(1, "customer", "Where is it?", at=-70, **before),
                   message(2, "bot", "I do not know.", at=-69, **{"from": "Alma"}, **before),
                   message(3, "bot", "A colleague comes.", at=-68, hand_over=True, **before),
                   message(4, "customer", "Hello?"))
        self.meta(r"^Alma \(bot\) · \d\d:\d\d$")
        self.meta(r"^Bot · \d\d:\d\d$")
        self.app.wait("label", "Handed over by the bot")
        self.app.wait("label", "Where is it?")
        for name in ("Alma (bot)", "Bot"):
            said = self.app.wait("panel", name).wait("label", re.compile(r"\.$")).name
            self.assertEqual(said, "I do not know." if name != "Bot" else "A colleague comes.")
        self.assertEqual(self.app.find_all("label", "Alma"), [])
        shown = [n.name for n in self.app.wait("list", "Messages").find_all("label")]
        order = [shown.index(text) for text in ("Where is it?", "I do not know.", "A colleague comes.", "Handed over by the bot", "Hello?")]
        self.assertEqual(order, sorted(order))
        self.sent("PUT /v1/interactions/i1/read")
        self.assert_named(self.app, "a bot before")
        self.session.key("ctrl+shift+c")
        self.app.wait("label", "The whole chat is copied.")
        self.field.focus()
        self.session.key("ctrl+v")
        uidrive.until("nothing was copied", lambda: "Hello?" in self.field.text)
        lines = [re.sub(r"^\[[^]]*\] ", "", line) for line in self.field.text.rstrip("\n").split("\n")]
        self.assertEqual(lines, ["Ivan Petrov: Where is it?", "Alma (bot): I do not know.", "Bot: A colleague comes.",
                                 "— Handed over by the bot —", "Ivan Petrov: Hello?"])


class Several(Case):
    def begin_two(self):
        self.part = participation(joined=-30)
        other = participation(joined=-125, id="p2")
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

    def test_what_is_marked_in_one_is_not_marked_in_the_other(self):
        """Rows go from chat to chat, and both say the same here."""
        self.begin_two()
        self.app.wait("label", "Hello").mouse_click(count=2)
        uidrive.until("nothing is marked", lambda: self.app.wait("label", "Hello").selections == 1)
        self.session.key("ctrl+Page_Down")
        uidrive.until("what was marked in the other", lambda: self.app.wait("label", "Hello").selections == 0)

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

    def test_what_a_bot_said_before_is_counted_nowhere(self):
        before = {"state": "handed_over", "agent": None}
        self.centre.desk(queues=QUEUES + [WEB], messages=[
            message(1, "customer", "Where is it?", **before), message(2, "bot", "I do not know.", hand_over=True, **before),
            message(3, "customer", "Hello?")],
            interactions=[chat(participation(joined=-30), last=3), chat(participation(joined=-125, id="p2"), "i2", "Hélène Roux", last=3)])
        self.sign_in()
        self.session.focus_window(self.app)
        self.sent('PUT /v1/interactions/i1/read {"number":3}')
        self.app.wait("label", "1 new message")
        self.assertEqual(self.app.find_all("label", re.compile("^[23] new messages")), [])
        self.session.key("ctrl+Page_Down")
        self.app.wait_gone("label", "1 new message")

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

    def test_two_stand_beside_each_other_and_each_gets_its_own(self):
        """Which one has the keyboard is which one gets what is typed and what keys do; it is kept for the next window."""
        self.desk.keep_tokens()
        self.begin_two()
        self.field.type("Dear Ivan")
        self.session.key("ctrl+b")
        ivan = self.app.wait("text", "Message to Ivan Petrov")
        other = self.app.wait("text", "Message to Hélène Roux")
        self.app.wait("label", "Message to Hélène Roux")
        left, right = ivan.extents, other.extents
        self.assertLessEqual(left[0] + left[2], right[0])
        self.assert_named(self.app, "two chats")
        self.session.type("!")
        ivan.wait_text("Dear Ivan!")
        other.type("Dear Helene")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i2/messages {"text":"Dear Helene"}')
        ivan.wait_text("Dear Ivan!")
        # The next piece of work is in sight: only the keyboard goes there, and a note is of that chat.
        self.session.key("ctrl+Page_Up")
        ivan.wait_state("focused")
        self.session.key("ctrl+shift+n")
        self.app.wait("text", "Note for colleagues about Ivan Petrov")
        self.session.type("angry")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"angry","private":true}')
        self.session.key("ctrl+shift+n")
        self.app.wait("text", "Message to Ivan Petrov").wait_text("Dear Ivan!")
        # Alone again, and each with its own.
        self.session.key("ctrl+b")
        self.app.wait_gone("text", "Message to Hélène Roux")
        field = self.app.wait("text", "Message")
        field.wait_text("Dear Ivan!")
        self.session.key("Return")
        self.sent('POST /v1/interactions/i1/messages {"text":"Dear Ivan!"}')
        self.session.key("ctrl+b")
        self.app.wait("text", "Message to Hélène Roux")
        self.app.proc.kill()
        self.app.proc.wait()
        self.app = self.desk.open()
        self.app.wait("text", "Message to Hélène Roux")
        self.app.wait("text", "Message to Ivan Petrov")

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


class Joining(Case):
    def test_who_is_in_no_queue_for_chats_is_told_and_joins(self):
        """Nothing written can come: it is said where conversations would be, whether one is out or paused."""
        self.centre.desk(queues=QUEUES + [WEB], memberships=[{"queue": "billing", "state": "ready"}, {"queue": "web", "state": "out"}],
                         agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "agent", "slots": {"voice": 1, "webchat": 3}})
        self.sign_in()
        told = re.compile("You are in none of your queues for chats, so none comes to you\\.$")
        self.app.wait("label", told)
        self.app.wait("label", "Waiting for a call")
        self.app.find("button", "Join the queues for chats").click()
        self.assertEqual(self.sent("PUT /v1/memberships"), 'PUT /v1/memberships {"queues":["web"],"state":"ready"}')
        self.places(billing="ready", web="ready")
        self.app.wait("label", "Waiting for a customer")
        self.app.wait_gone("button", "Join the queues for chats")
        self.places(billing="out", web="paused")
        self.app.wait("label", "Not in the queues for chats")
        self.app.wait("button", "Join the queues for chats")
        self.app.wait("label", told)

    def places(self, **states):
        self.centre.event("agent.membership_changed", agent="ana", memberships=[
            {"queue": queue, "state": state, **({"reason": "paperwork"} if state == "paused" else {})} for queue, state in states.items()])


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
        self.app.wait("label", re.compile("^Wrapping up for (0:[2-5]|[1-9])"))
        self.app.wait_gone("text", "Message")
        self.app.wait_gone("label", re.compile("^The customer waits for a reply for"))
        self.app.wait("label", "Hello")
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


class CallingOut(Case):
    TEXT = {"id": "text", "names": {"en": "Text", "fr": "Texte", "bg": "Текст"}, "channel": "sms", "disposition_required": False,
            "wrap_up": 30, "waiting": 0, "dial_out": True}

    def begin_written(self, ready):
        one = chat(participation(joined=-125), last=1)
        one.update(channel="sms", queue="text")
        one["customer"]["number"] = "+33199001204"
        self.centre.desk(queues=QUEUES + [self.TEXT], messages=[message(1, "customer", "Please call me")], interactions=[one],
                         state=dict(state("available"), station_ready=ready))
        self.sign_in()
        self.session.focus_window(self.app)
        self.app.wait("label", "Please call me")

    def press(self, name):
        """A menu's button has its action on an inner part of the same name."""
        uidrive.until("no %s to press" % name, lambda: [n for n in self.app.find_all("button", name) if n.actions])[0].click()

    def called(self, cause, what, **more):
        part = participation(what, joined=-2, id="p9", **more)
        self.centre.event("interaction.changed", cause=cause,
                          interaction=interaction(part, id="i9", name="Ivan Petrov", direction="out", origin="direct", queue="text"))

    def test_call_the_customer_from_a_conversation(self):
        self.begin_written(ready=False)
        self.press("Hand the chat on")
        call = self.app.wait("button", "Call the customer")
        call.wait_state("sensitive", False)
        self.assertIn("phone is not ready", call.description)
        self.centre.event("agent.state_changed", agent="ana", state=dict(state("available"), station_ready=True), cause="x")
        call.wait_state("sensitive")
        call.click()
        self.assertIn('"i1"', self.sent("POST /v1/calls"))
        self.called("dialling", "dialling", rings="station")
        self.app.wait("label", "Your own phone rings first. Answer it, then the customer is called.")
        self.called("dialling", "dialling", rings="customer")
        self.app.wait("label", "The customer is being called…")
        self.app.wait("label", re.compile(r"^Calling for \d+:"))
        self.assertEqual(self.app.find_all("button", "Hold"), [])
        self.assert_named(self.app, "a call being dialled")
        self.app.wait("button", "Cancel the call").click()
        self.sent("POST /v1/interactions/i9/end")
        self.centre.event("interaction.closed", interaction="i9",
                          recent=recent("not_reached", "busy", 2, interaction="i9", direction="out"))
        self.app.wait("label", "Ivan Petrov: The line is busy.")
        self.app.wait("label", "Please call me")

    def test_a_call_that_is_taken_is_a_call_like_any_other(self):
        self.begin_written(ready=True)
        self.called("dialling", "dialling", rings="customer")
        self.app.wait("button", "Cancel the call")
        self.called("connected", "active")
        self.app.wait("button", "Hold")
        self.app.wait("button", "End")
        self.app.wait_gone("label", "The customer is being called…")
        self.session.key("ctrl+Page_Down")
        self.app.wait("label", "Please call me")
        self.press("Hand the chat on")
        call = self.app.wait("button", "Call the customer")
        call.wait_state("sensitive", False)
        self.assertIn("call is in progress", call.description)


if __name__ == "__main__":
    cases.main()
