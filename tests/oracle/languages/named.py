# SPDX-License-Identifier: LGPL-2.1-or-later
"""named gives up if it cannot bind the source of its queries. It binds anyway what it listens on."""

from random import Random

from languages import A, ADDRESSES, B, C, D, P, Q, Choices, Configuration, Language

CONF = "/etc/bind/named.conf"
# Without these it would bind more, early: it needs no wait for that.
OPTIONS = ('directory "/tmp"; pid-file none; session-keyfile none; managed-keys-directory "/tmp"; '
           "dnssec-validation no; listen-on { none; }; listen-on-v6 { none; };\n")
CONTROLS = "controls { };\n"


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/bind/{name}.conf": content for name, content in files.items()}
    return Configuration({CONF: CONTROLS + text, **more}, arguments=arguments)


def options(text: str, rest: str = "", *arguments: str, **files: str) -> Configuration:
    return conf(f"options {{ {OPTIONS}{text} }};\n{rest}", *arguments, **files)


def source(address: str, address_word: bool = True) -> str:
    return f"query-source-v6 {'address ' if address_word else ''}{address};\n"


COMMENT = r"/\*[\s\S]*?\*/|(?://|#)[^\n]*\n"
VIEW = "match-clients { any; };"
OTHER = f"{CONTROLS}options {{ {OPTIONS}{source(A)} }};"

CASES = {
    "address": options(source(A)),
    "no-word": options(source(A, False)),
    "port": options(f"query-source-v6 address {A} port *;"),
    "port-in-front": options(f"query-source-v6 port * address {A};"),
    "wildcard": options("query-source-v6 address * port *; query-source *;"),
    "both-families": options(f"query-source address {P}; {source(A)}"),
    "upper-case": conf(f"OPTIONS {{ {OPTIONS}QUERY-SOURCE-V6 address {A}; }};\n"),
    "one-line": conf(f"options{{{OPTIONS}query-source-v6 {A};}};"),
    "several-lines": options(f"\nquery-source-v6\n\taddress\n\t{A}\n;\n"),
    "comments": options(f"# {source(B)}// {source(C)}/* {source(D)} * }}; */ {source(A)}"),
    "comment-in-statement": options(f"query-source-v6 /* not {B} */ address // {C}\n {A} # {D}\n;"),
    "string-with-comment": options(f'version "/* x"; {source(A)} hostname "*/";'),
    "string-with-semicolon": options(f'version "; {source(B)}"; {source(A)}'),
    "escaped-quote": options(f'version "a\\"; {source(B)}"; {source(A)}'.replace("\n", " ")),
    "view": options("", f'view "one" {{ {VIEW} {source(A)} }};'),
    "view-in-class": options("", f'view two IN {{ {VIEW} {source(A)} }};'),
    "options-and-views": options(source(A), f"view one {{ match-clients {{ ::1; }}; {source(B)} }};"
                                            f"view two {{ {VIEW} {source(C)} }};"),
    "view-of-all": options(source(A), f"view one {{ {VIEW} query-source-v6 *; }};"),
    "options-behind-views": conf(f"view one {{ {VIEW} {source(B)} }};\n"
                                 f"options {{ {OPTIONS}{source(A)} }};"),
    "server": options(source(A), f"server {B} {{ {source(C)} transfer-source-v6 {D}; }};"),
    "other-sources": options(f"{source(A)} notify-source-v6 {B}; transfer-source-v6 {C};\n"
                             f"parental-source-v6 {D};"),
    "zones": options(source(A), f'zone "x" {{ type secondary; primaries {{ {B}; }};\n'
                                f"notify-source-v6 {C}; }};"),
    "lists": options(source(A) + f"forwarders {{ {B}; }}; allow-query {{ {C}; }};"
                                 f"also-notify {{ {D}; }};"),
    "include": conf('include "/etc/bind/options.conf";\n',
                    options=f"options {{ {OPTIONS}{source(A)} }};\n"),
    "include-in-options": options('include "/etc/bind/source.conf";', source=source(A)),
    "include-in-a-comment": options(source(A), '// include "/etc/bind/b.conf";\n',
                                    b=f"view x {{ {source(B)} }};"),
    "include-pattern": options(source(A), 'include "/etc/bind/v*.conf";',
                               v1=f"view one {{ {VIEW} {source(B)} }};",
                               w1=f"view two {{ {VIEW} {source(C)} }};"),
    "carriage-returns": conf(f"options {{\r\n{OPTIONS}\r\nquery-source-v6 address {A};\r\n}};\r\n"),
    "only-ipv6": options(source(A), "", "-6"),
    "only-ipv4": options(source(A), "", "-4"),
    "only-ipv4-of-both": options(f"query-source address {P}; {source(A)}", "", "-4"),
    "only-ipv6-of-both": options(f"query-source address {P}; {source(A)}", "", "-g6"),
    "other-file": Configuration({CONF: f"options {{ {source(B)} }};",
                                 "/etc/bind/other.conf": OTHER},
                                arguments=("-c", "/etc/bind/other.conf")),
    "other-file-joined": Configuration(
        {CONF: f"options {{ {source(B)} }};",
         "/etc/bind/other.conf": OTHER},
        arguments=("-c", "/etc/bind/none.conf", "-gc/etc/bind/other.conf")),
    # As people reported them, in other words
    "report-views": options(
        f"forwarders {{ 192.0.2.53; }};\n\t// the resolver speaks from its own address\n"
        f"\tquery-source address * port *;\n\tquery-source-v6 address {A} port *;\n"
        f"\ttransfer-source-v6 {B};\n\tnotify-source-v6 {B};\n\tmax-cache-size 5%;\n",
        'acl "inside" { 2001:db8::/32; ::1; };\n'
        'view "internal" {\n\tmatch-clients { inside; };\n\trecursion yes;\n'
        f"\tquery-source-v6 address {C};\n\tzone-statistics yes;\n}};\n"
        'view "external" { match-clients { any; }; recursion no; };\n'),
    "report-hidden-primary": options(
        f"query-source {Q}; query-source-v6 {A};\n",
        f'primaries "secondaries" {{ {B} key "k"; {C}; }};\n'
        'key "k" { algorithm hmac-sha256; secret "YS8vYi8q"; };\n'
        f'server {B} {{ keys {{ "k"; }}; transfer-source-v6 {D}; }};\n'),
}


def comment(choices: Choices) -> str:
    rng = choices.rng
    if not choices.chosen("comment", 30):
        return rng.choice([" ", "\n", "\t"])
    text = source(rng.choice(ADDRESSES)).strip()
    return rng.choice([f" // {text}\n", f" /* {text} */ ", f"\n# {text}\n",
                       f"\n/*\n * {text}\n */ "])


def random_source(choices: Choices) -> str:
    rng = choices.rng
    words = ["query-source-v6", rng.choice(ADDRESSES)]
    if choices.chosen("address", 60):
        words.insert(1, "address")
    if choices.chosen("port", 25):
        words += ["port", "*"]
    text = words[0] + "".join(comment(choices) + word for word in words[1:])
    return text + comment(choices) + ";" + comment(choices)


def other(choices: Choices) -> str:
    address = choices.rng.choice(ADDRESSES)
    return choices.rng.choice([
        f"transfer-source-v6 {address};", f"notify-source-v6 {address};",
        f"forwarders {{ {address}; }};", f"allow-query {{ {address}; any; }};",
        "max-cache-size 5%;", "recursion yes;"])


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    files = {}
    text = OPTIONS + comment(choices) + other(choices) + comment(choices)
    if choices.chosen("in options", 70):
        text += random_source(choices)
    text = f"options {{ {text} }};\n"
    if choices.chosen("include", 30):
        files["/etc/bind/options.conf"] = text
        text = 'include "/etc/bind/options.conf";\n'
    for number in range(choices.rng.randint(1, 2) if choices.chosen("view", 60) else 0):
        of_class = rng.choice(["", " IN"])
        inner = other(choices) + comment(choices)
        if choices.chosen("in a view", 70):
            inner += random_source(choices)
        if choices.chosen("server", 25):
            inner += f"server {rng.choice(ADDRESSES)} {{ {random_source(choices)} }};\n"
        text += f'view "v{number}"{of_class} {{ {VIEW} {inner} }};{comment(choices)}'
    return Configuration({CONF: CONTROLS + text, **files},
                         constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="named",
        unit="named.service",
        packages={"bookworm": ("bind9",), "trixie": ("bind9",)},
        directories=("/etc/bind",),
        command=("/usr/sbin/named", "-g"),
        ready=r" running\\n",
        syscalls="bind,write",
        refused=r"exiting \(due to",
        cases=CASES,
        random=random,
        constructs=("comment", "address", "port", "in options", "include", "view", "in a view",
                    "server"),
        ipv4_words={rf"([a-z]+-source)-v6((?:{COMMENT}|address|port \*|\s)*)": r"\1\2"},
        not_with_ipv4={"upper-case": "the keyword says the family",
                       "port-in-front": "the keyword says the family"},
    ),
]
