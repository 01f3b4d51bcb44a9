#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetd's systemd unit leaves it nothing that it does not need: exposure 1.0 at most, by systemd's own reckoning."""
import re
import shutil
import subprocess
import sys

LIMIT = 1.0
SKIPPED = 77


def exposure(unit):
    """Overall exposure as systemd reckons it; the unit is judged as it is, not installed."""
    said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
                          capture_output=True, text=True, timeout=40, check=False)
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said.stdout)
    if not found:
        sys.exit("systemd-analyze said nothing of %s: %s" % (unit, said.stderr.strip()))
    return float(found.group(1)), said.stdout


def main(unit):
    if not shutil.which("systemd-analyze"):
        print("no systemd-analyze here")
        return SKIPPED
    level, table = exposure(unit)
    print("exposure %.1f" % level)
    if level > LIMIT:
        print(table)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
