#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web chat's page and widget in Chromium, before a small centre that says what a real one says seldom.

    test_page.py BUILD [CASE...]     with GUICHET_PICTURES=FOLDER every state is painted there
"""
import gzip
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "rig")]
import browser  # noqa: E402
import visitor  # noqa: E402
import fake_centre  # noqa: E402

BUILD = sys.argv.pop(1) if len(sys.argv) > 1 else os.environ["GUICHET_BUILD"]
PICTURES = os.environ.get("GUICHET_PICTURES")
SITE = """<!DOCTYPE html><html lang="fr"><head><title>Un site</title>
<style>* { color: #800000 !important; font-size: 40px !important; } button { display: none; } div { width: 3px; }</style></head>
<body><main><h1>Un site</h1><p>Du texte.</p></main>
<script src="%s/chat/guichet-chat.js" data-entry="web"%s async></script></body></html>"""

# What a browser says that keeps nothing for frames of other origins.
DENIED = """if (window !== top) Object.defineProperty(window, 'localStorage', { get() {
  throw new DOMException('Access is denied for this document.', 'SecurityError'); } });"""


def setUpModule():
    Case.chromium = browser.Browser(BUILD)
    unittest.addModuleCleanup(Case.chromium.close)


class Case(unittest.TestCase):
    chromium = None

    def setUp(self):
        self.centre = fake_centre.Centre()
        self.addCleanup(self.centre.stop)

    def customer(self, framed=False, **options):
        page = self.chromium.page(**{"locale": "en-GB", **options})
        self.addCleanup(page.close)
        return visitor.Visitor(page, framed)

    def arrive(self, begin=True, **options):
        """A customer in a conversation."""
        one = self.customer(**options)
        one.open(self.centre.url + "/chat/web")
        if begin:
            self.begin(one)
        return one

    def begin(self, one):
        one.run("await at.locator('#field-0').fill('Ivan'); await at.locator('#field-1').fill('42')")
        one.run("await at.locator('#start').click()")
        one.focused("#text")
        self.joined(one)

    def joined(self, one):
        self.centre.wait(lambda: self.centre.links, "the stream")
        one.run("await at.locator('#log[aria-busy=false]').waitFor()")

    def talk(self, one, text="Good morning"):
        self.centre.turn({"state": "talking", "agent": "Élise"})
        self.centre.say(text)
        one.sees(".message.agent .text", text)

    def look(self, one, name):
        one.accessible(name)
        one.fits(name)
        if PICTURES:
            one.picture(os.path.join(PICTURES, name + ".png"))

    def size(self, one, width, height):
        one.run("await page.setViewportSize({ width: arg[0], height: arg[1] })", [width, height])


class Talk(Case):
    def test_form_queue_talk_and_end(self):
        one = self.arrive(begin=False)
        one.sees("h1", "Questions & answers")
        one.sees("#greeting", "Good day!")
        one.click("Start the conversation")
        one.sees("#field-1-fault", "Please fill in this field.")
        one.focused("#field-1")
        one.fill("Your name", "Ivan")
        one.fill("File number", "1 234,5")
        one.run("await at.getByLabel('Subject').selectOption('invoice')")
        one.run("await at.getByLabel('Day').fill('2026-11-02')")
        one.click("Start the conversation")
        one.sees("#notice", "Your place in the queue: 3.")
        form = self.centre.form
        self.assertEqual((form["name"], form["language"]), ("Ivan", "en"))
        self.assertEqual(form["values"], {"reference": "1234.5", "subject": "invoice", "day": "2026-11-02"})
        self.assertGreaterEqual(len(form["key"]), 16)
        self.centre.turn({"state": "waiting", "place": 1})
        one.sees("#notice", "Your place in the queue: 1.")
        self.talk(one)
        one.sees("#notice", "You are writing with Élise.")
        one.sees(".message.agent .who", "Élise")
        one.write("Hello\n  there")
        one.count(1, "[data-state=sent]")
        self.assertEqual(self.centre.texts(), ["Hello\n  there"])
        self.centre.seen(2)
        one.count(1, "[data-state=read]")
        one.click("End")
        one.focused("#stay")
        one.press("Escape")
        one.gone("#sure")
        self.assertFalse([m for m in self.centre.heard if m["type"] == "end"])
        one.click("End")
        one.run("await at.locator('#leave').click()")
        one.sees("#notice", "You have ended the conversation.")
        saved = one.run("const [file] = await Promise.all([page.waitForEvent('download'), at.locator('#transcript').click()]);"
                        "const chunks = []; for await (const c of await file.createReadStream()) chunks.push(c);"
                        "return [file.suggestedFilename(), Buffer.concat(chunks).toString()]")
        self.assertRegex(saved[0], r"^web-\d{4}-\d\d-\d\d\.txt$")
        self.assertEqual(saved[1], self.centre.transcript())
        one.click("New conversation")
        one.focused("#field-0")
        self.assertEqual([k for k in one.kept() if "token" in k], [])

    def test_who_joins_and_leaves(self):
        """In the words of the page's language, beside who is there; a reload tells of nobody who came."""
        both = {"state": "talking", "agent": "Élise", "agents": ["Élise", "Bob"]}
        for locale, alone, joined, left in (
                ("en-GB", "You are writing with Élise.", "Bob has joined. You are writing with Élise and Bob.",
                 "Élise has left. You are writing with Bob."),
                ("fr-FR", "Vous écrivez avec Élise.", "Bob a rejoint la conversation. Vous écrivez avec Élise et Bob.",
                 "Élise a quitté la conversation. Vous écrivez avec Bob."),
                ("bg-BG", "Пишете си с Élise.", "Bob се включи. Пишете си с Élise и Bob.", "Élise напусна. Пишете си с Bob.")):
            one = self.arrive(locale=locale)
            self.centre.turn({**both, "agents": ["Élise"]})
            one.notice(alone)
            self.centre.turn(both)
            one.notice(joined)
            one.run("await page.reload()")
            one.notice(joined.partition(". ")[2])
            self.centre.turn({**both, "agent": "Bob", "agents": ["Bob"]})
            one.notice(left)
            self.look(one, "company-" + locale)
            one.page.close()

    def test_typing_and_reading_both_ways(self):
        one = self.arrive()
        self.talk(one)
        heard = self.centre.heard
        self.centre.wait(lambda: {"type": "read", "number": 1} in heard, "read")
        self.centre.tell({"type": "typing", "on": True})
        one.sees("#typing", "Élise is writing…")
        self.centre.tell({"type": "typing", "on": False})
        one.run("await at.locator('#typing:empty').waitFor({ state: 'attached' })")
        one.run("await at.locator('#text').pressSequentially('Hm, hello')")
        self.centre.wait(lambda: {"type": "typing", "on": True} in heard, "typing")
        one.run("await at.locator('#text').fill('')")
        self.centre.wait(lambda: {"type": "typing", "on": False} in heard, "typing no more")
        self.assertLess(len([m for m in heard if m["type"] == "typing"]), 4)  # not with each letter

    def test_text_is_only_text(self):
        one = self.arrive()
        evil = "<img src=x onerror=alert(1)> javascript:alert(1) http://user@evil.example/ data:text/html,x"
        self.talk(one, evil)
        self.assertEqual(one.messages(), [evil])
        self.assertEqual(one.run("return at.locator('.text img, .text script, .text a').count()"), 0)
        self.centre.say("see (https://example.org/a_(b)?q=1&r=<2>), or http://example.org/é.")
        one.count(2)
        links = one.run("return at.locator('.text a').evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href'),"
                        "a.rel, a.target]))")
        rel = ["noopener noreferrer nofollow", "_blank"]
        self.assertEqual(links, [["https://example.org/a_(b)?q=1&r=", "https://example.org/a_(b)?q=1&r=", *rel],
                                 ["http://example.org/é", "http://example.org/%C3%A9", *rel]])

    def test_limits_and_refusals(self):
        one = self.arrive()
        one.run("await at.locator('#text').fill('x'.repeat(4001))")
        one.sees("#room", "Too long: 4001 of 4000 characters.")
        one.press("Enter")
        self.assertEqual(one.messages(), [])
        one.run("await at.locator('#text').fill('😀'.repeat(4000))")
        one.sees("#room", "4000 of 4000 characters")
        one.press("Enter")
        one.count(1, "[data-state=sent]")
        self.centre.refuse = "too_large"
        one.write("no")
        one.count(1, "[data-state=refused]")
        one.write("yes")
        one.count(3)
        self.centre.wait(lambda: self.centre.texts()[1:] == ["yes"], "the next one")

    def test_form_refused(self):
        one = self.arrive(begin=False)
        one.sees("h1", "Questions")
        for status, problem, place, text in (
                (422, {"field": "/values/reference", "reason": "number"}, "#field-1-fault", "Please write a number."),
                (429, {"type": "urn:guichet:too_many"}, "#fault", "Too many attempts.")):
            self.centre.fault = (status, problem)
            one.run("await at.locator('#field-1').fill('7'); await at.locator('#start').click()")
            one.sees(place, text)
        self.begin(one)

    def test_keyboard_alone(self):
        one = self.arrive(begin=False)
        one.sees("h1", "Questions")
        one.run("await at.locator('#field-0').focus()")
        one.run("for (const key of ['I', 'Tab', '7', 'Enter']) await page.keyboard.press(key)")
        one.focused("#text")
        self.joined(one)
        one.run("for (const key of ['H', 'i', 'Shift+Enter', '!', 'Enter']) await page.keyboard.press(key)")
        self.centre.wait(lambda: self.centre.texts() == ["Hi\n!"], "the message")
        one.focused("#text")
        one.press("Shift+Tab")
        one.focused("#log")
        one.press("Shift+Tab")
        one.focused("#finish")
        one.press("Enter")
        one.focused("#stay")
        one.press("Tab")
        one.focused("#leave")
        one.press("Enter")
        one.focused("#over")


class Loss(Case):
    def test_reload_keeps_all(self):
        one = self.arrive()
        self.talk(one, "first")
        self.centre.deaf = True
        one.write("second")
        self.centre.wait(lambda: self.centre.texts() == ["second"], "the message")
        one.count(1, "[data-state=pending]")
        one.run("await at.locator('#text').fill('a draft')")
        self.centre.deaf = False
        one.run("await page.reload()")
        one.count(2)
        one.count(1, "[data-state=sent]")
        self.assertEqual(one.messages(), ["first", "second"])
        self.assertEqual(one.run("return at.locator('#text').inputValue()"), "a draft")
        self.assertEqual(self.centre.texts(), ["second"])
        self.assertEqual([k for k in one.kept() if ".out." in k], [])

    def test_centre_dies_and_comes_back(self):
        one = self.arrive()
        self.talk(one, "1")
        self.centre.stop()
        one.sees("#notice", "No connection at the moment.")
        for text in "234":
            one.write(text)
        self.assertEqual(one.marks(), ["· Not sent yet"] * 3)
        self.centre.start()
        one.count(3, "[data-state=sent]")
        self.centre.say("5")
        one.count(5)
        self.assertEqual(one.messages(), list("12345"))
        one.sees("#notice", "You are writing with Élise.")

    def test_offline_and_online(self):
        one = self.arrive()
        self.talk(one, "1")
        one.run("await context.setOffline(true)")
        one.sees("#notice", "No connection at the moment.")
        one.write("2")
        self.centre.wait(lambda: not self.centre.links, "the lost link")
        self.centre.say("while away")
        one.run("await context.setOffline(false)")
        one.count(3)
        one.count(1, "[data-state=sent]")
        self.assertEqual(one.messages(), ["1", "while away", "2"])

    def test_closed_lid(self):
        one = self.customer()
        one.run("await page.clock.install()")
        one.open(self.centre.url + "/chat/web")
        self.begin(one)
        self.talk(one, "1")
        with self.centre.changed:
            self.centre.links.clear()  # nobody tells the page that the link is dead
        self.centre.say("while asleep")
        one.run("await page.clock.fastForward('05:00')")
        one.count(2)
        self.assertEqual(one.messages(), ["1", "while asleep"])

    def test_too_many_waits_in_order(self):
        one = self.customer()
        one.run("await page.clock.install()")
        one.open(self.centre.url + "/chat/web")
        self.begin(one)
        self.centre.refuse = "too_many"
        one.write("1")
        self.centre.wait(lambda: self.centre.refuse is None, "the refusal")
        one.write("2")
        self.assertEqual(self.centre.texts(), [])
        one.run("await page.clock.fastForward('00:11')")
        one.count(2, "[data-state=sent]")
        self.assertEqual(self.centre.texts(), ["1", "2"])

    def test_written_after_the_end(self):
        one = self.arrive()
        self.centre.refuse = "ended"
        one.write("too late")
        self.centre.wait(lambda: self.centre.refuse is None, "the refusal")
        self.centre.turn({"state": "ended", "reason": "connection_lost"})
        one.sees("#notice", "because you were away")
        one.count(1, "[data-state=refused]")
        self.centre.close_links(4401)
        self.centre.wait(lambda: not self.centre.links, "the closed link")
        one.sees(".customer .text", "too late")
        one.click("New conversation")
        self.begin(one)
        self.assertEqual(one.run("return at.locator('#text').inputValue()"), "too late")

    def test_waits_grow_and_scatter(self):
        one = self.arrive(begin=False)
        waits = one.run("return page.evaluate(async () => { const { pause } = await import('/chat/chat-stream.js');"
                        "return [0, 1, 3, 20].map((n) => Array.from({ length: 50 }, () => pause(n))) })")
        for some, top in zip(waits, (1000, 2000, 8000, 30000)):
            self.assertTrue(all(top / 2 <= w <= top for w in some), some)
            self.assertGreater(len(set(some)), 40)

    def test_hundred_each_way(self):
        one = self.arrive()
        self.centre.turn({"state": "talking", "agent": "Élise"})
        for n in range(100):
            self.centre.say("agent %d" % n)
            if n in (30, 70):
                self.centre.close_links(1011)
            if n == 50:
                one.run("await page.reload()")
            one.write("customer %d" % n)
        one.count(100, "[data-state=sent]")
        one.count(200)
        self.assertEqual(self.centre.texts(), ["customer %d" % n for n in range(100)])
        self.assertEqual(one.messages(), [m["text"] for m in self.centre.messages])

    def test_token_void(self):
        one = self.arrive()
        self.centre.stop()
        one.write("kept")
        self.centre.token = "another"
        self.centre.start()
        one.sees("#notice", "This conversation is no longer available.")
        self.begin(one)
        self.assertEqual(one.run("return at.locator('#text').inputValue()"), "kept")

    def test_form_sent_again(self):
        one = self.arrive(begin=False)
        one.sees("h1", "Questions")
        self.centre.stop()
        one.run("await at.locator('#field-1').fill('42'); await at.locator('#start').click()")
        one.sees("#notice", "No connection at the moment.")
        one.run("await page.evaluate(() => 0)")
        kept = [k for k in one.kept() if k.endswith(".start")]
        self.assertEqual(len(kept), 1)
        self.centre.start()
        self.centre.wait(lambda: self.centre.links, "the stream")
        self.assertEqual(self.centre.form["values"], {"reference": "42"})

    def test_centre_with_fewer_messages(self):
        one = self.arrive()
        self.talk(one, "1")
        self.centre.messages.clear()
        self.centre.close_links(1011)
        self.centre.wait(lambda: not self.centre.links, "the lost link")
        self.centre.wait(lambda: self.centre.links, "the link")
        self.centre.say("again one")
        one.sees(".message .text", "again one")
        self.assertEqual(one.messages(), ["again one"])

    def two_windows(self):
        one = self.arrive()
        one.run("globalThis.second = await context.newPage(); await second.goto(arg)", self.centre.url + "/chat/web")
        self.centre.wait(lambda: len(self.centre.links) == 2, "both windows")
        return one

    def test_the_other_window_heard_first(self):
        one = self.two_windows()
        self.centre.deaf = True
        one.write("from the first")
        one.run("await second.locator('.customer .text').filter({ hasText: 'from the first' }).waitFor()")
        self.centre.links[0].send({"type": "acknowledged", "key": self.centre.messages[0]["key"], "number": 1})
        one.run("await at.locator('[data-number=\"1\"][data-state=sent]').waitFor()")
        self.assertEqual(one.messages(), ["from the first"])

    def test_two_windows(self):
        one = self.two_windows()
        one.write("from the first")
        one.run("await second.locator('.customer .text').filter({ hasText: 'from the first' }).waitFor()")
        one.run("await second.locator('#text').fill('from the second'); await second.locator('#text').press('Enter')")
        for number in "12":  # what is not numbered yet stands last
            one.run("await at.locator(`[data-number='${arg}']`).waitFor()", number)
        self.assertEqual(sorted(one.messages()), ["from the first", "from the second"])
        self.assertEqual(self.centre.texts(), one.messages())


class Site(Case):
    def visit(self, language="", before=None, **options):
        self.centre.site = SITE % (self.centre.url, ' data-language="%s"' % language if language else "")
        one = self.customer(framed=True, **options)
        if before:
            one.run("await page.addInitScript(arg)", before)
        one.open("http://localhost:%d/site" % self.centre.port)  # another origin than the centre's
        return one

    def hand_over(self, one, messages, **more):
        one.run("await page.evaluate((call) => (window.guichetChat ??= []).push(call), arg)", {"messages": messages, **more})

    def test_a_bot_before(self):
        """Whatever a site hands over, a chat begins: with what of it can be taken, or without."""
        for locale, who, passed, handed, dark in (
                ("en-GB", "Alma (bot)", "What you and Alma wrote is passed on to our team.", "Handed over to our team", False),
                ("bg-BG", "Алма (бот)", "Разговорът Ви с Алма се предава на нашия екип.", "Предадено на нашия екип", True)):
            one = self.visit(language=locale[:2], locale=locale, colorScheme="dark" if dark else "light")
            said = [{"author": "bot" if n % 2 else "customer", "text": "line %d" % n} for n in range(150)]
            self.hand_over(one, said, name=who.split()[0])
            one.sees("#talk", passed)
            self.look(one, "bot-form-" + locale)
            one.run("await at.locator('#field-1').fill('7'); await at.locator('#start').click()")
            one.sees(".handover", handed)
            one.sees(".message.bot .who", who)
            self.assertEqual([m["text"] for m in self.centre.form["bot"]["messages"]], ["line %d" % n for n in range(50, 150)])
            self.assertEqual(one.messages(), ["line %d" % n for n in range(50, 150)])
            self.talk(one)
            self.assertTrue(one.run("return page.locator('.count').isHidden()"))
            one.write("Thank you")
            one.count(1, "[data-state=sent]")
            self.look(one, "bot-" + locale)
            self.centre.forget()
        one = self.visit("fr")
        for messages, name in (("none", ["not a name"]), ([], None), (7, None), ([None, 1, {"author": "bot"}], {})):
            self.hand_over(one, messages, name=name)
        one.focused("#field-0")
        one.gone("#talk")
        self.hand_over(one, [{"author": "bot", "text": "я" * 3000, "at": -1e99} for _ in range(20)], name="\n" * 9 + "n" * 500)
        one.sees("#talk", "Votre échange avec " + "n" * 119)
        self.centre.fault = (422, {"field": "/bot/messages/0/text", "reason": "missing"})
        one.run("await at.locator('#field-1').fill('7'); await at.locator('#start').click()")
        one.focused("#text")
        self.assertNotIn("bot", self.centre.form)
        self.assertEqual(one.messages(), [])

    def test_widget(self):
        one = self.visit(before=DENIED)
        button = "page.getByRole('button', { name: /la discussion/ })"
        self.assertEqual(one.run("return page.frames().length"), 1)
        one.run("await %s.focus(); await page.keyboard.press('Enter')" % button)
        one.focused("#field-0")
        self.assertEqual(one.run("return at.locator('html').getAttribute('lang')"), "fr")
        box = one.run("return %s.evaluate((b) => [b.offsetWidth, getComputedStyle(b).color])" % button)
        self.assertEqual(box, [60, "rgb(255, 255, 255)"])
        self.begin(one)
        one.press("Escape")
        one.run("await page.locator('iframe').waitFor({ state: 'hidden' }); await page.locator('button:focus').waitFor()")
        self.centre.turn({"state": "talking", "agent": "Élise"})
        self.centre.say("vous êtes là ?")
        one.run("await page.getByRole('button', { name: 'Ouvrir la discussion. Messages non lus : 1' }).waitFor()")
        self.assertFalse([m for m in self.centre.heard if m["type"] == "read" and m["number"]])
        one.accessible("widget closed")
        # The browser keeps nothing for this frame of another origin: the site does.
        self.assertIn("guichet-chat.web.token", one.run("return page.evaluate(() => Object.keys(localStorage))"))
        one.run("await page.reload()")
        one.run("await page.getByRole('button', { name: 'Ouvrir la discussion. Messages non lus : 1' }).click()")
        one.sees(".message.agent .text", "vous êtes là ?")
        self.centre.wait(lambda: {"type": "read", "number": 1} in self.centre.heard, "read")
        one.run("await page.getByRole('button', { name: 'Fermer la discussion', exact: true }).waitFor()")
        self.look(one, "widget-open")
        self.size(one, 320, 568)
        self.look(one, "widget-320")
        one.run("await at.locator('#close').click()")
        one.run("await page.locator('button:focus').waitFor()")
        one.run("await page.reload(); await page.locator('iframe').waitFor({ state: 'attached' })")
        self.assertFalse(one.run("return page.locator('iframe').isVisible()"))

    def test_language_by_attribute(self):
        one = self.visit("bg")
        one.run("await page.getByRole('button', { name: 'Отваряне на чата' }).click()")
        one.sees("#start", "Започване на разговора")


class Looks(Case):
    def states(self, one, name):
        one.sees("#start", "")
        self.look(one, name + "-form")
        one.run("await at.locator('#start').click()")
        one.focused("#field-1")
        self.look(one, name + "-missing")
        self.begin(one)
        self.look(one, name + "-waiting")
        self.talk(one, "https://example.org/")
        one.write("Да, така е. Oui, c’est bien ça : https://example.org/" + "long" * 20)
        one.sees(".mark", "")
        one.count(1, "[data-state=sent]")
        self.centre.seen(2)
        one.count(1, "[data-state=read]")
        self.centre.tell({"type": "typing", "on": True})
        one.sees("#typing", "Élise")
        self.look(one, name + "-talking")
        self.centre.deaf = True
        one.write("?")
        one.count(1, "[data-state=pending]")
        one.run("await at.locator('#text').fill('x'.repeat(4001)); await at.locator('#room:not(:empty)').waitFor()")
        self.look(one, name + "-pending")
        one.run("await at.locator('#finish').click()")
        self.look(one, name + "-sure")
        one.run("await at.locator('#stay').click()")
        self.centre.turn({"state": "ended", "reason": "agent_ended"})
        one.focused("#over")
        self.look(one, name + "-ended")

    def test_silence_is_told_before_it_ends_the_chat(self):
        one = self.arrive()
        self.centre.turn({"state": "talking", "agent": "Élise", "away": True})
        one.sees("#notice", "Élise has lost the link to us. One moment, please.")
        self.centre.turn({"state": "talking", "agent": "Élise", "away": False, "closes_at": "2026-03-01T09:30:00.250Z"})
        one.sees("#notice", "Are you still there? The conversation ends soon unless you write.")
        self.centre.turn({"state": "talking", "agent": "Élise", "away": False, "closes_at": None})
        one.sees("#notice", "Élise")
        self.centre.turn({"state": "ended", "reason": "silence"})
        one.sees("#notice", "The conversation has ended because you did not answer.")

    def test_who_writes_again_after_the_end_goes_on(self):
        one = self.arrive()
        self.centre.turn({"state": "talking", "agent": "Élise"})
        self.centre.turn({"state": "ended", "reason": "agent_ended", "reopens": True})
        one.click("Write again")
        one.sees("#notice", "Write a message to go on with this conversation.")
        one.write("One more thing")
        one.count(1, "[data-state=sent]")
        self.assertEqual(self.centre.texts()[-1], "One more thing")
        self.centre.turn({"state": "talking", "agent": "Élise"})
        one.sees("#notice", "Élise")
        self.centre.turn({"state": "ended", "reason": "agent_ended", "reopens": False})
        one.focused("#over")
        one.gone("#resume")

    def test_english(self):
        self.states(self.arrive(begin=False), "en")

    def test_french_dark_narrow(self):
        self.states(self.arrive(begin=False, locale="fr-FR", colorScheme="dark", viewport={"width": 320, "height": 480}), "fr")

    def test_bulgarian_double_size(self):
        # 200 % of 1000x700, and no motion.
        self.states(self.arrive(begin=False, locale="bg-BG", viewport={"width": 500, "height": 350}, deviceScaleFactor=2,
                                reducedMotion="reduce"), "bg")

    def test_low_window(self):
        one = self.arrive(viewport={"width": 320, "height": 256})
        self.talk(one)
        self.look(one, "low-talking")
        one.write("x")
        one.count(1, "[data-state=sent]")

    def test_centre_away_and_unknown(self):
        one = self.arrive(begin=False)
        one.open(self.centre.url + "/chat/other")
        one.sees("#notice", "This chat does not exist.")
        one.accessible("unknown")


class Files(unittest.TestCase):
    def test_translations_are_whole(self):
        with open(os.path.join(fake_centre.FILES, "chat-texts.js"), encoding="utf-8") as f:
            parts = re.split(r"^  (en|fr|bg): \{$", f.read(), flags=re.M)
        self.assertEqual(parts[1::2], ["en", "fr", "bg"])
        keys = []
        for block in parts[2::2]:
            block = block.split("\n  },")[0]
            keys.append(sorted(re.findall(r"(?:^ +|', )(\w+): '", block, flags=re.M)))
        self.assertGreater(len(keys[0]), 40)
        self.assertEqual(keys[0], keys[1])
        self.assertEqual(keys[0], keys[2])

    def test_small_and_all_in_the_program(self):
        names = sorted(n for n in os.listdir(fake_centre.FILES) if not n.endswith(".xml"))
        size = 0
        for name in names:
            with open(os.path.join(fake_centre.FILES, name), "rb") as f:
                size += len(gzip.compress(f.read()))
        self.assertLessEqual(size, 30000)
        with open(os.path.join(fake_centre.FILES, "webchat.gresource.xml"), encoding="utf-8") as f:
            self.assertEqual(sorted(re.findall(r"<file>(.*?)</file>", f.read())), names)

    def test_nothing_from_elsewhere(self):
        for name in os.listdir(fake_centre.FILES):
            with open(os.path.join(fake_centre.FILES, name), encoding="utf-8") as f:
                text = f.read()
            self.assertNotRegex(text, r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function", name)
            if name.endswith(".html"):
                self.assertNotRegex(text, r"<style| style=|<script(?![^>]*src=)| on\w+=", name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
