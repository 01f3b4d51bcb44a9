# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's life: ready only with devices and a living session, sleep, windows that come and go, the sound test, bad input,
leaving when nobody needs it."""
import os
import signal
import tempfile
import unittest

from phonerig import NAME, PATH, Rig, unbroken, wav, wait_for
from patience import DEADLINE
import opus
from login1 import Login1
from rtkit import RealtimeKit
from gi.repository import Gio, GLib

DELAY, AWAKE = ("sleep", "delay"), ("sleep:idle", "block")


class Life(unittest.TestCase):
    def rig(self, **options):
        return self.enterContext(Rig(**options))

    def refused(self, name, method, *arguments):
        with self.assertRaises(GLib.Error) as caught:
            method(*arguments)
        self.assertIn(f"{NAME}.Error.{name}", caught.exception.message)

    def test_no_microphone_no_registration(self):
        rig = self.rig(pulse=False)
        rig.pulse.add_sink("headset", "Headset")
        rig.phone.wait_property("Problems", ["no_microphone"])
        rig.set_account()
        rig.phone.wait_property("RegistrationReason", "no_microphone")
        self.assertEqual(rig.phone["Registration"], "waiting")
        self.refused("NoDevice", rig.phone.TestRecord, "(u)", 1)
        self.assertFalse([e for e in rig.peer.events if e.startswith("registered")])
        microphone = rig.pulse.add_source("microphone", "mic", "Microphone")
        rig.peer.wait("registered")
        rig.phone.wait_property("Registration", "registered")
        number, call = rig.ring()
        rig.pulse.remove(microphone)  # it rings, and cannot be taken
        self.assertTrue(rig.peer.wait(f"ended {number}").endswith("480"))
        self.assertEqual(rig.phone.wait_call(call, "ended")[-1]["end_reason"], "no_device")
        rig.peer.wait("unregistered")
        rig.phone.wait_property("RegistrationReason", "no_microphone")

    def test_no_sound_server(self):
        rig = self.rig()
        rig.register()
        rig.pulse.stop_server()
        rig.peer.wait("unregistered")
        rig.phone.wait_property("Problems", lambda p: "sound_server_lost" in p)
        since = len(rig.peer.events)
        rig.pulse.start()
        rig.peer.wait("registered", since=since)

    def test_realtime(self):
        """The threads of sound ask for realtime priority; the kernel's warning of too much of it ends nothing."""
        rig = self.rig()
        kit = RealtimeKit(rig.bus)
        self.addCleanup(kit.close)
        rig.register()
        number, call = rig.answered()
        self.assertTrue(rig.pulse.capture("headset").wait(lambda s, rate: wav.has_tone(s, rate, 1000), DEADLINE, 0.3))

        def sound():
            alive = {int(t) for t in os.listdir(f"/proc/{rig.process.pid}/task")}
            return [t for t, priority in kit.asked if t in alive and t != rig.process.pid]
        self.assertTrue(wait_for(lambda: len(sound()) >= 3, DEADLINE), kit.asked)
        rig.process.send_signal(signal.SIGXCPU)
        rig.phone.SendDtmf("(ss)", call, "1")
        rig.peer.wait(f"dtmf {number} 1")

    def test_lease(self):
        rig = self.rig()
        rig.register()
        rig.phone.KeepAlive("(u)", 1)
        rig.peer.wait("unregistered")
        rig.phone.wait_property("RegistrationReason", "no_session")
        since = len(rig.peer.events)
        rig.phone.KeepAlive("(u)", 100)
        rig.peer.wait("registered", since=since)
        rig.answered()
        since = len(rig.peer.events)
        rig.phone.KeepAlive("(u)", 0)
        self.assertEqual(rig.phone["Registration"], "registered")  # a call keeps it
        rig.phone.HangUp("(s)", "1")
        rig.peer.wait("unregistered", since=since)
        rig.phone.ClearAccount()
        rig.phone.wait_property("Registration", "none")
        self.refused("NoAccount", rig.phone.KeepAlive, "(u)", 5)

    def test_sleep(self):
        rig = self.rig()
        login1 = Login1(rig.bus)
        self.addCleanup(login1.close)
        self.assertTrue(wait_for(lambda: login1.held() == {DELAY}, DEADLINE), login1.held())
        rig.register()
        number, call = rig.ring()
        login1.prepare_for_sleep(True)
        self.assertTrue(rig.peer.wait(f"ended {number}").endswith("480"))
        self.assertEqual(rig.phone.wait_call(call, "ended")[-1]["end_reason"], "suspending")
        rig.peer.wait("unregistered")
        self.assertTrue(wait_for(lambda: not login1.held(), DEADLINE), "the machine is kept from sleeping")
        rig.phone.wait_property("Problems", lambda problems: "suspending" in problems)
        rig.phone.wait_property("RegistrationReason", "suspending")
        since = len(rig.peer.events)
        login1.prepare_for_sleep(False)
        rig.peer.wait("registered", since=since)
        self.assertTrue(wait_for(lambda: login1.held() == {DELAY}, DEADLINE))
        rig.answered()
        self.assertTrue(wait_for(lambda: login1.held() == {DELAY, AWAKE}, DEADLINE), "it may sleep during a call")
        rig.phone.HangUp("(s)", rig.phone["Calls"][-1]["id"])
        self.assertTrue(wait_for(lambda: login1.held() == {DELAY}, DEADLINE))

    def test_window_goes_another_comes(self):
        rig = self.rig()
        rig.register()
        headset = rig.pulse.capture("headset")
        number, call = rig.answered("X-Guichet-Offer: o-1")
        before = rig.phone.find(call)
        rig.phone.close()
        self.assertTrue(headset.wait(lambda s, r: wav.has_tone(s, r, 1000), DEADLINE, 0.5))
        rig.phone = rig.client()
        after = rig.phone.find(call)
        self.assertEqual(before, after)
        self.assertEqual((after["state"], after["offer"]), ("active", "o-1"))
        # A new session brings another account: the call goes on.
        since = len(rig.peer.events)
        rig.set_account()
        rig.peer.wait("registered", since=since)
        self.assertEqual(rig.phone.find(call)["state"], "active")
        unbroken(headset.more, 2)
        rig.phone.HangUp("(s)", call)
        rig.peer.wait(f"ended {number} remote_hangup")

    def test_registration_reasons(self):
        rig = self.rig()
        rig.set_account(password="wrong")
        rig.phone.wait_property("RegistrationReason", lambda reason: reason in ("unauthorized", "forbidden"))
        rig.phone.wait_property("RegistrationStatus", lambda status: status in (401, 403))
        rig.set_account(registrar="sip:127.0.0.1:1", transport="tcp")
        rig.phone.wait_property("RegistrationReason", "unreachable")
        rig.set_account()
        rig.phone.wait_property("Registration", "registered")
        self.assertNotIn("secret", str(rig.phone.all()))
        self.assertNotIn("secret", rig.log_text())

    def test_only_the_registrar_may_call(self):
        rig = self.rig()
        rig.register()
        contact = [e for e in rig.peer.events if e.startswith("registered")][-1].split()[1]
        import socket
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.bind(("127.0.0.1", 0))
            stranger.settimeout(DEADLINE)
            host, port = contact.split("@")[1].split(";")[0].split(":")
            here = f"127.0.0.1:{stranger.getsockname()[1]}"
            sdp = f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
            stranger.sendto((f"INVITE {contact} SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bKx\r\nMax-Forwards: 70\r\n"
                             f"From: <sip:x@{here}>;tag=1\r\nTo: <{contact}>\r\nCall-ID: stranger@x\r\nCSeq: 1 INVITE\r\n"
                             f"Contact: <sip:x@{here}>\r\nContent-Type: application/sdp\r\nContent-Length: {len(sdp)}\r\n\r\n"
                             f"{sdp}").encode(), (host, int(port)))
            answer = ""
            while not answer.startswith("SIP/2.0") or answer.startswith("SIP/2.0 1"):
                answer = stranger.recv(8192).decode()
        self.assertTrue(answer.startswith("SIP/2.0 403"), answer)
        self.assertEqual(rig.phone["Calls"], [])

    def test_sound_test(self):
        rig = self.rig()
        rig.phone.configure(ringer="ringer")
        headset, ringer = rig.pulse.capture("headset"), rig.pulse.capture("ringer")
        self.refused("WrongState", rig.phone.TestPlay)
        rig.pulse.play("mic", wav.tone(600, 1), loop=True)
        rig.phone.WatchLevels("(b)", True)
        rig.phone.TestRecord("(u)", 2)
        rig.phone.wait_signal("PropertiesChanged", holds=lambda a: a[1].get("Test") == "recording")
        rig.phone.wait_signal("Levels", holds=lambda a: a[0] > -25)
        rig.phone.wait_property("Test", "recorded")
        start = headset.position()
        rig.phone.TestPlay()
        self.assertTrue(headset.wait(lambda s, r: wav.has_tone(s, r, 600), DEADLINE, 0.5), "not heard again")
        rig.phone.wait_property("Test", "recorded")
        played = wav.trim(headset.samples(start), 48000)
        self.assertAlmostEqual(wav.level(played), -20, delta=1.5)
        self.assertGreater(len(played) / 48000, 1.5)
        rig.phone.TestRing("(u)", 10)
        self.assertTrue(ringer.wait(lambda s, r: wav.level(s) > -35, DEADLINE, 0.5))
        rig.phone.TestStop()
        self.assertEqual(rig.phone["Test"], "recorded")
        self.assertTrue(ringer.wait(lambda s, r: wav.level(s) < -80, DEADLINE, 0.5))
        for seconds in (0, 11, 4294967295):
            self.refused("InvalidArgument", rig.phone.TestRecord, "(u)", seconds)

    def speaks(self, rig, tenths):
        """Until so many tenths of a second have been recorded since now."""
        told = len(rig.phone.signals)
        self.assertTrue(wait_for(lambda: sum(s == "Levels" and a[0] > -25 for s, a in list(rig.phone.signals)[told:]) >= tenths, DEADLINE, 0.05))

    def test_recorder(self):
        """A recording becomes a file of Opus in Ogg that holds what was said, and is heard again; a call that comes ends it."""
        rig = self.rig()
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="recorder-"))
        path, other = os.path.join(folder, "one.ogg"), os.path.join(folder, "two.ogg")
        headset = rig.pulse.capture("headset")
        rig.pulse.play("mic", wav.tone(600, 1), loop=True)
        rig.phone.WatchLevels("(b)", True)
        rig.phone.RecordFile("(su)", path, 60)
        self.assertEqual(rig.phone["Recorder"], "recording")
        self.refused("WrongState", rig.phone.PlayFile, "(s)", path)
        self.speaks(rig, 12)
        rig.phone.RecorderStop()
        rig.phone.wait_property("RecorderResult", "recorded")
        seconds = rig.phone["RecorderSeconds"]
        self.assertGreater(seconds, 0.5)
        (sound,), rate = opus.load(path)
        self.assertAlmostEqual(len(sound) / rate, seconds, delta=0.03)
        said = wav.trim(sound, rate)
        self.assertTrue(wav.has_tone(said[rate // 10:], rate, 600))
        self.assertAlmostEqual(wav.level(said), -20, delta=2)
        rig.phone.PlayFile("(s)", path)
        self.assertTrue(headset.wait(lambda s, r: wav.has_tone(s, r, 600), DEADLINE, 0.3), "not heard again")
        rig.phone.wait_property("RecorderResult", "played")
        self.assertEqual(rig.phone["Recorder"], "idle")
        # From further on: what is left is as long as that.
        rig.phone.PlayFileFrom("(su)", path, 300)
        rig.phone.wait_property("RecorderResult", "played")
        self.assertAlmostEqual(rig.phone["RecorderSeconds"], seconds - 0.3, delta=0.03)

        self.refused("InvalidArgument", rig.phone.RecordFile, "(su)", path, 10)
        self.refused("InvalidArgument", rig.phone.RecordFile, "(su)", "three.ogg", 10)
        self.refused("InvalidArgument", rig.phone.PlayFile, "(s)", other)
        for length in (0, 301):
            self.refused("InvalidArgument", rig.phone.RecordFile, "(su)", other, length)
        rig.process.send_signal(signal.SIGSTOP)  # so that it hears of both at once
        for method, arguments in (("RecordFile", GLib.Variant("(su)", (other, 60))), ("RecorderStop", None)):
            rig.phone.connection.call(NAME, PATH, NAME, method, arguments, None, Gio.DBusCallFlags.NONE, DEADLINE * 1000, None, None)
        rig.phone.connection.flush_sync(None)
        rig.process.send_signal(signal.SIGCONT)
        rig.phone.wait_property("RecorderResult", "nothing")
        self.assertFalse(os.path.exists(other))
        with open(other, "wb") as f:
            f.write(b"OggS" + bytes(200))
        rig.phone.PlayFile("(s)", other)
        rig.phone.wait_property("RecorderResult", "failed")
        os.unlink(other)

        rig.register()
        rig.phone.RecordFile("(su)", other, 60)
        self.speaks(rig, 8)
        rig.ring()
        rig.phone.wait_property("RecorderResult", "interrupted")
        self.assertGreater(len(opus.load(other)[0][0]), 0)
        self.refused("WrongState", rig.phone.RecordFile, "(su)", os.path.join(folder, "x.ogg"), 10)

    def test_bad_arguments_change_nothing(self):
        rig = self.rig()
        rig.phone.wait_property("Microphones", lambda listed: listed)
        rig.phone.wait_property("Speakers", lambda listed: listed)
        before = rig.phone.all()
        good = {"registrar": "sip:127.0.0.1:5060", "user": "agent", "password": "secret"}
        for change in ({"registrar": "http://x"}, {"registrar": "sip:"}, {"registrar": "sip:a b"}, {"registrar": "sip:x@y"},
                       {"user": "a@b"}, {"user": "a\r\nX: y"}, {"user": "x" * 300}, {"password": ""}, {"transport": "sctp"},
                       {"srtp": "maybe"}, {"instance": "7"}, {"ca_path": "/nowhere"}, {"expires": 5}, {"more": "x"},
                       {"registrar": "sips:127.0.0.1", "transport": "udp"}, {"user": 5}):
            with self.subTest(change):
                self.refused("InvalidArgument", lambda: rig.phone.set_account(**{**good, **change}))
        self.refused("InvalidArgument", lambda: rig.phone.set_account(user="agent"))
        for settings in ({"speaker_volume": 1.1}, {"speaker_volume": float("nan")}, {"microphone_volume": -0.1}, {"speaker": True},
                         {"ringer": "x" * 600}, {"echo_cancellation": "yes"}, {"nothing": True},
                         {"speaker": "other", "ring_volume": 2.0}):
            with self.subTest(settings):
                self.refused("InvalidArgument", lambda: rig.phone.configure(**settings))
        self.refused("InvalidArgument", rig.phone.KeepAlive, "(u)", 121)
        with self.assertRaises(GLib.Error):
            rig.phone.Answer("(u)", 5)
        with self.assertRaises(GLib.Error):
            rig.phone.NoSuchThing()
        self.assertEqual(rig.phone.all(), before)

    def test_leaves_when_unused(self):
        rig = self.rig(idle_exit=1)
        rig.register()
        rig.phone.ClearAccount()
        rig.phone.close()
        rig.process.wait(DEADLINE)
        self.assertEqual(rig.process.returncode, 0)

    def test_bus_gone_before_it(self):
        """At the end of a session the bus may go first, and the phone be told to end before it has seen that."""
        rig = self.rig()
        rig.process.send_signal(signal.SIGSTOP)
        rig.bus.__exit__()
        rig.process.send_signal(signal.SIGTERM)
        rig.process.send_signal(signal.SIGCONT)
        self.assertEqual(rig.process.wait(DEADLINE), 0)
        self.assertNotIn("releasing name", rig.log_text())

    def test_started_on_demand(self):
        rig = self.rig()
        rig.process.terminate()
        self.assertEqual(rig.process.wait(DEADLINE), 0)
        from bus import Bus
        from phonerig import Client, PROGRAM
        with Bus({NAME: f"{PROGRAM} --idle-exit=1"}, env=rig.env) as bus:
            client = Client(bus)
            self.assertEqual(client["InterfaceVersion"], 2)
            client.close()
            watcher = bus.connect()
            self.assertTrue(wait_for(lambda: not watcher.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,)),
                None, 0, DEADLINE * 1000, None).unpack()[0], DEADLINE), "it stays although nobody needs it")
            watcher.close_sync(None)


if __name__ == "__main__":
    unittest.main(verbosity=2)
