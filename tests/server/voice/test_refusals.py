# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may not: strangers, wrong passwords, too many calls and phones, agents' own calls, forged headers; and requests to
the engine that cannot be done."""
import socket
import tempfile
import unittest

from peers import Agent, Customer, Engine, Raw, md5, register, wait_for
import sip  # found by peers


class Refusals(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="voice-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_strangers(self):
        """Only declared trunks may call."""
        with Engine(trunks=[{"name": "far", "addresses": ["192.0.2.0/24", "127.0.0.99"]}]) as engine:
            with Customer(engine, self.folder, ends="refused:403") as customer:
                customer.wait()
            self.assertFalse(engine.seen("leg.incoming"))
            with Raw(engine, source="127.0.0.99") as trunk:
                trunk.send(trunk.message("INVITE", body="v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\n"
                                                       "m=audio 40000 RTP/AVP 0\n"))
                self.assertEqual(engine.wait("leg.incoming")["trunk"], "far")

    def test_trunk_digest(self):
        """A trunk without addresses proves itself by digest; loopback alone proves nobody."""
        with Engine(trunks=[{"name": "roaming", "user": "carrier", "password": "pw"}]) as engine:
            with Customer(engine, self.folder, ends="refused:401") as customer:
                customer.wait()
            for user, password in ("carrier", "wrong"), ("nobody", "pw"):
                with Customer(engine, self.folder, ends="refused:403", digest=(user, password)) as customer:
                    customer.wait()
            self.assertFalse(engine.seen("leg.incoming"))
            with Customer(engine, self.folder, ends="bye:300", digest=("carrier", "pw"), hz=700) as customer:
                came = engine.wait("leg.incoming")
                self.assertEqual((came["trunk"], came["number"], came["caller_number"]), ("roaming", "8001", "+33123456789"))
                engine.do("answer", leg=came["leg"])
                engine.wait("leg.answered", leg=came["leg"])
                self.assertEqual(engine.wait("leg.ended", leg=came["leg"])["by"], "far_end")
                customer.wait()

    def test_headers_from_outside(self):
        """X-Guichet-* means something only where the trunk maps it."""
        trunks = [{"name": "world", "addresses": ["127.0.0.1"], "variables": {"X-Guichet-Account": "account"}}]
        headers = "X-Guichet-Account: 4711\nX-Guichet-Offer: forged\nX-Other: ignored\n"
        with Engine(trunks=trunks) as engine, Customer(engine, self.folder, headers=headers) as customer:
            came = engine.wait("leg.incoming")
            self.assertEqual(came["variables"], {"account": "4711"})
            engine.do("hangup", leg=came["leg"], cause="busy")
            self.assertEqual(engine.wait("leg.ended", leg=came["leg"])["by"], "centre")
            customer.close()
        with Engine() as engine, Customer(engine, self.folder, headers=headers) as customer:
            self.assertNotIn("variables", engine.wait("leg.incoming"))
            customer.close()

    def test_refusal_of_each_cause(self):
        causes = {"busy": 486, "declined": 603, "unavailable": 480, "not_found": 404, "forbidden": 403, "limit": 503}
        with Engine() as engine:
            for cause, status in causes.items():
                at = engine.position()
                with self.subTest(cause), Customer(engine, self.folder, ends=f"refused:{status}") as customer:
                    leg = engine.wait("leg.incoming", after=at)["leg"]
                    engine.do("hangup", leg=leg, cause=cause)
                    self.assertEqual(engine.wait("leg.ended", leg=leg)["cause"], cause)
                    customer.wait()

    def test_too_many_calls(self):
        """The leg beyond the limit gets 503, the others go on undisturbed, stations are still rung, and room comes back."""
        # Its port is its own until the engine has ended: what is sent again reaches no other test.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent, Engine(max_calls=2) as engine:
            silent.bind(("127.0.0.1", 0))
            station = {"target_kind": "uri", "target": "sip:x@127.0.0.1:%d" % silent.getsockname()[1]}
            with Customer(engine, self.folder, hz=700) as first, Customer(engine, self.folder, hz=800) as second:
                for _ in range(2):
                    engine.wait("leg.incoming")
                wait = lambda: len(engine.seen("leg.incoming")) == 2  # noqa: E731
                from peers import wait_for
                wait_for("two legs", wait)
                legs = [e["leg"] for e in engine.seen("leg.incoming")]
                for leg in legs:
                    engine.do("answer", leg=leg)
                with Customer(engine, self.folder, ends="refused:503") as third:
                    third.wait()
                for leg in "xy":
                    engine.do("originate", leg=leg, **station)
                self.assertEqual(engine.refused("originate", leg="z", **station), "limit")
                # A phone that does not answer is told to end: the next one is rung in its place at once.
                engine.do("hangup", leg="x")
                engine.do("originate", leg="z", **station)
                engine.do("bridge.create", bridge="b")
                for leg in legs:
                    engine.do("bridge.add", bridge="b", leg=leg)
                first.sound.hears_tone(800)
                second.sound.hears_tone(700)
                engine.do("hangup", leg=legs[0])
                engine.wait("leg.ended", leg=legs[0])
                at = engine.position()
                with Customer(engine, self.folder, ends="cancel:200") as fourth:
                    leg = engine.wait("leg.incoming", after=at)["leg"]
                    engine.do("ring", leg=leg)
                    fourth.wait()

    def test_registration(self):
        with Engine(max_registrations=2) as engine:
            for agent in "alice", "bob", "carol":
                engine.do("station.set", agent=agent, password="pw-" + agent)
            engine.do("station.set", agent="dan", user="d", ha1=md5("d:guichet:pw-dan"))
            self.assertEqual(engine.refused("station.set", agent="eve", user="alice", password="x"), "exists")
            with Raw(engine) as raw:
                self.assertEqual(register(raw, "alice", "wrong")[0], 403)
                self.assertEqual(register(raw, "nobody", "pw")[0], 403)
                self.assertEqual(register(raw, "alice", "pw-bob", wrong="bob", call_id="other")[0], 403)
                self.assertFalse(engine.seen("registration.changed"))
                status, text = register(raw, "alice", "pw-alice", cseq=10)
                self.assertEqual(status, 200)
                self.assertRegex(text, r"(?im)^(Contact|m): <sip:alice@127.0.0.1:\d+>;expires=60")
                self.assertEqual(engine.wait("registration.changed", agent="alice")["reason"], "registered")
                self.assertEqual(register(raw, "alice", "pw-alice", expires=2, cseq=20)[0], 423)
                self.assertEqual(register(raw, "alice", "pw-alice", contact="*", cseq=30)[0], 400)
                self.assertEqual(register(raw, "alice", "pw-alice", contact="<mailto:a@example.org>", cseq=40)[0], 400)
                self.assertEqual(register(raw, "alice", "pw-alice", contact="<sip:a@127.0.0.1:1>, <sip:b@127.0.0.1:2>",
                                          cseq=50)[0], 403)
            with Raw(engine) as other:
                # One contact per agent: the second takes over, and the first's goodbye does not end it.
                self.assertEqual(register(other, "alice", "pw-alice")[0], 200)
                self.assertTrue(engine.wait("registration.changed", agent="alice", reason="replaced")["ready"])
                with Raw(engine) as old:
                    self.assertEqual(register(old, "alice", "pw-alice", expires=0, contact="<sip:alice@127.0.0.1:1>")[0], 200)
                self.assertFalse(engine.seen("registration.changed", agent="alice", ready=False))
                self.assertEqual(register(other, "d", "pw-dan")[0], 200)
                engine.wait("registration.changed", agent="dan", ready=True)
                self.assertEqual(register(other, "carol", "pw-carol")[0], 503)
                self.assertEqual(register(other, "alice", "pw-alice", expires=0, cseq=70)[0], 200)
                engine.wait("registration.changed", agent="alice", ready=False, reason="unregistered")
                self.assertEqual(register(other, "carol", "pw-carol", cseq=80)[0], 200)
                engine.do("station.remove", agent="carol")
                engine.wait("registration.changed", agent="carol", ready=False, reason="removed")
                self.assertEqual(register(other, "carol", "pw-carol", cseq=90)[0], 403)

    def test_registration_expires(self):
        with Engine(watch_ms=60000) as engine, Raw(engine) as raw:
            engine.do("station.set", agent="alice", password="pw")
            self.assertEqual(register(raw, "alice", "pw", expires=10)[0], 200)
            engine.wait("registration.changed", agent="alice", ready=False, reason="expired")

    def test_stations_dial(self):
        """The centre says whether they may."""
        with Engine() as engine:
            engine.do("station.set", agent="alice", password="secret")
            with Agent(engine, self.folder, answer="manual") as agent:
                engine.wait("registration.changed", agent="alice", ready=True)
                agent.command("dial", f"sip:8001@127.0.0.1:{engine.port}")
                came = engine.wait("leg.incoming")
                self.assertEqual((came["agent"], came["number"], came.get("trunk")), ("alice", "8001", None))
                engine.do("hangup", leg=came["leg"], cause="forbidden")
                wait_for("the refusal in baresip's trace", lambda: "SIP/2.0 403" in agent.log())

    def phone(self, engine, user, **more):
        engine.do("station.set", agent=user, password="pw-" + user)
        phone = sip.Phone("127.0.0.1:%d" % engine.port, user, "pw-" + user, **more)
        self.addCleanup(phone.close)
        return phone

    def test_stations_prove_themselves(self):
        """The address of a registered phone is no password, and another agent's is none either."""
        with Engine() as engine:
            for user, password in ("alice", "wrong"), ("carol", "pw-carol"):
                with self.subTest(user):
                    self.phone(engine, "carol")
                    phone = self.phone(engine, "alice")
                    phone.user, phone.password = user, password
                    self.assertEqual(phone.call("8001").wait("over").status, 403)
            self.assertFalse(engine.seen("leg.incoming"))

    def rung(self, engine, phone, leg):
        engine.do("originate", leg=leg, target=phone.user, offer="offer-" + leg, caller_number="+33123456789")
        call = phone.wait_call().answer()
        engine.wait("leg.answered", leg=leg)
        return call

    def test_transfers(self):
        """What a station may ask for, one at a time, and what it is told; nobody else may."""
        with Engine() as engine:
            alice, bob = (self.phone(engine, user) for user in ("alice", "bob"))
            call, other, bobs = self.rung(engine, alice, "a1"), self.rung(engine, alice, "a2"), self.rung(engine, bob, "b1")
            for wrong in ("", "Refer-To: <http://example.org>", "Refer-To: nothing at all", "Refer-To: <sip:127.0.0.1>",
                          "Refer-To: <sip:2001@x;method=BYE>", "Refer-To: <sip:%s@x>" % ("2" * 2000),
                          "Refer-To: <sip:2001@x?Replaces=only-a-call>", "Refer-To: <sip:2@x?Replaces=a%0d%0ab%3Bto-tag%3D1%3Bfrom-tag%3D2>",
                          "Refer-To: <sip:2001@x>\r\nRefer-To: <sip:2002@x>"):
                with self.subTest(wrong):
                    self.assertEqual(call.ask("REFER", wrong + "\r\n" if wrong else ""), 400)
            self.assertEqual(call.ask("REFER", "Refer-To: <sip:2@x?Replaces=none%3Bto-tag%3D1%3Bfrom-tag%3D2>\r\n"), 481)
            stolen = "Refer-To: <sip:2@x?Replaces=%s%%3Bto-tag%%3D1%%3Bfrom-tag%%3D2>\r\n" % bobs.call_id
            self.assertEqual(call.ask("REFER", stolen), 481)
            self.assertFalse(engine.seen("leg.transfer"))

            self.assertEqual(call.refer("sip:2001@example.org"), 202)
            asked = engine.wait("leg.transfer", leg="a1")
            self.assertEqual((asked["number"], asked["agent"], asked.get("other")), ("2001", "alice", None))
            self.assertEqual(call.ask("REFER", "Refer-To: <sip:2002@example.org>\r\n"), 491)
            for status in 180, 486:
                engine.do("transfer.report", leg="a1", status=status)
            self.assertEqual((call.wait_told(), call.told), (486, [100, 180, 486]))
            self.assertEqual(engine.refused("transfer.report", leg="a1", status=200), "wrong_state")
            self.assertEqual(engine.refused("transfer.report", leg="a1", status=99), "bad_request")

            self.assertEqual(call.refer("sip:alice@example.org", replaces=other), 202)
            self.assertEqual(engine.wait("leg.transfer", leg="a1", other="a2")["agent"], "alice")
            engine.do("transfer.report", leg="a1", status=200)
            engine.do("hangup", leg="a1")
            call.wait("over")
            self.assertEqual(call.told, [100, 200])
            self.assertEqual(other.state, "up")

            with Raw(engine) as stranger:
                stranger.send(stranger.message("REFER", headers=["Refer-To: <sip:2001@example.org>"]))
                self.assertEqual(stranger.final()[0], 403)

    def test_customers_do_not_transfer(self):
        with Engine() as engine:
            customer = sip.Phone("127.0.0.1:%d" % engine.port, "+33123456789")
            self.addCleanup(customer.close)
            call = customer.call("8001")
            leg = engine.wait("leg.incoming")["leg"]
            engine.do("answer", leg=leg)
            call.wait("up")
            self.assertEqual(call.refer("sip:2001@example.org"), 403)
            self.assertFalse(engine.seen("leg.transfer"))

    def test_requests_that_cannot_be(self):
        with Engine() as engine:
            for do in "ring", "progress", "answer", "hangup", "music.start", "music.stop":
                self.assertEqual(engine.refused(do, leg="none"), "no_such_leg", do)
                self.assertEqual(engine.refused(do), "bad_request", do)
            self.assertEqual(engine.refused("dtmf", leg="none", digits="12"), "no_such_leg")
            self.assertEqual(engine.refused("dtmf", leg="none", digits="hello"), "bad_request")
            self.assertEqual(engine.refused("bridge.add", bridge="none", leg="none"), "no_such_bridge")
            self.assertEqual(engine.refused("bridge.destroy", bridge="none"), "no_such_bridge")
            engine.do("bridge.create", bridge="b")
            self.assertEqual(engine.refused("bridge.create", bridge="b"), "exists")
            self.assertEqual(engine.refused("bridge.add", bridge="b", leg="none"), "no_such_leg")
            self.assertEqual(engine.refused("play", bridge="none", media="tone:ringback"), "no_such_bridge")
            self.assertEqual(engine.refused("play.stop", play="none"), "no_such_play")
            self.assertEqual(engine.refused("originate", leg="x", target_kind="uri", target="sip:x@192.0.2.1"), "bad_request")
            self.assertEqual(engine.refused("originate", leg="x", target_kind="uri", target="http://127.0.0.1"), "bad_request")
            self.assertEqual(engine.refused("originate", leg="x", target_kind="uri", target="sip:x@127.0.0.1",
                                            offer="a\r\nEvil: 1"), "bad_request")
            with Customer(engine, self.folder) as customer:
                leg = engine.wait("leg.incoming")["leg"]
                self.assertEqual(engine.refused("dtmf", leg=leg, digits="1"), "wrong_state")
                self.assertEqual(engine.refused("bridge.remove", bridge="b", leg=leg), "wrong_state")
                engine.do("answer", leg=leg)
                self.assertEqual(engine.refused("answer", leg=leg), "wrong_state")
                engine.do("hangup", leg=leg)
                customer.wait()


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
