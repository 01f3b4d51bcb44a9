# SPDX-License-Identifier: GPL-3.0-or-later
"""Canned replies at the agent API: of the definitions, of supervisors, of each agent; revisions, bounds, imports, what the
others are told, restarts."""

import concurrent.futures
import unittest

import scene
import api

HELLO = {"id": "hello", "shortcut": "hello", "category": "Start", "name": "Greeting",
         "texts": {"en": "Hello {customer.name}", "bg": "Здравейте, {customer.name}"}}
BYE = {"id": "bye", "name": "Bye", "texts": {"und": "Bye"}}


def without_id(reply):
    return {"shortcut": "", "category": "", **{k: v for k, v in reply.items() if k != "id"}}


class Canned(scene.Scene):
    def define(self):
        self.centre["canned_replies"] = [HELLO, BYE]
        self.centre["agents"].append({"id": "dora", "name": "Dora", "role": "supervisor", "skills": [], "queues": ["billing"]})
        super().define()
        self.daemon.set_password("dora")

    def desk(self, name):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        return agent.listen()

    def all(self, agent, since=None):
        answer = agent.get("/v1/canned-replies" + ("" if since is None else "?since=%d" % since))
        return {r["id"]: r for r in answer["canned_replies"]}, answer

    def shown(self, reply):
        return {k: reply[k] for k in ("shortcut", "category", "name", "texts")}

    def create(self, agent, scope="personal", **more):
        return agent.post("/v1/canned-replies", {"scope": scope, "name": "Mine", "texts": {"und": "Text"}, **more})["canned_reply"]

    def change(self, agent, reply, **more):
        return agent.put("/v1/canned-replies/" + reply["id"],
                         {**self.shown(reply), "revision": reply["revision"], **more})["canned_reply"]

    def delete(self, agent, reply):
        return agent.call("DELETE", "/v1/canned-replies/%s?revision=%d" % (reply["id"], reply["revision"]))

    def test_definitions(self):
        alice, dora = self.desk("alice"), self.desk("dora")
        replies, answer = self.all(alice)
        self.assertEqual({k: self.shown(r) for k, r in replies.items()}, {"hello": without_id(HELLO), "bye": without_id(BYE)})
        self.assertEqual({r["scope"] for r in replies.values()}, {"public"})
        # What people make of one stays until the definitions say otherwise of it.
        mine = self.change(dora, replies["hello"], name="Hi")
        self.delete(dora, replies["bye"])
        self.centre["settings"]["reoffer_seconds"] = 2
        self.daemon.apply(self.centre)
        now, _ = self.all(alice)
        self.assertEqual((list(now), now["hello"]), (["hello"], mine))
        self.centre["canned_replies"] = [HELLO, {**BYE, "name": "Good bye"}]
        self.daemon.apply(self.centre)
        now, changes = self.all(alice, answer["version"])
        self.assertEqual(sorted((r["id"], r["name"]) for r in now.values()), [("bye", "Good bye"), ("hello", "Hi")])
        self.centre["canned_replies"] = []
        self.daemon.apply(self.centre)
        now, changes = self.all(alice, changes["version"])
        self.assertEqual((now, sorted(changes["deleted"])), ({}, ["bye", "hello"]))

    def test_wrong_definitions(self):
        self.centre["canned_replies"] = [HELLO, {**BYE, "shortcut": "HELLO"}, {"id": "x", "name": " ", "texts": {}}]
        with self.assertRaises(api.Refused) as caught:
            self.daemon.apply(self.centre)
        self.assertEqual([(p["path"], p["code"]) for p in caught.exception.problem["problems"]],
                         [("canned_replies[2].texts", "missing"), ("canned_replies[1].shortcut", "repeated"),
                          ("canned_replies[2].name", "missing")])

    def test_personal(self):
        alice, bob = self.desk("alice"), self.desk("bob")
        mine = self.create(alice, shortcut="Merci", category="Fin", name=" Thanks ", texts={"fr": "Merci"})
        self.assertEqual((mine["scope"], mine["name"], mine["revision"]), ("personal", "Thanks", 1))
        event = alice.wait("canned_reply.changed")
        self.assertEqual((event["canned_replies"], event["deleted"], event["complete"], event["version"]),
                         ([mine], [], True, mine["version"]))
        self.assertNotIn(mine["id"], self.all(bob)[0])
        self.refused(lambda: self.change(bob, mine, name="x"), 404, "not_found")
        changed = self.change(alice, mine, name="Thank you")
        self.assertEqual((changed["revision"], changed["name"]), (2, "Thank you"))
        problem = self.refused(lambda: self.change(alice, mine, name="Late"), 409, "conflict")
        self.assertEqual(problem["current"], changed)
        self.refused(lambda: self.delete(alice, mine), 409, "conflict")
        gone = self.delete(alice, changed)
        self.assertEqual(alice.wait(lambda e: e["type"] == "canned_reply.changed" and e["deleted"])["deleted"], [mine["id"]])
        self.assertNotIn("current", self.refused(lambda: self.change(alice, changed), 409, "conflict"))
        self.refused(lambda: self.delete(alice, {**changed, "revision": gone["revision"]}), 404, "not_found")
        again = self.change(alice, {**changed, "revision": gone["revision"]})
        self.assertEqual((self.shown(again), again["revision"]), (self.shown(changed), 4))
        self.assertFalse([e for e in bob.events if e["type"] == "canned_reply.changed"])

    def test_public(self):
        alice, bob, dora = self.desk("alice"), self.desk("bob"), self.desk("dora")
        for call in (lambda: self.create(alice, "public"), lambda: self.change(alice, self.all(alice)[0]["hello"]),
                     lambda: self.delete(alice, self.all(alice)[0]["hello"]),
                     lambda: alice.post("/v1/canned-replies/import", {"scope": "public", "canned_replies": []})):
            self.assertEqual(self.refused(call, 403, "not_allowed")["reason"], "not_supervisor")
        made = self.create(dora, "public", shortcut="new")
        for agent in (alice, bob, dora):
            self.assertEqual(agent.wait("canned_reply.changed")["canned_replies"], [made])
            self.assertEqual(self.all(agent)[0][made["id"]], made)
        self.assertNotIn("Text", str(self.daemon.journal()))

    def test_wrong(self):
        alice = self.desk("alice")
        self.create(alice, shortcut="ete")

        def wrong(status, code, field, reason=None, **more):
            problem = self.refused(lambda: alice.call("POST", "/v1/canned-replies", {
                "scope": "personal", "name": "x", "texts": {"fr": "x"}, **more}, hostile=True), status, code)
            self.assertEqual((problem["field"], problem.get("reason")), (field, reason))
        wrong(422, "invalid", "/shortcut", "repeated", shortcut="ÉTÉ")
        wrong(422, "invalid", "/shortcut", "syntax", shortcut="a b")
        wrong(422, "invalid", "/shortcut", "length", shortcut="a" * 33)
        wrong(422, "invalid", "/name", "missing", name="  ")
        wrong(422, "invalid", "/texts", "missing", texts={})
        wrong(422, "invalid", "/texts/fr", "length", texts={"fr": "x" * 4001})
        wrong(422, "invalid", "/texts/french", "syntax", texts={"french": "x"})
        wrong(422, "invalid", "/texts", "length", texts={"a" + chr(97 + i): "x" for i in range(17)})
        wrong(400, "bad_request", "/other", "unknown_member", other=1)
        wrong(400, "bad_request", "/texts", "type", texts="x")
        wrong(422, "invalid", "/scope", scope="theirs")
        self.refused(lambda: alice.get("/v1/canned-replies?since=x"), 422, "invalid")
        self.refused(lambda: alice.call("DELETE", "/v1/canned-replies/x"), 422, "invalid")

    def test_import(self):
        alice = self.desk("alice")
        known = self.create(alice, shortcut="one")
        named = self.create(alice, name="Named")
        items = [{"shortcut": "ONE", "name": "One", "texts": {"und": "1"}}, {"name": "Named", "texts": {"und": "2"}},
                 {"shortcut": "two", "category": "New", "name": "Two", "texts": {"fr": "deux", "bg": "две"}}]
        answer = alice.post("/v1/canned-replies/import", {"scope": "personal", "canned_replies": items})
        self.assertEqual((answer["added"], answer["changed"], answer["unchanged"]), (1, 2, 0))
        answer = alice.post("/v1/canned-replies/import", {"scope": "personal", "canned_replies": items})
        self.assertEqual((answer["added"], answer["changed"], answer["unchanged"]), (0, 0, 3))
        replies, _ = self.all(alice)
        self.assertEqual((replies[known["id"]]["name"], replies[named["id"]]["texts"]), ("One", {"und": "2"}))
        # One that is wrong and none is taken.
        bad = [{"name": "Good", "texts": {"und": "x"}}, {"shortcut": "a b", "name": "Bad", "texts": {"und": "x"}},
               {"shortcut": "x", "name": "x", "texts": {"und": "x"}}, {"shortcut": "X", "name": "y", "texts": {"und": "y"}}]
        problem = self.refused(lambda: alice.post("/v1/canned-replies/import", {"scope": "personal", "canned_replies": bad}),
                               422, "invalid")
        self.assertEqual([(p["path"], p["code"]) for p in problem["problems"]],
                         [("canned_replies[1].shortcut", "syntax"), ("canned_replies[3].shortcut", "repeated")])
        self.assertEqual(self.all(alice)[0], replies)
        # Many at once are told by their number alone; an agent has no more than 500.
        many = [{"shortcut": "n%d" % i, "name": "n", "texts": {"und": "n"}} for i in range(500)]
        _, before = self.all(alice)
        for i in range(0, 400, 100):
            alice.post("/v1/canned-replies/import", {"scope": "personal", "canned_replies": many[i:i + 100]})
        event = alice.wait(lambda e: e["type"] == "canned_reply.changed" and not e["complete"])
        self.assertEqual((event["canned_replies"], event["deleted"]), ([], []))
        self.assertEqual(len(self.all(alice, before["version"])[0]), 400)
        problem = self.refused(lambda: alice.post("/v1/canned-replies/import", {
            "scope": "personal", "canned_replies": many[400:]}), 422, "invalid")
        self.assertEqual((problem["field"], problem["limit"]), ("/scope", 500))

    def test_two_at_once(self):
        """Of two edits of the same revision one wins, however close they come."""
        alice, dora = self.desk("alice"), self.desk("dora")
        other = api.Agent(self.daemon, "dora", "password")
        other.token = dora.token
        self.addCleanup(other.close)
        reply = self.all(alice)[0]["hello"]

        def attempt(agent, name):
            try:
                return self.change(agent, reply, name=name)["name"]
            except api.Refused as e:
                self.assertEqual((e.status, e.code), (409, "conflict"))
                return None
        for i in range(10):
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                won = [n for n in pool.map(attempt, (dora, other), ("a%d" % i, "b%d" % i)) if n]
            self.assertEqual(len(won), 1)
            reply = self.all(alice)[0]["hello"]
            self.assertEqual(reply["name"], won[0])

    def test_restart(self):
        alice = self.desk("alice")
        mine = self.create(alice, shortcut="keep")
        key = "0123456789abcdef"
        first = alice.post("/v1/canned-replies", {"scope": "personal", "name": "Once", "texts": {"und": "x"}}, key=key)
        before, answer = self.all(alice)
        self.daemon.kill()
        self.daemon.start()
        alice.close()
        self.assertEqual(self.all(alice)[0], before)
        self.assertEqual(self.all(alice, answer["version"])[0], {})
        again = alice.post("/v1/canned-replies", {"scope": "personal", "name": "Once", "texts": {"und": "x"}}, key=key)
        self.assertEqual(again, first)
        self.assertEqual(self.change(alice, mine, name="After")["revision"], 2)
        # A number of another life of the store: all of them.
        _, answer = self.all(alice, 10**9)
        self.assertEqual((answer["since"], len(answer["canned_replies"])), (0, 4))


if __name__ == "__main__":
    unittest.main(verbosity=2)
