# SPDX-License-Identifier: LGPL-2.1-or-later
"""postgresql: listen_addresses, of which the last counts, in included files and on the command line."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Choices, Configuration, Language


def value(choices: Choices) -> str:
    words = choices.rng.sample([*ADDRESSES, "127.0.0.1", "::1", "localhost"], 1)
    if choices.chosen("list", 40):
        words += choices.rng.sample([*ADDRESSES, "127.0.0.1"], choices.rng.randint(1, 2))
    return choices.rng.choice([",", ", ", " , "]).join(words)


def line(choices: Choices) -> str:
    keyword = "listen_addresses"
    if choices.chosen("letter case", 15):
        keyword = choices.rng.choice(["LISTEN_ADDRESSES", "Listen_Addresses"])
    equals = " " if choices.chosen("no equals sign", 20) else choices.rng.choice([" = ", "=", "\t="])
    indent = "  " if choices.chosen("indented", 15) else ""
    behind = f" # '{choices.rng.choice(ADDRESSES)}'" if choices.chosen("comment behind", 20) else ""
    return f"{indent}{keyword}{equals}'{value(choices)}'{behind}\n"


def postgresql(version: str, release: str) -> Language:
    directory = f"/etc/postgresql/{version}/main"
    data = f"/var/lib/postgresql/{version}/main"
    main = f"{directory}/postgresql.conf"
    # What ALTER SYSTEM writes. The daemon has a copy, because its other data are not the test's.
    auto = f"{data}/postgresql.auto.conf"

    def conf(text: str, *arguments: str, **files: str) -> Configuration:
        more = {f"{directory}/{name}.conf": content
                for name, content in files.items()}
        if "auto" in files:
            more[auto] = files["auto"]
        start = (f"data_directory = '{data}'\nhba_file = '{directory}/pg_hba.conf'\n"
                 f"ident_file = '{directory}/pg_ident.conf'\nunix_socket_directories = '/tmp'\n")
        return Configuration({main: start + text, f"{directory}/pg_hba.conf": "",
                              f"{directory}/pg_ident.conf": "", **more}, arguments=arguments)

    cases = {
        "list": conf(f"listen_addresses = '{A}, {B},127.0.0.1'\n"),
        "last-one-counts": conf(f"listen_addresses = '{B}'\nlisten_addresses '{A}'\n"),
        "include": conf(f"listen_addresses = '{B}'\ninclude 'more.conf'\n",
                        more=f"listen_addresses = '{A}'\n"),
        "include-dir": conf(f"listen_addresses = '{B}'\ninclude_dir 'conf.d'\n",
                            **{"conf.d/a": f"listen_addresses = '{A}'\n",
                               "conf.d/.b": f"listen_addresses = '{C}'\n"}),
        "include-if-exists": conf(f"listen_addresses = '{A}'\ninclude_if_exists 'none.conf'\n"),
        "auto": conf(f"listen_addresses = '{B}'\n", auto=f"listen_addresses = '{A}'\n"),
        "option": conf(f"listen_addresses = '{B}'\n", "-h", A),
        "option-c": conf("", "-c", f"listen_addresses={A},{D}"),
        "option-long": conf("", f"--listen_addresses={A}"),
        "options": conf("", "-h", B, "-c", f"listen_addresses={A}"),
        "option-before-auto": conf("", "-h", A, auto=f"listen_addresses = '{B}'\n"),
        "comments": conf(f"#listen_addresses = '{B}'\nlisten_addresses = '{A}' # '{C}'\n"),
        "wildcard": conf("listen_addresses = '*'\n"),
        "none": conf(f"listen_addresses = '{A}'\nlisten_addresses = ''\n"),
    }

    def random(rng: Random) -> Configuration:
        choices = Choices(rng)
        files, arguments = {}, []
        text = line(choices)
        if choices.chosen("comment", 30):
            text += f"#listen_addresses = '{rng.choice(ADDRESSES)}'\n"
        if choices.chosen("several", 25):
            text += line(choices)
        if choices.chosen("include", 25):
            files["more"] = line(choices)
            text += rng.choice(["include 'more.conf'\n", f"include = '{directory}/more.conf'\n",
                                "INCLUDE 'more.conf'\n"])
            if choices.chosen("nested include", 60):
                files["more"] += "include 'deep.conf'\n"
                files["deep"] = line(choices)
        if choices.chosen("include_if_exists", 20):
            name = rng.choice(["none", "perhaps"])
            files["perhaps"] = line(choices)
            text += f"include_if_exists '{name}.conf'\n"
        if choices.chosen("include_dir", 25):
            for name in rng.sample(["a", "b", ".c", "B"], 2):
                files[f"conf.d/{name}"] = line(choices)
            text += "include_dir 'conf.d'\n"
        if choices.chosen("several behind", 15):
            text += line(choices)
        if choices.chosen("ALTER SYSTEM", 20):
            files["auto"] = f"listen_addresses = '{value(choices)}'\n"
        if choices.chosen("command line", 20):
            words = value(choices)
            arguments += rng.choice([["-h", words], ["-c", f"listen_addresses={words}"],
                                     [f"--listen_addresses={words}"]])
        configuration = conf(text, *arguments, **files)
        return Configuration(configuration.files, arguments=tuple(arguments),
                             constructs=frozenset(choices.constructs))

    return Language(
        name="postgresql",
        unit=f"postgresql@{version}-main.service",
        packages={release: (f"postgresql-{version}",)},
        directories=(directory,),
        command=(f"/usr/lib/postgresql/{version}/bin/postgres", "-c", f"config_file={main}",
                 "-D", data),
        ready=r"\bbind\(\d+, \{sa_family=AF_UNIX",  # after those of the network
        prepare=f"if test -e {directory}/auto.conf; then cp {directory}/auto.conf {auto}; fi",
        user="postgres",
        cases=cases,
        random=random,
        constructs=("list", "letter case", "no equals sign", "indented", "comment behind", "comment",
                    "several", "include", "nested include", "include_if_exists", "include_dir",
                    "several behind", "ALTER SYSTEM", "command line"),
    )


LANGUAGES = [postgresql("15", "bookworm"), postgresql("17", "trixie")]
