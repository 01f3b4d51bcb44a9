# SPDX-License-Identifier: GPL-3.0-or-later
"""A real call that is recorded: what is in the file and what is not, who hears it, what a kill leaves of it, that it goes with its
customer. The agent says 440 Hz, the customer 1000 Hz, and 2000 Hz what nobody is to keep."""

import datetime
import os
import pathlib
import sqlite3
import time
import urllib.parse

import scene
import api
import opus
import wav
from test_attachments import exchange


class Recorded(scene.Scene):
    rules = {"record": "always", "pause_seconds": 5, "pause_limit_seconds": 60, "days": 30}

    def define(self):
        self.centre["agents"].append({"id": "dora", "name": "Dora", "role": "supervisor", "skills": [], "queues": ["billing"]})
        self.centre["settings"]["recording"] = self.rules
        super().define()
        self.daemon.set_password("dora")

    def begin(self):
        agent = self.agent()
        customer, interaction, _ = self.answered(agent, hz=1000)
        self.path = "/v1/interactions/" + interaction["id"]
        return agent, customer

    def state(self, agent, wanted):
        """The next event of the recording, which is this state."""
        event = agent.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "recording" and
                           e["interaction"]["recording"]["state"] == wanted)
        return event["interaction"]["recording"]

    def record(self, agent, action):
        return agent.post(self.path + "/recording", {"action": action})

    def files(self):
        return sorted((pathlib.Path(self.daemon.data) / "recordings").glob("??/*.opus"))

    def supervisor(self):
        dora = api.Agent(self.daemon, "dora", "password")
        self.addCleanup(dora.close)
        dora.sign_in("outside_number", "+35924400009", take_over=True)
        return dora

    def has(self, file, hz):
        """Of those beside the customer."""
        (_, right), rate = opus.load(file)
        return wav.loudest(right, rate, hz) > -35

    def listed(self, agent, person):
        """The one recording of this person's one call, when its length is known."""
        (entry,) = agent.get("/v1/customers/%s/history" % person)["interactions"]
        (recording,) = entry["recordings"]
        return recording if recording["duration"] > 0 else None

    def hear(self, agent, recording):
        status, _, data = exchange(self.daemon.http, "GET", "/v1/recordings/" + recording, None, agent.token)
        return status, data

    def sound(self, recording):
        """As the supervisor hears it: (customer, others), rate."""
        status, data = self.hear(self.supervisor(), recording)
        self.assertEqual(status, 200)
        path = pathlib.Path(self.folder) / "heard.opus"
        path.write_bytes(data)
        return opus.load(path)

    def test_whole(self):
        """Paused, resumed by itself, extended, held; heard by the supervisor alone; gone with the customer."""
        agent, customer = self.begin()
        self.assertEqual(self.state(agent, "on")["record"], "always")
        customer.sound.hears_tone(440)
        self.record(agent, "pause")
        self.state(agent, "paused")
        self.state(agent, "on")
        # So long that it is not over by itself while there is something that is not to be kept.
        self.rules = dict(self.rules, pause_seconds=60, pause_limit_seconds=600)
        self.centre["settings"]["recording"] = self.rules
        self.daemon.apply(self.centre)
        self.record(agent, "pause")
        first = self.state(agent, "paused")
        self.record(agent, "extend")
        self.assertGreater(self.state(agent, "paused")["until"], first["until"])
        customer.sound.say(2000)
        customer.sound.hears_tone(440)
        customer.sound.say(600)
        customer.sound.hears_tone(440)
        self.record(agent, "resume")
        self.state(agent, "on")
        customer.sound.hears_tone(440)
        # What the customer says to the music is not kept either.
        agent.post(self.path + "/hold")
        customer.sound.hears_music()
        for hz in (2000, 600):
            customer.sound.say(hz)
            customer.sound.hears("more music", lambda s: wav.level(s) > -50, seconds=0.5)
        agent.post(self.path + "/resume")
        customer.sound.hears_tone(440)
        person = agent.post("/v1/customers", {"name": "Chantal Dubois", "numbers": []})["customer"]["id"]
        agent.put(self.path + "/customer", {"customer": person})
        agent.post(self.path + "/end")
        self.state(agent, "off")
        agent.wait_cause("wrap_up_started")

        dora = self.supervisor()
        (part,) = [p for p in agent.desk()["interactions"][0]["participations"]]
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"], {})
        agent.wait("interaction.closed")
        recording = scene.peers.wait_for("the whole file", lambda: self.listed(dora, person))
        self.assertNotIn("recordings", agent.get("/v1/customers/%s/history" % person)["interactions"][0])
        self.assertEqual(self.hear(agent, recording["id"])[0], 404)
        self.found(dora, agent, recording, person)
        (left, right), rate = self.sound(recording["id"])
        self.assertAlmostEqual(len(left) / rate, recording["duration"] / 1000, delta=0.2)
        self.assertGreater(wav.loudest(left, rate, 1000), -25)
        self.assertGreater(wav.loudest(left, rate, 600), -25)
        self.assertGreater(wav.loudest(right, rate, 440), -30)
        self.assertLess(max(wav.loudest(left, rate, 2000), wav.loudest(right, rate, 2000)), -30)

        (file,) = self.files()
        (exported,) = self.daemon.admin("GET", "/admin/customers/%s/export" % person)["interactions"]
        self.assertEqual(exported["recordings"], [recording])
        self.daemon.admin("DELETE", "/admin/customers/" + person)
        scene.peers.wait_for("the recording to go", lambda: not self.files())
        self.assertFalse(file.exists())
        self.assertEqual(self.hear(self.supervisor(), recording["id"])[0], 404)

    def found(self, dora, agent, recording, person):
        """By who, whom, where, when and a part of the number; by who leads the agent, and the agent where the centre says so."""
        def find(who, **wanted):
            answer = who.get("/v1/recordings?" + urllib.parse.urlencode(wanted))
            self.assertIsNone(answer["next"])
            return [r for i in answer["interactions"] for r in i["recordings"]]
        queue = dora.get("/v1/recordings")["interactions"][0]["queue"]
        yesterday = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        for right in ({}, {"agent": "alice"}, {"agent": "ALI"}, {"queue": queue}, {"customer": person}, {"number": "6 78"}, {"from": yesterday}):
            self.assertEqual(find(dora, **right), [recording], right)
        for wrong in ({"agent": "dora"}, {"queue": "none"}, {"customer": "none"}, {"number": "9999"}, {"before": yesterday}):
            self.assertEqual(find(dora, **wrong), [], wrong)
        self.refused(lambda: find(dora, number="abc"), 422, "invalid")
        self.assertEqual(find(agent), [])
        self.centre["teams"].append({"id": "office", "names": scene.names("Office")})
        for rules, leads, heard in ((dict(self.rules, agents_hear=True), ["office"], (404, 200)), (self.rules, [], (200, 404))):
            self.centre["settings"]["recording"] = rules
            self.centre["agents"][-1]["leads"] = leads
            self.daemon.apply(self.centre)
            self.assertEqual(tuple(self.hear(a, recording["id"])[0] for a in (dora, agent)), heard)
            self.assertEqual([len(find(a)) for a in (dora, agent)], [int(h == 200) for h in heard])

    def test_killed(self):
        """kill -9 in the middle: the file so far plays and lacks less than a second; its length is known after the restart."""
        agent, customer = self.begin()
        self.state(agent, "on")
        customer.sound.hears_tone(440)
        begun = time.monotonic()
        customer.sound.hears_tone(440)
        customer.sound.hears_tone(440)
        self.daemon.kill()
        lasted = len(customer.sound.samples(begun)) / 8000
        (file,) = self.files()
        (left, _), rate = opus.load(file)
        self.assertGreater(len(left) / rate, lasted - 1.0)
        self.assertGreater(wav.loudest(left, rate, 1000), -25)
        self.daemon.start()
        (left, right), rate = self.sound(file.stem)
        self.assertGreater(wav.loudest(right, rate, 440), -30)

        # Nothing is kept for longer than the centre says.
        self.daemon.kill()
        db = sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))
        with db:
            ((length,),) = db.execute("SELECT milliseconds FROM recording").fetchall()
            db.execute("UPDATE recording SET at = at - 31 * 86400000")
        db.close()
        self.assertAlmostEqual(length / 1000, len(left) / rate, delta=0.2)
        self.daemon.start()
        scene.peers.wait_for("the recording to go", lambda: not self.files())

    def test_consult_and_conference(self):
        """What is said in private is in no recording, a pause is noise where the queue says so and survives the conference, which is
        recorded with all who are in it."""
        for queue in self.centre["queues"]:
            queue["mask"] = "noise"
        self.daemon.apply(self.centre)
        agent, customer = self.begin()
        bob = self.agent("bob", phone=False)
        self.phone(bob, answer="manual", hz=700)
        bob.available()
        bob.wait_state("available")
        self.state(agent, "on")
        customer.sound.hears_tone(440)
        agent.post(self.path + "/consult", {"to": {"agent": "bob"}, "kind": "consult"})
        customer.sound.say(2000)
        self.rings(bob, bob.wait("offer.created")["offer"])
        bob.phone.command("accept")
        bob.wait_cause("joined")
        customer.sound.hears_music()
        customer.sound.say(600)
        self.record(agent, "pause")
        self.state(agent, "paused")
        agent.post(self.path + "/conference")
        self.assertEqual(agent.wait_cause("role")["interaction"]["recording"]["state"], "paused")
        def both(s):
            return min(wav.tone_level(s, 8000, 440), wav.tone_level(s, 8000, 700)) > -35
        customer.sound.hears("both in the pause", both, seconds=0.5)
        self.record(agent, "resume")
        self.state(agent, "on")
        customer.sound.hears("both", both)
        agent.post(self.path + "/end")
        self.state(agent, "off")
        (file,) = self.files()
        scene.peers.wait_for("the conference in it", lambda: self.has(file, 700))
        (left, right), rate = opus.load(file)
        self.assertGreater(wav.loudest(left, rate, 600), -25)
        self.assertLess(wav.loudest(left, rate, 2000), -30)
        self.assertLess(wav.loudest(right, rate, 2000), -30)
        self.assertGreater(min(wav.quiet_seconds(left, rate), wav.quiet_seconds(right, rate)), 0.4)


class OnDemand(Recorded):
    rules = {"record": "on_demand", "notice": "told", "may_pause": False}
    test_killed = test_whole = test_consult_and_conference = None

    @property
    def config(self):
        return scene.CONFIG + "[sip]\nsounds=%s\n" % self.folder

    def test_notice(self):
        """By the agent's wish: the customer is told first, and nothing is recorded before; a pause is not allowed."""
        wav.save(f"{self.folder}/told.wav", wav.tone(1700, 1.5, 16000), 16000)
        agent, customer = self.begin()
        self.assertEqual(agent.desk()["interactions"][0]["recording"]["state"], "off")
        begun = time.monotonic()
        self.record(agent, "start")
        self.state(agent, "starting")
        files = self.files()
        if agent.desk()["interactions"][0]["recording"]["state"] == "starting":
            self.assertEqual(files, [])
        customer.sound.has_heard("the notice", lambda s: wav.tone_level(s, 8000, 1700) > -35, begun, seconds=0.5)
        self.state(agent, "on")
        self.assertEqual(self.refused(lambda: self.record(agent, "pause"), 409, "not_now")["reason"], "not_enabled")
        self.refused(lambda: agent.call("POST", self.path + "/recording", {"action": "dance"}, hostile=True), 422, "invalid")
        customer.sound.hears_tone(440)
        self.record(agent, "stop")
        self.state(agent, "off")
        customer.sound.hears_tone(440)
        (file,) = self.files()
        self.supervised(agent, customer)
        (_, right), rate = opus.load(file)
        self.assertLess(wav.lasting(right, rate, 1700), -45)
        self.assertGreater(wav.loudest(right, rate, 440), -30)

    def supervised(self, agent, customer):
        """The supervisor does the same from the live view, and the agent is told where the centre says so."""
        def led(state):
            return scene.peers.wait_for(state, lambda: next((w for a in dora.get("/v1/live")["agents"] for w in a["work"]
                                                             if w["recording"] and w["recording"]["state"] == state), None))
        dora = self.supervisor()
        path = "/v1/participations/%s/recording" % led("off")["participation"]
        self.assertEqual(self.refused(lambda: agent.post(path, {"action": "start"}), 403, "not_allowed")["reason"], "not_supervisor")
        self.assertEqual(self.refused(lambda: dora.post(path, {"action": "pause"}), 409, "not_now")["reason"], "too_late")
        self.centre["settings"]["show_monitoring"] = True
        self.daemon.apply(self.centre)
        begun = time.monotonic()
        dora.post(path, {"action": "start"})
        self.state(agent, "starting")
        told = agent.wait("agent.supervised")
        self.assertEqual((told["by"], told["what"]), ("dora", "recording_started"))
        files = self.files()
        if agent.desk()["interactions"][0]["recording"]["state"] == "starting":
            self.assertEqual(len(files), 1)
        customer.sound.has_heard("the notice", lambda s: wav.tone_level(s, 8000, 1700) > -35, begun, seconds=0.5)
        self.state(agent, "on")
        led("on")
        customer.sound.hears_tone(440)
        dora.post(path, {"action": "stop"})
        self.state(agent, "off")
        self.assertEqual(agent.wait(lambda e: e["type"] == "agent.supervised" and e["what"] != told["what"])["what"], "recording_stopped")
        scene.peers.wait_for("the second file", lambda: len(self.files()) == 2)
        db = sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))
        done = [d for (d,) in db.execute("SELECT detail FROM audit WHERE who = 'dora' AND action = 'record'")]
        db.close()
        self.assertEqual(sorted(done), ["start alice", "stop alice"])


if __name__ == "__main__":
    scene.main()
