#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Agents and queues live, and what a supervisor does with them, before the puppet centre.

    tests/ui/test_supervision.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import channel, interaction, participation, stamp, state


def led(agent, name, presence, reason=None, since=-60.0, work=(), desk=True, where="available", channels=()):
    """A line of a supervisor's live view."""
    return {"id": agent, "name": name, "team": "t1", "presence": presence, "reason": reason, "since": stamp(since),
            "state": dict(state(where), auto_accept=False, station_ready=desk, sign_out_pending=False, channels=list(channels)), "desk": desk,
            "station_ready": True, "memberships": [{"queue": "billing", "state": "ready"}], "work": list(work)}


def in_hand(number, what, since=-200.0, channel="voice", recording=None, full=False):
    return {"recording": recording and {"state": recording, "until": None, "record": "on_demand", "may_pause": True, "may_extend": True}, "interaction": "i7%d" % number, "participation": "p7%d" % number, "channel": channel, "direction": "in", "role": "primary",
            "state": what, "queue": "billing", "since": stamp(since), "customer_gone": False, "full": full}


class Supervision(cases.Case):
    LINE = re.compile("^(Ben|Zoë|Ivo|Max)[^:]*: ")

    def watch(self):
        self.queue = {"id": "billing", "names": {"en": "Billing"}, "channel": "voice", "open": True, "waiting": 3,
                      "longest_since": stamp(-245.0), "staffed": 6, "ready": 4, "free": 2,
                      "today": {"answered": 48, "in_time": 40, "abandoned": 1, "timed_out": 1}}
        agents = [led("ben", "Ben Martin", "busy", work=[in_hand(1, "active"), in_hand(2, "wrap_up", channel="email")]),
                  led("zoe", "Zoë Lefèvre", "ready", since=-30.0), led("ivo", "Ivo Kolev", "on_break", "lunch", since=-900.0, desk=False),
                  led("max", "Max Roy", "signed_out", where="offline")]
        self.centre.desk(agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "supervisor", "slots": {"voice": 1}},
                         state=dict(state("available"), station_ready=True))
        for _ in range(3):
            self.centre.usual("GET", "/v1/live", {"teams": [{"id": "t1", "names": {"en": "Counter"}}], "agents": agents,
                                                  "queues": [self.queue]})
        self.sign_in()
        self.session.key("alt+4")
        self.shows("Ben Martin: Busy · Counter, Call · Billing, E-mail · Billing · wrap-up",
                   "Ivo Kolev: On break · Lunch · Counter, The desk is not connected", "Zoë Lefèvre: Ready to take a call · Counter",
                   "Max Roy: Signed out · Counter")

    def lines(self):
        return [n.name for n in sorted(self.app.find_all("list item", self.LINE), key=lambda n: n.extents[1])]

    def shows(self, *lines):
        uidrive.until(lambda: "the agents are %s" % self.lines(), lambda: self.lines() == list(lines))

    def test_agents_and_queues_live(self):
        """What each does, as the centre tells it; searched; the queues with their figures; named for a screen reader."""
        self.watch()
        self.assert_named(self.app, "supervision")
        self.centre.event("live.changed", agents=[led("ben", "Ben Martin", "busy", work=[in_hand(1, "held")])],
                          queues=[dict(self.queue, waiting=4)])
        uidrive.until(lambda: self.lines(), lambda: "Ben Martin: Busy · Counter, Call · Billing · on hold" in self.lines())
        self.session.type("zoe")
        self.shows("Zoë Lefèvre: Ready to take a call · Counter")
        self.session.type("xx")
        self.app.wait("label", "No such agent now")
        self.session.key("Escape")
        self.app.wait("page tab", "Queues").mouse_click()
        self.app.wait("list item", "Billing: 4 waiting · 2 of 6 agents free · 80 % in time today (40 of 50)")
        self.session.key("alt+1")
        self.sent("DELETE /v1/live")

    def choose(self, *words):
        for word in words:
            self.app.wait("menu item", word).click()

    def act(self, words, prefix, part):
        self.app.wait("button", "Actions for Ben Martin")
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        self.choose(*words)
        self.sent(prefix, part)

    def test_actions_on_an_agent(self):
        """From the menu of a line: a call listened to, a wrap-up ended, state, queues, signing out, which asks twice."""
        self.watch()
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[
            in_hand(1, "active", recording="off"), in_hand(2, "wrap_up", channel="email")])])
        self.act(["Record this call"], "POST /v1/participations/p71/recording", '"start"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[
            in_hand(1, "active", recording="on"), in_hand(2, "wrap_up", channel="email")])])
        uidrive.until(self.lines, lambda: [n for n in self.lines() if "Call · Billing · recorded" in n])
        self.act(["Pause recording"], "POST /v1/participations/p71/recording", '"pause"')
        self.act(["End the wrap-up"], "POST /v1/participations/p72/wrap_up/end", "{}")
        self.act(["Close by force", re.compile("^Yes, close it: Call, since ")], "POST /v1/participations/p71/force_close", "{}")
        self.act(["Make idle", "Lunch"], "PUT /v1/agents/ben/state", '"lunch"')
        self.act(["Queues", "Billing: Ready", "Paperwork"], "PUT /v1/agents/ben/memberships", '"paused"')
        self.act(["Sign out when done"], "POST /v1/agents/ben/sign_out", "false")
        self.act(["Sign out now", "Yes, sign Ben Martin out now"], "POST /v1/agents/ben/sign_out", "true")
        self.act(["Listen in"], "PUT /v1/participations/p71/supervision", '"listen"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "busy", work=[in_hand(1, "active", full=True)])])
        uidrive.until(self.lines, lambda: not [n for n in self.lines() if "E-mail" in n])
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        for words in "Join the call: Conference full", "Take the call over: Conference full":
            self.app.wait("menu item", words).wait_state("sensitive", False)
        self.choose("Whisper to the agent")
        self.sent("PUT /v1/participations/p71/supervision", '"whisper"')

    def test_one_channel_of_an_agent(self):
        """Set idle and available from the menu; the line says which, why, by whom and for how long."""
        self.watch()
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "ready", channels=[channel("voice"), channel("webchat")])])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter" in self.lines())
        self.act(["One channel", "Web chat: Available", "Lunch"], "PUT /v1/agents/ben/state", '"webchat"')
        self.centre.event("live.changed", queues=[], agents=[led("ben", "Ben Martin", "ready", channels=[
            channel("voice"), channel("webchat", "lunch", "ana", "Ana Petrova")])])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter, Web chat · Idle · Lunch · set by Ana Petrova" in self.lines())
        self.app.wait("label", re.compile("^Web chat · Idle · Lunch · set by Ana Petrova \\d"))
        self.act(["One channel", "Web chat: Idle", "Make available"], "PUT /v1/agents/ben/state", '"available"')

    def test_forwarding_of_an_agent(self):
        """Told in the menu, ended and set in a window over it."""
        self.watch()
        ben = dict(led("ben", "Ben Martin", "ready"), forwarding=["agent", "queue", "number", "voicemail"])
        on = {"when": "always", "to": "agent", "agent": "zoe", "name": "Zoë Lefèvre"}
        self.centre.event("live.changed", queues=[], agents=[dict(ben, state=dict(ben["state"], forwarding=on))])
        uidrive.until(self.lines, lambda: "Ben Martin: Ready to take a call · Counter" in self.lines())
        self.app.find_all("button", "Actions for Ben Martin")[-1].click()
        self.choose("Calls go to Zoë Lefèvre")
        self.app.wait("label", "Forward the calls of Ben Martin")
        self.app.wait("text", "Number of a colleague, a queue or outside", where=lambda n: n.text == "Zoë Lefèvre")
        self.select("When", "When signed out", "Home", "Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"off"}')
        self.app.wait_gone("list item", "When signed out")
        self.centre.event("live.changed", queues=[], agents=[dict(led("ben", "Ben Martin", "on_break", "lunch"), forwarding=ben["forwarding"])])
        uidrive.until(self.lines, lambda: "Ben Martin: On break · Lunch · Counter" in self.lines())
        self.select("When", "When signed out", "Home", "Down", "Return")
        self.app.wait_gone("list item", "When signed out")
        self.app.wait("text", "Number of a colleague, a queue or outside")
        self.session.focus_window(title="Forwarding")
        self.session.key("Tab", "Tab")
        self.session.type("4012")
        self.session.key("Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"always","to":{"number":"4012"}}')
        self.select("Where to", "The agent's voicemail", "End", "Return")
        self.sent("PUT /v1/agents/ben/forwarding", '{"when":"always","to":{"voicemail":true}}')

    def select(self, title, choice, *keys):
        """In a row of choices, once this one is among what it shows."""
        self.app.wait("combo box", title).mouse_click()
        self.app.wait("list item", choice)
        self.session.key(*keys)

    def followed(self, what, mode="listen"):
        mine = participation(what, id="p79", agent="ana", role="supervising", rings="station" if what == "dialling" else None,
                             supervision={"mode": mode, "agent": "ben", "name": "Ben Martin"})
        call = interaction(participation(id="p71", agent="ben", name="Ben Martin"), id="i71")
        return dict(call, participations=call["participations"] + [mine])

    def test_a_call_is_followed(self):
        """The bar over the views says how, changes it, and leads out."""
        self.watch()
        self.centre.event("interaction.changed", interaction=self.followed("dialling"), cause="dialling")
        self.app.wait("label", "Your phone is called, to monitor Ben Martin")
        self.centre.event("interaction.changed", interaction=self.followed("active"), cause="connected")
        self.app.wait("label", "You listen to Ben Martin; nobody hears you")
        self.app.wait("button", "Whisper").click()
        self.sent("PUT /v1/participations/p71/supervision", '"whisper"')
        self.centre.event("interaction.changed", interaction=self.followed("active", "whisper"), cause="role")
        self.app.wait("label", "Ben Martin alone hears you")
        call = self.followed("active", "whisper")
        others = [participation(id="p8%d" % n, agent="a%d" % n, name="Agent %d" % n, role="conferenced") for n in range(6)]
        self.centre.event("interaction.changed", interaction=dict(call, participations=call["participations"] + others), cause="joined")
        for name in "Join", "Take over":
            node = self.app.wait("button", name)
            node.wait_state("sensitive", False)
            self.assertEqual(node.description, "No more agents can join this conversation.")
        self.centre.event("interaction.changed", interaction=call, cause="left")
        self.app.wait("button", "Join").wait_state("sensitive")
        self.app.wait("button", "Stop monitoring").click()
        self.sent("DELETE /v1/interactions/i71/supervision")
        self.centre.event("interaction.closed", interaction="i71", recent=None)
        self.app.wait_gone("button", "Stop monitoring")
        for reason, why in ("station_no_answer", "was not answered"), ("cancelled", "declined the call"):
            self.centre.event("interaction.changed", interaction=self.followed("dialling"), cause="dialling")
            self.app.wait("label", "Your phone is called, to monitor Ben Martin")
            self.centre.event("interaction.closed", interaction="i71", reason=reason, recent=None)
            self.app.wait("label", "Your own phone %s. Answer it and listen in again to monitor Ben Martin." % why)

    def test_an_agent_is_told(self):
        """Who did it, in words; and where the centre says so, who listens."""
        self.sign_in()
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="queues")
        self.app.wait("label", "Dora has changed your queues.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="channel", channel="webchat")
        self.app.wait("label", "Dora has set your state on one channel: Web chat.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="recording_started")
        self.app.wait("label", "Dora has this call recorded.")
        self.centre.event("agent.supervised", agent="ana", by="dora", name="Dora", what="force_close")
        self.app.wait("label", "Dora has closed your work by force.")
        self.join()
        part = participation()
        call = interaction(part)
        seen = participation(id="p79", agent="dora", name="Dora", role="supervising",
                             supervision={"mode": "listen", "agent": "ana", "name": "Ana"})
        self.centre.event("interaction.changed", interaction=dict(call, participations=[part, seen]), cause="connected")
        self.app.wait("label", "Dora monitors this call")


if __name__ == "__main__":
    cases.main()
