# SPDX-License-Identifier: LGPL-2.1-or-later
"""php-fpm: an ini file, "ADDRESS:PORT" at the last colon, variables of the environment."""

from random import Random

from languages import ADDRESSES, A, B, C, Choices, Configuration, Language

PORT = range(9000, 65000)
POOL = "user = www-data\npm = static\npm.max_children = 1\n"


def phpfpm(version: str, release: str) -> Language:
    directory = f"/etc/php/{version}/fpm"

    def conf(pools: dict[str, str], main: str = "", **environment: str) -> Configuration:
        files = {f"{directory}/php-fpm.conf":
                 f"{main}error_log = /dev/stderr\ninclude={directory}/pool.d/*.conf\n"}
        files |= {f"{directory}/pool.d/{name}.conf": text for name, text in pools.items()}
        return Configuration(files, environment)

    def pool(listen: str, name: str = "www") -> str:
        return f"[{name}]\n{listen}\n{POOL}"

    cases = {
        "brackets": conf({"www": pool(f"listen = [{A}]:9000")}),
        "last-colon": conf({"www": pool(f"listen = {A}:9000")}),
        "compressed": conf({"www": pool("listen = 2001:db8::3:9000")}),
        "last-one-counts": conf({"www": pool(f"listen = [{A}]:9000\nlisten = [{B}]:9000")}),
        "status": conf({"a": pool(f"listen = [{A}]:1\npm.status_path = /s\n"
                                  f"pm.status_listen = [{C}]:2\npm.status_listen = [{B}]:2"),
                        "b": pool("listen = /tmp/b\npm.status_listen = 9002", "b")}),
        "pools": conf({"a": pool(f"listen = '[{A}]:9000'", "a"),
                       "b": pool(f'listen = "[{B}]:9000"', "b")}),
        "two-pools-in-a-file": conf({"a": pool(f"listen = [{A}]:1", "a")
                                     + pool(f"listen = [{B}]:1", "b")}),
        "comments": conf({"a": pool(f";listen = [{C}]:9000\n  listen=[{A}]:9000 ; [{B}]:1")}),
        "variable": conf({"a": pool("listen = ${V6}")}, V6=f"[{A}]:9000"),
        "part-of-a-variable": conf({"a": pool("listen = [${V6}]:9000")}, V6=A),
        "two-parts": conf({"a": pool('listen = "[${V6}]:${PORT}"')}, V6=A, PORT="9000"),
        "quotes-around-a-variable": conf({"a": pool('listen = "["${V6}"]:9000"')}, V6=A),
        "quotes-behind-an-unset-one": conf({"a": pool(f'listen = ${{V6}}"[{A}]:9000"')}),
        "single-quotes-around-a-variable": conf({"a": pool("listen = '['${V6}']:'${PORT}")}, V6=A,
                                                PORT="9000"),
        "variables-side-by-side": conf({"a": pool('listen = "["${V6}${REST}"]:9000"')}, V6=A[:6],
                                       REST=A[6:]),
        "same-pool-again": conf({"a": pool(f"listen = [{A}]:9000"),
                                 "b": f"[www]\nlisten = [{B}]:9000\n"}),
        "pool-in-main": conf({"b": pool(f"listen = [{B}]:1", "b")},
                             main=pool(f"listen = [{A}]:9000") + "[global]\n"),
        "allowed-clients": conf({"a": pool(f"listen = [{A}]:1\nlisten.allowed_clients = {B}")}),
    }

    def random(rng: Random) -> Configuration:
        choices = Choices(rng)
        chosen = choices.chosen
        pools = {}
        environment = {}

        def listen(port: int) -> str:
            address = rng.choice(ADDRESSES)
            if chosen("loopback or IPv4", 10):
                address = rng.choice(["127.0.0.1", "[::1]"])
            elif chosen("no brackets", 30):
                pass
            else:
                address = f"[{address}]"
            value = f"{address}:{port}"
            if chosen("variable", 25):
                name = f"V{len(environment)}"
                environment[name] = value
                value = f"${{{name}}}"
            quote = ""
            if chosen("quotes", 50):
                quote = rng.choice("\"'") if "$" not in value else '"'
            blank = rng.choice(["", " ", "\t", "  "])
            end = "; " + rng.choice(ADDRESSES) if chosen("comment behind", 20) else ""
            return f"{rng.choice(['', ' '])}listen{blank}={blank}{quote}{value}{quote} {end}"

        for number in range(rng.randint(1, 4)):
            lines = []
            if chosen("comment", 30):
                lines.append(f";listen = [{rng.choice(ADDRESSES)}]:9")
            if chosen("repeated", 25):
                lines.append(listen(rng.choice(PORT)))
            lines.append(listen(1000 + number))
            if chosen("allowed clients", 20):
                lines.append(f"listen.allowed_clients = {rng.choice(ADDRESSES)}")
            if chosen("own prefix", 10):
                lines.append("prefix = /tmp")
            pools[f"p{number}"] = pool("\n".join(lines), f"p{number}")
        if chosen("pools in one file", 30):
            pools = {"all": "".join(pools.values())}
        return Configuration(conf(pools).files, environment, constructs=frozenset(choices.constructs))

    return Language(
        name="php-fpm",
        unit=f"php{version}-fpm.service",
        packages={release: (f"php{version}-fpm",)},
        directories=(directory,),
        command=(f"/usr/sbin/php-fpm{version}", "--nodaemonize", "--fpm-config",
                 f"{directory}/php-fpm.conf"),
        ready="ready to handle connections",
        syscalls="bind,write",
        cases=cases,
        random=random,
        constructs=("no brackets", "variable", "comment", "comment behind", "repeated",
                    "allowed clients", "pools in one file", "loopback or IPv4",
                    "quotes", "own prefix"),
    )


LANGUAGES = [phpfpm("8.2", "bookworm"), phpfpm("8.4", "trixie")]
