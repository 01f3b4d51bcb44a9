# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the call of several in a tour: a colleague is consulted, comes into a conference, goes, and is given the call; its recording
is paused, and a clip is played into it. By what customer, agent and colleague heard, the recording and the centre's journal.
"""
import wav
from materials import need
from sounds import LOUD, QUIET, hears_music, hears_nothing, hears_tone, hears_voice

CALL = "several"


def told(tour, kind, **members):
    """The first such entry of the call in the journal, with these members."""
    found = [e for e in tour.journal(tour.log["calls"][CALL]["call"]) if e["type"] == kind and all(e.get(k) == v for k, v in members.items())]
    need(found, "the journal has no %s %r", kind, members)
    return found[0]


def recording_paused(tour):
    """What the customer said before and after a pause is recorded, and nothing from within."""
    meant = tour.log[CALL]
    need(told(tour, "paused")["at"] < told(tour, "recording_resumed")["at"], "the journal has the pause after its end")
    tour.on_screen("recorded", meant["texts"]["recorded"])
    tour.on_screen("recording paused", meant["texts"]["paused"])
    hears_tone(tour, "agent, several", "said in the pause", meant["tones"]["paused"])
    samples, rate = wav.load(tour.path(meant["recorded"]))
    levels = {name: round(wav.loudest(samples, rate, meant["tones"][name]), 1) for name in ("before", "paused", "after")}
    for name in ("before", "after"):
        need(levels[name] > LOUD, "what was said %s the pause is not recorded (%.1f dBFS)", name, levels[name])
    need(levels["paused"] < QUIET, "what was said in the pause is recorded (%.1f dBFS)", levels["paused"])
    return levels


def clip_played(tour):
    """Customer and agent hear what was recorded before."""
    told(tour, "clip")
    hz = tour.log[CALL]["tones"]["clip"]
    return {who: hears_tone(tour, "%s, several" % who, "clip", hz) for who in ("customer", "agent")}


def consulted(tour):
    """The colleague and the agent hear each other, the customer hears music."""
    told(tour, "joined", agent=tour.log[CALL]["colleague"], part="consulted")
    tour.on_screen("consulting", tour.log[CALL]["name"])
    return {"agent": hears_tone(tour, "agent, several", "consult", tour.log[CALL]["tones"]["colleague"]),
            "colleague": hears_voice(tour, "colleague", "consult", "agent"),
            "customer": hears_music(tour, "customer, several", "consult", "agent")}


def conferred(tour):
    """All hear each other."""
    told(tour, "role", agent=tour.log[CALL]["colleague"], part="conferenced")
    tones = tour.log[CALL]["tones"]
    levels = {}
    for who, heard in (("customer", ("colleague",)), ("agent", ("colleague", "conference")), ("colleague", ("conference",))):
        samples, rate = tour.part(who if who == "colleague" else who + ", several", "conference")
        for name in heard:
            levels["%s: %s" % (who, name)] = round(wav.loudest(samples, rate, tones[name]), 1)
            need(levels["%s: %s" % (who, name)] > LOUD, "the %s does not hear the tone of %r", who, name)
    return levels


def transferred(tour):
    """The customer hears the colleague, the agent nobody and has the wrap-up."""
    agent = tour.log[CALL]["colleague"]
    given, joined = told(tour, "role", agent=agent, part="conferenced")["at"], told(tour, "joined", agent=agent, part="primary")["at"]
    need(joined > given, "the call was given away before the conference")
    told(tour, "wrap_up_started")
    tour.on_screen("given away", tour.log["texts"]["wrap_up"])
    return {"customer": hears_tone(tour, "customer, several", "given away", tour.log[CALL]["tones"]["colleague"]),
            "colleague": hears_tone(tour, "colleague", "given away", tour.log[CALL]["tones"]["after"]),
            "agent": hears_nothing(tour, "agent, several", "given away")}


SEVERAL = (recording_paused, clip_played, consulted, conferred, transferred)
