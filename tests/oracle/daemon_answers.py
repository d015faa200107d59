# SPDX-License-Identifier: LGPL-2.1-or-later
"""What daemons answered about configurations, kept in a file: a daemon answers the same next time."""

import dataclasses
import hashlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    accepted: bool
    bound: frozenset[str]  # the addresses that can be late


class Answers:
    """One JSON object a line, so that an interrupted run loses at most the last one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.Lock()
        self.answers: dict[str, Answer] = {}
        for line in path.read_text().splitlines() if path.exists() else []:
            try:
                entry = json.loads(line)
            except ValueError:  # the interrupted one
                continue
            self.answers[entry["key"]] = Answer(entry["accepted"], frozenset(entry["bound"]))

    def get(self, key: str) -> Answer | None:
        return self.answers.get(key)

    def add(self, key: str, answer: Answer) -> None:
        entry = {"key": key, "accepted": answer.accepted, "bound": sorted(answer.bound)}
        with self.lock:
            self.answers[key] = answer
            with self.path.open("a") as file:
                file.write(f"\n{json.dumps(entry)}")


def key_of(*parts: object) -> str:
    """The same for the same question: a daemon, its version, how it is run, its configuration."""
    text = json.dumps([dataclasses.asdict(part) if dataclasses.is_dataclass(part) else part
                       for part in parts], sort_keys=True, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()
