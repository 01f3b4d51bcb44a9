#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour's report believes nothing: it holds for a good tour and fails for a silent recording, a frozen picture, a missing
digit, an answer that the phone or the mailbox never got, and every other thing that did not happen.

Speech is made up: a hum that glides and pauses, of a pitch and rhythm of its own.
"""
import copy
import functools
import hashlib
import json
import os
import shutil
import struct
import sys
import tempfile
import unittest
import zlib

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import evidence  # noqa: E402
import letters  # noqa: E402
import materials  # noqa: E402
import outside  # noqa: E402
import report  # noqa: E402
import wav  # noqa: E402

RATE = 16000
T0 = 1_700_000_000_000
TONE = 660
STEPS = ["start", "signed in", "card: talked", "in the call", "held", "resumed", "keypad", "wrap-up", "wrapped up", "card: missed",
         "missed", "card: given up", "taken back"]
WRITTEN = ["card: chat", "chat: customer types", "chat: answered", "chat: wrap-up", "chat: wrapped up", "card: SMS", "SMS: accepted",
           "SMS: delivered", "SMS: wrap-up", "SMS: wrapped up", "card: mail", "mail: accepted", "mail: quotes shown", "mail: answered",
           "mail: wrap-up", "mail: wrapped up"]
CHAT = [["customer", "Hello?"], ["agent", "Good day."]]
SEVERAL = ["card: several", "recorded", "recording paused", "clip played", "consulting", "conference", "given away"]
# The languages of a tour, and where its contacts stand in the journal: four calls come before.
PLACES = {"en": 5, "fr": 8, "bg": 11}
PHONE = """2026-11-21 16:17:31 [1] [0] INFO: fakesmsc: sent message 1
2026-11-21 16:17:34 [1] [0] INFO: Got message 1: <+33199000001 +33639980118 text Yes it is>
"""
REPLY = """From: Shop <shop@centre.example>
To: Gwen <gwen@customers.example>
Subject: Re: A chair
In-Reply-To: <1@customers.example>
References: <1@customers.example>
Content-Type: text/plain; charset=utf-8

Good day,
we send another.

Gwen wrote:
> The chair is broken.
>
>> Your order has left.
"""
# What happens when, in seconds after the start of the recordings: spans of the tour.
SPANS = {"customer speaks": (1, 5), "customer's tone": (5, 7), "agent speaks": (7, 12), "held": (14, 20), "tone after hold": (22, 24),
         "agent speaks again": (24, 29), "muted": (30, 34), "tone while muted": (31, 33),
         "said in the pause": (4, 6), "clip": (7, 9), "consult": (10, 15), "conference": (16, 18), "given away": (19, 21)}
# Who hears which tones in the call of several, and when.
TONES = {"before": 660, "paused": 1900, "after": 990, "conference": 760, "clip": 1500, "colleague": 1250}
HEARD = {"agent": [("paused", 3.5, 6.5), ("clip", 6.5, 9.5), ("colleague", 10, 18), ("conference", 15.5, 18)],
         "customer": [("clip", 6.5, 9.5), ("colleague", 16, 21.5)],
         "colleague": [("conference", 15.5, 18), ("after", 18.5, 21.5)], "recorded": [("before", 1, 3), ("after", 7, 9)]}


def remembered(judge):
    """The same sound is judged once: a change leaves most of a tour as it was."""
    known = {}

    @functools.wraps(judge)
    def once(samples, *args):
        key = hashlib.blake2b(np.ascontiguousarray(samples)).digest(), args
        if key not in known:
            known[key] = judge(samples, *args)
        return known[key]
    return once


def setUpModule():
    wav.tone_level = remembered(wav.tone_level)
    evidence.voice_pitch = remembered(evidence.voice_pitch)


def speech(seed, hz, seconds):
    """Something like a voice: harmonics of a gliding pitch in syllables with gaps."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(seconds * RATE)) / RATE
    glide = hz * (1 + 0.06 * np.sin(2 * np.pi * 0.9 * t + seed) + 0.03 * np.sin(2 * np.pi * 2.3 * t))
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    voice = sum(np.sin(h * phase) / h for h in range(1, 9))
    envelope = np.zeros(len(t))
    at = 0
    while at < len(t):
        n = int(RATE * rng.uniform(0.10, 0.28))
        envelope[at:at + n] = (np.hanning(n) * rng.uniform(0.4, 1.0))[:len(envelope[at:at + n])]
        at += n + int(RATE * rng.choice([0.02, 0.06, 0.25]))
    return 0.12 * voice * envelope


def music(seconds):
    t = np.arange(int(seconds * RATE)) / RATE
    return sum(0.04 * np.sin(2 * np.pi * f * t) for f in (262, 330, 392))


def png(path, seed):
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 255, (60, 80, 3), dtype=np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 80, 60, 8, 2, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def lay(whole, at, part):
    n = min(len(part), len(whole) - int(at * RATE))
    whole[int(at * RATE):int(at * RATE) + n] = part[:n]


def loop(part, seconds):
    return np.tile(part, 1 + int(seconds * RATE / len(part)))[:int(seconds * RATE)]


def at(seconds):
    return T0 + int(seconds * 1000)


def good_tour(folder):
    """Everything that a tour leaves when all of it happened."""
    agent_says, customer_says = speech(1, 110, 6), speech(2, 210, 4)
    agent_hears, customer_hears = np.zeros(40 * RATE), np.zeros(40 * RATE)
    lay(agent_hears, 1, customer_says)
    lay(customer_hears, 7, loop(agent_says, 5))
    lay(customer_hears, 13, music(9))
    lay(customer_hears, 24, loop(agent_says, 5))
    for begin in (5, 22, 31):
        lay(agent_hears, begin, wav.tone(TONE, 2, RATE))
    for name, samples in (("agent.wav", agent_hears), ("customer.wav", customer_hears), ("agent-says.wav", agent_says),
                          ("customer-says.wav", customer_says)):
        wav.save(os.path.join(folder, name), samples, RATE)
    steps = []
    for i, name in enumerate(STEPS):
        png(os.path.join(folder, "%d.png" % i), i)
        steps.append({"step": name, "at": at(i * 3), "shot": "%d.png" % i,
                      "screen": ["Available", "Mireille Perrin", "Wrap-up", "Missed call", "hung up", "Gwen", "Gwen is typing…", "Hello?",
                                 "Good day.", "Read"]})
    customers = [{"event": e, "call": c, "at": at(s), **more} for c, e, s, more in (
        (1, "dialling", 0, {}), (1, "answered", 0.1, {}), (1, "connected", 1, {}), (1, "held", 13, {}), (1, "resumed", 21, {}),
        (1, "dtmf", 35, {"digit": "4"}), (1, "dtmf", 35.2, {"digit": "2"}), (1, "dtmf", 35.4, {"digit": "#"}),
        (1, "ended", 36, {"reason": "remote_hangup"}), (3, "dialling", 30, {}), (3, "hangs_up", 34, {}))]
    offered = {"talked": at(6), "missed": at(27), "given up": at(33)}
    journal = [{"call": 1, "type": "offered", "at": offered["talked"]}, {"call": 1, "type": "accepted", "at": at(7)},
               {"call": 1, "type": "held", "at": at(13)}, {"call": 1, "type": "resumed", "at": at(21)},
               {"call": 1, "type": "wrap_up_started", "at": at(21)},
               {"call": 1, "type": "wrapped_up", "at": at(24), "disposition": "solved", "tags": ["refund"], "note": "Paid twice."},
               {"call": 2, "type": "offered", "at": offered["missed"]},
               {"call": 2, "type": "missed", "reason": "no_answer", "at": at(30)},
               {"type": "state", "state": "available", "at": at(31)}, {"call": 3, "type": "offered", "at": offered["given up"]},
               {"call": 3, "type": "withdrawn", "reason": "customer_left", "at": at(34)}]
    return {"steps": steps, "customers": customers, "journal": journal, "tone": TONE, "digits": "42#",
            "recordings": {"agent": {"file": "agent.wav", "started": T0}, "customer": {"file": "customer.wav", "started": T0}},
            "said": {"agent": "agent-says.wav", "customer": "customer-says.wav"},
            "spans": {k: [at(a), at(b)] for k, (a, b) in SPANS.items()},
            "calls": {c: {"call": i, "name": "Mireille Perrin"} for i, c in enumerate(("talked", "missed", "given up"), 1)},
            "texts": {"available": "Available", "wrap_up": "Wrap-up", "rona": "Missed call", "given_up": "hung up"},
            "wrap_up": {"disposition": "solved", "tags": ["refund"], "note": "Paid twice."}, "written": {}}


def call_several(folder, log):
    """What a call of several leaves."""
    sounds = {}
    for who, tones in HEARD.items():
        sounds[who] = np.zeros(23 * RATE)
        for name, begin, end in tones:
            part = wav.tone(TONES[name], end - begin, RATE)
            sounds[who][int(begin * RATE):int(begin * RATE) + len(part)] += part
    lay(sounds["customer"], 9.5, music(6.5))
    said, _rate = wav.load(os.path.join(folder, "agent-says.wav"))
    lay(sounds["colleague"], 9.5, loop(said, 6))
    for who, samples in sounds.items():
        wav.save(os.path.join(folder, who + "-several.wav"), samples, RATE)
        name = {"colleague": who}.get(who, who + ", several")
        log["recordings"][name] = {"file": who + "-several.wav", "started": T0}
    for name in SEVERAL:
        i = len(log["steps"])
        png(os.path.join(folder, "%d.png" % i), i)
        log["steps"].append({"step": name, "at": at(i * 3), "shot": "%d.png" % i,
                             "screen": ["This call is being recorded", "Recording is paused", "Bruno Keller", "Wrap-up"]})
    log["calls"]["several"] = {"call": 4, "name": "Élise Faure"}
    log["journal"] += [{"call": 4, "type": kind, "at": at(s), **more} for s, kind, more in (
        (4, "paused", {}), (6, "recording_resumed", {}), (7, "clip", {}), (10, "joined", {"agent": "bruno", "part": "consulted"}),
        (15, "role", {"agent": "bruno", "part": "conferenced"}), (18, "joined", {"agent": "bruno", "part": "primary"}),
        (18, "wrap_up_started", {}))]
    log["several"] = {"colleague": "bruno", "name": "Bruno Keller", "tones": TONES, "recorded": "recorded-several.wav",
                      "texts": {"recorded": "This call is being recorded", "paused": "Recording is paused"}}


def write(folder, log, language):
    """What a chat, an SMS and a mail leave."""
    for name in WRITTEN:
        i = len(log["steps"])
        png(os.path.join(folder, "%d.png" % i), i)
        folded = name.endswith(("accepted", "answered"))
        log["steps"].append({"step": name if language == "en" else "%s %s" % (language, name), "at": at(i * 3), "shot": "%d.png" % i, "screen": [
            "Gwen", "Gwen is typing…", "Hello?", "Good day.", "Read", "+33639980118", "Is it you?", "Yes it is", "Delivered", "A chair",
            "The chair is broken.", "Good day,\nwe send another.", "Sent", *([] if folded else ["> Your order has left."])]})
    said = {"chat": [author for author, _text in CHAT], "sms": ["customer", "agent"], "mail": ["customer", "agent"]}
    for call, authors in enumerate(said.values(), PLACES[language]):
        log["journal"] += [{"call": call, "type": kind, "at": at(36 + i), **more} for i, (kind, more) in enumerate((
            ("offered", {}), ("accepted", {}), *(("message", {"author": author}) for author in authors), ("wrap_up_started", {}),
            ("wrapped_up", {"disposition": "solved"})))]
    return {"steps": steps, "customers": customers, "journal": journal, "tone": TONE, "digits": "42#",
            "recordings": {"agent": {"file": "agent.wav", "started": T0}, "customer": {"file": "customer.wav", "started": T0}},
            "said": {"agent": "agent-says.wav", "customer": "customer-says.wav"},
            "spans": {k: [at(a), at(b)] for k, (a, b) in SPANS.items()},
            "calls": {c: {"call": i, "name": "Mireille Perrin"} for i, c in enumerate(("talked", "missed", "given up"), 1)},
            "texts": {"available": "Available", "wrap_up": "Wrap-up", "rona": "Missed call", "given_up": "hung up"},
            "wrap_up": {"disposition": "solved", "tags": ["refund"], "note": "Paid twice."}, "written": {}}


def write(folder, log, language):
    """What a chat, an SMS and a mail leave."""
    for name in WRITTEN:
        i = len(log["steps"])
        png(os.path.join(folder, "%d.png" % i), i)
        folded = name.endswith(("accepted", "answered"))
        log["steps"].append({"step": name if language == "en" else "%s %s" % (language, name), "at": at(i * 3), "shot": "%d.png" % i, "screen": [
            "Gwen", "Gwen is typing…", "Hello?", "Good day.", "Read", "+33639980118", "Is it you?", "Yes it is", "Delivered", "A chair",
            "The chair is broken.", "Good day,\nwe send another.", "Sent", *([] if folded else ["> Your order has left."])]})
    said = {"chat": [author for author, _text in CHAT], "sms": ["customer", "agent"], "mail": ["customer", "agent"]}
    for call, authors in enumerate(said.values(), PLACES[language]):
        log["journal"] += [{"call": call, "type": kind, "at": at(36 + i), **more} for i, (kind, more) in enumerate((
            ("offered", {}), ("accepted", {}), *(("message", {"author": author}) for author in authors), ("wrap_up_started", {}),
            ("wrapped_up", {"disposition": "solved"})))]
    page = {"typing": "Dana is writing…", "messages": ["Hello?", "Good day."], "read": 1,
            "transcript": "[1]\nGwen\nHello?\n\n[2]\nDana\nGood day.\n"}
    phone, mailbox = "phone-%s.log" % language, "mailbox-%s" % language
    with open(os.path.join(folder, phone), "w", encoding="utf-8") as f:
        f.write(PHONE)
    os.mkdir(os.path.join(folder, mailbox))
    with open(os.path.join(folder, mailbox, "1.eml"), "w", encoding="utf-8") as f:
        f.write(REPLY)
    first = {"disposition": "solved", "call": PLACES[language]}
    log["written"][language] = {
        "chat": {**first, "name": "Gwen", "agent": "Dana", "typing": "Gwen is typing…", "read": "Read", "page": page, "messages": CHAT},
        "sms": {**first, "call": first["call"] + 1, "number": "+33639980118", "ours": "+33199000001", "phone": phone, "asks": "Is it you?",
                "answer": "Yes it is", "delivered": "Delivered"},
        "mail": {**first, "call": first["call"] + 2, "name": "Gwen", "address": "gwen@customers.example", "ours": "shop@centre.example",
                 "id": "1@customers.example", "subject": "A chair", "asks": "The chair is broken.", "quoted": "Shop wrote:\n> Your order has left.",
                 "answer": "Good day,\nwe send another.", "mailbox": mailbox, "sent": "Sent"}}


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.good = tempfile.mkdtemp(prefix="guichet-tour-")
        cls.log = good_tour(cls.good)
        call_several(cls.good, cls.log)
        for language in PLACES:
            write(cls.good, cls.log, language)
        with open(os.path.join(cls.good, "tour.json"), "w", encoding="utf-8") as f:
            json.dump(cls.log, f)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.good)

    def holds(self, kind, change=None, language="en"):
        """One fact of what was written, which needs no recordings."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("phone-%s.log" % language, "mailbox-%s" % language):
                path = os.path.join(self.good, name)
                (shutil.copytree if os.path.isdir(path) else shutil.copy)(path, os.path.join(folder, name))
            log = copy.deepcopy(self.log)
            if change:
                change(folder, log)
            tour = materials.Tour(self.good)
            tour.folder, tour.log, tour.steps = folder, log, {s["step"]: s for s in log["steps"]}
            try:
                return bool({"chat": letters.chatted, "sms": letters.texted, "mail": letters.mailed}[kind](tour, language))
            except (materials.Fact, OSError):
                return False

    def failures(self, change=None, log=None, acts=()):
        """Names of the facts, of these acts alone if there are any, that fail after a change to the good tour's folder or log."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(self.good, folder, dirs_exist_ok=True)
            log = copy.deepcopy(log or self.log)
            if change:
                change(folder, log)
            with open(os.path.join(folder, "tour.json"), "w", encoding="utf-8") as f:
                json.dump(log, f)
            code = report.main(["report", folder, *acts])
            with open(os.path.join(folder, "report.json"), encoding="utf-8") as f:
                facts = json.load(f)
            failed = [f["fact"] for f in facts["facts"] if not f["holds"]]
            self.assertEqual(code, 1 if failed else 0)
            self.assertEqual(facts["holds"], not failed)
            return failed

    def patch(self, name, at_s, until, samples):
        """A change that puts other sound into a recording."""
        def change(folder, _log):
            path = os.path.join(folder, name)
            whole, rate = wav.load(path)
            whole = whole.copy()
            whole[int(at_s * rate):int(until * rate)] = 0
            lay(whole, at_s, samples)
            wav.save(path, whole, rate)
        return change

    def test_good(self):
        self.assertEqual(self.failures(), [])

    def test_silent_recordings(self):
        self.assertEqual(self.failures(self.patch("agent.wav", 0, 40, np.zeros(0))), ["both_ways", "resumed", "muted"])
        self.assertEqual(self.failures(self.patch("customer.wav", 0, 40, np.zeros(0))), ["both_ways", "held", "resumed"])

    def test_wrong_sound(self):
        other = speech(7, 110, 6)
        self.assertEqual(self.failures(self.patch("customer.wav", 7, 12, loop(other, 5))), ["both_ways"])
        self.assertEqual(self.failures(self.patch("agent.wav", 5, 7, wav.tone(500, 2, RATE))), ["both_ways"])
        self.assertEqual(self.failures(self.patch("agent.wav", 22, 24, wav.tone(TONE, 2, RATE, -60))), ["resumed"])

    def test_every_sound_of_a_call_of_several_matters(self):
        """Taken away, it is missed by the fact that it proves."""
        for who, begin, end, facts in (
                ("agent", 3, 6.5, ["recording_paused"]), ("recorded", 0, 4, ["recording_paused"]), ("recorded", 6, 10, ["recording_paused"]),
                ("agent", 6.5, 9.5, ["clip_played"]), ("customer", 6.5, 9.5, ["clip_played"]), ("agent", 9.5, 15.5, ["consulted"]),
                ("colleague", 9.5, 15.5, ["consulted"]), ("customer", 9.5, 15.5, ["consulted"]), ("agent", 15.5, 18.5, ["conferred"]),
                ("customer", 15.5, 18.5, ["conferred"]), ("colleague", 15.5, 18.5, ["conferred"]), ("customer", 18.5, 22, ["transferred"]),
                ("colleague", 18.5, 22, ["transferred"])):
            self.assertEqual(self.failures(self.patch(who + "-several.wav", begin, end, np.zeros(0)), acts=["several"]), facts, (who, begin))

    def test_what_nobody_should_hear_in_a_call_of_several(self):
        said, _rate = wav.load(os.path.join(self.good, "agent-says.wav"))
        for who, begin, sound, facts in (
                ("recorded", 5, wav.tone(TONES["paused"], 0.5, RATE, -40), ["recording_paused"]),
                ("customer", 9.5, loop(said, 6), ["consulted"]), ("agent", 19.5, wav.tone(TONES["after"], 1, RATE), ["transferred"])):
            self.assertEqual(self.failures(self.patch(who + "-several.wav", begin, begin + len(sound) / RATE, sound), acts=["several"]), facts, who)

    def test_what_the_agent_saw_of_a_call_of_several(self):
        for step in ("recorded", "recording paused", "consulting", "given away"):
            def blank(_folder, log, step=step):
                next(s for s in log["steps"] if s["step"] == step)["screen"] = []
            self.assertEqual(len(self.failures(blank, acts=["several"])), 1, step)

    def test_hold_leaks(self):
        said, _rate = wav.load(os.path.join(self.good, "agent-says.wav"))
        self.assertEqual(self.failures(self.patch("customer.wav", 13, 21, loop(said, 8))), ["held"])
        self.assertEqual(self.failures(self.patch("agent.wav", 16, 17, wav.tone(300, 1, RATE))), ["held"])
        self.assertEqual(self.failures(self.patch("customer.wav", 13, 21, np.zeros(0))), ["held"])

    def test_mute_leaks(self):
        said, _rate = wav.load(os.path.join(self.good, "agent-says.wav"))
        self.assertEqual(self.failures(self.patch("customer.wav", 30, 34, loop(said, 4))), ["muted"])

    def test_a_card_that_was_not_seen_while_its_offer_stood(self):
        for seconds in (20, 31):
            def elsewhen(_folder, log, seconds=seconds):
                next(s for s in log["steps"] if s["step"] == "card: missed")["at"] = at(seconds)
            self.assertEqual(self.failures(elsewhen), ["card_shown"], seconds)

    def test_missing_digit(self):
        def drop(_folder, log):
            log["customers"] = [e for e in log["customers"] if e.get("digit") != "2"]
        self.assertEqual(self.failures(drop), ["keyed"])

    def test_frozen_picture(self):
        def freeze(folder, _log):
            shutil.copy(os.path.join(folder, "4.png"), os.path.join(folder, "5.png"))
        self.assertEqual(self.failures(freeze), ["pictures"])

    def test_missing_picture(self):
        self.assertEqual(self.failures(lambda folder, _log: os.remove(os.path.join(folder, "6.png"))), ["pictures"])

    def test_each_entry_of_the_journal_matters(self):
        for i, entry in enumerate(self.log["journal"]):
            def drop(_folder, log, i=i):
                del log["journal"][i]
            kind = self.kinds().get(entry.get("call"))
            if kind:
                self.assertFalse(self.holds(kind[1], drop, kind[0]), entry)
            else:
                self.assertTrue(self.failures(drop, acts=["several"] if entry.get("call") == 4 else ["calls"]), entry)

    def kinds(self):
        """Of a contact in the journal: its language and what it is, where it is written."""
        return {first + i: (language, kind) for language, first in PLACES.items() for i, kind in enumerate(("chat", "sms", "mail"))}

    def test_words_on_the_screen(self):
        for step in ("signed in", "card: talked", "card: missed", "wrap-up", "missed", "taken back"):
            def blank(_folder, log, step=step):
                next(s for s in log["steps"] if s["step"] == step)["screen"] = []
            self.assertTrue(self.failures(blank), step)

    def test_what_the_agent_saw_of_what_was_written(self):
        needed = {"chat": ("card: chat", "chat: customer types", "chat: answered"), "sms": ("card: SMS", "SMS: accepted", "SMS: delivered"),
                  "mail": ("card: mail", "mail: accepted", "mail: quotes shown", "mail: answered")}
        for kind, steps in needed.items():
            self.assertTrue(self.holds(kind))
            for step in steps:
                def blank(_folder, log, step=step):
                    next(s for s in log["steps"] if s["step"] == step)["screen"] = []
                self.assertFalse(self.holds(kind, blank), step)

    def test_what_the_customer_saw_of_the_chat(self):
        for what, value in (("typing", ""), ("messages", ["Hello?"]), ("messages", ["Good day.", "Hello?"]), ("read", 0),
                            ("transcript", "Gwen\nHello?\n"), ("transcript", "Dana\nGood day.\n\nGwen\nHello?\n")):
            def change(_folder, log, what=what, value=value):
                log["written"]["en"]["chat"]["page"][what] = value
            self.assertFalse(self.holds("chat", change), what)

    def test_what_the_phone_got(self):
        """Nothing, something else, from another number, for another, twice; or the log is not there."""
        got = PHONE.split("\n")[1]
        for lines in ("", got.replace("it is", "it"), got.replace("99000001", "99000002"), got.replace("980118", "980119"), got + "\n" + got,
                      None):
            def change(folder, _log, lines=lines):
                path = os.path.join(folder, "phone-en.log")
                os.remove(path)
                if lines is not None:
                    with open(path, "w", encoding="utf-8") as f:
                        f.write(lines + "\n")
            self.assertFalse(self.holds("sms", change), lines)

    def test_what_the_mailbox_got(self):
        """Nothing, a mail that is no answer, to nothing of hers, from somebody else, without the answer or the question; or twice."""
        for mails in ([], [REPLY, REPLY], [REPLY.replace("In-Reply-To", "X-Reply")], [REPLY.replace("References: <1@", "References: <2@")],
                      [REPLY.replace("shop@", "sales@")], [REPLY.replace("gwen@", "ravi@")], [REPLY.replace("Re: A chair", "A chair")],
                      [REPLY.replace("another", "none")], [REPLY.replace("broken", "blue")]):
            def change(folder, _log, mails=mails):
                box = os.path.join(folder, "mailbox-en")
                os.remove(os.path.join(box, "1.eml"))
                for i, text in enumerate(mails):
                    with open(os.path.join(box, "%d.eml" % i), "w", encoding="utf-8") as f:
                        f.write(text)
            self.assertFalse(self.holds("mail", change), mails)
        self.assertTrue(self.holds("mail"))

    def test_quotes_that_are_not_folded(self):
        def unfold(_folder, log):
            next(s for s in log["steps"] if s["step"] == "mail: accepted")["screen"].append("> Your order has left.")
        self.assertFalse(self.holds("mail", unfold))

    def test_an_act_that_was_not_played(self):
        for language in PLACES:
            def drop(_folder, log, language=language):
                del log["written"][language]
            self.assertEqual(self.failures(drop), ["%s_%s" % (fact, language) for fact in ("chatted", "texted", "mailed")])

    def test_a_mail_server_that_is_not_there_is_named(self):
        outside.check_installed(outside.PROGRAMS[:0])
        with self.assertRaisesRegex(outside.Missing, "^e-mail goes through Dovecot, which is not installed .* dovecot-imapd.*: run tools/install"):
            outside.check_installed([("/nowhere", *p[1:]) if p[2] == "Dovecot" else ("/bin/sh", *p[1:]) for p in outside.PROGRAMS])

    def test_other_wrap_up(self):
        for what, value in (("disposition", "other"), ("tags", []), ("note", "")):
            def change(_folder, log, what=what, value=value):
                next(e for e in log["journal"] if e["type"] == "wrapped_up")[what] = value
            self.assertEqual(self.failures(change), ["wrapped_up"], what)


if __name__ == "__main__":
    unittest.main()
