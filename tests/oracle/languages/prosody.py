# SPDX-License-Identifier: LGPL-2.1-or-later
"""prosody: Lua tables, strings and comments as plain data."""

from languages import A, B, C, D, Configuration, Language

END = ('run_as_root = true\n'
       'modules_enabled = { "saslauth" }\npidfile = "/tmp/prosody.pid"\ndata_path = "/tmp"\n'
       'log = { warn = "*console" }\n')


def conf(text: str, **files: str) -> Configuration:
    more = {f"/etc/prosody/{name}": content for name, content in files.items()}
    return Configuration({"/etc/prosody/prosody.cfg.lua": text + END + 'VirtualHost "localhost"\n', **more})


LANGUAGES = [
    Language(
        name="prosody",
        unit="prosody.service",
        packages={"bookworm": ("prosody",), "trixie": ("prosody",)},
        directories=("/etc/prosody",),
        command=("/usr/bin/prosody", "-F"),
        cases={
            "table": conf(f'interfaces = {{ "{A}", "{B}" }}\n'),
            "semicolons": conf(f'interfaces = {{ "{A}"; \'{B}\'; }}\n'),
            "string": conf(f'interfaces = "{A}"\n'),
            "long-string": conf(f"interfaces = {{ [[{A}]] }}\n"),
            "comments": conf(f'interfaces = {{ "{A}", -- "{C}"\n --[[ "{D}",\n ]] "{B}" }}\n'
                             f'--[==[\ninterfaces = {{ "{D}" }}\n]==]\n'),
            "last-one-counts": conf(f'interfaces = {{ "{A}" }}\ninterfaces = {{ "{B}" }}\n'),
            "c2s": conf(f'interfaces = {{ "{A}" }}\nc2s_interfaces = {{ "{B}" }}\n'),
            "include": conf('Include "more.cfg.lua"\n', **{"more.cfg.lua": f'interfaces = {{ "{A}" }}\n'}),
            "include-glob": conf('Include "conf.d/*.cfg.lua"\n',
                                 **{"conf.d/a.cfg.lua": f'interfaces = {{ "{A}" }}\n'}),
            "one-line": conf(f'x = 1 interfaces = {{ "{A}" }} y = "{B}"\n'),
            "nested-brackets": conf(f'interfaces = {{\n\n"{A}"\n,\n}}\nallow = {{ {{ "{B}" }} }}\n'),
            "parenthesis": conf(f'local_interfaces = {{ "{B}" }}\ninterfaces = {{ "{A}" }}\n'),
        },
    ),
]
