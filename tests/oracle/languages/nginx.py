# SPDX-License-Identifier: LGPL-2.1-or-later
"""nginx: `listen` in servers; a wildcard address covers the others of its port."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Configuration, Language

MAIN = "/etc/nginx/nginx.conf"
MODULES = "".join(f"load_module /usr/lib/nginx/modules/ngx_{name}_module.so;\n"
                  for name in ("stream", "mail"))
START = "daemon off; master_process off; error_log stderr; events { }\n"
LUA = "".join(f"load_module /usr/lib/nginx/modules/{name}.so;\n"
              for name in ("ndk_http_module", "ngx_http_lua_module"))
PERL = "load_module /usr/lib/nginx/modules/ngx_http_perl_module.so;\n"


def conf(text: str, before: str = "", arguments: tuple[str, ...] = (),
         **files: str) -> Configuration:
    more = {f"/etc/nginx/{name.replace('__', '/')}.conf": content for name, content in files.items()}
    return Configuration({MAIN: before + START + text, **more}, arguments=arguments)


def http(text: str, before: str = "", **files: str) -> Configuration:
    return conf(f"http {{ access_log off;\n{text}\n}}\n", before, **files)


def server(*listens: str) -> str:
    return "server { " + " ".join(f"listen {listen};" for listen in listens) + " }\n"


CASES = {
    "one": http(server(f"[{A}]:80", f"[{B}]:80 default_server")),
    "no-port": http(server(f"[{A}]")),
    "wildcard-covers": http(server(f"[{A}]:8080", "[::]:8080")),
    "wildcard-in-another-server": http(server(f"[{A}]:8080") + server("[::]:8080")),
    "wildcard-first": http(server("[::]:8080", f"[{A}]:8080")),
    "wildcard-on-another-port": http(server(f"[{A}]:8080", "[::]:8081")),
    "wildcard-of-ipv4": http(server(f"[{A}]:8080", "8080")),
    "wildcard-without-a-port": http(server(f"[{A}]:80", "[::]")),
    "wildcard-range": http(server(f"[{A}]:8002", "[::]:8000-8005")),
    "range-partly-covered": http(server(f"[{A}]:8000-8002", "[::]:8001-8009")),
    "range-covered": http(server(f"[{A}]:8003-8004", "[::]:8003", "[::]:8004")),
    "range": http(server(f"[{A}]:8000-8002")),
    "same-in-two-servers": http(server(f"[{A}]:80") + server(f"[{A}]:80 default_server")),
    "names": http("server { listen 127.0.0.1:81; listen localhost:82; listen *:83; "
                  f"listen 84; listen unix:/run/x.sock; listen [::1]:80; listen [{A}]:80; }}"),
    "quotes": http(f"server {{ listen \"[{A}]:80\"; 'listen' '[{B}]:80'; }}"),
    "escapes": http(f"server {{ listen \\[{A}]:81; listen [{B}]:80; "
                    f"server_name \"a\\\"; listen [{C}]:80; }}\"; }}".replace("\\[", "[")),
    "comment": http(f"server {{ listen [{A}]:80; # listen [{B}]:80;\n"
                    f"# listen [{C}]:80;\nserver_name a#b; }}"),
    "comment-in-statement": http(f"server {{ listen # all [::]:80;\n [{A}]:80; }}"),
    "several-lines": http(f"server\n{{\nlisten\n[{A}]:80\n;}}\n"),
    "map": http(f"map $uri $x {{ listen [{B}]:80; default 1; }}\n" + server(f"[{A}]:80")),
    "map-named-server": http(f"map $uri $server {{ server 1; \"listen\" [{B}]:80; }}\n"
                             + server(f"[{A}]:80")),
    "types": http(f"types {{ listen [{B}]; }}\n" + server(f"[{A}]:80")),
    "geo": http(f"geo $geo {{ default 0; {B} listen; }}\n" + server(f"[{A}]:80")),
    "braces-in-variables": http(f"server {{ listen [{A}]:80; set $x 1; "
                                "location / { return 200 ${x}y; } location ~ \"^/a{2}$\" { } "
                                f"location = /b {{ return 200 '}} listen [{B}]:80;'; }} }}"
                                + server(f"[{C}]:80")),
    "upstream": http(f"upstream u {{ server [{B}]:80; }}\n" + server(f"[{A}]:80")),
    "include": http("include sites/*;", sites__a=server(f"[{A}]:80"), sites__b=server(f"[{B}]:80")),
    "include-in-server": http("server { include listen.conf; }", listen=f"listen [{A}]:80;"),
    "include-beside-the-main-file": http("include sites/a.conf;", sites__a="include sites/b.conf;",
                                         sites__b=server(f"[{A}]:80")),
    "include-at-the-top": conf("include web.conf;", web=f"http {{ {server(f'[{A}]:80')} }}"),
    "include-quoted": http("include '/etc/nginx/sites/?.conf';", sites__a=server(f"[{A}]:80")),
    "include-of-no-file": http("include none/*;" + server(f"[{A}]:80")),
    "include-in-a-map": http("map $uri $x { include map.conf; }" + server(f"[{A}]:80"),
                             map=f"listen [{B}]:80;"),
    "stream": conf("stream { server { listen [" + A + "]:53; return x; } "
                   "server { listen [" + B + "]:53 udp; return x; } }", MODULES),
    "stream-types-differ": conf("stream { server { listen [" + A + "]:53; return x; } "
                                "server { listen [::]:53 udp; return x; } }", MODULES),
    "stream-wildcard": conf("stream { server { listen [" + A + "]:53 udp; return x; } "
                            "server { listen [::]:53 udp; return x; } }", MODULES),
    "modules-apart": conf("stream { server { listen [::]:81; return x; } }\n"
                          f"http {{ {server(f'[{A}]:80')} }}", MODULES),
    "mail": conf(f"mail {{ auth_http localhost:9000/; server {{ listen [{A}]:25; protocol smtp; "
                 "smtp_auth none; } }", MODULES),
    "lua": http("content_by_lua_block".replace("content", "init") + " { local s = \"}\" -- }\n"
                "local t = { [[ } ]], '\\'}' } --[=[ } ]] ]=] }\n" + server(f"[{A}]:80"), LUA),
    "lua-in-a-location": http(f"server {{ location / {{ content_by_lua_block {{ "
                              f"ngx.say([==[ }} listen [{B}]:80; ]==]) }} }} listen [{A}]:80; }}",
                              LUA),
    "perl": http(f"perl_set $p 'sub {{ return \"listen [{B}]:80;\"; }}';\n" + server(f"[{A}]:80"),
                 PERL),
    "long-form": http(server("[2001:DB8:1:0:0::1]:80", "[2001:0db8:0002::0002]:080")),
    "options": http(server(f"[{A}]:80 backlog=5", f"[{B}]:80 so_keepalive=off", f"[{C}]:80 ssl")
                    .replace("ssl", "proxy_protocol")),
    "option-g": conf("", arguments=("-g", "include g.conf; user root;"),
                     g=f"http {{ {server(f'[{A}]:80')} }}\n"),
    "dotted-tail": http(server("[2001:db8::192.0.2.1]:80")),
    "blocks-in-a-server": http(f"server {{ if ($host = x) {{ return 404; }} listen [{A}]:80; "
                               "location / { limit_except GET { deny all; } } "
                               f"listen [{B}]:80; }}"),
    "no-blanks": http(f"server{{listen [{A}]:80;listen\t[{B}]:80;}}server{{listen\n[{C}]:80;}}#x"),
    "quotes-in-words": http(f"server {{ server_name a\"b c\"d; listen [{A}]:80; "
                            "add_header X 'a;}'; "
                            f"return 200 \"\\\"listen [{B}]:80;\"; }}"),
    "variables": http(f"log_format x '$status${{status}}'; server {{ set $z ${{uri}}${{args}}; "
                      f"listen [{A}]:80; return 200 ${{z}}; }}"),
    "carriage-returns": http(f"server {{\r\n listen [{A}]:80;\r\n # x\r\n "
                             f"listen\r\n[{B}]:80;\r\n}}\r\n"),
    "report-ssl-and-http2": http(  # a variable, so that no certificate is read before it is needed
        "ssl_certificate $host.pem; ssl_certificate_key $host.key;\n"
        f"server {{ listen [{A}]:443 ssl http2 default_server; listen 192.0.2.1:443 ssl http2; }}\n"
        f"server {{ listen [::]:80; listen 80; return 301 https://$host$request_uri; }}\n"
        f"server {{ listen [{B}]:443 ssl deferred fastopen=256; }}\n"),
    "report-ipv6only": http(
        server("[::]:80 ipv6only=off") + server(f"[{A}]:80")
        + server("81") + server(f"[{B}]:81 ipv6only=on")),
    "report-reuseport": http(server("[::]:443 reuseport") + server(f"[{A}]:443 reuseport")
                             + server(f"[{A}]:443", f"[{B}]:443")),
    "report-mail-proxy": conf(
        "mail { server_name mail.example.org; auth_http [::1]:9000/auth;\n"
        f"server {{ listen [{A}]:143; protocol imap; }}\n"
        f"server {{ listen [{B}]:587; listen 587; protocol smtp; smtp_auth none; }}\n"
        "server { listen [::]:110; protocol pop3; }\n"
        f"server {{ listen [{C}]:110; protocol pop3; }} }}",
        MODULES),
    "report-dns-balancer": conf(
        f"stream {{ upstream dns {{ server [{B}]:53; server 192.0.2.53:53; }}\n"
        f"server {{ listen [{A}]:53 udp reuseport; listen [{A}]:53; "
        "proxy_pass dns; }\n"
        f"server {{ listen [{D}]:8000-8002 udp; proxy_pass dns; }} }}", MODULES),
    "report-dual-stack": http(
        "include mime.conf; server_tokens off;\n"
        "server { listen 80 default_server; listen [::]:80 default_server ipv6only=on; }\n"
        f"server {{ listen 8443; listen [{A}]:8443; server_name x; root /srv; "
        "location / { try_files $uri $uri/ =404; } }", mime="types { text/html html; }"),
    "report-same-port-for-two-hosts": http(
        server(f"[{A}]:443", "192.0.2.1:443") + server(f"[{B}]:443", "[::1]:443")
        + server("[::1]:443", f"[{C}]:444")),
}

CONSTRUCTS = ("wildcard", "socket-option", "range", "datagram", "stream", "mail", "include",
              "include-glob", "quotes", "comment", "map", "unix", "port-only", "same-again",
              "long-form", "one-line", "location", "bind", "geo", "types", "upstream", "escape")


class Maker:
    """A random configuration. Each module has ports of its own, so that sockets do not collide."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.files: dict[str, str] = {}
        self.constructs: set[str] = set()

    def chance(self, share: float, name: str) -> bool:
        if self.random.random() >= share:
            return False
        self.constructs.add(name)
        return True

    def address(self) -> str:
        address = self.random.choice(ADDRESSES)
        if self.chance(0.15, "long-form"):
            first, last = address.split("::")
            address = first.upper() + ":0:0000:" + "0:0:" + last
        return f"[{address}]"

    def word(self, text: str) -> str:
        if self.chance(0.15, "quotes"):
            quote = self.random.choice("'\"")
            return quote + text + quote
        return text

    def blank(self) -> str:
        if self.chance(0.1, "comment"):
            return f" # listen {self.address()}:80; {{\n\t"
        return self.random.choice((" ", " ", "\n", "\t"))

    def listen(self, ports: range, used: set[str], datagram: bool) -> str:
        random = self.random
        port = str(random.choice(ports))
        if random.random() < 0.12:
            first = random.choice(ports)
            port = f"{first}-{min(first + random.randrange(3), ports[-1])}"
        kind = random.random()
        if kind < 0.2:
            host = "[::]"
        elif kind < 0.25:
            host = "127.0.0.1"
        elif kind < 0.3:
            host = "[::1]"
        else:
            host = self.address()
        value = f"{host}:{port}"
        if not datagram and self.chance(0.05, "port-only"):
            value = port
        elif not datagram and self.chance(0.05, "unix"):
            value = f"unix:/run/{random.randrange(10 ** 6)}.sock"
        # The same address twice in a server is refused, so is a part of a range.
        key = value.replace(":0:0000:0:0:", "::").lower().split("-")[0]
        if key in used or (self.ranged and value.startswith("[")):
            value = f"{self.address()}:{ports[0] + 20 + len(used)}"
        used.add(key)
        if value.startswith("[::]"):
            self.constructs.add("wildcard")
        if "-" in value.split("]")[-1] and not value.startswith("unix"):
            self.constructs.add("range")
        options = " udp" if datagram else ""
        return f"listen{self.blank()}{self.word(value)}{options}"

    ranged = False

    def option(self) -> str:
        if self.chance(0.3, "bind"):
            return " bind"
        if not self.chance(0.15, "socket-option"):
            return ""
        return " " + self.random.choice(("backlog=7", "rcvbuf=8k", "sndbuf=8k", "so_keepalive=on"))

    def server(self, module: str) -> str:
        random = self.random
        ports = {"http": range(8000, 8006), "stream": range(5000, 5006),
                 "mail": range(2500, 2506)}[module]
        datagram = module == "stream" and self.chance(0.4, "datagram")
        used: set[str] = set()
        statements = []
        for _ in range(random.randint(1, 3)):
            text = self.listen(ports, used, datagram)
            address = text.split("listen", 1)[1]
            # Options of a socket are given once for all servers, and not beside a wildcard, whose
            # socket would exclude it.
            if "[2001" in address.lower() and not datagram and random.random() < 0.3:
                option = self.option()
                if option:
                    text = f"listen {self.address()}:{next(self.own)}{option}"
            statements.append(text + ";")
        if module == "http":
            statements.append("server_name a;")
            if self.chance(0.2, "escape"):
                statements.append(self.random.choice((
                    f'set $a "\\"; listen {self.address()}:80; #";',
                    f"set $a '\\'; listen {self.address()}:80; \\\\';",
                    f"set $a x\\;listen\\ {self.address()}:80\\;;")))
            if self.chance(0.3, "location"):
                statements.append("location / { return 200 \"listen [::]:80; ${uri}}\"; }")
        elif module == "stream":
            statements.append("return x;")
        else:
            statements.append("protocol smtp; smtp_auth none;")
        random.shuffle(statements)
        if self.chance(0.2, "include"):
            name = f"part{len(self.files)}.conf"
            self.files[f"/etc/nginx/{name}"] = "\n".join(statements)
            return f"server {{ include {self.word(name)}; }}\n"
        if self.chance(0.3, "one-line"):
            return "server { " + " ".join(statements) + " }\n"
        return "server\n{\n" + "\n".join("\t" + text for text in statements) + "\n}\n"

    def http(self) -> str:
        parts = ["access_log off;\n"]
        servers = [self.server("http") for _ in range(self.random.randint(1, 4))]
        if len(servers) > 1 and self.random.random() < 0.2:
            self.constructs.add("same-again")
            port = next(self.own)
            address = f"[{self.random.choice(ADDRESSES)}]:{port}"
            servers += [f"server {{ listen {address}; }}\n"] * 2
        if self.chance(0.25, "map"):
            parts.append(f"map $uri $x{{ listen {self.address()}:80; server a; }}\n")
        if self.chance(0.15, "geo"):
            parts.append(f"geo $y {{ default 0; {self.address()[1:-1]} listen; }}\n")
        if self.chance(0.15, "types"):
            parts.append(f"types {{ listen {self.address()}; text/x listen; }}\n")
        if self.chance(0.15, "upstream"):
            parts.append(f"upstream u {{ server {self.address()}:80; }}\n")
        if self.chance(0.25, "include-glob"):
            for i, text in enumerate(servers):
                self.files[f"/etc/nginx/sites/{i}.conf"] = text
            parts.append(self.random.choice(("include sites/*.conf;\n",
                                             "include /etc/nginx/s*/[0-9].conf;\n")))
        else:
            parts += servers
        return "http {\n" + "".join(parts) + "}\n"

    def make(self) -> Configuration:
        self.own = iter(range(9000, 9100))
        blocks = [self.http()]
        if self.chance(0.3, "stream"):
            blocks.append("stream {\n" + self.server("stream") + self.server("stream") + "}\n")
        if self.chance(0.2, "mail"):
            blocks.append("mail { auth_http localhost:9/;\n" + self.server("mail") + "}\n")
        self.random.shuffle(blocks)
        self.files[MAIN] = MODULES + START + "".join(blocks)
        return Configuration(self.files, constructs=frozenset(self.constructs))


def make(random: Random) -> Configuration:
    return Maker(random).make()


PACKAGES = ("nginx-light", "libnginx-mod-stream", "libnginx-mod-mail", "libnginx-mod-http-lua",
            "libnginx-mod-http-perl")
RUN = dict(unit="nginx.service", directories=("/etc/nginx",), command=("/usr/sbin/nginx",),
           ready=r"^\d+ +epoll_(p?wait)", syscalls="bind,epoll_wait,epoll_pwait")

LANGUAGES = [
    Language(name="nginx", packages={"bookworm": PACKAGES, "trixie": PACKAGES}, cases=CASES,
             random=make, constructs=CONSTRUCTS, **RUN),
    Language(name="nginx-with-quic", packages={"trixie": PACKAGES}, cases={
        "quic-covers-no-tcp": http(
            # Variables, so that no certificate is read before it is needed.
            "ssl_certificate $host.pem; ssl_certificate_key $host.key;\n"
            + server(f"[{A}]:8443", "[::]:8443 quic")),
    }, **RUN),
]
