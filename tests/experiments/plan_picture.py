# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draw docs/plan.svg: what dadwait-plan prints on a terminal, while DAD runs.

The machine of lab/apache_machine.py is booted with dadwait. One of its addresses is a duplicate, so the
plan has every colour.
"""

import re
from html import escape
from pathlib import Path

from lab.apache_machine import ADDRESSES, ApacheMachine
from lab.install_tree import install_tree

SUITE = "bookworm"
# The table, and not more of the plan than fits a screen.
LINES = 10

CHARACTER, LINE, MARGIN = 7.83, 19, 16  # of 13px monospace
ESCAPE = re.compile(r"\x1b\[(\d*)m")
CLASSES = {"1": "bold", "31": "red", "32": "green", "33": "yellow"}  # ECMA-48, as show/columns.h has them

STYLE = """\
rect { fill: #f6f8fa; stroke: #d1d9e0; }
text { font: 13px ui-monospace, monospace; fill: #1f2328; white-space: pre; }
.bold { font-weight: 600; }
.red { fill: #d1242f; }
.green { fill: #1a7f37; }
.yellow { fill: #9a6700; }
@media (prefers-color-scheme: dark) {
  rect { fill: #151b23; stroke: #3d444d; }
  text { fill: #f0f6fc; }
  .red { fill: #f85149; }
  .green { fill: #3fb950; }
  .yellow { fill: #d29922; }
}
"""


def print_plan(build: Path) -> str:
    """The plan of apache2, with the escape sequences of a terminal."""
    with ApacheMachine(SUITE) as machine:
        machine.unpack(install_tree(SUITE, build))
        machine.run("ip", "address", "add", f"{ADDRESSES[1]}/64", "dev", "outside", "nodad")
        machine.boot()
        # Assigned anew, the last address is tentative for a while.
        machine.shell("sysctl", "--quiet", "--write", "net.ipv6.conf.eth0.dad_transmits=20")
        machine.shell("ip", "address", "del", f"{ADDRESSES[2]}/64", "dev", "eth0")
        machine.shell("ip", "address", "add", f"{ADDRESSES[2]}/64", "dev", "eth0")
        return machine.shell("script", "--quiet", "--command", "dadwait-plan apache2", "/dev/null")


def spans(line: str) -> str:
    """A line as elements of SVG."""
    parts = ESCAPE.split(line)
    found, kind = escape(parts[0]), ""
    for code, text in zip(parts[1::2], parts[2::2]):
        kind = CLASSES.get(code, "")
        found += f'<tspan class="{kind}">{escape(text)}</tspan>' if kind else escape(text)
    return found


def draw(plan: str) -> str:
    lines = ["$ dadwait-plan apache2", *plan.replace("\r", "").splitlines()][:LINES]
    width = round(max(len(ESCAPE.sub("", line)) for line in lines) * CHARACTER) + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">\n'
        "<!-- SPDX-License-Identifier: LGPL-2.1-or-later; drawn by tests/plan-picture -->\n"
        f"<title>What dadwait-plan prints</title>\n<style>\n{STYLE}</style>\n"
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>\n'
    )
    for number, line in enumerate(lines):
        drawing += f'<text xml:space="preserve" x="{MARGIN}" y="{MARGIN + number * LINE + 13}">{spans(line)}</text>\n'
    return drawing + "</svg>\n"
