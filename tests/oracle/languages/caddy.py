# SPDX-License-Identifier: LGPL-2.1-or-later
"""Caddy: sites with `bind`, in a Caddyfile with variables, snippets and imported files."""

from languages import A, B, C, Configuration, Language

OPTIONS = "\tadmin off\n\tauto_https off\n"
START = f"{{\n{OPTIONS}}}\n"


def site(lines: str, port: int = 8080) -> str:
    return f":{port} {{\n\t{lines}\n\trespond x\n}}\n"


def conf(text: str, environment: dict[str, str] | None = None, **files: str) -> Configuration:
    more = {f"/etc/caddy/{name}": content for name, content in files.items()}
    return Configuration({"/etc/caddy/Caddyfile": text, **more}, environment or {})


LANGUAGES = [
    Language(
        name="caddy",
        unit="caddy.service",
        packages={"bookworm": ("caddy",), "trixie": ("caddy",)},
        directories=("/etc/caddy",),
        command=("/usr/bin/caddy", "run", "--config", "/etc/caddy/Caddyfile"),
        prepare="export HOME=/tmp",
        refused="Error",
        cases={
            "quotes": conf(START + site(f'bind "{A}" `{B}` # {C}')),
            "network": conf(START + site(f"bind tcp6/[{A}]")),
            "network-without-brackets": conf(START + site(f"bind tcp6/{A}")),
            "placeholder": conf(START + site("bind {env.V6}"), {"V6": f"[{A}]"}),
            "lines": conf(START + site(f"bind {A} \\\n\t\t[{B}]")),
            "variable": conf(START + site("bind {$V6}"), {"V6": A}),
            "variables-in-brackets": conf(START + site("bind [{$V6}] [{$OTHER:::1}]"), {"V6": A}),
            "default-of-a-variable": conf(START + site(f"bind {{$V6:{A}}}")),
            "weaker-default": conf(START + site(f"bind {{$V6:{B}}}"), {"V6": A}),
            "snippet": conf(f"{START}(lan) {{\n\tbind {A}\n}}\n" + site("import lan")),
            "default-bind": conf(f"{{\n{OPTIONS}\tdefault_bind {B}\n}}\n"
                                 + site(f"bind {A}") + site("", 8081)),
            "admin": conf(f"{{\n\tadmin [{A}]:2019\n\tauto_https off\n}}\n" + site("bind ::1")),
            "imported-files": conf(START + site("import bind.conf") + "import sites/*.caddy\n",
                                   **{"bind.conf": f"bind {A}\n",
                                      "sites/a.caddy": site(f"bind {B}", 8081),
                                      "sites/b.txt": site(f"bind {C}", 8082)}),
            "no-bind": conf(START + site(f"bind {A}\n\theader bind {B}\n\t@bind remote_ip {C}")),
            "no-braces": conf(f":8080\nbind {A}\nrespond x\n"),
        },
    ),
]
