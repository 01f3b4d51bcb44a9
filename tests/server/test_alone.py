# SPDX-License-Identifier: GPL-3.0-or-later
"""A demo's centre ends by itself, cleanly, when nobody comes or everybody has gone, and not before."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import api  # noqa: E402

BUILD = os.environ["GUICHET_BUILD"]
SOON = "[demo]\nalone_seconds = 1\n"


class Alone(unittest.TestCase):
    def ended(self, daemon):
        self.assertEqual(daemon.process.wait(api.DEADLINE), 0, daemon.read_log())
        self.assertIn("left_alone", daemon.read_log())
        daemon.process.stdout.close()

    def test_nobody_comes(self):
        with api.Daemon(BUILD, demo=True, config=SOON) as daemon:
            self.ended(daemon.start())

    def test_killed_window(self):
        """Ends after the desk has gone; a desk that is there keeps it, whatever the clock says."""
        with api.Daemon(BUILD, demo=True, config="[demo]\nalone_seconds = 6\n") as daemon:
            daemon.start()
            agent = api.Agent(daemon)
            agent.sign_in()
            agent.listen()
            for _ in range(2):  # one every 5 s
                agent.wait("heartbeat")
            self.assertIsNone(daemon.process.poll())
            agent.socket.close()
            self.ended(daemon)


if __name__ == "__main__":
    unittest.main(verbosity=2)
