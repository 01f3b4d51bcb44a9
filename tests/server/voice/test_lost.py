# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that go without a word: killed, stopped, or cut off. The engine knows before long and rings them no more."""
import os
import signal
import socket
import tempfile
import time
import unittest

from peers import Agent, Customer, Engine, Raw, register, wait_for

# What an agent may be offered in vain: three times the engine's pause between two questions, and as long for a machine that stands still.
SOON = 30


class Lost(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="voice-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def lost(self, engine, since, agent="alice"):
        """The registration ends as lost in good time; no ringing after it."""
        engine.wait("registration.changed", agent=agent, ready=False, reason="lost")
        self.assertLess(time.monotonic() - since, SOON)
        self.assertEqual(engine.refused("originate", leg="late", target=agent, offer="o"), "not_registered")
        self.assertEqual(engine.do("list")["registrations"], [])

    def ends_unsaid(self, number, **kind):
        """Registered for long; gone by a signal that leaves no time for a goodbye."""
        with Engine(**kind.pop("engine", {})) as engine:
            engine.do("station.set", agent="alice", password="secret")
            with Agent(engine, self.folder, expires=300, **kind) as agent:
                engine.wait("registration.changed", agent="alice", ready=True)
                agent.process.send_signal(number)
                try:
                    self.lost(engine, time.monotonic())
                finally:
                    agent.process.kill()
                self.assertEqual(len(engine.seen("registration.changed")), 2)

    def test_killed(self):
        self.ends_unsaid(signal.SIGKILL)

    def test_stopped(self):
        """It is there, holds its socket, and says nothing."""
        self.ends_unsaid(signal.SIGSTOP)

    def test_killed_over_tls(self):
        import subprocess
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", f"{self.folder}/key.pem", "-out", f"{self.folder}/cafile.pem", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
                       check=True, capture_output=True)
        with open(f"{self.folder}/agent.pem", "w") as out:
            for name in "key.pem", "cafile.pem":
                out.write(open(f"{self.folder}/{name}").read())
        self.ends_unsaid(signal.SIGKILL, engine={"tls_dir": self.folder}, tls=f"{self.folder}/cafile.pem")

    def test_connection_dropped(self):
        """Over TCP: the connection that it registered with is cut, and nobody listens where it came from."""
        with Engine() as engine:
            engine.do("station.set", agent="alice", password="secret")
            with Raw(engine, "tcp") as raw:
                self.assertEqual(register(raw, "alice", "secret", expires=300)[0], 200)
                engine.wait("registration.changed", agent="alice", ready=True)
            self.lost(engine, time.monotonic())

    def test_trunk(self):
        """Silent from the start, or from some time on, it is told of, and when it is back; who does not want that is not asked."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute, \
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as alone:
            for one in peer, mute, alone:
                one.bind(("127.0.0.1", 0))
                one.settimeout(SOON)
            trunks = [{"name": name, "addresses": ["127.0.0.9"], "proxy": "sip:127.0.0.1:%d" % s.getsockname()[1],
                       "unwatched": s is alone} for name, s in (("line", peer), ("mute", mute), ("alone", alone))]

            def asked(answers):
                question, address = peer.recvfrom(65536)
                head = question.decode().split("\r\n")
                self.assertTrue(head[0].startswith("OPTIONS sip:"), head[0])
                kept = [h for h in head if h.split(":")[0].lower() in ("via", "from", "to", "call-id", "cseq", "v", "f", "t", "i")]
                if answers:
                    peer.sendto("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]).encode(), address)

            def until(answers):
                """Asked on and on, until what the engine said last is what comes of it."""
                def told():
                    asked(answers)
                    return [e["ready"] for e in engine.seen("service.changed", trunk="line")][-1:] == [answers]
                wait_for("service.changed to %s" % answers, told)

            with Engine(watch_ms=300, trunks=trunks) as engine:
                until(True)
                until(False)
                until(True)
                engine.wait("service.changed", trunk="mute", ready=False)
                self.assertEqual([e["ready"] for e in engine.seen("service.changed", trunk="mute")], [False])
                self.assertFalse(engine.seen("service.changed", trunk="alone"))
                alone.setblocking(False)
                self.assertRaises(BlockingIOError, alone.recv, 1)

    def test_one_that_lives_stays(self):
        """Asked many times, in a call and out of it, it stays registered; back again after a loss, it is ready again."""
        with Engine(watch_ms=2500) as engine:
            engine.do("station.set", agent="alice", password="secret")
            with Agent(engine, self.folder, expires=300) as agent, Customer(engine, self.folder, hz=700) as customer:
                engine.wait("registration.changed", agent="alice", ready=True)
                wait_for("a few questions", lambda: agent.log().count("OPTIONS sip:alice") > 1)
                engine.do("originate", leg="a1", target="alice", offer="o")
                engine.wait("leg.answered", leg="a1")
                before = agent.log().count("OPTIONS sip:alice")
                wait_for("questions in the call", lambda: agent.log().count("OPTIONS sip:alice") > before + 1)
                engine.do("hangup", leg="a1")
                engine.wait("leg.ended", leg="a1")
                self.assertEqual(len(engine.seen("registration.changed")), 1)
                os.kill(agent.process.pid, signal.SIGSTOP)
                engine.wait("registration.changed", agent="alice", ready=False, reason="lost")
                with Raw(engine) as raw:
                    after = engine.position()
                    self.assertEqual(register(raw, "alice", "secret")[0], 200)
                    engine.wait("registration.changed", after=after, agent="alice", ready=True, reason="registered")
                agent.process.kill()
                engine.do("hangup", leg=engine.wait("leg.incoming")["leg"])
                customer.close()


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
