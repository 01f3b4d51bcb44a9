# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions and streams: passwords, locks, take-over, resume, limits, repeated commands; and the phone left out where it can be."""

import concurrent.futures
import contextlib
import ctypes
import json
import os
import signal
import socket
import sqlite3
import time
import urllib.parse

import scene
from api import Agent, Refused, until


class Desk(scene.Scene):
    def desk(self, name="alice"):
        """An agent at an outside number: available without a phone of its own."""
        agent = Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        agent.listen()
        return agent

    def test_password_and_lock(self):
        agent = Agent(self.daemon, "alice", "wrong")
        self.addCleanup(agent.close)
        for _ in range(5):
            self.refused(agent.sign_in, 401, "wrong_password")
        agent.password = "password"
        self.assertGreater(self.refused(agent.sign_in, 423, "account_locked")["retry_after"], 0)
        nobody = Agent(self.daemon, "nobody", "password")
        self.addCleanup(nobody.close)
        self.refused(nobody.sign_in, 401, "wrong_password")
        # The lock outlives the daemon; a new password ends it.
        self.daemon.kill()
        self.daemon.start()
        agent.close()
        self.refused(agent.sign_in, 423, "account_locked")
        self.daemon.set_password("alice", "another password")
        agent.password = "another password"
        agent.sign_in()

    def test_taking_over(self):
        first = self.desk()
        second = Agent(self.daemon, "alice", "password")
        self.addCleanup(second.close)
        self.refused(second.sign_in, 409, "session_elsewhere")
        second.sign_in("outside_number", "+35924400001", take_over=True)
        self.assertEqual(first.wait("session.ended")["reason"], "taken_over")
        self.assertEqual(first.wait_closed(), 4401)
        self.refused(lambda: first.get("/v1/desk"), 401, "not_signed_in")
        second.desk()

    def keep_hash(self, operations, memory):
        """Alice's password, as dear to check as that."""
        out = ctypes.create_string_buffer(128)
        self.assertEqual(ctypes.CDLL("libsodium.so.23").crypto_pwhash_str(
            out, b"password", ctypes.c_ulonglong(8), ctypes.c_ulonglong(operations), ctypes.c_size_t(memory)), 0)
        with contextlib.closing(sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"), timeout=30)) as db, db:
            db.execute("UPDATE password SET hash = ? WHERE agent = 'alice'", [out.value.decode()])

    def memory(self):
        with open("/proc/%d/statm" % self.daemon.process.pid, encoding="ascii") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def test_the_later_of_two_sign_ins_stands(self):
        """The earlier one has a password that takes longer, and takes nothing over when it is through with it."""
        slow, quick = (Agent(self.daemon, "alice", "password") for _ in range(2))
        self.addCleanup(slow.close)
        self.addCleanup(quick.close)
        self.keep_hash(4, 128 << 20)
        before = self.memory()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            under_way = pool.submit(slow.sign_in, "outside_number", "+35924400001", take_over=True)
            until(lambda: self.memory() > before + (64 << 20))
            self.keep_hash(1, 8192)
            quick.sign_in("outside_number", "+35924400001", take_over=True)
            if under_way.exception():  # else it was through before, and was taken over
                self.refused(under_way.result, 409, "session_elsewhere")
        quick.desk()

    def test_sign_out_ends_the_token(self):
        agent = self.desk()
        agent.call("DELETE", "/v1/session")
        self.refused(lambda: agent.get("/v1/session"), 401, "not_signed_in")

    def test_resume(self):
        """What happened while the link was away comes in order, once; cursors of others and of old times get 410."""
        agent = self.desk()
        agent.available()
        agent.wait_state("available")
        cursor = agent.cursor
        agent.socket.close()
        agent.put("/v1/state", {"state": "idle", "reason": "lunch"})
        agent.put("/v1/memberships", {"queues": ["billing"], "state": "paused", "reason": "lunch"})
        agent.events.clear()
        agent.listen(cursor)
        changed = agent.wait_state("idle", "lunch")
        member = agent.wait("agent.membership_changed")
        self.assertLess(changed["seq"], member["seq"])
        self.assertEqual(member["prev"] >= changed["seq"], True)
        for bad in ("nonsense", cursor + "9", cursor.replace(cursor.split(".")[0], "X" * 12), cursor.rsplit(".", 1)[0] + ".999999"):
            with self.assertRaises(Exception) as caught:
                agent.listen(bad)
            self.assertIn("410", str(caught.exception))

    def test_desk_lost(self):
        agent = self.desk()
        agent.available()
        agent.wait_state("available")
        self.short_grace(1)
        agent.socket.shutdown()
        state = until(lambda: [a for a in self.daemon.admin("GET", "/admin/status")["agents"]
                               if a["id"] == "alice" and a["state"] == "idle"])
        self.assertEqual(state[0]["reason"], "desk_lost")

    def test_repeated_commands(self):
        agent = self.desk()
        first = agent.put("/v1/state", {"state": "available"}, key="one")
        agent.put("/v1/state", {"state": "idle", "reason": "lunch"}, key="two")
        self.assertEqual(agent.put("/v1/state", {"state": "available"}, key="one"), first)
        self.assertEqual(agent.desk()["state"]["state"], "idle")
        self.refused(lambda: agent.put("/v1/state", {"state": "idle", "reason": "lunch"}, key="one"), 422, "idempotency_mismatch")
        # The answer outlives the daemon.
        self.daemon.kill()
        self.daemon.start()
        agent.close()
        self.assertEqual(agent.put("/v1/state", {"state": "available"}, key="one"), first)
        self.assertEqual(agent.desk()["state"]["state"], "idle")

    def test_forced_sign_out(self):
        agent = self.desk()
        self.daemon.admin("POST", "/admin/agents/alice/sign_out", {"force": True})
        self.assertEqual(agent.wait("session.ended")["reason"], "forced")

    def test_wiping_is_the_centres_word(self):
        self.assertFalse(self.desk().get("/v1/desk")["settings"]["wipe_cache_at_sign_out"])
        self.centre["settings"]["wipe_cache_at_sign_out"] = True
        self.daemon.apply(self.centre)
        self.assertTrue(self.desk("bob").get("/v1/desk")["settings"]["wipe_cache_at_sign_out"])

    def test_limits_are_named(self):
        agent = self.desk()
        call = lambda method, path, body: (lambda: agent.call(method, path, body, hostile=True))  # noqa: E731
        self.assertEqual(self.refused(call("POST", "/v1/customers", {"name": "x" * 129, "numbers": []}), 422, "invalid")["limit"], 128)
        self.assertEqual(self.refused(call("POST", "/v1/customers", {"name": "x", "numbers": ["abc"]}), 422, "invalid")["field"],
                         "/numbers/0")
        self.assertEqual(self.refused(call("PUT", "/v1/state", {"state": "idle", "more": 1}), 400, "bad_request")["field"], "/more")
        self.refused(call("PUT", "/v1/state", {"state": "idle", "reason": "nap"}), 422, "invalid")
        self.refused(call("PUT", "/v1/memberships", {"queues": ["empty"], "state": "ready"}), 422, "invalid")
        for path, body in (("/v1/state", {"state": "idle"}), ("/v1/memberships", {"queues": ["billing"], "state": "paused"})):
            problem = self.refused(call("PUT", path, body), 422, "invalid")
            self.assertEqual((problem["field"], problem["reason"]), ("/reason", "reason_required"))
        for path, parameter in (("/v1/recent?limit=many", "limit"), ("/v1/recent?before=noon", "before"),
                                ("/v1/customers?query=x", "query"), ("/v1/journal", "interaction")):
            problem = self.refused(call("GET", path, None), 422, "invalid")
            self.assertEqual((problem["parameter"], problem.get("field")), (parameter, None))
        self.refused(lambda: agent.call("PUT", "/v1/state", {"state": "idle"}, key="x" * 65, hostile=True), 400, "bad_request")
        self.refused(lambda: agent.post("/v1/offers/o1/decline"), 404, "not_found")
        self.refused(lambda: agent.put("/v1/participations/p1/note", {"text": "x", "revision": 0}), 404, "not_found")

    def test_slow_reader(self):
        """A desk that does not read is cut off; the centre keeps its state for the grace only."""
        agent = self.desk()
        cursor = agent.cursor
        agent.socket.shutdown()
        address = urllib.parse.urlsplit(self.daemon.http)
        with socket.socket() as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)  # or the system keeps megabytes for it
            raw.connect((address.hostname, address.port))
            raw.sendall(("GET /v1/events?since=%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                         "Authorization: Bearer %s\r\n\r\n" % (cursor, agent.token)).encode())
            self.assertIn(b"101", raw.recv(20))
            name = "n" * 120
            alive = b'{"type":"heartbeat"}'  # it does not read, and lives
            beat = 0
            for i in range(4000):
                if time.monotonic() > beat:
                    beat = time.monotonic() + 3
                    raw.sendall(bytes([0x81, 0x80 | len(alive), 0, 0, 0, 0]) + alive)
                try:
                    agent.put("/v1/state", {"state": "idle", "reason": "lunch"} if i % 2 else {"state": "available"})
                except Refused as e:
                    self.assertIn(e.code, ("too_many", "not_now"), name)
                if "slow_reader" in self.daemon.read_log():
                    break
            self.assertIn("slow_reader", self.daemon.read_log())

    def test_silent_desk(self):
        agent = self.desk()
        agent.socket.send = lambda *_: None
        self.assertTrue(agent.wait_closed())
        until(lambda: "desk_silent" in self.daemon.read_log(), what="why in the log")

    def test_standstill_of_the_centre(self):
        """A centre that stood still for longer than a desk may be silent does not take its own silence for the desk's."""
        agent = self.desk()
        agent.wait("heartbeat")
        self.daemon.process.send_signal(signal.SIGSTOP)
        time.sleep(21)  # is the standstill itself
        self.daemon.process.send_signal(signal.SIGCONT)
        for _ in range(4):
            agent.wait("heartbeat")
        self.assertNotIn("desk_silent", self.daemon.read_log())

    def test_knocking_too_often(self):
        self.daemon.stop()
        self.daemon.config = scene.CONFIG.replace("requests_per_minute=6000", "requests_per_minute=5")
        self.daemon.start()
        agent = Agent(self.daemon, "alice", "wrong")
        self.addCleanup(agent.close)
        codes = []
        for _ in range(8):
            try:
                agent.get("/v1/desk")
            except Refused as e:
                codes.append(e.status)
        self.assertEqual(codes[0], 401)
        self.assertEqual(codes[-1], 429)

    def test_too_many_connections(self):
        self.daemon.stop()
        self.daemon.config = scene.CONFIG.replace("[http]", "[http]\nmax_connections=3")
        self.daemon.start()
        address = urllib.parse.urlsplit(self.daemon.http)
        open_ones = [socket.create_connection((address.hostname, address.port)) for _ in range(3)]
        with socket.create_connection((address.hostname, address.port)) as late:
            late.settimeout(scene.api.DEADLINE)
            self.assertIn(b" 503 ", late.recv(200).splitlines()[0])
        for s in open_ones:
            s.sendall(b"GET /v1/desk HTTP/1.1\r\nHost: x\r\n\r\n")
            s.settimeout(scene.api.DEADLINE)
            self.assertIn(b" 401 ", s.recv(2000).splitlines()[0])
            s.close()

    def test_events_are_shaped_as_said(self):
        agent = self.desk()
        self.assertEqual(json.loads(json.dumps(agent.wait("queue.figures")))["queues"][0]["id"], "billing")


if __name__ == "__main__":
    scene.main()
