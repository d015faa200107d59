# SPDX-License-Identifier: LGPL-2.1-or-later
"""prosody: Lua tables, strings and comments as plain data."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Choices, Configuration, Language

END = ('run_as_root = true\n'
       'modules_enabled = { "saslauth" }\npidfile = "/tmp/prosody.pid"\ndata_path = "/tmp"\n'
       'log = { warn = "*console" }\n')


def conf(text: str, files: dict[str, str] | None = None, **environment: str) -> Configuration:
    more = {f"/etc/prosody/{name}": content for name, content in (files or {}).items()}
    return Configuration({"/etc/prosody/prosody.cfg.lua": text + END + 'VirtualHost "localhost"\n',
                          **more}, environment)


def string(choices: Choices) -> str:
    text = choices.rng.choice([*ADDRESSES, "127.0.0.1"])
    if choices.chosen("escape", 10):
        return '"' + "".join(f"\\{ord(byte):03}" for byte in text) + '"'
    if choices.chosen("long string", 15):
        level = "=" * choices.rng.randint(0, 2)
        return f"[{level}[{text}]{level}]"
    quote = "'" if choices.chosen("single quotes", 30) else '"'
    return f"{quote}{text}{quote}"


def expression(choices: Choices, before: list[str]) -> str:
    """before: receives the statements of its variables."""
    if choices.chosen("concatenation", 15):
        text = choices.rng.choice(ADDRESSES)
        place = choices.rng.randint(0, len(text))
        return f'"{text[:place]}" .. "{text[place:]}"'
    value = string(choices)
    if choices.chosen("local variable", 20):
        name = f"v{len(before)}"
        before.append(f"local {name} = {value}\n")
        value = name
    if choices.chosen("or", 10):
        value = choices.rng.choice([f"ENV_NO or {value}", f"({value} or {string(choices)})"])
    return value


def setting(choices: Choices, name: str) -> str:
    before: list[str] = []
    if choices.chosen("string alone", 20):
        value = expression(choices, before)
    else:
        separator = "; " if choices.chosen("semicolons", 20) else ", "
        values = [expression(choices, before) for _ in range(choices.rng.randint(1, 3))]
        if choices.chosen("comment in a table", 20):
            values[-1] = f'--[[ "{choices.rng.choice(ADDRESSES)}" ]] {values[-1]}'
        if choices.chosen("lines", 20):
            separator = separator.rstrip() + "\n"
        value = f"{{ {separator.join(values)}{separator if choices.chosen('trailing', 20) else ''} }}"
        if choices.chosen("table variable", 10):
            before.append(f"local t = {value}\n")
            value = "t"
    if choices.chosen("comment behind", 20):
        value += f' -- "{choices.rng.choice(ADDRESSES)}"'
    end = ";" if choices.chosen("semicolon behind", 15) and "--" not in value else ""
    return f"{''.join(before)}{name} = {value}{end}\n"


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    text, files = setting(choices, "interfaces"), {}
    if choices.chosen("comment", 20):
        text += f'--[==[\ninterfaces = {{ "{rng.choice(ADDRESSES)}" }}\n]==]\n'
    if choices.chosen("several", 20):
        text += setting(choices, "interfaces")
    # Nothing but c2s and s2s is loaded: with both of these "interfaces" would be for none.
    name = rng.choice(["c2s", "s2s"])
    if choices.chosen(name, 50):
        text += setting(choices, f"{name}_interfaces")
    if choices.chosen("others", 20):
        text += f'other = {{ interfaces = "{rng.choice(ADDRESSES)}" }}\n'
    if choices.chosen("include", 25):
        files["conf.d/a.cfg.lua"] = setting(choices, "interfaces")
        text += rng.choice(['Include "conf.d/*.cfg.lua"\n', 'Include "conf.d/a.cfg.lua"\n',
                            'Include "/etc/prosody/conf.d/a.cfg.lua"\n'])
    configuration = conf(text, files)
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


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
            "include": conf('Include "more.cfg.lua"\n',
                            {"more.cfg.lua": f'interfaces = {{ "{A}" }}\n'}),
            "include-glob": conf('Include "conf.d/*.cfg.lua"\n',
                                 {"conf.d/a.cfg.lua": f'interfaces = {{ "{A}" }}\n'}),
            "one-line": conf(f'x = 1 interfaces = {{ "{A}" }} y = "{B}"\n'),
            "nested-brackets": conf(f'interfaces = {{\n\n"{A}"\n,\n}}\nallow = {{ {{ "{B}" }} }}\n'),
            "in-a-host": Configuration({"/etc/prosody/prosody.cfg.lua": f'interfaces = {{ "{A}" }}\n{END}'
                                        f'VirtualHost "localhost"\ninterfaces = {{ "{B}" }}\n'}),
            "variable": conf(f'local address = "{A}"\ninterfaces = {{ address, "{B}" }}\n'),
            "concatenation": conf(f'interfaces = {{ "{A[:5]}" .. "{A[5:]}" }}\n'),
            "several-variables": conf(f'local a, b = "{A}", "{B}"\na = "{C}"\n'
                                      f'interfaces = {{ b, a }}\n'),
            "table-variable": conf(f'local all = {{ "{A}", "{B}" }}\ninterfaces = all\n'),
            "variable-of-this-name": conf(f'local interfaces = {{ "{A}" }}\n'
                                          f'interfaces = {{ "{B}" }}\n'),
            "prefix": conf('local prefix = "2001:db8:1:"\nlocal host = 1\n'
                           f'interfaces = {{ prefix .. ":" .. host; ("{B}") }}\n'),
            "or": conf(f'interfaces = {{ ENV_NO or "{A}", ENV_V6 or "{C}" }}\n', V6=B),
            "nil-in-a-table": conf(f'local no\ninterfaces = {{ "{A}", nil, "{B}" }}\n'),
            "called-include": conf('local name = "more"\nInclude(name .. ".cfg.lua")\n',
                                   {"more.cfg.lua": f'interfaces = {{ "{A}" }}\n'}),
            "local-of-an-included-file": conf(
                f'local a = "{A}"\nInclude "more.cfg.lua"\ninterfaces = {{ a }}\n',
                {"more.cfg.lua": f'local a = "{B}"\na = "{C}"\n'}),
            "function": conf('local function port(n)\n  if n then return n end\n  return 1\nend\n'
                             f'interfaces = {{ "{A}" }}\n'),
            "parenthesis": conf(f'local_interfaces = {{ "{B}" }}\ninterfaces = {{ "{A}" }}\n'),
            "environment": conf("interfaces = { ENV_V6 }\n", V6=A),
            "no-ports": conf(f'interfaces = {{ "{A}" }}\nc2s_interfaces = {{ "{B}" }}\n'
                             "c2s_ports = { }\n"),
            "direct-tls": conf(f'interfaces = {{ "{A}" }}\nc2s_direct_tls_interfaces = "{B}"\n'),
            "disabled-module": conf(f'interfaces = {{ "{A}" }}\ns2s_interfaces = {{ "{B}" }}\n'
                                    'modules_disabled = { "s2s" }\n'),
            "older-name": conf(f'interfaces = {{ "{B}" }}\nc2s_interface = "{A}"\n'
                               f's2s_interface = "{B}"\ns2s_interfaces = {{ "{B}" }}\n'),
            "host-of-an-included-file": conf(
                f'Include "host.cfg.lua"\ninterfaces = {{ "{A}" }}\n', files={
                    "host.cfg.lua": f'VirtualHost "x"\ninterfaces = {{ "{B}" }}\n'}),
        },
        random=random,
        constructs=("concatenation", "local variable", "or", "table variable", "escape",
                    "long string", "single quotes", "string alone", "semicolons",
                    "comment in a table", "lines", "trailing", "comment behind", "semicolon behind",
                    "comment", "several", "c2s", "s2s", "others", "include"),
    ),
]
