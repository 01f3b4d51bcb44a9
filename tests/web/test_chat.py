#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web chat between a real browser and a real guichetd, with a scripted agent at the desk: the whole way, reloads, a lost
network, a centre that is killed, and a hundred numbered messages each way through all of that.

    test_chat.py BUILD [CASE...]
"""
import http.client
import os
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = sys.argv.pop(1) if len(sys.argv) > 1 else os.environ["GUICHET_BUILD"]
os.environ["GUICHET_BUILD"] = BUILD
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "rig"), os.path.join(os.path.dirname(HERE), "integration")]
import api  # noqa: E402
import browser  # noqa: E402
import ports  # noqa: E402
import scene  # noqa: E402
import visitor  # noqa: E402

CONFIG = scene.CONFIG + """[webchat]
listen=127.0.0.1:%d
messages_per_minute=10000
sites=http://site.test
"""
EACH = 100


def setUpModule():
    # A site that is made up has no address: it must be let reach the centre on this machine. With this switch Chromium also
    # keeps what frames of other origins store, as it does by default; test_page.py has one that does not.
    Chat.chromium = browser.Browser(BUILD, "--disable-features=LocalNetworkAccessChecks")
    unittest.addModuleCleanup(Chat.chromium.close)


class Chat(scene.Scene):
    chromium = None

    def setUp(self):
        self.config = CONFIG % ports.free_port()  # the same after a kill: the page looks for it there
        super().setUp()

    def define(self):
        self.centre["settings"]["slots"].append({"channel": "webchat", "count": 3})
        self.centre["queues"].append(scene.queue("chat", channel="webchat"))
        self.centre["entry_points"].append(
            {"id": "web", "names": scene.names("Shop"), "channel": "webchat", "addresses": ["shop"], "queue": "chat",
             "language": "en", "chat": {
                 "title": scene.names("Ask us"), "greeting": scene.names("Good day"), "color": "#1a5fb4",
                 "fields": [{"variable": "account", "required": True}]}})
        for agent in self.centre["agents"]:
            agent["queues"].append("chat")
        super().define()

    def desk(self):
        """An agent whose calls would go to a number: no phone to prove itself."""
        agent = api.Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999")
        agent.listen()
        agent.available()
        agent.wait_state("available")
        return agent

    def visitor(self, **options):
        page = self.chromium.page(**{"locale": "en-GB", **options})
        self.addCleanup(page.close)
        one = visitor.Visitor(page)
        one.open(self.daemon.ready["webchat"] + "/chat/shop")
        return one

    def talk(self, **options):
        """A visitor, an agent and their interaction."""
        one = self.visitor(**options)
        agent = self.desk()
        one.run("await at.locator('#field-0').fill('Gwen'); await at.locator('#field-1').fill('K-7')")
        one.run("await at.locator('#start').click()")
        offer = agent.wait("offer.created")["offer"]
        self.assertEqual(offer["customer"]["name"], "Gwen")
        agent.post("/v1/offers/%s/accept" % offer["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        one.sees("#notice", "Alice")
        return one, agent, interaction

    def say(self, agent, interaction, text, **more):
        return agent.post("/v1/interactions/%s/messages" % interaction["id"], {"text": text}, **more)["message"]

    def stored(self, agent, interaction):
        page = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])
        self.assertFalse(page["more"])
        return [m["text"] for m in page["messages"]]

    def back(self, agent):
        """The agent's desk finds the centre again."""
        agent.close()
        agent.desk()
        agent.listen()

    def test_whole(self):
        one = self.visitor()
        one.sees("h1", "Ask us")
        one.sees("#greeting", "Good day")
        one.fill("Your name", "Gwen")
        one.click("Start the conversation")
        one.sees("#field-1-fault", "Please fill in this field.")
        one.accessible("form")
        one.fill("Account *", "K-7")
        one.click("Start the conversation")
        one.sees("#notice", "Please wait")
        one.write("Good day,\nis it ready?")
        one.count(1, "[data-state=sent]")
        agent = self.desk()
        offer = agent.wait("offer.created")["offer"]
        self.assertEqual((offer["channel"], offer["customer"]["name"]), ("webchat", "Gwen"))
        self.assertEqual(offer["card"][0], {"variable": "account", "value": "K-7"})
        agent.post("/v1/offers/%s/accept" % offer["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        one.sees("#notice", "You are writing with Alice.")
        agent.put("/v1/interactions/%s/read" % interaction["id"], {"number": 1})
        one.count(1, "[data-state=read]")
        agent.post("/v1/interactions/%s/typing" % interaction["id"], {"on": True})
        one.sees("#typing", "Alice is writing…")
        self.say(agent, interaction, "<b>Yes</b>: https://example.org/k7")
        one.sees(".message.agent .text", "<b>Yes</b>: https://example.org/k7")
        agent.wait(lambda e: e["type"] == "message.changed" and e["message"]["state"] == "read")
        one.run("await at.locator('#text').pressSequentially('Th')")
        self.assertTrue(agent.wait("conversation.typing")["on"])
        one.accessible("talking")
        self.assertEqual(self.stored(agent, interaction), ["Good day,\nis it ready?", "<b>Yes</b>: https://example.org/k7"])
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        one.sees("#notice", "Thank you for writing to us.")
        saved = one.run("const [file] = await Promise.all([page.waitForEvent('download'), at.locator('#transcript').click()]);"
                        "const chunks = []; for await (const c of await file.createReadStream()) chunks.push(c);"
                        "return Buffer.concat(chunks).toString()")
        self.assertIn("Alice\n<b>Yes</b>: https://example.org/k7\n", saved)
        one.run("await page.reload()")
        one.sees("#notice", "Thank you for writing to us.")
        one.count(2)
        one.accessible("ended")

    def test_the_visitor_ends(self):
        one, agent, interaction = self.talk(locale="bg-BG")
        one.write("4111 1111 1111 1111")
        for _ in range(2):
            one.sees(".message.customer .masked", "Номерът на картата беше скрит.")
            self.assertEqual(one.messages(".customer"), ["•••• •••• •••• 1111"])
            self.assertNotIn("4111", str(one.kept()))
            one.run("await page.reload()")
        one.count(1)
        one.run("await at.locator('#finish').click(); await at.locator('#leave').click()")
        one.sees("#notice", "Вие приключихте разговора.")
        self.assertEqual(agent.wait_cause("wrap_up_started")["interaction"]["id"], interaction["id"])

    def test_on_a_site(self):
        page = self.chromium.page(locale="fr-FR")
        self.addCleanup(page.close)
        one = visitor.Visitor(page, framed=True)
        body = ("<!DOCTYPE html><html lang=en><title>Site</title><h1>Site</h1>"
                "<script src='%s/chat/guichet-chat.js' data-entry=shop data-language=fr async></script>" % self.daemon.ready["webchat"])
        one.run("await page.route(/^http:.*[.]test/, (route) => route.fulfill({ contentType: 'text/html', body: arg }))", body)
        one.open("http://site.test/")
        one.run("await page.getByRole('button', { name: 'Ouvrir la discussion' }).click()")
        one.run("await at.locator('#field-1').fill('K-7'); await at.locator('#start').click()")
        one.sees("#notice", "Veuillez patienter")
        one.write("bonjour")
        one.count(1, "[data-state=sent]")
        one.open("http://site.test/another-page")
        one.sees(".message .text", "bonjour")
        # A site that the centre does not know gets no frame.
        stranger = self.chromium.page(faults=False)
        self.addCleanup(stranger.close)
        self.assertEqual("net::ERR_BLOCKED_BY_RESPONSE", stranger.run(
            "await page.route('http://other.test/', (route) => route.fulfill({ contentType: 'text/html', body: arg }));"
            "await page.goto('http://other.test/'); const failed = page.waitForEvent('requestfailed');"
            "await page.getByRole('button').click(); return (await failed).failure().errorText", body))

    def test_a_bot_hands_over(self):
        """What the bot of a site said goes with the start, is there after a reload, and is nobody's unread message."""
        agent = self.desk()
        page = self.chromium.page(locale="en-GB")
        self.addCleanup(page.close)
        one = visitor.Visitor(page, framed=True)
        body = ("<!DOCTYPE html><html lang=en><title>Site</title><main><h1>Site</h1></main><script>(window.guichetChat ??= []).push({"
                "name: 'Alma', messages: [{author: 'robot', text: 'not this'}, {author: 'bot', text: ' '}, "
                "{author: 'customer', text: '<i>Hm</i> 4111 1111 1111 1111', at: new Date(Date.now() - 60000)}, "
                "{author: 'bot', text: 'I do not know.', at: 'at noon'}]})</script>"
                "<script src='%s/chat/guichet-chat.js' data-entry=shop async></script>" % self.daemon.ready["webchat"])
        one.run("await page.route(/^http:.*[.]test/, (route) => route.fulfill({ contentType: 'text/html', body: arg }))", body)
        one.open("http://site.test/")
        one.sees("#talk", "What you and Alma wrote is passed on to our team.")
        one.accessible("handed over, form")
        one.run("await at.locator('#field-1').fill('K-7'); await at.locator('#start').click()")
        one.write("Somebody there?")
        one.count(1, "[data-state=sent]")
        said = ["<i>Hm</i> •••• •••• •••• 1111", "I do not know.", "Somebody there?"]
        self.assertEqual(one.messages(), said)
        one.sees(".message.bot .who", "Alma (bot)")
        one.sees(".message:nth-child(2) + .handover + .message", said[2])
        offer = agent.wait("offer.created")["offer"]
        agent.post("/v1/offers/%s/accept" % offer["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        self.assertEqual(self.stored(agent, interaction), said)
        self.assertEqual(interaction["conversation"]["last_number"], 3)
        # Again, while people talk: it stays as it is, also on the next page of the site, where the bot says it once more.
        one.run("await page.evaluate(() => window.guichetChat.push({ messages: [{ author: 'bot', text: 'Me again' }] }))")
        one.open("http://site.test/another-page")
        one.sees(".message .text", "Somebody there?")
        one.sees("#notice", "You are writing with Alice.")
        one.accessible("handed over, talking")
        self.assertEqual((one.messages(), one.marks()), (said, ["", one.marks()[1]]))
        # After the end it begins a new conversation.
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        one.sees("#notice", "Thank you for writing to us.")
        one.run("await page.evaluate(() => window.guichetChat.push({ messages: [{ author: 'bot', text: 'Me again' }] }))")
        one.sees("#talk", "What you and our bot wrote is passed on to our team.")
        one.run("await at.locator('#field-1').fill('K-8'); await at.locator('#start').click()")
        one.sees(".message.bot .who", "Bot")
        self.assertEqual(one.messages(), ["Me again"])

    def test_offline_and_reload(self):
        one, agent, interaction = self.talk(locale="fr-FR")
        one.run("await context.setOffline(true)")
        one.sees("#notice", "Pas de connexion pour le moment.")
        one.write("écrit sans réseau")
        self.say(agent, interaction, "êtes-vous là ?")
        one.run("await context.setOffline(false)")
        one.count(2, "[data-number]")
        one.run("await page.reload()")
        one.count(2)
        self.assertEqual(one.messages(), ["êtes-vous là ?", "écrit sans réseau"])
        self.assertEqual(self.stored(agent, interaction), one.messages())

    def test_hundred_each_way_and_kills(self):
        one, agent, interaction = self.talk()
        writer = threading.Thread(target=lambda: [one.write("customer %d" % n) for n in range(EACH)])
        writer.start()
        for n in range(EACH):
            key = "%032d" % n
            while True:
                try:
                    self.say(agent, interaction, "agent %d" % n, key=key)
                    break
                except (OSError, http.client.HTTPException):  # it was killed in between: the same message by the same key
                    continue
            if n in (30, 65):
                self.daemon.kill()
                self.daemon.start()
                self.back(agent)
        writer.join()
        one.count(2 * EACH, "[data-number]")
        one.run("await page.reload()")
        one.count(2 * EACH, "[data-number]")
        shown = one.messages()
        self.assertEqual([t for t in shown if t.startswith("agent")], ["agent %d" % n for n in range(EACH)])
        self.assertEqual([t for t in shown if t.startswith("customer")], ["customer %d" % n for n in range(EACH)])
        self.assertEqual(self.stored(agent, interaction), shown)


if __name__ == "__main__":
    unittest.main(verbosity=2)
