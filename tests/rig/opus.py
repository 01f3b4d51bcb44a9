# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in an Ogg/Opus file, also in one whose writer was killed."""
import pathlib
import subprocess
import tempfile
import wave

import numpy as np


def load(path):
    """(list of channels, rate), each channel in -1…1."""
    with tempfile.TemporaryDirectory(prefix="opus-") as folder:
        out = pathlib.Path(folder) / "out.wav"
        subprocess.run(["opusdec", "--quiet", "--no-dither", "--force-wav", str(path), str(out)], check=True,
                       stdin=subprocess.DEVNULL, capture_output=True)
        with wave.open(str(out), "rb") as w:
            data = np.frombuffer(w.readframes(w.getnframes()), dtype="<i2").astype(np.float64) / 32768.0
            return list(data.reshape(-1, w.getnchannels()).T), w.getframerate()
