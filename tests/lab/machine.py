# SPDX-License-Identifier: LGPL-2.1-or-later
"""What figures in docs/ were measured on."""

import os
import platform
import re
from pathlib import Path


def machine() -> dict:
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", info, re.M)
    return {
        "processor": model[1] if model else platform.machine(),
        "processors": os.cpu_count(),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
    }
