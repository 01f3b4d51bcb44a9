# SPDX-License-Identifier: GPL-3.0-or-later
"""The microphone hears the speaker: how much of the caller's own voice goes back to him, with and without echo cancellation."""
import itertools
import threading
import unittest

from phonerig import Rig, wav

SYLLABLES = (0.3, 0.15, 0.3, 0.02, 0.25, 0.3, 0.1, 0.0, 0.3, 0.2, 0.02, 0.25)  # volumes
LOSS_DB = 12.0


class Echo(unittest.TestCase):
    def speak(self, rig, number, stop):
        """Noise with the rhythm of speech."""
        for volume in itertools.cycle(SYLLABLES):
            rig.peer.send(f"noise {number} {volume}")
            if stop.wait(0.12):
                return

    def echoed(self, rig, cancelled, seconds, enough=-200.0):
        """The least that comes back in a second of a new call, in dBFS."""
        rig.phone.configure(microphone="loop", echo_cancellation=False, noise_suppression=False, gain_control=False)
        number, call = rig.answered()
        stop, least = threading.Event(), 0.0
        thread = threading.Thread(target=self.speak, args=(rig, number, stop))
        thread.start()
        try:
            rig.peer.more(1.0)
            rig.phone.configure(echo_cancellation=cancelled)  # in the middle of the call
            for _ in range(seconds):
                least = min(least, wav.level(rig.peer.more(1.0)))
                if least <= enough:
                    break
        finally:
            stop.set()
            thread.join()
            rig.phone.HangUp("(s)", call)
            rig.phone.wait_call(call, "ended")
        return least

    def test_return_loss(self):
        """A busy machine starves the virtual sound server, and the canceller loses its place: so one call does not decide."""
        with Rig(codec="PCMA") as rig:
            rig.pulse.remap("loop", "headset.monitor")
            rig.register()
            with_echo = self.echoed(rig, False, 2)
            self.assertGreater(with_echo, -45, "there is no echo to cancel")
            losses = []
            while not losses or (max(losses) < LOSS_DB and len(losses) < 6):
                losses.append(with_echo - self.echoed(rig, True, 6, with_echo - LOSS_DB))
            print(f"echo return loss: {losses} dB")
            self.assertGreaterEqual(max(losses), LOSS_DB)


if __name__ == "__main__":
    unittest.main(verbosity=2)
