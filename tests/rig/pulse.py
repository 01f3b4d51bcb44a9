# SPDX-License-Identifier: GPL-3.0-or-later
"""A private PulseAudio server with virtual devices, for tests, the tour and the benchmarks.

    with Pulse() as pulse:
        env = dict(os.environ, **pulse.env())         # for the program under test
        heard = pulse.capture("headset")              # what the agent hears, from now on
        pulse.play("mic", wav.tone(440, 5))           # speaks into the agent's microphone
        heard.wait(lambda s, rate: wav.has_tone(s[-rate:], rate, 1000), 10)
        heard.save("heard.wav")

Devices: sinks "headset" (default) and "ringer", source "microphone" (default), fed by playing to the sink "mic"; further ones by
add_sink () and add_source (). Needs no hardware, no session bus and no root; ends with what it started.
"""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import numpy as np

import child
import wav
from patience import DEADLINE, OFTEN, pause

RATE = 48000


def wait_for(what, seconds, least=OFTEN):
    """The first true value of what (), or the last false one when the time is over."""
    begun = time.monotonic()
    while True:
        value = what()
        waited = time.monotonic() - begun
        if value or waited > seconds:
            return value
        time.sleep(pause(waited, least))


class Capture:
    """Records a source until stopped; what has come so far can be looked at any time."""

    def __init__(self, pulse, source, rate=RATE):
        self.rate = rate
        self._chunks = []
        self._lock = threading.Condition()
        self._process = subprocess.Popen(
            ["parec", "-d", source, "--latency-msec=10", f"--rate={rate}", "--channels=1", "--format=s16le", "--raw"],
            env=pulse.full_env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        with self._lock:
            if not self._lock.wait_for(lambda: self._chunks, DEADLINE):
                raise RuntimeError(f"nothing comes from {source}")

    def _read(self):
        rest = b""
        while data := self._process.stdout.read1(65536):
            data = rest + data
            rest = data[len(data) & ~1:]
            with self._lock:
                self._chunks.append(np.frombuffer(data[:len(data) & ~1], dtype="<i2"))
                self._lock.notify_all()

    def samples(self, start=0.0):
        """All so far, or from a position in seconds on, as floats."""
        with self._lock:
            whole = np.concatenate(self._chunks) if self._chunks else np.zeros(0, dtype="<i2")
        return whole[int(start * self.rate):].astype(np.float64) / 32768.0

    def position(self):
        """Seconds recorded so far."""
        with self._lock:
            return sum(len(c) for c in self._chunks) / self.rate

    def more(self, seconds, deadline=DEADLINE):
        """The samples of the next so many seconds, from now."""
        start = self.position()
        wait_for(lambda: self.position() >= start + seconds, seconds + deadline)
        return self.samples(start)[:int(seconds * self.rate)]

    def wait(self, holds, deadline, window=None):
        """Waits until holds (samples, rate) is true of all, or of the last window seconds; False when the time is over."""
        def look():
            s = self.samples(max(0.0, self.position() - window) if window else 0.0)
            return len(s) > 0 and (not window or len(s) >= window * self.rate * 0.9) and holds(s, self.rate)
        return bool(wait_for(look, deadline, 0.1))

    def stop(self):
        """Ends the recording and returns all of it."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(DEADLINE)
        self._thread.join(DEADLINE)
        self._process.stdout.close()
        return self.samples()

    def save(self, path):
        wav.save(path, self.stop(), self.rate)


class Playing:
    """A sound being played."""

    def __init__(self, pulse, sink, samples, rate, loop):
        self._data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        self._loop = loop
        self._process = subprocess.Popen(
            ["pacat", "-d", sink, "--latency-msec=20", f"--rate={rate}", "--channels=1", "--format=s16le", "--raw"],
            env=pulse.full_env(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def _write(self):
        try:
            self._process.stdin.write(self._data)
            while self._loop:
                self._process.stdin.write(self._data)
            self._process.stdin.close()
        except (BrokenPipeError, ValueError, OSError):
            pass

    def wait(self, deadline=DEADLINE):
        self._process.wait(deadline)

    def stop(self):
        self._loop = False
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(DEADLINE)
        self._thread.join(DEADLINE)
        try:
            self._process.stdin.close()
        except (BrokenPipeError, OSError):
            pass


class Pulse:
    def __init__(self, directory=None, devices=True, block=10):
        """block: milliseconds that the devices work at a time; each such block wakes three processes for each device."""
        self._own, self._block = directory is None, block
        self.dir = pathlib.Path(directory or tempfile.mkdtemp(prefix="guichet-pulse-"))
        (self.dir / "run").mkdir(parents=True, exist_ok=True)
        (self.dir / "run").chmod(0o700)
        self.socket = self.dir / "sock"
        self._devices = devices
        self._readers = {}
        self._parts = []
        self._server = None

    def env(self):
        """What a program needs to find this server and no other."""
        return {"PULSE_SERVER": f"unix:{self.socket}", "PULSE_COOKIE": str(self.dir / "cookie"),
                "PULSE_RUNTIME_PATH": str(self.dir / "run")}

    def full_env(self):
        return dict(os.environ, HOME=str(self.dir), XDG_RUNTIME_DIR=str(self.dir / "run"), **self.env())

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def start(self):
        script = self.dir / "start.pa"
        script.write_text(f"load-module module-native-protocol-unix auth-anonymous=1 socket={self.socket}\n")
        env = dict(self.full_env())
        del env["PULSE_SERVER"]
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.socket.unlink(missing_ok=True)
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
             "--high-priority=no", "--realtime=no", "--disable-shm=no", f"--log-target=file:{self.dir / 'log'}"],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=child.tied)
        if not wait_for(self._listens, DEADLINE):
            raise RuntimeError("pulseaudio does not start: " + (self.dir / "log").read_text(errors="replace")[-500:])
        if self._devices:
            self.add_sink("headset", "Headset")
            self.add_sink("ringer", "Desk speaker")
            self.add_source("microphone", "mic", "Headset microphone")
            self.set_default("headset", "microphone")
        return self

    def _listens(self):
        """The socket is there a moment before anybody may connect to it."""
        with socket.socket(socket.AF_UNIX) as tried:
            return tried.connect_ex(str(self.socket)) == 0

    def ctl(self, *args):
        """pactl ...: its output."""
        done = subprocess.run(["pactl", *args], env=self.full_env(), capture_output=True, text=True, timeout=DEADLINE)
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(args)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _keep_reading(self, sink):
        # A null sink that nobody reads works in blocks of up to 2 s and starts new streams up to 1 s late.
        if old := self._readers.pop(sink, None):
            old.kill()
            old.wait()
        self._readers[sink] = subprocess.Popen(
            ["parec", "-d", f"{sink}.monitor", f"--latency-msec={self._block}", "--rate=8000", "--channels=1"],
            env=self.full_env(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def add_sink(self, name, label=None):
        """A device to hear by; its index, for remove ()."""
        index = self.ctl("load-module", "module-null-sink", f"sink_name={name}", f"rate={RATE}", "channels=1",
                         f"sink_properties='device.description=\"{label or name}\"'")
        self._keep_reading(name)
        return index

    def add_source(self, name, feed, label=None):
        """A microphone that hears what is played to a new sink called feed; its index, for remove ()."""
        self.ctl("load-module", "module-null-sink", f"sink_name={feed}", f"rate={RATE}", "channels=1",
                 f"sink_properties=device.description={feed}")
        self._keep_reading(feed)
        return self.remap(name, f"{feed}.monitor", label)

    def remap(self, name, monitor, label=None):
        """An ordinary source that hears a monitor; remap ("loop", "headset.monitor") is an acoustic short circuit."""
        return self.ctl("load-module", "module-remap-source", f"source_name={name}", f"master={monitor}",
                        f"source_properties='device.description=\"{label or name}\"'")

    def remove(self, index):
        """Pulls the plug of a device."""
        self.ctl("unload-module", str(index))

    def set_default(self, sink, source):
        """Either may be None. The server moves streams from the old default to the new: readers are put back."""
        if sink:
            self.ctl("set-default-sink", sink)
        if source:
            self.ctl("set-default-source", source)
        for name in list(self._readers):
            self._keep_reading(name)

    def capture(self, sink, rate=RATE):
        """Records what a sink plays, or a source hears if such a one is named."""
        source = sink if sink in self.sources() else f"{sink}.monitor"
        part = Capture(self, source, rate)
        self._parts.append(part)
        return part

    def play(self, sink, samples, rate=RATE, loop=False):
        part = Playing(self, sink, samples, rate, loop)
        self._parts.append(part)
        return part

    def sources(self):
        return [line.split("\t")[1] for line in self.ctl("list", "short", "sources").splitlines()]

    def sinks(self):
        return [line.split("\t")[1] for line in self.ctl("list", "short", "sinks").splitlines()]

    def streams(self):
        """How many programs play and record now, captures and the rig's own readers included."""
        return (len(self.ctl("list", "short", "sink-inputs").splitlines()),
                len(self.ctl("list", "short", "source-outputs").splitlines()))

    def stop_server(self):
        """Ends the server alone: the sound server "crashes"; start () brings it back."""
        for reader in self._readers.values():
            reader.kill()
            reader.wait()
        self._readers = {}
        if self._server and self._server.poll() is None:
            self._server.kill()
            self._server.wait(DEADLINE)
        self._server = None

    def close(self):
        for part in self._parts:
            part.stop()
        self._parts = []
        self.stop_server()
        if self._own:
            shutil.rmtree(self.dir, ignore_errors=True)
