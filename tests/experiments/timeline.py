# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draw docs/boot.svg, a timeline with a lane for each cure, from the records of the boots.

It is readable on light and on dark pages (prefers-color-scheme).
"""

from html import escape

from experiments.cures import CURES, PLAIN, median

LABELS = {
    "nothing": ("nothing", "as Debian boots"),
    "DAD off": ("DAD off", "accept_dad=0"),
    "optimistic DAD": ("optimistic DAD", "optimistic_dad=1"),
    "sleep 10": ("sleep 10", "in post-up"),
    "loop": ("once-a-second loop", "in post-up"),
    "network-online.target": ("After=", "network-online.target"),
    "dadwait": ("dadwait", ""),
}

WIDTH, LEFT, RIGHT = 860, 180, 30
TOP, LANE, BAR = 84, 48, 14

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 16px; font-weight: 600; }
.own { font-weight: 600; }
.small, .tick { font-size: 11.5px; fill: #59636e; }
.tick { text-anchor: middle; }
.grid { stroke: #d1d9e0; }
.tentative { fill: #d4a72c; }
.ready { fill: #b6c2cf; }
.answers { fill: #1a7f37; }
.failed { stroke: #d1242f; stroke-width: 3; }
.bad { fill: #d1242f; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .small, .tick { fill: #9198a1; }
  .grid { stroke: #3d444d; }
  .tentative { fill: #bb8009; }
  .ready { fill: #4a5563; }
  .answers { fill: #3fb950; }
  .failed { stroke: #f85149; }
  .bad { fill: #f85149; }
}
"""


class Scale:
    """Seconds to pixels."""

    def __init__(self, end: float) -> None:
        self.end = end

    def __call__(self, seconds: float) -> float:
        return round(LEFT + seconds / self.end * (WIDTH - LEFT - RIGHT), 1)


def text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}">{escape(words)}</text>\n'


def bar(x: float, end: float, y: float, kind: str) -> str:
    width = round(max(end - x, 1), 1)
    return f'<rect x="{x}" y="{y}" width="{width}" height="{BAR}" class="{kind}"/>\n'


def axis(scale: Scale, bottom: float) -> str:
    drawing = ""
    for second in range(int(scale.end) + 1):
        x = scale(second)
        drawing += f'<line x1="{x}" y1="{TOP - 10}" x2="{x}" y2="{bottom}" class="grid"/>\n'
        drawing += text(x, bottom + 16, f"{second} s", "tick")
    return drawing


def key() -> str:
    """What the colours mean, in a row below the title."""
    x, y, drawing = LEFT, 48, ""
    for kind, words in (
        ("tentative", "addresses tentative"),
        ("ready", "addresses ready"),
        ("answers", "Apache answers"),
    ):
        drawing += bar(x, x + BAR, y, kind) + text(x + BAR + 6, y + 12, words)
        x += 160
    return drawing + cross(x + BAR / 2, y + BAR / 2) + text(x + BAR + 6, y + 12, "Apache failed")


def cross(x: float, y: float) -> str:
    return f'<path d="M{x - 6} {y - 6} l12 12 m0 -12 l-12 12" class="failed"/>\n'


def lane(records: list[dict], name: str, y: float, scale: Scale) -> str:
    decided, answered = median(records, "decided"), median(records, "answered")
    failed, middle = median(records, "failed"), y + BAR / 2
    what, more = LABELS[name]
    drawing = text(16, y + (4 if more else 12), what, "" if more else "own")
    drawing += text(16, y + 19, more, "small") if more else ""
    drawing += bar(scale(0), scale(decided), y, "tentative")
    drawing += bar(scale(decided), scale(scale.end), y, "ready")
    if answered is not None:
        drawing += bar(scale(answered), scale(scale.end), y, "answers")
        late = answered - decided
        words = f"{answered:.2f} s, {late:.2f} s after the addresses were ready"
        drawing += text(*beside(scale(answered), scale, y, words), "small")
    elif failed is not None:
        drawing += cross(scale(failed), middle)
        drawing += text(*beside(scale(failed), scale, y, "Apache stays down"), "bad")
    return drawing


def beside(x: float, scale: Scale, y: float, words: str) -> tuple[float, float, str]:
    """Where the text for a point begins: below it, so that it ends before the right edge."""
    return (round(min(x, scale(scale.end) - 6.1 * len(words)), 1), y + BAR + 13, words)


def draw(records: list[dict], about: str) -> str:
    """The figure of the boots of scenario PLAIN.

    about: a line that says what was measured, when and where.
    """
    plain = [record for record in records if record["scenario"] == PLAIN]
    lanes = {cure.name: [r for r in plain if r["cure"] == cure.name] for cure in CURES}
    last = max(median(lane, k) or 0 for lane in lanes.values() for k in ("answered", "failed"))
    scale = Scale(float(int(last) + 1))
    bottom = TOP + LANE * len(lanes)
    title = "When Apache answers after boot"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + 46}" '
        f'viewBox="0 0 {WIDTH} {bottom + 46}" role="img">\n'
        f"<!-- SPDX-License-Identifier: LGPL-2.1-or-later; drawn by tests/cures -->\n"
        f"<title>{title}</title>\n<desc>{escape(about)}</desc>\n<style>\n{STYLE}</style>\n"
    )
    drawing += text(16, 28, title, "title") + key() + axis(scale, bottom)
    for number, (name, found) in enumerate(lanes.items()):
        drawing += lane(found, name, TOP + number * LANE + 4, scale)
    return drawing + text(16, bottom + 36, about, "small") + "</svg>\n"
