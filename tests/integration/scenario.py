# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a scenario of scenarios.py: people do what its words say, each on a telephone and a desk of its own, and after every
step it is measured who hears whom, and held against the desks who has which part. Several scenarios run at once beside one
centre, each with agents, a queue and numbers of its own.

A step is (actions, sounds, parts). Actions are parted by ";": "X consults Y", "Y answers", "alice holds"; the table ACTIONS has
all. One that ends in "= CODE" has to be refused with it.
Sounds (several: one of these; None: not measured): "alice+bob" hear each other, "alice+-bob" likewise but that bob is not heard; "customer~music" and "alice~ring" hear that
and nobody; whoever else has a call hears nothing.
Parts: "alice:primary bob:consulted/held" are all that are open, as every desk that shows the call was told."""

import collections
import contextlib
import os
import re
import tempfile
import threading
import time

import api
import opus
import programs
import refusals
import rtp
import sip
import wav
from test_attachments import exchange

AGENTS = ("alice", "bob", "carol", "dave", "eve", "frank", "grace", "heidi")
OUTSIDE = ("outside", "other", "far")
PEOPLE = AGENTS + ("customer",) + OUTSIDE
TONES = {name: 1500 + 150 * i for i, name in enumerate(PEOPLE)}
RING = 425
BEEP = 800
WINDOW = 0.32
DEADLINE = api.DEADLINE


QUEUES = ("plain", "wrap", "second", "gone")
SUPERVISORS = ("grace", "heidi")
SUPERVISION = {"listens to": "listen", "whispers to": "whisper", "joins": "barge", "takes over from": "take_over"}


def number_of(queue, number):
    return "8%d%d" % (number, QUEUES.index(queue))


def direct_number(person, number):
    return "7%d%02d" % (number, AGENTS.index(person))


def outside_number(person, number):
    return "+3360000%d%03d" % (OUTSIDE.index(person), number)


def far_number(entry, number):
    return "89%d%d" % (number, ("far", "first").index(entry))


def is_told(got, wanted):
    return got >= 300 if wanted == "refused" else got == int(wanted)


class Line:
    """A telephone outside, one of those behind the trunk."""

    def __init__(self, exchange, user):
        self.user, self.calls, self.changed, self.trace = user, [], exchange.changed, exchange.trace

    wait_call, current, close_calls = sip.Phone.wait_call, sip.Phone.current, sip.Phone.close_calls

    def close(self):
        self.close_calls()


class Exchange(sip.Phone):
    """The trunk's other end."""

    def __init__(self):
        super().__init__("127.0.0.1:9", "exchange", on_call=self.route)
        self.lines = {}

    def line(self, number, hz):
        self.lines[number] = Line(self, number), hz
        return self.lines[number][0]

    def route(self, call):
        found = self.lines.get(sip.address(call.invite["to"]).split(":")[1].split("@")[0])
        if found is None:
            call.refuse(404)
            return
        line, hz = found
        call.sound.say(hz)
        call.progress()
        with self.changed:
            line.calls.append(call)


class Desk(api.Agent):
    """What an agent's desk shows, made of nothing but what its stream told."""

    def begin(self):
        self.sign_in()
        self.again()

    def again(self):
        """With the same session, when guichetd is back."""
        shown = self.desk()
        self.calls = {i["id"]: i for i in shown["interactions"]}
        self.shown = shown["state"]
        self.parked = shown["parked"]
        self.offers = {o["id"]: o["interaction"] for o in shown["offers"]}
        self.seen = len(self.events)
        self.listen()

    def look(self):
        """Takes in what came; the caller has the lock."""
        for event in self.events[self.seen:]:
            if event["type"] == "interaction.changed":
                self.calls[event["interaction"]["id"]] = event["interaction"]
            elif event["type"] == "interaction.closed":
                self.calls.pop(event["interaction"], None)
            elif event["type"] == "offer.created":
                self.offers[event["offer"]["id"]] = event["offer"]["interaction"]
            elif event["type"] == "offer.ended":
                self.offers.pop(event["offer"], None)
            elif event["type"] == "parked.changed":
                self.parked = event["parked"]
            elif event["type"] == "agent.state_changed":
                self.shown = event["state"]
        self.seen = len(self.events)

    def until(self, what, fits):
        deadline = time.monotonic() + DEADLINE
        with self.changed:
            while True:
                self.look()
                value = fits()
                if value:
                    return value
                left = deadline - time.monotonic()
                if left <= 0 or self.closed_with is not None:
                    raise AssertionError("%s: not %s; %s, %s, stream %s" % (self.agent, what, self.shown, parts(self.calls),
                                                                            self.closed_with))
                self.changed.wait(left)


def parts(calls):
    return {i: sorted(part_text(p) for p in c["participations"] + c["parties"] if p["state"] != "ended") for i, c in calls.items()}


def part_text(part):
    state = "" if part["state"] == "active" else "/" + part["state"]
    name = part["agent"].rstrip("0123456789") if "agent" in part else OUTSIDE[int(part["number"][-4])] if part["number"] else "somewhere"
    return name + ":" + part["role"] + state + ("/muted" if part.get("muted") else "")


class Set:
    """The people of one scenario at a time."""

    def __init__(self, daemon, exchange, number):
        self.daemon, self.exchange, self.number = daemon, exchange, number
        self.desks, self.phones, self.lent, self.lock = {}, {}, {}, threading.Lock()
        self.interaction = None

    def name(self, person):
        return person + str(self.number)

    def begin(self):
        for person in AGENTS:
            self.comes(person)
        self.own_phone("customer")
        for person in OUTSIDE:
            self.phones[person] = self.exchange.line(outside_number(person, self.number), TONES[person])
        self.rest()

    def comes(self, person):
        desk = Desk(self.daemon, self.name(person), "password")
        desk.begin()
        self.desks[person] = desk
        self.own_phone(person)

    def line(self, person):
        """Whose telephone it is, and the password of it."""
        desk = self.desks.get(person)
        return (self.name(person), desk.session["sip"]["password"]) if desk else ("+3312345678%d" % self.number, None)

    def own_phone(self, person):
        self.phones[person] = sip.Phone(self.daemon.sip, *self.line(person), hz=TONES[person], expires=300)

    def lend(self, person, program):
        """A program takes the place of somebody's telephone until all rest."""
        self.phones[person].close()
        self.lent[person] = program
        user, password = self.line(person)
        self.phones[person] = (programs.Baresip(self.daemon.sip, user, password, TONES[person]) if program == "baresip"
                               else programs.Sipp(self.daemon.sip, user))

    def close(self):
        for one in list(self.desks.values()) + list(self.phones.values()):
            one.close()

    # --- between two scenarios ---

    def rest(self):
        """Everybody is there, hangs up, wraps up, has no calls go elsewhere and is available again."""
        for person in AGENTS:
            if person not in self.desks:
                self.comes(person)
        for person in reversed(PEOPLE):
            if person in self.phones:
                self.phones[person].close_calls()
        for person in list(self.lent):
            self.phones[person].close()
            self.own_phone(person)
            del self.lent[person]
        for person, desk in self.desks.items():
            self.finish(desk)
            if desk.shown["forwarding"]:
                self.forwards_no_more(person)
            self.phones[person].renew()
            if desk.shown["state"] != "available" or desk.shown["next"]:
                desk.until("ready", lambda d=desk: d.shown["station_ready"])
                desk.available()
            desk.until("available", lambda d=desk: d.shown["state"] == "available")

    def finish(self, desk):
        own = desk.agent

        def over():
            return all(p["state"] in ("ended", "wrap_up") for c in desk.calls.values() for p in c["participations"] if p["agent"] == own)
        desk.until("out of all calls", over)
        for call in list(desk.calls.values()):
            for part in call["participations"]:
                if part["agent"] == own and part["state"] == "wrap_up":
                    desk.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        desk.until("done", lambda: not desk.calls)

    # --- what is there ---

    def path(self, what):
        return "/v1/interactions/%s/%s" % (self.interaction, what)

    def part(self, desk, person):
        """The id of a person's part, once this desk was told of it."""
        def told():
            call = desk.calls.get(self.interaction, {"participations": [], "parties": []})
            return next((p["id"] for p in call["participations"] + call["parties"]
                         if part_text(p).startswith(person + ":") and p["state"] != "ended"), None)
        return desk.until("told of " + person, told)

    def target(self, words):
        if words in AGENTS:
            return {"agent": self.name(words)}
        if words in OUTSIDE:
            return {"number": outside_number(words, self.number)}
        kind, _, which = words.rpartition(" ")
        if words == "team far":
            return {"team": self.name("far")}
        if kind == "team" or kind == "skill":
            return {kind: which}
        return {"number": which} if kind == "number" else {kind.replace(" ", "_"): which + str(self.number)}

    # --- actions ---

    def do(self, text):
        action, _, code = text.partition(" = ")
        for pattern, function in ACTIONS:
            found = re.fullmatch(pattern, action.strip())
            if found:
                break
        else:
            raise AssertionError("no such action: " + action)
        if not code:
            function(self, *found.groups())
            return
        try:
            function(self, *found.groups())
        except api.Refused as refused:
            got = refused.problem.get("reason", refused.code)
            assert got == code, "%s: %s, not %s" % (action, refused.problem, code)
            return
        raise AssertionError(action + ": was not refused")

    def customer_calls(self, queue="plain"):
        self.phones["customer"].call(number_of(queue or "plain", self.number))
        self.phones["alice"].wait_call()
        self.interaction = self.desks["alice"].until("offered a call", lambda: next(iter(self.desks["alice"].offers.values()), None))

    def answers(self, person):
        self.phones[person].wait_call().answer()
        if person in OUTSIDE:
            for desk in self.desks.values():
                desk.until("answered", lambda d=desk: self.was_told(d, person))
            return
        desk = self.desks[person]

        def there():
            for call in desk.calls.values():
                if any(p["agent"] == desk.agent and p["state"] in ("active", "held") for p in call["participations"]):
                    return call["id"]
            return None
        found = desk.until("in the call", there)
        self.interaction = self.interaction or found

    def was_told(self, desk, person):
        """That the number has answered, where the call is shown."""
        shown = desk.calls.get(self.interaction)
        states = [p["state"] for p in shown["parties"] if part_text(p).startswith((person + ":", "somewhere:"))] if shown else ["ended"]
        return states and "dialling" not in states

    def talk(self, queue="plain"):
        self.customer_calls(queue)
        self.answers("alice")

    def asks(self, kind, person, target):
        self.desks[person].post(self.path("consult"), {"to": self.target(target), "kind": kind})
        if target in OUTSIDE or (target in AGENTS and self.desks[target].shown["state"] == "available"):
            self.phones[target].wait_call()

    def calls(self, person, target):
        """A colleague, out of the directory: the own station answers, then the other one rings."""
        self.desks[person].post("/v1/calls", {"colleague": self.target(target)})
        self.interaction = self.desks[person].until("in a call", lambda: next(iter(self.desks[person].calls), None))
        self.phones[person].wait_call().answer()
        if target in PEOPLE:
            self.phones[target].wait_call()

    def forwards(self, person, when, target):
        self.desks[person].put("/v1/forwarding", {"when": when.replace(" ", "_"),
                                                  "to": {"voicemail": True} if target == "voicemail" else self.target(target)})
        self.desks[person].until("forwarded", lambda: self.desks[person].shown["forwarding"])

    def forwards_no_more(self, person):
        self.desks[person].put("/v1/forwarding", {"when": "off"})
        self.desks[person].until("not forwarded", lambda: self.desks[person].shown["forwarding"] is None)

    def customer_calls_away(self, entry):
        """Where no agent is; nobody's desk may show it."""
        last = self.desks["alice"].desk()["seq"]
        self.phones["customer"].call(number_of(entry, self.number) if entry in QUEUES else far_number(entry, self.number))
        self.interaction = api.until(lambda: self.begun("entry_point", "line_" + entry, last), DEADLINE, what="a call to " + entry)

    def customer_calls_agent(self, person):
        """By the own number; nobody's desk may show it."""
        last = self.desks["alice"].desk()["seq"]
        self.phones["customer"].call(direct_number(person, self.number))
        self.interaction = api.until(lambda: self.begun("agent", person, last), DEADLINE, what="a call to " + person)

    def begun(self, what, name, last):
        """The call to that agent's or entry point's number after this event of the journal."""
        return next((e["interaction"] for e in self.daemon.admin("GET", "/admin/journal?limit=1000&since=%d" % last)["events"]
                     if e["type"] == "interaction.created" and e.get(what) == self.name(name)), None)

    def calls_elsewhere(self, person, target):
        """A colleague who has it forwarded."""
        self.desks[person].post("/v1/calls", {"colleague": self.target(target)})
        self.interaction = self.desks[person].until("in a call", lambda: next(iter(self.desks[person].calls), None))
        self.phones[person].wait_call().answer()

    def goes_home(self, person):
        self.desks[person].call("DELETE", "/v1/session")
        self.phones.pop(person).close()
        self.desks.pop(person).close()

    def comes_back(self, person):
        self.comes(person)
        self.desks[person].until("ready", lambda: self.desks[person].shown["station_ready"])
        self.desks[person].available()

    def transfers(self, person, target):
        rings = target in PEOPLE and not self.phones[target].current()
        self.desks[person].post(self.path("transfer"), {"to": self.target(target)})
        if rings:
            self.phones[target].wait_call()

    def own(self, what, person):
        self.desks[person].post(self.path(what))

    def other(self, what, person, whom):
        self.desks[person].post("/v1/participations/%s/%s" % (self.part(self.desks[person], whom), what))

    def parks(self, person):
        self.desks[person].until("in the call", lambda: self.interaction in self.desks[person].calls)
        self.place = self.desks[person].post(self.path("park"))["place"]

    def fetches(self, person):
        desk = self.desks[person]
        if self.interaction in desk.calls:
            desk.post("/v1/parked/%d/fetch" % self.place)
            return
        desk.until("shown what is parked", lambda: any(p["id"] == self.interaction and p["place"] == self.place for p in desk.parked))
        desk.post("/v1/parked/%d/fetch" % self.place)

    def calls_out(self, person, target):
        self.interaction = self.desks[person].post("/v1/calls", {"to": outside_number(target, self.number)})["interaction"]

    def calls_the_place(self, person):
        self.desks[person].post("/v1/calls", {"to": str(self.place)})

    def supervises(self, person, how, whom):
        part = self.part(self.desks[whom], whom)
        self.desks[person].put("/v1/participations/%s/supervision" % part, {"mode": SUPERVISION[how]})

    def listens_no_more(self, person):
        self.desks[person].call("DELETE", self.path("supervision"))

    def signs_out(self, person):
        """Its telephone is hung up; then it comes anew."""
        self.desks[person].call("DELETE", "/v1/session")
        self.rings_off(person)
        self.phones.pop(person).close()
        self.desks.pop(person).close()
        self.comes(person)

    def end_consult(self, person):
        self.desks[person].call("DELETE", self.path("consult"))

    def declines(self, person):
        self.phones[person].wait_call().refuse()
        self.is_out(person)

    def is_busy(self, person):
        self.phones[person].wait_call().refuse(486)
        self.is_out(person)

    def misses(self, person):
        self.phones[person].wait_call().wait("over")
        self.is_out(person)

    def hangs_up(self, person):
        self.phones[person].current().hang_up()
        self.is_out(person)

    def beeps(self, person, whom):
        """It is announced to those who stay."""
        since, sound = time.monotonic(), self.phones[whom].current().sound

        def told():
            samples, size = sound.samples(since), int(rtp.RATE * WINDOW)
            return any(rtp.spectrum(samples[at:at + size], [BEEP])[0][0] > -40 for at in range(0, len(samples) - size, size // 2))
        self.phones[person].current().hang_up()
        api.until(told, what="beeps at " + whom)
        self.is_out(person)

    def is_out(self, person):
        """Every desk that shows the call was told so, and who did not answer is idle: what comes next comes after it."""
        for name, desk in self.desks.items():
            desk.until(person + " is out", lambda d=desk: self.shows_out(d, person))
            if name == person and not desk.calls:
                desk.until("out", lambda d=desk: self.answered(person) or d.shown["state"] == "idle")

    def answered(self, person):
        return any(word.startswith(person + ":") for word in self.journal().split())

    def shows_out(self, desk, person):
        call = desk.calls.get(self.interaction)
        if call is None:
            return True
        if person == "customer":
            return call["customer_left"] is not None
        found = [p for p in call["participations"] + call["parties"] if part_text(p).startswith(person + ":")]
        return all(p["state"] in ("ended", "wrap_up") for p in found)

    def phone_holds(self, person, word):
        phone = self.phones[person]
        call = api.until(lambda: next((c for c in [phone.current()] if c and c.state == "up"), None), what="a call that was answered")
        call.hold(word == "holds")

    def phone_dials(self, person, target, status=None):
        """As telephones do: the call in hand is held first."""
        phone = self.phones[person]
        if phone.current() is not None:
            phone.current().hold()
            self.desks[person].until("held", lambda: self.is_held(person))
        call = phone.call(self.dialled(target))
        if status is not None:
            assert call.wait("over", "up").status == int(status), (call.status, phone.trace[-6:])
        elif target in PEOPLE:
            self.phones[target].wait_call()
        if self.interaction is None:
            self.interaction = self.desks[person].until("in a call", lambda: next(iter(self.desks[person].calls), None))

    def is_held(self, person):
        shown = parts(self.desks[person].calls).get(self.interaction, [])
        return any(re.match(person + r":\w+/held", word) for word in shown)

    def phone_dials_first(self, person, target):
        """The call in hand is held when the other telephone rings already."""
        phone = self.phones[person]
        held = phone.current()
        phone.call(self.dialled(target))
        self.phones[target].wait_call()
        held.hold()

    def dialled(self, target):
        if target in OUTSIDE:
            return outside_number(target, self.number)
        if target in AGENTS:
            return self.name(target)
        return number_of(target.split()[1], self.number) if target.startswith("queue ") else target

    def phone_refers(self, person, target, status):
        """status: what the phone was told in the end, be it that it was "refused"; "ringing": that somebody rings."""
        call = self.phones[person].current()
        answer = call.refer("sip:%s@%s" % (self.dialled(target), self.daemon.sip))
        if status in ("ringing", "trying"):
            assert answer == 202, answer
            if target in PEOPLE:
                self.phones[target].wait_call()
        else:
            assert is_told(call.wait_told() if answer == 202 else answer, status), (answer, call.told)

    def both(self, person):
        """The last two calls of a telephone, once it has been answered on the second one as well."""
        def there():
            calls = [c for c in self.phones[person].calls if c.state == "up"]
            return calls[-2:] if len(calls) > 1 else None
        return api.until(there, what="two calls at " + person)

    def phone_joins(self, person, status):
        """The call that the phone holds, to whom it has on the other one."""
        first, second = self.both(person)
        answer = first.refer("sip:%s@%s" % (person, self.daemon.sip), replaces=second)
        assert (first.wait_told() if answer == 202 else answer) == int(status), (answer, first.told)

    def is_told(self, person, status):
        call = api.until(lambda: next((c for c in reversed(self.phones[person].calls) if c.told), None), what="a word on the transfer")
        assert is_told(call.wait_told(), status), call.told

    def phone_hangs_up(self, person):
        self.phones[person].current().hang_up()

    def phone_swaps(self, person):
        first, second = self.both(person)
        held = [c for c in (first, second) if c.on_hold]
        desk = self.desks[person]
        before = parts(desk.calls).get(self.interaction)
        for call in (first, second):
            if call not in held:
                call.hold()
        desk.until("both held", lambda: parts(desk.calls).get(self.interaction) != before)
        for call in held:
            call.hold(False)

    def state(self, person, state):
        self.desks[person].put("/v1/state", {"state": "available"} if state == "available" else {"state": "idle", "reason": "lunch"})
        self.desks[person].until(state, lambda: self.desks[person].shown["state"] == state)

    def submits(self, person):
        desk = self.desks[person]
        desk.until("wrap-up", lambda: "wrap_up" in str(parts(desk.calls)))
        self.finish(desk)

    def keys(self, person, digits):
        self.desks[person].post(self.path("dtmf"), {"digits": digits})

    def keyed(self, person, digits):
        call = self.phones[person].current()
        api.until(lambda: call.sound.keyed.endswith(digits), what="the keys at " + person)

    def records(self, person, what):
        self.desks[person].post(self.path("recording"), {"action": what})

    def recording_is(self, person, state):
        desk = self.desks[person]
        desk.until("recording " + state, lambda: (desk.calls[self.interaction]["recording"] or {}).get("state") == state)

    def recorded(self, people):
        """Who is heard in the one recording of the call, in whichever ear, as a supervisor gets it; the others are not."""
        found = api.until(lambda: [r["id"] for i in self.desks["heidi"].get("/v1/recordings")["interactions"]
                                   if i["interaction"] == self.interaction for r in i["recordings"] if r["duration"]], what="the recording")
        assert len(found) == 1, found
        with tempfile.NamedTemporaryFile(suffix=".opus") as f:
            f.write(exchange(self.daemon.http, "GET", "/v1/recordings/" + found[0], None, self.desks["heidi"].token)[2])
            f.flush()
            ears, rate = opus.load(f.name)
        for person, hz in TONES.items():
            wanted = person in people.split()
            level = max((wav.loudest if wanted else wav.lasting)(ear, rate, hz) for ear in ears)
            assert (level > -40) == wanted, "%s: %.0f dBFS in the recording" % (person, level)

    def rings_off(self, person):
        """It has no call any more."""
        with self.phones[person].changed:
            assert self.phones[person].changed.wait_for(lambda: self.phones[person].current() is None, DEADLINE), person + " has a call"

    # --- what is measured ---

    def check_parts(self, wanted):
        wanted = sorted(wanted.split())
        for person, desk in self.desks.items():
            in_it = any(w.startswith(person + ":") for w in wanted)
            # Who only listens is seen by nobody else.
            seen = [w for w in wanted if not w.endswith(":supervising") or w.startswith(person + ":")]

            def as_wanted(d=desk, here=in_it, seen=seen):
                shown = parts(d.calls).get(self.interaction)
                return shown == seen if here else shown is None
            desk.until(seen if in_it else "out of it", as_wanted)

    def expected_sounds(self, wanted):
        """{person: whom}."""
        expected = collections.defaultdict(set)
        for word in wanted.split():
            if "~" in word:
                person, sound = word.split("~")
                expected[person] = {sound}
                continue
            group = word.split("+")
            for one in group:
                me = one.lstrip("-")
                expected[me] |= {o for o in group if not o.startswith("-") and o != me}
        for echo in [p for p, program in self.lent.items() if program == "sipp"]:
            for person, heard in expected.items():
                expected[person] = heard - {echo} | expected.get(echo, set()) if echo in heard else heard
        return dict(expected)

    def check_sounds(self, wanted):
        ways = [self.expected_sounds(w) for w in ([wanted] if isinstance(wanted, str) else wanted)]
        begin, got = time.monotonic(), {}
        deadline = begin + DEADLINE
        while time.monotonic() < deadline:
            time.sleep(0.04)
            got = {p: hears(phone, begin) for p, phone in self.phones.items()}
            got = {p: h for p, h in got.items() if h is not None}
            if any(set(way) <= set(got) and all(h == way.get(p, set()) for p, h in got.items()) for way in ways):
                return
        raise AssertionError("heard %s, not %s" % (got, ways))

    def check_states(self, wanted):
        states = dict(w.split("=") for w in wanted.split())
        for person, desk in self.desks.items():
            state, _, reason = states.get(person, "available").partition("/")
            desk.until(states.get(person, "available"),
                       lambda d=desk, s=state, r=reason: d.shown["state"] == s and (not r or d.shown["reason"] == r))

    def check_secrets(self):
        """Who serves is not told who listened, where the centre does not want it."""
        if "alice:primary" in self.journal():
            told = self.desks["alice"].get("/v1/journal?interaction=" + self.interaction)["events"]
            assert told and not [e for e in told if e.get("part") == "supervising"], told

    def journal(self):
        """The call's story in a few words, of who came, went, held and sent it elsewhere."""
        words = []
        for event in self.daemon.journal(self.interaction):
            kind, agent = event["type"], event.get("agent", "").rstrip("0123456789")
            reason = event.get("reason")
            if kind in ("participation.joined", "participation.role_changed"):
                words.append("%s:%s" % (agent, event.get("part", "primary")))
            elif kind.startswith(("participation.", "party.")) or kind == "interaction.forwarded":
                who = "number" if kind.startswith("party.") else agent
                words.append("%s:%s%s" % (who, kind.split(".")[1], "/" + reason if reason else ""))
            elif kind == "request.queued":
                words.append("?" + event.get("kind", "new"))
            elif kind == "request.ended":
                words.append("!" + event["outcome"])
            elif kind in ("interaction.customer_left", "interaction.closed", "interaction.voicemail"):
                words.append(kind.split(".")[1])
        return " ".join(words)

    def said(self):
        """What the telephones last said to the centre, for who has to find out why."""
        said = ["%s %s: %s" % (p, [c.state for c in phone.calls], phone.trace[-14:]) for p, phone in self.phones.items() if phone.calls]
        return "\n".join(said + ([self.journal()] if self.interaction else []))

    def play(self, scenario):
        self.interaction = None
        for person, program in scenario.programs.items():
            self.lend(person, program)
        for i, (actions, sounds, wanted) in enumerate(scenario.steps):
            try:
                for action in actions.split(";"):
                    self.do(action.strip())
                self.check_parts(wanted)
                if sounds is not None:
                    self.check_sounds(sounds)
            except Exception as e:
                e.args = ("step %d, %s: %s\n%s" % (i + 1, actions, e, self.said()),)
                raise
        for person in self.phones:
            self.rings_off(person)
        self.check_states(scenario.states)
        if os.environ.get("GUICHET_STORIES"):
            print("STORY", scenario.name, self.journal(), flush=True)
            return
        self.told(*([scenario.journal] if isinstance(scenario.journal, str) else scenario.journal))
        self.check_secrets()

    def told(self, *stories):
        """The journal's story is one of these, once the last of it is written."""
        with contextlib.suppress(AssertionError):
            api.until(lambda: self.journal() in stories, DEADLINE, what="the story")
        said = self.journal()
        assert said in stories, "the journal says\n%s\nnot\n%s" % (said, "\nor\n".join(stories))


def hears(phone, since):
    """Whom a phone hears: a set of people, "music", "ring"; None: it has no call, or not enough was heard yet."""
    calls = [c for c in reversed(phone.calls) if c.state == "up"]
    call = next((c for c in calls if not c.on_hold), calls[0] if calls else None)
    if call is None:
        return None
    samples = call.sound.samples(max(since, time.monotonic() - WINDOW))
    if len(samples) == 0 and time.monotonic() - since > WINDOW:
        return set()
    if len(samples) < rtp.RATE * WINDOW * 0.8:
        return {"?"}
    names = list(TONES)
    levels, whole = rtp.spectrum(samples, [TONES[n] for n in names] + [RING])
    if whole < -50:
        return set()
    heard = {n for n, level in zip(names, levels) if level > -34}
    if levels[-1] > whole - 1:
        return {"ring"}
    if sum(10 ** (v / 10) for v in levels[:-1]) < 0.5 * 10 ** (whole / 10):
        return {n for n in heard if levels[names.index(n)] > -27} | {"music"}
    return heard


# programs: who has a telephone that others wrote, and which; see programs.py.
Scenario = collections.namedtuple("Scenario", "name steps states journal programs")

ACTIONS = (
    (r"(\w+) is refused what is only offered", refusals.offered_is_refused),
    (r"everybody is refused what is not allowed", lambda s: refusals.everybody_is_refused(s, s.daemon.build)),
    (r"talk(?: in (\w+))?", Set.talk),
    (r"customer calls (\w+) directly", Set.customer_calls_agent),
    (r"customer calls (\w+) far away", Set.customer_calls_away),
    (r"customer calls(?: (\w+))?", Set.customer_calls),
    (r"(\w+) forwards no more", Set.forwards_no_more),
    (r"(\w+) forwards (always|busy|no answer|signed out|not taken) to (.+)", Set.forwards),
    (r"(\w+) calls (\w+) elsewhere", Set.calls_elsewhere),
    (r"(\w+) goes home", Set.goes_home),
    (r"(\w+) comes back", Set.comes_back),
    (r"(\w+) answers", Set.answers),
    (r"(\w+) is called and answers", lambda s, p: s.phones[p].wait_call().answer()),
    (r"(\w+) is called and is busy", lambda s, p: s.phones[p].wait_call().refuse(486)),
    (r"(\w+) declines", Set.declines),
    (r"(\w+) misses", Set.misses),
    (r"(\w+) is busy", Set.is_busy),
    (r"(\w+) (consult|conference)s (.+)", lambda s, p, k, t: s.asks(k, p, t)),
    (r"(\w+) transfers to (.+)", Set.transfers),
    (r"(\w+) parks", Set.parks),
    (r"(\w+) fetches", Set.fetches),
    (r"(\w+) calls the place", Set.calls_the_place),
    (r"(\w+) calls (outside|other)", Set.calls_out),
    (r"(\w+) calls (.+)", Set.calls),
    (r"(\w+) ends consult", Set.end_consult),
    (r"(\w+) merges", lambda s, p: s.own("conference", p)),
    (r"(\w+) (start|pause|resume|stop)s the recording", Set.records),
    (r"(\w+)'s recording is (\w+)", Set.recording_is),
    (r"recorded are (.+)", Set.recorded),
    (r"(\w+) (hold|resume|leave|end)s", lambda s, p, w: s.own(w, p)),
    (r"(\w+) (hold|resume|mute|unmute|remove)s (\w+)", lambda s, p, w, o: s.other(w, p, o)),
    (r"(\w+) has (\w+) lead", lambda s, p, o: s.other("give_charge", p, o)),
    (r"(\w+) (listens to|whispers to|joins|takes over from) (\w+)", Set.supervises),
    (r"(\w+) signs out", Set.signs_out),
    (r"(\w+) stops listening", Set.listens_no_more),
    (r"(\w+) hangs up and (\w+) hears beeps", Set.beeps),
    (r"(\w+) hangs up", Set.hangs_up),
    (r"(\w+)'s phone (holds|resumes)", Set.phone_holds),
    (r"(\w+)'s phone dials (\w+) and then holds", Set.phone_dials_first),
    (r"(\w+)'s phone dials (.+?)(?: is (\d+))?", Set.phone_dials),
    (r"(\w+)'s phone refers to (.+) is (\w+)", Set.phone_refers),
    (r"(\w+)'s phone transfers to the other call is (\d+)", Set.phone_joins),
    (r"(\w+)'s phone is told (\d+)", Set.is_told),
    (r"(\w+)'s phone swaps", Set.phone_swaps),
    (r"(\w+)'s phone hangs up", Set.phone_hangs_up),
    (r"(\w+) is (available|idle)", Set.state),
    (r"(\w+) submits", Set.submits),
    (r"(\w+) keys ([0-9*#]+)", Set.keys),
    (r"(\w+) hears keys ([0-9*#]+)", Set.keyed),
    (r"(\w+) stops ringing", Set.rings_off),
)
