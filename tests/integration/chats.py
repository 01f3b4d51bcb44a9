# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre with web chats for the tests: desks without phones, scripted customers."""

import scene
import api
from customer import Customer

CONFIG = scene.CONFIG + """[webchat]
listen=127.0.0.1:0
silence_seconds=60
conversations_per_minute=1000
messages_per_minute=10000
"""


def chat_centre(centre):
    centre["settings"]["slots"].append({"channel": "webchat", "count": 3})
    centre["queues"].append(scene.queue("chat", channel="webchat"))
    centre["queues"].append(scene.queue("shut", channel="webchat", when_unstaffed={"action": "reject"}))
    centre["entry_points"] += [
        {"id": "web", "names": scene.names("Shop"), "channel": "webchat", "addresses": ["web"], "queue": "chat", "language": "en",
         "chat": {"title": scene.names("Ask us"), "greeting": scene.names("Good day"), "color": "#1a5fb4",
                  "fields": [{"variable": "account", "required": False}, {"variable": "pin"}]}},
        {"id": "strict", "names": scene.names("Strict"), "channel": "webchat", "addresses": ["strict"], "queue": "chat",
         "chat": {"fields": [{"variable": "account", "required": True}]}},
        {"id": "shut", "names": scene.names("Shut"), "channel": "webchat", "addresses": ["shut"], "queue": "shut"}]
    for agent in centre["agents"]:
        agent["queues"].append("chat")


class Chats(scene.Scene):
    """The tools of tests with chats."""

    config = CONFIG

    def define(self):
        chat_centre(self.centre)
        super().define()

    def desk(self, name="alice", take_over=False):
        """An agent whose calls would go to a number: no phone to prove itself."""
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999", take_over=take_over)
        agent.listen()
        if not take_over:
            agent.available()
            agent.wait_state("available")
        return agent

    def customer(self, **more):
        customer = Customer(self.daemon, **more)
        self.addCleanup(customer.cut)
        return customer.listen()

    def accepted(self, agent, customer):
        """The interaction and the agent's part in it."""
        offer = agent.wait("offer.created")
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        customer.wait_state("talking")
        return interaction, interaction["participations"][-1]

    def send(self, agent, interaction, text, **more):
        body = {"text": text, **{m: more.pop(m) for m in ("subject", "private", "then") if m in more}}
        return agent.post("/v1/interactions/%s/messages" % interaction["id"], body, **more)["message"]

    def texts(self, agent, interaction):
        page = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])
        self.assertEqual([m["number"] for m in page["messages"]], list(range(1, len(page["messages"]) + 1)))
        return [m["text"] for m in page["messages"]]

    def end(self, agent, interaction, part):
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait(lambda e: e["type"] == "interaction.closed" and e["interaction"] == interaction["id"])
