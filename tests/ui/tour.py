#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: a whole call, a missed one, one that the customer gives up, one of several people; then a web chat with a customer in a real browser, an SMS
through Kannel and a mail through Exim and Dovecot, in English, French and Bulgarian; on the real programs, driven as a person would.

    tests/ui/tour.py --build build --out demo-out [--acts calls,several,en,fr,bg]

Leaves pictures, recordings and tour.json, then has report.py judge them. Exit 0 only if everything happened.
"""
import argparse
import contextlib
import json
import os
import re
import shutil
import sys
import time
import urllib.parse

import numpy as np

import company
import evidence
import journal
import outside
import report
import stage
import uidrive
from stage import now, wav

sys.path.append(os.path.join(stage.TREE, "tests", "web"))
import browser  # noqa: E402
import written  # noqa: E402

TONE, DIGITS, NOTE = 660, "42#", "Billed twice; the second payment goes back."
SPEECH_RATE = 16000
LATE = 0.4  # seconds that sound may take through the house

TEXTS = {"available": "Your state: Available", "wrap_up": "Your state: Wrap-up", "rona": "Missed contact", "given_up": "hung up"}


class Tour:
    def __init__(self, play, build, folder):
        self.play, self.build, self.folder = play, build, folder
        self.log = {"steps": [], "spans": {}, "calls": {}, "texts": TEXTS, "tone": TONE, "digits": DIGITS, "recordings": {}, "written": {},
                    "said": {"agent": "agent-says.wav", "customer": "customer-says.wav"}}
        self.app = self.picture = self.heard = None
        self.contacts = 0

    def begin(self):
        """The number of a contact: they are counted as they come in."""
        self.contacts += 1
        return self.contacts

    # -- keeping what is seen and heard
    def step(self, name):
        """Something is reached: its picture and its words are kept."""
        at = now()
        shot = "%02d-%s.png" % (len(self.log["steps"]) + 1, re.sub(r"\W+", "-", name))
        uidrive.until("the picture stays as it was before the step %r" % name, self.has_moved)
        self.picture = evidence.Picture(self.play.session.screenshot(os.path.join(self.folder, shot), settle=False)).pixels
        self.log["steps"].append({"step": name, "at": at, "shot": shot, "screen": self.play.words()})
        print("%6.1f s  %s" % ((at - self.began) / 1000, name), flush=True)

    def has_moved(self):
        """What the window says of itself may be on the display a moment later."""
        self.play.session.settle(quiet=0.2, timeout=1.5)
        if self.picture is None:
            return True
        seen = np.frombuffer(self.play.session.pixels()[2], dtype=np.uint8).reshape(self.picture.shape)
        return np.any(seen != self.picture, axis=2).sum() >= report.MOVED

    @contextlib.contextmanager
    def span(self, name, seconds):
        """A stretch of sound, from when what was begun inside may be heard until the time is over."""
        begin = now()
        yield
        time.sleep(max(0, begin / 1000 + seconds - time.time()))
        self.log["spans"][name] = [begin + int(LATE * 1000), now()]

    def speech(self, person, lines):
        parts = [wav.load(os.path.join(self.build, "data", "demo", "%s-%s.wav" % (person, line)))[0] for line in lines]
        return np.concatenate(parts)

    def call(self, name, person, **more):
        """A customer calls; the card is waited for."""
        number = self.begin()
        with open(os.path.join(self.build, "data", "demo", "customers.json"), encoding="utf-8") as f:
            who = next(c for c in json.load(f)["customers"] if c["id"] == person)
        self.log["calls"][name] = {"call": number, "name": who["name"], "number": who["number"]}
        self.play.direct(do="call", person=person, quiet=True, **more)
        self.app.wait("button", re.compile("^Answer .*" + re.escape(who["name"])))
        self.step("card: " + name)
        return number

    # -- the acts
    def sign_in(self):
        self.play.session.move_mouse_away()
        self.app = self.play.open_guichet("--demo")
        self.app.wait(None, re.compile("^Your state: Available"))
        self.step("signed in")

    def talk(self):
        call = self.call("talked", "mireille")
        mic = self.play.pulse.play("mic", self.agent_says, SPEECH_RATE, loop=True)
        self.app.find("button", re.compile("^Answer ")).wait_state("sensitive").click()
        self.play.wait_customer(call, "connected")
        self.app.wait("button", "Hold")
        self.step("in the call")
        with self.span("agent speaks", 6):
            self.app.wait("button", "Create customer").click()
            self.app.wait("button", "Save customer").click()
            self.app.wait("button", "Edit customer")
        self.step("customer created")
        self.play.direct(do="say", call=call, line="matter")
        uidrive.until("the agent does not hear the customer", lambda: self.heard.wait(lambda s, _rate: wav.level(s) > -40, 0, 0.3))
        with self.span("customer speaks", len(self.customer_says) / SPEECH_RATE - LATE):
            pass
        self.tone(call, "customer's tone")
        self.hold(call)
        self.mute(call)
        self.key_digits(call)
        mic.stop()
        return call

    def tone(self, call, span):
        self.play.direct(do="tone", call=call, hz=TONE, db=-20, ms=2800)
        uidrive.until("the agent does not hear the tone", lambda: self.hears(TONE))
        with self.span(span, 2):
            pass

    def hears(self, hz):
        return self.heard.wait(lambda s, rate: wav.tone_level(s, rate, hz) > -40, 0, 0.3)

    def hold(self, call):
        self.play.session.key("ctrl+h")
        self.play.wait_customer(call, "held")
        self.app.wait("button", "Resume")
        self.step("held")
        with self.span("held", 5):
            self.play.direct(do="tone", call=call, hz=TONE, db=-20, ms=2000)
        self.app.find("button", "Resume").wait_state("sensitive").click()
        self.play.wait_customer(call, "resumed")
        self.app.wait("button", "Hold")
        self.step("resumed")
        with self.span("agent speaks again", 6):
            self.tone(call, "tone after hold")

    def mute(self, call):
        self.play.session.key("ctrl+m")
        self.app.wait("button", "Unmute")
        self.step("muted")
        with self.span("muted", 3.5):
            self.tone(call, "tone while muted")
        self.app.find("button", "Unmute").click()
        self.app.wait("button", "Mute")

    def key_digits(self, call):
        self.play.session.key("ctrl+k")
        for i, digit in enumerate(DIGITS):
            self.app.wait("button", {"#": "Hash", "*": "Star"}.get(digit, digit)).click()
            self.play.wait_customer(call, "dtmf", count=i + 1)
        self.step("keypad")
        self.play.session.key("Escape")
        self.app.wait_gone("button", "Hash")

    def wrap_up(self, call):
        self.play.session.key("ctrl+n")
        self.play.session.type(NOTE)
        self.app.wait("text", re.compile("^Notes")).wait_text(NOTE)
        self.step("noted")
        self.app.find("button", "End").click()
        self.play.wait_customer(call, "ended")
        self.app.wait("button", re.compile("^Submit"))
        self.step("wrap-up")
        self.choose("ctrl+d", "Search dispositions", "sol")
        self.choose("ctrl+t", "Search tags", "bil")
        self.step("chosen")
        self.app.find("button", re.compile("^Submit")).wait_state("sensitive").click()
        self.app.wait("label", "No work in hand")
        self.step("wrapped up")
        self.log["wrap_up"] = {"disposition": "solved", "tags": ["billing"], "note": NOTE}

    def choose(self, key, search, letters):
        """By keyboard alone: open the list, type three letters, take what is found."""
        self.play.session.key(key)
        self.app.wait("entry", re.compile(search)).wait_state("focused")
        self.play.session.type(letters + "\n")
        self.app.wait_gone(None, re.compile(search))

    def miss(self):
        call = self.call("missed", "ivan")
        self.app.wait(None, re.compile("Missed contact"))
        self.step("missed")
        self.play.direct(do="hang_up", call=call)
        self.play.wait_customer(call, "ended")
        self.app.wait("button", "Available").click()
        self.app.wait_gone(None, re.compile("Missed contact"))
        self.step("available again")

    def give_up(self):
        call = self.call("given up", "luc")
        self.play.direct(do="hang_up", call=call)
        self.app.wait_gone("button", re.compile("^Answer "))
        self.app.wait(None, re.compile("hung up"))
        self.step("taken back")

    # -- the whole
    def run(self, acts, chromium, around):
        self.began = now()
        self.agent_says = self.speech("georges", ("matter", "more1", "more3"))
        self.customer_says = self.speech("mireille", ("matter",))
        for who, samples in (("agent", self.agent_says), ("customer", self.customer_says)):
            wav.save(os.path.join(self.folder, who + "-says.wav"), samples, SPEECH_RATE)
        try:
            self.sign_in()
            if "calls" in acts:
                self.calls()
            if "several" in acts:
                company.Company(self).play_act()
            for language in written.CUSTOMERS:
                if language in acts:
                    written.Written(self, language, chromium, around).play()
        finally:
            self.keep()

    def calls(self):
        heard = self.heard = self.play.pulse.capture("headset")
        started = now() - int(heard.position() * 1000)
        try:
            self.wrap_up(self.talk())
            self.miss()
            self.give_up()
        finally:
            heard.save(os.path.join(self.folder, "agent-heard.wav"))
            self.log["recordings"]["agent"] = {"file": "agent-heard.wav", "started": started}

    def notes(self):
        """The text of each participation's note, from what the centre keeps of the customer."""
        if "talked" not in self.log["calls"]:
            return {}
        number = urllib.parse.quote(self.log["calls"]["talked"]["number"])
        found = self.play.look_up("/v1/customers?number=" + number)["customers"]
        kept = json.loads(self.play.ctl("customer", "export", found[0]["id"])) if found else {}
        with open(os.path.join(self.folder, "customer.json"), "w", encoding="utf-8") as f:
            json.dump(kept, f, indent=1, ensure_ascii=False)
        return {n["participation"]: n["text"] for i in kept.get("interactions", []) for n in i.get("notes", [])}

    def keep_customer(self, call, name):
        """What the customer of a call heard."""
        first, hears = (self.play.customer_events(call, event)[:1] for event in ("dialling", "hears"))
        if first and hears:
            self.log["recordings"][name] = {"file": os.path.basename(first[0]["recording"]), "started": int(hears[0]["since"])}

    def keep(self):
        """What customers and centre say happened, in report.py's form."""
        log = self.log
        log["customers"] = self.play.events
        if "talked" in log["calls"]:
            self.keep_customer(log["calls"]["talked"]["call"], "customer")
        try:
            text = self.play.ctl("journal")
            with open(os.path.join(self.folder, "journal.jsonl"), "w", encoding="utf-8") as f:
                f.write(text)
            events = [json.loads(line) for line in text.splitlines()]
            log["journal"] = journal.facts(events, self.notes())
        finally:
            with open(os.path.join(self.folder, "tour.json"), "w", encoding="utf-8") as f:
                json.dump(log, f, indent=1, ensure_ascii=False)


def open_around(stack, options):
    """What customers write with; raises with plain words where something is missing."""
    if not set(options.acts) & set(written.CUSTOMERS):
        return None, None
    outside.check_installed()
    try:
        return stack.enter_context(browser.Browser(options.build)), stack.enter_context(outside.Outside(options.build, [
            who.mailbox for who in written.CUSTOMERS.values()]))
    except (AssertionError, OSError) as e:
        raise outside.Missing("what customers write with does not start: %s" % e) from e


def play(options, stack):
    chromium, around = open_around(stack, options)

    def define(centre):
        if around:
            around.define(centre)
        next(q for q in centre["queues"] if q["id"] == "support_bg")["ring_seconds"] = 10  # Ivan's, who is missed
    stage_ = stack.enter_context(stage.Stage(options.build, options.out, env=around.env if around else None, block=10, define=define))
    try:
        Tour(stage_, options.build, options.out).run(options.acts, chromium, around)
    except (uidrive.UIError, RuntimeError, browser.Failed, AssertionError):
        if stage_.app is not None:
            stage_.session.screenshot(os.path.join(options.out, "stopped.png"))
        raise
    finally:
        if stage_.app is not None:
            with open(os.path.join(options.out, "guichet.log"), "w", encoding="utf-8") as f:
                f.write("".join(app.output() for app in stage_.session.apps))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--out", default="demo-out")
    parser.add_argument("--acts", default=report.ACTS, type=lambda text: text.split(","))
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    os.makedirs(options.out)
    try:
        with contextlib.ExitStack() as stack:
            play(options, stack)
    except (outside.Missing, uidrive.UIError, RuntimeError, AssertionError, OSError) as e:
        print("tour: %s" % e, file=sys.stderr)
        return 1
    return report.main(["report", options.out, *options.acts])


if __name__ == "__main__":
    sys.exit(main())
