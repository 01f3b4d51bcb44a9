# SPDX-License-Identifier: GPL-3.0-or-later
"""Facebook and Instagram, played in the published shapes: verification, signatures, both ways, duplicates, order, marks, the window,
errors, limits of rate."""

import json
import os

import scene
import api
import gateway
import meta
from api import until
from meta import call, event, webhook

PAGE, INSTAGRAM, CUSTOMER = "1000000001", "1700000002", "24500000003"


def meta_centre(centre):
    for channel, address in (("facebook", PAGE), ("instagram", INSTAGRAM)):
        centre["settings"]["slots"].append({"channel": channel, "count": 5})
        centre["queues"].append(scene.queue(channel, channel=channel, ring_seconds=30, wrap_up={"seconds": 0}))
        centre["entry_points"].append({"id": "our_" + channel, "names": scene.names(channel), "channel": channel,
                                       "addresses": [address], "queue": channel})
    for agent in centre["agents"]:
        agent["queues"] += ["facebook", "instagram"]


class Social(scene.Scene):
    program = os.environ.get("GUICHETD_TEST", "../tests/server/guichetd-test")
    window = 86400

    def setUp(self):
        self.platform = meta.Platform()
        self.addCleanup(self.platform.close)
        groups = "".join("""[meta %s]
kind=%s
id=%s
token=%s
app_secret=%s
verify_token=%s
url=%s
window_seconds=%d
""" % (kind, kind, account, meta.TOKEN, meta.APP_SECRET, meta.VERIFY, self.platform.url, self.window)
                         for kind, account in (("facebook", PAGE), ("instagram", INSTAGRAM)))
        self.config = scene.CONFIG + "[webhooks]\nlisten=127.0.0.1:0\n" + groups
        super().setUp()

    def define(self):
        meta_centre(self.centre)
        super().define()

    def desk(self, name="alice"):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999")
        agent.listen()
        agent.available()
        agent.wait_state("available")
        return agent

    def wrote(self, text, mid, account=PAGE, **more):
        return event(account, CUSTOMER, message={"mid": mid, "text": text}, **more)

    def write(self, text, mid, **more):
        self.assertEqual(call(self.daemon, webhook([self.wrote(text, mid, **more)], PAGE)), 200)

    def accepted(self, agent):
        offer = agent.wait("offer.created")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        return agent.wait_cause("joined")["interaction"]

    def begun(self, agent, text="Bonjour"):
        self.write(text, "mid.first")
        return self.accepted(agent)

    def send(self, agent, interaction, text):
        return agent.post("/v1/interactions/%s/messages" % interaction["id"], {"text": text})["message"]

    def wait_message(self, agent, number, state):
        return agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == number
                          and e["message"]["state"] == state)["message"]

    def messages(self, agent, interaction):
        page = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])
        self.assertEqual([m["number"] for m in page["messages"]], list(range(1, len(page["messages"]) + 1)))
        return page["messages"]

    def texts(self, agent, interaction):
        return [m["text"] for m in self.messages(agent, interaction)]


class Both(Social):
    def test_private(self):
        """What agents write for each other never reaches the platform; a mark of reading is none of it."""
        agent = self.desk()
        interaction = self.begun(agent)
        path = "/v1/interactions/%s/messages" % interaction["id"]
        agent.post(path, {"text": "secret", "private": True})
        self.send(agent, interaction, "Réponse")
        self.platform.wait_text("Réponse")
        self.wait_message(agent, 3, "sent")
        agent.post(path, {"text": "secret again", "private": True})
        self.assertEqual(call(self.daemon, webhook([event(PAGE, CUSTOMER, read={"watermark": meta.now() + 60000})], PAGE)), 200)
        self.wait_message(agent, 3, "read")
        self.assertEqual([(m["state"], m["private"]) for m in self.messages(agent, interaction)],
                         [("received", False), ("sent", True), ("read", False), ("sent", True)])
        self.assertNotIn("secret", str(self.platform.taken))

    def test_verification(self):
        ask = lambda **more: gateway.call(self.daemon, "/meta", {  # noqa: E731
            "hub.mode": "subscribe", "hub.verify_token": meta.VERIFY, "hub.challenge": "1158201444", **more})
        self.assertEqual(ask(), (200, "1158201444"))
        self.assertEqual(ask(**{"hub.verify_token": "another one altogether"})[0], 403)
        self.assertEqual(ask(**{"hub.mode": "x"})[0], 403)
        self.assertEqual(gateway.call(self.daemon, "/meta")[0], 403)
        self.assertEqual(gateway.call(self.daemon, "/meta/x")[0], 404)

    def test_signatures(self):
        body = webhook([self.wrote("x", "mid.x")], PAGE)
        before = len(self.daemon.journal())
        self.assertEqual(call(self.daemon, body, secret="another secret altogether"), 403)
        self.assertEqual(call(self.daemon, body, signature=""), 403)
        self.assertEqual(call(self.daemon, body, signature="sha256=" + "0" * 63), 403)
        self.assertEqual(call(self.daemon, b"[" * 100000, signature="sha256=" + "0" * 64), 403)
        for wrong in (b"", b"[]", b"{}", b"[" * 100000, b'{"object":"page","entry":[{"id":1}]}', b'{"object":"user","entry":[]}'):
            self.assertEqual(call(self.daemon, wrong), 400, wrong)
        # Of somebody else's page, of none that has an entry point: taken and passed over.
        self.assertEqual(call(self.daemon, webhook([self.wrote("x", "mid.x", account="77")], "77")), 200)
        self.assertEqual(len(self.daemon.journal()), before)

    def test_whole(self):
        agent = self.desk()
        interaction = self.begun(agent)
        self.assertEqual((interaction["channel"], interaction["called"]), ("facebook", PAGE))
        self.assertIsNotNone(interaction["conversation"]["until"])
        self.assertEqual(interaction["conversation"]["limits"]["text"], 2000)
        for number, text in ((2, "Salut 😀"), (3, "two"), (4, "three")):
            self.assertEqual(self.send(agent, interaction, text)["state"], "pending")
            self.wait_message(agent, number, "sent")
        taken = self.platform.taken
        self.assertEqual((taken[0]["path"], taken[0]["recipient"], taken[0]["messaging_type"]),
                         ("/v19.0/%s/messages" % PAGE, {"id": CUSTOMER}, "RESPONSE"))
        self.assertEqual(self.platform.texts(), ["Salut 😀", "two", "three"])
        # Echoes, reactions and what is deleted are nothing new.
        self.assertEqual(call(self.daemon, webhook([
            event(CUSTOMER, PAGE, message={"mid": taken[0]["mid"], "text": "Salut 😀", "is_echo": True, "app_id": 1}),
            event(PAGE, CUSTOMER, reaction={"mid": taken[0]["mid"], "action": "react", "emoji": "👍"})], PAGE)), 200)
        self.assertEqual(call(self.daemon, webhook([
            event(PAGE, CUSTOMER, delivery={"mids": [taken[0]["mid"]], "watermark": meta.now()})], PAGE)), 200)
        self.wait_message(agent, 2, "delivered")
        self.assertEqual(call(self.daemon, webhook([event(PAGE, CUSTOMER, read={"watermark": meta.now()})], PAGE)), 200)
        for number in (2, 3, 4):
            self.wait_message(agent, number, "read")
        self.write("Danke", "mid.second")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "Danke")
        self.assertEqual([(m["author"], m["state"]) for m in self.messages(agent, interaction)],
                         [("customer", "received")] + [("agent", "read")] * 3 + [("customer", "received")])

    def test_instagram(self):
        agent = self.desk()
        picture = {"type": "image", "payload": {"url": "https://cdn.example/1.jpg"}}
        self.assertEqual(call(self.daemon, webhook([event(INSTAGRAM, CUSTOMER, message={"mid": "ig.1", "text": "Look"}), event(
            INSTAGRAM, CUSTOMER, message={"mid": "ig.2", "attachments": [picture]})], INSTAGRAM, "instagram")), 200)
        interaction = self.accepted(agent)
        self.assertEqual((interaction["channel"], interaction["conversation"]["limits"]["text"]), ("instagram", 1000))
        self.assertEqual(self.texts(agent, interaction), ["Look", "https://cdn.example/1.jpg"])
        self.send(agent, interaction, "Nice")
        self.wait_message(agent, 3, "sent")
        mid = self.platform.taken[0]["mid"]
        self.assertEqual(call(self.daemon, webhook([event(INSTAGRAM, CUSTOMER, read={"mid": mid})], INSTAGRAM, "instagram")), 200)
        self.wait_message(agent, 3, "read")

    def test_outcome(self):
        """A disposition, tags and a note on each, as on a call."""
        agent = self.desk()
        for account, kind in ((PAGE, "facebook"), (INSTAGRAM, "instagram")):
            self.assertEqual(call(self.daemon, webhook([self.wrote("Hello", "mid." + kind, account)], account,
                                                       *([kind] if kind == "instagram" else []))), 200)
            interaction = self.accepted(agent)
            part = "/v1/participations/" + interaction["participations"][-1]["id"]
            agent.put(part + "/tags", {"ids": ["urgent", "vip"], "revision": 0})
            agent.put(part + "/note", {"text": kind + " discount", "revision": 0})
            agent.put(part + "/disposition", {"id": "solved", "revision": 0})
            agent.post("/v1/interactions/%s/end" % interaction["id"])
            closed = agent.wait(lambda e: e["type"] == "interaction.closed")
            self.assertEqual((interaction["channel"], closed["interaction"], closed["recent"]["disposition"]),
                             (kind, interaction["id"], "solved"))
            (row,) = agent.get("/v1/conversations?view=resolved&channel=" + kind)["conversations"]
            self.assertEqual((row["interaction"], row["disposition"], row["tags"]["ids"]),
                             (interaction["id"], "solved", ["urgent", "vip"]))
            (hit,) = agent.get("/v1/search?kind=interactions&q=%s%%20discount" % kind)["interactions"]
            self.assertEqual(hit["interaction"], interaction["id"])

    def test_duplicates_and_order(self):
        agent = self.desk()
        interaction = self.begun(agent)
        at = meta.now()
        late = [self.wrote("c%d" % i, "mid.c%d" % i, at=at + i) for i in range(5)]
        body = webhook(list(reversed(late)), PAGE)
        for _ in range(3):
            self.assertEqual(call(self.daemon, body), 200)
        self.write("Bonjour", "mid.first")
        self.assertEqual(self.texts(agent, interaction), ["Bonjour"] + ["c%d" % i for i in range(5)])
        # Told again after a crash, too.
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        self.assertEqual(call(self.daemon, body), 200)
        self.write("after", "mid.after")
        self.assertEqual(self.texts(agent, interaction), ["Bonjour"] + ["c%d" % i for i in range(5)] + ["after"])

    def test_report_before_the_answer(self):
        """The mark of a message may come before Meta has answered that it took it."""
        agent = self.desk()
        interaction = self.begun(agent)
        self.platform.before_answer = lambda mid: call(self.daemon, webhook([
            event(PAGE, CUSTOMER, delivery={"mids": [mid], "watermark": 1})], PAGE))
        self.send(agent, interaction, "quick")
        self.wait_message(agent, 2, "delivered")

    def test_errors(self):
        agent = self.desk()
        interaction = self.begun(agent)
        cases = [((400, meta.error(10, 2018278)), "window_closed"), ((400, meta.error(100, 2018001)), "wrong_address"),
                 ((400, meta.error(551, 1545041)), "undeliverable"), ((400, meta.error(190)), "channel_refused"),
                 ((400, meta.error(100)), "content_refused"), ((500, {"x": 1}), "outcome_unknown"),
                 ((200, {"x": 1}), "outcome_unknown")]
        for number, (answer, reason) in enumerate(cases, 2):
            self.platform.answers.append(answer)
            self.send(agent, interaction, "fails with " + reason)
            self.assertEqual(self.wait_message(agent, number, "failed")["reason"], reason)
        self.assertEqual(self.platform.texts(), [])
        first = self.messages(agent, interaction)[1]
        agent.post("/v1/messages/%s/retry" % first["id"])
        self.wait_message(agent, 2, "sent")
        self.assertEqual(self.platform.texts(), [first["text"]])

    def test_limit_of_rate(self):
        """All of the account rests, nothing is lost, and the order stands."""
        agent = self.desk()
        interaction = self.begun(agent)
        self.platform.answers.extend([(400, meta.error(613), {"Retry-After": "2"}), (400, meta.error(2, transient=True))])
        for i in range(3):
            self.send(agent, interaction, "m%d" % i)
        self.wait_message(agent, 4, "sent")
        self.assertEqual(self.platform.texts(), ["m0", "m1", "m2"])

    def test_killed_under_way(self):
        agent = self.desk()
        interaction = self.begun(agent)
        self.platform.before_answer = lambda mid: self.daemon.process.kill()
        self.send(agent, interaction, "perhaps")
        self.daemon.wait()
        self.platform.before_answer = None
        agent.close()
        self.daemon.start()
        until(lambda: self.messages(agent, interaction)[1]["state"] == "failed", what="the message to have failed")
        self.assertEqual(self.messages(agent, interaction)[1]["reason"], "outcome_unknown")
        self.assertEqual(self.platform.texts(), ["perhaps"])


class Window(Social):
    window = 3

    def test_window(self):
        agent = self.desk()
        interaction = self.begun(agent)

        def closed():
            return agent.desk()["interactions"][0]["conversation"]["refusal"] == "window_closed"
        until(closed, what="the window to close")
        problem = self.refused(lambda: self.send(agent, interaction, "too late"), 409, "not_now")
        self.assertEqual(problem["reason"], "window_closed")
        self.assertEqual(json.dumps(self.platform.texts()), "[]")
        self.write("still there?", "mid.again")
        added = agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "still there?")
        self.assertIsNone(added["conversation"]["refusal"])


if __name__ == "__main__":
    scene.main()
