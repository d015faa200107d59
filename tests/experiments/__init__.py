# SPDX-License-Identifier: LGPL-2.1-or-later
"""Experiments whose results are in docs/: tests/matrix, tests/cures, tests/places, and tests/demo."""
