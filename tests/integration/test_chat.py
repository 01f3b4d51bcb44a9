# SPDX-License-Identifier: GPL-3.0-or-later
"""Web chat between a scripted page and a scripted desk: offer, accept, messages both ways, broken links, the ends, kills, what
strangers send, what is erased."""

import glob
import gzip
import http.client
import os
import sqlite3
import urllib.parse
import uuid

import scene
from api import until
from chats import CONFIG, Chats, chat_centre  # noqa: F401
from customer import Customer, ask

class Files(scene.Scene):
    config = CONFIG

    def define(self):
        chat_centre(self.centre)
        super().define()

    def fetch(self, path, **headers):
        address = urllib.parse.urlsplit(self.daemon.ready["webchat"])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, body

    def test_files_are_packed_and_sent_once(self):
        whole = packed = 0
        names = sorted(os.path.basename(f) for f in glob.glob(os.path.join(scene.HERE.parent.parent, "data/webchat/*.[jc]*s")))
        self.assertGreater(len(names), 5)
        for path in ["/chat/web"] + ["/chat/" + name for name in names]:
            status, plain, body = self.fetch(path)
            self.assertEqual((status, plain.get("content-encoding"), plain["vary"]), (200, None, "Accept-Encoding"), path)
            status, small, body_small = self.fetch(path, Accept_Encoding="br, gzip;q=0.5")
            self.assertEqual((status, small["content-encoding"]), (200, "gzip"), path)
            self.assertEqual(gzip.decompress(body_small), body)
            self.assertEqual(small["content-type"], plain["content-type"])
            self.assertNotEqual(small["etag"], plain["etag"])
            whole, packed = whole + len(body), packed + len(body_small)
            for tag in (plain["etag"], '"other", W/' + plain["etag"]):
                status, unchanged, nothing = self.fetch(path, If_None_Match=tag)
                self.assertEqual((status, unchanged["etag"], nothing), (304, plain["etag"], b""), path)
                self.assertIn("content-security-policy", unchanged)
            self.assertEqual(self.fetch(path, If_None_Match='"other"')[0], 200)
            self.assertIsNone(self.fetch(path, Accept_Encoding="gzip;q=0")[1].get("content-encoding"))
        self.assertLess(packed, whole / 2)
        self.assertEqual(self.fetch("/chat/none.js", Accept_Encoding="gzip")[0], 404)


class Chat(Chats):
    # --- the whole way -------------------------------------------------------------------------

    def test_whole(self):
        self.centre["settings"]["reopen_seconds"] = 0
        self.daemon.apply(self.centre)
        agent = self.desk()
        customer = self.customer(values={"account": "K-7", "pin": "99"})
        self.assertEqual(customer.status, 201)
        first = customer.said("Bonjour\r\n  à vous")
        offer = agent.wait("offer.created")
        self.assertEqual((offer["offer"]["channel"], offer["offer"]["customer"]["name"]), ("webchat", "Gwen"))
        self.assertEqual(offer["offer"]["card"], [{"variable": "account", "value": "K-7"}, {"variable": "mood", "value": None}])
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        self.assertEqual(interaction["conversation"]["last_number"], first)
        self.assertIsNotNone(interaction["waiting_since"])
        self.assertEqual(customer.wait_state("talking")["agent"], "Alice")

        answer = self.send(agent, interaction, "Good day, Gwen")
        self.assertEqual((answer["number"], answer["author"], answer["agent"], answer["state"]), (2, "agent", "alice", "sent"))
        added = agent.wait(lambda e: e["type"] == "message.added" and e["message"]["number"] == 2)
        self.assertEqual((added["message"], added["waiting_since"]), (answer, None))
        got = customer.wait_text("Good day, Gwen")
        self.assertEqual((got["number"], got["author"], got["agent"]), (2, "agent", "Alice"))
        customer.send(type="read", number=2)
        changed = agent.wait("message.changed")
        self.assertEqual((changed["message"]["state"], changed["conversation"]["read_number"]), ("read", 2))

        customer.send(type="typing", on=True)
        self.assertTrue(agent.wait("conversation.typing")["on"])
        agent.post("/v1/interactions/%s/typing" % interaction["id"], {"on": True})
        self.assertTrue(customer.wait("typing")["on"])
        self.assertEqual(customer.said("A second one"), 3)
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "A second one")
        agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": 3})
        self.assertEqual(customer.wait("read")["number"], 3)

        self.assertEqual(self.texts(agent, interaction), ["Bonjour\n  à vous", "Good day, Gwen", "A second one"])
        page = agent.get("/v1/conversations/%s/messages?before=3&limit=1" % interaction["conversation"]["id"])
        self.assertEqual(([m["number"] for m in page["messages"]], page["more"]), ([2], True))
        (shown,) = agent.desk()["interactions"]
        self.assertEqual((shown["conversation"]["last_number"], shown["conversation"]["read_number"]), (3, 2))

        agent.post("/v1/interactions/%s/end" % interaction["id"])
        self.assertEqual(customer.wait_state("ended")["reason"], "agent_ended")
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]
        self.refused(lambda: self.send(agent, interaction, "too late"), 409, "not_now")
        customer.write("too late as well", key="late")
        self.assertEqual(customer.wait("refused"), {"type": "refused", "key": "late", "code": "ended"})
        self.end(agent, interaction, part)
        status, text = customer.transcript()
        self.assertEqual(status, 200)
        self.assertIn("Alice\nGood day, Gwen\n", text)
        self.assertIn("Gwen\nA second one\n", text)
        kinds = self.types(interaction["id"])
        self.assertEqual(kinds.count("message.added"), 3)
        self.assertNotIn("Good day", str(self.daemon.journal(interaction["id"])))

    def test_declined_and_offered_again(self):
        alice = self.desk()
        customer = self.customer()
        offer = alice.wait("offer.created")["offer"]
        alice.post("/v1/offers/%s/decline" % offer["id"])
        alice.wait_state("idle", "refused")
        bob = self.desk("bob")
        customer.said("still here")
        interaction, _ = self.accepted(bob, customer)
        self.assertEqual(self.texts(bob, interaction), ["still here"])
        self.centre["settings"]["history"] = "own"
        self.daemon.apply(self.centre)
        self.refused(lambda: alice.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"]), 404, "not_found")

    def test_places_and_several(self):
        first = self.customer()
        first.wait(lambda e: e["type"] == "state" and e.get("place") == 1)
        second = self.customer()
        second.wait(lambda e: e["type"] == "state" and e.get("place") == 2)
        agent = self.desk()
        one, _ = self.accepted(agent, first)
        second.wait(lambda e: e["type"] == "state" and e.get("place") == 1)
        two, _ = self.accepted(agent, second)
        for i in range(10):
            first.said("first %d" % i)
            self.send(agent, two, "to second %d" % i)
            second.said("second %d" % i)
        self.assertEqual(self.texts(agent, one), ["first %d" % i for i in range(10)])
        self.assertEqual(self.texts(agent, two), [t for i in range(10) for t in ("to second %d" % i, "second %d" % i)])

    def test_customer_ends(self):
        agent = self.desk()
        customer = self.customer()
        interaction, part = self.accepted(agent, customer)
        customer.send(type="end")
        left = agent.wait_cause("customer_left")["interaction"]
        self.assertEqual(left["customer_left"]["cause"], "customer_left")
        customer.wait_state("ended")
        problem = self.refused(lambda: self.send(agent, interaction, "hello?"), 409, "not_now")
        self.assertEqual(problem["reason"], "customer_gone")
        self.end(agent, interaction, part)
        gone = self.customer()
        offer = agent.wait("offer.created")["offer"]
        gone.send(type="end")
        ended = agent.wait(lambda e: e["type"] == "offer.ended" and e["offer"] == offer["id"])
        self.assertEqual(ended["reason"], "customer_left")

    def test_back_again(self):
        """A page that comes back is not one that went away for good."""
        agent = self.desk()
        customer = self.customer()
        self.accepted(agent, customer)
        customer.cut()
        customer.listen()
        customer.wait_state("talking")
        customer.said("back again")

    def test_desk_vanishes(self):
        """The customer is told; the chat goes back in line with its age and all that was written, to whoever is there."""
        self.centre["settings"]["chat_absence_seconds"] = 1
        self.daemon.apply(self.centre)
        alice = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("before")
        bob = self.desk("bob")
        alice.close()
        customer.wait(lambda e: e["type"] == "state" and e.get("away"))
        customer.wait_state("waiting")
        customer.said("is anybody there?")
        again, _ = self.accepted(bob, customer)
        self.assertEqual(again["id"], interaction["id"])
        self.assertEqual(self.texts(bob, again), ["before", "is anybody there?"])
        self.send(bob, again, "I am")
        customer.wait_text("I am")

    def test_nobody_there(self):
        customer = self.customer(entry="shut")
        self.assertEqual(customer.wait_state("ended")["reason"], "unstaffed")
        # Nobody looked at it meanwhile: what is said next comes from the store.
        customer.cut()
        other = Customer(self.daemon, key=customer.key, entry="shut").listen(since=0)
        self.addCleanup(other.cut)
        self.assertEqual(other.wait_state("ended")["reason"], "unstaffed")

    # --- once each, in order ---------------------------------------------------------------------

    def test_repeats(self):
        agent = self.desk()
        customer = self.customer()
        again = Customer(self.daemon, key=customer.key)
        self.assertEqual((again.status, again.answer), (200, customer.answer))
        interaction, _ = self.accepted(agent, customer)
        self.assertEqual([customer.said("once", key="k1") for _ in range(3)], [1, 1, 1])
        self.assertEqual(customer.said("other text, same key", key="k1"), 1)
        key = uuid.uuid4().hex
        messages = [self.send(agent, interaction, "answer", key=key) for _ in range(3)]
        self.assertEqual([m["number"] for m in messages], [2, 2, 2])
        self.refused(lambda: self.send(agent, interaction, "another answer", key=key), 422, "idempotency_mismatch")
        self.assertEqual(self.texts(agent, interaction), ["once", "answer"])
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]
        self.end(agent, interaction, part)
        self.assertEqual(self.send(agent, interaction, "answer", key=key)["number"], 2)

    def test_cut_and_resumed(self):
        agent = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(agent, customer)
        for i in range(20):
            self.send(agent, interaction, "a%d" % i)
            if i % 3 == 0:
                customer.write("c%d" % i, key="c%d" % i)
            if i % 4 == 1:
                customer.cut()
                self.send(agent, interaction, "meanwhile %d" % i)
                customer.listen()
                customer.said("c%d" % (i - i % 3), key="c%d" % (i - i % 3))
        customer.wait_text("a19")
        customer.said("c18", key="c18")
        texts = self.texts(agent, interaction)
        self.assertEqual(len([t for t in texts if t[0] == "c"]), 7)
        self.assertEqual(len(texts), len(set(texts)))
        self.assertEqual(customer.numbers, sorted(set(customer.numbers)))
        self.assertEqual(set(customer.numbers), set(range(1, len(texts) + 1)))
        # A second window sees all of it; a cursor from the future and a wrong token are told by code.
        other = Customer(self.daemon, key=customer.key).listen(since=0)
        self.addCleanup(other.cut)
        until(lambda: other.last == len(texts), what="the other window")
        self.assertEqual([other.texts[n] for n in other.numbers], texts)
        customer.said("from the first window")
        other.wait_text("from the first window")
        self.assertEqual(Customer(self.daemon, key=customer.key).listen(since=999).wait_closed(), 4410)
        self.assertEqual(Customer(self.daemon).listen(token="x" * 32).wait_closed(), 4401)

    def test_killed(self):
        """Every message that was acknowledged stands, numbered without a gap, after any kill."""
        agent = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(agent, customer)
        acknowledged = []
        for turn in range(4):
            for i in range(5):
                text = "c%d.%d" % (turn, i)
                acknowledged.append((customer.said(text, key=text), text))
                text = "a%d.%d" % (turn, i)
                acknowledged.append((self.send(agent, interaction, text)["number"], text))
            customer.write("unsure %d" % turn, key="u%d" % turn)
            self.daemon.kill()
            agent.close()
            customer.cut()
            self.daemon.start()
            agent.events.clear()
            desk = agent.desk()
            agent.listen(desk["cursor"])
            (interaction,) = desk["interactions"]
            customer.events.clear()
            customer.listen()
            customer.wait_state("talking")
            acknowledged.append((customer.said("unsure %d" % turn, key="u%d" % turn), "unsure %d" % turn))
        texts = self.texts(agent, interaction)
        self.assertEqual([(n + 1, t) for n, t in enumerate(texts)], sorted(acknowledged))
        self.assertEqual(customer.numbers, sorted(set(customer.numbers)))
        self.assertEqual(set(customer.numbers), set(range(1, len(texts) + 1)))
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        customer.wait_state("ended")

    # --- among agents ----------------------------------------------------------------------------

    def test_private(self):
        """What agents write for each other: one order for them, nothing of it for the customer, who counts without a gap."""
        agent = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(agent, customer)
        customer.said("one")
        waiting = agent.wait("message.added")["waiting_since"]
        self.assertIsNotNone(waiting)
        note = self.send(agent, interaction, "secret one", private=True)
        self.assertEqual((note["number"], note["private"], note["state"], note["author"]), (2, True, "sent", "agent"))
        added = agent.wait("message.added")
        self.assertEqual((added["message"], added["waiting_since"], added["conversation"]["last_number"]), (note, waiting, 2))
        first = self.send(agent, interaction, "two")
        self.assertEqual((first["number"], first["private"]), (3, False))
        self.assertEqual(customer.wait_text("two")["number"], 2)
        self.send(agent, interaction, "secret two", private=True)
        self.assertEqual(customer.said("three"), 3)
        # Marks in both directions are of the right message.
        customer.send(type="read", number=2)
        self.assertEqual(agent.wait("message.changed")["message"]["number"], 3)
        agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": 4})
        self.assertEqual(customer.wait("read")["number"], 2)
        agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": 5})
        self.assertEqual(customer.wait("read")["number"], 3)
        # Away meanwhile, from the beginning, from the future; after a kill between the store and anybody's hearing of it.
        customer.cut()
        self.send(agent, interaction, "secret three", private=True)
        self.send(agent, interaction, "four")
        key = uuid.uuid4().hex
        last = self.send(agent, interaction, "secret four", private=True, key=key)
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        agent.events.clear()
        (interaction,) = agent.desk()["interactions"]
        agent.listen()
        self.assertEqual(self.send(agent, interaction, "secret four", private=True, key=key), last)
        self.refused(lambda: self.send(agent, interaction, "secret four", key=key), 422, "idempotency_mismatch")
        customer.listen()
        customer.wait_text("four")
        self.assertEqual(customer.wait("read")["number"], 3)
        self.assertEqual(customer.numbers, [1, 2, 3, 4])
        self.assertEqual(Customer(self.daemon, key=customer.key).listen(since=5).wait_closed(), 4410)
        other = Customer(self.daemon, key=customer.key).listen(since=0)
        self.addCleanup(other.cut)
        other.wait_text("four")
        self.assertEqual([other.texts[n] for n in other.numbers], ["one", "two", "three", "four"])
        self.assertEqual(self.texts(agent, interaction),
                         ["one", "secret one", "two", "secret two", "three", "secret three", "four", "secret four"])
        # Still after the customer has left, and in wrap-up.
        customer.send(type="end")
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]
        self.refused(lambda: self.send(agent, interaction, "too late"), 409, "not_now")
        self.send(agent, interaction, "secret five", private=True)
        self.refused(lambda: agent.post("/v1/interactions/%s/messages" % interaction["id"],
                                        {"text": "x", "private": True, "attachments": ["a1"]}), 422, "invalid")
        status, transcript = customer.transcript()
        self.assertEqual((status, "secret" in transcript, "four" in transcript), (200, False, True))
        self.assertNotIn("secret", str(customer.events) + str(other.events) + str(self.daemon.journal(interaction["id"])))
        self.end(agent, interaction, part)
        self.refused(lambda: self.send(agent, interaction, "secret six", private=True), 404, "not_found")
        self.assertEqual(len(agent.get("/v1/search?q=secret")["messages"]), 5)

    # --- strangers -------------------------------------------------------------------------------

    def test_described(self):
        status, form = ask(self.daemon, "GET", "/chat/v1/web")
        self.assertEqual(status, 200)
        self.assertEqual((form["title"]["en"], form["greeting"]["fr"], form["color"]), ("Ask us", "Good day (fr)", "#1a5fb4"))
        self.assertEqual([(f["variable"], f["type"], f["required"]) for f in form["fields"]],
                         [("account", "text", False), ("pin", "text", False)])
        self.assertEqual(form["limits"]["text"], 4000)
        self.assertEqual(ask(self.daemon, "GET", "/chat/v1/nowhere")[0], 404)

    def test_hostile(self):
        def begin(body, entry="web"):
            status, answer = ask(self.daemon, "POST", "/chat/v1/%s/conversations" % entry, body)
            return status, answer.get("field"), answer.get("reason")
        key = "k" * 20
        self.assertEqual(begin({"key": key}, "nowhere")[0], 404)
        self.assertEqual(begin({"key": "short"}), (422, "/key", "length"))
        self.assertEqual(begin({}), (400, "/key", None))
        self.assertEqual(begin("{"), (400, None, None))
        self.assertEqual(begin("[" * 50)[0], 400)
        self.assertEqual(begin({"key": key, "evil": 1})[0], 400)
        self.assertEqual(begin({"key": key, "name": "n" * 129}), (422, "/name", "length"))
        self.assertEqual(begin({"key": key}, "strict"), (422, "/values/account", "missing"))
        self.assertEqual(begin({"key": key, "values": {"account": "v" * 257}}), (422, "/values/account", "length"))
        self.assertEqual(begin({"key": key, "values": {"account": 1}}), (422, "/values/account", "type"))
        self.assertEqual(begin('{"key":"' + "k" * 70000 + '"}')[0], 413)
        for method, path, status in (("GET", "/", 404), ("GET", "/chat", 404), ("GET", "/chat/../etc/passwd", 404),
                                     ("GET", "/chat/%2e%2e%2fx.js", 400), ("GET", "/chat/nothing.js", 404),
                                     ("PUT", "/chat/web", 405), ("GET", "/v1/desk", 404), ("GET", "/admin/status", 404),
                                     ("GET", "/chat/v1/transcript", 401), ("GET", "/chat/v1/stream", 401)):
            with self.subTest(path=path):
                self.assertEqual(ask(self.daemon, method, path)[0], status)
        self.assertEqual(ask(self.daemon, "GET", "/chat/v1/transcript", headers={"Authorization": "Bearer x"})[0], 401)

        for data in ("no JSON", "[]", "{}", '{"type":"other"}', '{"type":"message"}', '{"type":"message","key":"","text":"x"}',
                     '{"type":"read","number":"1"}', '{"type":"message","key":"k","text":"\\ud800"}', "[" * 3000):
            with self.subTest(data=data[:30]):
                customer = self.customer()
                customer.socket.send(data)
                self.assertEqual(customer.wait_closed(), 1007)
        customer = self.customer()
        customer.socket.send('{"type":"heartbeat","x":"' + "y" * 70000 + '"}')
        customer.wait_closed()  # with 1009, which may be lost behind what was not read
        customer = self.customer()
        customer.write("x" * 4001, key="long")
        self.assertEqual(customer.wait("refused"), {"type": "refused", "key": "long", "code": "too_large", "limit": 4000})
        customer.write(" \n\x07", key="nothing")
        self.assertEqual(customer.wait("refused")["code"], "empty")
        customer.said("é\U0001f600" * 2000)
        customer.send(type="read", number=10**12)
        customer.said("goes on")
        for _ in range(800):
            try:
                customer.send(type="heartbeat")
            except OSError:
                break
        self.assertEqual(customer.wait_closed(), 4429)
        self.assertEqual(ask(self.daemon, "GET", "/chat/v1/web")[0], 200)

    def test_agents_limits(self):
        agent = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(agent, customer)
        path = "/v1/interactions/%s/messages" % interaction["id"]
        problem = self.refused(lambda: agent.post(path, {"text": "x" * 4001}, hostile=True), 413, "too_large")
        self.assertEqual((problem["field"], problem["limit"]), ("/text", 4000))
        self.refused(lambda: agent.post(path, {"text": " \n"}, hostile=True), 422, "invalid")
        self.refused(lambda: agent.post(path, {}, hostile=True), 400, "bad_request")
        self.refused(lambda: agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": 9}), 422, "invalid")
        self.refused(lambda: agent.get("/v1/conversations/n1/messages"), 404, "not_found")
        self.refused(lambda: agent.get("/v1/conversations/%s/messages?limit=0" % interaction["conversation"]["id"]),
                     422, "invalid")
        self.assertEqual(self.send(agent, interaction, "x" * 4000)["number"], 1)

    # --- people ----------------------------------------------------------------------------------

    def database(self):
        return sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))

    def traces(self, *words):
        found = []
        for path in glob.glob(os.path.join(self.daemon.data, "*")):
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    content = f.read()
                found += [(os.path.basename(path), word) for word in words if word.encode() in content]
        return found

    def test_export_and_erase(self):
        agent = self.desk()
        customer = self.customer(name="Gwendoline", values={"account": "Kestrel-7"})
        interaction, part = self.accepted(agent, customer)
        customer.said("my xylophone is broken")
        self.send(agent, interaction, "a quizzical answer")
        made = agent.post("/v1/customers", {"name": "Gwendoline Quast", "numbers": [], "interaction": interaction["id"]})
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.end(agent, interaction, part)
        path = "/admin/customers/%s" % made["customer"]["id"]
        exported = self.daemon.admin("GET", path + "/export")
        self.assertEqual([(m["author"], m["text"]) for m in exported["interactions"][0]["messages"]],
                         [("customer", "my xylophone is broken"), ("agent", "a quizzical answer")])
        words = ("Gwendoline", "Quast", "Kestrel-7", "xylophone", "quizzical")
        self.assertTrue(self.traces(*words))
        self.daemon.admin("DELETE", path)
        self.assertEqual(self.traces(*words), [])
        self.assertEqual(self.texts(agent, interaction), ["", ""])
        self.assertEqual(customer.transcript()[0], 401)
        self.assertEqual(Customer(self.daemon).listen(token=customer.token).wait_closed(), 4401)

    def test_forgotten_in_time(self):
        agent = self.desk()
        ids = []
        for _ in range(2):
            customer = self.customer()
            interaction, part = self.accepted(agent, customer)
            customer.said("hello")
            agent.post("/v1/interactions/%s/end" % interaction["id"])
            agent.wait_cause("wrap_up_started")
            self.end(agent, interaction, part)
            ids.append(interaction["id"])
        agent.close()
        self.daemon.stop()
        with self.database() as db:
            for table, column in (("interaction", "id"), ("conversation", "interaction"), ("message", "interaction")):
                db.execute("UPDATE %s SET at = at - ? WHERE %s = ?" % (table, column), (400 * 24 * 60 * 60 * 1000, ids[0]))
        db.close()
        self.daemon.start()

        def left():
            with self.database() as db:
                found = [{i for (i,) in db.execute("SELECT interaction FROM " + t)} for t in ("conversation", "message")]
            db.close()
            return found
        until(lambda: left() == [{ids[1]}] * 2, deadline=60, what="forgetting")


class Limits(Chat):
    """What one source may, with limits that a test reaches."""

    config = scene.CONFIG + "[webchat]\nlisten=127.0.0.1:0\nproxies=1\nconversations_per_minute=3\nmessages_per_minute=5\n"

    def test_limits(self):
        def begin(source):
            return Customer(self.daemon, headers={"X-Forwarded-For": "evil, " + source}).status
        self.assertEqual([begin("192.0.2.1") for _ in range(4)], [201, 201, 201, 429])
        self.assertEqual(begin("192.0.2.2"), 201)
        customer = self.customer()
        for i in range(6):
            customer.write("m", key="m%d" % i)
        self.assertEqual(customer.wait("refused")["code"], "too_many")
        customer.wait(lambda e: e["type"] == "acknowledged" and e["number"] == 5)


class Silence(Chat):
    """A page that goes away for good is a customer who left."""

    config = CONFIG.replace("silence_seconds=60", "silence_seconds=1")

    def test_silence(self):
        agent = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(agent, customer)
        customer.cut()
        left = agent.wait_cause("customer_left")["interaction"]
        self.assertEqual((left["id"], left["customer_left"]["cause"]), (interaction["id"], "connection_lost"))


def load_tests(loader, tests, pattern):
    """Limits and Silence have the tools of Chat, not its tests."""
    suite = loader.suiteClass(loader.loadTestsFromTestCase(Chat))
    suite.addTests([Limits("test_limits"), Silence("test_silence")])
    return suite


if __name__ == "__main__":
    scene.main()
