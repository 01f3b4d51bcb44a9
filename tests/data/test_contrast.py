#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every colour of src/desktop/style.css that text is read by or on has a contrast of at least 7 to 1, in light and in dark."""
import os
import re
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENOUGH = 7.0
# Of libadwaita: what text stands on (window, view, header bar, popover), the text, and the colours that we mix.
LIGHT = {"on": ["#fafafa", "#ffffff", "#ebebeb"], "text": ("#000000", 0.8), "accent_bg_color": "#3584e4",
         "warning_bg_color": "#e5a50a", "error_bg_color": "#e01b24"}
DARK = {"on": ["#242424", "#1e1e1e", "#303030", "#383838"], "text": ("#ffffff", 1.0), "accent_bg_color": "#3584e4",
        "warning_bg_color": "#cd9309", "error_bg_color": "#c01c28"}


def rgb(colour):
    return [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]


def over(colour, alpha, ground):
    return [c * alpha + g * (1 - alpha) for c, g in zip(colour, ground)]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rules(css):
    """(selectors, {property: value}) of every rule."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        pairs = [p.split(":", 1) for p in body.split(";") if ":" in p]
        yield " ".join(selectors.split()), {k.strip(): v.strip() for k, v in pairs}


class Scheme:
    def __init__(self, named):
        self.named = named

    def ground(self, value, below):
        """What a background makes of what is below it, None if it says nothing of text."""
        mixed = re.fullmatch(r"alpha\((currentColor|@\w+), ([\d.]+)\)", value)
        if re.fullmatch(r"#[0-9a-f]{6}", value):
            return rgb(value)
        if not mixed or (mixed[1] != "currentColor" and mixed[1][1:] not in self.named):
            return None
        colour, alpha = (self.named["text"] if mixed[1] == "currentColor" else (self.named[mixed[1][1:]], 1.0))
        return over(rgb(colour), float(mixed[2]) * alpha, below)

    def worst(self, rule):
        """The least contrast of a rule over all that it may stand on."""
        found = []
        for below in map(rgb, self.named["on"]):
            ground = self.ground(rule["background-color"], below) if "background-color" in rule else below
            if ground is None:
                continue
            colour, alpha = (rule["color"], 1.0) if rule.get("color", "").startswith("#") else self.named["text"]
            found.append(contrast(over(rgb(colour), alpha * float(rule.get("opacity", 1)), ground), ground))
        return min(found, default=None)


def schemes(selectors, rule):
    """A colour of text alone is of one scheme; the rest serves both."""
    if "color" in rule and "background-color" not in rule:
        return [Scheme(DARK if ".dark" in selectors else LIGHT)]
    return [Scheme(LIGHT), Scheme(DARK)]


class Contrast(unittest.TestCase):
    def test_own_colours(self):
        with open(os.path.join(TREE, "src", "desktop", "style.css"), encoding="utf-8") as f:
            all_rules = list(rules(f.read()))
        looked = 0
        for selectors, rule in all_rules:
            if not {"color", "background-color", "opacity"} & set(rule) or "state-dot" in selectors or "stripe" in selectors:
                continue
            for scheme in schemes(selectors, rule):
                worst = scheme.worst(rule)
                if worst is not None:
                    looked += 1
                    self.assertGreaterEqual(round(worst, 2), ENOUGH, selectors)
        self.assertGreater(looked, 20)

    def test_stripes(self):
        """Of conversations: seen beside all that they lie on, and no two alike."""
        with open(os.path.join(TREE, "src", "desktop", "style.css"), encoding="utf-8") as f:
            colours = [rule["background-color"] for selectors, rule in rules(f.read()) if ".stripe.colour-" in selectors]
        self.assertEqual((len(colours), len(set(colours))), (6, 6))
        for colour in colours:
            for ground in LIGHT["on"] + DARK["on"]:
                self.assertGreaterEqual(contrast(rgb(colour), rgb(ground)), 3.0, (colour, ground))

    def test_each_colour_of_text_has_one_for_dark(self):
        with open(os.path.join(TREE, "src", "desktop", "style.css"), encoding="utf-8") as f:
            alone = [s for s, rule in rules(f.read()) if rule.get("color", "").startswith("#") and "background-color" not in rule]
        light = {one.strip() for s in alone for one in s.split(",") if ".dark" not in one}
        dark = {one.strip().replace(".dark ", "") for s in alone for one in s.split(",") if ".dark" in one}
        self.assertEqual(light, dark)

    def test_contrast_itself(self):
        self.assertEqual(contrast(rgb("#000000"), rgb("#ffffff")), 21.0)
        self.assertAlmostEqual(contrast(rgb("#767676"), rgb("#ffffff")), 4.54, places=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
