# SPDX-License-Identifier: GPL-3.0-or-later
"""A private D-Bus, session and (for login1) system in one, with activation of our own programs.

    with Bus({"org.guichet.Guichet.Phone": "/path/guichet-phone"}) as bus:
        env = dict(os.environ, **bus.env())
        connection = bus.connect()
"""
import pathlib
import shutil
import subprocess
import tempfile

import child
import gi
from patience import DEADLINE

gi.require_version("Gio", "2.0")
from gi.repository import Gio  # noqa: E402

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={dir}/bus</listen>
  <servicedir>{dir}/services</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Bus:
    def __init__(self, services=None, env=None):
        """services: bus name -> command, started on demand in env (the caller's environment by default)."""
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="guichet-bus-"))
        (self.dir / "services").mkdir()
        for name, command in (services or {}).items():
            self.add_service(name, command)
        (self.dir / "bus.conf").write_text(CONFIG.format(dir=self.dir))
        self.address = f"unix:path={self.dir}/bus"
        self._env = env
        self._daemon = None

    def add_service(self, name, command):
        (self.dir / "services" / f"{name}.service").write_text(f"[D-BUS Service]\nName={name}\nExec={command}\n")

    def env(self):
        return {"DBUS_SESSION_BUS_ADDRESS": self.address, "DBUS_SYSTEM_BUS_ADDRESS": self.address}

    def __enter__(self):
        env = dict(self._env) if self._env is not None else None
        if env is not None:
            env.update(self.env())
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self.dir}/bus.conf", "--nofork", "--nopidfile", "--nosyslog", "--print-address"],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            preexec_fn=child.tied)
        if not self._daemon.stdout.readline():
            raise RuntimeError("dbus-daemon does not start")
        return self

    def connect(self):
        """A connection of its own: another client each time."""
        return Gio.DBusConnection.new_for_address_sync(
            self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)

    def __exit__(self, *_):
        if self._daemon and self._daemon.poll() is None:
            self._daemon.terminate()
            self._daemon.wait(DEADLINE)
        self._daemon.stdout.close()
        shutil.rmtree(self.dir, ignore_errors=True)
