# SPDX-License-Identifier: GPL-3.0-or-later
"""Several agents in one chat: asked, consulted in private, joined to the customer, leaving in every order."""

import json
import pathlib

import scene
from chats import Chats


class Consult(Chats):
    def define(self):
        self.centre["agents"].append({"id": "carol", "name": "Carol", "language": "fr", "queues": []})
        self.centre["settings"]["reoffer_seconds"] = 600
        super().define()
        self.centre["agents"][-1]["queues"] = []
        self.daemon.apply(self.centre)
        self.daemon.set_password("carol")

    def begin(self):
        """Alice talks with a customer; Bob and Carol are there and get nothing by themselves."""
        alice = self.desk()
        customer = self.customer(values={"pin": "1234"})
        interaction, _ = self.accepted(alice, customer)
        bob, carol = self.desk("bob"), self.desk("carol")
        for one in bob, carol:
            one.put("/v1/memberships", {"queues": "all", "state": "out"})
        return alice, bob, carol, customer, interaction

    def path(self, interaction, what):
        return "/v1/interactions/%s/%s" % (interaction["id"], what)

    def ask(self, asker, interaction, kind="consult", **to):
        return asker.post(self.path(interaction, "consult"), {"to": to, "kind": kind})

    def comes(self, asker, helper, interaction, kind="consult"):
        with helper.changed:
            helper.events.clear()
        self.ask(asker, interaction, kind, agent=helper.agent)
        offer = helper.wait("offer.created")["offer"]
        self.assertEqual((offer["kind"], offer["interaction"], offer["from"]["agent"]), (kind, interaction["id"], asker.agent))
        helper.post("/v1/offers/%s/accept" % offer["id"])
        return helper.wait_cause("joined")["interaction"]

    def roles(self, interaction):
        return {p["agent"]: p["role"] for p in interaction["participations"] if p["state"] in ("active", "held")}

    def leave(self, agent, interaction):
        agent.post(self.path(interaction, "leave"))

    def closed(self, agent, interaction):
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == interaction["id"])

    def agents(self, customer, *names):
        customer.wait(lambda e: e["type"] == "state" and e.get("agents") == list(names))

    # --------------------------------------------------------------------------------------------

    def test_a_private_talk_that_becomes_a_conference(self):
        alice, bob, _, customer, interaction = self.begin()
        customer.said("where is my parcel?")
        shown = self.comes(alice, bob, interaction)
        self.assertEqual(self.roles(shown), {"alice": "primary", "bob": "consulted"})
        self.assertEqual(self.texts(bob, shown), ["where is my parcel?"])
        (pin,) = [v for v in shown["variables"] if v["id"] == "pin"]
        self.assertIsNone(pin["value"])
        self.assertEqual(bob.post("/v1/interactions/%s/variables/pin/reveal" % shown["id"])["value"], "1234")
        self.assertEqual(self.refused(lambda: self.send(bob, shown, "hello"), 409, "not_now")["reason"], "private_only")
        self.send(bob, shown, "lost in Lyon", private=True)
        alice.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "lost in Lyon")
        bob.put(self.path(shown, "read"), {"number": 2})
        # Beside what stands in the consult they write to each other as ever.
        alice.post("/v1/im", {"to": "bob", "text": "lunch?"})
        aside = bob.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["channel"] == "im")["interaction"]
        self.assertEqual(self.texts(bob, aside), ["lunch?"])
        self.send(alice, interaction, "one moment")
        customer.wait_text("one moment")
        alice.post(self.path(interaction, "conference"))
        self.assertEqual(self.roles(bob.wait_cause("role")["interaction"])["bob"], "conferenced")
        self.agents(customer, "Alice", "Bob")
        self.send(bob, shown, "Bob here")
        customer.wait_text("Bob here")
        self.assertNotIn("lost in Lyon", customer.transcript())
        problem = self.refused(lambda: alice.post(self.path(interaction, "unassign")), 409, "not_now")
        self.assertEqual(problem["reason"], "in_conference")
        self.refused(lambda: bob.post(self.path(shown, "end")), 403, "not_allowed")
        # The one who leads leaves: control passes, and with it the wrap-up of the queue.
        self.leave(alice, interaction)
        led = bob.wait(lambda e: e.get("cause") == "role" and self.roles(e["interaction"]) == {"bob": "primary"})["interaction"]
        self.agents(customer, "Bob")
        self.assertEqual(led["queue"], "chat")
        bob.post(self.path(shown, "end"))
        for agent in bob, alice:
            (work,) = [i for i in agent.desk()["interactions"] if i["id"] == interaction["id"]]
            (part,) = [p for p in work["participations"] if p["agent"] == agent.agent]
            self.assertEqual(part["state"], "wrap_up")

    def test_a_value_that_two_edit_is_the_first_ones(self):
        alice, bob, _, _, interaction = self.begin()
        shown = self.comes(alice, bob, interaction)
        self.assertEqual(bob.put(self.path(shown, "variables/mood"), {"value": "calm", "revision": 0})["revision"], 1)
        seen = alice.wait_cause("variable")["interaction"]
        self.assertEqual([v["value"] for v in seen["variables"] if v["id"] == "mood"], ["calm"])
        late = self.refused(lambda: alice.put(self.path(interaction, "variables/mood"), {"value": "angry", "revision": 0}), 409, "conflict")
        self.assertEqual((late["current"]["value"], late["current"]["revision"]), ("calm", 1))
        # Who has seen the other's may put the own in its place.
        alice.put(self.path(interaction, "variables/mood"), {"value": "angry", "revision": 1})
        again = bob.wait(lambda e: e.get("cause") == "variable" and any(v["value"] == "angry" for v in e["interaction"]["variables"]))
        self.assertEqual(again["interaction"]["id"], interaction["id"])

    def test_an_administrator_has_no_controls(self):
        """Nothing that agents do with a running conference is known at the administrator's socket; it goes on as it was."""
        alice, bob, _, customer, interaction = self.begin()
        shown = self.comes(alice, bob, interaction, "conference")
        self.agents(customer, "Alice", "Bob")
        before = (self.roles(alice.desk()["interactions"][0]), self.types(interaction["id"]))
        self.assertEqual(before[0], {"alice": "primary", "bob": "conferenced"})
        part = next(p["id"] for p in shown["participations"] if p["agent"] == "bob")
        tried = 0
        paths = json.loads((pathlib.Path(__file__).parents[2] / "data/api/openapi.json").read_text(encoding="utf-8"))["paths"]
        for path, methods in paths.items():
            kind = path.split("/")[2]
            if kind not in ("interactions", "participations") or "{id}" not in path:
                continue
            own = path.replace("{id}", part if kind == "participations" else interaction["id"])
            for method in {"get", "put", "post", "delete"} & methods.keys():
                for one in own, own.replace("/v1/", "/admin/"):
                    if one.endswith("/wrap_up/end"):
                        continue  # of who has left it
                    with self.assertRaises(scene.api.Refused) as caught:
                        self.daemon.admin(method.upper(), one, {})
                    self.assertEqual(caught.exception.status, 404, (method, one))
                    tried += 1
        self.assertGreater(tried, 40)
        self.refused(lambda: self.daemon.admin("POST", "/admin/participations/%s/wrap_up/end" % part, {}), 409, "not_now")
        self.assertEqual((self.roles(alice.desk()["interactions"][0]), self.types(interaction["id"])), before)

    def test_as_many_as_the_centre_says(self):
        """The desk is told, Alice is refused a fourth, and what the centre says next holds at once."""
        alice, bob, carol, _, interaction = self.begin()
        self.assertEqual(alice.desk()["settings"]["conference_max"], 8)
        for wrong in 2, 9:
            self.centre["settings"]["conference_max"] = wrong
            problem = self.refused(lambda: self.daemon.apply(self.centre), 422, "invalid")
            self.assertIn("conference_max", str(problem))
        self.centre["settings"]["conference_max"] = 3
        self.daemon.apply(self.centre)
        self.addCleanup(self.more)
        self.assertEqual(alice.desk()["settings"]["conference_max"], 3)
        self.comes(alice, bob, interaction, "conference")
        for kind in "consult", "conference":
            problem = self.refused(lambda: self.ask(alice, interaction, kind, agent="carol"), 409, "not_now")
            self.assertEqual(problem["reason"], "conference_full")
        self.more()
        self.comes(alice, carol, interaction, "conference")

    def more(self):
        self.centre["settings"].pop("conference_max", None)
        self.daemon.apply(self.centre)

    def test_asked_in_vain(self):
        alice, bob, carol, customer, interaction = self.begin()
        problem = self.refused(lambda: self.leave(alice, interaction), 409, "not_now")
        self.assertEqual(problem["reason"], "last_agent")
        self.ask(alice, interaction, agent="bob")
        asked = alice.wait(lambda e: e.get("cause") == "consult" and e["interaction"]["consult"]["state"] == "offered")
        self.assertEqual(asked["interaction"]["consult"]["name"], "Bob")
        problem = self.refused(lambda: self.ask(alice, interaction, agent="carol"), 409, "not_now")
        self.assertEqual(problem["reason"], "consult_in_progress")
        bob.post("/v1/offers/%s/decline" % bob.wait("offer.created")["offer"]["id"])
        bob.wait_state("idle", "refused")
        over = alice.wait(lambda e: e.get("cause") == "consult" and e["interaction"]["consult"]["state"] == "ended")
        self.assertEqual(over["interaction"]["consult"]["outcome"], "declined")
        self.ask(alice, interaction, kind="conference", agent="carol")
        carol.wait("offer.created")
        alice.call("DELETE", self.path(interaction, "consult"))
        self.assertEqual(carol.wait("offer.ended")["outcome"], "withdrawn")
        self.assertEqual(carol.desk()["state"]["state"], "available")
        problem = self.refused(lambda: alice.call("DELETE", self.path(interaction, "consult")), 409, "not_now")
        self.assertEqual(problem["reason"], "not_consulting")
        self.ask(alice, interaction, agent="carol")
        carol.wait("offer.created")
        customer.send(type="end")
        self.assertEqual(carol.wait("offer.ended")["reason"], "customer_left")

    def test_a_colleague_whose_desk_is_away(self):
        """The others are told since when, and that it is back; the customer, who knows nothing of the colleague, is not."""
        alice, bob, _, customer, interaction = self.begin()
        self.comes(alice, bob, interaction)

        def absent(cause):
            parts = alice.wait_cause(cause)["interaction"]["participations"]
            return {p["agent"]: p["absent_since"] for p in parts}
        bob.close()
        self.assertIsNotNone(absent("absent")["bob"])
        (shown,) = alice.desk()["interactions"]
        self.assertEqual([p["agent"] for p in shown["participations"] if p["absent_since"]], ["bob"])
        bob.listen(bob.desk()["cursor"])
        self.assertEqual(absent("present"), {"alice": None, "bob": None})
        self.assertFalse(any(e.get("away") for e in customer.events))

    def test_who_can_be_asked(self):
        alice, bob, carol, _, interaction = self.begin()
        self.comes(alice, bob, interaction, "conference")
        items = alice.get("/v1/directory?interaction=%s&kinds=agent,queue" % interaction["id"])["items"]
        self.assertEqual({i["id"]: i["actions"]["consult"] for i in items if i["kind"] == "agent"}, {"bob": "already_in", "carol": "allowed"})
        self.assertEqual({i["actions"]["transfer"] for i in items if i["kind"] == "queue"}, {"in_conference"})
        self.assertEqual({i["channel"] for i in items if i["kind"] == "queue"}, {"webchat"})
        self.refused(lambda: alice.post(self.path(interaction, "consult"), {"to": {"agent": "carol"}, "kind": "tea"}), 422, "invalid")
        self.ask(alice, interaction, queue="chat")
        bob.put("/v1/memberships", {"queues": "all", "state": "ready"})
        alice.call("DELETE", self.path(interaction, "consult"))
        self.assertEqual(bob.desk()["offers"], [])
        self.assertEqual(carol.desk()["offers"], [])

    def test_both_mark_done(self):
        alice, bob, _, customer, interaction = self.begin()
        shown = self.comes(alice, bob, interaction)
        alice.post(self.path(interaction, "end"))
        customer.wait_state("ended")
        part = alice.wait_cause("wrap_up_started")["interaction"]["participations"][0]
        self.end(alice, interaction, part)
        self.send(bob, shown, "for the record", private=True)
        (kept,) = bob.desk()["interactions"]
        self.assertEqual(self.roles(kept), {"bob": "consulted"})
        self.leave(bob, shown)
        self.closed(bob, shown)
        self.assertEqual(bob.desk()["interactions"], [])
        self.assertEqual(self.types(interaction["id"])[-1], "interaction.closed")

    def test_transferred_to_the_consulted(self):
        alice, bob, _, customer, interaction = self.begin()
        shown = self.comes(alice, bob, interaction)
        alice.post(self.path(interaction, "transfer"), {"to": {"agent": "bob"}})
        bob.wait(lambda e: e.get("cause") == "role" and self.roles(e["interaction"]) == {"bob": "primary"})
        customer.wait(lambda e: e["type"] == "state" and e.get("agent") == "Bob")
        self.send(bob, shown, "I go on")
        customer.wait_text("I go on")
        alice.wait_cause("wrap_up_started")

    def test_the_daemon_dies_during_a_consult(self):
        alice, bob, carol, customer, interaction = self.begin()
        shown = self.comes(alice, bob, interaction)
        self.send(bob, shown, "before", private=True)
        self.cut_and_kill(alice, bob, carol, customer)
        self.assertEqual(self.roles(alice.desk()["interactions"][0]), {"alice": "primary", "bob": "consulted"})
        self.assertEqual(self.texts(bob, bob.desk()["interactions"][0]), ["before"])
        for one in alice, bob, carol:
            one.cursor = None
            one.listen()
        alice.post(self.path(interaction, "conference"))
        self.assertEqual(self.roles(bob.wait_cause("role")["interaction"])["bob"], "conferenced")
        self.ask(alice, interaction, agent="carol")
        self.cut_and_kill(alice, bob, carol, customer)
        consult = alice.desk()["interactions"][0]["consult"]
        self.assertEqual((consult["by"], consult["agent"]), ("alice", "carol"))
        customer.listen()
        self.agents(customer, "Alice", "Bob")

    def cut_and_kill(self, *all_of_them):
        self.daemon.kill()  # first: what is offered to a desk that vanished is withdrawn at once
        for one in all_of_them[:-1]:
            one.close()
        all_of_them[-1].cut()
        self.daemon.start()

    def test_every_order_of_leaving(self):
        alice, bob, carol, customer, interaction = self.begin()
        desks = {"alice": alice, "bob": bob, "carol": carol}
        self.comes(alice, bob, interaction, "conference")
        self.comes(alice, carol, interaction, "conference")
        self.agents(customer, "Alice", "Bob", "Carol")
        # A helper first, then the one who leads, and the last one cannot leave alone.
        self.leave(bob, interaction)
        self.closed(bob, interaction)
        self.agents(customer, "Alice", "Carol")
        self.leave(alice, interaction)
        self.agents(customer, "Carol")
        self.assertEqual(self.refused(lambda: self.leave(carol, interaction), 409, "not_now")["reason"], "last_agent")
        # Bob comes back, consulted, and is sent away.
        self.comes(carol, bob, interaction)
        carol.call("DELETE", self.path(interaction, "consult"))
        self.closed(bob, interaction)
        self.comes(carol, desks["bob"], interaction, "conference")
        # Signed out by force: Bob, who joined, goes on.
        self.daemon.admin("POST", "/admin/agents/carol/sign_out", {"force": True})
        customer.wait(lambda e: e["type"] == "state" and e.get("agents") == ["Bob"])
        self.send(bob, interaction, "still here")
        customer.wait_text("still here")


if __name__ == "__main__":
    scene.main()
