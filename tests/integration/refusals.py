# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the table of permissions (src/model/permissions.c) does not allow is tried by everybody who is in a call, and by one
who is not: each is refused with the table's code, and nothing is journalled."""

import functools
import os
import subprocess

import api

COMPANY = ("none", "asked", "consulted", "conference", "conference_asked", "conference_consulted", "conference_full")
FULL = 8


@functools.lru_cache(None)
def table(build):
    """{(action, part, work, company, gone): code}."""
    out = subprocess.run([os.path.join(build, "tests", "integration", "permissions")], check=True, stdout=subprocess.PIPE, text=True)
    words = [line.split() for line in out.stdout.splitlines()]
    return {(w[0], w[1], w[2], COMPANY[int(w[3])], w[4] == "1"): w[5] for w in words}


def company(call):
    """Who else is in it."""
    there = [p for p in call["participations"] if p["state"] in ("active", "held")]
    numbers = [p for p in call["parties"] if p["state"] in ("active", "held")]
    asked = (call["consult"] or {"state": "ended"})["state"] != "ended" or any(p["state"] == "dialling" for p in call["parties"])
    consulted = any(p["role"] == "consulted" for p in there + numbers)
    conferenced = sum(p["role"] == "conferenced" for p in there + numbers)
    if not conferenced:
        return "consulted" if consulted else "asked" if asked else "none"
    if consulted or asked:
        return "conference_consulted" if consulted else "conference_asked"
    return "conference" if conferenced + 2 < FULL else "conference_full"


class Attempts:
    """What an agent does by the API, an action of the table each; a participation where one is needed."""

    def __init__(self, people, desk, own, other):
        self.people, self.desk, self.own, self.other = people, desk, own, other

    def post(self, what, body=None):
        self.desk.post(self.people.path(what), body)

    def part(self, what, body=None, method="POST"):
        self.desk.call(method, "/v1/participations/%s/%s" % (self.own, what), body if body is not None else {})

    def company(self, what):
        self.desk.post("/v1/participations/%s/%s" % (self.other, what))

    def ask(self, what, **more):
        self.post(what, {"to": self.people.target("heidi"), **more})

    def record(self, what, **more):
        self.part(what, {"revision": 0, **more}, "PUT")

    TRIED = {
        "hold": lambda a: a.post("hold"),
        "resume": lambda a: a.post("resume"),
        "end": lambda a: a.post("end"),
        "leave": lambda a: a.post("leave"),
        "merge": lambda a: a.post("conference"),
        "park": lambda a: a.post("park"),
        "unassign": lambda a: a.post("unassign"),
        "write": lambda a: a.post("messages", {"text": "Bonjour"}),
        "status": lambda a: a.desk.put(a.people.path("status"), {"status": "escalated"}),
        "dtmf": lambda a: a.post("dtmf", {"digits": "1"}),
        "end_consult": lambda a: a.desk.call("DELETE", a.people.path("consult")),
        "consult": lambda a: a.ask("consult", kind="consult"),
        "conference": lambda a: a.ask("consult", kind="conference"),
        "transfer": lambda a: a.ask("transfer"),
        "variables": lambda a: a.desk.put(a.people.path("variables/account"), {"value": "1", "revision": 0}),
        "notes": lambda a: a.record("note", text="note"),
        "disposition": lambda a: a.record("disposition", id="solved"),
        "tags": lambda a: a.record("tags", ids=["vip"]),
        "wrap_up_submit": lambda a: a.part("wrap_up/submit"),
        "wrap_up_extend": lambda a: a.part("wrap_up/extend"),
        "wrap_up_end": lambda a: a.part("wrap_up/end"),
        "remove": lambda a: a.company("remove"),
        "mute_other": lambda a: a.company("mute"),
        "give_charge": lambda a: a.company("give_charge"),
        "force_close": lambda a: a.part("force_close"),
    }

    def code(self, action):
        """Why it was refused; None: it was not."""
        try:
            self.TRIED[action](self)
        except api.Refused as refused:
            return refused.problem.get("reason", refused.code)
        return None


def shown(desk, interaction):
    """As a desk that comes now is told; None: it is not in it."""
    return next((i for i in desk.desk()["interactions"] if i["id"] == interaction), None)


def own_part(call, desk):
    return next((p for p in call["participations"] if p["agent"] == desk.agent and p["state"] != "ended"), None)


def expected(build, call, own):
    """{action: code} of all that this agent may not."""
    gone = call["customer_left"] is not None and own["state"] in ("active", "held")
    found = {a: table(build)[a, own["role"], own["state"], company(call), gone] for a in Attempts.TRIED}
    return {a: code for a, code in found.items() if code != "allowed"}


def written(people):
    """All that the journal has of the call, but for what telephones say of their ringing."""
    return [e["type"] for e in people.daemon.journal(people.interaction) if not e["type"].startswith("offer.")]


def everybody_is_refused(people, build):
    calls = {name: shown(desk, people.interaction) for name, desk in people.desks.items()}
    before, wrong, tried = written(people), [], 0
    for name, call in calls.items():
        own = own_part(call, people.desks[name]) if call else None
        if own is None:
            continue
        others = [p["id"] for p in call["participations"] + call["parties"] if p["state"] != "ended" and p is not own]
        attempts = Attempts(people, people.desks[name], own["id"], (others or [own["id"]])[0])
        wanted = expected(build, call, own)
        for action, code in wanted.items():
            got = attempts.code(action)
            tried += 1
            if got != code:
                wrong.append("%s, %s/%s, %s: %s: %s, not %s" % (name, own["role"], own["state"], company(call), action, got, code))
    wrong += strangers_are_refused(people, calls)
    assert not wrong, "\n".join(wrong)
    assert tried, "nobody is in the call"
    after = written(people)
    assert after == before, "journalled: %s" % after[len(before):]


def strangers_are_refused(people, calls):
    """To who is not in it, the call is not there, and whose wrap-up it is, is told."""
    call = next(c for c in calls.values() if c)
    part = call["participations"][0]["id"]
    attempts = Attempts(people, people.desks["eve"], part, part)
    got = {action: attempts.code(action) for action in Attempts.TRIED}
    return ["eve: %s: %s" % (a, code) for a, code in got.items() if code not in ("not_found", "not_yours")]


def offered_is_refused(people, person):
    """Before it is answered there is nothing to do with it; and a call is answered by the telephone."""
    desk = people.desks[person]
    (offer,) = [o for o in desk.desk()["offers"] if o["interaction"] == people.interaction]
    before = written(people)
    attempts = Attempts(people, desk, offer["id"], offer["id"])
    got = {action: attempts.code(action) for action in Attempts.TRIED}
    assert set(got.values()) <= {"not_found", "not_yours", "not_connected", "not_enabled"}, got
    try:
        desk.post("/v1/offers/%s/accept" % offer["id"])
        raise AssertionError("accepted at the desk")
    except api.Refused as refused:
        assert refused.problem["reason"] == "at_the_station", refused.problem
    assert written(people) == before, written(people)
