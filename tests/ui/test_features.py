#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an agent sees of a centre with definitions of its own: the real desk and phone on the real guichetd, customers by SIPp,
a desk phone by baresip.

    tests/ui/test_features.py BUILD [TestCase[.method]]...
"""
import os
import pathlib
import re
import sys
import unittest

import stage
import uidrive

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))
import scene  # noqa: E402
import ports  # noqa: E402
from scene import api, peers  # noqa: E402
from peers import wait_for  # noqa: E402

BUILD = "build"
UNICODE = "Ἑλένη 北京 – „Възстановена сума“ 🙂"


def variable(name, text, **more):
    return {"id": name, "names": scene.names(text), **more}


class Desk(scene.Scene):
    """One agent at a window; the centre is asked and told through guichetctl's own interface."""
    station = "softphone"
    address = ""
    sound_checked = True
    block = 40

    def start_daemon(self):
        """Where it can be started again: nobody else takes that port meanwhile."""
        self.listen = ("--listen", "127.0.0.1:%d" % ports.free_port())
        self.daemon.start(args=self.listen)

    def define(self):
        centre = self.centre
        centre["settings"].update(confirm_end=True, auto_accept="agent")
        centre["variables"] = [variable("mood", "Mood", editable=True, on_card=2), variable("account", "Account", editable=True, on_card=1),
                               variable("segment", "Segment", on_card=3), variable("pin", "PIN", secure=True),
                               variable("iban", "IBAN", secure=True)]
        centre["dispositions"].append({"id": "sold", "names": scene.names("Sold")})
        centre["reasons"].append({"id": "training", "names": scene.names("Обучение 研修"), "for_idle": True, "for_pause": True})
        billing, plain = centre["queues"][0], centre["queues"][4]
        billing["wrap_up"]["seconds"] = 600
        billing.update(dispositions=["solved", "other"])
        plain.update(wrap_up={"seconds": 4, "required": True, "default_disposition": "sold"})
        centre["entry_points"][0]["variables"] = [{"variable": "segment", "value": "Gold"}, {"variable": "iban", "value": "FR7630006"}]
        super().define()

    def setUp(self):
        super().setUp()
        self.play = stage.Stage(BUILD, self.folder, block=self.block, settings={
            "org.guichet.Guichet sound-checked": str(self.sound_checked).lower(), "org.guichet.Guichet station": "'%s'" % self.station,
            "org.guichet.Guichet station-address": "'%s'" % self.make_address()})
        self.play.__enter__()
        self.addCleanup(self.play.__exit__, None, None, None)
        self.session = self.play.session

    def make_address(self):
        return self.address

    def open(self):
        """The window, and what is written into it to sign in."""
        app = self.app = self.play.open_guichet()
        app.wait("text", "Address of the centre").set_text(self.daemon.http)
        app.find("text", "Agent").set_text("alice")
        app.find("text", "Password").set_text("password")
        app.find("button", "Sign in").click()
        return app

    def sign_in(self):
        self.open().wait(None, re.compile("^Your state: Idle"))
        return self.app

    def come_back(self):
        """After the window died."""
        self.open().wait("button", "Take over").click()

    def waiting(self, queue):
        return sum(q["waiting"] for q in self.daemon.admin("GET", "/admin/status")["queues"] if q["id"] == queue)

    def agent_state(self):
        (alice,) = [a for a in self.daemon.admin("GET", "/admin/status")["agents"] if a["id"] == "alice"]
        return alice["state"], alice["reason"]

    def events(self, kind):
        return [e for e in self.daemon.journal() if e["type"] == kind]

    def available(self):
        def asked():
            self.session.key("ctrl+shift+a")
            try:
                return self.app.wait(None, re.compile("^Your state: Available"), timeout=2)
            except uidrive.UIError:
                return None
        wait_for("the phone and its agent to be available", asked)

    def card(self):
        return self.app.wait("alert", re.compile("Incoming call"))

    def words(self, node):
        return [n.name for n in node.find_all("label", None) if n.name]

    def press(self, name, role="button"):
        """A menu's button has its action on an inner part of the same name."""
        def able():
            return [n for n in self.app.find_all(role, name) if n.actions]
        uidrive.until(lambda: "no %s to press in\n%s" % (name, self.app.dump()), able)[0].click()

    def place(self, queue, choice):
        """Chooses in the menu of the queues: 0 is ready, then the reasons to pause, then out."""
        place = "Your place in " + queue
        before = len(self.events("agent.membership_changed"))
        self.session.key("ctrl+q")
        self.press(place)
        self.app.wait("list", place)
        self.session.key("Home", *["Down"] * choice, "Return")
        wait_for("the place in the queue", lambda: len(self.events("agent.membership_changed")) > before)
        self.close_menu()

    def close_menu(self):
        def gone():
            self.session.key("Escape")
            self.session.settle(quiet=0.2, timeout=1)
            return not self.app.find_all("button", "Out of all queues")
        wait_for("the menu of the queues to close", gone)

    def choose(self, key, search, letters):
        self.session.key(key)
        self.app.wait("entry", search).type(letters)
        self.session.settle(quiet=0.3, timeout=2)
        self.session.key("Return")
        self.app.wait_gone("entry", search)

    def hang_up(self):
        self.app.wait("button", "End").wait_state("sensitive").click()
        self.app.wait("button", "End the call").click()

    def end(self):
        self.hang_up()
        self.app.wait("button", "Submit wrap-up")

    def answer(self):
        self.app.wait("button", re.compile("^Answer ")).wait_state("sensitive").click()
        self.app.wait("button", "End")

    def closed(self):
        self.app.wait("label", "No work in hand")


class Day(Desk):
    """One agent's day, told once: an agent's window is dear to open."""

    def test_day(self):
        self.notices = self.session.notices
        self.sign_in()
        self.nothing_comes_to_idle_or_paused()
        self.card_of_the_first()
        self.answer()
        self.what_is_chosen_takes_effect_afterwards()
        self.variables()
        self.outcome_during_the_call()
        self.hold_and_end()
        self.wrap_up()
        self.wrap_up_runs_out()
        self.answered_by_itself()
        self.taken_over()

    def nothing_comes_to_idle_or_paused(self):
        self.first = self.customer(headers="X-Guichet-Account: K-4711\nX-Guichet-Pin: 4242\n")
        wait_for("the customer to wait", lambda: self.waiting("billing") == 1)
        self.assertEqual(self.agent_state()[0], "idle")
        self.session.key("ctrl+q")
        self.press("All paused")
        self.press("Paused: Обучение 研修")
        wait_for("four pauses", lambda: len(self.events("agent.membership_changed")) == 4)
        self.assertEqual({(e["membership"], e["reason"]) for e in self.events("agent.membership_changed")}, {("paused", "training")})
        self.close_menu()
        self.app.wait("label", "0 of 4 queues")
        self.place("plain", 0)
        self.app.wait("label", "1 of 4 queues")
        self.available()
        self.assertEqual(self.waiting("billing"), 1)
        self.assertEqual(self.events("offer.created"), [])

    def card_of_the_first(self):
        self.place("billing", 0)
        words = self.words(self.card())
        self.assertIn("Incoming call · billing", words)
        self.assertIn("Chantal Dubois", words)
        places = [words.index(w) for w in ("Account", "K-4711", "Segment", "Gold")]
        self.assertEqual(places, sorted(places))
        self.assertNotIn("Mood", words)  # nothing is known of it
        screen = " ".join(self.play.words())
        for secret in ("4242", "FR7630006", "PIN", "IBAN", "123456789"):
            self.assertNotIn(secret, screen)
        self.app.wait("label", "billing · ringing")
        self.app.wait("label", "••••6789 → 8001")
        self.assertEqual(self.notices.shown, [])
        self.session.key("ctrl+shift+q")
        self.app.wait("label", re.compile("contact is offered to you. Answer or decline it first"))

    def what_is_chosen_takes_effect_afterwards(self):
        self.choose("ctrl+shift+i", "Search idle reasons", "lun")
        self.app.wait(None, re.compile("^Your state: Engaged → Idle"))

    def variables(self):
        account = self.app.wait("text", "Account")
        account.set_text("é" * 257)
        self.app.wait("label", re.compile("At most 256 characters; this has 257"))
        self.app.find("button", "Save Account").wait_state("sensitive", False)
        account.set_text("é" * 256)
        self.app.find("button", "Save Account").wait_state("sensitive").click()
        self.app.wait_gone("button", "Save Account")
        account.set_text("wrong")
        self.app.wait("button", "Revert Account").click()
        account.wait_text("é" * 256)
        self.assertEqual(self.app.find_all("text", "Segment"), [])
        self.app.find("label", "Gold")
        self.assertEqual(len(self.app.find_all("label", "Hidden")), 2)
        self.app.find("button", "Reveal PIN").click()
        self.app.wait("label", "4242")
        self.assertEqual(len(self.app.find_all("label", "Hidden")), 1)
        self.app.find("button", "Hide PIN").click()
        self.app.wait_gone("label", "4242")

    def outcome_during_the_call(self):
        self.app.find("text", "Notes").set_text(UNICODE)
        self.session.key("ctrl+d")
        self.app.wait("entry", "Search dispositions").type("sol")
        self.session.settle(quiet=0.3, timeout=2)
        self.assertEqual(self.app.find_all("label", "Sold"), [], "another queue's disposition")
        self.session.key("Return")
        self.app.wait("button", "Disposition: Solved")
        self.choose("ctrl+t", "Search tags", "urg")
        self.choose("ctrl+t", "Search tags", "vip")
        self.app.wait("button", "Remove the tag Urgent").click()
        self.app.wait_gone("button", "Remove the tag Urgent")
        self.app.wait("button", "Remove the tag VIP")

    def hold_and_end(self):
        self.session.key("ctrl+h")
        self.app.wait("button", "Resume")
        end = self.app.find("button", "End").wait_state("sensitive", False)
        self.assertIn("hold", end.description)
        self.app.wait("label", re.compile("^On hold for "))
        self.app.find("button", "Resume").click()
        self.app.wait("button", "Hold")
        self.app.find("button", "End").wait_state("sensitive").click()
        ask = self.app.wait("button", "End the call")
        self.assertEqual(self.events("participation.left"), [])
        ask.click()
        self.app.wait("button", "Submit wrap-up")
        self.first.wait()

    def wrap_up(self):
        self.app.wait(None, re.compile("^Your state: Wrap-up"))
        self.app.wait("label", re.compile("^Wrapping up for "))
        self.app.wait("label", "Wrap-up: submitted for you in")
        self.second = self.customer(number="8005", name="Żaneta Ωmega")
        wait_for("the second to wait", lambda: self.waiting("plain") == 1)
        self.choose("ctrl+d", "Search dispositions", "oth")
        self.app.wait("button", "Disposition: Other")
        self.app.find("text", "Notes").set_text(UNICODE + " – more")
        self.app.wait("label", "Notes: Saved")
        self.session.key("ctrl+e")
        wait_for("the extension", lambda: self.events("wrap_up.extended"))
        self.assertEqual(len(self.events("offer.created")), 1)
        self.app.find("button", "Submit wrap-up").wait_state("sensitive").click()
        self.closed()
        self.app.wait(None, re.compile("^Your state: Idle · Lunch"))
        (ended,) = self.events("wrap_up.ended")
        self.assertEqual((ended["reason"], ended["disposition"]), ("submitted", "other"))
        self.assertEqual(len(self.events("offer.created")), 1)

    def wrap_up_runs_out(self):
        """Also: a card is a notification too, once the window is not in front."""
        self.session.key("ctrl+shift+a")
        self.card()
        self.assertEqual(self.notices.shown, [])
        self.session.key("ctrl+w")
        note = uidrive.until(lambda: "no notice of the offer, only %s" % self.notices.shown, lambda: [n for n in self.notices.shown if "Żaneta" in n["summary"]])[-1]
        self.assertEqual((note["summary"], note["body"]), ("Incoming call: Żaneta Ωmega", "plain"))
        self.notices.open(note)
        self.answer()
        self.hang_up()
        self.closed()
        self.app.wait(None, re.compile("^Your state: Available"))
        ended = self.events("wrap_up.ended")[-1]
        self.assertEqual((ended["reason"], ended["disposition"]), ("timeout", "sold"))
        self.assertEqual(self.events("disposition.set")[-1]["reason"], "automatic")

    def answered_by_itself(self):
        self.session.key("ctrl+comma")
        self.app.wait("check box", "Answer calls for me").click()
        wait_for("the choice to stand", lambda: self.events("agent.auto_accept_changed"))
        self.session.key("Escape")
        self.third = self.customer(number="8005")
        self.app.wait("button", "End")

    def taken_over(self):
        other = api.Agent(self.daemon, "alice", "password")
        self.addCleanup(other.close)
        self.refused(other.sign_in, 409, "session_elsewhere")
        other.sign_in(take_over=True)
        self.app.wait("label", re.compile("another desk, which has taken over"))
        self.assertEqual(len(other.desk()["interactions"]), 1)


class DeskPhone(Desk):
    station = "desk_phone"

    def make_address(self):
        """A phone that registers nowhere; the centre calls its address."""
        self.telephone = peers.Agent(scene.Engine(self.daemon), self.folder, user="alice", answer="manual", expires=0)
        self.addCleanup(self.telephone.close)
        port = re.search(r"sip_listen 127.0.0.1:(\d+)", (self.telephone.folder / "config").read_text()).group(1)
        return "sip:alice@127.0.0.1:" + port

    def test_the_phone_answers_and_the_desk_follows(self):
        self.sign_in()
        self.available()
        customer = self.customer(number="8005")
        card = self.card()
        self.assertIn("Answer on your desk phone", self.words(card))
        self.assertEqual(self.app.find_all("button", re.compile("^Answer")), [])
        self.assertEqual(self.app.find_all("label", re.compile("^In call for")), [])
        wait_for("the phone to ring", lambda: "X-Guichet-Offer" in self.telephone.log())
        self.telephone.command("accept")
        self.app.wait("label", re.compile(r"^In call for 0:\d\d"))
        self.app.wait("button", "Hold")
        self.assertEqual(self.app.find_all("button", "Mute"), [])
        self.app.find("button", "Disposition: Choose a disposition…").find("button").click()
        self.app.wait("entry", "Search dispositions")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Search dispositions")
        self.end()
        customer.wait()


def main():
    global BUILD
    BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else BUILD
    scene.BUILD = BUILD
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
