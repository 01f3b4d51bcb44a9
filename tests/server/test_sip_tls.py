# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP over TLS by a private authority: who signs in is told whom its phone shall trust."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import api  # noqa: E402

BUILD = os.environ["GUICHET_BUILD"]


def make_tls_dir(folder):
    """agent.pem and cafile.pem as the engine wants them: one certificate that is its own authority."""
    def path(name):
        return os.path.join(folder, name)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path("key"), "-out", path("cafile.pem")],
                   check=True, capture_output=True, timeout=60)
    with open(path("agent.pem"), "w", encoding="ascii") as out:
        for name in ("key", "cafile.pem"):
            with open(path(name), encoding="ascii") as f:
                out.write(f.read())


class SipTls(unittest.TestCase):
    def test_authorities(self):
        with tempfile.TemporaryDirectory() as folder:
            make_tls_dir(folder)
            with api.Daemon(BUILD, demo=True, config="[sip]\ntls_dir = %s\n" % folder) as daemon:
                daemon.start()
                agent = api.Agent(daemon)
                sip = agent.sign_in()["sip"]
                self.assertEqual((sip["transport"], sip["srtp"]), ("tls", "required"))
                with open(os.path.join(folder, "cafile.pem"), encoding="ascii") as f:
                    self.assertEqual(sip["ca"], f.read())
                again = agent.get("/v1/session")["sip"]
                self.assertEqual(again["ca"], sip["ca"])
                self.assertNotIn("password", again)
                agent.close()

    def test_without(self):
        with api.Daemon(BUILD, demo=True) as daemon:
            agent = api.Agent(daemon.start())
            self.assertNotIn("ca", agent.sign_in()["sip"])
            agent.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
