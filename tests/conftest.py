# SPDX-License-Identifier: LGPL-2.1-or-later
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# As meson ends a suite that takes too long: clean up then, as after an interrupt.
signal.signal(signal.SIGTERM, signal.default_int_handler)
