# SPDX-License-Identifier: GPL-3.0-or-later
"""guichet-phone beside baresip and linphone, in one run on the same virtual sound devices, in the order A-B-C-C-B-A: answering,
the sound's way through and back, processor time and memory of a call.

    tests/bench/phone_bench.py [--rounds N] [--seconds S] [--codec pcmu|opus] [--processing] > result.json

Needs baresip (baresip-core) and linphone-daemon (linphone-cli) for the peers; one that is missing is left out. Sound
processing is off in all of them unless asked for: what is looped back is what an echo canceller removes.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "phone"), str(HERE.parent / "rig")]
import sip_meter  # noqa: E402
from bus import Bus  # noqa: E402
from phonerig import NAME, PROGRAM, Client  # noqa: E402
from ports import free_port  # noqa: E402
from pulse import Pulse, wait_for  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402


class Guichet:
    name = "guichet-phone"

    def __init__(self, pulse, directory, codec, processing):
        self.bus = Bus().__enter__()
        env = dict(os.environ, HOME=str(directory), XDG_RUNTIME_DIR=str(directory), **pulse.env(), **self.bus.env())
        self.process = subprocess.Popen([PROGRAM, "--log=error"], env=env, stderr=subprocess.DEVNULL)
        self.client = Client(self.bus)
        bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        wait_for(lambda: self.client.connection.call_sync(*bus, "NameHasOwner", GLib.Variant("(s)", (NAME,)), None,
                                                          Gio.DBusCallFlags.NONE, 5000, None).unpack()[0], 20)
        self.client.configure(microphone="loop", echo_cancellation=processing, noise_suppression=processing,
                              gain_control=processing)
        self.meter = sip_meter.Meter(codec)
        self.client.set_account(registrar=f"sip:127.0.0.1:{self.meter.port}", user="bench", password="bench")
        self.client.KeepAlive("(u)", 120)
        if not self.meter.registered.wait(20):
            raise RuntimeError("the phone does not register")

    def close(self):
        self.meter.close()
        self.process.terminate()
        self.process.wait(20)
        self.client.close()
        self.bus.__exit__()


class Baresip:
    name = "baresip"

    @staticmethod
    def there():
        return shutil.which("baresip")

    def __init__(self, pulse, directory, codec, processing):
        modules = next(pathlib.Path("/usr/lib").glob("**/baresip/modules"))
        port = free_port()
        (directory / "asound.conf").write_text("pcm.spk { type pulse device headset }\npcm.loop { type pulse device headset.monitor }\n"
                                               "ctl.spk { type pulse }\n")
        rate = codec.rate
        (directory / "config").write_text(
            f"sip_listen 127.0.0.1:{port}\nsip_trans_def udp\ncall_local_timeout 120\ncall_max_calls 8\naudio_player alsa,spk\n"
            f"audio_source alsa,loop\naudio_alert aubridge,none\nausrc_srate {rate}\nauplay_srate {rate}\nausrc_channels 1\n"
            f"auplay_channels 1\naudio_level no\nrtp_tos 184\nrtcp_mux no\njitter_buffer_type fixed\njitter_buffer_delay 2-10\n"
            f"net_interface 127.0.0.1\nmodule_path {modules}\nmodule g711.so\nmodule opus.so\nmodule aubridge.so\nmodule alsa.so\n"
            f"module_tmp account.so\nmodule_app menu.so\nopus_bitrate 24000\n")
        (directory / "accounts").write_text(f"<sip:200@127.0.0.1>;regint=0;answermode=auto;audio_codecs={codec.name}\n")
        (directory / "contacts").write_text("\n")
        env = dict(os.environ, HOME=str(directory), ALSA_CONFIG_PATH=str(directory / "asound.conf"), **pulse.env())
        self.process = subprocess.Popen(["baresip", "-f", str(directory)], env=env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: listens(port), 15)
        self.meter = sip_meter.Meter(codec, f"sip:200@127.0.0.1:{port}")

    def close(self):
        self.meter.close()
        self.process.terminate()
        self.process.wait(20)


class Linphone:
    name = "linphone"

    @staticmethod
    def there():
        return shutil.which("linphone-daemon")

    def __init__(self, pulse, directory, codec, processing):
        for needed in (".local/share/linphone", ".config/linphone"):
            (directory / needed).mkdir(parents=True, exist_ok=True)
        port = free_port()
        flags = 1 if processing else 0
        (directory / "rc").write_text(
            f"[sip]\nsip_port={port}\nsip_tcp_port=0\nsip_tls_port=-1\ndefault_proxy=-1\nbind_address=127.0.0.1\n"
            f"guess_hostname=0\ncontact=\"bench\" <sip:200@127.0.0.1:{port}>\nauto_net_state_mon=0\n[net]\nmtu=1300\n"
            f"[sound]\nechocancellation={flags}\nagc={flags}\nplayback_dev_id=PulseAudio: Headset\n"
            f"capture_dev_id=PulseAudio: loop\ndisable_record_on_mute=0\n[rtp]\naudio_jitt_comp=40\n"
            f"audio_rtp_port={free_port()}\n[audio_codec_0]\nmime=PCMU\nrate=8000\nchannels=1\nenabled={int(codec.name == 'PCMU')}\n"
            f"[audio_codec_1]\nmime=opus\nrate=48000\nchannels=2\nenabled={int(codec.name == 'opus')}\nrecv_fmtp=useinbandfec=1\n"
            f"[video]\nenabled=0\ndisplay=0\ncapture=0\n[misc]\nmax_calls=10\n")
        env = dict(os.environ, HOME=str(directory), TMPDIR=str(directory), **pulse.env())
        self.process = subprocess.Popen(["linphone-daemon", "--config", str(directory / "rc"), "--auto-answer", "--pipe",
                                         f"bench{os.getpid()}", "--log", str(directory / "log")], env=env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: listens(port), 20)
        self.meter = sip_meter.Meter(codec, f"sip:200@127.0.0.1:{port}")

    def close(self):
        self.meter.close()
        self.process.kill()
        self.process.wait(20)


def listens(port):
    return any(line.split()[1].endswith(f":{port:04X}") for line in open("/proc/net/udp").read().splitlines()[1:])


def measure(phone, pulse, codec, options):
    """One fresh process: its first call, ten short ones, and one with sound."""
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as directory:
        one = phone(pulse, pathlib.Path(directory), codec, options.processing)
        try:
            frames, result = sip_meter.chirp_frames(codec), {"ringing_ms": [], "answer_ms": []}
            for i in range(options.calls):
                ringing, answer = one.meter.invite()
                one.meter.talk(0.3, frames, settle=0.1)
                one.meter.bye()
                if i == 0:
                    result["first_ringing_ms"], result["first_answer_ms"] = ringing, answer
                else:
                    result["ringing_ms"] += [ringing] if ringing else []
                    result["answer_ms"].append(answer)
            one.meter.invite()
            result.update(one.meter.talk(options.seconds, frames, one.process.pid))
            one.meter.bye()
            return result
        finally:
            one.close()


def summary(results):
    out = {}
    for name, runs in results.items():
        flat = {key: [v for run in runs for v in (run[key] if isinstance(run.get(key), list) else [run.get(key)]) if v is not None]
                for key in ("first_ringing_ms", "first_answer_ms", "ringing_ms", "answer_ms", "echo_ms", "echo_missed",
                            "cpu_percent", "rss_mib", "private_dirty_mib", "packets_per_s")}
        out[name] = {key: sip_meter.spread(values) for key, values in flat.items() if values}
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=11)
    parser.add_argument("--codec", choices=("pcmu", "opus"), default="pcmu")
    parser.add_argument("--processing", action="store_true")
    parser.add_argument("--only", help="one of the phones alone")
    options = parser.parse_args()
    phones = [p for p in (Guichet, Baresip, Linphone) if p is Guichet or p.there()]
    phones = [p for p in phones if not options.only or p.name == options.only]
    results = {p.name: [] for p in phones}
    with Pulse() as pulse:
        pulse.remap("loop", "headset.monitor", "loop")
        for i in range(options.rounds):
            for phone in phones if i % 2 == 0 else phones[::-1]:
                codec = sip_meter.Opus() if options.codec == "opus" else sip_meter.Pcmu()
                results[phone.name].append(measure(phone, pulse, codec, options))
    print(json.dumps({"codec": options.codec, "processing": options.processing, "load": os.getloadavg(),
                      "phones": summary(results)}, indent=1))


if __name__ == "__main__":
    main()
