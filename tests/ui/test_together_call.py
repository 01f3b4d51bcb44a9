#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several people in one call at the desk, before the puppet centre: what the agent in charge sees and does, and what the others do.

    tests/ui/test_together_call.py BUILD [TestCase[.method]]...
"""
import re

import cases
import test_room
import uidrive
from desk import interaction, offer, participation, stamp

BO = "Stoyan Iliev"
NAMES = [BO, "Maria Konstantinova", "Jean-Baptiste Lemaître", "Ivan Dimitrov", "Anne Dupont", "Petya Georgieva"]
FULL = "No more agents can join this conversation."
SEARCH = re.compile("^(Transfer to|Whom to )")


def found(agent, name, verdict="allowed"):
    """What the directory answers if it knows this agent alone."""
    item = {"kind": "agent", "id": agent, "name": name, "presence": {"presence": "ready", "reason": None, "since": None},
            "favourite": False, "used": None, "actions": {"consult": verdict, "conference": verdict, "transfer": verdict}}
    return {"items": [item], "total": 1, "complete": True}


def part(number, agent, name, role, what="active", joined=-30.0, **more):
    return participation(what, joined, id="p%d" % number, agent=agent, name=name, role=role, **more)


def bo(what="active", role="consulted", **more):
    return part(2, "bo", BO, role, what, **more)


def consult(state="offered", kind="consult", **more):
    one = {"kind": kind, "by": "ana", "agent": "bo", "name": BO, "queue": None, "names": None, "state": state, "since": stamp(-12),
           "until": stamp(20), "outcome": None, "reason": None}
    one.update(more)
    return one


class Case(cases.Case):
    """Ana Petrova has the call at this desk."""

    def call(self, *others, mine="active", role="primary", cause="joined", **more):
        """The call with these others."""
        own = part(1, "ana", "Ana Petrova", role, mine, -250.0, since=-38.0)
        self.centre.event("interaction.changed", interaction=interaction(own, participations=[own, *others], **more), cause=cause)

    def start(self, *others, **more):
        self.sign_in()
        self.call(*others, **more)
        self.app.wait("button", "Hold" if more.get("mine", "active") == "active" else "Resume")

    def press(self, name):
        self.app.wait("button", name).wait_state("sensitive").click()

    def gone(self, *names):
        for name in names:
            self.app.wait_gone("button", name)

    def count(self, prefix):
        return int(self.centre.ask("count", prefix))

    def know(self, *agent):
        """The directory may be asked more than once."""
        for _time in range(3):
            self.centre.usual("GET", "/v1/directory", found(*agent))

    def pick(self, keys):
        """Bo in the search that these keys open, picked by Enter."""
        self.know("bo", BO)
        self.session.key(keys)
        self.app.wait("entry", SEARCH).wait_state("focused")
        self.app.wait("list item", re.compile("^%s: " % BO))
        self.session.key("Return")
        self.app.wait_gone("entry", SEARCH)


class Asking(Case):
    """Somebody is asked to come, and comes, or does not."""

    def test_consult_by_keys(self):
        self.start()
        self.app.wait("button", "Consult")
        self.pick("ctrl+shift+o")
        self.assertIn('"agent":"bo"', self.sent("POST /v1/interactions/i1/consult", '"consult"').replace(" ", ""))
        self.call(mine="held", consult=consult())
        self.app.wait("label", "Consult requested")
        self.app.wait("label", re.compile("^Consult requested for \\d"))
        self.app.wait("label", "%s is asked for advice…" % BO)
        self.gone("Consult", "Transfer")
        self.press("Cancel the request")
        self.sent("DELETE /v1/interactions/i1/consult")

    def test_enter_right_behind_the_letters(self):
        """It means whom they find, not who stood there before."""
        self.start()
        self.centre.usual("GET", "/v1/directory", found("cy", "Cyril"))
        self.know("bo", BO)
        self.session.key("ctrl+shift+o")
        self.app.wait("entry", SEARCH).wait_state("focused")
        self.app.wait("list item", re.compile("^Cyril: "))
        with self.app.stopped():
            self.session.type("bo\n")
        self.assertIn('"agent":"bo"', self.sent("POST /v1/interactions/i1/consult").replace(" ", ""))

    def test_transfer_and_conference_while_it_rings(self):
        self.start(mine="held", consult=consult())
        self.press("Transfer now")
        self.assertIn('"bo"', self.sent("POST /v1/interactions/i1/transfer"))
        self.press("Conference")
        self.sent("POST /v1/interactions/i1/conference")

    def test_blind_transfer_taken_back_and_refused(self):
        self.start()
        self.pick("ctrl+shift+t")
        self.assertIn('"bo"', self.sent("POST /v1/interactions/i1/transfer"))
        self.call(mine="held", consult=consult(kind="transfer"))
        self.app.wait("label", "Transferring to %s…" % BO)
        self.app.wait("label", re.compile("^Transferring for \\d"))
        self.press("Take back")
        self.sent("DELETE /v1/interactions/i1/consult")
        self.call(mine="held", consult=consult("ended", "transfer", outcome="declined", reason="declined"))
        self.app.wait("label", re.compile("^%s was asked and did not come: .*still on hold: resume the call, or choose" % BO))
        self.app.wait("button", "Transfer")
        self.press("Dismiss")
        self.app.wait_gone("label", re.compile("did not come"))
        self.press("Resume")
        self.sent("POST /v1/interactions/i1/resume")

    def test_conference_at_once(self):
        self.start()
        self.pick("ctrl+shift+m")
        self.sent("POST /v1/interactions/i1/consult", '"conference"')
        self.call(consult=consult(kind="conference"))
        self.app.wait("label", "Conference requested")
        self.app.wait("label", "%s is asked to join the call…" % BO)
        self.app.wait("button", "Hold").wait_state("sensitive")

    def test_a_team_that_has_a_number_is_only_transferred_to(self):
        far = {"kind": "team", "id": "far", "name": "Far", "free": 1, "of": 4, "favourite": False, "used": None,
               "actions": {"consult": "unsupported_destination", "conference": "unsupported_destination", "transfer": "allowed"}}
        self.start()
        for _time in range(6):
            self.centre.usual("GET", "/v1/directory", {"items": [far], "total": 1, "complete": True})
        self.press("Consult")
        self.app.wait("list item", "Far: Unsupported destination · Team · 1 of 4 free")
        self.session.key("Return")
        self.app.wait("label", re.compile("^This team only takes calls that are transferred to it"))
        self.session.key("Escape")
        self.app.wait_gone("entry", SEARCH)
        self.assertEqual(self.count("POST /v1/interactions/i1/consult"), 0)
        self.session.key("ctrl+shift+t")
        self.app.wait("list item", "Far: Team · 1 of 4 free")
        self.session.key("Return")
        self.assertIn('"team":"far"', self.sent("POST /v1/interactions/i1/transfer").replace(" ", ""))

    def test_a_contact_by_the_number_that_can_be_asked(self):
        """The first number is a team's, the second is not; the menu has both."""
        refused = {"call": "call_in_progress", "consult": "unsupported_destination", "conference": "unsupported_destination", "transfer": "allowed"}
        both = {"kind": "contact", "id": "lab", "name": "Lab", "organisation": None, "numbers": ["0800", "0801"], "favourite": False, "used": None,
                "actions": refused, "others": [{"number": "0801", "actions": dict(refused, consult="allowed", conference="allowed")}]}
        self.start()
        for _time in range(6):
            self.centre.usual("GET", "/v1/directory", {"items": [both], "total": 1, "complete": True})
        self.session.key("ctrl+shift+t")
        self.app.wait("list item", "Lab: 0800")
        self.session.key("Menu")
        self.app.wait("button", "Transfer: 0801")
        self.app.wait("button", "Consult: 0801").wait_state("sensitive")
        self.app.wait("button", "Consult: 0800").wait_state("sensitive", False)
        self.session.key("Escape")
        self.app.wait_gone("button", "Transfer: 0801")
        self.session.key("Escape")
        self.app.wait_gone("entry", SEARCH)
        self.press("Consult")
        self.app.wait("list item", "Lab: 0801")
        self.session.key("Return")
        self.assertIn('"number":"0801"', self.sent("POST /v1/interactions/i1/consult").replace(" ", ""))

    def test_who_cannot_come_is_said(self):
        self.start()
        self.know("cy", "Cyril", "agent_busy")
        self.press("Consult")
        self.app.wait("list item", re.compile("^Cyril: .*[Bb]usy"))
        self.session.key("Return")
        self.app.wait("label", "The agent cannot take more work now.")
        self.session.key("Escape")
        self.app.wait_gone("entry", SEARCH)
        self.assertEqual(self.count("POST /v1/interactions/i1/consult"), 0)

    def test_whom_by_kind_with_who_is_free_and_always_current(self):
        def group(kind, name, free, waiting=None):
            item = {"kind": kind, "id": name.lower(), "name": name, "free": free, "of": 3, "favourite": False, "used": None,
                    "actions": {"consult": "allowed", "conference": "allowed", "transfer": "allowed"}}
            return item if waiting is None else dict(item, waiting=waiting)

        def know(times, *items):
            for _time in range(times):
                self.centre.usual("GET", "/v1/directory", {"items": list(items), "total": len(items), "complete": True})
        self.start()
        know(3, group("queue", "Orders", 1, 4), dict(group("queue", "Night", 0), to_voicemail="closed"), group("team", "Experts", 0),
             group("skill", "Welsh", 2))
        self.session.key("ctrl+shift+t")
        self.app.wait("entry", SEARCH).wait_state("focused")
        for line in ("Orders: Queue · 1 of 3 free · 4 waiting", "Night: Queue closed: to voicemail · Queue · 0 of 3 free", "Experts: Team · 0 of 3 free", "Welsh: Skill · 2 of 3 free"):
            self.app.wait("list item", line)
        self.press("Queues, teams and skills")
        self.sent("GET /v1/directory", "kinds=queue")
        know(60, group("team", "Experts", 2))

        def is_current():
            self.centre.event("directory.changed")
            return self.app.find_all("list item", "Experts: Team · 2 of 3 free")
        uidrive.until("the list stays as it was", is_current, every=0.5)
        self.app.wait_gone("list item", re.compile("^Orders: "))


class Consulting(Case):
    """Somebody is consulted."""

    def test_two_panels_swap_and_hold_both(self):
        self.start(bo(), mine="held")
        self.app.wait("panel", "Mireille Perrin: Customer · on hold")
        self.app.wait("panel", BO + ": Consulted · talks with you")
        self.app.wait("label", re.compile("^Consulting for \\d"))
        self.press("Resume: Mireille Perrin")
        self.sent("POST /v1/interactions/i1/resume")
        self.press("Hold: " + BO)
        self.sent("POST /v1/participations/p2/hold")
        self.call(bo("held"), mine="held", cause="held")
        self.app.wait("panel", BO + ": Consulted · on hold")
        self.session.key("ctrl+shift+h")
        self.sent("POST /v1/participations/p2/resume")
        self.call(bo("held"), cause="resumed")
        self.app.wait("panel", "Mireille Perrin: Customer · talks with you")
        self.app.wait("button", "Hold: Mireille Perrin")

    def test_what_becomes_of_it(self):
        self.start(bo(), mine="held")
        self.press("Transfer now")
        self.assertIn('"bo"', self.sent("POST /v1/interactions/i1/transfer"))
        self.app.wait("label", "The call was transferred to %s." % BO)
        self.press("Conference")
        self.sent("POST /v1/interactions/i1/conference")
        self.press("End consult")
        self.sent("DELETE /v1/interactions/i1/consult")
        self.gone("Consult", "Transfer", "Exit conference")

    def test_the_same_by_keys(self):
        self.start(bo(), mine="held")
        self.app.wait("button", "Transfer now")
        for keys, request in (("ctrl+shift+t", "POST /v1/interactions/i1/transfer"), ("ctrl+shift+m", "POST /v1/interactions/i1/conference"),
                              ("ctrl+shift+x", "DELETE /v1/interactions/i1/consult"), ("ctrl+h", "POST /v1/interactions/i1/resume")):
            self.session.key(keys)
            self.sent(request)

    def test_the_consulted_agent(self):
        self.start(bo("held", "primary"), role="consulted")
        self.app.wait("label", re.compile("^Consult from %s · Billing" % BO))
        self.app.wait("panel", BO + ": In charge · talks with you")
        self.app.wait("panel", "Mireille Perrin: Customer · on hold")
        self.gone("End", "Transfer now", "Consult", "Resume: Mireille Perrin")
        self.app.wait_gone(None, re.compile("^Disposition"))  # who was never in charge has none
        self.session.key("ctrl+h")
        self.sent("POST /v1/participations/p1/hold")
        self.press("Exit consult")
        self.sent("POST /v1/interactions/i1/leave")

    def test_card_of_a_consult_has_nine_values(self):
        self.sign_in()
        card = [{"variable": "v%d" % i, "value": "Value %d" % i} for i in range(6)]
        self.centre.event("offer.created", interaction=interaction(), offer=offer(
            "1", name="Georges Lambert", kind="consult", card=card,
            **{"from": {"agent": "bo", "name": BO, "team": {"en": "Level 2"}}}))
        alert = self.app.wait("alert", re.compile("^Consult from " + BO))
        for value in ["Value %d" % i for i in range(6)] + ["Georges Lambert", "Billing", "4001"]:
            alert.wait("label", re.compile(value))

    def test_no_answer_is_said_and_a_refusal_too(self):
        self.start(bo(), mine="held")
        self.centre.ask("hold", "DELETE", "/v1/interactions/i1/consult")
        self.press("End consult")
        self.app.wait("label", "Asking the centre…")
        self.sent("DELETE /v1/interactions/i1/consult")  # so that it is held
        self.centre.ask("release")
        self.app.wait_gone("label", "Asking the centre…")
        self.centre.odd("POST", "/v1/interactions/i1/conference", 409, "not_now", reason="not_consulting")
        self.press("Conference")
        self.app.wait("label", "Nobody is asked or consulted.")


class Inside(Case):
    """Colleagues call each other, without a customer."""

    def test_a_colleague_is_called_without_a_customer(self):
        self.sign_in()
        one = found("bo", BO)
        one["items"][0]["actions"] = {"call": "allowed"}
        for _time in range(3):
            self.centre.usual("GET", "/v1/directory", one)
        self.session.focus_window(self.app)
        self.session.key("ctrl+shift+f")
        self.app.wait("entry", "Search the directory").wait_state("focused")
        self.app.wait("list item", re.compile("^%s: " % BO))
        self.session.key("Return")
        self.app.wait("button", "Call").click()
        self.sent("POST /v1/calls", '{"colleague":{"agent":"bo"}}')
        # It rings there; the two talk: whom the call is with stands where the customer would.
        own = part(1, "ana", "Ana Petrova", "primary", "dialling", -3.0, rings="customer")
        inside = {"direction": "internal", "queue": None, "customer": {"number": "21", "name": "Ana Petrova"}}
        between = [{"agent": "ana", "name": "Ana Petrova"}, {"agent": "bo", "name": BO}]
        self.centre.event("interaction.changed", cause="calling", interaction=interaction(
            own, participations=[own], between=between, consult=consult(kind="conference"), **inside))
        self.app.wait("list item", re.compile(BO))
        self.call(bo(role="conferenced"), between=between, **inside)
        self.app.wait("button", "Hold").wait_state("sensitive")
        self.app.wait("button", "Consult").wait_state("sensitive")
        self.app.wait("button", "End")  # not for all: there are but two
        self.gone("Transfer", "Park")

    def test_the_card_of_a_colleague_who_calls(self):
        self.sign_in()
        self.centre.event("offer.created", interaction=interaction(direction="internal"), offer=offer(
            "1", name=BO, kind="conference", direction="internal", queue=None, called=None, card=[],
            **{"from": {"agent": "bo", "name": BO, "team": {"en": "Level 2"}}}))
        self.app.wait("alert", re.compile("^Internal call from " + BO))


class Conference(Case):
    """More than two with the customer."""

    def others(self, **second):
        return [part(i + 2, "a%d" % i, name, "conferenced", **(second if i == 1 else {})) for i, name in enumerate(NAMES)]

    def test_who_is_in_charge_mutes_removes_leaves_and_ends(self):
        self.start(*self.others(muted=True))
        self.app.wait("label", re.compile("^In conference for \\d"))
        self.app.wait("panel", "You: In charge")
        self.app.wait("panel", "Maria Konstantinova: In the conference · muted")
        self.press("Unmute Maria Konstantinova")
        self.sent("POST /v1/participations/p3/unmute")
        self.press("Mute Anne Dupont")
        self.sent("POST /v1/participations/p6/mute")
        self.press("Have Anne Dupont lead the call")
        self.sent("POST /v1/participations/p6/give_charge")
        self.press("Remove Ivan Dimitrov")
        self.assertEqual(self.count("POST /v1/participations/p5"), 0)
        self.press("Remove from the call")
        self.sent("POST /v1/participations/p5/remove")
        self.gone("Transfer")
        self.is_full()
        self.press("End for all")
        self.app.wait("label", "End this call for everybody in it?")
        self.assertEqual(self.count("POST /v1/interactions/i1/end"), 0)
        self.press("End the call")
        self.sent("POST /v1/interactions/i1/end")
        self.press("Exit conference")
        self.sent("POST /v1/interactions/i1/leave")

    def test_three_where_the_centre_says_so(self):
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": False, "conference_max": 3, "auto_accept": "off"})
        self.start()
        self.app.wait("button", "Consult").wait_state("sensitive")
        self.call(bo(role="conferenced"))
        self.app.wait("panel", BO + ": In the conference")
        self.is_full()

    def is_full(self):
        consult = self.app.wait("button", "Consult")
        uidrive.until("Consult is not greyed, or for another reason", lambda: consult.description == FULL and "sensitive" not in consult.states)

    def test_charge_passes_to_this_agent(self):
        self.start(bo(role="primary"), role="conferenced")
        self.app.wait("panel", BO + ": In charge")
        self.gone("End for all", "Mute " + BO)
        self.app.wait("button", "Exit conference")
        cy = part(3, "cy", "Cyril", "conferenced")
        self.call(bo("ended", "primary", left_at=stamp()), cy, cause="role")
        self.app.wait("label", "You are in charge of this call now.")
        self.app.wait("label", "You are in charge of the call with Mireille Perrin now.")
        self.app.wait("button", "End for all")
        self.app.wait("button", "Remove Cyril")

    def test_after_the_customer_left(self):
        self.start(bo(role="conferenced"), customer_left={"at": stamp(-5), "cause": "customer_left"})
        self.app.wait("label", re.compile("^Without the customer for "))
        self.app.wait("label", re.compile("You go on talking with your colleagues"))
        self.app.wait("panel", BO + ": In the conference")
        self.app.wait_gone("panel", re.compile("^Mireille Perrin"))
        self.app.wait("button", "Consult").wait_state("sensitive", False)

    def test_an_outside_number_among_them(self):
        self.start(parties=[{"id": "y1", "number": "+33199005566", "role": "conferenced", "state": "active", "muted": False}])
        self.app.wait("panel", "+33199005566: Outside number")
        self.press("Mute +33199005566")
        self.sent("POST /v1/participations/y1/mute")
        self.call(mine="held", parties=[{"id": "y2", "number": "+33199005577", "role": "consulted", "state": "dialling", "muted": False}])
        self.app.wait("label", "Consult requested")
        self.app.wait("panel", "+33199005577: Consulted · ringing")
        self.call(mine="held", parties=[{"id": "y2", "number": "+33199005577", "role": "consulted", "state": "active", "muted": False}])
        self.app.wait("panel", "+33199005577: Consulted · talks with you")
        self.press("Transfer now")
        self.sent("POST /v1/interactions/i1/transfer", "+33199005577")
        self.session.key("ctrl+k")
        self.app.wait("button", "Star")
        self.session.type("7")
        self.sent("POST /v1/interactions/i1/dtmf", '"7"')
        self.press("Hash")
        self.sent("POST /v1/interactions/i1/dtmf", '"#"')

    def test_parked_and_retrieved(self):
        """By key and by pointer; where it is, who, and from there back."""
        self.start()
        self.press("Park")
        self.sent("POST /v1/interactions/i1/park")
        self.session.key("ctrl+shift+k")
        self.centre.event("interaction.closed", interaction="i1", outcome="answered", reason="parked")
        one = {"id": "i1", "place": 701, "by": "ana", "by_name": "Ana Petrova", "queue": None, "names": None, "fetched_by": None,
               "since": stamp(-5), "until": stamp(170), "customer": {"number": "••••4455", "name": "Mireille Perrin", "customer": None}}
        self.centre.event("parked.changed", parked=[one])
        self.app.wait("label", "Mireille Perrin is parked at 701.")
        self.session.key("ctrl+alt+k")
        self.app.wait("label", "By Ana Petrova")
        uidrive.until("who parked it is cut", lambda: self.app.find("label", "By Ana Petrova").extents[2] > 60)
        self.app.wait("label", re.compile("^Parked for "))
        self.press("Retrieve from 701: Mireille Perrin")
        self.sent("POST /v1/parked/701/fetch")
        self.centre.event("parked.changed", parked=[dict(one, fetched_by="ana")])
        self.centre.event("parked.changed", parked=[])
        self.app.wait_gone(None, re.compile("parked call"))

    def test_an_outside_number_does_not_answer(self):
        party = {"id": "y1", "number": "+33199005577", "role": "consulted", "state": "dialling", "joined_at": None, "muted": False,
                 "state_since": stamp(-5), "reason": None}
        self.start(mine="held", parties=[party])
        self.app.wait("panel", "+33199005577: Consulted · ringing")
        self.call(mine="held", parties=[dict(party, state="ended", state_since=stamp(), reason="busy")])
        self.app.wait("label", re.compile(r"^\+33199005577 was asked and did not come: .*still on hold"))
        self.press("Dismiss")
        self.app.wait_gone("label", re.compile("was asked and did not come"))

    def test_all_is_named(self):
        self.start(*self.others())
        self.app.wait("button", "Remove " + NAMES[-1])
        self.assert_named(self.app, "conference")


class Small(test_room.Room):
    """The words of a consult and of a conference of eight in a small window, and in large text."""

    options = {}

    def widths(self, size, **options):
        self.open_sized(size, **options)
        self.sign_in()
        own = part(1, "ana", "Ana Petrova", "primary", "held", -250.0)
        found = {}
        self.join()
        for others, what in (([bo()], "held"), ([part(i + 2, "a%d" % i, name, "conferenced") for i, name in enumerate(NAMES)], "active")):
            own.update(state=what)
            self.centre.event("interaction.changed", interaction=interaction(own, participations=[own, *others]), cause="role")
            self.app.wait("panel", re.compile("^%s.?: " % others[-1]["name"]))
            self.look(found, "text")
        self.close_within(size)
        return found


if __name__ == "__main__":
    cases.main()
