# SPDX-License-Identifier: LGPL-2.1-or-later
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# meson ends a suite that takes too long by SIGTERM: clean up as after an interrupt.
signal.signal(signal.SIGTERM, signal.default_int_handler)
