#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephony beside its peers, in one run: INVITE to 180 and 200 (the first call of a process too),
and one call's CPU beside the bare GStreamer graph and beside baresip.

usage: telephony.py BUILD-DIR [rounds]     prints one JSON object; the order of a round is A-B-B-A
"""
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "rig")]
import ports  # noqa: E402
import sip_meter  # noqa: E402

SECONDS = 5


class Ours:
    def __init__(self, program, codec):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.target = f'sip:bench@127.0.0.1:{int(self.process.stdout.readline())}'

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Baresip:
    MODULES = '/usr/lib/baresip/modules'

    def __init__(self, program, codec):
        port = ports.free_port()
        rate = 48000 if codec == 'opus' else 8000
        self.dir = tempfile.mkdtemp()
        lines = [f'sip_listen 127.0.0.1:{port}', 'sip_trans_def udp', 'call_local_timeout 120',
                 'call_max_calls 8', 'audio_player aubridge,x', 'audio_source aubridge,x',
                 'audio_alert aubridge,none', f'ausrc_srate {rate}', f'auplay_srate {rate}',
                 'ausrc_channels 1', 'auplay_channels 1', 'net_interface 127.0.0.1',
                 f'module_path {self.MODULES}', 'module g711.so', 'module opus.so',
                 'module aubridge.so', 'module_tmp account.so', 'module_app menu.so',
                 'opus_bitrate 24000', 'opus_complexity 5']
        self.write('config', '\n'.join(lines) + '\n')
        name = 'opus/48000/2' if codec == 'opus' else 'PCMU/8000/1'
        self.write('accounts', f'<sip:200@127.0.0.1>;regint=0;answermode=auto;audio_codecs={name}\n')
        self.write('contacts', '\n')
        self.process = subprocess.Popen(['baresip', '-f', self.dir], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True)
        for line in self.process.stdout:
            if 'baresip is ready' in line:
                break
        self.target = f'sip:200@127.0.0.1:{port}'

    def write(self, name, text):
        with open(os.path.join(self.dir, name), 'w') as f:
            f.write(text)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate()
        shutil.rmtree(self.dir)


def floor(program, codec):
    process = subprocess.Popen([program, 'floor', codec], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    time.sleep(1.5)
    before, start = sip_meter.processor_ns(process.pid), time.perf_counter()
    time.sleep(SECONDS)
    cpu = (sip_meter.processor_ns(process.pid) - before) / (time.perf_counter() - start) / 1e7
    process.stdin.close()
    process.wait()
    return cpu


def make_codec(codec):
    return sip_meter.Opus() if codec == 'opus' else sip_meter.Pcmu()


def call_cpu(kind, program, codec):
    peer = kind(program, codec)
    coder = make_codec(codec)
    meter = sip_meter.Meter(coder, peer.target)
    meter.invite()
    figures = meter.talk(SECONDS + 1.5, sip_meter.chirp_frames(coder), peer.process.pid, 1.5)
    meter.bye()
    meter.close()
    peer.stop()
    return figures['cpu_percent']


def setup_times(kind, program, calls):
    peer = kind(program, 'pcmu')
    meter = sip_meter.Meter(make_codec('pcmu'), peer.target)
    times = []
    for _ in range(calls):
        times.append(meter.invite())
        time.sleep(0.2)
        meter.bye()
    meter.close()
    peer.stop()
    return {name: dict(sip_meter.spread([t[i] for t in times]), first=round(times[0][i], 2))
            for i, name in enumerate(('invite_180_ms', 'invite_200_ms'))}


def main():
    program = os.path.join(sys.argv[1], 'tests', 'bench', 'bench-answerer')
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    result = {'load': os.getloadavg(), 'guichet': setup_times(Ours, program, 20),
              'baresip': setup_times(Baresip, program, 20)}
    for codec in ('pcmu', 'opus'):
        ours, bare, peers = [], [], []
        for _ in range(rounds):
            ours.append(call_cpu(Ours, program, codec))
            bare.append(floor(program, codec))
            peers.append(call_cpu(Baresip, program, codec))
            peers.append(call_cpu(Baresip, program, codec))
            bare.append(floor(program, codec))
            ours.append(call_cpu(Ours, program, codec))
        middle = [statistics.median(v) for v in (ours, bare, peers)]
        result[codec] = {'guichet_cpu': round(middle[0], 2), 'graph_cpu': round(middle[1], 2),
                         'baresip_cpu': round(middle[2], 2),
                         'to_graph': round(middle[0] / middle[1], 2),
                         'to_baresip': round(middle[0] / middle[2], 2)}
    print(json.dumps(result, indent=1))


if __name__ == '__main__':
    main()
