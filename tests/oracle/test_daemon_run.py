# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a run of a daemon leaves on this machine: nothing."""

import subprocess

import daemon_run

# Bytes of a segment that nothing else has.
SIZE = 54321


def test_shared_memory_is_of_the_run_alone():
    """Its key may be the inode number of a data directory, which runs side by side have in common:
    PostgreSQL then refuses to start (src/backend/port/sysv_shmem.c)."""
    run = daemon_run.run(["ipcmk", "--shmem", str(SIZE)])
    assert "Shared memory id" in run.output
    segments = subprocess.check_output(["ipcs", "--shmems", "--bytes"], text=True)
    assert str(SIZE) not in segments.split()
