# SPDX-License-Identifier: GPL-3.0-or-later
"""An Asterisk that is ill or hostile, beside one that is well: guichetd goes on, says in its log what happened, comes back with longer
and longer waits, and a call at the other one is not touched."""

import contextlib
import json
import os
import re
import sqlite3
import time

import scene
import fake_ari
from api import until

CHANNEL = {"id": "c1", "name": "PJSIP/trunk-00000001", "state": "Ring", "caller": {"name": "", "number": "+33123456789"},
           "dialplan": {"exten": "8005"}, "protocol_id": "call-1"}

TYPES = ("StasisStart", "StasisEnd", "ChannelStateChange", "Dial", "ChannelDestroyed", "ChannelHold", "ChannelUnhold",
         "ChannelDtmfReceived", "PlaybackFinished", "RecordingFinished", "RecordingFailed", "ContactStatusChange", "ChannelTransfer",
         "ChannelEnteredBridge", "Nothing", "")

WRONG = (None, 7, -1e300, True, "", "x" * 5000, "\u202e\u0000", [], [[]], {}, {"id": None}, {"id": []}, {"id": "no-such", "name": 7},
         {"id": "no-such", "state": "Up"}, {"id": "../../x?y&z", "name": "PJSIP/", "caller": 7, "dialplan": []})

NONSENSE = (b"", b"{", b"[]", b"null", b"7", b"\"x\"", b"{}}", b"{\"type\":\"Dial\"", b"\xef\xbb\xbf{}", b"{\"type\":1,\"type\":2}",
            b"[" * 100000, b"{\"type\":" * 5000, b"{\"type\":\"Dial\",\"a\":" + b"[" * 60 + b"]" * 60 + b"}", b"{'type':'Dial'}",
            b"{\"type\":\"Dial\",\"peer\":NaN}", b"{\"type\":\"\\ud800\"}")


def event(kind, **more):
    return {"type": kind, "application": "guichet", **more}


def nonsense(link):
    for text in NONSENSE:
        link.say(text)
    link.frame(b"\x00\xff" * 50, opcode=2)
    link.serve()


def strange_events(link):
    """Of what nobody knows, in an order that cannot be."""
    for request in link.requests():
        link.node.answer(link, request)
        if request["uri"] != "channels":
            continue
        for kind in TYPES:
            for wrong in WRONG:
                link.say(event(kind, channel=wrong, peer=wrong, args=wrong, playback=wrong, recording=wrong, digit=wrong, cause=wrong,
                               endpoint=wrong, contact_info=wrong, tech_cause=wrong, dialstatus=wrong))
        channel = dict(CHANNEL, id="early")
        for kind in ("ChannelDestroyed", "StasisEnd", "ChannelHold", "StasisStart", "StasisStart", "ChannelDestroyed", "StasisStart",
                     "StasisEnd", "ChannelStateChange", "ChannelDestroyed", "ChannelDestroyed"):
            link.say(event(kind, channel=channel, args=["in", "8005"], cause=16))
        for name in ("1", "-1", "99999999", "18446744073709551616", "x", "", 7, None, {}):
            link.say({"type": "RESTResponse", "request_id": name, "status_code": 200, "message_body": "{}"})


def strange_answers(body, status=200):
    """What is asked after the start is answered with that."""
    def way(link):
        for request in link.requests():
            if request["uri"] == "asterisk/ping" or (request["uri"].startswith("asterisk/info") and body != "status"):
                link.node.answer(link, request)
            else:
                link.say({"type": "RESTResponse", "request_id": request["request_id"], "status_code": status,
                          "message_body": body if isinstance(body, str) else json.dumps(body)})
    return way


def never_answers(link):
    """After it was taken for good."""
    for request in link.requests():
        if len(link.node.asked) and request["uri"] == "asterisk/ping" and not getattr(link, "quiet", False):
            link.quiet = True
            link.node.answer(link, request)


def huge(link):
    """A message of more than is taken."""
    for request in link.requests():
        link.node.answer(link, request)
        if request["uri"] == "channels":
            link.raw(b"\x81\x7f\x00\x00\x00\x00\x40\x00\x00\x00" + b"x" * 70000)


def cut(link):
    """In the middle of a message."""
    for request in link.requests():
        link.node.answer(link, request)
        if request["uri"] == "channels":
            link.raw(b"\x81\x7e\x10\x00" + b"{\"type\":")
            return


def bare(function):
    function.bare = True
    return function


def late(link):
    """The first question is answered only when the next one has come another way."""
    questions = link.requests()
    first, asked = next(questions), len(link.node.asked)
    link.node.wait("a question over HTTP", lambda: len(link.node.asked) > asked)
    link.node.answer(link, first)
    for request in questions:
        link.node.answer(link, request)


@bare
def refuses(link):
    link.raw(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")


@bare
def cut_at_once(link):
    link.raw(b"HTTP/1.1 101 Switching Proto")


@bare
def drips(link):
    """So slowly that it still counts as there."""
    for byte in (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
                 link.accept + b"\r\n\r\n"):
        link.raw(bytes([byte]))
    link.node.links.append(link)
    for request in link.requests():
        pieces = json.dumps({"type": "RESTResponse", "request_id": request["request_id"], "status_code": 200,
                             "message_body": "[]" if request["uri"] in ("channels", "bridges") else "{}"}).encode()
        for at in range(0, len(pieces), 7):
            link.frame(pieces[at:at + 7], opcode=1 if at == 0 else 0, final=at + 7 >= len(pieces))


class Hostile(scene.Scene):
    def setUp(self):
        self.ill, self.well = fake_ari.Ari(), fake_ari.Ari()
        self.addCleanup(self.ill.close)
        self.addCleanup(self.well.close)
        self.config = scene.CONFIG.split("[trunk")[0] + "[outages]\ntold_after_seconds=1\n[voice]\nengine=asterisk\n"
        super().setUp()

    def start_daemon(self):
        password = self.folder + "/password"
        with open(password, "w", encoding="ascii") as f:
            f.write("secret\n")
        for name, node, more in (("ill", self.ill, "stations=PJSIP/{user}@well"), ("well", self.well, "sip=127.0.0.1:5060")):
            self.daemon.config += "[asterisk %s]\nurl=%s\nuser=guichet\npassword_file=%s\n%s\n" % (name, node.url, password, more)
        self.daemon.start()

    def says(self, what, times=1):
        until(lambda: self.daemon.read_log().count(what) >= times, what="%s, %d times, in the log" % (what, times))

    def call(self):
        """One at the node that is well, waiting in its queue."""
        self.well.wait("the node that is well", lambda: self.well.looks() > 0)
        self.well.channels = [CHANNEL]
        self.well.say(event("StasisStart", channel=CHANNEL, args=["in", "8005"]))
        self.well.wait("the answer", lambda: ("POST", "channels/c1/answer") in self.well.asked)
        self.says("event=node_up node=well")
        (interaction,) = until(lambda: {e["interaction"] for e in self.daemon.journal() if e.get("interaction")}, what="the call")
        return interaction

    def ups(self):
        """Which way it was asked each time when it came."""
        return re.findall(r"event=node_up node=ill requests=(\w+)", self.daemon.read_log())

    def comes(self, way):
        """Which way it is asked when it comes anew, and has been looked at."""
        looks, ups = self.ill.looks(), len(self.ups())
        self.away(way)
        found = until(lambda: self.ups()[ups:], what="the node")
        self.ill.wait("a look", lambda: self.ill.looks() > looks)
        return found[0]

    def away(self, way):
        """The connection goes; the next one is another way."""
        begin = len(self.ill.attempts)
        self.ill.ways = [way]
        if self.ill.links:
            self.ill.links[-1].cut()
        self.ill.wait("another connection", lambda: len(self.ill.attempts) > begin)

    def told(self, kind):
        return [e["name"] for e in self.daemon.journal() if e["type"] == kind and e["kind"] == "node"]

    def untouched(self, interaction):
        self.assertIsNone(self.daemon.process.poll(), self.daemon.read_log()[-3000:])
        self.assertNotIn("DELETE", [m for m, u in self.well.asked if u.startswith("channels/c1?") or u == "channels/c1"])
        self.assertEqual([t for t in self.types(interaction) if t in ("interaction.customer_left", "interaction.closed")], [])

    def good_again(self):
        looks = self.ill.looks()
        self.away(fake_ari.Link.serve)
        self.ill.wait("a look", lambda: self.ill.looks() > looks)

    def test_hostile(self):
        interaction = self.call()
        self.ill.wait("the first look", lambda: self.ill.looks() > 0)
        ways = [("nonsense", nonsense, ("event=node_says_nonsense", len(NONSENSE) - 3)), ("strange events", strange_events, None),
                ("a huge message", huge, None), ("cut", cut, None), ("drips", drips, None)]
        ways += [("answers %.20r" % (body,), strange_answers(body), None) for body in (
            {}, [], [None, 7, "x", [], {}], "{", "[" * 50000, 7, [{"id": None, "channels": 7}, {"id": [], "name": {}}],
            [{"id": "x", "name": "guichet guichet", "channels": ["no-such", 7, None]}], "status")]
        ways += [("refused by %d" % s, strange_answers({"message": "no"}, s), None) for s in (0, 404, 500, 999999)]
        for name, way, said in ways:
            with self.subTest(name):
                begin = len(self.ill.asked)
                self.away(way)
                self.ill.wait("questions", lambda b=begin: len(self.ill.asked) > b + 3)
                if said:
                    self.says(*said)
                self.untouched(interaction)
        self.good_again()
        self.well.say(event("ChannelDestroyed", channel=CHANNEL, cause=16))
        until(lambda: "interaction.closed" in self.types(interaction), what="the end of the call")

    def test_gone(self):
        """Not there, then silent: it comes back ever more slowly, and is told as lost."""
        interaction = self.call()
        self.ill.wait("the first look", lambda: self.ill.looks() > 0)
        begin, lost = len(self.ill.attempts), self.daemon.read_log().count("event=node_lost node=ill")
        self.away(refuses)
        self.says("event=node_lost node=ill", lost + 1)
        self.ill.wait("six attempts", lambda: len(self.ill.attempts) >= begin + 6)
        times = self.ill.attempts[begin:begin + 6]
        self.assertGreater(times[5] - times[1], 3.5, times)
        until(lambda: self.told("outage.began") == ["ill"], what="that agents are told")
        self.away(cut_at_once)
        self.untouched(interaction)
        self.good_again()
        until(lambda: self.told("outage.ended") == ["ill"], what="that it is back")
        lost = self.daemon.read_log().count("event=node_lost node=ill")
        self.away(never_answers)
        self.says("event=node_lost node=ill", lost + 2)
        self.says("does not answer")
        self.untouched(interaction)
        self.good_again()

    def test_late(self):
        """Who was too slow once to say that it takes questions there is asked over HTTP, till the next connection."""
        self.ill.wait("the first look", lambda: self.ill.looks() > 0)
        self.assertEqual(self.comes(late), "http")
        # A machine that stands still makes it too slow again: then the next connection.
        until(lambda: self.comes(fake_ari.Link.serve) == "websocket", what="questions where the events are")

    def test_recording_of_a_call_that_is_over(self):
        """Found as guichetd comes back, both directions of it are stopped at once."""
        self.well.wait("the first look", lambda: self.well.looks() > 0)
        self.daemon.stop()
        with contextlib.closing(sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))) as db, db:
            db.execute("INSERT INTO recording (id, interaction, at) VALUES ('r1', 'i0000000000001', ?)", (int(time.time() * 1000),))
        names = ["guichet-record-%d-01234567-recording-r1" % i for i in (0, 1)]
        self.well.channels = [dict(CHANNEL, id=name, name="Snoop/leg-1-0001", state="Up") for name in names]
        self.daemon.start()
        for name in names:
            self.well.wait("its stop", lambda n=name: self.well.asked.count(("POST", "recordings/live/%s/stop" % n)) == 1)


if __name__ == "__main__":
    scene.main()
