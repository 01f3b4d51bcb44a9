# SPDX-License-Identifier: GPL-3.0-or-later
"""A small centre for the tests: guichetd with definitions of its own, agents by the API, their phones by baresip, customers
by SIPp. The peers are those of the voice engine's tests."""

import copy
import os
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "rig"), str(HERE.parent / "server" / "voice")]
import api  # noqa: E402
import peers  # noqa: E402

BUILD = os.environ.get("GUICHET_BUILD", str(HERE.parent.parent / "build"))


def cheap_passwords():
    """Surroundings of a guichetd in which a password costs next to nothing; see passwords.c."""
    library = os.path.abspath(os.path.join(BUILD, "tests", "integration", "passwords.so"))
    return {"LD_PRELOAD": library} if os.path.exists(library) else {}


CONFIG = """[http]
requests_per_minute=6000
commands_per_second=1000
[trunk world]
addresses=127.0.0.0/8
X-Guichet-Account=account
X-Guichet-Pin=pin
"""


def names(text):
    return {"en": text, "fr": text + " (fr)", "bg": text + " (bg)"}


def queue(name, **more):
    return {"id": name, "names": names(name), "ring_seconds": 60, "requirements": [],
            "wrap_up": {"seconds": 60, "required": True, "default_disposition": "other", "extension": 30, "extensions": 1},
            **more}


# Times that nobody exceeds who is not meant to, on the busiest machine; a test of what happens then makes them short.
CENTRE = {
    "settings": {"languages": ["en", "fr", "bg"], "slots": [{"channel": "voice", "count": 1}], "ready_at_sign_in": True,
                 "reoffer_seconds": 1, "desk_grace_seconds": 60, "visible_digits": 4},
    "skills": [], "teams": [{"id": "counter", "names": names("Counter")}],
    "dispositions": [{"id": "solved", "names": names("Solved")}, {"id": "other", "names": names("Other")}],
    "tags": [{"id": "urgent", "names": names("Urgent")}, {"id": "vip", "names": names("VIP")}],
    "reasons": [{"id": "lunch", "names": names("Lunch"), "for_idle": True, "for_pause": True}],
    "variables": [{"id": "account", "names": names("Account"), "editable": True, "on_card": 1},
                  {"id": "mood", "names": names("Mood"), "editable": True, "on_card": 2},
                  {"id": "pin", "names": names("PIN"), "secure": True}],
    "queues": [queue("billing"),
               queue("small", max_waiting=1, when_full={"action": "reject"}),
               queue("night", hours=[{"days": ["mon"], "from": "00:00", "until": "00:01"}], when_closed={"action": "reject"}),
               queue("empty", when_unstaffed={"action": "reject"}),
               queue("plain", wrap_up={"seconds": 0, "required": False})],
    "entry_points": [{"id": "line_" + q, "names": names(q), "addresses": [number], "queue": q, "language": "fr"}
                     for q, number in (("billing", "8001"), ("small", "8002"), ("night", "8003"), ("empty", "8004"),
                                       ("plain", "8005"))],
    "agents": [{"id": a, "name": a.title(), "language": "fr", "team": "counter", "skills": [],
                "queues": ["billing", "small", "night", "plain"]} for a in ("alice", "bob")],
}


class Engine:
    """What the peers want to know of an engine: its address."""

    def __init__(self, daemon):
        host, port = daemon.sip.rsplit(":", 1)
        self.host, self.port, self.tls_port = host, int(port), None


class Scene(unittest.TestCase):
    program = "server/guichetd"
    config = CONFIG

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="scene-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.daemon = api.Daemon(BUILD, program=self.program, config=self.config,
                                 env={"G_DEBUG": "gc-friendly,fatal-criticals", "MALLOC_CHECK_": "2", **cheap_passwords()})
        self.start_daemon()
        self.addCleanup(self._end)
        self.centre = copy.deepcopy(CENTRE)
        self.define()

    def start_daemon(self):
        self.daemon.start()

    def define(self):
        self.daemon.apply(self.centre)
        for agent in ("alice", "bob"):
            self.daemon.set_password(agent)

    def short_rings(self, seconds=5):
        """From now on an offer is missed after so long, or as soon as it may be."""
        for one in self.centre["queues"]:
            one["ring_seconds"] = max(seconds, 15) if "channel" in one else seconds
        self.daemon.apply(self.centre)

    def short_grace(self, seconds):
        """From now on a desk or a phone may be away for so long."""
        self.centre["settings"]["desk_grace_seconds"] = seconds
        self.daemon.apply(self.centre)

    def _end(self):
        said = self._outcome.result
        failed = any(getattr(test, "test_case", test) is self for test, _ in said.errors + said.failures)
        try:
            if self.daemon.process.poll() is None:
                self.daemon.stop(None if failed else 0)
        finally:
            if failed:
                sys.stderr.write(self.daemon.read_log()[-6000:])
            self.daemon.__exit__(RuntimeError, None, None)

    def agent(self, name="alice", phone=True, available=True, answer="manual"):
        """Signed in, listening, with a registered phone, available."""
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in()
        agent.listen()
        agent.phone = None
        if phone:
            self.phone(agent, answer=answer)
            if available:
                agent.available()
                agent.wait_state("available")
        return agent

    def phone(self, agent, **more):
        agent.phone = peers.Agent(Engine(self.daemon), self.folder, user=agent.agent, password=agent.session["sip"]["password"],
                                  **more)
        self.addCleanup(agent.phone.close)
        agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        return agent.phone

    def customer(self, number="8001", **more):
        customer = peers.Customer(Engine(self.daemon), self.folder, number=number, **more)
        self.addCleanup(customer.close)
        return customer

    def answered(self, agent, **more):
        """A customer in conversation with the agent: (customer, interaction, participation)."""
        customer = self.customer(**more)
        offer = agent.wait("offer.created")["offer"]
        self.rings(agent, offer)
        agent.phone.command("accept")
        joined = agent.wait_cause("joined")
        part = [p for p in joined["interaction"]["participations"] if p["agent"] == agent.agent][-1]
        return customer, joined["interaction"], part

    def outside(self, **more):
        outside = peers.Outside(self.folder, **more)
        self.addCleanup(outside.close)
        return outside

    def rings(self, agent, offer):
        wait = "X-Guichet-Offer: " + offer["id"]
        peers.wait_for("the phone to ring", lambda: wait in agent.phone.log())

    def refused(self, call, status, code):
        with self.assertRaises(api.Refused) as caught:
            call()
        self.assertEqual((caught.exception.status, caught.exception.code), (status, code), caught.exception.problem)
        return caught.exception.problem

    def types(self, interaction):
        return [e["type"] for e in self.daemon.journal(interaction)]


class Result(unittest.TextTestResult):
    """Says why a case failed when it does, for who reads it when the time for all of them was over first."""

    def _exc_info_to_string(self, err, test):
        text = super()._exc_info_to_string(err, test)
        self.stream.writeln("\n" + text)
        self.stream.flush()
        return text


def main():
    unittest.main(testRunner=unittest.TextTestRunner(verbosity=2, resultclass=Result))
