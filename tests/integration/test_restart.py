# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetd dies and comes back: calls are recorded as ended, agents get their wrap-up, nothing acknowledged is lost. And what
it says when it cannot start."""

import contextlib
import datetime
import json
import os
import shutil
import signal
import socket
import sqlite3
import urllib.parse
import zoneinfo

import scene
import fake_ari
from api import until


def content(path):
    with open(path, "rb") as f:
        return f.read()


class Ringing(fake_ari.Ari):
    """An Asterisk that makes the channels it is asked for and has them ring; they outlive guichetd."""

    def __init__(self):
        super().__init__()
        self.tags, self.early = {}, False  # early: they are answered while it is asked whose they are

    def answer(self, link, request):
        path, _, query = request["uri"].partition("?")
        asked = dict(urllib.parse.parse_qsl(query))
        name = urllib.parse.unquote(path.split("/")[1]) if path.startswith("channels/") else None
        channel = next((c for c in self.channels if c["id"] == name), None)
        if (request["method"], path) == ("POST", "channels/create"):
            channel = {"id": asked["channelId"], "name": "PJSIP/%s-1" % asked["channelId"], "state": "Down",
                       "caller": {"name": "", "number": ""}, "dialplan": {"exten": ""}}
            self.channels.append(channel)
            self.tags[channel["id"]] = json.loads(request["message_body"])["variables"]["GUICHET"]
            link.reply(request, 200, channel)
            link.say({"type": "StasisStart", "application": "guichet", "channel": channel, "args": ["own"]})
        elif path.endswith("/dial"):
            link.reply(request, 204)
            self.now(channel, "Ringing")
        elif path.endswith("/variable") and request["method"] == "GET":
            if self.early:
                self.now(channel, "Up")
            link.reply(request, 200, {"value": self.tags[name]})
            self.note("told", name)  # what is said from now on is about a channel that is known
        else:
            super().answer(link, request)

    def now(self, channel, state):
        channel["state"] = state
        self.say({"type": "ChannelStateChange", "application": "guichet", "channel": channel})


class Outliving(scene.Scene):
    """Another program carries the calls, and goes on while guichetd is away."""

    def setUp(self):
        self.node = Ringing()
        self.addCleanup(self.node.close)
        self.config = scene.CONFIG.split("[trunk")[0] + "[voice]\nengine=asterisk\n"
        super().setUp()

    def start_daemon(self):
        with open(self.folder + "/password", "w", encoding="ascii") as f:
            f.write("secret\n")
        self.daemon.config += "[asterisk one]\nurl=%s\nuser=guichet\npassword_file=%s/password\nsip=127.0.0.1:5060\n" % (self.node.url, self.folder)
        self.daemon.start()

    def calls_colleague(self, early):
        self.node.early = early
        alice, bob = (scene.api.Agent(self.daemon, name, "password") for name in ("alice", "bob"))
        for agent in (alice, bob):
            self.addCleanup(agent.close)
            agent.sign_in("desk_phone", "sip:%s@127.0.0.1" % agent.agent)
            agent.listen()
            agent.available()
            agent.wait_state("available")
        call = alice.post("/v1/calls", {"colleague": {"agent": "bob"}})["interaction"]
        self.node.wait("the caller's telephone to ring", lambda: [c["state"] for c in self.node.channels] == ["Ringing"])
        (channel,) = self.node.channels
        self.daemon.kill()
        for agent in (alice, bob):
            agent.close()
        self.daemon.start()
        for agent in (alice, bob):
            agent.listen(agent.desk()["cursor"])
        self.node.wait("the next one to know it", lambda: ("told", channel["id"]) in self.node.asked)
        if not early:
            self.node.now(channel, "Up")
        asked = lambda kind: [e["agent"] for e in self.daemon.journal(call) if e["type"] == kind]  # noqa: E731
        until(lambda: asked("offer.created"), what="the colleague to be asked")
        self.assertEqual((asked("request.queued"), asked("offer.created")), (["bob"], ["bob"]))

    def test_whom_an_agent_calls(self):
        """Killed while the caller's own telephone rings: taken up after the start, it asks the colleague that was meant."""
        self.calls_colleague(early=False)

    def test_answered_as_it_comes_back(self):
        """The same where the telephone is taken between the look at what is alive and the knowledge whose it is."""
        self.calls_colleague(early=True)

    def test_answered_when_its_call_is_over(self):
        """A telephone that rings for a call nobody knows any more is taken when that is found: it is put down, and that is all."""
        self.daemon.kill()
        self.node.early = True
        self.node.channels = [{"id": "p8000000002", "name": "PJSIP/alice-1", "state": "Ringing", "caller": {"name": "", "number": ""},
                               "dialplan": {"exten": ""}}]
        self.node.tags["p8000000002"] = "call=i8000000001&offer=p8000000002&out=p8000000002"
        self.daemon.start()
        self.node.wait("its end", lambda: [u for m, u in self.node.asked if m == "DELETE" and u.startswith("channels/p8000000002")])
        self.assertEqual(self.daemon.admin("GET", "/admin/status")["agents"][0]["id"], "alice")


class Restart(scene.Scene):
    def test_killed_in_a_call(self):
        self.centre["queues"][0]["dial_out"] = True
        self.daemon.apply(self.centre)
        agent = self.agent()
        customer, interaction, part = self.answered(agent, headers="X-Guichet-Account: K-1\nX-Guichet-Pin: 99\n")
        agent.put("/v1/participations/%s/note" % part["id"], {"text": "half a note", "revision": 0})
        agent.put("/v1/participations/%s/tags" % part["id"], {"ids": ["vip"], "revision": 0})
        agent.post("/v1/interactions/%s/consult" % interaction["id"], {"to": {"number": "+33155550001"}, "kind": "consult"})
        agent.wait(lambda e: e["type"] == "interaction.changed" and [p["state"] for p in e["interaction"]["parties"]] == ["ended"])
        epoch = agent.desk()["epoch"]
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        desk = agent.desk()
        self.assertEqual(desk["epoch"], epoch)
        (now,) = desk["interactions"]
        (mine,) = now["participations"]
        self.assertEqual(now["id"], interaction["id"])
        self.assertEqual(now["customer_left"]["cause"], "engine_lost")
        self.assertEqual(mine["state"], "wrap_up")
        self.assertEqual((mine["note"], mine["tags"]["ids"]), ({"text": "half a note", "revision": 1}, ["vip"]))
        self.assertEqual([v["value"] for v in now["variables"] if v["id"] == "account"], ["K-1"])
        self.assertEqual([p["number"][-4:] for p in now["parties"]], ["0001"])
        self.assertEqual(agent.post("/v1/interactions/%s/variables/pin/reveal" % now["id"])["value"], "99")
        agent.listen()
        agent.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        agent.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        agent.wait("interaction.closed")
        types = self.types(interaction["id"])
        self.assertIn("interaction.customer_left", types)
        self.assertEqual(types[-1], "interaction.closed")

    def test_killed_while_ringing(self):
        """The offer that was out is withdrawn as the machine's fault; nobody has missed anything."""
        agent = self.agent()
        self.customer()
        created = agent.wait("offer.created")
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        self.assertEqual(agent.desk()["offers"], [])
        ended = [e for e in self.daemon.journal(created["interaction"]["id"]) if e["type"] == "offer.ended"]
        self.assertEqual([e["outcome"] for e in ended], ["withdrawn"])

    def test_phone_is_known_after_restart(self):
        """The phone registers again with the session's own credentials, and the agent is available again by hand."""
        agent = self.agent()
        self.short_grace(2)
        agent.phone.close()
        agent.wait_state("idle")
        port = self.daemon.sip.rsplit(":", 1)[1]
        self.daemon.kill()
        agent.close()
        self.daemon.start()
        self.assertTrue(port)
        agent.listen(agent.desk()["cursor"])
        self.phone(agent)
        agent.available()
        agent.wait_state("available")
        self.answered(agent, number="8005")

    def test_phone_that_does_not_come_back(self):
        """What the journal says of a phone is not believed after a start: nobody is offered what cannot ring."""
        agent = self.agent()
        self.short_grace(2)
        self.daemon.kill()
        agent.phone.close()
        agent.close()
        self.daemon.start()
        desk = agent.desk()
        self.assertFalse(desk["state"]["station_ready"])
        self.customer()
        until(lambda: agent.desk()["state"]["state"] == "idle")
        self.assertEqual([e for e in self.daemon.journal() if e["type"] == "offer.created"], [])

    def test_hours(self):
        """A queue is open by the clock of the centre's own time zone, also right after a start."""
        now = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Kathmandu"))  # whose clock is 5:45 ahead: no other zone's hour
        ago, soon = now - datetime.timedelta(minutes=2), now + datetime.timedelta(minutes=30)
        days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        self.centre["settings"]["time_zone"] = "Asia/Kathmandu"
        night = next(q for q in self.centre["queues"] if q["id"] == "night")
        night["hours"] = [{"days": [days[now.weekday()]], "from": ago.strftime("%H:%M") if ago.date() == now.date() else "00:00",
                           "until": "24:00" if soon.date() > now.date() else soon.strftime("%H:%M")}]
        self.daemon.apply(self.centre)
        until(lambda: [e["type"] for e in self.daemon.journal() if e.get("queue") == "night"][-1] == "queue.opened")
        self.daemon.kill()
        self.daemon.start()
        self.agent(available=False)
        self.customer(number="8003").sound.hears_music()

    def set_clock(self, at):
        """The centre's clock never goes back: what the journal says last is where the next start begins."""
        self.daemon.stop()
        with contextlib.closing(sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))) as db, db:
            db.execute("UPDATE journal SET at = ? WHERE seq = (SELECT max(seq) FROM journal)", (int(at.timestamp() * 1000),))
        self.daemon.start()

    def hours_of(self, queue):
        return [e["type"] for e in self.daemon.journal() if e.get("queue") == queue and e["type"].startswith("queue.")]

    def test_hours_when_clocks_change(self):
        """In the night when Paris has the hour from 2 to 3 twice, a queue that opens at 2:30 opens twice. Who waits at the end
        goes on waiting, who calls afterwards is turned away, and the next one comes in again."""
        year = datetime.datetime.now().year + 1
        sunday = next(d for d in (datetime.date(year, 10, n) for n in range(31, 24, -1)) if d.weekday() == 6)
        change = datetime.datetime(year, 10, sunday.day, 1, tzinfo=datetime.timezone.utc)
        self.centre["settings"]["time_zone"] = "Europe/Paris"
        night = next(q for q in self.centre["queues"] if q["id"] == "night")
        night["hours"] = [{"days": ["sun"], "from": "02:30", "until": "03:00"}]
        self.daemon.apply(self.centre)
        # Time enough for a start and a call before it closes.
        self.set_clock(change - datetime.timedelta(seconds=90 if self.daemon.keeps_what_is_freed() else 40))
        until(lambda: self.hours_of("night")[-1:] == ["queue.opened"])
        waiting = self.customer(number="8003")
        waiting.sound.hears_music()
        until(lambda: self.hours_of("night")[-1] == "queue.closed")
        self.customer(number="8003", ends="refused:480").wait()
        waiting.sound.hears_music()
        before = len(self.hours_of("night"))
        self.set_clock(change + datetime.timedelta(minutes=29, seconds=55))
        until(lambda: self.hours_of("night")[before:] == ["queue.opened"])
        self.customer(number="8003").sound.hears_music()

    def test_terminated_in_a_call(self):
        """SIGTERM: the call ends, the journal is complete, the exit is clean."""
        agent = self.agent()
        customer, interaction, _ = self.answered(agent)
        self.daemon.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.daemon.wait(), 0)
        customer.wait()
        db = sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))
        types = [t for (t,) in db.execute("SELECT type FROM journal WHERE interaction = ? ORDER BY seq", (interaction["id"],))]
        db.close()
        self.assertIn("interaction.customer_left", types)
        self.assertIn("wrap_up.started", types)
        self.daemon.start()
        agent.close()
        self.assertEqual(agent.desk()["interactions"][0]["participations"][0]["state"], "wrap_up")

    def test_many_restarts_keep_one_state(self):
        """Saved state and journal give the same centre."""
        agent = self.agent(phone=False)
        agent.put("/v1/memberships", {"queues": ["billing"], "state": "paused", "reason": "lunch"})
        for kind in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
            self.daemon.process.send_signal(kind)
            self.daemon.wait()
            agent.close()
            self.daemon.start()
            members = {m["queue"]: (m["state"], m["reason"]) for m in agent.desk()["memberships"]}
            self.assertEqual(members["billing"], ("paused", "lunch"))
            self.assertEqual(members["small"], ("ready", None))


class CannotStart(scene.Scene):
    def start_again(self, args=(), data=None):
        """(exit code, what it said)"""
        other = scene.api.Daemon(scene.BUILD, config=scene.CONFIG, data=data or self.daemon.data)
        with other:
            other.start(expect_ready=False, args=args)
            return other.process.returncode, other.read_log()

    def test_sentences(self):
        code, said = self.start_again()
        self.assertEqual(code, 4, said)
        self.assertIn("in use by another guichetd", said)
        self.daemon.stop()
        database = os.path.join(self.daemon.data, "guichet.db")

        with socket.create_server(("127.0.0.1", 0)) as taken:
            code, said = self.start_again(args=["--listen", "127.0.0.1:%d" % taken.getsockname()[1]])
            self.assertEqual(code, 7, said)
            self.assertIn("--listen", said)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            code, said = self.start_again(args=["--sip", "127.0.0.1:%d" % taken.getsockname()[1]])
            self.assertEqual(code, 7, said)
            self.assertIn("--sip", said)
        code, said = self.start_again(args=["--listen", "0.0.0.0:0"])
        self.assertEqual(code, 3, said)
        self.assertIn("loopback", said)

        shutil.copy(database, database + ".good")
        with sqlite3.connect(database) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        before = content(database)
        code, said = self.start_again()
        self.assertEqual(code, 6, said)
        self.assertIn("newer guichetd", said)
        self.assertEqual(content(database), before)

        with open(database, "wb") as f:
            f.write(b"this is no database at all" * 100)
        before = content(database)
        code, said = self.start_again()
        self.assertEqual(code, 5, said)
        self.assertIn("damaged", said)
        self.assertEqual(content(database), before)
        shutil.move(database + ".good", database)

        os.rename(self.daemon.data + ".key", self.daemon.data + ".key.away")
        code, said = self.start_again()
        self.assertEqual(code, 3, said)
        self.assertIn("key file", said)
        os.rename(self.daemon.data + ".key.away", self.daemon.data + ".key")
        self.daemon.start()
        until(lambda: self.daemon.admin("GET", "/admin/status"))


if __name__ == "__main__":
    scene.main()
