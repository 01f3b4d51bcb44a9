# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which an Asterisk tells what happens to a leg that the engine begins: its events and its answers come from
different threads of it, so that a fast telephone is heard before its dialling is answered. The Asterisk is fake_ari's."""
import unittest

from peers import Engine  # finds the rig
import fake_ari

ALICE = {"technology": "PJSIP", "resource": "alice", "state": "online"}


def channel(name, state="Down"):
    return {"id": name, "name": "PJSIP/alice-00000001", "state": state, "caller": {"name": "", "number": ""}}


class Trunks(unittest.TestCase):
    def node(self, name, **more):
        ari = fake_ari.Ari()
        self.addCleanup(ari.close)
        ari.endpoints = [{"technology": "PJSIP", "resource": "provider", "state": "offline" if name == "one" else "online"},
                         {"technology": "PJSIP", "resource": "other", "state": "offline"}]
        return ari, {"name": name, "url": ari.url, "user": "guichet", "password": "secret", "numbers": "PJSIP/{number}@provider", **more}

    def test_down_from_the_start(self):
        """What a node says of the endpoint for numbers when it comes counts as what it says later; other endpoints do not."""
        for home in True, False:
            with self.subTest(home=home):
                ari, node = self.node("one", **({"sip": "127.0.0.1:5060"} if home else {"stations": "PJSIP/{user}@two"}))
                _, two = self.node("two", **({"sip": "127.0.0.1:5061"} if not home else {"stations": "PJSIP/{user}@one"}))
                two["numbers"] = "Local/{number}@provider"  # that is a context
                with Engine(nodes=[node, two] if home else [two, node]) as engine:
                    engine.wait("service.changed", trunk="provider", ready=False)
                    source = "endpoint:PJSIP" + ("" if home else "%2Fprovider")
                    ari.wait("that it is told of changes", lambda u=source: ari.count(lambda _, uri: uri.endswith("eventSource=" + u)) == 1)
                    ari.say({"type": "ContactStatusChange", "application": "guichet-phones", "endpoint": {"resource": "provider"},
                             "contact_info": {"uri": "sip:192.0.2.1", "contact_status": "Reachable"}})
                    engine.wait("service.changed", trunk="provider", ready=True)
                    self.assertEqual([e["ready"] for e in engine.events if e.get("trunk")], [False, True])


class Orders(unittest.TestCase):
    def setUp(self):
        self.ari = fake_ari.Ari()
        self.addCleanup(self.ari.close)
        self.kept = {}  # (method, end of the path) → what was asked, until the test answers it
        self.keep = ()
        self.ari.ways = [self.way]
        self.engine = Engine(nodes=[{"name": "one", "url": self.ari.url, "user": "guichet", "password": "secret", "sip": "127.0.0.1:5060"}])
        self.addCleanup(self.engine.close)
        self.engine.wait("service.changed", node="one", ready=True)
        self.ari.wait("a look", lambda: self.ari.looks() > 0)
        self.engine.do("station.set", agent="alice", password="pw")
        self.contact("Reachable")
        self.engine.wait("registration.changed", agent="alice", ready=True)

    def contact(self, status):
        self.say("ContactStatusChange", endpoint=ALICE, contact_info={"uri": "sip:alice@127.0.0.1:9", "contact_status": status})

    def test_telephone_misses_a_question(self):
        """It is rung on: only who does not answer the next one either is lost; who said goodbye is gone at once."""
        self.rung("leg-slow")
        self.say("Dial", peer=channel("leg-slow"), dialstatus="RINGING")
        self.contact("Unreachable")
        self.contact("Reachable")
        self.say("ChannelStateChange", channel=channel("leg-slow", "Up"))
        self.engine.wait("leg.answered", leg="leg-slow")
        self.assertEqual([e["ready"] for e in self.engine.seen("registration.changed")], [True])
        self.contact("Unreachable")
        self.engine.wait("registration.changed", agent="alice", ready=False, reason="lost")
        self.contact("Reachable")
        self.engine.wait("registration.changed", agent="alice", ready=True, reason="registered")
        self.contact("Unreachable")
        self.contact("Removed")
        self.engine.wait("registration.changed", agent="alice", ready=False, reason="unregistered")

    def way(self, link):
        """Answers at once what is not kept back."""
        for request in link.requests():
            word = request["uri"].split("?")[0].rsplit("/", 1)[-1]
            if word in self.keep:
                with self.ari.changed:
                    self.kept[word] = request
                    self.ari.changed.notify_all()
            else:
                self.ari.answer(link, request)

    def say(self, kind, **more):
        self.ari.say({"type": kind, "application": "guichet", **more})

    def answer(self, word, status=204):
        self.ari.wait(word, lambda: word in self.kept)
        self.ari.links[-1].reply(self.kept.pop(word), status)

    def rung(self, leg, *keep):
        """A leg that is made and being dialled; the answers to these requests are kept back."""
        self.keep = keep
        request = self.engine.send("originate", leg=leg, target="alice")
        self.ari.wait("the channel", lambda: self.ari.count(lambda m, u: m == "POST" and "channelId=" + leg in u) == 1)
        self.say("StasisStart", channel=channel(leg), args=["own"])
        self.ari.wait("the dialling", lambda: self.ari.count(lambda m, u: u.startswith("channels/%s/dial" % leg)) == 1)
        return request

    def told(self, leg, request):
        """All that was told of it, in order, once it has ended."""
        ended = self.engine.wait("leg.ended", leg=leg)
        self.engine.do("list")  # whatever was said before is there now
        with self.engine.condition:
            mine = [e for e in self.engine.events if e.get("leg") == leg or e.get("request") == request]
        return [e["event"] for e in mine], ended

    def test_refused_before_it_is_dialled(self):
        """The refusal overtakes the answers to its making and its dialling: the leg is told as begun, then as refused for what it was."""
        kept = {"none": (), "the dialling's": ("dial",), "both": ("create", "dial")}
        said = {486: (17, "busy"), 603: (21, "declined"), 480: (19, "unavailable")}
        for which, keep in kept.items():
            for status, (cause, word) in said.items():
                for late in (204, 404):
                    with self.subTest(kept=which, status=status, late=late):
                        leg = "leg-%d-%d-%d" % (len(keep), status, late)
                        request = self.rung(leg, *keep)
                        self.say("ChannelDestroyed", channel=channel(leg), cause=cause, tech_cause=status)
                        kinds, ended = self.told(leg, request)
                        self.assertEqual(kinds, ["done", "leg.ended"])
                        self.assertEqual((ended["cause"], ended["sip_status"], ended["by"]), (word, status, "far_end"))
                        for name in keep:
                            self.answer(name, late)
                        self.assertEqual(self.told(leg, request)[0], kinds)  # the late answers change nothing

    def test_answers_before_it_is_dialled(self):
        """So does a telephone that answers by itself; it may even have hung up again."""
        for how in ("ring", "state", "dial"):
            with self.subTest(how=how):
                leg = "leg-" + how
                request = self.rung(leg, "dial")
                if how == "ring":
                    self.say("Dial", peer=channel(leg), dialstatus="RINGING")
                if how == "dial":
                    self.say("Dial", peer=channel(leg), dialstatus="ANSWER")
                self.say("ChannelStateChange", channel=channel(leg, "Up"))
                self.say("ChannelDestroyed", channel=channel(leg), cause=16)
                kinds, ended = self.told(leg, request)
                self.assertEqual(kinds, ["done"] + ["leg.ringing"] * (how == "ring") + ["leg.answered", "leg.ended"])
                self.assertEqual((ended["cause"], ended["by"]), ("normal", "far_end"))
                self.answer("dial")
                self.assertEqual(self.told(leg, request)[0], kinds)

    def test_never_dialled(self):
        """What ends without a word of whom it should reach was not begun."""
        request = self.rung("leg-none", "dial")
        self.say("ChannelDestroyed", channel=channel("leg-none"), cause=0)
        self.assertEqual(self.engine.end_of(request)["code"], "fault")
        self.engine.do("list")
        self.assertEqual(self.engine.seen("leg.ended"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
