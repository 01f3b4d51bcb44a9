# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges what was written in a tour: the chat by the customer's page, the SMS by what the operator handed to the phone, the mail by
the customer's mailbox; each by the centre's journal and the agent's screen too.
"""
import email
import email.policy
import os
import sys

from materials import need

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import kannel  # noqa: E402

LANGUAGES = ("en", "fr", "bg")


class Contact:
    """One contact in one language: what was meant, its steps, its part of the journal."""

    def __init__(self, tour, language, kind, word):
        self.tour, self.language, self.word = tour, language, word
        self.meant = tour.log["written"][language][kind]
        self.entries = tour.journal(self.meant["call"])

    def step(self, name):
        name = name % self.word
        return name if self.language == "en" else "%s %s" % (self.language, name)

    def shows(self, step, text):
        self.tour.on_screen(self.step(step), text)

    def hides(self, step, text):
        words = self.tour.step(self.step(step))["screen"]
        need(not any(text in w for w in words), "%r is on the screen at the step %r", text, self.step(step))

    def went(self, authors):
        """Offered once and accepted, written by these in this order, ended, wrapped up: what the journal says."""
        kinds = [e["type"] for e in self.entries]
        need(kinds.count("offered") == 1 and kinds.count("accepted") == 1, "the journal has no accepted %s", self.word)
        wrote = [e["author"] for e in self.entries if e["type"] == "message"]
        need(wrote == authors, "the journal has messages of %r where %r wrote", wrote, authors)
        need("wrap_up_started" in kinds, "the journal has no wrap-up of the %s", self.word)
        done = [e for e in self.entries if e["type"] == "wrapped_up"]
        need(done and done[-1].get("disposition") == self.meant["disposition"], "the %s was not wrapped up: %r", self.word, done)
        for step in ("card: %s", "%s: wrap-up", "%s: wrapped up"):
            self.tour.step(self.step(step))
        return {"messages": len(wrote), "offered_to_wrapped_up_ms": done[-1]["at"] - self.entries[kinds.index("offered")]["at"]}


def chatted(tour, language):
    """Written on one side and there on the other, in order; typing and reading seen; ended."""
    chat = Contact(tour, language, "chat", "chat")
    meant, page = chat.meant, chat.meant["page"]
    said = meant["messages"]
    authors = [author for author, _text in said]
    found = chat.went(authors)
    chat.shows("card: %s", meant["name"])
    chat.shows("%s: customer types", meant["typing"])
    for _author, text in said:
        chat.shows("%s: answered", text)
    chat.shows("%s: answered", meant["read"])
    need(page["messages"] == [text for _author, text in said], "the customer's page has %r", page["messages"])
    need(meant["agent"] in page["typing"], "the customer never saw the agent type")
    need(page["read"] == authors.count("customer"), "the customer saw %d messages read", page["read"])
    places = [page["transcript"].find("%s\n%s" % (meant["agent"] if author == "agent" else meant["name"], text)) for author, text in said]
    need(-1 not in places and places == sorted(places), "the customer's transcript lacks a message: %r", page["transcript"])
    return found


def texted(tour, language):
    """The phone got the answer, and nothing else, from the number that the customer wrote to; the agent saw that it was delivered."""
    sms = Contact(tour, language, "sms", "SMS")
    meant = sms.meant
    found = sms.went(["customer", "agent"])
    sms.shows("card: %s", meant["number"][-4:])
    sms.shows("%s: accepted", meant["asks"])
    sms.shows("%s: delivered", meant["answer"])
    sms.shows("%s: delivered", meant["delivered"])
    with open(os.path.join(tour.folder, meant["phone"]), encoding="utf-8") as f:
        got, _parts = kannel.shown(f.read())
    need(got == [(meant["ours"], meant["number"], meant["answer"])], "the customer's phone got %r", got)
    return {**found, "phone_got": got[0][2]}


def mailbox(folder):
    """The mails that are in it."""
    mails = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            mails.append(email.message_from_binary_file(f, policy=email.policy.default))
    return mails


def mailed(tour, language):
    """The customer's mailbox has the answer, in the thread of what was asked, with the question below; the agent saw what the mail
    quotes only when asking for it."""
    mail = Contact(tour, language, "mail", "mail")
    meant = mail.meant
    found = mail.went(["customer", "agent"])
    quoted = meant["quoted"].split("\n")[-1]
    mail.shows("card: %s", meant["name"])
    mail.shows("card: %s", meant["subject"])
    mail.shows("%s: accepted", meant["asks"])
    mail.hides("%s: accepted", quoted)
    mail.shows("%s: quotes shown", quoted)
    mail.shows("%s: answered", meant["answer"])
    mail.shows("%s: answered", meant["sent"])
    mails = mailbox(os.path.join(tour.folder, meant["mailbox"]))
    need(len(mails) == 1, "the customer's mailbox has %d mails", len(mails))
    got, asked = mails[0], "<%s>" % meant["id"]
    need(got["In-Reply-To"] == asked and asked in (got["References"] or "").split(), "the answer is not in the thread of %s: %r, %r", asked,
         got["In-Reply-To"], got["References"])
    need([a.addr_spec for a in got["From"].addresses] == [meant["ours"]], "the answer is from %s", got["From"])
    need([a.addr_spec for a in got["To"].addresses] == [meant["address"]], "the answer is to %s", got["To"])
    need(got["Subject"] == "Re: " + meant["subject"], "the answer is about %r", got["Subject"])
    text = got.get_content()
    need(text.startswith(meant["answer"] + "\n"), "the customer reads %r", text)
    need(all("> " + line in text for line in meant["asks"].split("\n") if line), "the question is not below the answer: %r", text)
    return {**found, "subject": got["Subject"], "in_reply_to": got["In-Reply-To"]}


WRITTEN = (chatted, texted, mailed)
