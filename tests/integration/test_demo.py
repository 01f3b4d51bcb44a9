# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetd --demo: a fictional centre whose customers really call and write once its agent is available."""

import datetime
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import unittest
import urllib.request

import scene
from api import Agent, Daemon

SECRET = "a secret of sixteen"
# The demo's own gateway as the test directs it: its customers listen where guichetd hands its SMS over.
SMS = """[webhooks]
listen=127.0.0.1:0
[sms demo]
url=http://127.0.0.1:%%d/send
body=from={from}&to={to}&text={text}&report={report}
secret=%s
""" % SECRET


class Customers:
    """The demo's customers on the director's line."""

    def __init__(self, daemon, listener):
        self.events, self.changed = [], threading.Condition()
        self.process = subprocess.Popen(
            [os.path.join(scene.BUILD, "src/demo/guichet-demo-customers"), "--with-parent", "--control", "--centre=" + daemon.sip,
             "--entry=4001", "--chat=" + daemon.ready["chat_page"], "--sms=" + daemon.ready["webhooks"] + "/sms/demo/in",
             "--sms-number=+33199004100", "--sms-listener=%d" % listener.fileno()], pass_fds=[listener.fileno()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", env={**os.environ, "GUICHET_DEMO_DATA": os.path.join(scene.BUILD, "data", "demo"), "GUICHET_DEMO_SMS_SECRET": SECRET})
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.events.append(json.loads(line))
                self.changed.notify_all()

    def direct(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def wait(self, event, **members):
        """Takes the first such event."""
        with self.changed:
            def come():
                return [e for e in self.events if e["event"] == event and all(e.get(k) == v for k, v in members.items())]
            assert self.changed.wait_for(come, 30), "no %s %s; there were %s" % (event, members, self.events)
            found = come()[0]
            self.events.remove(found)
            return found

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(scene.api.DEADLINE) == 0
        self.process.stdout.close()


class Writers(unittest.TestCase):
    """The demo's customers in the web chat, over its public face alone, and by SMS."""

    def setUp(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.daemon = Daemon(scene.BUILD, demo=True, config=SMS % listener.getsockname()[1])
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.start()
        self.agent = Agent(self.daemon, self.daemon.ready["agent"], self.daemon.ready["password"])
        self.addCleanup(self.agent.close)
        self.agent.sign_in(station="outside_number", address="+33199999999")
        self.agent.listen()
        self.agent.available()
        self.agent.wait_state("available")
        self.customers = Customers(self.daemon, listener)
        self.addCleanup(self.customers.close)

    def begin(self, person, do="chat", **more):
        """A chat, or an SMS, that the agent has accepted: the interaction."""
        self.customers.direct(do=do, person=person, **more)
        offer = self.agent.wait("offer.created")
        self.agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        return self.agent.wait_cause("joined")["interaction"]

    def write(self, interaction, text):
        return self.agent.post("/v1/interactions/%s/messages" % interaction["id"], {"text": text})["message"]["number"]

    def hears(self, text):
        return self.agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == text)["message"]

    def test_page_is_served(self):
        with urllib.request.urlopen(self.daemon.ready["chat_page"], timeout=scene.api.DEADLINE) as page:
            self.assertIn("<html", page.read().decode().lower())

    def test_team_of_another_house(self):
        """It takes so many calls, and nothing that is written; nobody calls it."""
        interaction = self.begin("harriet")
        found = {item["id"]: item for item in self.agent.get("/v1/directory?kinds=team&interaction=" + interaction["id"])["items"]}
        self.assertEqual((found["night"]["free"], found["night"]["of"]), (2, 2))
        self.assertEqual(found["night"]["actions"], dict.fromkeys(("call", "consult", "conference", "transfer"), "unsupported_destination"))
        self.assertNotEqual(found["counter"]["actions"]["transfer"], "unsupported_destination")

    def test_answers_and_says_goodbye(self):
        interaction = self.begin("harriet")
        self.assertEqual([v["value"] for v in interaction["variables"] if v["id"] == "subject"], ["Change of address"])
        self.hears("Hi, I have moved and my next parcel is going to the old address.")
        self.hears("Can you change it before it ships?")
        number = self.write(interaction, "What is your ORDER, please?")
        self.agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == number and
                        e["message"]["state"] == "read")
        self.agent.wait(lambda e: e["type"] == "conversation.typing" and e["on"])
        self.hears("The order is 441720.")
        for answer in ("Lovely. Will I get a new delivery date as well?", "That works for me.",
                       "Brilliant, thank you so much. Have a good day!"):
            self.write(interaction, "Done.")
            self.hears(answer)
        self.customers.wait("ends", chat=1)
        self.customers.wait("ended", chat=1, reason="customer_left")

    def test_notices_silence_and_leaves(self):
        self.begin("ivan", patience=6)
        self.hears("Интернетът ми е много бавен тази вечер, а плащам за 100 мегабита.")
        self.hears("Ало, има ли някой?")
        self.customers.wait("ends", chat=1)
        self.customers.wait("ended", chat=1, reason="customer_left")

    def test_directed_and_ended(self):
        interaction = self.begin("elise", quiet=True)
        self.customers.wait("connected", chat=1)
        before = self.agent.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])["messages"]
        self.assertEqual([(m["author"], m["state"], m.get("from")) for m in before][-2:],
                         [("customer", "handed_over", None), ("bot", "handed_over", "Camille")])
        self.customers.direct(do="typing", chat=1, on=True)
        self.agent.wait(lambda e: e["type"] == "conversation.typing" and e["on"])
        self.customers.direct(do="write", chat=1, text="Bonjour à vous")
        number = self.hears("Bonjour à vous")["number"]
        self.agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": number})
        self.customers.wait("read", chat=1, message=str(number))
        self.agent.post("/v1/interactions/%s/typing" % interaction["id"], {"on": True})
        self.customers.wait("typing", chat=1, on="yes")
        self.write(interaction, "Merci")
        self.customers.wait("sees", chat=1, text="Merci")
        self.customers.direct(do="write", chat=9, text="Nobody")
        self.customers.wait("refused")
        self.agent.post("/v1/interactions/%s/end" % interaction["id"])
        self.customers.wait("ended", chat=1, reason="agent_ended")


    def test_by_sms(self):
        """A person who writes an SMS gets what the agent answers, answers it, and has said all at the end."""
        interaction = self.begin("harriet", do="sms")
        self.assertEqual((interaction["channel"], interaction["called"]), ("sms", "+33199004100"))
        first = "Hi, I have moved and my next parcel is going to the old address. Can you change it before it ships?"
        page = self.agent.get("/v1/conversations/%s/messages" % interaction["conversation"]["id"])
        self.assertEqual([m["text"] for m in page["messages"]], [first])
        self.customers.direct(do="sms", person="harriet")
        self.customers.wait("refused")
        number = self.write(interaction, "What is your ORDER, please?")
        self.customers.wait("sees", sms=1, text="What is your ORDER, please?")
        self.agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == number and
                        e["message"]["state"] == "delivered")
        self.hears("The order is 441720.")
        for answer in ("Lovely. Will I get a new delivery date as well?", "That works for me.",
                       "Brilliant, thank you so much. Have a good day!"):
            self.write(interaction, "Done.")
            self.hears(answer)
        self.customers.wait("ended", sms=1, reason="said_all")


class Demo(unittest.TestCase):
    def answered_by_sms(self, agent):
        """Somebody writes: by the gateway that the demo made for itself, both ways."""
        offer = agent.wait("offer.created")
        self.assertEqual(offer["interaction"]["channel"], "sms")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        joined = agent.wait_cause("joined")
        agent.post("/v1/interactions/%s/messages" % joined["interaction"]["id"], {"text": "?"})
        agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["state"] == "delivered")
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["number"] == 3 and e["message"]["author"] == "customer")

    def test_customers_call(self):
        with tempfile.TemporaryDirectory() as folder, Daemon(scene.BUILD, demo=True) as daemon:
            daemon.env = {"G_DEBUG": "fatal-criticals", "GUICHET_DEMO_FIRST_SMS_MS": "0"}
            daemon.start(env={"GUICHET_DEMO_CUSTOMERS": os.path.join(scene.BUILD, "src/demo/guichet-demo-customers")}, customers=True)
            agent = Agent(daemon, daemon.ready["agent"], daemon.ready["password"])
            self.addCleanup(agent.close)
            agent.sign_in()
            agent.listen()
            with scene.peers.Agent(scene.Engine(daemon), folder, user=agent.agent,
                                   password=agent.session["sip"]["password"], answer="auto") as phone:
                agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
                # Nobody's calls before this, during which nothing written is offered.
                agent.put("/v1/memberships", {"queues": ["support_fr", "support_bg", "support_en", "chat"], "state": "paused", "reason": "break"})
                agent.available()
                self.answered_by_sms(agent)
                agent.put("/v1/memberships", {"queues": "all", "state": "ready"})
                created = agent.wait("offer.created")
                times = {e["type"]: datetime.datetime.fromisoformat(e["at"]) for e in daemon.journal() if e["type"] in ("agent.membership_changed", "offer.created")}
                self.assertLess(times["offer.created"] - times["agent.membership_changed"], datetime.timedelta(seconds=20))
                self.assertTrue([v for v in created["offer"]["card"] if v["value"]])
                self.assertEqual([v["value"] for v in created["interaction"]["variables"] if v["secure"]], [None])
                agent.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "joined" and e["interaction"]["channel"] == "voice")
                self.assertIn("X-Guichet-Offer", phone.log())
                revealed = agent.post("/v1/interactions/%s/variables/iban/reveal" % created["interaction"]["id"])
                self.assertTrue(revealed["value"] is None or len(revealed["value"]) > 10)
            daemon.process.send_signal(signal.SIGTERM)
            self.assertEqual(daemon.wait(), 0)


if __name__ == "__main__":
    scene.main()
