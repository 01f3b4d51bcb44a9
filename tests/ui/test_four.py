#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Four channels at once: two agents at two real desks, twelve conversations each, on one real guichetd. Customers write from a real
browser, by SMS through Kannel and its fake operator, by mail through Exim and Dovecot, by Facebook through a platform that the test
plays, and as scripted pages. Everybody is answered, by who has the conversation, and hears nothing else.

    tests/ui/test_four.py BUILD [TestCase[.method]]...
"""
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile
import unittest

import stage
import uidrive
import test_features
from test_features import HERE, scene

sys.path[:0] = [str(HERE.parent / "rig"), str(HERE.parent / "integration"), str(HERE.parent / "web")]
import browser  # noqa: E402
import gateway  # noqa: E402
import kannel  # noqa: E402
import mails  # noqa: E402
import meta  # noqa: E402
import visitor  # noqa: E402
from customer import Customer  # noqa: E402

OURS, PAGE = "+33199000001", "1000000001"
EACH = {"webchat": 5, "sms": 2, "email": 2, "facebook": 3}  # of an agent
PAGES = 2  # of the ten chats are in a real browser
ASKS = re.compile(r"^(\w+) asks$")

CONFIG = """[webchat]
listen=127.0.0.1:0
conversations_per_minute=1000
[webhooks]
listen=127.0.0.1:0
[sms main]
kind=kannel
url=%s
user=guichet
password=kannel
secret=%s
[meta facebook]
kind=facebook
id=%s
token=%s
app_secret=%s
verify_token=%s
url=%s
"""


class Place:
    """An agent's desk, on a display of its own."""

    def __init__(self, test, agent):
        self.test, self.agent, self.answered = test, agent, []
        folder = tempfile.TemporaryDirectory(prefix="desk-")
        test.addCleanup(folder.cleanup)
        self.play = stage.Stage(scene.BUILD, folder.name, settings={
            "org.guichet.Guichet sound-checked": "true", "org.guichet.Guichet station": "'outside_number'",
            "org.guichet.Guichet station-address": "'+3319999999%d'" % len(agent)})
        self.play.__enter__()
        test.addCleanup(self.play.__exit__, None, None, None)
        self.session = self.play.session

    def start(self):
        app = self.app = self.play.open_guichet()
        app.wait("text", "Address of the centre").set_text(self.test.daemon.http)
        app.find("text", "Agent").set_text(self.agent)
        app.find("text", "Password").set_text("password")
        app.find("button", "Sign in").click()
        app.wait(None, re.compile("^Your state: Idle"))
        self.session.focus_window(app)

    def available(self):
        self.session.key("ctrl+shift+a")
        self.app.wait(None, re.compile("^Your state: (Available|Engaged)"))

    def shown(self):
        """Who asks in the conversation that is open."""
        found = {ASKS.match(n.name).group(1) for n in self.app.find_all("label", ASKS)}
        return found.pop() if len(found) == 1 else None

    def answer_all(self, wanted):
        self.app.wait("label", "ACTIVE · %d" % wanted)
        for _ in range(3 * wanted):
            name = uidrive.until("%s: no conversation is open" % self.agent, self.shown)
            if name not in self.answered:
                self.answer(name)
            if len(self.answered) == wanted:
                return
            self.turn_from(name)
        raise uidrive.UIError("%s: no other after %s\n%s" % (self.agent, self.answered, self.app.dump()))

    def turn_from(self, name):
        """Each turn is waited for: one more key in between would go beyond."""
        self.session.key("ctrl+Page_Down")
        uidrive.until(lambda: "%s stays\n%s" % (name, self.app.dump()), lambda: self.shown() not in (None, name))

    def answer(self, name):
        self.say("For %s" % name, key="ctrl+Return" if name.startswith("mail") else "Return")
        self.answered.append(name)

    def say(self, text, field="Message", key="Return"):
        self.app.wait("text", field).focus()
        self.session.type(text)
        self.session.key(key)
        self.app.wait("label", text)

    def turn_to(self, name):
        for _ in range(2 * sum(EACH.values())):
            before = uidrive.until("no conversation is open", self.shown)
            if before == name:
                return
            self.turn_from(before)
        raise uidrive.UIError("%s does not come" % name)

    def press(self, name):
        """A menu's button has its action on an inner part of the same name."""
        uidrive.until(lambda: "no %s to press in\n%s" % (name, self.app.dump()), lambda: [
            n for n in self.app.find_all("button", name) if n.actions])[0].click()

    def hand_on(self, what):
        self.press("Hand the chat on")
        self.press(what)


class Four(scene.Scene):
    configure = mails.Mails.configure
    write = mails.Mails.write

    def setUp(self):
        self.imap = self.smtp = None
        mails.Mails.open_servers(self)
        folder = tempfile.TemporaryDirectory(prefix="guichet-kannel-")
        self.addCleanup(folder.cleanup)
        self.kannel = kannel.Kannel(pathlib.Path(folder.name))
        self.addCleanup(self.kannel.close)
        self.platform = meta.Platform()
        self.addCleanup(self.platform.close)
        self.config += CONFIG % (self.kannel.url, gateway.SECRET, PAGE, meta.TOKEN, meta.APP_SECRET, meta.VERIFY, self.platform.url)
        super().setUp()
        self.kannel.start("%s/sms/main/in?secret=%s" % (self.daemon.ready["webhooks"], gateway.SECRET.replace(" ", "+")))

    def define(self):
        settings = self.centre["settings"]
        settings.update(auto_accept_digital=True, slots=[{"channel": "voice", "count": 1}] + [
            {"channel": c, "count": n} for c, n in EACH.items()])
        addresses = {"webchat": "web", "sms": OURS, "email": "shop@centre.example", "facebook": PAGE}
        for channel, address in addresses.items():
            self.centre["queues"].append(scene.queue(channel, channel=channel, ring_seconds=60))
            self.centre["entry_points"].append({"id": "our_" + channel, "names": scene.names(channel), "channel": channel,
                                                "addresses": [address], "queue": channel, "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"] += list(addresses)
        super().define()

    def waits(self, queue, count):
        uidrive.until(lambda: "%d do not wait in %s: %s" % (count, queue, self.daemon.admin("GET", "/admin/status")["queues"]), lambda: any(
            q["id"] == queue and q["waiting"] == count for q in self.daemon.admin("GET", "/admin/status")["queues"]))

    def customers_write(self):
        """All of them, before anybody is there to answer."""
        self.phones = {"sms%d" % n: "+3361234000%d" % n for n in range(2 * EACH["sms"])}
        self.mails = {"mail%d" % n: ("ana", "boris")[n % 2] for n in range(2 * EACH["email"])}
        self.friends = {"face%d" % n: "2450000000%d" % n for n in range(2 * EACH["facebook"])}
        chats = ["web%d" % n for n in range(2 * EACH["webchat"])]
        for name, user in self.mails.items():
            self.write("%s asks" % name, subject="About %s" % name, name=name, sender="%s@customers.example" % user)
        for name, customer in self.friends.items():
            self.assertEqual(200, meta.call(self.daemon, meta.webhook([meta.event(
                PAGE, customer, message={"mid": "mid." + name, "text": "%s asks" % name})], PAGE)))
        self.pages = {name: self.page(name) for name in chats[:PAGES]}
        self.chats = {name: Customer(self.daemon, name=name).listen() for name in chats[PAGES:]}
        for name, customer in self.chats.items():
            self.addCleanup(customer.cut)
            customer.said("%s asks" % name)
        for count, (name, number) in enumerate(self.phones.items(), 1):
            self.kannel.phone("%s asks" % name, number=number)
            self.waits("sms", count)
        for channel, each in EACH.items():
            self.waits(channel, 2 * each)

    def page(self, name):
        one = visitor.Visitor(self.chromium.page(name, locale="en-GB"))
        self.addCleanup(one.page.close)
        one.open(self.daemon.ready["webchat"] + "/chat/web")
        one.run("await at.locator('#field-0').fill(arg); await at.locator('#start').click()", name)
        one.sees("#notice", "Please wait")
        one.write("%s asks" % name)
        one.count(1, "[data-state=sent]")
        return one

    def customers_hear(self):
        for name, one in self.pages.items():
            one.count(2)
            self.assertEqual(one.messages(), ["%s asks" % name, "For %s" % name])
        for name, customer in self.chats.items():
            customer.wait_text("For %s" % name)
            self.assertEqual(customer.numbers, [1, 2])
        for name, customer in self.friends.items():
            self.assertEqual(self.platform.wait_text("For %s" % name)["recipient"]["id"], customer)
        self.assertEqual(len(self.platform.taken), len(self.friends))
        wanted = sorted((OURS, number, "For %s" % name) for name, number in self.phones.items())
        uidrive.until(lambda: "on the phones: %s" % self.kannel.raw(), lambda: sorted(self.kannel.shown()[0]) == wanted)
        for user in ("ana", "boris"):
            mine = [name for name, whose in self.mails.items() if whose == user]
            got = {m["Subject"]: m.get_content().split("\n")[0].strip() for m in self.servers.wait_mails(user, len(mine))}
            self.assertEqual(got, {"Re: About %s" % name: "For %s" % name for name in mine})

    def test_two_desks_twelve_conversations_each(self):
        self.chromium = browser.Browser(scene.BUILD)
        self.addCleanup(self.chromium.close)
        pool = concurrent.futures.ThreadPoolExecutor()
        self.addCleanup(pool.shutdown)  # last: what a thread started ends with it
        writing = pool.submit(self.customers_write)
        desks = [Place(self, agent) for agent in ("alice", "bob")]
        list(pool.map(Place.start, desks))
        writing.result()
        for desk in desks:
            desk.available()
        list(pool.map(lambda desk: desk.answer_all(sum(EACH.values())), desks))
        self.customers_hear()
        for channel, each in EACH.items():
            for desk in desks:
                mine = [n for n in desk.answered if n.startswith({"email": "mail", "webchat": "web", "facebook": "face"}.get(channel, channel))]
                self.assertEqual(len(mine), each, (desk.agent, channel, desk.answered))
        self.assertEqual(len({n for desk in desks for n in desk.answered}), 2 * sum(EACH.values()))


if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
