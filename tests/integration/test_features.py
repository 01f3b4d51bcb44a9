# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/features.md promises and the other scenes do not show: places in queues, stations, the second call, limits, the end
of a wrap-up's time, answering by itself, and any script of the world."""

import re
import subprocess

import scene
from api import until
from scene import peers

UNICODE = "Ἑλένη 北京 – „Възстановена сума“ 🙂"


class Places(scene.Scene):
    def place(self, agent, queue):
        return [(m["state"], m["reason"]) for m in agent.desk()["memberships"] if m["queue"] == queue][0]

    def put(self, agent, queues, state, **more):
        agent.put("/v1/memberships", {"queues": queues, "state": state, **more})

    def test_one_queue_paused_the_other_ready(self):
        """Each queue's place is its own, and the agent stays available; a pause has a reason."""
        agent = self.agent()
        self.refused(lambda: self.put(agent, ["billing"], "paused"), 422, "invalid")
        self.put(agent, ["billing"], "paused", reason="lunch")
        self.assertEqual((self.place(agent, "billing"), self.place(agent, "plain")), (("paused", "lunch"), ("ready", None)))
        self.assertEqual(agent.desk()["state"]["state"], "available")
        self.customer()
        self.customer(number="8005")
        self.assertEqual(agent.wait("offer.created")["offer"]["queue"], "plain")
        until(lambda: [q for q in self.daemon.admin("GET", "/admin/status")["queues"] if q["id"] == "billing" and q["waiting"] == 1])

    def test_out_and_ready_again(self):
        agent = self.agent()
        self.put(agent, ["billing"], "out")
        self.customer()
        until(lambda: [q for q in self.daemon.admin("GET", "/admin/status")["queues"] if q["id"] == "billing" and q["waiting"] == 1])
        self.assertEqual(agent.desk()["offers"], [])
        self.put(agent, ["billing"], "ready")
        self.assertEqual(agent.wait("offer.created")["offer"]["queue"], "billing")

    def test_all_queues_at_once(self):
        agent = self.agent(phone=False)
        for state, reason in (("paused", "lunch"), ("out", None), ("ready", None)):
            self.put(agent, "all", state, **({"reason": reason} if reason else {}))
            self.assertEqual({(m["state"], m["reason"]) for m in agent.desk()["memberships"]}, {(state, reason)})

    def test_queues_of_several_kinds_in_turn(self):
        """The centre sends what waits, longest first; the agent chooses nothing."""
        agent = self.agent(available=False)
        for number in ("8005", "8001"):
            queue = {"8005": "plain", "8001": "billing"}[number]
            self.customer(number=number)
            until(lambda: [q for q in self.daemon.admin("GET", "/admin/status")["queues"]  # noqa: B023
                           if q["id"] == queue and q["waiting"] == 1])  # noqa: B023
        agent.available()
        for queue in ("plain", "billing"):
            offer = agent.wait("offer.created")["offer"]
            self.assertEqual(offer["queue"], queue)
            self.rings(agent, offer)
            agent.phone.command("accept")
            joined = agent.wait_cause("joined")
            if queue == "plain":
                agent.post("/v1/interactions/%s/end" % joined["interaction"]["id"])

    def test_signed_in_idle_and_nothing_comes(self):
        agent = self.agent(available=False)
        desk = agent.desk()["state"]
        self.assertEqual(desk["state"], "idle")
        self.customer()
        until(lambda: [q for q in self.daemon.admin("GET", "/admin/status")["queues"] if q["id"] == "billing" and q["waiting"] == 1])
        self.assertEqual(agent.desk()["offers"], [])
        agent.available()
        agent.wait("offer.created")
        self.assertEqual(self.refused(lambda: agent.call("DELETE", "/v1/session"), 409, "not_now")["reason"], "offer_outstanding")


class Stations(scene.Scene):
    config = scene.CONFIG

    def test_desk_phone_at_an_address(self):
        """A phone that registers nowhere answers; only then the conversation and its time begin."""
        agent = scene.api.Agent(self.daemon, "alice", "password")
        self.addCleanup(agent.close)
        telephone = peers.Agent(scene.Engine(self.daemon), self.folder, user="alice", answer="manual", expires=0)
        self.addCleanup(telephone.close)
        port = re.search(r"sip_listen 127.0.0.1:(\d+)", (telephone.folder / "config").read_text()).group(1)
        peers.wait_bound(int(port))
        agent.sign_in("desk_phone", "sip:alice@127.0.0.1:" + port)
        agent.listen()
        agent.phone = telephone
        agent.available()
        customer = self.customer(number="8005")
        offer = agent.wait("offer.created")["offer"]
        self.rings(agent, offer)
        telephone.command("accept")
        joined = agent.wait_cause("joined")
        self.assertGreater(joined["interaction"]["participations"][0]["joined_at"], offer["created_at"])
        customer.sound.hears_tone(440)
        self.assertEqual(self.refused(lambda: agent.put("/v1/session/station", {"kind": "softphone"}), 409, "not_now")["reason"],
                         "call_in_progress")
        telephone.command("hangup")
        agent.wait("interaction.closed")
        customer.wait()
        agent.put("/v1/session/station", {"kind": "outside_number", "address": "+35924400001"})
        self.assertEqual(agent.get("/v1/session")["station"]["kind"], "outside_number")

    def test_another_station_between_two_calls(self):
        """Calls ring where the agent said last; the softphone that is left behind takes nothing with it."""
        agent = self.agent()
        softphone = agent.phone
        customer, interaction, _ = self.answered(agent, number="8005")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        customer.wait()
        telephone = peers.Agent(scene.Engine(self.daemon), self.folder, user="alice", answer="manual", expires=0)
        self.addCleanup(telephone.close)
        port = re.search(r"sip_listen 127.0.0.1:(\d+)", (telephone.folder / "config").read_text()).group(1)
        peers.wait_bound(int(port))
        self.assertIn("password", agent.put("/v1/session/station", {"kind": "desk_phone", "address": "sip:alice@127.0.0.1:" + port})["sip"])
        agent.phone = telephone
        rung = softphone.log().count("INVITE sip:alice")
        _, interaction, _ = self.answered(agent, number="8005")
        self.assertEqual(softphone.log().count("INVITE sip:alice"), rung)
        softphone.close()
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        agent.session["sip"] = agent.put("/v1/session/station", {"kind": "softphone"})["sip"]
        self.assertFalse(agent.desk()["state"]["station_ready"])
        agent.events.clear()
        self.phone(agent)
        agent.available()
        self.answered(agent, number="8005")


class SecondCall(scene.Scene):
    def define(self):
        self.centre["settings"]["slots"] = [{"channel": "voice", "count": 2}]
        self.centre["agents"][0]["number"] = "7001"
        super().define()

    def setUp(self):
        super().setUp()
        port = peers.free_port()
        telephone = subprocess.Popen(["sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(port), "-nostdin", "-timeout", "120s"],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        self.addCleanup(lambda: (telephone.kill(), telephone.wait()))
        peers.wait_bound(port)
        self.alice = scene.api.Agent(self.daemon, "alice", "password")
        self.addCleanup(self.alice.close)
        self.alice.sign_in("desk_phone", "sip:alice@127.0.0.1:%d" % port)
        self.alice.listen()
        self.alice.available()

    def taken(self, number):
        customer = self.customer(number=number)
        return customer, self.alice.wait_cause("joined")["interaction"]["id"]

    def held(self, interaction):
        return [e["reason"] for e in self.daemon.journal(interaction) if e["type"] == "participation.held"]

    def test_second_call_holds_the_first(self):
        """A call to the agent's own number is held when a queue's call is taken; resuming it holds the other."""
        own, first = self.taken("7001")
        _, second = self.taken("8005")
        self.assertEqual((self.held(first), self.held(second)), (["second_call"], []))
        own.sound.hears_music()
        self.alice.post("/v1/interactions/%s/resume" % first)
        self.assertEqual(self.held(second), ["second_call"])


class Work(scene.Scene):
    def define(self):
        self.centre["queues"][4]["wrap_up"] = {"seconds": 3, "required": True, "default_disposition": "other"}
        self.centre["queues"][0]["dispositions"] = ["solved", "other"]
        self.centre["queues"][1].update(automatic_disposition="sold", wrap_up={"seconds": 60, "required": True})
        self.centre["dispositions"].append({"id": "sold", "names": scene.names("Sold")})
        super().define()

    def test_time_of_the_wrap_up_is_over(self):
        """Nothing is routed meanwhile; then the queue's default is submitted and the next call comes."""
        agent = self.agent()
        _, interaction, _ = self.answered(agent, number="8005")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        wrap = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]["wrap_up"]
        self.assertIsNotNone(wrap["deadline"])
        self.assertFalse(wrap["extendable"])
        self.customer(number="8005")
        closed = agent.wait("interaction.closed")
        self.assertEqual(closed["recent"]["disposition"], "other")
        offered = agent.wait("offer.created")
        self.assertGreater(offered["seq"], closed["seq"])
        last = {e["type"]: e for e in self.daemon.journal(interaction["id"])}
        self.assertEqual((last["disposition.set"]["reason"], last["wrap_up.ended"]["reason"]), ("automatic", "timeout"))

    def test_disposition_during_the_call_and_after(self):
        """One at a time, of the queue's own list, changed as often as one likes; the timer is extended once."""
        agent = self.agent()
        _, interaction, part = self.answered(agent)
        mine = "/v1/participations/" + part["id"]
        self.refused(lambda: agent.put(mine + "/disposition", {"id": "sold", "revision": 0}), 404, "not_found")
        agent.put(mine + "/disposition", {"id": "other", "revision": 0})
        agent.post("/v1/interactions/%s/hold" % interaction["id"])
        agent.wait_cause("held")
        self.assertEqual(self.refused(lambda: agent.post("/v1/interactions/%s/end" % interaction["id"]), 409, "not_now")["reason"], "held")
        agent.post("/v1/interactions/%s/resume" % interaction["id"])
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        before = agent.wait_cause("wrap_up_started")["interaction"]["participations"][0]["wrap_up"]["deadline"]
        agent.put(mine + "/disposition", {"id": None, "revision": 1})
        agent.put(mine + "/disposition", {"id": "solved", "revision": 2})
        agent.post(mine + "/wrap_up/extend")
        after = agent.wait_cause("wrap_up_extended")["interaction"]["participations"][0]["wrap_up"]
        self.assertTrue(after["deadline"] is None or after["deadline"] > before)
        self.refused(lambda: agent.post(mine + "/wrap_up/extend"), 409, "not_now")
        agent.post(mine + "/wrap_up/submit")
        self.assertEqual(agent.wait("interaction.closed")["recent"]["disposition"], "solved")
        self.refused(lambda: agent.put(mine + "/disposition", {"id": "other", "revision": 3}), 404, "not_found")

    def test_disposition_set_by_the_centre(self):
        """Of a queue whose outcome is known: set as soon as the call is answered, and nobody changes it."""
        agent = self.agent()
        _, interaction, part = self.answered(agent, number="8002")
        mine = "/v1/participations/" + part["id"]
        (part,) = agent.wait_cause("disposition")["interaction"]["participations"]
        self.assertEqual(part["disposition"], {"id": "sold", "set_by": "system", "revision": 1})
        for other in ("solved", None):
            problem = self.refused(lambda: agent.put(mine + "/disposition", {"id": other, "revision": 1}), 403, "not_allowed")  # noqa: B023
            self.assertEqual(problem["reason"], "set_by_centre")
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait_cause("wrap_up_started")
        self.refused(lambda: agent.put(mine + "/disposition", {"id": "solved", "revision": 1}), 403, "not_allowed")
        agent.post(mine + "/wrap_up/submit")
        self.assertEqual(agent.wait("interaction.closed")["recent"]["disposition"], "sold")
        (said,) = [e for e in self.daemon.journal(interaction["id"]) if e["type"] == "disposition.set"]
        self.assertEqual(said["reason"], "automatic")

    def test_limits_of_values_and_names(self):
        agent = self.agent()
        _, interaction, _ = self.answered(agent)
        path = "/v1/interactions/%s/variables/" % interaction["id"]
        refused = self.refused(lambda: agent.call("PUT", path + "mood", {"value": "é" * 257, "revision": 0}, hostile=True), 422, "invalid")
        self.assertEqual(refused["limit"], 256)
        self.assertEqual(agent.put(path + "mood", {"value": "é" * 256, "revision": 0})["revision"], 1)
        self.assertEqual(self.refused(lambda: agent.put(path + "pin", {"value": "1", "revision": 0}), 403, "not_allowed")["reason"],
                         "not_editable")
        for length, fits in ((128, True), (129, False)):
            self.centre["dispositions"][0]["names"]["en"] = "é" * length
            if fits:
                self.daemon.apply(self.centre)
            else:
                with self.assertRaises(scene.api.Refused) as caught:
                    self.daemon.apply(self.centre)
                self.assertIn("dispositions[0].names", str(caught.exception.problem))

    def test_any_script(self):
        self.centre["reasons"].append({"id": "training", "names": {"en": UNICODE}, "for_idle": True, "for_pause": True})
        self.daemon.apply(self.centre)
        agent = self.agent()
        _, interaction, part = self.answered(agent, name="Żaneta Ωmega")
        self.assertEqual(interaction["customer"]["name"], "Żaneta Ωmega")
        agent.put("/v1/participations/%s/note" % part["id"], {"text": UNICODE, "revision": 0})
        agent.put("/v1/interactions/%s/variables/mood" % interaction["id"], {"value": UNICODE, "revision": 0})
        customer = agent.post("/v1/customers", {"name": UNICODE, "numbers": [], "interaction": interaction["id"]})["customer"]
        desk = agent.desk()
        (now,) = desk["interactions"]
        self.assertEqual(customer["name"], UNICODE)
        self.assertIn(UNICODE, [v["value"] for v in now["variables"]])
        self.assertEqual(now["participations"][0]["note"]["text"], UNICODE)
        self.assertIn(UNICODE, [r["names"]["en"] for r in desk["reasons"]])


class SetByTheCentre(scene.Scene):
    """States that the centre sets, each with its cause."""

    def test_busy(self):
        agent = self.agent(answer="manual")
        self.customer()
        self.rings(agent, agent.wait("offer.created")["offer"])
        agent.phone.command("hangup")
        ended = agent.wait("offer.ended")
        self.assertEqual(ended["outcome"], "declined")
        self.assertIn(ended["reason"], ("busy", "declined"))
        agent.wait_state("idle", "refused")

    def test_unreachable(self):
        """A phone that is there no more is the machine's fault: no miss."""
        agent = self.agent()
        self.short_rings()
        agent.phone.process.kill()
        agent.phone.process.wait()
        self.customer()
        ended = agent.wait("offer.ended")
        self.assertEqual(ended["outcome"], "withdrawn")
        state = agent.wait_state("idle")["state"]
        self.assertIn(state["reason"], ("unreachable", "device_fault", "channel_failure"))


if __name__ == "__main__":
    scene.main()
