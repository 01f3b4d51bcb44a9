# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Asterisk for a test: one or more instances of what asterisk.sh installed, each with ports of its own, ended with the
test. GUICHET_ASTERISK names the folder of the installation; without it these tests are skipped."""

import contextlib
import fcntl
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "rig"), str(HERE.parent / "server" / "voice"), str(HERE.parent / "integration")]
import child  # noqa: E402
import peers  # noqa: E402
import ports  # noqa: E402

PLACE = os.environ.get("GUICHET_ASTERISK", "")
SKIP = 77
# Below the ports that other tests reserve.
FIRST, LAST, STEP, RTP = 10000, 19000, 400, 240


def needed():
    """Ends the program as skipped where there is no Asterisk."""
    if not os.path.exists(os.path.join(PLACE, "installed")):
        print("no Asterisk: tests/asterisk/asterisk.sh install DIR, then GUICHET_ASTERISK=DIR")
        sys.exit(SKIP)


class Node:
    """One running Asterisk."""

    def __init__(self, name="one", conf=HERE / "conf"):
        self.name = name
        self.lock = None
        self.base = self._reserve()
        self.env = self._run("start", str(self.base), str(conf), "guichet", "pw-" + name)
        self.host, self.port, self.tls_port = "127.0.0.1", self.base, None
        self.password_file = os.path.join(PLACE, "run", str(self.base), "password")
        with open(self.password_file, "w", encoding="ascii") as f:
            f.write(self.env["AST_ARI_PASSWORD"] + "\n")

    def _reserve(self):
        folder = pathlib.Path(ports.LOCKS % "guichet-asterisk")
        folder.mkdir(mode=0o700, exist_ok=True)
        for base in range(FIRST, LAST, STEP):
            self.lock = open(folder / str(base), "w", encoding="ascii")
            with contextlib.suppress(OSError):
                fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return base
            self.lock.close()
        raise AssertionError("no ports for an Asterisk")

    def _run(self, what, *args):
        # It runs as its distribution's users run it: meson has freed memory overwritten in what it starts.
        out = subprocess.run([str(HERE / "asterisk.sh"), what, PLACE, *args], check=True, stdout=subprocess.PIPE, text=True,
                             stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=child.tied if what == "cli" else None,
                             env={**os.environ, "AST_RTP_PORTS": str(RTP), "LD_PRELOAD": "", "MALLOC_PERTURB_": "0"}).stdout
        return dict(line.split("=", 1) for line in out.splitlines() if line.startswith("AST_"))

    def kill(self):
        self._run("kill", str(self.base))

    def restart(self):
        self._run("restart", str(self.base))

    def cli(self, *words):
        return subprocess.run([str(HERE / "asterisk.sh"), "cli", PLACE, str(self.base), *words], check=True, text=True,
                              stdout=subprocess.PIPE, stdin=subprocess.DEVNULL).stdout

    def check(self):
        """Ends what waits for an Asterisk that ended by itself."""
        if not os.path.exists("/proc/" + self.pid()):
            said = pathlib.Path(self.env["AST_LOG"]).with_name("stdout").read_text(errors="replace")
            raise AssertionError("Asterisk %s has ended by itself; it said last: %s" % (self.name, said[-2000:]))

    def pid(self):
        return pathlib.Path(self.env["AST_PIDFILE"]).read_text(encoding="ascii").strip()

    def log(self):
        return pathlib.Path(self.env["AST_LOG"]).read_text(errors="replace")

    def close(self):
        self._run("stop", str(self.base))
        self.lock.close()

    def group(self, **more):
        """[asterisk NAME] of the daemon's file."""
        keys = {"url": self.env["AST_ARI_URL"], "user": "guichet", "password_file": self.password_file, **more}
        return "[asterisk %s]\n%s\n" % (self.name, "\n".join("%s=%s" % pair for pair in keys.items()))

    def node(self, **more):
        """The same for engine-cli."""
        return {"name": self.name, "url": self.env["AST_ARI_URL"], "user": "guichet", "sounds": "",
                "password": self.env["AST_ARI_PASSWORD"], **more}


class Engine(peers.Engine):
    """engine-cli over these nodes; phones register at the first, customers call it."""

    killed = False

    def __init__(self, *nodes, http=False, fresh=True, log=None, **more):
        """fresh: calls of a test before that are still there are put away."""
        first = nodes[0]
        config = [first.node(sip="127.0.0.1:%d" % first.port, http=http, **more)]
        config += [n.node(http=http, stations="PJSIP/trunk/sip:station-{user}@127.0.0.1:%d" % first.port) for n in nodes[1:]]
        super().__init__(nodes=config, log=log)
        self.port = first.port
        if fresh:
            listed = self.do("list")
            for leg in listed["legs"]:
                self.do("hangup", leg=leg["leg"])
                self.wait("leg.ended", leg=leg["leg"])
            for bridge in listed["bridges"]:
                self.do("bridge.destroy", bridge=bridge)

    def kill(self):
        """Without a word to anybody."""
        self.killed = True
        self.process.kill()
        self.process.wait()

    def close(self):
        if not self.killed:
            super().close()
