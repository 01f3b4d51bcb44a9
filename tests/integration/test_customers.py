# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers: found by any part, changed and merged by two agents at once, linked, and all that was before with each."""

import concurrent.futures
import json
import os
import socket
import sqlite3
import threading
import urllib.parse

import scene
import test_chat


class Customers(scene.Scene):
    config = test_chat.CONFIG
    desk, accepted, send, end = (test_chat.Chat.desk, test_chat.Chat.accepted, test_chat.Chat.send, test_chat.Chat.end)
    visitor = test_chat.Chat.customer

    def define(self):
        test_chat.chat_centre(self.centre)
        self.centre["settings"]["visible_digits"] = 0
        self.centre["agents"].append({"id": "carol", "name": "Carol", "language": "fr", "team": "counter", "skills": [],
                                      "queues": ["billing"]})
        super().define()
        self.daemon.set_password("carol")

    def make(self, agent, name, **more):
        return agent.post("/v1/customers", {"name": name, "numbers": [], **more})["customer"]

    def found(self, agent, query):
        return [c["name"] for c in agent.get("/v1/customers?query=" + urllib.parse.quote(query))["customers"]]

    def chat(self, agent, *texts, note=None, customer=None):
        """A whole chat, wrapped up; its interaction."""
        visitor = self.visitor(name="Gwen")
        interaction, part = self.accepted(agent, visitor)
        for text in texts:
            visitor.said(text)
        self.send(agent, interaction, "Noted, thank you")
        if customer is not None:
            agent.put("/v1/interactions/%s/customer" % interaction["id"], {"customer": customer})
            agent.wait_cause("customer")
        if note is not None:
            agent.put("/v1/participations/%s/note" % part["id"], {"text": note, "revision": 0})
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.end(agent, interaction, part)
        return interaction

    def test_found_by_any_part(self):
        agent = self.desk()
        self.make(agent, "Éloïse Dubois-Martin", numbers=["+33 6 12 34 56 78"],
                  addresses=[{"channel": "email", "address": "Compta@Moulin-Rouge.example"}])
        self.make(agent, "Йордан Стоянов", numbers=["+359888765432"])
        self.make(agent, "Martin Eloi")
        for query, names in (("eloi", ["Éloïse Dubois-Martin", "Martin Eloi"]), ("ELOÏSE", ["Éloïse Dubois-Martin"]),
                             ("mart", ["Martin Eloi", "Éloïse Dubois-Martin"]), ("ubo", ["Éloïse Dubois-Martin"]),
                             ("martin dub", ["Éloïse Dubois-Martin"]), ("иор", ["Йордан Стоянов"]),
                             ("ст", ["Йордан Стоянов"]), ("3456", ["Éloïse Dubois-Martin"]),
                             ("06 12 34", ["Éloïse Dubois-Martin"]), ("0888 765", ["Йордан Стоянов"]),
                             ("moulin", ["Éloïse Dubois-Martin"]), ("compta@mou", ["Éloïse Dubois-Martin"]),
                             ("xylo", []), ("martin xylo", []), ("\" OR mart*", []), ("--", [])):
            with self.subTest(query=query):
                self.assertEqual(self.found(agent, query), names)
        self.refused(lambda: agent.get("/v1/customers?query=m"), 422, "invalid")
        self.refused(lambda: agent.get("/v1/customers?query=mart&limit=51"), 422, "invalid")
        self.assertEqual(len(agent.get("/v1/customers?query=mart&limit=1")["customers"]), 1)

    def test_masked(self):
        """Of a number and an address only what a desk may see finds anybody, and masks stay what they mask."""
        self.centre["settings"]["visible_digits"] = 4
        self.daemon.apply(self.centre)
        agent = self.desk()
        made = self.make(agent, "Chantal", numbers=["+33612345678"], addresses=[{"channel": "email", "address": "chantal@mill.example"}])
        self.assertEqual((made["numbers"], made["addresses"]),
                         (["••••5678"], [{"channel": "email", "address": "••••@mill.example"}]))
        for query, names in (("5678", ["Chantal"]), ("4567", []), ("45678", []), ("33612345678", ["Chantal"]),
                             ("0612345678", ["Chantal"]), ("mill", []), ("chan", ["Chantal"])):
            with self.subTest(query=query):
                self.assertEqual(self.found(agent, query), names)
        path = "/v1/customers/" + made["id"]
        newer = agent.put(path, {"name": "Chantal D.", "numbers": ["••••5678", "+33698765432"], "revision": 1})["customer"]
        self.assertEqual(newer["numbers"], ["••••5678", "••••5432"])
        self.assertEqual(newer["addresses"], made["addresses"])
        self.assertEqual([c["id"] for c in agent.get("/v1/customers?number=%2B33612345678")["customers"]], [made["id"]])
        self.assertEqual(self.refused(lambda: agent.put(path, {"name": "x", "numbers": ["••••0000"], "revision": 2}), 422,
                                      "invalid")["field"], "/numbers/0")

    def test_changed_by_two(self):
        """Whoever is second sees what is there; of two at the very same time one is second."""
        agent, other = self.desk(), self.desk("bob")
        made = self.make(agent, "Chantal", addresses=[{"channel": "email", "address": "chantal@mill.example"}])
        path = "/v1/customers/" + made["id"]
        agent.put(path, {"name": "Chantal Dubois", "revision": 1})
        problem = self.refused(lambda: other.put(path, {"name": "Chantal Durand", "revision": 1}), 409, "conflict")
        self.assertEqual((problem["current"]["name"], problem["current"]["revision"]), ("Chantal Dubois", 2))
        self.assertEqual(agent.get(path)["customer"], problem["current"])
        for body, field in (({"name": ""}, "/name"), ({"name": "x", "addresses": [{"channel": "email", "address": "nobody"}]},
                                                      "/addresses/0/address"),
                            ({"name": "x", "numbers": ["abc"]}, "/numbers/0")):
            self.assertEqual(self.refused(lambda b=body: agent.put(path, {**b, "revision": 2}), 422, "invalid")["field"], field)
        self.refused(lambda: agent.get("/v1/customers/c999"), 404, "not_found")

        revision = 2
        for _ in range(10):
            outcomes = []

            def change(who, name, revision=revision, outcomes=outcomes):
                try:
                    outcomes.append(who.put(path, {"name": name, "revision": revision})["customer"]["name"])
                except scene.api.Refused as e:
                    self.assertEqual((e.status, e.code), (409, "conflict"))
                    outcomes.append(None)

            both = [threading.Thread(target=change, args=(w, n)) for w, n in ((agent, "One"), (other, "Two"))]
            for thread in both:
                thread.start()
            for thread in both:
                thread.join()
            self.assertEqual(outcomes.count(None), 1, outcomes)
            revision += 1
            (name,) = [o for o in outcomes if o is not None]
            self.assertEqual(agent.get(path)["customer"]["name"], name)

    def test_desk_gets_it_anew(self):
        agent, other = self.desk(), self.desk("bob")
        other.put("/v1/state", {"state": "idle", "reason": "lunch"})
        other.wait_state("idle")
        visitor = self.visitor(name="Gwen")
        interaction, _ = self.accepted(agent, visitor)
        made = self.make(agent, "Gwen", interaction=interaction["id"])
        agent.wait_cause("customer")
        other.put("/v1/customers/" + made["id"], {"name": "Gwendoline Quast", "revision": 1})
        changed = agent.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "customer" and
                             e["interaction"]["customer"]["name"] == "Gwendoline Quast")
        self.assertEqual(changed["interaction"]["customer"]["customer"], made["id"])

    def test_meeting_room(self):
        """One room an interaction, in the words of its language; none of it where the centre has none."""
        agent = self.desk()
        visitor = self.visitor(name="Gwen", language="fr")
        interaction, _ = self.accepted(agent, visitor)
        self.assertIsNone(interaction["meeting"])
        self.centre["settings"]["meeting_room"] = {"url": "https://meet.example/r-{room}", "texts": {"fr": "Venez : {link} !", "en": "x {link}"}}
        self.daemon.apply(self.centre)

        def meeting():
            (one,) = [i for i in agent.get("/v1/desk")["interactions"] if i["id"] == interaction["id"]]
            self.assertEqual(one["language"], "fr")
            return one["meeting"]

        first = meeting()
        self.assertRegex(first["url"], "^https://meet\\.example/r-[-_A-Za-z0-9]{32}$")
        self.assertEqual(first["text"], "Venez : %s !" % first["url"])
        self.assertEqual(meeting(), first)

    def test_merged_and_separated(self):
        agent = self.desk()
        one = self.make(agent, "Gwen Quast", numbers=["+33612345678"])
        two = self.make(agent, "Gwendoline Q.", numbers=["+33698765432"],
                        addresses=[{"channel": "email", "address": "gwen@mill.example"}])
        first = self.chat(agent, "the first", customer=one["id"])
        second = self.chat(agent, "the second", customer=two["id"])
        path = "/v1/customers/%s/merge" % one["id"]
        problem = self.refused(lambda: agent.post(path, {"customer": two["id"], "revision": 1, "customer_revision": 7}), 409, "conflict")
        self.assertEqual(problem["current"]["id"], two["id"])
        self.assertEqual(self.refused(lambda: agent.post(path, {"customer": one["id"], "revision": 1, "customer_revision": 1}), 422,
                                      "invalid")["field"], "/customer")
        whole = agent.post(path, {"customer": two["id"], "revision": 1, "customer_revision": 1})["customer"]
        self.assertEqual((whole["id"], whole["name"], whole["numbers"], whole["addresses"], whole["revision"]),
                         (one["id"], "Gwen Quast", ["+33612345678", "+33698765432"],
                          [{"channel": "email", "address": "gwen@mill.example"}], 2))
        self.assertEqual([m["customer"] for m in whole["merged"]], [two["id"]])
        for who in (one, two):
            self.assertEqual(agent.get("/v1/customers/" + who["id"])["customer"], whole)
        self.assertEqual([h["interaction"] for h in agent.get("/v1/customers/%s/history" % two["id"])["interactions"]],
                         [second["id"], first["id"]])
        self.assertEqual(self.found(agent, "gwend"), ["Gwen Quast"])
        self.assertEqual(self.found(agent, "gwen"), ["Gwen Quast"])

        # A number written down afterwards is the one customer's; what the other had goes back with it.
        agent.put("/v1/customers/" + two["id"], {"name": "Gwen Quast", "revision": 2,
                                                 "numbers": ["+33612345678", "+33698765432", "+33711111111"]})
        back = agent.post("/v1/customers/%s/separate" % one["id"], {"customer": two["id"], "revision": 3})["customer"]
        self.assertEqual((back["numbers"], back["addresses"], back["merged"]), (["+33612345678", "+33711111111"], [], []))
        again = agent.get("/v1/customers/" + two["id"])["customer"]
        self.assertEqual((again["name"], again["numbers"]), ("Gwendoline Q.", ["+33698765432"]))
        self.assertEqual([h["interaction"] for h in agent.get("/v1/customers/%s/history" % two["id"])["interactions"]],
                         [second["id"]])
        self.refused(lambda: agent.post("/v1/customers/%s/separate" % one["id"], {"customer": two["id"], "revision": 4}), 404,
                     "not_found")
        rows = [e for e in self.daemon.journal() if e["type"].startswith("customer.")]
        self.assertEqual([(e["type"], e["customer"], e["into"], e["agent"]) for e in rows],
                         [("customer.merged", two["id"], one["id"], "alice"), ("customer.separated", two["id"], one["id"], "alice")])
        self.assertNotIn("Quast", json.dumps(rows))
        self.daemon.stop()
        self.daemon.start()

    def test_history(self):
        """Everybody sees that there was something; notes and messages only who may."""
        agent = self.desk()
        made = self.make(agent, "Gwen Quast")
        first = self.chat(agent, "Une réclamation", note="Angry about the xylophone", customer=made["id"])
        second = self.chat(agent, "Добър ден", customer=made["id"])
        path = "/v1/customers/%s/history" % made["id"]
        page = agent.get(path)
        self.assertEqual([h["interaction"] for h in page["interactions"]], [second["id"], first["id"]])
        entry = page["interactions"][1]
        self.assertEqual((entry["channel"], entry["queue"], entry["direction"], entry["visible"], page["next"]),
                         ("webchat", "chat", "in", True, None))
        self.assertEqual([(p["agent"], p["name"], p["kind"], p["disposition"], p["note"]) for p in entry["parts"]],
                         [("alice", "Alice", "handled", "solved", "Angry about the xylophone")])
        self.assertEqual((entry["kind"], entry["disposition"]), ("handled", "solved"))
        self.assertIsNotNone(entry["ended"])
        self.assertEqual((entry["conversation"]["first"], entry["conversation"]["last"]), (1, 2))

        for query, ids in (("q=reclam", [first["id"]]), ("q=xylo", [first["id"]]), ("q=xylo%20reclam", [first["id"]]),
                           ("q=%D0%B4%D0%BE%D0%B1", [second["id"]]), ("q=nothing", []), ("channel=voice", []),
                           ("channel=webchat&limit=1", [second["id"]])):
            with self.subTest(query=query):
                self.assertEqual([h["interaction"] for h in agent.get(path + "?" + query)["interactions"]], ids)
        older = agent.get(path + "?limit=1")
        self.assertEqual([h["interaction"] for h in agent.get(path + "?limit=1&before=" + older["next"])["interactions"]],
                         [first["id"]])
        self.refused(lambda: agent.get(path + "?channel=smoke"), 422, "invalid")

        messages = "/v1/conversations/%s/messages" % entry["conversation"]["id"]
        colleague, stranger = self.desk("bob"), self.desk("carol")
        self.assertEqual([m["text"] for m in colleague.get(messages)["messages"]], ["Une réclamation", "Noted, thank you"])
        entry = stranger.get(path)["interactions"][1]
        self.assertEqual((entry["visible"], entry["conversation"], entry["parts"][0]["note"], entry["parts"][0]["agent"]),
                         (False, None, None, "alice"))
        self.assertEqual(stranger.get(path + "?q=xylo")["interactions"], [])
        self.refused(lambda: stranger.get(messages), 404, "not_found")
        for history, sees in (("own", (False, False)), ("all", (True, True)), ("queues", (True, False))):
            self.centre["settings"]["history"] = history
            self.daemon.apply(self.centre)
            self.assertEqual(tuple(who.get(path)["interactions"][1]["visible"] for who in (colleague, stranger)), sees, history)
            self.assertTrue(agent.get(path)["interactions"][1]["visible"])

    def texts(self, agent, query, kind="messages"):
        found = agent.get("/v1/search?kind=%s&q=%s" % (kind, urllib.parse.quote(query)))
        self.assertEqual((list(found), found["complete"]), ([kind, "complete"], True))
        return ["".join("[%s]" % span["text"] if span["match"] else span["text"] for span in hit["excerpt"]) for hit in found[kind]]

    def test_search(self):
        agent = self.desk()
        made = self.make(agent, "Réjean Xylander")
        long = "Avant tout " + "bla " * 60 + "ma réclamation du xylophone, " + "bla " * 60
        first = self.chat(agent, "Моят Йогурт е развален", "Bonjour", long, note="Xylophone to be replaced", customer=made["id"])
        self.chat(agent, "bonjour encore, xyl et xylophones")
        found = agent.get("/v1/search?q=xyl&limit=1")
        self.assertEqual(([c["id"] for c in found["customers"]], len(found["messages"]), len(found["interactions"])), ([made["id"]], 1, 1))
        self.assertEqual(self.texts(agent, "xyl"), ["bonjour encore, [xyl] et [xyl]ophones",
                                                    "…" + "bla " * 5 + "ma réclamation du [xyl]ophone, " + "bla " * 27 + "bla…"])
        self.assertEqual(self.texts(agent, "BONJ"), ["[bonj]our encore, xyl et xylophones", "[Bonj]our"])
        for query, texts in (("reclam xyloph", 1), ("иогурт", 1), ("йогу", 1), ("bonjour reclam", 0), ("bla", 1), ("on", 0),
                             ('"xylophone" OR', 0), ("xylophonez", 0)):
            with self.subTest(query=query):
                self.assertEqual(len(self.texts(agent, query)), texts)
        self.assertEqual(self.texts(agent, "repl", "interactions"), ["Xylophone to be [repl]aced"])
        hit = agent.get("/v1/search?kind=messages&q=reclam")["messages"][0]
        self.assertEqual((hit["interaction"], hit["number"], hit["author"], hit["channel"], hit["queue"], hit["customer"]["customer"]),
                         (first["id"], 3, "customer", "webchat", "chat", made["id"]))
        for bad in ("/v1/search", "/v1/search?q=x", "/v1/search?q=xyl&kind=smoke", "/v1/search?q=xyl&limit=51"):
            self.refused(lambda path=bad: agent.get(path), 422, "invalid")

        # Who may not read it does not find it; nor does anybody what was erased or is forgotten.
        self.assertEqual(len(self.texts(self.desk("bob"), "xyl")), 2)
        stranger = self.desk("carol")
        self.assertEqual((self.texts(stranger, "xyl"), self.texts(stranger, "repl", "interactions")), ([], []))
        self.daemon.admin("DELETE", "/admin/customers/" + made["id"])
        self.assertEqual((len(self.texts(agent, "xyl")), self.texts(agent, "repl", "interactions"), self.texts(agent, "йог")),
                         (1, [], []))
        self.daemon.stop()
        with sqlite3.connect(os.path.join(self.daemon.data, "guichet.db")) as db:
            self.assertEqual(db.execute("SELECT count(*) FROM message_words WHERE message_words MATCH 'reclamation'").fetchone(), (0,))
            db.execute("UPDATE interaction SET at = 1")
        db.close()
        self.daemon.start()

        def left():
            with sqlite3.connect(os.path.join(self.daemon.data, "guichet.db")) as db:
                counts = [db.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in ("message", "message_search", "note_search")]
            db.close()
            return counts
        scene.api.until(lambda: left() == [0, 0, 0], what="forgetting")

    def test_notes_typed_on(self):
        """A note is found as it is now."""
        agent = self.desk()
        visitor = self.visitor(name="Gwen")
        interaction, part = self.accepted(agent, visitor)
        visitor.said("hello")
        path = "/v1/participations/%s/note" % part["id"]
        for revision, text in enumerate(("quizzical", "quizzical xylophone", "xylophone", "")):
            agent.put(path, {"text": text, "revision": revision})
            self.assertEqual([len(self.texts(agent, q, "interactions")) for q in ("quizz", "xylo")],
                             [int("quizz" in text), int("xylo" in text)])

    def test_erased_with_what_was_merged(self):
        agent = self.desk()
        one = self.make(agent, "Gwendoline Quast", addresses=[{"channel": "email", "address": "kestrel@mill.example"}])
        two = self.make(agent, "Wilhelmina", addresses=[{"channel": "facebook", "address": "4711081547110815"}])
        self.chat(agent, "the quizzical xylophone", note="kestrels", customer=two["id"])
        agent.post("/v1/customers/%s/merge" % one["id"], {"customer": two["id"], "revision": 1, "customer_revision": 1})
        exported = self.daemon.admin("GET", "/admin/customers/%s/export" % two["id"])
        self.assertEqual((exported["id"], [a["address"] for a in exported["addresses"]], exported["merged"]),
                         (one["id"], ["kestrel@mill.example", "4711081547110815"], [{"id": two["id"], "name": "Wilhelmina"}]))
        self.assertIn("xylophone", json.dumps(exported))
        words = ("Gwendoline", "Quast", "kestrel", "Wilhelmina", "4711081547110815", "xylophone")
        traces = test_chat.Chat.traces
        self.assertTrue(traces(self, *words))
        self.assertEqual((agent.desk()["erased"], agent.get("/v1/erased")),
                         (None, {"erased": None, "customers": [], "interactions": []}))
        interaction = exported["interactions"][0]["id"]
        self.daemon.admin("DELETE", "/admin/customers/%s" % two["id"])
        self.assertEqual(traces(self, *words), [])
        told = agent.wait("customer.erased")
        self.assertEqual((sorted(told["customers"]), told["interactions"], told["complete"]),
                         (sorted([one["id"], two["id"]]), [interaction], True))
        for _ in range(2):  # desks that were away ask, also after a restart
            self.assertEqual(agent.desk()["erased"], told["erased"])
            for since in ("", "?since=" + told["erased"]):
                asked = agent.get("/v1/erased" + since)
                self.assertEqual((asked["erased"], sorted(asked["customers"]), asked["interactions"]),
                                 (told["erased"], sorted(told["customers"]), [interaction]))
            self.assertEqual(agent.get("/v1/erased?since=2999-01-01T00:00:00.000Z")["customers"], [])
            agent.close()
            self.daemon.stop()
            self.daemon.start()
            agent.listen(agent.desk()["cursor"])
        self.refused(lambda: agent.get("/v1/erased?since=now"), 422, "invalid")
        for who in (one, two):
            self.refused(lambda w=who: agent.get("/v1/customers/" + w["id"]), 404, "not_found")
        self.assertEqual(self.found(agent, "wilh"), [])
        self.daemon.stop()
        with sqlite3.connect(os.path.join(self.daemon.data, "guichet.db")) as db:
            left = {t: db.execute("SELECT count(*) FROM " + t).fetchone()[0]
                    for t in ("customer", "customer_address", "customer_merge", "customer_search", "message_search",
                              "note_search")}
            db.execute("INSERT INTO customer_words (customer_words) VALUES ('integrity-check')")
        db.close()
        self.assertEqual(set(left.values()), {0}, left)
        self.daemon.start()


class Search(scene.Scene):
    """What is found on a thread of its own, step by step: guichetd-test tells where it is, and waits."""
    program = os.environ.get("GUICHETD_TEST", os.path.join(scene.BUILD, "tests", "server", "guichetd-test"))
    config = test_chat.CONFIG
    accepted, send, end, visitor = (test_chat.Chat.accepted, test_chat.Chat.send, test_chat.Chat.end, test_chat.Chat.customer)
    make, chat = Customers.make, Customers.chat

    def define(self):
        test_chat.chat_centre(self.centre)
        super().define()

    def start_daemon(self):
        path = os.path.join(self.folder, "readings")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()
        self.listener.settimeout(scene.api.DEADLINE)
        self.addCleanup(self.listener.close)
        self.daemon.env["GUICHET_TEST_READ"] = path
        super().start_daemon()

    def at(self, *points, go="w"):
        """Waits until a reading is there, and lets it go on."""
        with self.listener.accept()[0] as place:
            point = place.recv(16).decode()
            self.assertIn(point, points)
            if go is not None:
                place.sendall(go.encode())
                return point
            held = place.dup()
            self.addCleanup(held.close)
            return held

    def asks(self, agent, query, kind="customers"):
        """The answer to be: another connection of the same desk, on a thread."""
        again = scene.api.Agent(self.daemon, agent.agent)
        again.token = agent.token
        self.addCleanup(again.close)
        return self.pool.submit(again.get, "/v1/search?kind=%s&q=%s" % (kind, query))

    def test_apart(self):
        self.pool = concurrent.futures.ThreadPoolExecutor(8)
        self.addCleanup(self.pool.shutdown)
        agent, other = self.agent(phone=False), self.agent("bob", phone=False)
        made = self.make(agent, "Xylander One")

        with self.subTest("all others are answered while one is looked for"):
            asked = self.asks(agent, "xyl")
            held = self.at("before_read", go=None)
            late = self.make(other, "Xylander Two")
            self.assertIn("cursor", other.desk())
            self.assertFalse(asked.done())
            held.sendall(b"w")
            self.at("whole")
            found = asked.result()
            self.assertEqual(([c["name"] for c in found["customers"]], found["complete"]),
                             (["Xylander One", "Xylander Two"], True))  # acknowledged before it was looked for

        with self.subTest("its time is over"):
            asked = self.asks(agent, "xyl")
            self.at("before_read", go="o")
            self.at("stopped")
            self.assertEqual(asked.result(), {"customers": [], "complete": False})

        with self.subTest("a later search stops none: it need not be the newer one"):
            older = self.asks(agent, "xyl")
            held = self.at("before_read", go=None)
            newer = self.asks(agent, "xyla")
            held.sendall(b"w")
            self.at("whole")
            self.at("before_read")
            self.at("whole")
            self.assertEqual([len(a.result()["customers"]) for a in (older, newer)], [2, 2])

        def hung_up():
            bare = socket.create_connection(self.daemon.http.split("//")[1].split(":"))
            bare.sendall(b"GET /v1/search?q=xyl HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % agent.token.encode())
            held = self.at("before_read", go=None)
            bare.close()
            agent.desk()
            held.sendall(b"w")
            return self.at("whole", "stopped") == "stopped"

        # Nothing says when the end of the connection has come to guichetd.
        scene.api.until(hung_up, what="a closed connection stops its search")

        with self.subTest("another agent's search stops nobody's"):
            asked = [self.asks(agent, "xyl"), self.asks(other, "xyl")]
            for _ in asked:
                self.at("before_read")
                self.at("whole")
            self.assertEqual([a.result()["complete"] for a in asked], [True, True])

        with self.subTest("who is erased meanwhile"):
            asked = self.asks(agent, "xyl")
            self.at("before_read")
            held = self.at("whole", go=None)
            self.daemon.admin("DELETE", "/admin/customers/" + made["id"])
            held.sendall(b"w")
            self.assertEqual([c["id"] for c in asked.result()["customers"]], [late["id"]])

        asked = self.asks(agent, "xyl")
        held = self.at("before_read", go=None)
        ending = self.pool.submit(self.daemon.stop)
        held.sendall(b"w")
        self.at("whole", "stopped")
        ending.result()
        self.assertIsNotNone(asked.exception() or asked.result())

    def test_erased_text(self):
        """A message that was found is not told when its customer was erased before the answer."""
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        self.addCleanup(self.pool.shutdown)
        agent = test_chat.Chat.desk(self)
        made = self.make(agent, "Gwen")
        self.chat(agent, "my xylophone", note="A xylophone", customer=made["id"])
        for kind in ("messages", "interactions"):
            asked = self.asks(agent, "xyl", kind)
            self.at("before_read")
            self.at("whole")
            self.assertEqual(len(asked.result()[kind]), 1)
        asked = self.asks(agent, "xyl", "messages")
        self.at("before_read")
        held = self.at("whole", go=None)
        self.daemon.admin("DELETE", "/admin/customers/" + made["id"])
        held.sendall(b"w")
        self.assertEqual(asked.result(), {"messages": [], "complete": True})


if __name__ == "__main__":
    scene.main()
