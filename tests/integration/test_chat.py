# SPDX-License-Identifier: GPL-3.0-or-later
"""Web chat between a scripted page and a scripted desk: offer, accept, messages both ways, broken links, the ends, kills, what
strangers send, what is erased."""

import contextlib
import datetime
import glob
import gzip
import http.client
import os
import sqlite3
import threading
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
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=scene.api.DEADLINE)
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
        alice = self.desk()
        customer = self.customer()
        interaction, _ = self.accepted(alice, customer)
        customer.said("before")
        bob = self.desk("bob")
        self.short_grace(1)
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

    def test_links(self):
        link = {"id": "crm", "names": scene.names("Customer file"), "url": "https://crm.example/?n={customer.number}&a={account}"}
        self.centre["links"] = [link, {**link, "id": "shop", "queues": ["chat"]}]
        self.daemon.apply(self.centre)
        agent = self.desk()
        self.assertEqual(agent.desk()["links"], self.centre["links"])
        for wrong in ("http://crm.example/", "https://{account}.example/", "https://crm.example/{pin}", "https://crm.example/{none}"):
            self.centre["links"][0] = {**link, "url": wrong}
            problem = self.refused(lambda: self.daemon.admin("PUT", "/admin/definitions", self.centre), 422, "invalid")
            self.assertEqual([p["path"] for p in problem["problems"]], ["links[0].url"], wrong)

    # --- card numbers ----------------------------------------------------------------------------

    MASKED = "•••• •••• •••• 1111"

    def test_card_numbers(self):
        """Whoever writes one, nothing but its end is kept, told or found; blocked or let through as the centre says."""
        self.centre["settings"]["card_data_notes"] = True
        self.daemon.apply(self.centre)
        agent = self.desk()
        self.assertEqual(agent.desk()["settings"]["card_data"], "mask")
        customer = self.customer()
        interaction, part = self.accepted(agent, customer)
        customer.write("it is 4111 1111-1111 1111, by 12/27", key="card")
        told = customer.wait("acknowledged")
        self.assertEqual((told["number"], told["text"], told["masked"]), (1, "it is %s, by 12/27" % self.MASKED, True))
        added = agent.wait("message.added")["message"]
        self.assertEqual((added["text"], added["masked"]), (told["text"], True))
        customer.write("it is 4111 1111-1111 1111, by 12/27", key="card")
        self.assertEqual(customer.wait("acknowledged"), told)
        self.assertNotIn("masked", self.send(agent, interaction, "Thank you. No 4111111111111112?"))
        key = uuid.uuid4().hex
        mine = self.send(agent, interaction, "So ４１１１１１１１１１１１１１１１?", key=key)
        self.assertEqual((mine["text"], mine["masked"]), ("So %s?" % self.MASKED, True))
        self.assertEqual(customer.wait_text(mine["text"])["masked"], True)
        self.assertEqual(self.send(agent, interaction, "So ４１１１１１１１１１１１１１１１?", key=key), mine)
        self.refused(lambda: self.send(agent, interaction, "So what?", key=key), 422, "idempotency_mismatch")
        self.assertEqual(self.send(agent, interaction, "4111.1111.1111.1111", private=True)["text"], self.MASKED)
        agent.put("/v1/participations/%s/note" % part["id"], {"text": "paid by 4111111111111111", "revision": 0})
        note = agent.wait_cause("note")["interaction"]["participations"][0]["note"]
        self.assertEqual(note, {"text": "paid by " + self.MASKED, "revision": 1})
        self.assertIn("So %s?" % self.MASKED, customer.transcript()[1])
        self.assertEqual(len(agent.get("/v1/search?q=1111")["messages"]), 3)
        self.assertEqual(agent.get("/v1/search?q=4111111111111111")["messages"], [])

        self.centre["settings"].update(card_data="block", card_data_notes=False)
        self.daemon.apply(self.centre)
        self.assertEqual(agent.desk()["settings"]["card_data"], "block")
        for private in (False, True):
            problem = self.refused(lambda: self.send(agent, interaction, "4111 1111 1111 1111", private=private), 409, "not_now")
            self.assertEqual(problem["reason"], "card_data")
        problem = self.refused(lambda: agent.post("/v1/im", {"to": "bob", "text": "4111 1111 1111 1111"}), 409, "not_now")
        self.assertEqual(problem["reason"], "card_data")
        self.assertEqual(self.send(agent, interaction, "So ４１１１１１１１１１１１１１１１?", key=key), mine)
        customer.write("again 4111111111111111", key="again")
        self.assertEqual(customer.wait("acknowledged")["text"], "again " + self.MASKED)
        self.assertEqual(self.traces("4111111111111111", "4111 1111", "4111.1111", "４１１１", "1111-1111"), [])
        self.assertNotIn("41111111", self.daemon.read_log())

        self.centre["settings"]["card_data"] = "keep"
        self.daemon.apply(self.centre)
        customer.write("kept 4111111111111111", key="kept")
        self.assertNotIn("text", customer.wait("acknowledged"))
        self.assertEqual(self.texts(agent, interaction)[-1], "kept 4111111111111111")

    # --- a bot before ----------------------------------------------------------------------------

    def test_handed_over_by_a_bot(self):
        """What a bot said before stands at the head of the conversation, and nobody waits for it or is answered by it."""
        self.centre["queues"][-2].update(silence_seconds=2, silence_warning_seconds=1)
        self.daemon.apply(self.centre)
        began = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=5)
        at = [(began + datetime.timedelta(seconds=n)).isoformat(timespec="milliseconds").replace("+00:00", "Z") for n in range(9)]
        talk = {"name": "Al\nma 4111111111111111", "messages": [
            {"author": "bot", "text": "Good day, I am a xylophone.", "at": at[1]},
            {"author": "customer", "text": "My card\r\nis 4111 1111 1111 1111\x07", "at": at[2]},
            {"author": "bot", "text": "Later than what follows", "at": at[8]},
            {"author": "customer", "text": "Nobody knows when"},
            {"author": "customer", "text": "A person, please", "at": at[5]},
            {"author": "bot", "text": "You are passed on.", "at": "2099-01-01T00:00:00Z"}]}
        texts = ["Good day, I am a xylophone.", "My card\nis " + self.MASKED, "Later than what follows", "Nobody knows when",
                 "A person, please", "You are passed on."]
        agent = self.desk()
        customer = self.customer(bot=talk, name="Gwendoline")
        self.assertEqual((customer.status, customer.answer["cursor"]), (201, 0))
        again = Customer(self.daemon, key=customer.key, bot=talk)
        self.assertEqual((again.status, again.answer), (200, customer.answer))
        told = [customer.wait("message")["message"] for _ in texts]
        self.assertEqual([(m["number"], m["author"], m["text"], m["before"], m.get("hand_over")) for m in told],
                         [(n + 1, line["author"], texts[n], True, True if n == 5 else None)
                          for n, line in enumerate(talk["messages"])])
        self.assertEqual({m.get("bot") for m in told if m["author"] == "bot"}, {"Al ma " + self.MASKED})
        self.assertFalse([m for m in told if "key" in m or "agent" in m])
        self.assertEqual([m["at"] for m in told[:5]], [at[1], at[2], at[5], at[5], at[5]])
        self.assertLess(told[5]["at"], (began + datetime.timedelta(minutes=30)).isoformat())
        interaction, part = self.accepted(agent, customer)
        self.assertEqual((interaction["waiting_since"], interaction["conversation"]["last_number"]), (None, 6))
        page = agent.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])["messages"]
        self.assertEqual([(m["author"], m["text"], m["state"], m.get("from"), m.get("hand_over", False)) for m in page],
                         [(m["author"], m["text"], "handed_over", m.get("bot"), "hand_over" in m) for m in told])
        # Nobody has answered and nobody waits, also after a kill; so nothing closes it, as it closes one with an answer.
        other = self.customer()
        other_interaction, _ = self.accepted(agent, other)
        rows = agent.get("/v1/conversations?view=mine")["conversations"]
        self.assertEqual([row["last"] and (row["last"]["author"], row["last"]["text"]) for row in rows],
                         [None, ("bot", "You are passed on.")])
        self.send(agent, other_interaction, "an answer")
        self.daemon.kill()
        agent.close()
        customer.cut()
        self.daemon.start()
        agent.events.clear()
        self.assertEqual([i["waiting_since"] for i in agent.desk()["interactions"]], [None, None])
        agent.listen()
        self.assertEqual(Customer(self.daemon, key=customer.key, bot=talk).answer, customer.answer)
        customer.listen(since=0)
        customer.wait_text("You are passed on.")
        other.listen()
        self.assertEqual(other.wait_state("ended")["reason"], "silence")
        self.assertFalse([e for e in customer.events if e.get("closes_at") or e.get("state") == "ended"])
        self.assertEqual(customer.said("Hello?"), 7)
        added = agent.wait("message.added")
        self.assertEqual(added["waiting_since"], added["message"]["at"])
        self.send(agent, interaction, "a quizzical answer")
        customer.wait(lambda e: e["type"] == "state" and e.get("closes_at"))
        # Everywhere where messages are.
        status, transcript = customer.transcript()
        self.assertEqual(status, 200)
        self.assertIn("Al ma %s\nYou are passed on.\n\n* * *\n\n" % self.MASKED, transcript)
        (hit,) = agent.get("/v1/search?q=xylophone")["messages"]
        self.assertEqual((hit["author"], hit["number"], hit["agent"]), ("bot", 1, None))
        journal = [e["type"] for e in self.daemon.journal(interaction["id"])]
        self.assertEqual((journal.count("conversation.handed_over"), journal.count("message.added")), (1, 2))
        self.assertEqual(self.traces("4111111111111111", "4111 1111"), [])
        made = agent.post("/v1/customers", {"name": "Gwendoline Quast", "numbers": [], "interaction": interaction["id"]})
        agent.wait(lambda e: e.get("cause") == "wrap_up_started" and e["interaction"]["id"] == interaction["id"])
        self.end(agent, interaction, part)
        path = "/admin/customers/%s" % made["customer"]["id"]
        exported = self.daemon.admin("GET", path + "/export")["interactions"][0]["messages"]
        self.assertEqual([m["author"] for m in exported[:3]], ["bot", "customer", "bot"])
        self.daemon.admin("DELETE", path)
        self.assertEqual(self.traces("xylophone", "Nobody knows when", "Al ma"), [])

    # --- strangers -------------------------------------------------------------------------------

    def test_hostile_bots(self):
        def begin(bot, **more):
            status, answer = ask(self.daemon, "POST", "/chat/v1/web/conversations", {"key": "k" * 20, "bot": bot, **more})
            return status, answer.get("field"), answer.get("reason")
        def lines(*messages):
            return begin({"name": "Alma", "messages": [{"author": "bot", "text": "x", **m} for m in messages]})
        self.assertEqual(begin("Alma"), (400, "/bot", None))
        self.assertEqual(begin({}), (400, "/bot/messages", None))
        self.assertEqual(begin({"messages": {}}), (400, "/bot/messages", None))
        self.assertEqual(begin({"messages": [], "agent": "alice"}), (400, "/bot/agent", None))
        self.assertEqual(begin({"messages": [], "name": "n" * 129}), (422, "/bot/name", "length"))
        self.assertEqual(begin({"messages": ["x"]}), (400, "/bot/messages/0", None))
        self.assertEqual(lines(*[{}] * 101), (422, "/bot/messages", "length"))
        self.assertEqual(lines({}, {"author": "agent"}), (400, "/bot/messages/1/author", None))
        self.assertEqual(lines({}, {"author": "centre"}), (400, "/bot/messages/1/author", None))
        self.assertEqual(lines({"text": 7}), (400, "/bot/messages/0/text", None))
        self.assertEqual(lines({}, {"text": "x" * 4001}), (422, "/bot/messages/1/text", "length"))
        self.assertEqual(lines({}, {"text": " \x07\n"}), (422, "/bot/messages/1/text", "missing"))
        self.assertEqual(lines({"at": "yesterday"}), (400, "/bot/messages/0/at", None))
        self.assertEqual(lines({"at": 1795272508}), (400, "/bot/messages/0/at", None))
        self.assertEqual(lines({"number": 1}), (400, "/bot/messages/0/number", None))
        self.assertEqual(lines(*[{"text": "x" * 700}] * 100), (413, None, None))
        # What was refused has begun nothing; all that is allowed is kept, in line behind who came before; no name is none.
        self.assertEqual(begin(None)[0], 201)
        self.assertEqual(self.daemon.admin("GET", "/admin/status")["queues"][-2]["waiting"], 1)
        customer = self.customer(bot={"messages": [{"author": "bot", "text": "é" * 80, "at": "2001-01-01T00:00:00Z"}] * 99 +
                                      [{"author": "customer", "text": "x" * 4000}]})
        self.assertEqual(customer.wait(lambda e: e.get("place"))["place"], 2)
        self.assertNotIn("bot", customer.wait_text("é" * 80))
        self.assertEqual(len(customer.wait_text("x" * 4000)["text"]), 4000)
        self.assertEqual((customer.last, customer.said("own")), (100, 101))
        self.assertEqual(ask(self.daemon, "GET", "/chat/v1/web")[1]["limits"]["bot"], 100)
        # Killed in the middle of many beginnings: each is there as a whole or not at all, and only once.
        said = ["%d" % n for n in range(30)]
        talk = {"messages": [{"author": "bot", "text": text} for text in said]}
        keys = [uuid.uuid4().hex for _ in range(40)]
        begun = []

        def all_of_them():
            with contextlib.suppress(OSError, http.client.HTTPException):
                for key in keys:
                    begun.append(Customer(self.daemon, key=key, bot=talk).status)
        thread = threading.Thread(target=all_of_them)
        thread.start()
        until(lambda: len(begun) > 5, what="some beginnings")
        self.daemon.kill()
        thread.join()
        self.daemon.start()
        with self.database() as db:
            kept = db.execute("SELECT count (*), sum (hand) FROM (SELECT count (*) AS n, max (details LIKE '%hand_over%') AS hand "
                              "FROM message WHERE text GLOB '[0-9]*' GROUP BY conversation HAVING n = 30)").fetchone()
            everything = db.execute("SELECT count (DISTINCT conversation) FROM message WHERE text GLOB '[0-9]*'").fetchone()
        db.close()
        self.assertEqual(kept, (everything[0], everything[0]))
        self.assertGreaterEqual(everything[0], len(begun))
        for key in keys[:len(begun) + 2]:
            customer = Customer(self.daemon, key=key, bot=talk).listen()
            self.addCleanup(customer.cut)
            customer.wait_text(said[-1])
            self.assertEqual([customer.texts[n] for n in customer.numbers], said)


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
        until(lambda: left() == [{ids[1]}] * 2, what="forgetting")


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

    config = CONFIG.replace("silence_seconds=60", "silence_seconds=6")  # it may begin to listen only after some

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
