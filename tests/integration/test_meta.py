# SPDX-License-Identifier: GPL-3.0-or-later
"""Facebook and Instagram, played in the published shapes: verification, signatures, both ways, duplicates, order, marks, the window,
errors, limits of rate."""

import json
import os
import threading

import scene
import api
import elsewhere
import gateway
import meta
from api import until
from meta import call, event, webhook

PAGE, INSTAGRAM, CUSTOMER = "1000000001", "1700000002", "24500000003"


def meta_centre(centre):
    for channel, address in (("facebook", PAGE), ("instagram", INSTAGRAM)):
        centre["settings"]["slots"].append({"channel": channel, "count": 5})
        centre["queues"].append(scene.queue(channel, channel=channel, wrap_up={"seconds": 0}))
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
        self.elsewhere = elsewhere.Elsewhere()
        self.addCleanup(self.elsewhere.close)
        groups = "".join("""[meta %s]
kind=%s
id=%s
token=%s
app_secret=%s
verify_token=%s
url=%s
window_seconds=%d
%s
""" % (kind, kind, account, meta.TOKEN, meta.APP_SECRET, meta.VERIFY, self.platform.url, self.window, more)
                         for kind, account, more in (("facebook", PAGE, "file_loopback=yes"),
                                                     ("instagram", INSTAGRAM, "file_hosts=localhost;127.0.0.1\npage=" + PAGE)))
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


    # --- files ---------------------------------------------------------------------------------

    def files(self, *paths, mid="mid.files", text="Look", account=PAGE, kind="page", types=()):
        """A customer's message with files that lie at these paths, or URLs."""
        list_of = [{"type": (types or ["image"] * len(paths))[i], "payload": {"url": p if ":" in p else self.elsewhere.url + p}}
                   for i, p in enumerate(paths)]
        body = webhook([event(account, CUSTOMER, message={"mid": mid, "text": text, "attachments": list_of})], account, kind)
        self.assertEqual(call(self.daemon, body), 200)
        return body

    def settled(self, agent, interaction, number):
        """The message, when none of its files is on its way any more."""
        until(lambda: "coming" not in self.messages(agent, interaction)[number - 1], what="the files of message %d" % number)
        return self.messages(agent, interaction)[number - 1]

    def post(self, agent, interaction, text, *files):
        given = [elsewhere.give(agent, interaction, data, name) for name, data in files]
        self.assertEqual([status for status, _ in given], [200] * len(files))
        return agent.post("/v1/interactions/%s/messages" % interaction["id"],
                          {"text": text, "attachments": [answer["id"] for _, answer in given]})["message"]


class Both(Social):
    def test_files_of_customers(self):
        """The message at once, its files after it and in order; what cannot be had is said, and asked of nobody twice."""
        picture, paper = elsewhere.png(), b"%PDF-1.4\n" + os.urandom(3000)
        self.elsewhere.files = {"/1_n.jpg": picture, "/x/offer.pdf": paper, "/moved": self.elsewhere.url + "/x/offer.pdf", "/old": 403,
                                "/away": "https://cdn.example/1.png", "/file": "file:///etc/hostname", "/circle": "/circle",
                                "/huge": "endless", "/page": b"<html><script>", "/empty": b""}
        self.elsewhere.hold = threading.Event()
        agent = self.desk()
        body = self.files("/1_n.jpg", "/old", "/moved", "/away", "/file", "/circle", "/huge", "/page", "/empty", "/1_n.jpg?2", "/11th")
        interaction = self.accepted(agent)
        message = self.messages(agent, interaction)[0]
        self.assertEqual((message["text"], message["attachments"], message["coming"], message["lost"]),
                         ("Look", [], 10, ["files_too_many"]))
        self.elsewhere.hold.set()
        changed = agent.wait(lambda e: e["type"] == "message.changed" and len(e["message"]["attachments"]) == 1)["message"]
        self.assertEqual((changed["coming"], changed["attachments"][0]["type"]), (9, "image/png"))
        message = self.settled(agent, interaction, 1)
        self.assertEqual(message["lost"], ["files_too_many", "file_expired", "file_elsewhere", "file_elsewhere", "file_expired",
                                           "file_too_large", "file_executable", "file_empty"])
        self.assertEqual([(a["name"], a["type"], elsewhere.take(agent, a)) for a in message["attachments"]],
                         [("1_n.jpg.png", "image/png", picture), ("file.pdf", "application/pdf", paper),
                          ("1_n.jpg.png", "image/png", picture)])
        asked = len(self.elsewhere.asked)
        self.assertEqual(call(self.daemon, body), 200)
        # What is no file is what it is called, and where it is.
        self.assertEqual(call(self.daemon, webhook([event(PAGE, CUSTOMER, message={"mid": "mid.no_files", "attachments": [
            {"type": "fallback", "title": "An offer", "url": "https://shop.example/1"}, {"type": "template", "payload": {}},
            {"type": "story_mention", "payload": {"url": "https://cdn.example/story"}},
            {"type": "location", "title": "Here", "payload": {"coordinates": {"lat": 42.6977, "long": 23.3219}}}]})], PAGE)), 200)
        self.assertEqual([m["text"] for m in self.messages(agent, interaction)],
                         ["Look", "An offer\nhttps://shop.example/1\nhttps://cdn.example/story\nHere\ngeo:42.697700,23.321900"])
        self.assertEqual(len(self.elsewhere.asked), asked)
        # A server in trouble is asked again.
        self.elsewhere.answers.extend([503, 429])
        self.files("/x/offer.pdf", mid="mid.again")
        self.assertEqual(len(self.settled(agent, interaction, 3)["attachments"]), 1)

    def test_files_from_where_nobody_sends_us(self):
        """Neither to this machine, nor to another network, nor with another's name and password, whatever a message says."""
        agent, port = self.desk(), self.elsewhere.url.rsplit(":", 1)[1]
        self.files("https://localhost:%s/x" % port, "http://localhost:%s/x" % port, "https://127.0.0.1:%s/x" % port,
                   "https://me:pass@localhost:%s/x" % port, "https://cdn.example/x", "https://169.254.169.254/x", "file:///etc/hostname",
                   "gopher://localhost:%s/x" % port, mid="ig.f", account=INSTAGRAM, kind="instagram")
        interaction = self.accepted(agent)
        message = self.settled(agent, interaction, 1)
        self.assertEqual((message["text"], message["attachments"], message["lost"]), ("Look", [], ["file_elsewhere"] * 8))
        self.assertEqual(self.elsewhere.asked, [])

    def test_files_over_a_kill(self):
        """Killed while a file comes, then at a commit on its way into the store: it is there, once."""
        self.elsewhere.files = {"/a.png": elsewhere.png()}
        agent, interaction = self.desk(), None
        for number, point in enumerate(("before_commit:1", "after_commit:1", "before_commit:2", "after_commit:2"), 1):
            self.elsewhere.hold, asked = threading.Event(), len(self.elsewhere.asked)
            self.files("/a.png", mid="mid.%d" % number)
            interaction = interaction or self.accepted(agent)
            until(lambda: len(self.elsewhere.asked) > asked, what="the file to be asked for")
            self.daemon.kill()
            agent.close()
            self.elsewhere.hold.set()
            self.daemon.start(expect_ready=False, env={"GUICHET_TEST_KILL": point})
            self.daemon.wait()
            self.daemon.start()
            agent.listen(agent.desk()["cursor"])
            message = self.settled(agent, interaction, number)
            self.assertEqual([elsewhere.take(agent, a) for a in message["attachments"]], [elsewhere.png()])
            self.assertNotIn("lost", message)

    def test_files_of_ours(self):
        """Each leaves as a message of its own; one that was refused is tried again alone, also over a kill."""
        agent = self.desk()
        interaction = self.begun(agent)
        limits = interaction["conversation"]["limits"]["attachments"]
        self.assertEqual(limits, {"number": 5, "each": 25 << 20, "total": 125 << 20})
        picture, paper = elsewhere.png(), b"%PDF-1.4\n" + os.urandom(3000)
        self.platform.answers.extend([None, None, (400, meta.error(613), {"Retry-After": "1"}), None, (500, {"x": 1}), None, None])
        self.post(agent, interaction, "Voilà", ("a.png", picture), ("Оферта.pdf", paper))
        self.wait_message(agent, 2, "failed")
        self.assertEqual(self.messages(agent, interaction)[1]["reason"], "outcome_unknown")
        self.platform.answers.clear()
        self.platform.before_answer = lambda mid: self.daemon.process.kill()
        agent.post("/v1/messages/%s/retry" % self.messages(agent, interaction)[1]["id"])
        self.daemon.wait()
        self.platform.before_answer = None
        agent.close()
        self.daemon.start()
        agent.listen(agent.desk()["cursor"])
        until(lambda: self.messages(agent, interaction)[1]["state"] == "failed", what="the message to have failed")
        agent.post("/v1/messages/%s/retry" % self.messages(agent, interaction)[1]["id"])
        until(lambda: self.messages(agent, interaction)[1]["state"] == "sent", what="the message to be sent")
        self.assertEqual(self.platform.texts(), ["Voilà"])
        self.assertEqual([kind for kind, _ in self.platform.files()], ["image", "image", "file"])
        path, fields, name, kind, data = self.platform.uploads[0]
        self.assertEqual((path, name, kind, data), ("/v19.0/%s/message_attachments" % PAGE, "a.png", "image/png", picture))
        self.assertEqual(json.loads(fields["message"])["attachment"], {"type": "image", "payload": {"is_reusable": True}})
        self.assertEqual((self.platform.uploads[-1][2].isascii(), self.platform.uploads[-1][4]), (True, paper))
        mid = self.platform.taken[-1]["mid"]
        self.assertEqual(call(self.daemon, webhook([event(PAGE, CUSTOMER, delivery={"mids": [mid]})], PAGE)), 200)
        until(lambda: self.messages(agent, interaction)[1]["state"] == "delivered", what="the mark")

    def test_files_to_instagram(self):
        """What Instagram does not take is refused as it is added."""
        agent = self.desk()
        self.assertEqual(call(self.daemon, webhook([self.wrote("Hi", "ig.1", INSTAGRAM)], INSTAGRAM, "instagram")), 200)
        interaction = self.accepted(agent)
        for data, name, reason in ((b"words", "a.txt", "file_type"), (elsewhere.png() + b"\0" * (8 << 20), "a.png", "file_too_large")):
            status, problem = elsewhere.give(agent, interaction, data, name)
            self.assertEqual((status, problem["reason"]), (422, reason))
        self.post(agent, interaction, "", ("a.png", elsewhere.png()))
        self.wait_message(agent, 2, "sent")
        path, fields, *_ = self.platform.uploads[0]
        self.assertEqual((path, fields["platform"]), ("/v19.0/%s/message_attachments" % PAGE, "instagram"))
        self.assertEqual((self.platform.taken[0]["path"], self.platform.files()),
                         ("/v19.0/%s/messages" % INSTAGRAM, [("MEDIA_SHARE", "a_1")]))

    def test_names(self):
        """Asked for once, shown on the card and kept for the next time; who has none is as before, and the token stays a secret."""
        self.platform.profiles = {CUSTOMER: {"first_name": "Chantal", "last_name": "Dubois", "name": "Chantal Dubois"}, "77": {
            "username": "boris", "name": None}}
        agent = self.desk()
        self.write("Bonjour", "mid.first")
        offer = agent.wait("offer.created")["offer"]
        if offer["customer"]["name"] is None:
            offer = agent.wait("offer.changed")["offer"]
        self.assertEqual(offer["customer"]["name"], "Chantal Dubois")
        agent.post("/v1/offers/%s/accept" % offer["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        self.assertEqual(interaction["customer"]["name"], "Chantal Dubois")
        self.write("Encore", "mid.second")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait(lambda e: e["type"] == "interaction.closed")
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        agent.events.clear()
        agent.listen(agent.desk()["cursor"])
        self.write("Et encore", "mid.third")
        self.assertEqual(self.accepted(agent)["customer"]["name"], "Chantal Dubois")
        self.assertEqual(self.platform.asked, [(CUSTOMER, {"fields": "name,first_name,last_name"})])
        for customer, mid in (("77", "ig.1"), ("78", "ig.2"), ("78", "ig.3")):
            self.assertEqual(call(self.daemon, webhook([event(INSTAGRAM, customer, message={"mid": mid, "text": "Hi"})], INSTAGRAM,
                                                       "instagram")), 200)
        self.accepted(agent)
        self.accepted(agent)
        until(lambda: "no_name" in self.daemon.read_log(), what="the answer about 78")
        until(lambda: "@boris" in [i["customer"]["name"] for i in agent.desk()["interactions"]], what="the name of 77")
        self.assertEqual(sorted(c for c, _ in self.platform.asked), sorted([CUSTOMER, "77", "78"]))
        self.assertNotIn(meta.TOKEN, self.daemon.read_log())

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
        self.assertEqual(self.texts(agent, interaction), ["Look", ""])
        self.settled(agent, interaction, 2)
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
    window = 10  # longer than what is written may be on its way

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
