# SPDX-License-Identifier: GPL-3.0-or-later
"""One source that asks too much of what is public gets 429 and when to come back; all others are served as before, and so is who
had begun already."""

import http.client
import time
import urllib.parse

import scene
import api
import gateway
import meta
from customer import Customer, ask
from test_meta import PAGE
from test_sms import OURS, sms_centre

CALLBACKS, BEGINNINGS, REQUESTS = 20, 5, 600  # a minute; the last is no setting
CONFIG = scene.CONFIG + """[webchat]
listen=127.0.0.1:0
proxies=1
conversations_per_minute=%d
[webhooks]
listen=127.0.0.1:0
proxies=1
callbacks_per_minute=%d
[sms main]
url=http://127.0.0.1:9/
secret=%s
[meta facebook]
kind=facebook
id=%s
token=%s
app_secret=%s
verify_token=%s
""" % (BEGINNINGS, CALLBACKS, gateway.SECRET, PAGE, meta.TOKEN, meta.APP_SECRET, meta.VERIFY)


class Strangers(scene.Scene):
    config = CONFIG

    def define(self):
        sms_centre(self.centre)
        self.centre["settings"]["slots"] += [{"channel": "webchat", "count": 5}, {"channel": "facebook", "count": 5}]
        for channel, address in (("webchat", "web"), ("facebook", PAGE)):
            self.centre["queues"].append(scene.queue(channel, channel=channel))
            self.centre["entry_points"].append({"id": "our_" + channel, "names": scene.names(channel), "channel": channel,
                                                "addresses": [address], "queue": channel, "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"] += ["webchat", "facebook"]
        super().define()

    def ask(self, listener, path, source, body=None, headers=None):
        """(status, Retry-After) of a request that the proxy says is that source's, whatever the source said of itself."""
        address = urllib.parse.urlsplit(self.daemon.ready[listener])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=scene.api.DEADLINE)
        try:
            connection.request("POST" if body else "GET", path, body, {"X-Forwarded-For": "192.0.2.99, " + source, **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Retry-After")
        finally:
            connection.close()

    def flood(self, path, source):
        """Asks on one connection, faster than the minute gives back."""
        address = urllib.parse.urlsplit(self.daemon.ready["webchat"])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=scene.api.DEADLINE)
        self.addCleanup(connection.close)

        def ask(_):
            connection.request("GET", path, headers={"X-Forwarded-For": source})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Retry-After")
        return ask

    def sms(self, source, number):
        fields = {"secret": gateway.SECRET, "from": "+33612345678", "to": OURS, "text": "text %d" % number, "id": str(number)}
        return self.ask("webhooks", "/sms/main/in?" + urllib.parse.urlencode(fields), source)

    def begin(self, source):
        return Customer(self.daemon, headers={"X-Forwarded-For": source})

    def until_refused(self, begin, per_minute, ask, spent=0):
        """How many requests went through until one got 429: all that may at once but for what is spent, and what time has given
        back since @begin."""
        refused, retry = 0, None
        while retry is None and refused < 100 * per_minute:
            status, after = ask(refused)
            if status == 429:
                retry = int(after)
            else:
                refused += 1
        self.assertGreater(retry or 0, 0, "%d requests, and none was too many" % refused)
        self.assertGreaterEqual(refused + spent, per_minute)
        self.assertLessEqual(refused, per_minute + 1 + (time.monotonic() - begin) * per_minute / 60)
        return refused

    def test_callbacks(self):
        n = self.until_refused(time.monotonic(), CALLBACKS, lambda n: self.sms("192.0.2.1", n))
        # A guess at a path, a wrong secret and no signature count as well.
        guesses = []

        def guess(n):
            path = ("/nothing", "/sms/main/in?secret=wrong", "/meta")[n % 3]
            guesses.append(self.ask("webhooks", path, "192.0.2.2", body=b"{}", headers={"Content-Type": "application/json"}))
            return guesses[-1]

        self.until_refused(time.monotonic(), CALLBACKS, guess)
        self.assertEqual({s for s, _ in guesses[:-1]}, {403, 404})
        # The other gateway's message comes, and what was refused comes by its repetition.
        self.assertEqual(self.sms("192.0.2.3", n)[0], 200)
        agent = self.desk()
        agent.post("/v1/offers/%s/accept" % agent.wait("offer.created")["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        messages = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])["messages"]
        self.assertEqual([m["text"] for m in messages], ["text %d" % i for i in range(n + 1)])

    def test_chats(self):
        start = time.monotonic()
        early = self.begin("2001:db8:1:1::1")
        self.addCleanup(early.cut)
        self.assertEqual(early.status, 201)
        early.listen()
        # A host of IPv6 has as many addresses as it likes, within its network.
        begun = []

        def begin(n):
            if n == 0:
                return early.status, None
            begun.append(self.begin("2001:db8:1:1::%x" % (n + 1)))
            return begun[-1].status, begun[-1].answer.get("retry_after")

        self.until_refused(start, BEGINNINGS, begin)
        self.assertEqual({c.status for c in begun[:-1]}, {201})
        self.assertEqual([self.begin(s).status for s in ("2001:db8:1:2::1", "192.0.2.7")], [201, 201])
        # Pages and whatever else is asked for; the one who flooded talks on all the same, on the stream that is there.
        self.until_refused(start, REQUESTS, self.flood("/chat/page.css", "2001:db8:1:1::9"), spent=len(begun) + 2)
        self.assertEqual(self.ask("webchat", "/chat/v1/web", "192.0.2.7")[0], 200)
        early.said("still here")
        self.assertEqual(ask(self.daemon, "GET", "/chat/v1/web", headers={"X-Forwarded-For": "192.0.2.8"})[0], 200)

    def desk(self):
        agent = api.Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        agent.sign_in(station="outside_number", address="+33199999999")
        agent.listen()
        agent.available()
        agent.wait_state("available")
        return agent


if __name__ == "__main__":
    scene.main()
