#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a tour by what it left, and writes report.json: did each thing really happen?

    tests/ui/report.py DIRECTORY [ACT]...

The directory holds tour.json (see tour.py): the steps with the time, the picture and the words on the screen of each, the
customers' own events, the centre's journal, the recordings, and what customers got in writing. Every fact is computed from these;
nothing is taken from the one who drove. Acts are calls, several for a call of several, and a language for what is written in it: all
of them must have been played, or those that are named. Exit 0 only if every fact holds.
"""
import functools
import json
import os
import sys

from letters import LANGUAGES, WRITTEN
from materials import Fact, Tour, need
from several import SEVERAL
from sounds import hears_music, hears_nothing, hears_tone, hears_voice

ENDS = ("accepted", "missed", "withdrawn", "declined")  # of an offer
MOVED = 200                 # pixels that differ between two steps


def signed_in(tour):
    tour.on_screen("signed in", tour.log["texts"]["available"])
    return {"at": tour.step("signed in")["at"]}


def card_shown(tour):
    for call in ("talked", "missed", "given up"):
        step = "card: " + call
        tour.on_screen(step, tour.log["calls"][call]["name"])
        seen, of_it = tour.step(step)["at"], tour.journal(tour.log["calls"][call]["call"])
        offered = [e["at"] for e in of_it if e["type"] == "offered" and e["at"] <= seen]
        ended = [e["at"] for e in of_it if e["type"] in ENDS]
        need(offered, "%s: the journal has no offer before it", step)
        need(all(not offered[-1] <= at < seen for at in ended), "%s: the journal has the end of the offer before it", step)
    return {"cards": 3}


def answered(tour):
    call = tour.log["calls"]["talked"]["call"]
    need(any(e["type"] == "accepted" for e in tour.journal(call)), "the journal has no accepted offer")
    need(tour.events(call, "connected"), "the customer never noticed an agent")
    return {"customer_waited_ms": tour.events(call, "connected")[0]["at"] - tour.events(call, "answered")[0]["at"]}


def both_ways(tour):
    return {"agent_hears": hears_voice(tour, "agent", "customer speaks", "customer"),
            "agent_hears_tone": hears_tone(tour, "agent", "customer's tone", tour.log["tone"]),
            "customer_hears": hears_voice(tour, "customer", "agent speaks", "agent")}


def held(tour):
    call = tour.log["calls"]["talked"]["call"]
    need(tour.events(call, "held"), "the customer did not notice being held")
    need(any(e["type"] == "held" for e in tour.journal(call)), "the journal has no hold")
    return {"customer": hears_music(tour, "customer", "held", "agent"), "agent_hears": hears_nothing(tour, "agent", "held")}


def resumed(tour):
    call = tour.log["calls"]["talked"]["call"]
    need(tour.events(call, "resumed"), "the customer did not notice being back")
    need(any(e["type"] == "resumed" for e in tour.journal(call)), "the journal has no resume")
    return {"agent_hears_tone": hears_tone(tour, "agent", "tone after hold", tour.log["tone"]),
            "customer_hears": hears_voice(tour, "customer", "agent speaks again", "agent")}


def muted(tour):
    return {"customer_hears": hears_nothing(tour, "customer", "muted"),
            "agent_hears_tone": hears_tone(tour, "agent", "tone while muted", tour.log["tone"])}


def keyed(tour):
    call = tour.log["calls"]["talked"]["call"]
    digits = "".join(e["digit"] for e in tour.events(call, "dtmf"))
    need(digits == tour.log["digits"], "the customer received %r where %r was keyed", digits, tour.log["digits"])
    return {"digits": digits}


def ended(tour):
    call = tour.log["calls"]["talked"]["call"]
    ends = tour.events(call, "ended")
    need(ends and ends[0]["reason"] == "remote_hangup", "the customer's call did not end by the agent: %r", ends)
    need(any(e["type"] == "wrap_up_started" for e in tour.journal(call)), "the journal has no wrap-up")
    tour.on_screen("wrap-up", tour.log["texts"]["wrap_up"])
    return {"at": ends[0]["at"]}


def wrapped_up(tour):
    entries = tour.journal(tour.log["calls"]["talked"]["call"])
    done = [e for e in entries if e["type"] == "wrapped_up"]
    need(done, "the journal has no end of the wrap-up")
    for what in ("disposition", "tags", "note"):
        need(done[-1].get(what) == tour.log["wrap_up"][what], "%s: the journal has %r where %r was given", what,
             done[-1].get(what), tour.log["wrap_up"][what])
    return {k: done[-1][k] for k in ("disposition", "tags", "note")}


def missed(tour):
    call = tour.log["calls"]["missed"]["call"]
    ends = [e for e in tour.journal(call) if e["type"] == "missed"]
    need(ends and ends[0]["reason"] == "no_answer", "the journal has no missed offer: %r", tour.journal(call))
    tour.on_screen("missed", tour.log["texts"]["rona"])
    need(any(e["at"] > ends[0]["at"] for e in tour.log["journal"] if e["type"] == "state" and e["state"] == "available"),
         "the agent was not available again")
    need(len([e for e in tour.journal(call) if e["type"] == "offered"]) >= 1, "the call was never offered")
    return {"rang_ms": ends[0]["at"] - [e for e in tour.journal(call) if e["type"] == "offered"][0]["at"]}


def given_up(tour):
    call = tour.log["calls"]["given up"]["call"]
    ends = [e for e in tour.journal(call) if e["type"] == "withdrawn"]
    need(ends and ends[-1]["reason"] == "customer_left", "the journal has no offer taken back: %r", tour.journal(call))
    need(tour.events(call, "hangs_up"), "the customer did not give up")
    tour.on_screen("taken back", tour.log["texts"]["given_up"])
    return {"after_ms": tour.events(call, "hangs_up")[0]["at"] - tour.events(call, "dialling")[0]["at"]}


def pictures(tour):
    """Each step looks different from the one before it, and like a window."""
    before, changed = None, {}
    for step in tour.log["steps"]:
        picture = tour.shot(step["step"])
        need(picture.colours() >= 16, "the picture of the step %r is empty", step["step"])
        if before is not None:
            changed[step["step"]] = picture.differs(before)
            need(changed[step["step"]] >= MOVED, "the picture is frozen: the step %r looks like the one before it (%d pixels)",
                 step["step"], changed[step["step"]])
        before = picture
    need(len(changed) >= 8, "there are only %d pictures", len(changed) + 1)
    return {"pictures": len(changed) + 1, "least_changed_pixels": min(changed.values())}


CALLS = (card_shown, answered, both_ways, held, resumed, muted, keyed, ended, wrapped_up, missed, given_up)
ACTS = ("calls", "several", *LANGUAGES)


def facts_of(acts):
    """(name, what computes it)."""
    yield "signed_in", signed_in
    if "calls" in acts:
        yield from ((fact.__name__, fact) for fact in CALLS)
    if "several" in acts:
        yield from ((fact.__name__, fact) for fact in SEVERAL)
    for language in (a for a in acts if a in LANGUAGES):
        for fact in WRITTEN:
            yield "%s_%s" % (fact.__name__, language), functools.partial(fact, language=language)
    yield "pictures", pictures


def judge(folder, acts=ACTS):
    """The report: each fact with what was measured, or why it does not hold."""
    tour = Tour(folder)
    facts = []
    for name, fact in facts_of(acts):
        try:
            facts.append({"fact": name, "holds": True, "measured": fact(tour)})
        except (Fact, OSError, KeyError, IndexError, ValueError) as e:
            facts.append({"fact": name, "holds": False, "why": "%s" % (e if isinstance(e, Fact) else repr(e))})
    return {"holds": all(f["holds"] for f in facts), "facts": facts}


def main(argv):
    report = judge(argv[1], argv[2:] or ACTS)
    with open(os.path.join(argv[1], "report.json"), "w", encoding="utf-8") as f:
        json.dump(report, f, indent=1, ensure_ascii=False)
        f.write("\n")
    for f in report["facts"]:
        print("%-4s %s%s" % ("ok" if f["holds"] else "FAIL", f["fact"], "" if f["holds"] else ": " + f["why"]))
    return 0 if report["holds"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
