# SPDX-License-Identifier: GPL-3.0-or-later
"""One source that asks too much of what is public gets 429 and when to come back; all others are served as before, and so is who
had begun already."""

import http.client
import urllib.parse

import scene
import api
import gateway
import meta
from customer import Customer, ask
from test_meta import PAGE
from test_sms import OURS, sms_centre

CALLBACKS, BEGINNINGS = 20, 5
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
            self.centre["queues"].append(scene.queue(channel, channel=channel, ring_seconds=30))
            self.centre["entry_points"].append({"id": "our_" + channel, "names": scene.names(channel), "channel": channel,
                                                "addresses": [address], "queue": channel, "language": "en"})
        for agent in self.centre["agents"]:
            agent["queues"] += ["webchat", "facebook"]
        super().define()

    def ask(self, listener, path, source, body=None, headers=None):
        """(status, Retry-After) of a request that the proxy says is that source's, whatever the source said of itself."""
        address = urllib.parse.urlsplit(self.daemon.ready[listener])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        try:
            connection.request("POST" if body else "GET", path, body, {"X-Forwarded-For": "192.0.2.99, " + source, **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Retry-After")
        finally:
            connection.close()

    def sms(self, source, number):
        fields = {"secret": gateway.SECRET, "from": "+33612345678", "to": OURS, "text": "text %d" % number, "id": str(number)}
        return self.ask("webhooks", "/sms/main/in?" + urllib.parse.urlencode(fields), source)

    def begin(self, source):
        return Customer(self.daemon, headers={"X-Forwarded-For": source})

    def test_callbacks(self):
        statuses = [self.sms("192.0.2.1", n)[0] for n in range(CALLBACKS + 5)]
        self.assertEqual(statuses, [200] * CALLBACKS + [429] * 5)
        # A guess at a path, a wrong secret and no signature count as well.
        guesses = [self.ask("webhooks", path, "192.0.2.2", body=b"{}", headers={"Content-Type": "application/json"})
                   for path in ["/nothing", "/sms/main/in?secret=wrong", "/meta"] * 10]
        self.assertEqual({s for s, _ in guesses[:CALLBACKS]}, {403, 404})
        self.assertEqual({s for s, _ in guesses[CALLBACKS:]}, {429})
        self.assertGreater(int(guesses[-1][1]), 0)
        # The other gateway's message comes, and what was refused comes by its repetition.
        self.assertEqual(self.sms("192.0.2.3", CALLBACKS)[0], 200)
        agent = self.desk()
        agent.post("/v1/offers/%s/accept" % agent.wait("offer.created")["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        messages = agent.get("/v1/conversations/%s/messages?limit=200" % interaction["conversation"]["id"])["messages"]
        self.assertEqual([m["text"] for m in messages], ["text %d" % n for n in range(CALLBACKS + 1)])

    def test_chats(self):
        early = self.begin("2001:db8:1:1::1")
        self.addCleanup(early.cut)
        self.assertEqual(early.status, 201)
        early.listen()
        # A host of IPv6 has as many addresses as it likes, within its network.
        statuses = [self.begin("2001:db8:1:1::%x" % n).status for n in range(2, BEGINNINGS + 4)]
        self.assertEqual(statuses, [201] * (BEGINNINGS - 1) + [429] * 3)
        self.assertEqual([self.begin(s).status for s in ("2001:db8:1:2::1", "192.0.2.7")], [201, 201])
        # Pages and whatever else is asked for; the one who flooded talks on all the same, on the stream that is there.
        flood = [self.ask("webchat", "/chat/page.css", "2001:db8:1:1::9")[0] for _ in range(700)]
        self.assertEqual(flood[-1], 429)
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
