# SPDX-License-Identifier: GPL-3.0-or-later
"""Voicemail with real calls: how a call gets to a box, what the caller hears, what is in the file, who opens it, what a kill leaves."""

import concurrent.futures
import contextlib
import os
import pathlib
import re
import sqlite3
import time

import scene
import api
import ear
import opus
import sip
import wav
from test_attachments import exchange

VOICEMAIL = {"action": "voicemail", "box": "desk"}


class Voicemail(scene.Scene):
    @property
    def config(self):
        return scene.CONFIG + "[sip]\nsounds=%s\n" % self.folder

    def define(self):
        wav.save(f"{self.folder}/leave.wav", wav.tone(1700, 1.0, 16000), 16000)
        self.centre["voicemail_boxes"] = [
            {"id": "desk", "names": scene.names("Desk"), "queue": "billing", "greeting": "leave", "least_seconds": 1},
            {"id": "bob", "names": scene.names("Bob"), "agent": "bob", "least_seconds": 1}]
        for queue in self.centre["queues"]:
            if queue["id"] in ("night", "empty"):
                queue["when_closed"] = queue["when_unstaffed"] = VOICEMAIL
            if queue["id"] == "plain":
                queue.update(max_wait_seconds=1, when_waited_too_long=VOICEMAIL)
        self.centre["settings"]["recording"] = {"agents_hear": True}
        self.centre["agents"].append({"id": "dora", "name": "Dora", "skills": [], "queues": ["night"]})
        super().define()
        self.daemon.set_password("dora")

    def desk(self, name, **more):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+3592440000" + str(len(name)), **more)
        return agent.listen()

    def box(self, agent, box="desk"):
        (one,) = [b for b in agent.get("/v1/voicemail")["boxes"] if b["id"] == box]
        return one["messages"], one["new"]

    def files(self):
        return sorted((pathlib.Path(self.daemon.data) / "recordings").glob("??/*.opus"))

    def arrives(self, agent):
        event = agent.wait(lambda e: e["type"] == "voicemail.changed" and e["voicemails"])
        return event["voicemails"][0]

    def hear(self, agent, message):
        status, _, data = exchange(self.daemon.http, "GET", "/v1/voicemail/%s/sound" % message["id"], None, agent.token)
        if status != 200:
            return status
        path = pathlib.Path(self.folder) / "heard.opus"
        path.write_bytes(data)
        return opus.load(path)

    def recorded(self, caller):
        """The caller has heard the greeting, then the tone."""
        for what, hz in (("the greeting", 1700), ("the tone", 800)):
            ear.catch(what, caller.sound, hz)
        scene.peers.wait_for("the recording", self.files)

    def says(self, caller, seconds):
        """So much, then #; the centre hangs up."""
        begun = time.monotonic()
        scene.peers.wait_for("some words", lambda: len(caller.sound.samples(begun)) > seconds * 8000)
        caller.sound.key("#")
        caller.wait()

    def test_left_heard_deleted(self):
        """A queue that is closed: greeting, tone, message until the key #; listened to, marked, deleted and brought back."""
        alice, dora = self.desk("alice"), self.desk("dora")
        caller = self.customer(number="8003", hz=1000)
        self.recorded(caller)
        self.says(caller, 1.5)
        message = self.arrives(alice)
        self.assertEqual((message["box"]["id"], message["heard"], message["number"]), ("desk", False, "••••6789"))
        self.assertGreater(message["duration"], 1200)
        self.assertEqual(self.box(alice), (1, 1))
        self.assertEqual(dora.get("/v1/voicemail"), {"boxes": [], "voicemails": []})
        self.assertEqual(self.hear(dora, message), 404)
        (sound, rate) = self.hear(alice, message)
        self.assertAlmostEqual(len(sound[0]) / rate, message["duration"] / 1000, delta=0.2)
        self.assertGreater(wav.loudest(sound[0], rate, 1000), -25)
        self.assertLess(wav.lasting(sound[0], rate, 1700), -40)
        # Whoever opens the box knows whom to call back; here there is no queue in whose name.
        back = {"interaction": message["interaction"]}
        self.assertEqual(self.refused(lambda: alice.post("/v1/calls", back), 409, "not_now")["reason"], "no_queue_to_call_for")
        self.refused(lambda: dora.post("/v1/calls", back), 404, "not_found")
        path = "/v1/voicemail/" + message["id"]
        alice.put(path, {"heard": True})
        alice.wait(lambda e: e["type"] == "voicemail.changed" and e["boxes"][0]["new"] == 0)
        alice.call("DELETE", path)
        gone = alice.wait(lambda e: e["type"] == "voicemail.changed" and e["deleted"])
        self.assertEqual((gone["deleted"], gone["boxes"][0]["messages"]), ([message["id"]], 0))
        self.assertEqual(self.hear(alice, message), 404)
        alice.put(path, {"heard": True})
        self.assertEqual(self.arrives(alice)["id"], message["id"])
        self.assertEqual(self.box(alice), (1, 0))
        self.refused(lambda: dora.put(path, {"heard": False}), 404, "not_found")
        self.assertEqual(self.outcome(message), "voicemail")

    def outcome(self, message):
        closed = [e for e in self.daemon.journal(message["interaction"]) if e["type"] == "interaction.closed"]
        return closed[0]["outcome"] if closed else None

    def test_ways_to_a_box(self):
        """Nobody staffs the queue, it was waited too long; what is silent or too short is not kept."""
        bob = self.desk("bob")
        caller = self.customer(number="8004", hz=0, ends="told")
        self.recorded(caller)
        begun = time.monotonic()
        scene.peers.wait_for("some silence", lambda: len(caller.sound.samples(begun)) > 8000)
        caller.hang_up()
        caller.wait()
        scene.peers.wait_for("the silence to go", lambda: not self.files())
        caller = self.customer(number="8004", hz=1000)
        self.recorded(caller)
        self.says(caller, 1.5)
        message = self.arrives(bob)
        self.assertGreater(message["duration"], 900)
        # The box's limit ends what goes on for longer.
        self.centre["voicemail_boxes"][0]["seconds"] = 4
        self.daemon.apply(self.centre)
        caller = self.customer(number="8005", hz=700)
        self.recorded(caller)
        caller.wait()
        message = self.arrives(bob)
        self.assertGreater(message["duration"], 3500)
        self.assertLess(message["duration"], 5500)
        self.assertEqual(self.box(bob), (2, 2))
        self.assertIn("interaction.voicemail", self.types(message["interaction"]))

    def keyed(self, caller, digits, hz=None):
        """Keys them, then hears that tone."""
        begun = time.monotonic()
        caller.sound.pace = 1600
        for digit in digits:
            caller.sound.key(digit)
        if hz is not None:
            ear.catch("%d Hz after %s" % (hz, digits), caller.sound, hz, begun)

    def test_by_keypad(self):
        """From any phone: box and PIN by keys, then what was said, again, next, deleted; three wrong PINs end it, on any box."""
        alice = self.desk("alice")
        self.refused(lambda: self.daemon.admin("POST", "/admin/pin", {"pin": "12"}), 422, "invalid")
        pin = self.daemon.admin("POST", "/admin/pin", {"pin": "2468"})["pin"]
        self.centre["settings"]["voicemail_number"] = "8999"
        self.centre["voicemail_boxes"][0].update(key="17", pin=pin)
        for name, hz in (("box", 1900), ("pin", 2100), ("wrong", 2300), ("end", 2500)):
            wav.save(f"{self.folder}/voicemail-{name}.wav", wav.tone(hz, 1.0, 16000), 16000)
        self.daemon.apply(self.centre)
        for hz in (1000, 1300):
            caller = self.customer(number="8003", hz=hz)
            self.recorded(caller)
            self.says(caller, 1.5)
            self.arrives(alice)
        self.assertEqual(self.box(alice), (2, 2))
        caller = self.customer(number="8999", hz=0)
        self.asked(caller)
        self.keyed(caller, "17#", 2100)
        self.keyed(caller, "1111#", 2300)
        self.keyed(caller, "17#", 2100)
        self.keyed(caller, "2468#", 1000)
        alice.wait(lambda e: e["type"] == "voicemail.changed" and e["boxes"][0]["new"] == 1)
        caller.sound.hears("the end of it", lambda s: wav.loudest(s, 8000, 1000) < -50, seconds=0.5)
        self.keyed(caller, "1", 1000)
        self.keyed(caller, "3", 1300)
        gone = alice.wait(lambda e: e["type"] == "voicemail.changed" and e["deleted"])
        self.assertEqual(gone["boxes"][0]["messages"], 1)
        self.keyed(caller, "2", 2500)
        caller.wait()
        api.until(lambda: self.box(alice) == (1, 0), what="one message, heard")
        caller = self.customer(number="8999", hz=0)
        self.asked(caller)
        for box, pin in (("17", "1111"), ("18", "2468"), ("17", "")):
            self.keyed(caller, box + "#", 2100)
            self.keyed(caller, pin + "#", 2300)
        caller.wait()

    def asked(self, caller):
        ear.catch("the first question", caller.sound, 1900)

    def fails_thrice(self, caller):
        self.asked(caller)
        for _ in range(3):
            self.keyed(caller, "18#", 2100)
            self.keyed(caller, "1111#", 2300)
        caller.wait()

    def test_pin_of_ones_own(self):
        """Chosen at the desk and asked for on other phones, not on the own one; reset and set by the administrator; kept as a hash."""
        bob, dora = self.agent("bob", phone=False), self.desk("dora")
        pin, admin = "/v1/voicemail-pin", "/admin/agents/bob/voicemail_pin"
        self.refused(lambda: bob.get(pin), 404, "not_found")
        self.centre["settings"]["voicemail_number"] = "8999"
        self.centre["voicemail_boxes"][0].update(key="18")
        self.assertIn("key and pin", str(self.refused(lambda: self.daemon.apply(self.centre), 422, "invalid")))
        self.centre["voicemail_boxes"][1].update(key=self.centre["voicemail_boxes"][0].pop("key"))
        for name, hz in (("box", 1900), ("pin", 2100), ("wrong", 2300), ("end", 2500)):
            wav.save(f"{self.folder}/voicemail-{name}.wav", wav.tone(hz, 1.0, 16000), 16000)
        self.daemon.apply(self.centre)
        self.refused(lambda: dora.get(pin), 404, "not_found")
        self.refused(lambda: dora.put(pin, {"pin": "2468"}), 404, "not_found")
        self.assertEqual(bob.get(pin), {"number": "8999", "key": "18", "set": False})
        own = sip.Phone(self.daemon.sip, "bob", bob.session["sip"]["password"])
        self.addCleanup(own.close)
        bob.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        for key in "#", "18#":
            call = own.call("8999")
            self.asked(call)
            self.keyed(call, key, 2500)
            call.wait("over")
        # There is no PIN, so that nothing opens it from elsewhere until there is one.
        caller = self.customer(number="8999", hz=0)
        self.asked(caller)
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "975311#", 2300)
        for wrong in "123", "1234567890123", "12a4", "":
            self.refused(lambda: bob.call("PUT", pin, {"pin": wrong}, hostile=True), 422, "invalid")
        bob.put(pin, {"pin": "975311"})
        self.assertEqual(bob.get(pin)["set"], True)
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "975311#", 2500)
        caller.wait()
        self.daemon.admin("DELETE", admin)
        self.assertEqual(bob.get(pin)["set"], False)
        caller = self.customer(number="8999", hz=0)
        self.asked(caller)
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "975311#", 2300)
        self.daemon.admin("PUT", admin, {"pin": "864200"})
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "864200#", 2500)
        caller.wait()
        self.refused(lambda: self.daemon.admin("PUT", admin.replace("bob", "nobody"), {"pin": "864200"}), 404, "not_found")
        # Nine wrong ones in a row, whoever calls: nothing opens it until it has a new PIN.
        callers = [self.customer(number="8999", hz=0) for _ in range(3)]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(self.fails_thrice, callers))
        caller = self.customer(number="8999", hz=0)
        self.asked(caller)
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "864200#", 2300)
        bob.put(pin, {"pin": "531975"})
        self.keyed(caller, "18#", 2100)
        self.keyed(caller, "531975#", 2500)
        caller.wait()
        with contextlib.closing(sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))) as db:
            kept = str([db.execute("SELECT * FROM " + table).fetchall() for table in ("audit", "idempotency", "journal", "voicemail_pin")])
            answers = db.execute("SELECT count(*) FROM idempotency WHERE agent = 'bob'").fetchone()
            done = db.execute("SELECT who, action, detail FROM audit WHERE action LIKE 'voicemail_pin%' ORDER BY at, rowid").fetchall()
        self.assertEqual(done, [("bob", "voicemail_pin_set", "bob"), ("admin", "voicemail_pin_reset", "bob"), ("admin", "voicemail_pin_set", "bob"),
                                ("bob", "voicemail_pin_set", "bob")])
        self.assertEqual(answers, (0,))  # the mark of a request that they keep would tell the PIN
        self.assertIn("('bob', '$argon2id$", kept)
        self.assertIsNone(re.search(r"(?<!\d)(975311|864200|531975)(?!\d)", kept))

    def test_given_by_an_agent(self):
        """To a colleague who is signed out, where one who could take the call gets it directly; the giver wraps up."""
        alice = self.agent()
        caller, interaction, part = self.answered(alice, hz=1000)
        path = "/v1/interactions/" + interaction["id"]
        row = self.row(alice, interaction)
        self.assertEqual((row["box"], row["actions"]["voicemail"], row["actions"]["transfer"]), ("bob", "allowed", "owner_away"))
        self.assertEqual(self.to_voicemail(alice, interaction), {"night": "closed", "empty": "unstaffed"})
        bob = self.agent("bob", phone=False)
        self.phone(bob)
        bob.available()
        bob.wait_state("available")
        self.assertEqual(self.row(alice, interaction)["actions"]["voicemail"], "agent_ready")
        refused = self.refused(lambda: alice.post(path + "/transfer", {"to": {"box": "bob"}}), 409, "not_now")
        self.assertEqual(refused["reason"], "agent_ready")
        self.refused(lambda: alice.post(path + "/transfer", {"to": {"box": "nobodys"}}), 404, "not_found")
        bob.put("/v1/state", {"state": "idle", "reason": "lunch"})
        bob.wait_state("idle")
        alice.post(path + "/transfer", {"to": {"box": "bob"}})
        alice.wait_cause("wrap_up_started")
        scene.peers.wait_for("the recording", self.files)
        self.says(caller, 1.5)
        message = self.arrives(bob)
        self.assertEqual((message["box"]["id"], message["interaction"]), ("bob", interaction["id"]))
        self.assertEqual(self.box(bob, "bob"), (1, 1))
        self.assertEqual([b["id"] for b in alice.get("/v1/voicemail")["boxes"]], ["desk"])
        # Who had the call hears its recordings, not what was said to somebody else's box.
        self.refused(lambda: alice.get("/v1/recordings/" + message["id"]), 404, "not_found")
        self.assertEqual(alice.get("/v1/recordings")["interactions"], [])

    def to_voicemail(self, agent, interaction):
        """Of the queues that take a transfer: those that lead to a box, with why."""
        items = agent.get("/v1/directory?kinds=queue&interaction=" + interaction["id"])["items"]
        self.assertEqual({i["id"] for i in items if i["actions"]["transfer"] == "allowed"},
                         {"billing", "small", "night", "empty", "plain"})
        return {i["id"]: i["to_voicemail"] for i in items if "to_voicemail" in i}

    def test_given_to_a_team_whose_queue_is_closed(self):
        """As if given to the queue: said beforehand, then the box; a colleague there cannot be asked."""
        alice = self.agent()
        caller, interaction, part = self.answered(alice, hz=1000)
        for queue in self.centre["queues"]:
            if queue["id"] == "billing":
                queue.update(hours=[{"days": ["mon"], "from": "00:00", "until": "00:01"}], when_closed=VOICEMAIL)
        self.daemon.apply(self.centre)
        (team,) = alice.get("/v1/directory?kinds=team&interaction=" + interaction["id"])["items"]
        self.assertEqual((team["actions"]["transfer"], team["to_voicemail"], team["actions"]["consult"]), ("allowed", "closed", "closed"))
        alice.post("/v1/interactions/%s/transfer" % interaction["id"], {"to": {"team": "counter"}})
        alice.wait_cause("wrap_up_started")
        scene.peers.wait_for("the recording", self.files)
        self.says(caller, 1.5)
        message = self.arrives(alice)
        self.assertEqual((message["box"]["id"], message["interaction"]), ("desk", interaction["id"]))

    def row(self, agent, interaction):
        items = agent.get("/v1/directory?kinds=agent&interaction=" + interaction["id"])["items"]
        (row,) = [i for i in items if i["id"] == "bob"]
        return row

    def test_killed(self):
        """kill -9 amid a message: what was said so far is listed after the restart, and lacks less than a second."""
        self.desk("alice").close()
        caller = self.customer(number="8003", hz=1000)
        self.recorded(caller)
        begun = time.monotonic()
        scene.peers.wait_for("some words", lambda: len(caller.sound.samples(begun)) > 2 * 8000)
        self.daemon.kill()
        lasted = len(caller.sound.samples(begun)) / 8000
        self.daemon.start()
        alice = self.desk("alice", take_over=True)
        (message,) = alice.get("/v1/voicemail")["voicemails"]
        self.assertGreater(message["duration"] / 1000, lasted - 1.0)
        (sound, rate) = self.hear(alice, message)
        self.assertGreater(wav.loudest(sound[0], rate, 1000), -25)
        self.assertEqual(self.box(alice), (1, 1))
        # It is no less there when it is old: of what is an hour old, only what no row has goes.
        (path,) = self.files()
        orphan = path.with_name(path.name[:3] + "0.opus")
        orphan.write_bytes(b"nobody's")
        for one in path, orphan:
            os.utime(one, (path.stat().st_atime, path.stat().st_mtime - 7200))
        self.daemon.stop()
        self.daemon.start()
        scene.peers.wait_for("the orphan to go", lambda: not orphan.exists())
        alice = self.desk("alice", take_over=True)
        self.assertGreater(wav.loudest(self.hear(alice, message)[0][0], rate, 1000), -25)


if __name__ == "__main__":
    scene.main()
