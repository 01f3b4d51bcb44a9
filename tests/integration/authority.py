# SPDX-License-Identifier: GPL-3.0-or-later
"""An authority of its own for a centre in a network, and the settings that use it."""

import contextlib
import os
import subprocess
import tempfile


def openssl(*args):
    subprocess.run(["openssl", *args], check=True, capture_output=True, timeout=60)


def make(folder):
    """ca.pem, which signs server.pem with its server.key; and the engine's agent.pem and cafile.pem of the same. The SIP library
    does not read IP entries of a certificate, so the address stands there as a name as well."""
    def path(name):
        return os.path.join(folder, name)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-days", "2", "-subj", "/CN=An authority",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", path("ca.key"), "-out", path("ca.pem"))
    openssl("req", *key, "-subj", "/CN=localhost", "-keyout", path("server.key"), "-out", path("server.csr"))
    with open(path("names"), "w", encoding="ascii") as f:
        f.write("subjectAltName=IP:127.0.0.1,DNS:127.0.0.1,DNS:localhost\n")
    openssl("x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial",
            "-days", "2", "-extfile", path("names"), "-out", path("server.pem"))
    for name, parts in (("agent.pem", ("server.key", "server.pem")), ("cafile.pem", ("ca.pem",))):
        with open(path(name), "w", encoding="ascii") as out:
            for part in parts:
                with open(path(part), encoding="ascii") as f:
                    out.write(f.read())


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="tls-") as made:
        make(made)
        yield made


def config(made):
    """The beginning of guichetd's settings, in its section [http]."""
    return "[sip]\ntls_dir={0}\n[http]\ntls_certificate={0}/server.pem\ntls_key={0}/server.key\n".format(made)
