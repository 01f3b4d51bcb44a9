# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which an Asterisk tells what happens to a leg that the engine begins: its events and its answers come from
different threads of it, so that a fast telephone is heard before its dialling is answered. The Asterisk is fake_ari's."""
import os
import signal
import tempfile
import time
import unittest

from peers import Engine, wait_for  # finds the rig
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


class Keeping(unittest.TestCase):
    """An Asterisk that says what the test wants before an answer, or keeps it back until the test says so."""
    keep = ()  # ends of paths
    answers = {}  # end of the path → what is answered there

    def setUp(self):
        self.ari = fake_ari.Ari()
        self.addCleanup(self.ari.close)
        self.kept = {}  # end of the path → what was asked, until the test answers it
        self.before = {}  # end of the path → what is said before the answer to the first question there
        self.fails = {}  # end of the path → with what the first questions there fail
        self.ari.ways = [self.way]

    def start(self, **more):
        self.engine = Engine(nodes=[{"name": "one", "url": self.ari.url, "user": "guichet", "password": "secret", "sip": "127.0.0.1:5060", **more}])
        self.addCleanup(self.engine.close)

    def way(self, link):
        """Answers at once what is not kept back."""
        for request in link.requests():
            word = request["uri"].split("?")[0].rsplit("/", 1)[-1]
            for event in self.before.pop(word, ()):
                link.say({"application": "guichet", **event})
            if self.fails.get(word):
                link.reply(request, self.fails[word].pop(0))
            elif word in self.answers:
                link.reply(request, 200, self.answers[word])
            elif word in self.keep:
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


class Taking(Keeping):
    """An engine that comes back to calls which go on: what happens while it looks at them."""

    answers = {"variable": {"value": "call=i1&out=leg-1&agent=alice"}}

    def looking(self, more=(), **before):
        """A telephone rings; before=[what is said before this question has its answer]."""
        self.before = before
        self.ari.channels = [channel("leg-1", "Ringing"), *more]
        self.start()
        return self.engine.do("list")

    def test_answered_before_it_is_ours(self):
        """A telephone is answered after its channel was seen and before it is known whose it is; also before its channel is told."""
        said = {"state": {"type": "ChannelStateChange", "channel": channel("leg-1", "Up")},
                "dial": {"type": "Dial", "peer": channel("leg-1"), "dialstatus": "ANSWER"}}
        for when in ("variable", "channels"):
            for how, event in said.items():
                with self.subTest(when=when, how=how):
                    (leg,) = self.looking(**{when: [event]})["legs"]
                    self.assertEqual((leg["leg"], leg["agent"], leg["state"]), ("leg-1", "alice", "ringing"))
                    self.engine.wait("leg.answered", leg="leg-1")
                    (leg,) = self.engine.do("list")["legs"]
                    self.assertEqual(leg["state"], "up")
                    self.assertEqual(len(self.engine.seen("leg.answered")), 1)
                    self.engine.close()

    def test_gone_before_it_is_ours(self):
        listed = self.looking(variable=[{"type": "ChannelStateChange", "channel": channel("leg-1", "Up")},
                                        {"type": "ChannelDestroyed", "channel": channel("leg-1", "Up"), "cause": 16}])
        self.assertEqual(len(listed["legs"]), 1)
        self.assertEqual(self.engine.wait("leg.ended", leg="leg-1")["by"], "far_end")
        self.assertEqual(len(self.engine.seen("leg.answered", leg="leg-1")), 1)
        self.assertEqual(self.engine.do("list")["legs"], [])

    def test_comes_while_it_looks(self):
        """A call that comes after the channels were counted is not taken for one that has ended, nor is one from before the first answer."""
        comes = {"type": "StasisStart", "channel": {**channel("caller", "Ring"), "caller": {"name": "", "number": "0612"}}, "args": ["in", "8000"]}
        for when in ("ping", "guichet"):
            with self.subTest(when=when):
                self.looking(**{when: [comes]})
                self.engine.wait("leg.incoming", leg="one:caller", number="8000")
                self.assertIn("one:caller", [leg["leg"] for leg in self.engine.do("list")["legs"]])
                self.assertEqual(self.engine.seen("leg.ended"), [])
                self.engine.close()

    def test_message_ends_while_it_looks(self):
        """A caller who hangs up on a box then has left a message all the same."""
        name = "guichet-record-0-01234567-voicemail-message-m1"
        listed = self.looking([{**channel(name, "Up"), "name": "Snoop/leg-1-0001"}],
                              guichet=[{"type": "RecordingFinished", "recording": {"name": name, "state": "done"}}])
        self.assertEqual(self.engine.wait("record.found")["request"], "voicemail-message-m1")
        self.assertEqual(len(listed["legs"]), 1)
        self.assertEqual(self.ari.count(lambda m, u: m == "DELETE"), 0)
        with tempfile.TemporaryDirectory() as folder:
            request = self.engine.send("record.keep", id="voicemail-message-m1", record="voicemail-message-m1", path=folder + "/m1.opus")
            self.assertEqual(self.engine.end_of(request)["event"], "done")
        self.ari.wait("its end there", lambda: self.ari.count(lambda m, u: m == "DELETE" and u == "recordings/stored/" + name) == 1)

    def test_recording_goes_on(self):
        """Both directions of a call: begun anew where the one before us had not, told what it is to take down whatever that was, then one file."""
        names = ["guichet-record-%d-01234567-recording-r1" % i for i in (0, 1)]
        self.looking([{**channel(name, "Up"), "name": "Snoop/leg-1-0001"} for name in names])
        self.assertEqual(self.engine.wait("record.found")["request"], "recording-r1")
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/r1.opus.1.wav", "wb") as left_over:
                left_over.write(b"half")
            request = self.engine.send("record.keep", id="recording-r1", record="recording-r1", path=folder + "/r1.opus")
            self.engine.do("record.resume", record="recording-r1")
            for name in names:
                for method, what in (("POST", "channels/%s/record?name=%s&format=wav16&ifExists=fail" % (name, name)),
                                     ("DELETE", "recordings/live/%s/mute" % name), ("DELETE", "recordings/live/%s/pause" % name)):
                    self.ari.wait(what, lambda m=method, w=what: self.ari.asked.count((m, w)) == 1)
            self.engine.do("record.stop", record="recording-r1")
            for name in names:
                self.ari.wait("its stop", lambda n=name: self.ari.asked.count(("POST", "recordings/live/%s/stop" % n)) == 1)
                self.say("RecordingFinished", recording={"name": name, "state": "done"})
            self.assertEqual(self.engine.end_of(request)["event"], "done")
            self.assertEqual(os.listdir(folder), ["r1.opus"])


class Making(Keeping):
    """Many telephones that are to be made at once."""

    def setUp(self):
        super().setUp()
        self.open, self.most = [], 0  # questions about endpoints that have no answer yet; how many there were at once

    def way(self, link):
        for request in link.requests():
            if "/res_pjsip/endpoint/" in request["uri"]:
                with self.ari.changed:
                    self.open.append(request)
                    self.most = max(self.most, len(self.open))
                    self.ari.changed.notify_all()
            else:
                self.ari.answer(link, request)

    def answer_one(self):
        """None of them is there yet."""
        self.ari.wait("a question", lambda: self.open)
        with self.ari.changed:
            request = self.open.pop(0)
        self.ari.links[-1].reply(request, 404 if request["method"] == "GET" else 200, [])

    def asked(self, method, agent):
        return self.ari.count(lambda m, u: m == method and u.endswith("/endpoint/" + agent))

    def test_few_at_a_time(self):
        """A call is put through and who signs in is served while many others wait for their making."""
        self.ari.ways = [lambda link: None]  # is cut
        self.start()
        names = ["a%d" % i for i in range(40)]
        for name in names:
            self.engine.do("station.set", agent=name, password="pw")
        self.ari.ways = [self.way]
        self.ari.wait("the first", lambda: len(self.open) == 4)
        self.say("ContactStatusChange", endpoint={**ALICE, "resource": names[0]}, contact_info={"uri": "sip:a@127.0.0.1:9", "contact_status": "Reachable"})
        self.engine.wait("registration.changed", agent=names[0], ready=True)
        self.engine.send("originate", leg="leg-1", target=names[0])
        self.ari.wait("the call", lambda: self.ari.count(lambda m, u: "channelId=leg-1" in u) == 1)
        request = self.engine.send("station.set", agent="late", password="pw")
        self.engine.do("list")
        while not self.engine.seen("done", request=request):
            self.answer_one()
            self.engine.do("list")
        self.assertLess(sum(self.asked("GET", name) for name in names), 20)
        while sum(self.asked("PUT", name) for name in names) < len(names):
            self.answer_one()
        self.assertEqual(self.most, 4)


class Registered(Keeping):
    """Its telephone is there."""
    node = {}

    def setUp(self):
        super().setUp()
        self.start(**self.node)
        self.engine.wait("service.changed", node="one", ready=True)
        self.ari.wait("a look", lambda: self.ari.looks() > 0)
        self.engine.do("station.set", agent="alice", password="pw")
        self.contact("Reachable")
        self.engine.wait("registration.changed", agent="alice", ready=True)

    def contact(self, status):
        self.say("ContactStatusChange", endpoint=ALICE, contact_info={"uri": "sip:alice@127.0.0.1:9", "contact_status": status})

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


class Looked(Keeping):
    def test_comes_while_telephones_are_looked_at(self):
        """A telephone that registers before the list of those from before that moment has come is there."""
        self.keep = ("PJSIP", "guichet")  # the look goes on until it has the last answer
        self.start()
        self.ari.wait("the look", lambda: {"PJSIP", "guichet"} <= self.kept.keys())
        self.engine.do("station.set", agent="alice", password="pw")
        self.say("ContactStatusChange", endpoint=ALICE, contact_info={"uri": "sip:alice@127.0.0.1:9", "contact_status": "Reachable"})
        self.engine.wait("registration.changed", agent="alice", ready=True)
        self.ari.links[-1].reply(self.kept.pop("PJSIP"), 200, [])
        self.ari.links[-1].reply(self.kept.pop("guichet"), 200, {"name": "guichet", "channel_ids": []})
        self.engine.wait("service.changed", node="one", ready=True)
        self.say("ContactStatusChange", endpoint=ALICE, contact_info={"uri": "sip:alice@127.0.0.1:9", "contact_status": "Removed"})
        self.engine.wait("registration.changed", agent="alice", reason="unregistered")
        self.assertEqual([e["ready"] for e in self.engine.seen("registration.changed")], [True, False])


class Missed(Registered):
    """Who makes the telephones in Asterisk may have it ask with little patience."""
    node = {"make_stations": False}

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


class Standing(Registered):
    def test_answered_while_it_stood_still(self):
        """Longer than it waits for an answer: what came meanwhile counts."""
        self.keep = ("create",)
        request = self.engine.send("originate", leg="leg-still", target="alice")
        self.ari.wait("the channel", lambda: "create" in self.kept)
        begun = time.monotonic()
        os.kill(self.engine.process.pid, signal.SIGSTOP)
        try:
            self.answer("create", 200)
            self.say("StasisStart", channel=channel("leg-still"), args=["own"])
            wait_for("more than the time for an answer", lambda: time.monotonic() - begun > 6)
        finally:
            os.kill(self.engine.process.pid, signal.SIGCONT)
        self.assertEqual(self.engine.end_of(request)["event"], "done")
        self.assertEqual(self.engine.seen("service.changed", node="one", ready=False), [])


class Orders(Registered):
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

    def test_transfer_with_replaces(self):
        """Both legs stay until Asterisk has said what became of it, or one is gone, or it says nothing."""
        for how in ("said", "gone", "silent"):
            with self.subTest(how=how):
                first, second = "leg-%s-1" % how, "leg-%s-2" % how
                for leg in (first, second):
                    request = self.rung(leg)
                    self.say("ChannelStateChange", channel=channel(leg, "Up"))
                    self.engine.wait("leg.answered", leg=leg)
                    self.engine.end_of(request)
                transfer = {"referred_by": {"source_channel": channel(first, "Up")},
                            "refer_to": {"requested_destination": {"protocol_id": "a", "destination": "alice"},
                                         "destination_channel": channel(second, "Up")}}
                self.say("ChannelTransfer", **transfer)
                self.engine.wait("leg.transfer", leg=first, other=second)
                self.say("ChannelTransfer", state="channel_progress", **transfer)
                self.engine.do("transfer.report", leg=first, status=200)
                self.engine.send_all(("hangup", {"leg": first}), ("hangup", {"leg": second}),
                                     ("station.set", {"agent": "asked-after-" + how, "password": "pw"}))
                self.ari.wait("what is asked after it", lambda: self.ari.count(lambda _, uri: "asked-after-" + how in uri))
                before = self.ari.asked[:next(i for i, (_, uri) in enumerate(self.ari.asked) if "asked-after-" + how in uri)]
                self.assertFalse([a for a in before if self.hangs_up(a, first) or self.hangs_up(a, second)])
                if how == "said":
                    self.say("ChannelTransfer", state="channel_answered", **transfer)
                if how == "gone":
                    self.say("ChannelDestroyed", channel=channel(second), cause=16)
                for leg in (first, second) if how != "gone" else (first,):
                    self.ari.wait(leg + " hung up", lambda which=leg: self.hung_up(which) == 1)

    def test_sound_that_has_just_begun(self):
        """Asterisk cannot end it in that moment: it is asked again until it can, and not if it knows of none."""
        self.rung("leg-tone")
        self.say("ChannelStateChange", channel=channel("leg-tone", "Up"))
        self.engine.wait("leg.answered", leg="leg-tone")
        for fails, times in ([500, 500], 3), ([404], 1):
            play = self.engine.send("play", leg="leg-tone", media="tone:ringback", loop=True)
            self.ari.wait("the sound", lambda: self.ari.count(lambda m, u: m == "POST" and "/play/%s.1?" % play in u) == 1)
            self.fails[play + ".1"] = fails
            self.engine.do("play.stop", play=play)
            end = ("DELETE", "playbacks/%s.1" % play)
            self.ari.wait("its end", lambda: self.ari.asked.count(end) == times)
            self.engine.do("mute", leg="leg-tone")  # is answered after whatever was asked before
            self.engine.do("unmute", leg="leg-tone")
            self.assertEqual(self.ari.asked.count(end), times)

    @staticmethod
    def hangs_up(asked, leg):
        return asked[0] == "DELETE" and asked[1].startswith("channels/%s?reason" % leg)

    def hung_up(self, leg):
        return self.ari.count(lambda *asked: self.hangs_up(asked, leg))


if __name__ == "__main__":
    unittest.main(verbosity=2)
