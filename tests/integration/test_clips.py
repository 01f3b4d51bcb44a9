# SPDX-License-Identifier: GPL-3.0-or-later
"""Clips at the agent API: sounds come in and are judged by their bytes, whose they are and who may change them, revisions, undo,
restarts; then in a call, where the tone of one is measured at the customer and at the agent."""

import json
import pathlib
import time

import scene
import api
import opusfile
import peers
import wav
from test_attachments import exchange


def shown(clip):
    return {k: clip[k] for k in ("scope", "label", "tags", "archived")}


class Clips(scene.Scene):
    def define(self):
        self.centre["agents"].append({"id": "dora", "name": "Dora", "role": "supervisor", "skills": [], "queues": ["billing"]})
        super().define()
        self.daemon.set_password("dora")

    def desk(self, name):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001")
        return agent.listen()

    def give(self, agent, data):
        status, _, raw = exchange(self.daemon.http, "POST", "/v1/clips/attachments", data, agent.token)
        answer = json.loads(raw)
        agent.contract.answer("POST", "/v1/clips/attachments", None, status, answer)
        return status, answer

    def sound(self, agent, hz=1000, seconds=1.0):
        status, answer = self.give(agent, opusfile.tone(hz, seconds))
        self.assertEqual(status, 200, answer)
        self.assertAlmostEqual(answer["seconds"], seconds, places=2)
        return answer["sound"]

    def create(self, agent, scope="personal", label="Opening hours", tags=("hours",), **more):
        return agent.post("/v1/clips", {"scope": scope, "label": label, "tags": list(tags), "sound": self.sound(agent, **more)})["clip"]

    def change(self, agent, clip, **more):
        return agent.put("/v1/clips/" + clip["id"], {"label": clip["label"], "tags": clip["tags"], "archived": clip["archived"],
                                                     "revision": clip["revision"], **more})["clip"]

    def delete(self, agent, clip):
        return agent.call("DELETE", "/v1/clips/%s?revision=%d" % (clip["id"], clip["revision"]))["revision"]

    def all(self, agent):
        return {c["id"]: c for c in agent.get("/v1/clips")["clips"]}

    def hear(self, agent, clip):
        status, headers, data = exchange(self.daemon.http, "GET", "/v1/clips/%s/sound" % clip["id"], None, agent.token)
        return status, headers.get("Content-Type"), data

    def files(self):
        folder = pathlib.Path(self.daemon.data) / "clips"
        return sorted(f.name for f in folder.glob("??/*"))


class Kept(Clips):
    def test_life(self):
        """Recorded, found, re-recorded, archived, deleted, brought back; nobody else hears of an agent's own."""
        alice, bob = self.desk("alice"), self.desk("bob")
        one = self.create(alice)
        self.assertEqual(shown(one), {"scope": "personal", "label": "Opening hours", "tags": ["hours"], "archived": False})
        told = alice.wait("clip.changed")
        self.assertEqual((told["clips"], told["deleted"], told["version"]), ([one], [], one["version"]))
        self.assertEqual(self.all(alice), {one["id"]: one})
        self.assertEqual(self.all(bob), {})
        self.assertEqual(self.hear(bob, one)[0], 404)
        status, kind, data = self.hear(alice, one)
        self.assertEqual((status, kind, data), (200, "audio/ogg", opusfile.tone(1000, 1.0)))

        other = self.change(alice, one, label="Closed", tags=[], sound=self.sound(alice, hz=600, seconds=2.0))
        self.assertEqual((other["label"], other["tags"], round(other["seconds"], 2)), ("Closed", [], 2.0))
        self.assertEqual(self.hear(alice, other)[2], opusfile.tone(600, 2.0))
        stale = self.refused(lambda: self.change(alice, one), 409, "conflict")
        self.assertEqual(stale["current"], other)
        away = self.change(alice, other, archived=True)
        self.assertTrue(away["archived"])

        revision = self.delete(alice, away)
        self.assertEqual(alice.wait(lambda e: e["type"] == "clip.changed" and e["deleted"])["deleted"], [one["id"]])
        self.assertEqual((self.all(alice), self.hear(alice, one)[0]), ({}, 404))
        back = self.change(alice, {**away, "revision": revision}, archived=False)
        self.assertEqual(self.all(alice), {one["id"]: back})
        self.assertEqual(self.hear(alice, back)[2], opusfile.tone(600, 2.0))
        self.assertFalse([e for e in bob.events if e["type"] == "clip.changed"])

    def test_whose(self):
        """Of the centre: everybody has it, supervisors change it; and the centre says who records at all."""
        alice, dora = self.desk("alice"), self.desk("dora")
        problem = self.refused(lambda: self.create(alice, scope="public"), 403, "not_allowed")
        self.assertEqual(problem["reason"], "not_supervisor")
        one = self.create(dora, scope="public")
        self.assertEqual(alice.wait("clip.changed")["clips"], [one])
        self.assertEqual(self.hear(alice, one)[0], 200)
        self.refused(lambda: self.change(alice, one), 403, "not_allowed")
        self.refused(lambda: self.delete(alice, one), 403, "not_allowed")
        sound = self.sound(dora)
        self.refused(lambda: alice.post("/v1/clips", {"scope": "personal", "label": "x", "tags": [], "sound": sound}), 422, "invalid")
        self.centre["settings"]["clips"] = "supervisors"
        self.daemon.apply(self.centre)
        self.assertEqual(alice.desk()["settings"]["clips"], "supervisors")
        self.assertEqual(self.give(alice, opusfile.tone(500, 1.0))[0], 403)
        self.create(dora)
        self.centre["settings"]["clips"] = "none"
        self.daemon.apply(self.centre)
        self.assertEqual(self.give(dora, opusfile.tone(500, 1.0))[1]["reason"], "not_enabled")
        self.assertIn(one["id"], self.all(alice))

    def test_wrong_sounds(self):
        """Judged by its bytes: not another kind, not cut off, neither too short nor too long, and never too many waiting."""
        alice = self.desk("alice")
        good = opusfile.tone(1000, 1.0)
        vorbis = opusfile.page([b"\x01vorbis" + bytes(23)], 0, 0, opusfile.FIRST) + opusfile.page([b"x"], 48000, 1, opusfile.LAST)
        for data, reason in ((b"RIFF" + bytes(100), "file_type"), (good[:-1], "file_type"), (good[:200], "file_type"),
                             (good + b"x", "file_type"), (good + good, "file_type"), (vorbis, "file_type"),
                             (opusfile.tone(1000, 0.1), "file_empty")):
            status, answer = self.give(alice, data)
            self.assertEqual((status, answer.get("reason")), (422, reason), len(data))
        long = opusfile.page([good[28:28 + 19]], 0, 0, opusfile.FIRST) + opusfile.page([b"x"], 48000 * 302 + 312, 1, opusfile.LAST)
        self.assertEqual(self.give(alice, long)[1]["reason"], "file_too_large")
        self.assertEqual(self.give(alice, bytes(4 * 1024 * 1024 + 1))[0], 413)
        self.assertEqual(self.files(), [])
        for _ in range(8):
            sound = self.sound(alice, seconds=0.3)
        self.assertEqual(self.give(alice, good)[0], 429)
        for label, tags, field in (("  ", [], "/label"), ("x" * 81, [], "/label"), ("x", [" "], "/tags")):
            problem = self.refused(lambda: alice.call("POST", "/v1/clips", {"scope": "personal", "label": label, "tags": tags,
                                                                            "sound": sound}, hostile=True), 422, "invalid")
            self.assertEqual(problem["field"], field)

    def test_restart(self):
        """Told of in a row only after the file is on disk: both are there after a kill."""
        alice = self.desk("alice")
        one, gone = self.create(alice), self.create(alice, label="Gone")
        revision = self.delete(alice, gone)
        alice.close()
        self.daemon.kill()
        self.daemon.start()
        again = self.desk_again("alice")
        self.assertEqual(self.all(again), {one["id"]: one})
        self.assertEqual(self.hear(again, one)[2], opusfile.tone(1000, 1.0))
        back = self.change(again, {**gone, "revision": revision})
        self.assertEqual(set(self.all(again)), {one["id"], back["id"]})

    def desk_again(self, name):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+35924400001", take_over=True)
        return agent.listen()


class Played(Clips):
    """The agent says 440 Hz, the customer 1000 Hz, the clip 2300 Hz."""

    def begin(self, seconds=3.0, **more):
        agent = self.agent()
        clip = self.create(agent, hz=2300, seconds=seconds)
        customer, interaction, part = self.answered(agent, hz=1000, **more)
        customer.sound.hears_tone(440)
        return agent, clip, customer, "/v1/interactions/" + interaction["id"], part

    def hears_clip(self, sound, there=True, since=None):
        """since: that it was heard since then, if it is over by now."""
        def check(s, level=-35.0):
            return (wav.tone_level(s, 8000, 2300) >= level) == there and wav.tone_level(s, 8000, 440) >= level
        if since is None:
            sound.hears("the clip" if there else "no clip", check, seconds=0.5)
        else:
            sound.has_heard("the clip", check, since, seconds=0.5)

    def playing(self, event):
        return event["interaction"]["playing"]

    def test_played(self):
        """Customer and agent hear it beside each other; it comes to its end, and the call goes on."""
        agent, clip, customer, path, _ = self.begin()
        self.assertIsNone(agent.get("/v1/desk")["interactions"][0]["playing"])
        begun = time.monotonic()
        agent.post(path + "/play", {"clip": clip["id"]})
        playing = self.playing(agent.wait_cause("playing"))
        self.assertEqual((playing["clip"], playing["label"], playing["by"], playing["hang_up"]),
                         (clip["id"], "Opening hours", "alice", False))
        self.hears_clip(customer.sound, since=begun)
        self.assertIsNone(self.playing(agent.wait_cause("play_ended")))
        self.hears_clip(customer.sound, there=False)
        agent.post(path + "/end")
        agent.wait_cause("wrap_up_started")
        samples, rate = peers.wait_for("what the agent heard", agent.phone.heard)
        blocks = [samples[at:at + rate // 2] for at in range(0, len(samples) - rate // 2, rate // 2)]
        with_clip = [b for b in blocks if wav.tone_level(b, rate, 2300) >= -35.0]
        self.assertTrue(4 <= len(with_clip) <= 7, len(with_clip))
        (row,) = [e for e in self.daemon.journal(path.split("/")[-1]) if e["type"] == "clip.played"]
        self.assertEqual((row["clip"], row["agent"], row["hang_up"]), (clip["id"], "alice", False))

    def test_played_and_hung_up(self):
        """At the end of the clip, not before, the call is over and wrap-up begins."""
        agent, clip, customer, path, _ = self.begin()
        begin = time.monotonic()
        agent.post(path + "/play", {"clip": clip["id"], "hang_up": True})
        self.assertTrue(self.playing(agent.wait_cause("playing"))["hang_up"])
        wrap = agent.wait_cause("wrap_up_started")
        self.assertGreater(time.monotonic() - begin, clip["seconds"] - 0.1)
        self.assertIsNone(wrap["interaction"]["playing"])
        customer.wait()
        customer.sound.close()
        heard = customer.sound.samples(begin)
        blocks = [heard[at:at + 2000] for at in range(0, len(heard) - 2000, 2000)]
        self.assertGreater(sum(wav.tone_level(b, 8000, 2300) >= -35.0 for b in blocks), 4 * clip["seconds"] - 3)

    def test_stopped(self):
        """By the agent, by hold, by another clip in its place; and nothing hangs up then."""
        agent, clip, customer, path, _ = self.begin(seconds=20.0)
        agent.post(path + "/play", {"clip": clip["id"], "hang_up": True})
        agent.wait_cause("playing")
        self.hears_clip(customer.sound)
        agent.call("DELETE", path + "/play")
        self.assertIsNone(self.playing(agent.wait_cause("play_stopped")))
        self.hears_clip(customer.sound, there=False)
        agent.call("DELETE", path + "/play")

        agent.post(path + "/play", {"clip": clip["id"], "hang_up": True})
        agent.wait_cause("playing")
        agent.post(path + "/hold")
        self.assertIsNone(self.playing(agent.wait_cause("held")))
        customer.sound.hears_music()
        problem = self.refused(lambda: agent.post(path + "/play", {"clip": clip["id"]}), 409, "not_now")
        self.assertEqual(problem["reason"], "held")
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        self.hears_clip(customer.sound, there=False)

        agent.post(path + "/play", {"clip": clip["id"]})
        agent.wait_cause("playing")
        short = self.create(agent, hz=2300, seconds=1.0, label="Short")
        agent.post(path + "/play", {"clip": short["id"]})
        self.assertEqual(self.playing(agent.wait_cause("playing"))["label"], "Short")
        agent.wait_cause("play_ended")
        self.hears_clip(customer.sound, there=False)
        self.assertEqual(agent.desk()["interactions"][0]["participations"][0]["state"], "active")

    def test_customer_hangs_up(self):
        """Then the clip is over with the call, and nothing is played any more."""
        agent, clip, customer, path, _ = self.begin(seconds=60.0, ends="told")
        agent.post(path + "/play", {"clip": clip["id"]})
        agent.wait_cause("playing")
        customer.hang_up()
        left = agent.wait_cause("customer_left")
        self.assertIsNone(self.playing(left))
        customer.wait()
        problem = self.refused(lambda: agent.post(path + "/play", {"clip": clip["id"]}), 409, "not_now")
        self.assertEqual(problem["reason"], "not_connected")

    def test_not_offered(self):
        """What is archived, deleted or another's is not played."""
        agent, clip, _, path, _ = self.begin()
        clip = self.change(agent, clip, archived=True)
        self.refused(lambda: agent.post(path + "/play", {"clip": clip["id"]}), 404, "not_found")
        self.delete(agent, clip)
        self.refused(lambda: agent.post(path + "/play", {"clip": clip["id"]}), 404, "not_found")
        bob = self.desk("bob")
        others = self.create(bob)
        self.refused(lambda: agent.post(path + "/play", {"clip": others["id"]}), 404, "not_found")
        self.refused(lambda: bob.post(path + "/play", {"clip": others["id"]}), 404, "not_found")

    def test_unreadable(self):
        """A clip whose file is gone: the desk is told that nothing is heard, and the call goes on."""
        agent, clip, customer, path, _ = self.begin()
        (name,) = self.files()
        next((pathlib.Path(self.daemon.data) / "clips").glob("??/" + name)).unlink()
        agent.post(path + "/play", {"clip": clip["id"], "hang_up": True})
        self.assertIsNone(self.playing(agent.wait_cause("play_failed")))
        self.assertEqual(agent.desk()["interactions"][0]["participations"][0]["state"], "active")


if __name__ == "__main__":
    scene.main()
