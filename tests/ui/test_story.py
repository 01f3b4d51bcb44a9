#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two agents at two real desks with two real softphones work together on the call of one customer, all by keyboard: consult, swap,
conference, mute, leave, wrap up, and hand over. Everybody says a tone, and it is measured at customer and desks who hears whom.
And a window that is killed amid all this: the phone goes on talking, and a new window is right again.

    tests/ui/test_story.py BUILD [TestCase[.method]]...
"""
import concurrent.futures
import os
import re
import sys
import tempfile
import time
import unittest

import desk
import stage
import test_features
import uidrive
import wav
from test_features import scene

import scenario  # noqa: E402,I001: beside scene
import sip  # noqa: E402

TONES = scenario.TONES
COLLEAGUE, LETTERS = "Стоян Илиев", "iliev"
BOTH = "%s: Consulted · talks with you" % COLLEAGUE
WINDOW = 0.4  # seconds of sound that are looked at
PLAIN = {"org.guichet.Guichet " + key: value for key, value in (
    ("sound-checked", "true"), ("station", "'softphone'"), ("echo-cancellation", "false"), ("noise-suppression", "false"),
    ("gain-control", "false"))}


class Place:
    """An agent's desk on a display of its own, with a softphone into which the agent says a tone."""

    def __init__(self, test, agent):
        self.test, self.agent = test, agent
        folder = tempfile.TemporaryDirectory(prefix="desk-")
        test.addCleanup(folder.cleanup)
        self.play = stage.Stage(scene.BUILD, folder.name, settings=PLAIN)
        self.play.__enter__()
        test.addCleanup(self.play.__exit__, None, None, None)
        self.session = self.play.session

    def open(self):
        begin = time.monotonic()
        self.app = self.play.open_guichet()
        self.app.wait("text", "Address of the centre")
        self.opened = time.monotonic() - begin

    def sign_in(self):
        self.app.find("text", "Address of the centre").set_text(self.test.daemon.http)
        self.app.find("text", "Agent").set_text(self.agent)
        self.app.find("text", "Password").set_text("password")
        self.app.find("button", "Sign in").click()
        self.app.wait(None, re.compile("^Your state: Idle"))
        self.session.focus_window(self.app)
        self.play.pulse.play("mic", wav.tone(TONES[self.agent], 1, dbfs=-24), loop=True)
        self.headset = self.play.pulse.capture("headset", rate=16000)

    def start(self):
        self.open()
        self.sign_in()
        return self

    available = test_features.Desk.available

    def answer(self, card):
        alert = self.app.wait("alert", re.compile(card))
        self.app.wait("button", re.compile("^Answer ")).wait_state("sensitive")
        words = [n.name for n in alert.find_all("label", None) if n.name]
        self.session.key("ctrl+shift+Return")
        self.app.wait_gone("alert", re.compile(card))
        return words

    def pick(self, keys, letters, who):
        """Somebody found in the directory by some letters of the name."""
        self.session.key(keys)
        self.app.wait("entry", re.compile("^(Transfer to|Whom to )")).wait_state("focused")
        self.session.type(letters)
        self.app.wait("list item", re.compile("^%s: Ready" % who))
        uidrive.until("others than %s are found" % who, lambda: len(self.app.find_all("list item", re.compile(": "))) == 1)
        self.session.key("Return")

    def wrap_up(self):
        self.app.wait("button", "Submit wrap-up")
        self.session.key("ctrl+d")
        self.app.wait("entry", "Search dispositions").wait_state("focused")
        self.session.type("sol")
        self.app.wait("list item", re.compile("Solved"))
        self.session.key("Return")
        self.app.wait_gone("entry", "Search dispositions")
        self.app.wait("button", "Submit wrap-up").wait_state("sensitive")
        self.session.key("ctrl+Return")
        self.app.wait("label", "No work in hand")

    def hears(self, since):
        """Whom the headset plays: a set of people, "music", "ring"."""
        if self.headset.position() < since + WINDOW:
            return None
        samples = self.headset.samples(self.headset.position() - WINDOW)
        found = {name for name, hz in TONES.items() if wav.tone_level(samples, self.headset.rate, hz) > -36}
        return found or ({"ring" if wav.has_tone(samples, self.headset.rate, scenario.RING) else "sound"} if wav.level(samples) > -50 else set())


class Story(scene.Scene):
    def define(self):
        centre = self.centre
        centre["settings"].update(desk_grace_seconds=600, recording={"record": "always", "pause_seconds": 100, "pause_limit_seconds": 300,
                                                                     "days": 1})
        centre["variables"] = [test_features.variable("segment", "Segment", on_card=1), test_features.variable("town", "Town", on_card=2)]
        centre["queues"][0].update(ring_seconds=60)
        centre["entry_points"][0]["variables"] = [{"variable": "segment", "value": "Gold"}, {"variable": "town", "value": "Русе"}]
        centre["agents"][1].update(name=COLLEAGUE, queues=[])
        centre["agents"].append({"id": "carol", "name": "Carol", "language": "en", "team": "counter", "skills": [], "queues": []})
        super().define()
        self.daemon.set_password("carol")

    def telephone(self, person, *password):
        phone = sip.Phone(self.daemon.sip, "+33123456789" if person == "customer" else person, *password, hz=TONES[person], expires=900)
        self.addCleanup(phone.close)
        return phone

    def colleague(self, name):
        """One whose desk is no window."""
        agent = self.agent(name, phone=False, available=False)
        agent.telephone = self.telephone(name, agent.session["sip"]["password"])
        agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        agent.available()
        agent.wait_state("available")
        return agent

    def sounds(self, **wanted):
        """Until everybody hears whom he should, and nobody else."""
        began, got = {p: d.headset.position() for p, d in self.desks.items()}, {}
        since = time.monotonic()

        def as_wanted():
            for person in wanted:
                if person in self.desks:
                    got[person] = self.desks[person].hears(began[person])
                else:
                    got[person] = scenario.hears(self.phones[person], since)
            return all(got[p] == set(w.split()) for p, w in wanted.items())
        uidrive.until(lambda: "heard %s, not %s" % (got, wanted), as_wanted, every=0.1)


class Together(Story):
    def test_from_the_answer_to_the_wrap_up(self):
        pool = concurrent.futures.ThreadPoolExecutor()
        self.addCleanup(pool.shutdown)  # last: what a thread started ends with it
        self.desks = {agent: Place(self, agent) for agent in ("alice", "bob")}
        list(pool.map(Place.start, self.desks.values()))
        alice, bob = self.desks["alice"], self.desks["bob"]
        self.phones = {"customer": self.telephone("customer")}
        for one in (alice, bob):
            one.available()
        call = self.phones["customer"].call("8001")
        self.assertIn("Gold", alice.answer("^Incoming call"))
        self.sounds(alice="customer", customer="alice")
        self.consult_and_swap(alice, bob)
        self.conference(alice, bob)
        self.leave_and_wrap_up(alice, bob, call)
        self.hand_over(alice)

    def consult_and_swap(self, alice, bob):
        alice.pick("ctrl+shift+o", LETTERS, COLLEAGUE)
        alice.app.wait("label", "%s is asked for advice…" % COLLEAGUE)
        words = bob.answer("^Consult from Alice")
        for value in ("Gold", "Русе"):
            self.assertIn(value, words)
        alice.app.wait("panel", BOTH)
        bob.app.wait("panel", "Alice: In charge · talks with you")
        self.sounds(alice="bob", bob="alice", customer="music")
        alice.session.key("ctrl+h")
        alice.app.wait("panel", "%s: Consulted · on hold" % COLLEAGUE)
        self.sounds(alice="customer", customer="alice")
        alice.session.key("ctrl+shift+h")
        alice.app.wait("panel", BOTH)
        self.sounds(alice="bob", bob="alice", customer="music")

    def conference(self, alice, bob):
        alice.session.key("ctrl+shift+m")
        alice.app.wait("panel", "%s: In the conference" % COLLEAGUE)
        bob.app.wait("panel", "You: In the conference")
        self.sounds(alice="bob customer", bob="alice customer", customer="alice bob")
        alice.session.key("ctrl+m")
        alice.app.wait("button", "Unmute")
        self.sounds(alice="bob customer", bob="customer", customer="bob")
        alice.session.key("ctrl+m")
        alice.app.wait("button", "Mute")
        self.sounds(alice="bob customer", bob="alice customer", customer="alice bob")

    def leave_and_wrap_up(self, alice, bob, call):
        alice.session.key("ctrl+shift+l")
        bob.app.wait("label", "You are in charge of this call now.")
        self.sounds(bob="customer", customer="bob", alice="")
        bob.session.key("ctrl+shift+e")
        call.wait("over")
        for one in (alice, bob):
            one.wrap_up()

    def hand_over(self, alice):
        """An attended transfer to a colleague whom the directory finds."""
        carol = self.colleague("carol")
        self.phones["carol"] = carol.telephone
        alice.app.wait(None, re.compile("^Your state: Available"))
        call = self.phones["customer"].call("8005")
        alice.answer("^Incoming call")
        alice.pick("ctrl+shift+o", "aro", "Carol")
        self.phones["carol"].wait_call().answer()
        alice.app.wait("panel", "Carol: Consulted · talks with you")
        self.sounds(alice="carol", carol="alice", customer="music")
        alice.session.key("ctrl+shift+t")
        alice.app.wait("label", "No work in hand")
        self.sounds(alice="", carol="customer", customer="carol")
        call.hang_up()
        self.assertIn("carol:primary", self.roles(carol))

    def roles(self, agent):
        return ["%s:%s" % (p["agent"], p["role"]) for p in agent.wait_cause("role")["interaction"]["participations"]]


class Killed(Story):
    """The window dies; who talked goes on talking, and a new window is right again."""

    def seconds(self, caption):
        """What the timer with this caption shows."""
        label = self.alice.app.wait("label", re.compile(r"^%s \d+:\d\d$" % caption))
        minutes, seconds = re.search(r"(\d+):(\d\d)$", label.name).groups()
        return 60 * int(minutes) + int(seconds)

    def kill(self, caption, what, right, **sounds):
        """The window dies after three seconds of the timer, sounds are as they were, and all that is right stands in the new one."""
        uidrive.until(lambda: "%s does not last" % caption, lambda: self.seconds(caption) >= 3, every=0.2)
        began = time.monotonic() - 3
        self.alice.app.proc.kill()
        self.alice.app.proc.wait()
        self.sounds(**sounds)
        start = time.monotonic()
        app = self.alice.app = self.alice.play.open_guichet()
        for role, name in right:
            app.wait(role, name)
        took = time.monotonic() - start
        self.assertGreaterEqual(self.seconds(caption), int(start - began) - 1, "the timer began anew")
        self.took[what] = took
        self.alice.session.focus_window(app)

    def test_the_window_is_killed(self):
        puppet = desk.Puppet(scene.BUILD)  # for its keeper of secrets alone
        self.addCleanup(puppet.close)
        self.took = {}
        alice = self.alice = Place(self, "alice")
        self.desks = {"alice": alice}
        self.assertEqual(puppet.ask("secrets", alice.session.bus_address), "ok")
        alice.start()
        bob = self.colleague("bob")
        self.phones = {"customer": self.telephone("customer"), "bob": bob.telephone}
        alice.available()
        self.phones["customer"].call("8001")
        alice.answer("^Incoming call")
        self.on_hold()
        self.while_the_recording_pauses()
        self.in_consult_and_conference()
        sys.stderr.write("a plain start %.1f s, right again after %s\n" % (
            alice.opened, ", ".join("%s %.1f s" % one for one in self.took.items())))
        for what, took in self.took.items():  # two seconds, on a machine that does nothing else
            self.assertLess(took, 15 * max(alice.opened, 2), what)

    def on_hold(self):
        self.alice.session.key("ctrl+h")
        self.kill("On hold for", "a hold", (
            ("button", "Resume"), ("label", "Recording goes on after the hold"), ("label", re.compile("^In call for")),
            (None, re.compile("^Your state: Engaged"))), alice="", customer="music")
        self.alice.session.key("ctrl+h")
        self.alice.app.wait("button", "Hold")
        self.sounds(alice="customer", customer="alice")

    def while_the_recording_pauses(self):
        self.alice.app.wait("label", "This call is being recorded")
        self.alice.app.wait("button", "Pause recording").click()
        self.alice.app.wait("label", "Recording is paused")
        self.kill("In call for", "a pause of the recording", (
            ("label", "Recording is paused"), ("label", re.compile(r"^Recording resumes in [01]:\d\d")), ("button", "Resume recording")),
            alice="customer", customer="alice")
        self.alice.app.wait("button", "Resume recording").click()
        self.alice.app.wait("label", "This call is being recorded")

    def in_consult_and_conference(self):
        alice = self.alice
        alice.pick("ctrl+shift+o", LETTERS, COLLEAGUE)
        self.phones["bob"].wait_call().answer()
        alice.app.wait("panel", BOTH)
        self.kill("Consulting for", "a consult", (
            ("panel", BOTH), ("panel", re.compile(": Customer · on hold$")), ("button", "Transfer now"), ("button", "End consult")),
            alice="bob", bob="alice", customer="music")
        alice.session.key("ctrl+shift+m")
        alice.app.wait("panel", "%s: In the conference" % COLLEAGUE)
        self.kill("In conference for", "a conference", (
            ("panel", "You: In charge"), ("panel", "%s: In the conference" % COLLEAGUE), ("label", "This call is being recorded"),
            ("button", "Exit conference")), alice="bob customer", bob="alice customer", customer="alice bob")
        alice.session.key("ctrl+shift+e")
        alice.app.wait("button", "End the call").wait_state("focused")
        alice.session.key("Return")
        alice.app.wait("button", "Submit wrap-up")


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
