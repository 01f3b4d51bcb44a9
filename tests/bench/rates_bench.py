#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages a second through guichetd, each on the disk before it is acknowledged: customers of web chats and agents by the API, all
of them writing the next message as soon as the last is acknowledged. Beside it, by turns in one run, one who writes alone (each
message a commit of its own), and Prosody with as many XMPP clients, which archives on SQLite, too, and acknowledges by XEP-0198.
(The store alone in groups and one commit each: bench-store.)

    tests/bench/rates_bench.py BUILD [--customers N] [--agents N] [--seconds S] [--rounds N]

Needs Prosody for the peer (Debian: prosody, lua-dbi-sqlite3); without it, it is left out. Its archive is measured as it comes
(a rollback journal) and with SQLite's WAL. It keeps every message twice, once for each side; guichetd once, with journal and
index. The load program shares the machine; processor time is of the server alone.
"""
import argparse
import contextlib
import copy
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "integration"), str(HERE.parent / "rig"), str(HERE)]
import chats  # noqa: E402
import desks  # noqa: E402
import scene  # noqa: E402
from customer import ask  # noqa: E402
from ports import free_port  # noqa: E402
from scene import api  # noqa: E402

SLOTS = 12
WARM = 5  # seconds: whoever writes for the first time is read from the disk
CONFIG = """[http]
max_connections=20000
requests_per_minute=100000
commands_per_second=100000
[webchat]
listen=127.0.0.1:0
proxies=1
conversations_per_minute=100000
messages_per_minute=100000
"""
PROSODY = """data_path = "{folder}"
pidfile = "{folder}/prosody.pid"
run_as_root = true
log = {{ warn = "{folder}/log" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
s2s_ports = {{}}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
default_storage = "internal"
storage = {{ archive = "sql" }}
sql = {{ driver = "SQLite3", database = "archive.sqlite" }}
modules_enabled = {{ "saslauth", "disco", "mam", "smacks" }}
modules_disabled = {{ "s2s", "tls", "offline" }}
default_archive_policy = true
VirtualHost "localhost"
"""


class Load:
    """The load program."""

    def __init__(self, build):
        self.process = subprocess.Popen([os.path.join(build, "tests/bench/message-load")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def add(self, *words):
        self.process.stdin.write(" ".join(str(w) for w in words) + "\n")

    def go(self, seconds, writers, meter):
        cpu = meter.cpu()
        self.add("go", seconds, writers)
        self.process.stdin.flush()
        got = json.loads(self.process.stdout.readline())
        got["server_us"] = round((meter.cpu() - cpu) * 1e6 / max(got["messages"], 1) * seconds / (seconds + 1), 1)
        got["load"] = round(os.getloadavg()[0], 1)
        return got

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def port_of(url):
    return url.rsplit(":", 1)[1]


class Guichet:
    name = "guichetd"

    def __init__(self, build, folder, customers, agents):
        self.stack, self.customers, self.agents = contextlib.ExitStack(), customers, agents
        self.daemon = self.stack.enter_context(api.Daemon(build, config=CONFIG))
        self.daemon.start()
        self.daemon.apply(self.centre())
        self.daemon.stop()
        hashed = desks.cheap_hash(b"password")
        db = sqlite3.connect(os.path.join(self.daemon.data, "guichet.db"))
        with db:
            db.executemany("INSERT OR REPLACE INTO password (agent, hash) VALUES (?, ?)", (("a%d" % a, hashed) for a in range(agents)))
        db.close()
        self.daemon.start()
        self.meter = desks.Meter(self.daemon.process.pid)

    def centre(self):
        made = copy.deepcopy(scene.CENTRE)
        chats.chat_centre(made)
        made["settings"].update(auto_accept_digital=True, slots=[{"channel": "voice", "count": 1}, {"channel": "webchat", "count": SLOTS}])
        made["agents"] = [{"id": "a%d" % a, "name": "Agent %d" % a, "language": "en", "queues": ["chat"]} for a in range(self.agents)]
        return made

    def connect(self, load):
        http, chat = port_of(self.daemon.http), port_of(self.daemon.ready["webchat"])
        signed_in = []
        for a in range(self.agents):
            agent = api.Agent(self.daemon, "a%d" % a, "password", contract=False)
            agent.sign_in(station="outside_number", address="+3592%07d" % a)
            load.add("desk", http, agent.token, agent.desk()["cursor"])
            agent.available()
            signed_in.append(agent)
        for c in range(self.customers):
            status, answer = ask(self.daemon, "POST", "/chat/v1/web/conversations", {"name": "C", "language": "en", "key": "customer-key-%06d" % c},
                                 {"X-Forwarded-For": "10.0.%d.%d" % (c // 250, c % 250 + 1)})
            assert status == 201, answer
            load.add("customer", chat, answer["token"])
        load.process.stdin.flush()
        for agent in signed_in:
            for interaction in self.served(agent):
                load.add("speaker", http, agent.token, interaction)
        self.writers = 2 * self.customers

    def served(self, agent):
        """Its share of the chats, as soon as they are there: each accepts by itself."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            mine = [i["id"] for i in agent.desk()["interactions"] if any(p["state"] == "active" for p in i["participations"])]
            if len(mine) >= self.customers // self.agents:
                return mine
            time.sleep(0.1)
        raise SystemExit("the chats do not come to their agents")

    def close(self):
        self.stack.close()


class Prosody:
    def __init__(self, _build, folder, customers, agents, wal):
        self.name = "Prosody, WAL" if wal else "Prosody"
        self.customers = customers
        self.folder = os.path.join(folder, "prosody-wal" if wal else "prosody")
        accounts = os.path.join(self.folder, "localhost", "accounts")
        os.makedirs(accounts)
        for user in range(2 * customers):
            with open(os.path.join(accounts, "u%d.dat" % user), "w", encoding="ascii") as f:
                f.write('return { ["password"] = "x" };\n')
        if wal:
            db = sqlite3.connect(os.path.join(self.folder, "archive.sqlite"))
            db.execute("PRAGMA journal_mode = WAL")
            db.close()
        self.port = free_port()
        config = os.path.join(self.folder, "prosody.cfg.lua")
        with open(config, "w", encoding="ascii") as f:
            f.write(PROSODY.format(folder=self.folder, port=self.port))
        self.process = subprocess.Popen(["prosody", "--config", config, "-F"], stdout=subprocess.DEVNULL)
        self.meter = desks.Meter(self.process.pid)

    def connect(self, load):
        import socket  # noqa: PLC0415
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        for user in range(2 * self.customers):
            load.add("xmpp", self.port, "u%d" % user, "x", "u%d" % (user ^ 1))
        self.writers = 2 * self.customers

    def archived(self):
        db = sqlite3.connect(os.path.join(self.folder, "archive.sqlite"))
        return db.execute("SELECT count(*) FROM prosodyarchive").fetchone()[0]

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--customers", type=int, default=240)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    peers = [lambda f: Guichet(build, f, args.customers, args.agents)]
    if shutil.which("prosody"):
        peers += [lambda f: Prosody(build, f, args.customers, args.agents, False), lambda f: Prosody(build, f, args.customers, args.agents, True)]
    with tempfile.TemporaryDirectory(prefix="rates-bench-") as folder, contextlib.ExitStack() as stack:
        running = []
        for make in peers:
            server, load = make(folder), Load(build)
            stack.callback(server.close)
            stack.callback(load.close)
            server.connect(load)
            load.go(WARM, server.writers, server.meter)
            running.append((server, load))
        for number in range(args.rounds):
            for server, load in running if number % 2 == 0 else running[::-1]:
                for writers in (server.writers, 1):
                    got = load.go(args.seconds, writers, server.meter)
                    print(json.dumps({"server": server.name, "writers": writers, **got}), flush=True)
        for server, _load in running[1:]:
            print(json.dumps({"server": server.name, "archived": server.archived()}))


if __name__ == "__main__":
    main()
