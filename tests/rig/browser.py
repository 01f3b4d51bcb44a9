# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer's browser: Debian's Chromium, led by playwright-core, which npm brings into the build directory.

    with browser.Browser(build) as chromium:
        page = chromium.page(locale="fr-FR")
        page.run("await page.goto(arg)", url)
"""
import fcntl
import hashlib
import itertools
import json
import os
import queue
import shutil
import subprocess
import threading

import child
from patience import DEADLINE

WEB = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "web")


def tool(*names):
    found = next((shutil.which(n) for n in names if shutil.which(n)), None)
    assert found, "%s is not installed: run tools/install test" % names[0]
    return found


def modules(build):
    """The folder with node_modules, filled once for each package-lock.json."""
    folder = os.path.join(os.path.abspath(build), "tests", "web", "npm")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(WEB, "package-lock.json"), "rb") as f:
        wanted = hashlib.sha256(f.read()).hexdigest()
    stamp = os.path.join(folder, "installed")
    with open(os.path.join(folder, "lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(stamp):
            with open(stamp, encoding="utf-8") as f:
                if f.read() == wanted:
                    return folder
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(os.path.join(WEB, name), os.path.join(folder, name))
        done = subprocess.run([tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
        assert done.returncode == 0, ("npm could not bring playwright-core and axe-core into %s; it needs a package registry "
                                      "once (see `npm config get registry`):\n%s" % (folder, done.stdout))
        with open(stamp, "w", encoding="utf-8") as f:
            f.write(wanted)
    return folder


class Failed(AssertionError):
    """What was to be seen or done in the browser was not."""


class Browser:
    def __init__(self, build, *arguments):
        folder = modules(build)
        self.process = subprocess.Popen(
            [tool("node", "nodejs"), os.path.join(WEB, "driver.mjs"), folder, os.path.join(WEB, "chromium"), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=child.tied,
            env={**os.environ, "GUICHET_CHROMIUM": tool("chromium-headless-shell", "chromium", "chromium-browser")})
        self.ids = itertools.count(1)
        self.waiting = {}
        self.guard = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            self.waiting.pop(answer["id"]).put(answer)
        for left in list(self.waiting.values()):
            left.put({"error": "the browser has ended"})

    def ask(self, **request):
        answers = queue.Queue()
        with self.guard:
            number = next(self.ids)
            self.waiting[number] = answers
            self.process.stdin.write(json.dumps({"id": number, **request}) + "\n")
            self.process.stdin.flush()
        answer = answers.get(timeout=DEADLINE)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["value"]

    def page(self, name=None, **options):
        name = name or "page-%d" % next(self.ids)
        self.ask(open=name, options=options)
        return Page(self, name)

    def close(self):
        if self.process.stdin.closed:
            return
        self.process.stdin.close()
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Page:
    def __init__(self, browser, name):
        self.browser, self.name = browser, name

    def run(self, code, arg=None):
        """Runs JavaScript in the driver, with page, context and arg."""
        return self.browser.ask(page=self.name, code=code, arg=arg)

    def close(self):
        """The profile goes; every error that a script threw or the page's policy forbade fails the test."""
        faults = self.run("await context.close(); return faults")
        assert not faults, faults
