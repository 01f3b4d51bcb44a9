# SPDX-License-Identifier: GPL-3.0-or-later
"""The network changes under the phone: in a network of its own, with addresses that come and go. Without the right to make one
(user namespaces) it is skipped."""
import os
import subprocess
import sys
import unittest

from phonerig import Rig, wav
from patience import DEADLINE

CENTRE, FIRST, SECOND, THIRD = "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"


def ip(*words):
    subprocess.run(["ip", *words], check=True, timeout=20)


def speak_from(address):
    """Our own address towards the centre's."""
    ip("route", "replace", "local", CENTRE, "dev", "lo", "table", "local", "src", address)


def tell():
    """The system's word that the network changed: a route more, and gone."""
    ip("route", "add", "198.51.100.0/24", "dev", "lo")
    ip("route", "del", "198.51.100.0/24", "dev", "lo")


def hears(s, rate):
    return wav.has_tone(s, rate, 1000)


class Network(unittest.TestCase):
    def test_changes(self):
        ip("link", "set", "lo", "up")
        for address in CENTRE, FIRST, SECOND, THIRD:
            ip("address", "add", address + "/32", "dev", "lo")
        speak_from(FIRST)
        with Rig(address=CENTRE) as rig:
            rig.register(instance="0b2a4e1c-8f3d-4c56-9a77-1d2e3f405162")
            self.assertIn(f"@{FIRST}:", rig.peer.wait("registered"))
            self.assertIn('+sip.instance="<urn:uuid:0b2a4e1c-8f3d-4c56-9a77-1d2e3f405162>"', rig.peer.wait("registered"))
            headset = rig.pulse.capture("headset")
            number, call = rig.answered()
            self.assertTrue(headset.wait(hears, DEADLINE, 0.3))

            since = len(rig.peer.events)  # the same address: registered once more, at once
            tell()
            self.assertIn(f"@{FIRST}:", rig.peer.wait("registered", since=since))

            since = len(rig.peer.events)  # another one, and the old one stays: so does the call
            speak_from(SECOND)
            tell()
            self.assertIn(f"@{SECOND}:", rig.peer.wait("registered", since=since))
            rig.phone.wait_property("Registration", "registered")
            self.assertTrue(headset.wait(hears, DEADLINE, 0.3))
            self.assertEqual(rig.phone.find(call)["state"], "active")
            rig.peer.send(f"hangup {number}")
            rig.phone.wait_call(call, "ended")
            self.assertEqual(rig.phone.find(call)["end_reason"], "remote")

            number, call = rig.answered()  # a call of the new one, whose address goes
            since = len(rig.peer.events)
            speak_from(THIRD)
            ip("address", "del", SECOND + "/32", "dev", "lo")
            tell()
            self.assertIn(f"@{THIRD}:", rig.peer.wait("registered", since=since))
            self.assertEqual(rig.phone.wait_call(call, "ended")[-1]["end_reason"], "media")
            rig.answered()


if __name__ == "__main__":
    if "GUICHET_OWN_NETWORK" in os.environ:
        unittest.main(verbosity=2)
    unshare = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        sys.exit(77)
    os.environ["GUICHET_OWN_NETWORK"] = "1"
    os.execvp("unshare", [*unshare, sys.executable, *sys.argv])
