# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetd is killed 200 times, at random instants and at named points, on a file system that loses what was not synced.
Every command that was acknowledged stands, once; the one under way stands or does not; the journal has no hole."""

import http.client
import os
import random
import signal
import sys
import threading
import uuid

import scene
from api import Refused, until

ROUNDS = int(os.environ.get("GUICHET_KILLS", "200"))
SEED = int(os.environ.get("GUICHET_SEED", random.randrange(1 << 30)))
POINTS = ["before_commit", "after_commit", "after_effect"]


class Kills(scene.Scene):
    program = os.environ.get("GUICHETD_TEST", "../tests/server/guichetd-test")
    config = scene.CONFIG.replace("commands_per_second=1000", "commands_per_second=100000")

    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.centre["queues"][0]["wrap_up"] = {"seconds": 3600, "required": True, "default_disposition": "other"}
        self.daemon.apply(self.centre)
        self.note = ("", 0)
        self.state = None
        self.under_way = None
        self.customers = {}
        self.acknowledged = []  # (method, path, body, key, answer) of late
        self.commands = 0

    def command(self):
        """One command of some kind; what it must leave behind is noted only after its acknowledgement."""
        kind = self.random.randrange(4)
        key = uuid.uuid4().hex
        self.under_way = None
        if kind == 0:
            text = "note %d" % self.random.randrange(1 << 30)
            call = ("PUT", "/v1/participations/%s/note" % self.part, {"text": text, "revision": self.note[1]})
            self.under_way = ("note", (text, self.note[1] + 1))
        elif kind == 1:
            queue = "small"
            wanted = self.random.choice(["ready", "paused", "out"])
            call = ("PUT", "/v1/memberships", {"queues": [queue], "state": wanted, "reason": "lunch" if wanted == "paused" else None})
            self.under_way = ("state", wanted)
        else:
            name = "Customer %d" % self.random.randrange(1 << 40)
            call = ("POST", "/v1/customers", {"name": name, "numbers": ["+359%09d" % self.random.randrange(10 ** 9)]})
            self.under_way = ("customer", name)
        answer = self.desk.call(*call, key=key)
        what, value = self.under_way
        if what == "note":
            self.note = value
        elif what == "state":
            self.state = value
        else:
            self.customers[answer["customer"]["id"]] = value
        self.under_way = None
        self.acknowledged = self.acknowledged[-20:] + [(*call, key, answer)]
        self.commands += 1

    def named(self, name):
        """Who is called so: asked again where there was no time to look at all of them."""
        asked = until(lambda: next((a for a in [self.desk.get("/v1/customers?query=" + name.replace(" ", "%20"))] if a["complete"]), None),
                      what="a whole answer")
        return asked["customers"]

    def check(self):
        desk = self.desk.desk()
        (interaction,) = desk["interactions"]
        (part,) = interaction["participations"]
        what, value = self.under_way or (None, None)
        note = (part["note"]["text"], part["note"]["revision"])
        self.assertIn(note, [self.note] + ([value] if what == "note" else []))
        self.note = note
        state = [m["state"] for m in desk["memberships"] if m["queue"] == "small"][0]
        self.assertIn(state, [self.state] + ([value] if what == "state" else []))
        self.state = state
        for call in self.random.sample(self.acknowledged, min(3, len(self.acknowledged))):
            self.assertEqual(self.desk.call(*call[:3], key=call[3]), call[4])
        for name in list(self.customers.values())[-5:]:
            self.assertEqual(len(self.named(name)), 1, name)
        if what == "customer":
            self.assertLess(len(self.named(value)), 2)

    def run_until_dead(self, how):
        timer = None
        if how is None:
            timer = threading.Timer(self.random.random() * 0.15, lambda: os.kill(self.daemon.process.pid, signal.SIGKILL))
            timer.start()
        try:
            while True:
                self.command()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            if timer:
                timer.join()
        self.daemon.wait()
        self.desk.close()

    def test_kills(self):
        sys.stderr.write("GUICHET_SEED=%d\n" % SEED)
        agent = self.agent()
        customer, interaction, part = self.answered(agent)
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.part, self.desk = part["id"], agent
        self.state = "ready"
        self.daemon.stop()
        agent.close()
        agent.phone.close()
        customer.close()
        for n in range(ROUNDS):
            point = None if n % 2 else self.random.choice(POINTS)
            env = {"GUICHET_TEST_KILL": "%s:%d" % (point, self.random.randrange(2, 25))} if point else {}
            try:
                self.daemon.start(env=env)
            except AssertionError:
                # Killed while it was starting; that too must do no harm.
                self.assertTrue(point)
                continue
            try:
                self.check()
                self.run_until_dead(point)
            except (OSError, http.client.HTTPException):
                self.assertTrue(point)
                self.daemon.wait()
                self.desk.close()
            except Refused as e:
                self.fail("round %d of seed %d: %s" % (n, SEED, e))
        self.daemon.start()
        self.check()
        found = {c: self.daemon.admin("GET", "/admin/customers/%s/export" % c)["name"] for c in self.customers}
        self.assertEqual(found, self.customers)
        numbers, since = [], 0
        while True:
            page = self.daemon.admin("GET", "/admin/journal?since=%d&limit=5000" % since)
            if not page["events"]:
                break
            numbers += [e["seq"] for e in page["events"]]
            since = page["next"]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        sys.stderr.write("%d commands acknowledged, %d customers, %d events\n" % (self.commands, len(self.customers), len(numbers)))


if __name__ == "__main__":
    scene.main()
