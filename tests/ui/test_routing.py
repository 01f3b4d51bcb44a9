#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chats that are handed on and come from others: the real desk on the real guichetd, a scripted colleague, scripted customers.

    tests/ui/test_routing.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import time
import unittest

import test_chat
import test_features
import uidrive
from test_features import api, scene


class Desk(test_chat.Desk):
    def define(self):
        self.centre["skills"] = [{"id": "italian", "names": scene.names("Italian")}]
        self.centre["settings"]["reoffer_seconds"] = 600
        super().define()

    def colleague(self, name="bob", available=True):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999998")
        agent.listen()
        if available:
            agent.available()
            agent.wait_state("available")
        return agent

    def begin(self):
        """The desk with one chat in hand in which both have written."""
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.gwen = self.chatter()
        self.gwen.said("My parcel has not come")
        field = self.accepted(self.gwen)
        field.focus()
        self.session.type("I look")
        self.session.key("Return")
        self.gwen.wait_text("I look")
        self.app.wait("label", re.compile(r"^You · \d\d:\d\d · (Sent|Delivered)$"))
        return field

    def insist(self, key, text):
        """A key that only says something in passing, until it was seen."""
        def said():
            self.session.key(key)
            try:
                return self.app.wait("label", text, timeout=4)
            except uidrive.UIError:
                return None
        uidrive.until("it never said " + text, said, 60)

    def taken(self, agent):
        offer = agent.wait("offer.created")["offer"]
        agent.post("/v1/offers/%s/accept" % offer["id"])
        return offer, agent.wait_cause("joined")["interaction"]

    def texts(self, agent, interaction):
        return [m["text"] for m in agent.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])["messages"]]


class Routing(Desk):
    def test_transferred_to_a_colleague_by_the_keyboard(self):
        self.begin()
        bob = self.colleague()
        self.session.key("ctrl+shift+t")
        search = self.app.wait("entry", "Transfer to")
        search.wait_state("focused")
        self.app.wait("list item", re.compile("^Bob: Ready"))
        self.session.type("bob")
        self.app.wait_gone("list item", re.compile("^chat:"))
        self.session.key("Return")
        offer, interaction = self.taken(bob)
        self.assertEqual((offer["kind"], offer["from"]["name"]), ("transfer", "Alice"))
        self.assertEqual(self.texts(bob, interaction), ["My parcel has not come", "I look"])
        self.app.wait("label", re.compile("^Wrapping up for"))
        self.app.wait_gone("text", "Message")
        self.app.wait_gone("button", "Hand the chat on")
        bob.post("/v1/interactions/%s/messages" % interaction["id"], {"text": "Bob here"})
        self.gwen.wait_text("Bob here")

    def test_who_cannot_take_it_is_greyed_with_the_reason(self):
        field = self.begin()
        self.session.key("ctrl+shift+t")
        self.app.wait("list item", re.compile("^Bob: Agent away · Signed out"))
        self.app.wait("list item", re.compile("^shut: Nobody in the queue · Queue · nobody is there"))
        self.session.type("bob")
        self.app.wait_gone("list item", re.compile("^shut:"))
        self.insist("Return", "The agent for whom it waited was away.")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Transfer to")
        # What has not been sent would not go along.
        field.focus()
        self.session.type("half a sen")
        field.wait_text("half a sen")
        self.insist("ctrl+shift+t", "A text in this chat has not been sent. Send or delete it first.")
        self.assertEqual(self.app.find_all("entry", "Transfer to"), [])
        # Escalated with it: to nobody yet, and to a colleague.
        self.session.key("ctrl+alt+s")
        self.gwen.wait_text("half a sen")
        self.app.wait("entry", "Transfer to").wait_state("focused")
        self.app.wait("label", re.compile("^Who is to have it"))
        self.session.key("Escape")
        self.app.wait_gone("entry", "Transfer to")
        self.app.wait("label", re.compile(r"^Web chat · .*escalated"))
        field.wait_state("focused")
        bob = self.colleague()
        self.session.type("Bob knows more")
        field.wait_text("Bob knows more")
        self.session.key("ctrl+alt+s")
        self.app.wait("list item", re.compile("^Bob: Ready"))
        self.session.type("bob")
        self.app.wait_gone("list item", re.compile("^shut:"))
        self.session.key("Return")
        offer, interaction = self.taken(bob)
        self.assertEqual((offer["kind"], interaction["status"]), ("transfer", "escalated"))
        self.assertEqual(self.texts(bob, interaction)[-2:], ["half a sen", "Bob knows more"])

    def test_unassigned_from_the_menu(self):
        self.begin()
        bob = self.colleague()
        self.press("Hand the chat on")
        self.press("Unassign")
        _, interaction = self.taken(bob)
        self.assertEqual(self.texts(bob, interaction), ["My parcel has not come", "I look"])
        self.app.wait_gone("label", "My parcel has not come")
        uidrive.until(lambda: "the agent is %s" % (self.agent_state(),), lambda: self.agent_state()[0] == "available")

    def test_what_a_colleague_transfers_comes_with_all_that_was_written(self):
        bob = self.colleague()
        gwen = self.chatter()
        gwen.said("Is anybody there?")
        _, interaction = self.taken(bob)
        bob.post("/v1/interactions/%s/messages" % interaction["id"], {"text": "Bob is"})
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        bob.post("/v1/interactions/%s/transfer" % interaction["id"], {"to": {"agent": "alice"}})
        self.app.wait("alert", re.compile("^Incoming chat, Gwen, from Bob · Counter"))
        self.session.key("ctrl+shift+Return")
        self.app.wait("text", "Message")
        self.app.wait("label", "Is anybody there?")
        self.app.wait("label", "Bob is")
        self.app.wait("label", re.compile(r"^Bob · \d\d:\d\d · (Sent|Delivered)$"))
        self.app.wait("label", re.compile("^Web chat · .* · from Bob$"))


class Consult(Desk):
    """One colleague more in a chat, on both sides."""

    def ask(self, what, whom):
        self.press("Hand the chat on")
        self.press(what)
        self.app.wait("entry", re.compile("^Whom to ")).wait_state("focused")
        self.app.wait("list item", re.compile("^Bob: Ready"))
        self.session.type(whom)
        self.app.wait_gone("list item", re.compile("^chat:"))
        self.session.key("Return")

    def on(self, agent, interaction, what, method="POST", body=None):
        return agent.call(method, "/v1/interactions/%s/%s" % (interaction["id"], what), body if method == "DELETE" else body or {})

    def test_asked_withdrawn_consulted_and_added_to_the_conversation(self):
        self.begin()
        bob = self.colleague()
        self.ask("Consult…", "bob")
        self.app.wait("label", "Bob is asked for advice…")
        self.press("Withdraw")
        self.assertEqual(bob.wait("offer.ended")["outcome"], "withdrawn")
        self.app.wait_gone("label", "Bob is asked for advice…")
        self.ask("Consult…", "bob")
        bob.wait("offer.created")
        offer, interaction = self.taken(bob)
        self.assertEqual((offer["kind"], offer["from"]["name"]), ("consult", "Alice"))
        self.assertEqual(self.texts(bob, interaction), ["My parcel has not come", "I look"])
        self.app.wait("label", re.compile(r"with Bob \(consulted\)$"))
        self.on(bob, interaction, "messages", body={"text": "It is in Lyon", "private": True})
        self.app.wait("label", "It is in Lyon")
        self.press("Hand the chat on")
        self.press("Add Bob to the conversation")
        self.app.wait("label", re.compile("with Bob$"))
        self.gwen.wait(lambda e: e.get("agents") == ["Alice", "Bob"])
        self.on(bob, interaction, "messages", body={"text": "Bob here"})
        self.gwen.wait_text("Bob here")
        self.assertNotIn("Lyon", self.gwen.transcript())
        self.press("Hand the chat on")
        self.press("Leave the conversation")
        self.app.wait("label", re.compile("^Wrapping up for"))
        self.gwen.wait(lambda e: e.get("agents") == ["Bob"])
        self.on(bob, interaction, "messages", body={"text": "still here"})
        self.gwen.wait_text("still here")

    def test_consulted_by_a_colleague_and_done(self):
        bob = self.colleague()
        gwen = self.chatter(values={"account": "K-7", "pin": "4242"})
        gwen.said("Is anybody there?")
        _, interaction = self.taken(bob)
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        self.on(bob, interaction, "consult", body={"to": {"agent": "alice"}, "kind": "consult"})
        self.app.wait("alert", re.compile("^Consult from Bob"))
        self.session.key("ctrl+shift+Return")
        field = self.app.wait("text", "Note for colleagues")
        self.app.wait("label", "Is anybody there?")
        self.app.wait("label", re.compile(r"with Bob \(leads\)"))
        self.app.wait("text", "Account").wait_text("K-7")
        self.assertEqual(self.app.find_all("label", "4242"), [])
        self.app.find("button", "Reveal PIN").click()
        self.app.wait("label", "4242")
        self.app.find("text", "Account").set_text("K-8")
        self.app.wait("button", "Save Account").click()
        bob.wait(lambda e: e["type"] == "interaction.changed" and "K-8" in str(e))
        field.focus()
        self.session.type("Ask for the number")
        self.session.key("Return")
        bob.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "Ask for the number" and e["message"]["private"])
        self.assertEqual(self.app.find_all("button", "End chat"), [])
        self.press("Done")
        self.app.wait_gone("label", "Is anybody there?")
        bob.wait_cause("left")
        self.on(bob, interaction, "messages", body={"text": "Your number, please?"})
        gwen.wait_text("Your number, please?")
        self.assertNotIn("Ask for", gwen.transcript())


class Views(Desk):
    def define(self):
        super().define()
        self.centre["settings"]["slots"][-1] = {"channel": "webchat", "count": 3, "auto": 1}
        for queue in self.centre["queues"]:
            if queue["id"] == "chat":
                queue["take"] = True
                queue["wrap_up"]["required"] = False
        self.daemon.apply(self.centre)

    def waiting(self, name, text):
        visitor = self.chatter(name=name)
        visitor.wait_state("waiting")
        visitor.said(text)
        return visitor

    def comes(self, window, name):
        visitor = self.waiting(name, "%s is here" % name)
        window.wait("label", "%s is here" % name)
        return visitor

    def test_taken_from_the_queue_and_found_when_it_has_ended(self):
        self.begin()
        anna = self.waiting("Anna Petrova", "Where is my order?")
        boris = self.waiting("Boris", "I want to return it")
        self.session.key("ctrl+o")
        window = self.app.wait(None, "Conversations")
        window.wait("label", "Anna Petrova")
        window.wait("label", "I want to return it")
        # The older one is taken by the button, the other comes when more is asked for.
        window.find_all("button", "Assign to me")[0].click()
        anna.wait_state("talking")
        window.wait_gone("label", "Anna Petrova")
        window.wait("button", "One more").click()
        boris.wait_state("talking")
        window.wait("label", "Nobody is waiting in your queues.")
        # Who comes into line is there at once; the window's own looks would show one after the other 15 s apart.
        comers, seen = [], []
        for name in ("Chloé", "Dora", "Emil", "Fanny"):
            comers.append(self.comes(window, name))
            seen.append(time.monotonic())
        self.assertLess(min(later - at for at, later in zip(seen, seen[1:])), 12)
        for comer in comers:
            comer.send(type="end")
        window.wait("label", "Nobody is waiting in your queues.")
        window.find("button", "Assigned to me").click()
        window.wait("label", "Anna Petrova")
        window.wait("label", "Gwen")
        # Where one's own stand, by a click and by the keys.
        stands = lambda word: window.wait("button", "Status: " + word) and window.find_all("button", "Status: " + word)[-1]  # noqa: E731
        stands("Open").click()
        self.app.wait("button", "Pending: the customer’s turn").click()
        stands("Pending").focus()
        self.session.key("Return")
        self.app.wait("button", "Open: it is in hand").wait_state("focused")
        self.assertEqual(self.app.find_all("button", "Pending: the customer’s turn"), [])
        self.session.key("Down")
        self.app.wait("button", "Escalated: for supervisors").wait_state("focused")
        self.session.key("Return")
        stands("Escalated")
        self.assertEqual([(e["agent"], e["status"]) for e in self.events("interaction.status_changed")], [("alice", "pending"), ("alice", "escalated")])
        # The list moves by itself; what has ended is opened, and tagged.
        anna.send(type="end")
        started = uidrive.until("no wrap-up began", lambda: self.events("wrap_up.started"))
        window.find("button", "Resolved").click()
        window.wait("label", "Conversations that have ended stand here.")
        self.daemon.admin("POST", "/admin/participations/%s/wrap_up/end" % started[0]["participation"], {})
        window.wait("label", "Anna Petrova")
        window.wait("label", "Where is my order?")
        self.press("Tags")
        self.app.wait("check box", "VIP").click()
        self.session.key("Escape")
        uidrive.until("it was not tagged", lambda: [e for e in self.events("conversation.tagged") if e["tags"] == ["vip"]])
        window.wait("label", "VIP")
        # The transcript by the keyboard; the agent's own work comes before the agent.
        window.find("list item").focus()
        self.session.key("Return")
        self.app.wait(None, "Transcript: Anna Petrova")
        self.session.key("Escape")
        self.app.wait_gone(None, "Transcript: Anna Petrova")
        # Only those with a tag.
        window.wait("combo box", "Tag").mouse_click()
        self.app.wait("label", "Urgent")
        self.session.key("Down")
        self.session.key("Return")
        window.wait("label", "No conversation fits.")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
