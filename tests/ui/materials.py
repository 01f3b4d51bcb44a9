# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tour left, by name, for those who judge it."""
import json
import os

import evidence
import wav


class Fact(Exception):
    """A fact that does not hold; says why."""


def need(true, why, *args):
    if not true:
        raise Fact(why % args if args else why)


class Tour:
    """The materials of a tour, by name."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "tour.json"), encoding="utf-8") as f:
            self.log = json.load(f)
        self.steps = {s["step"]: s for s in self.log["steps"]}

    def path(self, name):
        return os.path.join(self.folder, name)

    def step(self, name):
        need(name in self.steps, "the tour never came to the step %r", name)
        return self.steps[name]

    def recording(self, name):
        entry = self.log["recordings"].get(name)
        need(entry, "there is no recording %r", name)
        return evidence.Recording(self.path(entry["file"]), entry["started"])

    def part(self, recording, span):
        """What a recording has between two marks of the tour, without their first and last moments."""
        entry = self.log["spans"].get(span)
        need(entry, "the tour has no span %r", span)
        heard = self.recording(recording)
        samples = heard.cut(entry[0] + entry[2] if len(entry) > 2 else entry[0], entry[1])
        need(len(samples) >= heard.rate, "%s is too short in the recording %r", span, recording)
        return samples, heard.rate

    def said(self, name):
        return wav.load(self.path(self.log["said"][name]))

    def events(self, call, event):
        return [e for e in self.log["customers"] if e.get("call") == call and e["event"] == event]

    def journal(self, call):
        return [e for e in self.log["journal"] if e.get("call") == call]

    def on_screen(self, step, text):
        words = self.step(step)["screen"]
        need(any(text.lower() in w.lower() for w in words), "%r is not on the screen at the step %r", text, step)

    def shot(self, step):
        return evidence.Picture(self.path(self.step(step)["shot"]))
