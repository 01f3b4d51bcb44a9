# SPDX-License-Identifier: GPL-3.0-or-later
"""SMS between a gateway that the test plays and a scripted desk: both ways, states, reports, what fails, kills, opting out, what
strangers send."""

import base64
import http.client
import json
import os
import threading
import urllib.parse
import uuid

import scene
import api
import elsewhere
import gateway
from api import until

OURS, CUSTOMER = "+33199000001", "+33612345678"
PARTS, PLAIN = "+33199000002", "+33199000003"  # other numbers, through gateways of other kinds


def sms_centre(centre):
    centre["settings"]["slots"].append({"channel": "sms", "count": 5})
    centre["queues"].append(scene.queue("text", channel="sms", wrap_up={"seconds": 30}))
    centre["entry_points"].append({"id": "texts", "names": scene.names("Texts"), "channel": "sms", "addresses": [OURS, PARTS, PLAIN], "queue": "text"})
    for agent in centre["agents"]:
        agent["queues"].append("text")


class Texts(scene.Scene):
    program = os.environ.get("GUICHETD_TEST", "../tests/server/guichetd-test")

    def setUp(self):
        self.gateway = gateway.Gateway()
        self.addCleanup(self.gateway.close)
        self.config = scene.CONFIG + """[webhooks]
listen=127.0.0.1:0
[sms main]
url=http://127.0.0.1:%d/send?from={from}&to={to}&text={text}&id={id}&report={report}&coding={coding}
secret=%s
id_pattern=id=([0-9]+);
segments=4
media=url
media_url=http://127.0.0.1:%d/send?from={from}&to={to}&text={text}&id={id}&report={report}{media}
media_user=guichet
media_password=secret
media_loopback=yes
[sms parts]
numbers=%s
url=http://127.0.0.1:%d/send
body=to={to}&text={text}&id={id}
secret=%s
media=multipart
media_field=attachment
media_loopback=yes
field_from=data.payload.from.phone_number
field_to=data.payload.to.0.phone_number
field_text=data.payload.text
field_id=data.payload.id
field_media=data.payload.media.{n}.url
field_file=data.payload.files.{n}.content
field_file_name=data.payload.files.{n}.name
[sms plain]
numbers=%s
url=http://127.0.0.1:%d/send?to={to}&text={text}
secret=%s
""" % (self.gateway.port, gateway.SECRET, self.gateway.port, PARTS, self.gateway.port, gateway.SECRET, PLAIN, self.gateway.port,
       gateway.SECRET)
        super().setUp()

    def define(self):
        sms_centre(self.centre)
        super().define()

    def desk(self, name="alice"):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999")
        agent.listen()
        agent.available()
        agent.wait_state("available")
        return agent

    def write(self, text, **more):
        self.assertEqual(gateway.write(self.daemon, text, **more), 200)

    def report(self, message, state):
        path = message["report"][len(self.daemon.ready["webhooks"]):]
        status, _ = gateway.call(self.daemon, path + "&state=" + state)
        self.assertEqual(status, 200)

    def accepted(self, agent):
        offer = agent.wait("offer.created")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        return interaction, [p for p in interaction["participations"] if p["agent"] == agent.agent][-1]

    def begun(self, agent, text="Bonjour"):
        self.write(text, id=uuid.uuid4().hex)
        return self.accepted(agent)

    def send(self, agent, interaction, text, **more):
        return agent.post("/v1/interactions/%s/messages" % interaction["id"], {"text": text}, **more)["message"]

    def wait_message(self, agent, number, state):
        return agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == number
                          and e["message"]["state"] == state)["message"]

    def messages(self, agent, interaction):
        page = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])
        self.assertEqual([m["number"] for m in page["messages"]], list(range(1, len(page["messages"]) + 1)))
        return page["messages"]

    def end(self, agent, interaction, part):
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == interaction["id"])

    def test_private(self):
        """What agents write for each other goes to no gateway, not even after a kill, and where nothing can be sent."""
        agent = self.desk()
        interaction, part = self.begun(agent)
        path = "/v1/interactions/%s/messages" % interaction["id"]
        note = agent.post(path, {"text": "among us " * 300, "private": True})["message"]
        self.assertEqual((note["number"], note["state"], note["private"]), (2, "sent", True))
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        agent.listen(agent.desk()["cursor"])
        self.send(agent, interaction, "Réponse")
        taken = self.gateway.wait_text("Réponse")
        self.wait_message(agent, 3, "sent")
        path_of = taken["report"][len(self.daemon.ready["webhooks"]):]
        self.assertIn(taken["id"], path_of)
        gateway.call(self.daemon, path_of.replace(taken["id"], note["id"]) + "&state=DELIVRD")
        self.write("STOP")
        agent.wait(lambda e: e["type"] == "conversation.changed" and e["conversation"]["refusal"] == "opted_out")
        self.refused(lambda: self.send(agent, interaction, "x"), 409, "not_now")
        self.assertTrue(agent.post(path, {"text": "among us", "private": True})["message"]["private"])
        self.assertNotIn("among us", str(self.gateway.taken))
        self.assertEqual([m["state"] for m in self.messages(agent, interaction) if m["private"]], ["sent", "sent"])
        self.end(agent, interaction, part)

    # --- the whole way -------------------------------------------------------------------------

    def test_whole(self):
        agent = self.desk()
        interaction, part = self.begun(agent, "Où est mon colis ?")
        self.assertEqual((interaction["channel"], interaction["customer"]["number"], interaction["called"]), ("sms", "••••5678", OURS))
        conversation = interaction["conversation"]
        self.assertEqual((conversation["last_number"], (conversation["limits"]["text"], conversation["limits"]["segments"]), conversation["refusal"]),
                         (1, (612, 4), None))
        self.assertIsNotNone(interaction["waiting_since"])

        sent = self.send(agent, interaction, "Il arrive demain à 8h.")
        self.assertEqual((sent["number"], sent["state"]), (2, "pending"))
        taken = self.gateway.wait_text("Il arrive demain à 8h.")
        self.assertEqual((taken["from"], taken["to"], taken["id"], taken["coding"]), (OURS, CUSTOMER, sent["id"], "0"))
        self.wait_message(agent, 2, "sent")
        self.report(taken, "DELIVRD")
        self.wait_message(agent, 2, "delivered")
        self.report(taken, "UNDELIV")  # late nonsense
        self.send(agent, interaction, "Здравейте")
        self.assertEqual(self.gateway.wait_text("Здравейте")["coding"], "2")
        self.wait_message(agent, 3, "sent")
        # By the gateway's own name, as others report.
        gateway.call(self.daemon, "/sms/main/report", {"secret": gateway.SECRET, "id": "2", "state": "EXPIRED"})
        self.assertEqual(self.wait_message(agent, 3, "failed")["reason"], "undeliverable")
        self.assertEqual([(m["state"], m["reason"]) for m in self.messages(agent, interaction)],
                         [("received", None), ("delivered", None), ("failed", "undeliverable")])
        again = agent.post("/v1/messages/%s/retry" % (sent["id"].rsplit(".", 1)[0] + ".3"))["message"]
        self.assertEqual((again["number"], again["state"], again["reason"]), (3, "pending", None))
        self.wait_message(agent, 3, "sent")
        self.assertEqual(self.gateway.texts(), ["Il arrive demain à 8h.", "Здравейте", "Здравейте"])
        self.send(agent, interaction, "5555 5555 5555 4444")
        self.assertEqual(self.gateway.wait_text("•••• •••• •••• 4444")["coding"], "2")
        self.wait_message(agent, 4, "sent")
        self.end(agent, interaction, part)
        kinds = self.types(interaction["id"])
        self.assertEqual(kinds.count("message.added"), 4)
        self.assertNotIn("colis", str(self.daemon.journal(interaction["id"])))

    def test_lasts(self):
        """The same conversation, another piece of work, with the agent of before; what has been said is there."""
        alice, bob = self.desk(), self.desk("bob")
        self.write("First", id="1")
        until(lambda: any(e["type"] == "offer.created" for a in (alice, bob) for e in a.events), what="an offer")
        agent = alice if any(e["type"] == "offer.created" for e in alice.events) else bob
        interaction, part = self.accepted(agent)
        self.send(agent, interaction, "Answer")
        self.gateway.wait_text("Answer")
        # What is written during the wrap-up is work of its own, and the wrap-up goes on.
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.write("Second", id="2")
        next_one, next_part = self.accepted(agent)
        self.assertNotEqual(next_one["id"], interaction["id"])
        self.assertEqual(next_one["conversation"]["id"], interaction["conversation"]["id"])
        self.assertEqual([m["text"] for m in self.messages(agent, next_one)], ["First", "Answer", "Second"])
        shown = {i["id"]: i["conversation"] for i in agent.desk()["interactions"]}
        self.assertEqual([shown[i["id"]]["last_number"] for i in (interaction, next_one)], [3, 3])
        self.refused(lambda: self.send(agent, interaction, "too late"), 409, "not_now")
        self.send(agent, next_one, "In time")
        self.gateway.wait_text("In time")
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == interaction["id"])
        self.write("Third", id="3")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "Third" and e["interaction"] == next_one["id"])
        # All is over: the next one begins anew, in the same conversation and after a restart as well.
        self.end(agent, next_one, next_part)
        self.daemon.kill()
        for one in (alice, bob):
            one.close()
        self.daemon.start()
        agent.events.clear()
        agent.listen(agent.desk()["cursor"])
        self.write("Fourth", id="4")
        last, _ = self.accepted(agent)
        self.assertEqual(last["conversation"]["id"], interaction["conversation"]["id"])
        self.assertEqual([m["text"] for m in self.messages(agent, last)],
                         ["First", "Answer", "Second", "In time", "Third", "Fourth"])

    def test_repeats(self):
        agent = self.desk()
        for _ in range(3):
            self.write("once", id="same")
        interaction, _ = self.accepted(agent)
        self.write("once", id="same")
        threads = [threading.Thread(target=self.write, args=("twenty at once",), kwargs={"id": "other"}) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        key = uuid.uuid4().hex
        numbers = {self.send(agent, interaction, "answer", key=key)["number"] for _ in range(3)}
        self.assertEqual(numbers, {3})
        self.wait_message(agent, 3, "sent")
        self.assertEqual([m["text"] for m in self.messages(agent, interaction)], ["once", "twenty at once", "answer"])
        self.assertEqual(self.gateway.texts(), ["answer"])

    def test_order(self):
        """One at a time, each after the one before it, however slow the gateway is."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.gateway.hold = threading.Event()
        for i in range(10):
            self.send(agent, interaction, "m%d" % i)
        self.gateway.wait_text("m0")
        self.assertEqual(self.gateway.texts(), ["m0"])
        self.gateway.hold.set()
        self.gateway.wait_text("m9")
        self.assertEqual(self.gateway.texts(), ["m%d" % i for i in range(10)])

    def test_what_fails(self):
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.gateway.answers.extend([(503, "later"), (429, "later"), (202, "id=1;"), (403, "no"), (400, "no"), (500, "hm"), None])
        self.send(agent, interaction, "in the end")
        self.wait_message(agent, 2, "sent")
        for number, reason in ((3, "channel_refused"), (4, "content_refused"), (5, "outcome_unknown"), (6, "outcome_unknown")):
            self.send(agent, interaction, "fails %d" % number)
            self.assertEqual(self.wait_message(agent, number, "failed")["reason"], reason)
        self.assertEqual(self.gateway.texts(), ["in the end", "fails 6"])
        problem = self.refused(lambda: self.send(agent, interaction, "a" * 613), 413, "too_large")
        self.assertEqual(problem["limit"], 612)
        self.refused(lambda: self.send(agent, interaction, "ж" * 269), 413, "too_large")
        self.assertEqual(self.send(agent, interaction, "ж" * 268)["number"], 7)

    def test_resolved_when_it_has_left(self):
        """Nothing is resolved over a message that failed, nor over what was written since."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        resolve = lambda text, key: agent.post("/v1/interactions/%s/messages" % interaction["id"],  # noqa: E731
                                               {"text": text, "then": "resolved"}, key=key)["message"]
        status = lambda: agent.desk()["interactions"][0]["status"]  # noqa: E731
        self.gateway.answers.append((403, "no"))
        sent = resolve("good-bye", "k1")
        self.wait_message(agent, 2, "failed")
        self.assertEqual(status(), "open")
        agent.post("/v1/messages/%s/retry" % sent["id"])
        self.assertEqual(agent.wait_cause("wrap_up_started")["interaction"]["status"], "resolved")
        self.assertEqual(self.messages(agent, interaction)[1]["state"], "sent")
        part = agent.desk()["interactions"][0]["participations"][-1]
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait(lambda e: e["type"] == "interaction.closed")
        # The customer's word comes while ours waits for the gateway.
        interaction, _ = self.begun(agent, "one more thing")
        self.gateway.answers.append((503, "later"))
        resolve("anything else?", "k2")
        self.write("yes, please", id="late")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "yes, please")
        self.wait_message(agent, 4, "sent")
        self.assertEqual(status(), "open")

    def test_gateway_away(self):
        """While nothing listens there, what is written waits and goes out in order when it is back."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.gateway.answers.extend([(503, "")] * 3)
        for i in range(3):
            self.send(agent, interaction, "m%d" % i)
        self.gateway.wait_text("m2")
        self.assertEqual(self.gateway.texts(), ["m0", "m1", "m2"])

    def test_closed_by_force(self):
        """What was written cannot leave: its work is stuck, is closed by force, and the text leaves when the gateway is back."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.gateway.answers.extend([(503, "")] * 99)
        self.send(agent, interaction, "are you there?")
        stuck = agent.wait_cause("stuck")["interaction"]
        self.assertEqual(stuck["stuck"], "channel_unreachable")
        part = stuck["participations"][-1]["id"]
        agent.post("/v1/participations/%s/force_close" % part)
        wrapped = agent.wait_cause("wrap_up_started")["interaction"]
        self.assertEqual((wrapped["customer_left"]["cause"], "stuck" in wrapped), ("force_closed", False))
        self.gateway.answers.clear()
        self.gateway.wait_text("are you there?")
        agent.put("/v1/participations/%s/disposition" % part, {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part)
        agent.wait("interaction.closed")

    # --- MMS -------------------------------------------------------------------------------------

    def test_mms_of_customers(self):
        """Fetched with the name and password that the gateway gave, which nobody else gets; in whatever shape it calls."""
        place = elsewhere.Elsewhere()
        self.addCleanup(place.close)
        place.files = {"/1": place.url + "/real.png", "/real.png": elsewhere.png(), "/2.pdf": b"%PDF-1.4\n1"}
        agent = self.desk()
        for _ in range(2):
            self.write("", id="mms", NumMedia="2", MediaUrl0=place.url + "/1", MediaContentType0="image/png", MediaUrl1=place.url + "/2.pdf")
        interaction, _ = self.accepted(agent)
        until(lambda: len(self.messages(agent, interaction)[0]["attachments"]) == 2, what="both files")
        (message,) = self.messages(agent, interaction)
        self.assertEqual([(a["type"], elsewhere.take(agent, a)) for a in message["attachments"]],
                         [("image/png", elsewhere.png()), ("application/pdf", b"%PDF-1.4\n1")])
        self.assertEqual([(path, "Authorization" in headers) for path, headers in place.asked],
                         [("/1", True), ("/real.png", False), ("/2.pdf", True)])
        body = {"data": {"event_type": "message.received", "payload": {
            "id": "40f9", "text": "Look", "from": {"phone_number": CUSTOMER, "carrier": "x"}, "to": [{"phone_number": PARTS, "status": None}],
            "media": [{"url": place.url + "/2.pdf", "content_type": "application/pdf", "size": 10}, {"url": "https://cdn.example/x"}]}}}
        self.assertEqual(gateway.call(self.daemon, "/sms/parts/in", body=json.dumps(body), headers={
            "Content-Type": "application/json", "X-Guichet-Secret": gateway.SECRET})[0], 200)
        interaction, _ = self.accepted(agent)
        until(lambda: "coming" not in self.messages(agent, interaction)[0], what="the files")
        (message,) = self.messages(agent, interaction)
        self.assertEqual((message["text"], [a["type"] for a in message["attachments"]], message["lost"]),
                         ("Look", ["application/pdf"], ["file_elsewhere"]))
        self.assertNotIn("Authorization", place.asked[-1][1])

    def inside(self, text, files, identity="1", secret=True, **more):
        """A callback as JSON with files, (name, base64), within: its status."""
        body = {"data": {"payload": {"id": identity, "text": text, "from": {"phone_number": CUSTOMER}, "to": [{"phone_number": PARTS}],
                                     "files": [{"name": name, "content": content} for name, content in files], **more}}}
        headers = {"Content-Type": "application/json", **({"X-Guichet-Secret": gateway.SECRET} if secret else {})}
        return gateway.call(self.daemon, "/sms/parts/in", body=json.dumps(body), headers=headers)[0]

    def form(self, fields, files, end=True):
        """A callback as a form with parts; files: (field, name or None, type, bytes, more of the head)."""
        body = b"".join(b'--=b b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value) for name, value in fields.items())
        for field, name, kind, data, more in files:
            named = '; filename="%s"' % name if name else ""
            head = '--=b b\r\nContent-Disposition: form-data; name="%s"%s\r\nContent-Type: %s\r\n%s\r\n' % (field, named, kind, more)
            body += head.encode() + data + b"\r\n"
        return gateway.call(self.daemon, "/sms/main/in?secret=" + urllib.parse.quote(gateway.SECRET), body=body + (b"--=b b--\r\n" if end else b""),
                            headers={"Content-Type": 'multipart/form-data; boundary="=b b"'})[0]

    def kept(self, agent, message):
        return [(a["name"], a["type"], elsewhere.take(agent, a)) for a in message["attachments"]]

    def test_mms_within(self):
        """Files that are in the callback: with the message at once, judged by their bytes, told where they cannot be kept, once."""
        place = elsewhere.Elsewhere()
        self.addCleanup(place.close)
        place.files = {"/2.pdf": b"%PDF-1.4\n2"}
        agent = self.desk()
        code = lambda data: base64.b64encode(data).decode()  # noqa: E731
        pdf, large = b"%PDF-1.4\n1", b"%PDF-1.4\n" + os.urandom(300 << 10)
        files = [("../Снимка 1.gif", code(elsewhere.png())), ("x", "data:application/pdf;base64," + code(pdf).rstrip("=").replace("+", "-")),
                 ("a.pdf", code(pdf)[:-3] + "*"), ("run.png", code(b"\x7fELF" + bytes(60))), ("b.png", code(elsewhere.png())[:-1] + "=A"), ("c.pdf", code(large))]
        for _ in range(3):
            self.assertEqual(self.inside("5555 5555 5555 4444", files, media=[{"url": place.url + "/2.pdf"}]), 200)
        interaction, _ = self.accepted(agent)
        until(lambda: "coming" not in self.messages(agent, interaction)[0], what="the link, too")
        (message,) = self.messages(agent, interaction)
        self.assertEqual((message["text"], message["lost"]), ("•••• •••• •••• 4444", ["file_broken", "file_executable", "file_broken"]))
        self.assertEqual(self.kept(agent, message), [("Снимка 1.gif.png", "image/png", elsewhere.png()), ("x.pdf", "application/pdf", pdf),
                                                     ("c.pdf", "application/pdf", large), ("2.pdf", "application/pdf", b"%PDF-1.4\n2")])
        # Many, large ones, large all together.
        ten = code(b"%PDF-1.4\n" + bytes(10 << 20))
        eight = code(b"%PDF-1.4\n" + bytes(8 << 20))
        for identity, given, there, lost in (("2", [("1.pdf", code(pdf))] * 12, 10, ["files_too_many"] * 2), ("3", [("1.pdf", ten), ("2.pdf", code(pdf))], 1, ["file_too_large"]),
                                             ("4", [("1.pdf", eight)] * 3 + [("4.pdf", code(pdf + bytes(2 << 20)))], 3, ["files_too_large"])):
            self.assertEqual(self.inside("n" + identity, given, identity), 200)
            message = self.messages(agent, interaction)[-1]
            self.assertEqual((message["text"], len(message["attachments"]), message["lost"]), ("n" + identity, there, lost))
        # What is long is not even read of who has no secret at its head.
        self.assertEqual(self.inside("long", [("c.pdf", code(large))], "5", secret=False), 403)
        self.assertEqual(len(self.messages(agent, interaction)), 4)

    def test_mms_in_parts(self):
        """The same as a form with parts, binary or not; one without its end is none."""
        agent = self.desk()
        binary = elsewhere.png(more=b"\r\n--=b\r\n\0")
        fields = {"from": CUSTOMER.encode(), "to": OURS.encode(), "id": b"7", "text": "Жé".encode()}
        files = [("f", 'a\\"b;c.png', "image/png", binary, ""), ("f", None, "application/smil", b"<smil/>", ""),
                 ("f", None, "application/pdf", base64.b64encode(b"%PDF-1.4\n1"), "Content-Transfer-Encoding: base64\r\n"),
                 ("f", "e.png", "image/png", b"", ""), ("f", "p.pdf", "application/pdf", b"*", "Content-Transfer-Encoding: base64\r\n")]
        self.assertEqual(self.form(fields, files, end=False), 400)
        for _ in range(2):
            self.assertEqual(self.form(fields, files), 200)
        interaction, _ = self.accepted(agent)
        (message,) = self.messages(agent, interaction)
        self.assertEqual((message["text"], message["lost"]), ("Жé", ["file_empty", "file_broken"]))
        (first, second) = self.kept(agent, message)
        self.assertEqual((first[1:], second[1:]), (("image/png", binary), ("application/pdf", b"%PDF-1.4\n1")))
        self.assertEqual(first[0].count("/"), 0)
        told = json.dumps({"from": CUSTOMER, "to": OURS, "id": "8"}).encode()
        self.assertEqual(self.form({}, [("about", None, "application/json", told, ""), ("text", None, "text/plain; charset=ISO-8859-1", b"\xe9", "")]), 200)
        self.assertEqual(self.messages(agent, interaction)[-1]["text"], "é")

    def test_mms_within_killed(self):
        """Wherever it ends between the first file and the answer: a gateway that calls again finds all of it there, once."""
        agent = self.desk()
        self.assertEqual(self.inside("first", [], "first"), 200)
        interaction, _ = self.accepted(agent)
        files = [("%d.pdf" % n, base64.b64encode(b"%%PDF-1.4\n%d" % n).decode()) for n in range(2)]
        for turn in range(6):
            self.daemon.stop()
            agent.close()
            self.daemon.start(env={"GUICHET_TEST_KILL": "%s:%d" % (("before_commit", "after_commit")[turn % 2], 3 + turn // 2)},
                              expect_ready=False)
            for _ in range(2):
                try:
                    self.inside("turn %d" % turn, files, "turn%d" % turn)
                except (OSError, http.client.HTTPException):
                    pass
            self.daemon.process.kill()
            self.daemon.wait()
            interaction = self.restart(agent)
            for _ in range(2):
                self.assertEqual(self.inside("turn %d" % turn, files, "turn%d" % turn), 200)
        messages = self.messages(agent, interaction)[1:]
        self.assertEqual([(m["text"], [a["name"] for a in m["attachments"]]) for m in messages],
                         [("turn %d" % turn, ["0.pdf", "1.pdf"]) for turn in range(6)])
        self.assertEqual(len({a["id"] for m in messages for a in m["attachments"]}), 12)

    def test_mms_of_ours(self):
        """By links that only the gateway knows, or in the request itself; where a gateway takes none, none are offered."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.assertEqual(interaction["conversation"]["limits"]["attachments"], {"number": 5, "each": 2 << 20, "total": 10 << 20})
        files = [("Снимка 1.png", elsewhere.png()), ("2.pdf", b"%PDF-1.4\n2")]
        given = [elsewhere.give(agent, interaction, data, name)[1]["id"] for name, data in files]
        self.assertEqual(elsewhere.give(agent, interaction, b"%PDF-1.4\n" + b"0" * (2 << 20), "3.pdf")[0], 413)
        path = "/v1/interactions/%s/messages"
        agent.post(path % interaction["id"], {"text": "Voilà", "attachments": given})
        self.wait_message(agent, 2, "sent")
        links = self.gateway.wait_text("Voilà")["links"]
        self.assertEqual([elsewhere.ask(link, "GET")[0::2] for link in links], [(200, data) for _, data in files])
        base, identity, until_, mark, name = links[0].rsplit("/", 4)
        for wrong in ((identity, until_, "0" * 40), (identity, str(int(until_) + 1), mark), (given[1], until_, mark), (identity, until_),
                      (identity, "0", mark)):
            self.assertEqual(elsewhere.ask("/".join((base, *wrong)), "GET")[0], 404)
        self.assertEqual(elsewhere.ask(links[0], "POST", b"")[0], 404)
        self.send(agent, interaction, "without")
        self.assertEqual(self.gateway.wait_text("without")["links"], [])

        self.assertEqual(gateway.call(self.daemon, "/sms/parts/in", body=json.dumps({"data": {"payload": {"id": "1", "text": "Hi", "from": {
            "phone_number": CUSTOMER}, "to": [{"phone_number": PARTS}]}}}), headers={
                "Content-Type": "application/json", "X-Guichet-Secret": gateway.SECRET})[0], 200)
        interaction, _ = self.accepted(agent)
        given = [elsewhere.give(agent, interaction, data, name)[1]["id"] for name, data in files]
        agent.post(path % interaction["id"], {"text": "Voilà & merci", "attachments": given})
        taken = self.gateway.wait_text("Voilà & merci")
        self.assertEqual([(part[0], part[2], part[3]) for part in taken["files"]],
                         [("attachment", "image/png", files[0][1]), ("attachment", "application/pdf", files[1][1])])

        self.assertEqual(gateway.write(self.daemon, "Hi", name="plain", to=PLAIN, id="p"), 200)
        interaction, _ = self.accepted(agent)
        self.assertEqual(interaction["conversation"]["limits"]["attachments"]["number"], 0)
        status, problem = elsewhere.give(agent, interaction, *reversed(files[0]))
        self.assertEqual((status, problem["reason"]), (409, "not_enabled"))

    # --- kills -----------------------------------------------------------------------------------

    def restart(self, agent, env=None):
        self.daemon.start(expect_ready=env is None, env=env)
        agent.events.clear()
        desk = agent.desk()
        agent.listen(desk["cursor"])
        (interaction,) = desk["interactions"]
        return interaction

    def test_killed_while_sending(self):
        """What may have left is not sent again by itself; what has not is."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.gateway.hold = threading.Event()
        self.send(agent, interaction, "under way")
        self.gateway.wait_text("under way")
        self.send(agent, interaction, "behind it")
        self.daemon.kill()
        agent.close()
        self.gateway.hold.set()
        interaction = self.restart(agent)
        until(lambda: self.messages(agent, interaction)[2]["state"] == "sent", what="what had not left")
        first = self.messages(agent, interaction)[1]
        self.assertEqual((first["state"], first["reason"]), ("failed", "outcome_unknown"))
        self.assertEqual(self.gateway.texts(), ["under way", "behind it"])
        # A report of what seemed lost settles it.
        self.report(self.gateway.taken[0], "DELIVRD")
        self.assertIsNone(self.wait_message(agent, 2, "delivered")["reason"])
        self.write("still there?", id="after")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "still there?")

    def test_killed(self):
        """At every step of the way: nothing lost, doubled or out of order, both ways."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        written, texts = [], ["Bonjour"]
        for turn in range(9):
            text = "customer %d" % turn
            self.write(text, id="c%d" % turn)
            text = "agent %d" % turn
            self.send(agent, interaction, text)
            written.append(text)
            # Killed at a commit, before or after it: of the message, of its attempt, of its result.
            self.daemon.stop()
            agent.close()
            point = ("before_commit", "after_commit", "after_effect")[turn % 3]
            key, text = uuid.uuid4().hex, "killed %d" % turn
            try:
                self.restart(agent, {"GUICHET_TEST_KILL": "%s:%d" % (point, 3 + turn // 3)})
                for part in range(6):
                    self.send(agent, interaction, "%s.%d" % (text, part), key="%s%d" % (key, part))
                    gateway.write(self.daemon, "%s?%d" % (text, part), id="%s%d" % (key, part))
            except (OSError, api.http.client.HTTPException, api.websocket.WebSocketException):
                pass
            self.daemon.process.kill()
            self.daemon.wait()
            agent.close()
            interaction = self.restart(agent)
            for part in range(6):  # as client and gateway do
                self.send(agent, interaction, "%s.%d" % (text, part), key="%s%d" % (key, part))
                self.write("%s?%d" % (text, part), id="%s%d" % (key, part))
        until(lambda: not [m for m in self.messages(agent, interaction) if m["state"] == "pending"], what="all to have left")
        messages = self.messages(agent, interaction)
        self.assertEqual(len({m["text"] for m in messages}), len(messages))
        for author, count in (("agent", 9 * 7), ("customer", 1 + 9 * 7)):
            self.assertEqual(len([m for m in messages if m["author"] == author]), count)
        taken = self.gateway.texts()
        self.assertEqual(len(taken), len(set(taken)), "sent twice")
        order = [m["text"] for m in messages if m["author"] == "agent"]
        self.assertEqual(taken, [t for t in order if t in taken])
        for message in messages:
            if message["author"] == "agent" and message["text"] not in taken:
                self.assertEqual((message["state"], message["reason"]), ("failed", "outcome_unknown"))

    # --- no more messages ------------------------------------------------------------------------

    def test_customer_made_of_it(self):
        """Who becomes a customer has the number that wrote, though the desk, which sees a mask, named none."""
        agent = self.desk()
        interaction, _ = self.begun(agent)
        made = agent.post("/v1/customers", {"name": "Gwen", "numbers": [], "interaction": interaction["id"]})["customer"]
        self.assertEqual(made["numbers"], [])
        self.assertEqual([(a["channel"], a["address"][-4:]) for a in made["addresses"]], [("sms", CUSTOMER[-4:])])
        agent.wait_cause("customer")
        found = agent.get("/v1/customers?query=" + CUSTOMER[1:])["customers"]
        self.assertEqual([c["id"] for c in found], [made["id"]])

    def test_opt_out(self):
        agent = self.desk()
        interaction, part = self.begun(agent)
        self.write(" stop. ", id="s1")
        changed = agent.wait("conversation.changed")
        self.assertEqual(changed["conversation"]["refusal"], "opted_out")
        problem = self.refused(lambda: self.send(agent, interaction, "but"), 409, "not_now")
        self.assertEqual(problem["reason"], "opted_out")
        self.assertEqual([m["text"] for m in self.messages(agent, interaction)], ["Bonjour", " stop. "])
        self.daemon.kill()
        agent.close()
        interaction = self.restart(agent)
        self.assertEqual(interaction["conversation"]["refusal"], "opted_out")
        self.write("Start", id="s2")
        agent.wait(lambda e: e["type"] == "conversation.changed" and e["conversation"]["refusal"] is None)
        self.send(agent, interaction, "welcome back")
        self.gateway.wait_text("welcome back")
        self.end(agent, interaction, part)
        # Without work at hand the word makes none.
        for word in ("СТОП", "Arrêt", "STOPALL"):
            self.write(word, id=word)
        self.write("one more question", id="q")
        interaction, _ = self.accepted(agent)
        self.assertEqual(interaction["conversation"]["refusal"], "opted_out")
        self.assertEqual(self.messages(agent, interaction)[-1]["text"], "one more question")

    def test_own_words(self):
        self.centre["settings"]["stop_words"] = ["ASSEZ"]
        self.daemon.apply(self.centre)
        agent = self.desk()
        interaction, _ = self.begun(agent)
        self.write("stop", id="1")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "stop")
        self.assertIsNone(agent.desk()["interactions"][0]["conversation"]["refusal"])
        self.write("Assez !", id="2")
        self.assertEqual(agent.wait("conversation.changed")["conversation"]["refusal"], "opted_out")

    # --- strangers -------------------------------------------------------------------------------

    def test_strangers(self):
        call = lambda *a, **k: gateway.call(self.daemon, *a, **k)[0]  # noqa: E731
        good = {"secret": gateway.SECRET, "from": CUSTOMER, "to": OURS, "text": "x", "id": "1"}
        self.assertEqual(call("/"), 404)
        self.assertEqual(call("/sms"), 404)
        self.assertEqual(call("/sms/other/in", good), 404)
        self.assertEqual(call("/sms/main/what", good), 404)
        self.assertEqual(call("/sms/main/in", {**good, "secret": "x"}), 403)
        self.assertEqual(call("/sms/main/in", {k: v for k, v in good.items() if k != "secret"}), 403)
        self.assertEqual(call("/sms/main/in", {**good, "to": "+1555"}), 404)
        self.assertEqual(call("/sms/main/in", {"secret": gateway.SECRET, "from": CUSTOMER}), 400)
        self.assertEqual(call("/sms/main/in", {**good, "from": "1" * 100}), 400)
        self.assertEqual(call("/sms/main/in", {**good, **{"f%d" % i: "x" for i in range(300)}}), 400)
        self.assertEqual(call("/sms/main/report", {"secret": gateway.SECRET, "message": "mx.1", "state": "DELIVRD"}), 200)
        self.assertEqual(call("/sms/main/in", body="[" * 100000, headers={"Content-Type": "application/json"}), 400)
        self.assertEqual(call("/sms/main/in", good, method="DELETE"), 404)
        self.assertEqual(self.daemon.journal()[-1]["type"] == "message.added", False)

    def test_alphabets(self):
        """However a gateway writes: form, JSON, plain text, UTF-16, Latin 1, nonsense."""
        agent = self.desk()
        interaction, _ = self.begun(agent, "0")
        head = {"secret": gateway.SECRET, "from": "33612345678", "to": "0033199000001"}
        path = "/sms/main/in"
        json_type, form = {"Content-Type": "application/json"}, {"Content-Type": "application/x-www-form-urlencoded"}
        gateway.call(self.daemon, path, body=json.dumps({**head, "text": "Жé1", "id": 11}), headers=json_type)
        gateway.call(self.daemon, path, body="&".join("%s=%s" % i for i in {**head, "text": "%D0%96%C3%A92", "id": "2"}.items()).replace("+", "%2B"),
                     headers=form)
        gateway.call(self.daemon, path, {**head, "id": "3"}, body="Жé3".encode("utf-16-be"),
                     headers={"Content-Type": 'text/plain; charset="UTF-16BE"'})
        gateway.call(self.daemon, path, {**head, "id": "4", "charset": "UTF-16BE", "text": "Жé4".encode("utf-16-be")})
        gateway.call(self.daemon, path, {**head, "id": "5", "charset": "ISO-8859-1", "text": "é5".encode("latin-1")})
        gateway.call(self.daemon, path, {**head, "id": "6", "text": b"\xff\xfe6"},
                     headers={})
        gateway.call(self.daemon, path, {**head, "id": "7", "text": "a" * 1500})
        self.assertEqual([m["text"] for m in self.messages(agent, interaction)],
                         ["0", "Жé1", "Жé2", "Жé3", "Жé4", "é5", "\ufffd\ufffd6", "a" * 1500])


if __name__ == "__main__":
    scene.main()
