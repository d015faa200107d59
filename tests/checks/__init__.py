# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the files that the generator writes may contain, for several suites."""
