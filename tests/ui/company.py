# SPDX-License-Identifier: GPL-3.0-or-later
"""The act of the tour in which several are in one call: its recording is paused, a clip is played, a simulated colleague is consulted,
comes into a conference, goes, and is given the call. The agent works at the desk, by keyboard where it has keys.
"""
import glob
import os
import re
import sys
import time

import numpy as np

import stage
import uidrive
from stage import now, wav

sys.path.append(os.path.join(stage.TREE, "tests", "rig"))
import api  # noqa: E402
import opus  # noqa: E402
import rtp  # noqa: E402
import sip  # noqa: E402

CUSTOMER, COLLEAGUE, NAME, LETTERS = "elise", "bruno", "Bruno Keller", "brun"
CLIP = "Opening hours"
TONES = {"before": 660, "paused": 1900, "after": 990, "conference": 760, "clip": 1500, "colleague": 1250}
TEXTS = {"recorded": "This call is being recorded", "paused": "Recording is paused"}


class Colleague:
    """A desk that the play works itself, and its telephone, which keeps what is heard."""

    def __init__(self, play, build):
        rtp.KEPT = 120
        self.daemon = api.Daemon(build, demo=True, data=play.centre()["directory"])
        self.daemon.http, self.daemon.log = play.centre()["http"], os.path.join(play.folder, "customers.log")
        self.daemon.set_password(COLLEAGUE)
        self.desk = api.Agent(self.daemon, COLLEAGUE, "password")
        self.desk.sign_in()
        self.desk.listen()
        line = self.desk.session["sip"]
        self.phone = sip.Phone(line["registrar"].removeprefix("sip:"), line["user"], line["password"], hz=TONES["colleague"], expires=900)
        self.desk.wait(lambda e: e["type"] == "agent.state_changed" and e["state"]["station_ready"])
        self.desk.available()
        self.desk.wait_state("available")
        self.packets = []

    def answer(self):
        self.phone.wait_call().answer()
        self.desk.wait_cause("joined")

    def hears(self, hz):
        samples = self.phone.calls[-1].sound.samples(time.monotonic() - 0.4)
        return len(samples) > rtp.RATE * 0.2 and wav.tone_level(samples, rtp.RATE, hz) > -40

    def is_out(self):
        """The telephone has rung off; what it heard is kept."""
        call = self.phone.calls[-1]
        call.wait("over")
        self.packets += [(t, data) for t, data in call.sound.heard if (t, data) not in self.packets[-1:]]

    def save(self, path):
        """Everything heard, in the time of the wall; answers when it began, in milliseconds."""
        begin, rate = self.packets[0][0], rtp.RATE
        whole = np.zeros(int((self.packets[-1][0] - begin + 1) * rate))
        at = 0
        for arrived, data in self.packets:  # in a row, but after a gap where they belong
            at = max(at, int((arrived - begin) * rate) - rate // 10)
            n = min(len(data), len(whole) - at)
            whole[at:at + n] = rtp.LINEAR[np.frombuffer(data[:n], dtype=np.uint8)]
            at += n
        wav.save(path, whole, rate)
        return int((time.time() - time.monotonic() + begin) * 1000)

    def close(self):
        self.phone.close()
        self.desk.close()
        self.daemon.folder.cleanup()


class Company:
    def __init__(self, tour):
        self.tour, self.play, self.app, self.session = tour, tour.play, tour.app, tour.play.session

    def press(self, name):
        self.app.wait("button", name).wait_state("sensitive").click()

    def record_clip(self):
        said = self.play.pulse.play("mic", wav.tone(TONES["clip"], 1), loop=True)
        self.session.key("ctrl+comma")
        self.app.wait("list item", "Clips").click()
        self.press("Record a clip")
        self.app.wait("text", "Name of the clip").wait_state("focused").type(CLIP)
        self.press("Record")
        self.app.wait("label", re.compile(r"^Recording for (0:0[3-9]|0:[1-5]\d)"))
        self.press("Stop")
        self.app.wait("label", "Recorded, not yet saved")
        said.stop()
        self.press("Save")
        self.app.wait("panel", CLIP)
        self.tour.step("clip recorded")
        for _ in range(2):
            self.session.key("Escape")
        self.app.wait_gone("button", "Record a clip")
        self.session.focus_window(self.app)

    def say(self, name, span, hears=None, seconds=2.2):
        """The customer says a tone; the stretch begins when it is heard, and it is over when this returns."""
        hz, hears = TONES[name], hears or self.tour.hears
        self.play.direct(do="tone", call=self.call, hz=hz, db=-20, ms=int(seconds * 1000) + 800)
        uidrive.until("nobody hears %r" % span, lambda: hears(hz))
        with self.tour.span(span, seconds):
            pass
        uidrive.until("%r has no end" % span, lambda: not hears(hz))

    def pause_recording(self):
        self.app.wait("label", TEXTS["recorded"])
        self.tour.step("recorded")
        self.say("before", "said before the pause")
        self.press("Pause recording")
        self.app.wait("label", TEXTS["paused"])
        self.tour.step("recording paused")
        self.say("paused", "said in the pause")
        self.press("Resume recording")
        self.app.wait("label", TEXTS["recorded"])

    def play_clip(self):
        self.session.key("ctrl+r")
        self.app.wait("entry", "Search clips").wait_state("focused")
        self.app.wait("panel", CLIP)
        self.press("Play")
        uidrive.until("the clip is not heard", lambda: self.tour.hears(TONES["clip"]))
        with self.tour.span("clip", 2.2):
            pass
        self.app.wait("button", "Play").wait_state("sensitive")
        self.tour.step("clip played")

    def pick(self, keys):
        self.session.key(keys)
        self.app.wait("entry", re.compile("^(Transfer to|Whom to )")).wait_state("focused")
        self.session.type(LETTERS)
        self.app.wait("list item", re.compile("^%s: Ready" % NAME))
        uidrive.until("others are found too", lambda: len(self.app.find_all("list item", re.compile(": "))) == 1)
        self.session.key("Return")

    def consult(self):
        self.pick("ctrl+shift+o")
        self.colleague.answer()
        self.app.wait("panel", "%s: Consulted · talks with you" % NAME)
        mic = self.play.pulse.play("mic", self.tour.agent_says, 16000, loop=True)
        with self.tour.span("consult", 5.5):
            pass
        self.tour.step("consulting")
        mic.stop()

    def confer(self):
        self.session.key("ctrl+shift+m")
        self.app.wait("panel", "%s: In the conference" % NAME)
        self.say("conference", "conference")
        self.tour.step("conference")
        self.press("Remove " + NAME)
        self.press("Remove from the call")
        self.colleague.is_out()
        self.app.wait_gone("panel", re.compile("^%s: " % NAME))

    def give_away(self):
        self.pick("ctrl+shift+t")
        self.colleague.answer()
        self.app.wait("button", re.compile("^Submit"))
        self.say("after", "given away", self.colleague.hears)
        self.tour.step("given away")
        self.play.direct(do="hang_up", call=self.call)
        self.play.wait_customer(self.call, "ended")
        self.colleague.is_out()
        self.tour.choose("ctrl+d", "Search dispositions", "sol")
        self.press(re.compile("^Submit"))
        self.app.wait("label", "No work in hand")

    def act(self):
        self.record_clip()
        self.call = self.tour.call("several", CUSTOMER)
        self.session.key("ctrl+shift+Return")
        self.play.wait_customer(self.call, "connected")
        self.pause_recording()
        self.say("after", "said after the pause")
        self.play_clip()
        self.consult()
        self.confer()
        self.give_away()

    def keep(self, started):
        """What was heard, and what is on the recording of the customer's channel."""
        log, folder = self.tour.log, self.tour.folder
        self.heard.save(os.path.join(folder, "agent-heard-several.wav"))
        log["recordings"]["agent, several"] = {"file": "agent-heard-several.wav", "started": started}
        if self.colleague.packets:
            log["recordings"]["colleague"] = {"file": "colleague-heard.wav", "started": self.colleague.save(
                os.path.join(folder, "colleague-heard.wav"))}
        self.tour.keep_customer(self.call, "customer, several")
        (newest,) = sorted(glob.glob(os.path.join(self.play.centre()["directory"], "recordings", "??", "*.opus")), key=os.path.getmtime)[-1:]
        (left, _right), rate = opus.load(newest)
        wav.save(os.path.join(folder, "recorded.wav"), left, rate)
        log["several"] = {"colleague": COLLEAGUE, "name": NAME, "tones": TONES, "texts": TEXTS, "recorded": "recorded.wav"}

    def play_act(self):
        self.colleague = Colleague(self.play, self.tour.build)
        self.heard = self.tour.heard = self.play.pulse.capture("headset")
        started = now() - int(self.heard.position() * 1000)
        try:
            self.act()
        finally:
            self.colleague.close()
        self.keep(started)
