# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages that the system need not have, made once for a build directory: each takes a second."""
import os
import subprocess
import tempfile


def path(build, locale):
    """A LOCPATH that holds the locale."""
    folder = os.path.join(os.path.abspath(build), "tests", "ui", "locales")
    made = os.path.join(folder, locale)
    if not os.path.isdir(made):
        os.makedirs(folder, exist_ok=True)
        name, _dot, charmap = locale.partition(".")
        with tempfile.TemporaryDirectory(dir=folder) as own:
            subprocess.run(["localedef", "-i", name, "-f", charmap, "--no-archive", os.path.join(own, locale)], check=True, timeout=300)
            try:
                os.rename(os.path.join(own, locale), made)
            except OSError:  # another test was faster
                if not os.path.isdir(made):
                    raise
    return folder
