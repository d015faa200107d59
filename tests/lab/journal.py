# SPDX-License-Identifier: LGPL-2.1-or-later
"""A systemd-journald in a network namespace, with a catalog of its own."""

import json
import subprocess
from pathlib import Path

from lab import SOURCE


class Journal:
    def __init__(self, namespace, directory: Path):
        """directory: for the compiled catalog. The journal is in the namespace's /run."""
        self.namespace = namespace
        root = directory / "root"
        catalog = root / "usr/lib/systemd/catalog"
        database = root / "var/lib/systemd/catalog"
        catalog.mkdir(parents=True)
        database.mkdir(parents=True)
        (catalog / "dadwait.catalog").symlink_to(SOURCE / "units/dadwait.catalog")
        subprocess.run(["journalctl", f"--root={root}", "--update-catalog"], check=True)
        namespace.run("mount", "--bind", database, "/var/lib/systemd/catalog")

        namespace.run("mkdir", "-p", "/run/log/journal")
        self.daemon = namespace.start("/lib/systemd/systemd-journald")
        namespace.until(
            lambda: namespace.run("test", "-S", "/run/systemd/journal/socket", check=False).returncode
            == 0,
            "journald",
        )

    def close(self):
        self.daemon.terminate()
        self.daemon.communicate()

    def run(self, *arguments):
        # Writes what journald has received to the files.
        self.namespace.run("journalctl", "--sync")
        return self.namespace.run("journalctl", "--quiet", "--identifier=dadwait", *arguments).stdout

    def entries(self):
        return [json.loads(line) for line in self.run("--output=json").splitlines()]

    def explained(self):
        """The entries with the explanations of the catalog."""
        return self.run("--catalog")
