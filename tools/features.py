#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds docs/features.md to its tests: each feature names tests that ran and passed.

    tools/features.py BUILD-DIRECTORY [docs/features.md]

A feature is a row `| F-001 | what works | test, test |`; a test is named as `meson test --list` names it, without the
project, or `test:case`, where a case is a method of a Python test or the path of a GTest one and its own output says how it
ended. Prints one line a breach and exits 1.
"""
import json
import os
import re
import sys

ROW = re.compile(r"^\| *(F-\d{3,}) *\|(.*)\|([^|]*)\| *$")
PASSED = {"OK", "EXPECTEDFAIL"}
# "test_x (module.Class)", a line of description perhaps, then what the test itself wrote before its end.
METHOD = re.compile(r"^(test_\w+) \([\w.]+\)", re.M)
METHOD_END = re.compile(r"(?:^|\.\.\. )(ok|FAIL|ERROR|skipped .*|expected failure|unexpected success)$", re.M)
PATH = re.compile(r"^(ok|not ok) \d+ (/\S+)( # SKIP)?", re.M)


def features(text):
    """[(id, description, [tests])] of the table."""
    rows = []
    for line in text.split("\n"):
        m = ROW.match(line)
        if m:
            tests = [t.strip(" `") for t in m.group(3).split(",") if t.strip(" `")]
            rows.append((m.group(1), m.group(2).strip(), tests))
    return rows


def cases(output):
    """{case: "OK" or how it ended else} of what one test wrote."""
    found = {}
    heads = list(METHOD.finditer(output))
    for head, following in zip(heads, [*heads[1:], None]):
        end = METHOD_END.search(output, head.end(), following.start() if following else len(output))
        said = end.group(1) if end else "did not end"
        if head.group(1) in found and found[head.group(1)] != "OK":
            continue  # of several of this name the worst counts; and a failure's report names it again
        if end or head.group(1) not in found:
            found[head.group(1)] = "OK" if said == "ok" else said
    for said, path, skipped in PATH.findall(output):
        found[path] = "OK" if said == "ok" and not skipped else said + skipped
    return found


def results(log):
    """{test or test:case: result} of meson's testlog.json; the worst of several runs counts."""
    found = {}
    for line in log.split("\n"):
        if line.strip():
            run = json.loads(line)
            name = re.sub(r"^.* / ", "", run["name"])
            ended = {name: run["result"]}
            for case, result in cases("%s\n%s" % (run.get("stdout") or "", run.get("stderr") or "")).items():
                ended["%s:%s" % (name, case)] = result
            for key, result in ended.items():
                if found.get(key) in (None, *PASSED):
                    found[key] = result
    return found


def check(rows, ran):
    breaches, seen = [], set()
    if not rows:
        breaches.append("no feature is listed")
    for feature, description, tests in rows:
        if feature in seen:
            breaches.append("%s is listed twice" % feature)
        seen.add(feature)
        if not description:
            breaches.append("%s does not say what works" % feature)
        if not tests:
            breaches.append("%s names no test" % feature)
        for test in tests:
            if test not in ran:
                breaches.append("%s: its test %s did not run" % (feature, test))
            elif ran[test] not in PASSED:
                breaches.append("%s: its test %s: %s" % (feature, test, ran[test]))
    return breaches


def main(argv):
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    listed = argv[2] if len(argv) > 2 else os.path.join(here, "docs", "features.md")
    with open(listed, encoding="utf-8") as f:
        rows = features(f.read())
    with open(os.path.join(argv[1], "meson-logs", "testlog.json"), encoding="utf-8") as f:
        ran = results(f.read())
    found = check(rows, ran)
    for line in found:
        print(line)
    if not found:
        print("%d features, each with a test that passed" % len(rows))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
