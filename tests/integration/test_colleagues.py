# SPDX-License-Identifier: GPL-3.0-or-later
"""What agents see of each other: every presence of one at the other's stream, nothing at another team's, everyone at a
supervisor's; and what comes while nobody looks, across breaks and restarts."""

import contextlib
import os
import sqlite3
import urllib.parse

import scene
from api import Agent


class Colleagues(scene.Scene):
    def define(self):
        self.centre["teams"].append({"id": "office", "names": scene.names("Office")})
        queues = self.centre["agents"][0]["queues"]
        for agent, team, role in (("carol", "office", "agent"), ("dora", "office", "supervisor"), ("eve", None, "agent")):
            self.centre["agents"].append({"id": agent, "name": agent.title(), "role": role, "skills": [], "queues": queues,
                                          **({"team": team} if team else {})})
        super().define()
        for agent in ("carol", "dora", "eve"):
            self.daemon.set_password(agent)

    def desk(self, name):
        """An agent at an outside number: available without a phone of its own."""
        agent = Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        return agent.listen()

    def look(self, agent):
        return {c["id"]: c for c in agent.get("/v1/colleagues")["colleagues"]}

    def sees(self, agent, other, presence, reason=None):
        def fits(event):
            return event["type"] == "colleagues.presence" and [
                c for c in event["colleagues"] if (c["id"], c["presence"], c["reason"]) == (other, presence, reason)]
        event = agent.wait(fits)
        return [c for c in event["colleagues"] if c["id"] == other][-1]

    def test_all_four(self):
        alice, carol, dora, eve = (self.desk(name) for name in ("alice", "carol", "dora", "eve"))
        first = alice.get("/v1/colleagues")
        self.assertEqual(first["teams"], [{"id": "counter", "names": scene.names("Counter")}])
        self.assertEqual(first["colleagues"], [{"id": "bob", "name": "Bob", "team": "counter", "presence": "signed_out",
                                                "reason": None, "since": None}])
        self.assertEqual(list(self.look(carol)), ["dora"])
        self.assertEqual(list(self.look(eve)), [])
        self.assertEqual(list(self.look(dora)), ["alice", "bob", "carol", "eve"])

        bob = self.agent("bob", available=False)
        self.sees(alice, "bob", "on_break", "sign_in")
        bob.available()
        bob.wait_state("available")
        ready = self.sees(alice, "bob", "ready")
        bob.put("/v1/memberships", {"queues": "all", "state": "paused", "reason": "lunch"})
        self.assertGreaterEqual(self.sees(alice, "bob", "on_break", "lunch")["since"], ready["since"])
        bob.put("/v1/memberships", {"queues": "all", "state": "ready"})
        self.sees(alice, "bob", "ready")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        self.sees(alice, "bob", "on_break", "lunch")
        bob.available()
        self.sees(alice, "bob", "ready")

        # Busy from the first ring to the end of the wrap-up, in one piece.
        customer = self.customer("8001")
        offer = bob.wait("offer.created")["offer"]
        rang = self.sees(alice, "bob", "busy")
        self.rings(bob, offer)
        bob.phone.command("accept")
        part = bob.wait_cause("joined")["interaction"]["participations"][-1]
        self.assertEqual(self.look(alice)["bob"], {"id": "bob", "name": "Bob", "team": "counter", "presence": "busy",
                                                   "reason": None, "since": rang["since"]})
        bob.post("/v1/interactions/%s/end" % offer["interaction"])
        bob.wait_cause("wrap_up_started")
        customer.wait()
        self.assertEqual(self.look(alice)["bob"]["since"], rang["since"])
        bob.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        bob.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        self.sees(alice, "bob", "ready")
        bob.call("DELETE", "/v1/session")
        out = self.sees(alice, "bob", "signed_out")
        self.assertEqual(self.look(alice)["bob"]["since"], out["since"])

        # The supervisor saw all of it, other teams nothing (their own may have signed in late); what comes later proves that nothing was on its way.
        self.sees(dora, "bob", "busy")
        self.sees(dora, "bob", "signed_out")
        dora.available()
        self.sees(carol, "dora", "ready")
        for agent in (carol, eve):
            self.assertFalse([e for e in agent.events if e["type"] == "colleagues.presence"
                              and any(c["id"] == "bob" for c in e["colleagues"])])

    def test_only_who_asked_is_told(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.look(bob)
        alice.available()
        self.sees(bob, "alice", "ready")
        bob.available()
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        self.sees(bob, "alice", "on_break", "lunch")
        self.assertFalse([e for e in alice.events if e["type"] == "colleagues.presence"])
        self.assertEqual(self.look(alice)["bob"]["presence"], "ready")

    def live(self, agent):
        """Asks, and keeps what it says from then on."""
        answer = agent.get("/v1/live")
        agent.live = {(kind, one["id"]): one for kind in ("agents", "queues") for one in answer[kind]}
        return answer

    def line(self, agent, kind, name, wanted):
        """Waits until the line says what is wanted."""
        while not wanted(agent.live[(kind, name)]):
            event = agent.wait("live.changed")
            for of in ("agents", "queues"):
                agent.live.update({(of, one["id"]): one for one in event[of]})
        return agent.live[(kind, name)]

    def led(self, agent, other, wanted):
        return self.line(agent, "agents", other, wanted)

    def test_live(self):
        """A supervisor's view: what each has in hand, how the queues stand, and today's service level, also after a restart."""
        dora, alice = self.desk("dora"), self.desk("alice")
        self.assertEqual(self.refused(lambda: alice.get("/v1/live"), 403, "not_allowed")["reason"], "not_supervisor")
        first = self.live(dora)
        self.assertEqual([a["id"] for a in first["agents"]], ["alice", "bob", "carol", "eve"])
        self.assertEqual({t["id"] for t in first["teams"]}, {"counter", "office"})
        self.assertEqual([q["id"] for q in first["queues"]], [q["id"] for q in self.centre["queues"]])
        mine = first["agents"][0]
        self.assertEqual((mine["presence"], mine["reason"], mine["state"]["state"], mine["desk"], mine["station_ready"],
                          mine["work"]), ("on_break", "sign_in", "idle", True, True, []))
        queue = mine["memberships"][0]["queue"]

        bob = self.agent("bob")
        self.led(dora, "bob", lambda a: a["presence"] == "ready")
        self.line(dora, "queues", "billing", lambda q: q["free"] == 1 and q["today"] == {"answered": 0, "in_time": 0, "abandoned": 0, "timed_out": 0})
        customer = self.customer("8001")
        offer = bob.wait("offer.created")["offer"]
        self.led(dora, "bob", lambda a: [w["state"] for w in a["work"]] == ["offered"])
        self.rings(bob, offer)
        bob.phone.command("accept")
        part = bob.wait_cause("joined")["interaction"]["participations"][-1]
        work = self.led(dora, "bob", lambda a: [w["state"] for w in a["work"]] == ["active"])["work"][0]
        self.assertEqual((work["interaction"], work["participation"], work["channel"], work["role"], work["queue"], work["since"]),
                         (offer["interaction"], part["id"], "voice", "primary", offer["queue"], part["joined_at"]))
        answered = self.line(dora, "queues", offer["queue"], lambda q: q["today"]["answered"] == 1)
        self.assertEqual((answered["free"], answered["today"]["in_time"]), (0, 1))
        bob.post("/v1/interactions/%s/hold" % offer["interaction"])
        self.led(dora, "bob", lambda a: [w["state"] for w in a["work"]] == ["held"])
        for what in ("resume", "end"):
            bob.post("/v1/interactions/%s/%s" % (offer["interaction"], what))
        customer.wait()
        self.led(dora, "bob", lambda a: [w["state"] for w in a["work"]] == ["wrap_up"])

        # Who no longer looks is told nothing; who asks again has it as it is.
        dora.call("DELETE", "/v1/live")
        self.look(dora)
        alice.available()
        self.sees(dora, "alice", "ready")  # and with it has come whatever was on its way
        seen = len([e for e in dora.events if e["type"] == "live.changed"])
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        self.sees(dora, "alice", "on_break", "lunch")
        self.assertEqual(len([e for e in dora.events if e["type"] == "live.changed"]), seen)
        self.assertEqual({a["id"]: a["reason"] for a in dora.get("/v1/live")["agents"]}["alice"], "lunch")

        # A team of one's own, from the next definitions on; the queues that nobody in it serves are not there.
        self.centre["agents"] = [dict(a, leads=["office"]) if a["id"] == "dora" else a for a in self.centre["agents"]]
        self.centre["agents"] = [dict(a, queues=[queue]) if a["id"] == "carol" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        dora.wait("live.renewed")
        again = dora.get("/v1/live")
        self.assertEqual(([a["id"] for a in again["agents"]], [q["id"] for q in again["queues"]]), (["carol"], [queue]))

        for agent in (alice, bob, dora):
            agent.close()
        self.centre["agents"] = [dict(a, leads=[]) if a["id"] == "dora" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        self.daemon.kill()
        self.daemon.start()
        dora.desk()
        dora.listen()
        self.live(dora)
        after = self.line(dora, "queues", offer["queue"], lambda q: q["today"] is not None)
        self.assertEqual(after["today"], {"answered": 1, "in_time": 1, "abandoned": 0, "timed_out": 0})

    def test_acted_on(self):
        """State, queues and signing out of an agent by a supervisor, told to the agent and only of the teams that are led."""
        self.centre["agents"] = [dict(a, leads=["counter"]) if a["id"] == "dora" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        dora, alice, carol = self.desk("dora"), self.desk("alice"), self.desk("carol")

        def told(what):
            event = alice.wait("agent.supervised")
            self.assertEqual((event["by"], event["name"], event["what"]), ("dora", "Dora", what))
        dora.put("/v1/agents/alice/state", {"state": "idle", "reason": "lunch"})
        alice.wait_state("idle", "lunch")
        told("state")
        dora.put("/v1/agents/alice/memberships", {"queues": "all", "state": "paused", "reason": "lunch"})
        alice.wait("agent.membership_changed")
        told("queues")
        self.assertEqual(self.refused(lambda: dora.put("/v1/agents/carol/state", {"state": "available"}), 403, "not_allowed")["reason"],
                         "not_led")
        self.assertEqual(self.refused(lambda: carol.put("/v1/agents/alice/state", {"state": "available"}), 403, "not_allowed")["reason"],
                         "not_supervisor")
        self.refused(lambda: dora.put("/v1/agents/nobody/state", {"state": "available"}), 404, "not_found")
        self.refused(lambda: dora.put("/v1/agents/alice/state", {"state": "idle", "reason": "nonsense"}), 422, "invalid")
        self.assertEqual(self.refused(lambda: dora.post("/v1/agents/bob/sign_out"), 409, "not_now")["reason"], "not_signed_in")
        dora.post("/v1/agents/alice/sign_out", {"force": False})
        self.assertEqual(alice.wait("session.ended")["reason"], "forced")

    def away(self, state):
        return [(c["channel"], c["reason"], c["by"], c["name"]) for c in state["channels"] if not c["ready"]]

    def test_one_channel(self):
        """No call comes to Alice, who is available, until her supervisor says so or she does; told to her, shown in the live view, audited."""
        dora, bob, alice = self.desk("dora"), self.desk("bob"), self.agent("alice")
        self.live(dora)
        self.look(bob)
        since = alice.desk()["state"]["since"]
        self.assertEqual(alice.desk()["state"]["channels"],
                         [{"channel": "voice", "ready": True, "reason": None, "since": None, "by": None, "name": None}])
        for body in ({"state": "idle", "reason": "lunch", "channel": "im"}, {"state": "idle", "reason": "nonsense", "channel": "voice"},
                     {"state": "idle", "channel": "voice"}):
            self.refused(lambda: dora.put("/v1/agents/alice/state", body), 422, "invalid")
        reason = self.refused(lambda: bob.put("/v1/agents/alice/state", {"state": "idle", "reason": "lunch", "channel": "voice"}), 403, "not_allowed")
        self.assertEqual(reason["reason"], "not_supervisor")

        dora.put("/v1/agents/alice/state", {"state": "idle", "reason": "lunch", "channel": "voice"})
        told = alice.wait("agent.supervised")
        self.assertEqual((told["name"], told["what"], told["channel"]), ("Dora", "channel", "voice"))
        out = [("voice", "lunch", "dora", "Dora")]
        event = alice.wait(lambda e: e["type"] == "agent.state_changed" and self.away(e["state"]) == out)
        self.assertEqual((event["state"]["state"], event["state"]["since"]), ("available", since))
        seen = self.led(dora, "alice", lambda a: self.away(a["state"]) == out)
        self.assertEqual(seen["state"]["channels"], event["state"]["channels"])
        self.sees(bob, "alice", "on_break", "lunch")

        # It waits for her, and comes when the channel is hers again.
        self.customer("8001")
        self.line(dora, "queues", "billing", lambda q: q["waiting"] == 1)
        self.assertEqual(alice.desk()["offers"], [])
        dora.put("/v1/agents/alice/state", {"state": "available", "channel": "voice"})
        alice.wait("offer.created")
        self.assertEqual(self.away(alice.desk()["state"]), [])

        # Her own wish, and the end of it by being available, on all channels.
        alice.put("/v1/state", {"state": "idle", "reason": "lunch", "channel": "voice"})
        alice.wait(lambda e: e["type"] == "agent.state_changed" and self.away(e["state"]) == [("voice", "lunch", None, None)])
        alice.available()
        alice.wait(lambda e: e["type"] == "agent.state_changed" and self.away(e["state"]) == [])
        with contextlib.closing(sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))) as db:
            done = [d for (d,) in db.execute("SELECT detail FROM audit WHERE who = 'dora' AND action = 'agent_state'")]
        self.assertEqual(done, ["alice voice", "alice voice"])

    def takes(self, agent):
        offer = agent.wait("offer.created")["offer"]
        self.rings(agent, offer)
        agent.phone.command("accept")
        return agent.wait_cause("joined")["interaction"]

    def test_full_conference(self):
        """A supervisor sees that nobody more can come into a call, is refused, and sees when there is room again."""
        def full(yes):
            return self.led(dora, "alice", lambda a: [w["full"] for w in a["work"]] == [yes])["work"][0]["participation"]
        self.centre["settings"]["conference_max"] = 3
        self.daemon.apply(self.centre)
        dora, alice, bob = self.desk("dora"), self.agent("alice"), self.agent("bob", available=False)
        self.customer("8001")
        call = self.takes(alice)
        bob.put("/v1/memberships", {"queues": "all", "state": "out"})
        bob.available()
        self.live(dora)
        full(False)
        alice.post("/v1/interactions/%s/consult" % call["id"], {"to": {"agent": "bob"}, "kind": "conference"})
        self.takes(bob)
        part = full(True)
        refused = self.refused(lambda: dora.put("/v1/participations/%s/supervision" % part, {"mode": "barge"}), 409, "not_now")
        self.assertEqual(refused["reason"], "conference_full")
        bob.post("/v1/interactions/%s/leave" % call["id"])
        full(False)

    def test_live_of_a_thousand(self):
        """Everyone at once in one answer, and one who changes alone in a message."""
        queues = self.centre["agents"][0]["queues"]
        self.centre["agents"] += [{"id": "agent%d" % n, "name": "Agent %d" % n, "team": "office", "skills": [], "queues": queues}
                                  for n in range(1000)]
        self.daemon.apply(self.centre)
        self.daemon.set_password("agent500")
        dora, one = self.desk("dora"), self.desk("agent500")
        self.assertEqual(len(self.live(dora)["agents"]), 1004)
        one.available()
        told = dora.wait(lambda e: e["type"] == "live.changed" and [a for a in e["agents"] if a["presence"] == "ready"])
        self.assertEqual([a["id"] for a in told["agents"]], ["agent500"])

    def test_restart(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait_state("idle", "lunch")
        before = self.look(alice)["bob"]
        self.assertEqual(before["presence"], "on_break")
        self.daemon.kill()
        self.daemon.start()
        for agent in (alice, bob):
            agent.close()
            agent.desk()
            agent.listen()
        self.assertEqual(self.look(alice)["bob"], before)
        bob.call("DELETE", "/v1/session")
        self.sees(alice, "bob", "signed_out")

    def test_new_definitions(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.look(alice)
        self.centre["agents"][1]["team"] = "office"
        self.centre["variables"].append({"id": "floor", "names": scene.names("Floor"), "editable": True})
        self.daemon.apply(self.centre)
        alice.wait("definitions.changed")
        self.assertIn("floor", [v["id"] for v in alice.desk()["variables"]])
        self.assertEqual(self.look(alice), {})
        self.assertEqual(list(self.look(bob)), ["carol", "dora"])

    def test_another_team(self):
        self.centre["agents"] = [dict(a, teams=["office"]) if a["id"] == "alice" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        alice, bob, dora = (self.desk(name) for name in ("alice", "bob", "dora"))
        self.assertEqual([t["id"] for t in alice.desk()["agent"]["teams"]], ["counter", "office"])
        self.assertEqual([t["id"] for t in bob.desk()["agent"]["teams"]], ["counter"])
        self.assertEqual(list(self.look(alice)), ["bob"])
        self.assertEqual(list(self.look(bob)), ["alice"])
        self.look(dora)
        alice.put("/v1/session/team", {"team": "office"})
        self.assertEqual(alice.wait("agent.team_changed")["team"], "office")
        for agent in (alice, bob, dora):
            agent.wait("colleagues.changed")
        self.assertEqual(list(self.look(alice)), ["carol", "dora"])
        self.assertEqual(list(self.look(bob)), [])
        self.assertEqual(self.look(dora)["alice"]["team"], "office")
        # It lasts beyond the session and a restart, until the centre says otherwise.
        alice.close()
        for agent in (bob, dora):
            agent.close()
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(alice.desk()["agent"]["team"], "office")
        self.centre["agents"] = [{k: v for k, v in a.items() if k != "teams"} for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        self.assertEqual(alice.desk()["agent"]["team"], "counter")


class Directory(Colleagues):
    """Whom an agent finds, what can be done with each now, and what he or she keeps of it."""

    def define(self):
        self.centre["skills"] = [{"id": "french", "names": scene.names("French")}]
        self.centre["agents"][1]["skills"] = [{"skill": "french", "level": 5}]
        self.centre["queues"][0]["dial_out"] = True
        self.centre["speed_dials"] = [{"id": "taxi", "names": scene.names("Taxi"), "number": "+359 2 91 119"}]
        self.centre["contacts"] = [
            {"id": "lab", "name": "Жорж Лабов", "organisation": "Лаборатория", "numbers": ["+33 1 45 67 89 00"]},
            {"id": "notary", "name": "Maître Bobet", "numbers": ["+33 6 12 34 56 78", "+33 1 11 11 11 11"]}]
        super().define()

    def find(self, agent, text="", **more):
        query = urllib.parse.urlencode({"text": text, **more})
        return agent.get("/v1/directory?" + query)["items"]

    def ids(self, agent, text="", **more):
        return [(i["kind"], i["id"]) for i in self.find(agent, text, **more)]

    def one(self, agent, kind, id, **more):
        (found,) = [i for i in self.find(agent, **more) if (i["kind"], i["id"]) == (kind, id)]
        return found

    def test_found_and_shown(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.assertEqual(self.ids(alice, "bob"), [("agent", "bob"), ("contact", "notary")])
        self.assertEqual(self.ids(alice, "боб"), [("agent", "bob"), ("contact", "notary")])
        self.assertEqual(self.ids(alice, "zhorzh"), [("contact", "lab")])
        self.assertEqual(self.ids(alice, "laborat"), [("contact", "lab")])
        self.assertEqual(self.ids(alice, "78"), [("contact", "notary"), ("contact", "lab")])
        self.assertEqual(self.ids(alice, "06 12 34"), [("number", "061234"), ("contact", "notary")])
        self.assertEqual(self.ids(alice, "fr", kinds="skill,team"), [("skill", "french"), ("team", "counter"), ("team", "office")])
        self.assertNotIn(("agent", "alice"), self.ids(alice))
        bob.available()
        bob.wait_state("available")
        shown = self.one(alice, "agent", "bob", text="bob")
        self.assertEqual((shown["presence"]["presence"], shown["team"]["id"], shown["actions"]), ("ready", "counter", {"im": "allowed", "call": "allowed"}))
        self.assertEqual(self.one(alice, "agent", "eve", text="eve")["actions"], {"im": "colleague_away", "call": "owner_away"})
        self.assertEqual(self.one(alice, "contact", "lab", text="lab")["actions"], {"call": "allowed"})
        self.assertEqual(self.one(alice, "number", "+35929811111", text="+359 2 981 1111")["actions"], {"call": "allowed"})
        counts = {i["id"]: (i["free"], i["of"]) for i in self.find(alice, kinds="queue,skill,team", limit=200)}
        self.assertEqual((counts["billing"], counts["french"], counts["office"]), ((1, 2), (1, 1), (0, 0)))
        page = alice.get("/v1/directory?limit=2&offset=1")
        self.assertEqual(([i["id"] for i in page["items"]], page["complete"]), (["carol", "dora"], False))
        last = alice.get("/v1/directory?limit=200&offset=%d" % (page["total"] - 1))
        self.assertEqual((len(last["items"]), last["complete"]), (1, True))
        for wrong in "kinds=tea", "limit=0", "limit=1000", "offset=-1", "text=" + "x" * 129:
            self.refused(lambda: alice.get("/v1/directory?" + wrong), 422, "invalid")
        self.refused(lambda: alice.get("/v1/directory?interaction=i1"), 404, "not_found")

    def test_where_own_calls_may_go(self):
        """Of the agent who asks, or of one whom a supervisor leads; nobody whose calls come back."""
        alice, bob, leader = self.desk("alice"), self.desk("bob"), self.desk("dora")
        bob.put("/v1/forwarding", {"when": "always", "to": {"agent": "alice"}})
        found = {i["id"]: i["actions"].get("forward") for i in self.find(alice, forward="alice", limit=200)}
        self.assertEqual((found["bob"], found["carol"], found["billing"], found["lab"], found["french"]),
                         ("forward_loop", "allowed", "allowed", "allowed", "not_enabled"))
        self.assertNotIn("alice", found)
        found = {i["id"]: i["actions"].get("forward") for i in self.find(leader, forward="alice", limit=200)}
        self.assertEqual((found["bob"], found["carol"]), ("forward_loop", "allowed"))
        self.assertNotIn("alice", found)
        self.assertNotIn("forward", self.one(alice, "agent", "carol", text="carol")["actions"])
        for of in "bob", "nobody":
            self.refused(lambda: alice.get("/v1/directory?forward=" + of), 422, "invalid")

    def test_number_of_a_team(self):
        """The second number of a contact is that of a team that takes so many calls: no call of an agent's own goes there."""
        alice = self.desk("alice")
        number = self.centre["contacts"][1]["numbers"][1]
        self.centre["teams"].append({"id": "far", "names": scene.names("Far"), "number": number, "calls": 2})
        self.daemon.apply(self.centre)
        notary = self.one(alice, "contact", "notary", forward="alice")
        self.assertEqual(notary["actions"], {"call": "allowed", "forward": "allowed"})
        self.assertEqual(notary["others"], [{"number": number, "actions": {"call": "unsupported_destination", "forward": "unsupported_destination"}}])
        self.assertEqual(self.one(alice, "contact", "lab")["others"], [])
        for ask in (lambda: alice.post("/v1/calls", {"to": number}), lambda: alice.put("/v1/forwarding", {"when": "always", "to": {"number": number}})):
            self.assertEqual(self.refused(ask, 409, "not_now")["reason"], "unsupported_destination")

    def test_forwarded_to_a_number_that_a_team_gets(self):
        """It ends as soon as the definitions that make it impossible hold, also of who is signed out; each is told, once."""
        alice, bob = self.desk("alice"), self.desk("bob")
        to = {"alice": "+35924400077", "bob": "8555"}
        for name, agent in ("alice", alice), ("bob", bob):
            agent.put("/v1/forwarding", {"when": "always", "to": {"number": to[name]}})
            agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["forwarding"])
        bob.call("DELETE", "/v1/session")
        queue = self.centre["queues"][0]["id"]
        self.centre["teams"].append({"id": "far", "names": scene.names("Far"), "number": "+359 2 440 0077", "calls": 2})
        self.centre["entry_points"].append({"id": "far", "names": scene.names("Far"), "addresses": ["8555"], "queue": queue, "team": "far"})
        self.daemon.apply(self.centre)
        ended = alice.wait(lambda e: e["type"] == "agent.state_changed" and not e["state"]["forwarding"])
        self.assertEqual(ended["cause"], "unsupported_destination")
        (told,) = alice.wait("notice.changed")["notices"]
        self.assertEqual((told["service"], told["priority"], told["read"]), ({"kind": "forwarding", "name": to["alice"], "back_at": None}, "high", False))
        again = self.desk("bob")
        self.assertIsNone(again.desk()["state"]["forwarding"])
        self.assertEqual([n["service"]["name"] for n in again.get("/v1/notices")["notices"]], [to["bob"]])
        for number in to.values():
            refused = self.refused(lambda: alice.put("/v1/forwarding", {"when": "always", "to": {"number": number}}), 409, "not_now")
            self.assertEqual(refused["reason"], "unsupported_destination")
        # A restart neither says it again nor takes it for over.
        self.daemon.apply(self.centre)
        self.daemon.kill()
        self.start_daemon()
        self.assertEqual(alice.get("/v1/notices")["notices"], [told])

    def test_forwarded_to_a_number_that_a_colleague_gets(self):
        """It means the colleague or the queue then; one's own number, or that of whom one's calls come back from, it cannot mean."""
        to = {"alice": "8600", "bob": "8601", "eve": "8602"}
        agents = {name: self.desk(name) for name in to}
        for name, agent in agents.items():
            agent.put("/v1/forwarding", {"when": "busy", "to": {"number": to[name]}})
            agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["forwarding"])
        numbers = {"carol": "8600", "eve": "8602"}
        for agent in self.centre["agents"]:
            agent["number"] = numbers.get(agent["id"], agent.get("number"))
        queue = self.centre["queues"][0]["id"]
        self.centre["entry_points"].append({"id": "new", "names": scene.names("New"), "addresses": ["8601"], "queue": queue})
        self.daemon.apply(self.centre)

        def changed(name, to):
            seen = lambda e: e["type"] == "agent.state_changed" and (e["state"]["forwarding"] or {"to": None})["to"] == to
            return agents[name].wait(seen)

        forwarding = changed("alice", "agent")["state"]["forwarding"]
        self.assertEqual((forwarding["when"], forwarding["agent"]), ("busy", "carol"))
        forwarding = changed("bob", "queue")["state"]["forwarding"]
        self.assertEqual((forwarding["when"], forwarding["queue"]), ("busy", queue))
        self.assertEqual(changed("eve", None)["cause"], "forward_loop")
        (told,) = agents["eve"].wait("notice.changed")["notices"]
        self.assertEqual(told["service"], {"kind": "forwarding", "name": "8602", "back_at": None})
        self.assertEqual(agents["alice"].get("/v1/notices")["notices"], [])

    def test_about_a_call(self):
        """Numbers and entry points are named where there is a call to bring them into; what is asked is remembered."""
        alice = self.agent("alice")
        self.customer("8001")
        offer = alice.wait("offer.created")["offer"]
        self.rings(alice, offer)
        alice.phone.command("accept")
        alice.wait_cause("joined")
        about = {i["id"]: i["actions"] for i in self.find(alice, interaction=offer["interaction"], limit=200)}
        self.assertEqual(about["lab"], {"call": "call_in_progress", "consult": "allowed", "conference": "allowed", "transfer": "allowed"})
        self.assertEqual(about["bob"]["consult"], "owner_away")
        self.assertEqual(about["line_empty"]["transfer"], "unstaffed")
        self.assertEqual(self.ids(alice, "+359888123456", interaction=offer["interaction"]), [("number", "+359888123456")])
        alice.post("/v1/interactions/%s/consult" % offer["interaction"], {"to": {"entry_point": "line_plain"}, "kind": "consult"})
        self.assertEqual(self.ids(alice)[0], ("entry_point", "line_plain"))

    def test_live(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        self.find(alice, "bob")
        bob.available()
        alice.wait("directory.changed")
        self.assertEqual(self.find(alice, "bob")[0]["presence"]["presence"], "ready")
        # Of groups no more often than every few seconds, and of nothing that is not shown.
        self.find(alice, "taxi")
        self.find(bob, "alice")
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        alice.available()
        alice.put("/v1/state", {"state": "idle", "reason": "lunch"})
        alice.wait_state("idle", "lunch")
        self.find(alice, kinds="team")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        alice.wait("directory.changed")
        self.assertEqual(self.one(alice, "team", "counter", kinds="team")["free"], 0)

    def test_what_the_centre_allows(self):
        self.centre["settings"].update(directory_agents="team", directory_groups=False)
        self.daemon.apply(self.centre)
        alice, dora = self.desk("alice"), self.desk("dora")
        self.assertEqual(self.ids(alice, kinds="agent,team,skill"), [("agent", "bob")])
        self.assertEqual(len(self.ids(dora, kinds="agent")), 4)
        self.assertIn(("skill", "french"), self.ids(dora))
        del self.centre["contacts"][0]
        self.daemon.apply(self.centre)
        self.assertEqual(self.ids(alice, kinds="contact"), [("contact", "notary")])

    def test_what_one_keeps(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        alice.put("/v1/directory/favourites/contact/notary", {"on": True})
        self.assertEqual(self.ids(alice)[0], ("contact", "notary"))
        self.assertNotEqual(self.ids(bob)[0], ("contact", "notary"))
        self.refused(lambda: alice.put("/v1/directory/favourites/contact/nobody", {"on": True}), 404, "not_found")
        self.refused(lambda: alice.put("/v1/directory/favourites/tea/notary", {"on": True}), 404, "not_found")
        alice.put("/v1/directory/favourites/contact/notary", {"on": False})
        self.assertNotEqual(self.ids(alice)[0], ("contact", "notary"))
        dial = alice.post("/v1/directory/speed-dials", {"name": "Мама", "number": "02 981-11-11"})["speed_dial"]
        self.assertEqual((dial["name"], dial["numbers"]), ("Мама", ["029811111"]))
        self.assertEqual(self.ids(alice, "mama"), [("speed_dial", dial["id"])])
        self.assertEqual(self.ids(bob, "mama"), [])
        self.refused(lambda: bob.call("DELETE", "/v1/directory/speed-dials/" + dial["id"]), 404, "not_found")
        self.refused(lambda: alice.post("/v1/directory/speed-dials", {"name": "x", "number": "tea"}), 422, "invalid")
        self.refused(lambda: alice.post("/v1/directory/speed-dials", {"name": " ", "number": "0123"}), 422, "invalid")
        alice.put("/v1/directory/speed-dials/" + dial["id"], {"name": "Papa", "number": "0888"})
        bob.post("/v1/im", {"to": "alice", "text": "hello"})
        self.assertEqual(self.ids(bob)[0], ("agent", "alice"))
        self.daemon.kill()
        self.daemon.start()
        alice.close()
        bob.close()
        self.assertEqual(self.find(alice, kinds="speed_dial")[0]["name"], "Papa")
        self.assertEqual(self.ids(bob)[0], ("agent", "alice"))
        alice.call("DELETE", "/v1/directory/speed-dials/" + dial["id"])
        self.assertEqual(self.ids(alice, "papa"), [])


# Those of the class above have run there.
for case in [name for name in vars(Colleagues) if name.startswith("test_")]:
    setattr(Directory, case, None)


if __name__ == "__main__":
    scene.main()
