# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole centre on a real Asterisk: SIPp's customers, baresip as the agent's phone, the agent API; and what is left when
guichetd or Asterisk is killed in mid-call."""
import os
import pathlib
import signal
import time

import numpy

import stage
import api
import ear
import opus
import scene
from peers import wait_for, wav

MUSIC = 440  # of this Asterisk


def setUpModule():
    global NODE
    NODE = stage.Node()


def tearDownModule():
    NODE.close()


class Centre(scene.Scene):
    def setUp(self):
        self.config = scene.CONFIG.split("[trunk")[0] + "[voice]\nengine=asterisk\n" + NODE.group(
            sip="127.0.0.1:%d" % NODE.port) + "[trunk trunk]\nX-Guichet-Account=account\nX-Guichet-Pin=pin\n"
        super().setUp()

    def phone(self, agent, **more):
        return super().phone(agent, hz=600, **more)

    def both_hear(self, agent, customer):
        """The customer now; the agent as its phone wrote it down, when the call is over."""
        customer.sound.hears_tone(600)
        wait_for("sound at the agent's", lambda: agent.phone.process.poll() is None)

    def agent_heard(self, agent, hz=1000, seconds=2):
        samples, rate = wait_for("what the agent heard", agent.phone.heard)
        parts = [samples[i:i + rate // 2] for i in range(0, len(samples) - rate // 2, rate // 2)]
        self.assertGreaterEqual(sum(wav.has_tone(p, rate, hz, share=0.7) for p in parts), 2 * seconds)

    def wrap_up(self, agent, part):
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait("interaction.closed")

    def calls_again(self, agent, **more):
        """A call from its ring to its end."""
        customer, interaction, _ = self.answered(agent, number="8005", **more)
        customer.sound.hears_tone(600)
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        agent.wait("interaction.closed")
        customer.wait()

    def test_whole_call(self):
        agent = self.agent()
        customer = self.customer(hz=1000, headers="X-Guichet-Account: K-4711\nX-Guichet-Pin: 4242\n")
        created = agent.wait("offer.created")
        self.assertEqual(created["offer"]["customer"]["number"], "••••6789")
        self.assertEqual(created["offer"]["card"], [{"variable": "account", "value": "K-4711"},
                                                    {"variable": "mood", "value": None}])
        customer.sound.hears_tone(MUSIC)
        self.rings(agent, created["offer"])
        agent.phone.command("accept")
        joined = agent.wait_cause("joined")
        (part,) = joined["interaction"]["participations"]
        path = "/v1/interactions/" + created["interaction"]["id"]
        customer.sound.hears_tone(600)
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_tone(MUSIC)
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(600)
        agent.post(path + "/dtmf", {"digits": "12#"})
        wait_for("the keys", lambda: customer.sound.keyed == "12#")
        self.assertEqual(agent.post(path + "/variables/pin/reveal")["value"], "4242")
        agent.post(path + "/end")
        agent.wait_cause("wrap_up_started")
        customer.wait()
        self.agent_heard(agent)
        self.wrap_up(agent, part)
        self.assertEqual(agent.desk()["state"]["state"], "available")

    def test_refused_and_given_up(self):
        agent = self.agent()
        for number, ends in (("8003", "refused:480"), ("8999", "refused:404")):
            with self.subTest(number=number):
                self.customer(number=number, ends=ends).wait()
        self.customer(ends="bye:1500")
        agent.wait("offer.created")
        ended = agent.wait("offer.ended")
        self.assertEqual((ended["outcome"], ended["reason"]), ("withdrawn", "customer_left"))

    def test_declined(self):
        agent = self.agent()
        self.customer()
        self.rings(agent, agent.wait("offer.created")["offer"])
        agent.phone.command("hangup")
        self.assertEqual(agent.wait("offer.ended")["outcome"], "declined")
        agent.wait_state("idle", "refused")

    def dies_once(self, number, agent, customer, interaction):
        """Seconds from the start of the next one until the desk was as it was."""
        self.daemon.process.send_signal(number)
        self.daemon.wait()
        agent.close()
        customer.sound.hears_tone(600)
        began = time.monotonic()
        self.daemon.start()
        desk = agent.desk()
        took = time.monotonic() - began
        (now,) = desk["interactions"]
        (mine,) = now["participations"]
        self.assertEqual((now["id"], now.get("customer_left"), mine["state"]), (interaction["id"], None, "active"))
        self.assertTrue(desk["state"]["station_ready"])
        self.assertEqual(now["recording"]["state"], interaction["recording"]["state"])
        customer.sound.hears_tone(600)
        return took

    def survives(self, number):
        """guichetd goes by this signal in mid-call; sound goes on meanwhile, and the desk is right soon after the start."""
        agent = self.agent()
        customer, interaction, part = self.answered(agent, hz=1000, headers="X-Guichet-Account: K-1\n")
        customer.sound.hears_tone(600)
        took = min(self.dies_once(number, agent, customer, interaction) for _ in range(3))
        self.assertLess(took, 2)
        agent.listen(agent.desk()["cursor"])
        path = "/v1/interactions/" + interaction["id"]
        agent.post(path + "/hold")
        agent.wait_cause("held")
        customer.sound.hears_tone(MUSIC)
        agent.post(path + "/resume")
        agent.wait_cause("resumed")
        customer.sound.hears_tone(600)
        agent.post(path + "/end")
        agent.wait_cause("wrap_up_started")
        customer.wait()
        self.agent_heard(agent)
        self.wrap_up(agent, part)

    def test_guichetd_killed(self):
        self.survives(signal.SIGKILL)

    def recorded_call(self, **more):
        """An agent, the customer, and their call, of which both directions are being recorded."""
        self.centre["settings"]["recording"] = {"record": "always", "days": 30, **more.pop("settings", {})}
        self.daemon.apply(self.centre)
        agent = self.agent()
        customer, _, _ = self.answered(agent, hz=1000, **more)
        on = agent.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["recording"]["state"] == "on")
        customer.sound.hears_tone(600)  # that, and not the music, has to go on
        self.records_more()
        return agent, customer, on["interaction"]

    def records_more(self):
        """Another second, in each of the two files."""
        at = self.lengths()
        wait_for("more of both", lambda: len(self.lengths()) == 2 and min(self.lengths()) > max(at, default=0) + 1)

    def lengths(self):
        found = [path for path in pathlib.Path(NODE.env["AST_RECORDINGS"]).rglob("*") if path.is_file()]
        return [(path.stat().st_size - 44) / 32000 for path in found]

    def record(self, agent, call, action, state):
        agent.post("/v1/interactions/%s/recording" % call["id"], {"action": action})
        agent.wait(lambda e: e["type"] == "interaction.changed" and e["cause"] == "recording" and e["interaction"]["recording"]["state"] == state)

    def whole(self, lasted):
        """(customer, agent), rate of the one recording there is, which has that much at least."""
        (file,) = wait_for("the file", lambda: list(pathlib.Path(self.daemon.data, "recordings").glob("??/*.opus")))
        wait_for("nothing left at Asterisk", lambda: not os.listdir(NODE.env["AST_RECORDINGS"]))
        sides, rate = opus.load(file)
        self.assertGreater(len(sides[0]) / rate, lasted - 1)
        for side, hz in zip(sides, (1000, 600)):
            self.assertGreater(sum(wav.has_tone(side[i:i + rate // 4], rate, hz, share=0.7) for i in range(0, len(side), rate // 4)) / 4, 2)
        return sides, rate

    def test_killed_while_it_records(self):
        """The desk shows the recording again, which has gone on: one file has what came before as well, and noise where it was paused after."""
        agent, customer, call = self.recorded_call(settings={"mask": "noise"})
        took = min(self.dies_once(signal.SIGKILL, agent, customer, call) for _ in range(3))
        self.assertLess(took, 2)
        agent.listen(agent.desk()["cursor"])
        self.records_more()
        self.record(agent, call, "pause", "paused")
        self.records_more()
        self.record(agent, call, "resume", "on")
        self.records_more()
        lasted = min(self.lengths())
        agent.post("/v1/interactions/%s/end" % call["id"])
        agent.wait_cause("wrap_up_started")
        customer.wait()
        sides, rate = self.whole(lasted)
        for side in sides:
            self.assertGreater(wav.quiet_seconds(side, rate), 0.5)

    def test_killed_while_it_pauses(self):
        """By signals of both kinds: what is paused stays so, and the recording has what came before when the call ends while nobody is there."""
        agent, customer, call = self.recorded_call()
        self.record(agent, call, "pause", "paused")
        call["recording"]["state"] = "paused"
        self.dies_once(signal.SIGTERM, agent, customer, call)
        paused = max(self.lengths())
        customer.sound.hears_tone(600)
        customer.sound.hears_tone(600)
        self.assertLess(max(self.lengths()), paused + 0.5)
        agent.listen(agent.desk()["cursor"])
        self.record(agent, call, "resume", "on")
        self.records_more()
        self.daemon.kill()
        agent.close()
        NODE.cli("channel", "request", "hangup", "all")
        customer.wait()
        lasted = min(self.lengths())
        self.daemon.start()
        self.whole(lasted)
        wait_for("its end", lambda: "interaction.customer_left" in self.types(call["id"]))

    def test_guichetd_terminated(self):
        self.survives(signal.SIGTERM)

    def test_killed_with_a_customer_waiting(self):
        """Who waits goes on waiting with music and is offered again."""
        customer = self.customer(hz=1000)
        customer.sound.hears_tone(MUSIC)
        self.daemon.kill()
        customer.sound.hears_tone(MUSIC)
        self.daemon.start()
        customer.sound.hears_tone(MUSIC)
        agent = self.agent()
        self.rings(agent, agent.wait("offer.created")["offer"])
        agent.phone.command("accept")
        agent.wait_cause("joined")
        customer.sound.hears_tone(600)

    def test_asterisk_killed(self):
        """The call ends as the machine's fault; with Asterisk back the phone registers again and the next call comes."""
        node = stage.Node("two")
        self.addCleanup(node.close)
        self.daemon.stop()
        self.daemon.config = self.config.replace(NODE.group(sip="127.0.0.1:%d" % NODE.port),
                                                 node.group(sip="127.0.0.1:%d" % node.port))
        self.daemon.start()
        agent = self.agent(phone=False)
        self.phone(agent, expires=10)
        agent.available()
        agent.wait_state("available")
        customer, interaction, part = self.answered(agent)
        customer.sound.hears_tone(600)
        node.kill()
        left = agent.wait_cause("customer_left")
        self.assertEqual(left["interaction"]["customer_left"]["cause"], "engine_lost")
        agent.wait(lambda e: e["type"] == "agent.state_changed" and not e["state"]["station_ready"])
        self.wrap_up(agent, part)
        with agent.changed:
            agent.events.clear()  # of the time before
        node.restart()
        agent.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        # It was away for less than the agent's state bears.
        self.assertEqual(agent.desk()["state"]["state"], "available")
        self.calls_again(agent)

    def recorded(self):
        """What Asterisk has of the one message so far, at 16 kHz."""
        for at, _, files in os.walk(NODE.env["AST_RECORDINGS"]):
            for name in files:
                data = pathlib.Path(at, name).read_bytes()[44:]
                return numpy.frombuffer(data[:len(data) // 2 * 2], dtype="<i2") / 32768
        return numpy.zeros(0)

    def recorded_seconds(self):
        return len(self.recorded()) / 16000

    def leaves_message(self, said=2.0, key=None, pin=None, **more):
        """A caller whom a box records, who has said so much."""
        opened = {"key": key, "pin": pin} if key else {}
        self.centre["voicemail_boxes"] = [{"id": "desk", "names": scene.names("Desk"), "queue": "billing", "seconds": 60,
                                           "least_seconds": 1, **opened}]
        for queue in self.centre["queues"]:
            if queue["id"] == "night":
                queue["when_closed"] = {"action": "voicemail", "box": "desk"}
        self.daemon.apply(self.centre)
        caller = self.customer(number="8003", hz=1000, **more)
        wait_for("the first words", lambda: wav.has_tone(self.recorded()[-4000:], 16000, 1000, share=0.7))
        at = self.recorded_seconds()
        wait_for("some words", lambda: self.recorded_seconds() > at + said)
        return caller

    def message(self, agent, lasted):
        """The one in the box: all of what was said, without a gap."""
        (message,) = wait_for("the message", lambda: agent.get("/v1/voicemail")["voicemails"])
        self.assertGreater(message["duration"] / 1000, lasted - 1)
        ((said,), rate) = opus.load(os.path.join(self.daemon.data, "recordings", message["id"][1:3], message["id"] + ".opus"))
        self.assertGreater(len(said) / rate, lasted - 1)
        parts = [wav.has_tone(said[i:i + rate // 4], rate, 1000, share=0.7) for i in range(0, len(said) - rate // 4, rate // 4)]
        spoken = parts[parts.index(True):]
        self.assertGreater(len(spoken) / 4, 2)
        self.assertLess(spoken.count(False), 3, parts)
        wait_for("nothing left at Asterisk", lambda: not os.listdir(NODE.env["AST_RECORDINGS"]))
        kinds = self.types(message["interaction"])
        self.assertEqual([k for k in kinds if k == "interaction.created"], ["interaction.created"])
        return message

    def speaks_on_after(self, number):
        """guichetd goes by this signal amid a message: the caller speaks on, before and after the next start, and ends it by #."""
        agent = self.agent(phone=False)
        caller = self.leaves_message()
        self.daemon.process.send_signal(number)
        self.daemon.wait()
        agent.close()
        at = self.recorded_seconds()
        wait_for("words that nobody takes down", lambda: self.recorded_seconds() > at + 1)
        self.daemon.start()
        wait_for("the message to be found", lambda: "event=voicemail_found" in self.daemon.read_log())
        at = self.recorded_seconds()
        wait_for("more words", lambda: self.recorded_seconds() > at + 1)
        lasted = self.recorded_seconds()
        caller.sound.key("#")
        caller.wait()
        self.message(agent, lasted)

    def test_killed_amid_a_message(self):
        self.speaks_on_after(signal.SIGKILL)

    def test_terminated_amid_a_message(self):
        self.speaks_on_after(signal.SIGTERM)

    def test_hangs_up_while_nobody_is_there(self):
        """The caller speaks and hangs up while guichetd is dead; the next one finds it all."""
        agent = self.agent(phone=False)
        caller = self.leaves_message(ends="told", said=1.0)
        self.daemon.kill()
        agent.close()
        at = self.recorded_seconds()
        wait_for("words that nobody takes down", lambda: self.recorded_seconds() > at + 2)
        caller.hang_up()
        caller.wait()
        lasted = self.recorded_seconds()
        self.assertGreater(lasted, 3)
        self.daemon.start()
        message = self.message(agent, lasted)
        wait_for("the end of the call", lambda: "interaction.closed" in self.types(message["interaction"]))

    def keyed(self, caller, digits, hz):
        """Keys them, then hears that tone."""
        begun = time.monotonic()
        caller.sound.pace = 1600
        for digit in digits:
            caller.sound.key(digit)
        ear.catch("%d Hz after %s" % (hz, digits), caller.sound, hz, begun)

    def test_box_by_keypad(self):
        """A message that was left is heard from any telephone by the box's number and PIN, again and deleted; a wrong PIN opens nothing."""
        share = os.path.join(self.folder, "share")
        os.mkdir(share)
        for name, hz in (("box", 1900), ("pin", 2100), ("wrong", 2300), ("end", 2500)):
            wav.save("%s/voicemail-%s.wav" % (self.folder, name), wav.tone(hz, 1.0, 8000), 8000)
        self.daemon.stop()
        self.daemon.config = self.config.replace("[asterisk one]", "[asterisk one]\nsounds=%s/\nshare=%s" % (self.folder, share))
        self.daemon.start()
        pin = self.daemon.admin("POST", "/admin/pin", {"pin": "2468"})["pin"]
        self.centre["settings"]["voicemail_number"] = "8999"
        agent = self.agent(phone=False)
        caller = self.leaves_message(key="17", pin=pin)
        caller.sound.key("#")
        caller.wait()
        wait_for("the message", lambda: agent.get("/v1/voicemail")["voicemails"])
        caller = self.customer(number="8999", hz=0)
        ear.catch("the first question", caller.sound, 1900)
        self.keyed(caller, "17#", 2100)
        self.keyed(caller, "1111#", 2300)
        self.keyed(caller, "17#", 2100)
        self.keyed(caller, "2468#", 1000)
        agent.wait(lambda e: e["type"] == "voicemail.changed" and e["boxes"][0]["new"] == 0)
        wait_for("the end of it", lambda: wav.loudest(caller.sound.samples(time.monotonic() - 0.5), 8000, 1000) < -50)
        self.keyed(caller, "1", 1000)
        self.keyed(caller, "3", 2500)  # amid the message: it is gone, and there is no other
        caller.wait()
        wait_for("no message", lambda: agent.get("/v1/voicemail")["voicemails"] == [])
        wait_for("nothing left in the folder", lambda: not os.listdir(share))

    def test_refused_configurations(self):
        """Said in one sentence, and guichetd does not start."""
        good = NODE.group(sip="127.0.0.1:%d" % NODE.port)
        for group, said in ((good.replace("http:", "ftp:"), "url"), (good.replace("127.0.0.1:", "192.0.2.1:", 1), "loopback"),
                            (good.replace("user=", "usr="), "unknown key"), (good.replace("password_file=", "password_file=/no"), "password_file"),
                            (good.replace("sip=", "sip=192.0.2.1:5060\n#"), "sip_tls"), (good + "stations=PJSIP/x\n", "{user}"),
                            (good + "numbers=PJSIP/x\n", "{number}"), (good.replace("sip=", "#"), "exactly one"), ("", "needs a group")):
            with self.subTest(said=said):
                other = api.Daemon(scene.BUILD, config="[voice]\nengine=asterisk\n" + group)
                with other:
                    other.start(expect_ready=False)
                    self.assertEqual(other.process.returncode, 3, other.read_log())
                    self.assertIn(said, other.read_log())
        other = api.Daemon(scene.BUILD, config="[voice]\nengine=kamailio\n")
        with other:
            other.start(expect_ready=False)
            self.assertIn("builtin or asterisk", other.read_log())


if __name__ == "__main__":
    stage.needed()
    scene.main()
