# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hand-made configurations of haproxy."""

from languages import A, B, C, D, P, Q, R, Configuration

CONF = "/etc/haproxy/haproxy.cfg"
DEFAULTS = "defaults\n mode tcp\n timeout client 9s\n timeout server 9s\n timeout connect 9s\n"


def files(*texts: str, arguments: tuple[str, ...] = (), names: tuple[str, ...] = (),
          **environment: str) -> Configuration:
    """One configuration of several files, all named on the command line."""
    paths = names or (CONF, *(f"/etc/haproxy/{i}.cfg" for i in range(1, len(texts))))
    named = tuple(word for path in paths for word in ("-f", path))
    return Configuration(dict(zip(paths, texts, strict=True)), dict(environment),
                         arguments=(*(arguments or named),))


def conf(text: str, *arguments: str, **environment: str) -> Configuration:
    return files(text, arguments=("-f", CONF, *arguments), **environment)


def frontend(text: str, before: str = "", *arguments: str, **environment: str) -> Configuration:
    return conf(f"{before}{DEFAULTS}frontend web\n{text}\n", *arguments, **environment)


def in_directories(*arguments: str) -> Configuration:
    """Two files that `arguments` may name, each with an address."""
    texts = (f"{DEFAULTS}frontend {name}\n bind [{address}]:80\n"
             for name, address in (("web", A), ("other", B)))
    return files(*texts, names=(CONF, "/etc/haproxy/more/haproxy.cfg"), arguments=arguments)


def setenv(value: str, text: str, **environment: str) -> Configuration:
    return frontend(text, f"global\n setenv VIP {value}\n", **environment)


def condition(text: str, **environment: str) -> Configuration:
    """A if it holds, B if not."""
    return frontend(f" bind [{C}]:80\n .if {text}\n bind [{A}]:80\n .else\n bind [{B}]:80\n .endif",
                    **environment)


CONDITIONS = {
    "empty": "", "number": "1", "zero": "0", "negative-number": "-1", "octal": "00",
    "not": "!0", "not-not": "!!1", "not-with-blanks": "! ! 0",
    "and": "1 && 0", "or": "0||1", "and-before-or": "1 || 0 && 0", "or-after-and": "0 && 0 || 1",
    "parentheses": "(1 || 1) && 0", "nested-parentheses": "( (0) || ( ! (0 ) ) )",
    "defined": "defined(VIP)", "defined-not": "defined(NOPE)", "not-defined": "!defined(NOPE)",
    "defined-quoted": "defined(\"VIP\")",
    "streq": 'streq("$VIP",x)', "streq-differs": 'streq("$VIP",y)', "strneq": 'strneq("$VIP","y")',
    "streq-blank": 'streq("$VIP" , x)', "streq-unquoted": "streq($VIP,x)",
    "streq-empty": 'streq("${NOPE-}",)', "streq-escaped": "streq(a\\\\ b,'a b')",
    "strneq-and-defined": "strneq(a,b) && defined(VIP)",
    "feature": "feature(EPOLL)", "feature-absent": "feature(KQUEUE)", "feature-not": "!feature(LUA)",
    "version": "version_atleast(2.4)", "version-before": "version_before(2.4)",
    "version-long": "version_atleast(2.4.3-dev5)", "version-future": "version_atleast(99.1)",
    "version-before-future": "version_before(99)", "version-0": "version_atleast(2.6.0)",
}

# Debian 12's version does not have the predicate.
STRSTR = {f"if-{name}": condition(text, VIP="x") for name, text in {
    "strstr": "strstr(abc,b)", "strstr-not": 'strstr("$VIP",y)', "strstr-order": "strstr(b,abc)",
}.items()}

CASES = {
    **{f"if-{name}": condition(text, VIP="x") for name, text in CONDITIONS.items()},
    "if-some-packages": condition("feature(PCRE2_JIT)"),
    "bind": frontend(f" bind [{A}]:80\n bind {B}:81 name x\n bind :::82\n bind 127.0.0.1:83"),
    "list": frontend(f" bind [{A}]:80,[{B}]:80-82,127.0.0.1:80,{C}:80,:81,*:82,[::]:83"),
    "prefixes": frontend(f" bind ipv6@[{A}]:80,tcp6@{B}:80,ip@{C}:80,tcp@[{D}]:80,ipv4@*:81,"
                         "unix@/run/x.sock,abns@y,/run/z.sock,ipv6@*:82,stream+ipv6@[::1]:83"),
    "ipv4": frontend(f" bind {P}:80,ipv4@{Q}:80-81,tcp4@{R}:80\n bind :82\n bind {P}:83 interface lo"),
    "ipv4-any-family": frontend(f" bind [{A}]:80\n bind ip@{P}:80,tcp@{Q}:81"),
    "ipv4-log-forward": conf(f"{DEFAULTS}frontend f\n bind {P}:80\nlog-forward l\n"
                             f" dgram-bind udp4@{Q}:514\n log 127.0.0.1:1 local0\n"),
    "localhost": frontend(f" bind localhost:80\n bind [{A}]:80"),
    "directory-option": in_directories("-C", "/etc/haproxy", "-f", "haproxy.cfg"),
    "directory-option-behind": in_directories("-f", "haproxy.cfg", "-C", "/etc/haproxy"),
    "relative-directory-option": in_directories("-C", "etc/haproxy", "-f", "more/haproxy.cfg"),
    "directory-option-again": in_directories("-C", "/etc", "-C", "/etc/haproxy/more", "-f",
                                             "haproxy.cfg"),
    "options": frontend(f" bind [{A}]:80 interface lo\n bind [{B}]:80 v6only backlog 5 maxconn 4"),
    "port-range": frontend(f" bind [{A}]:8000-8003"),
    "range-of-bare": frontend(f" bind {A}:8000-8003"),
    "listen": conf(f"{DEFAULTS}listen l\n bind [{A}]:80\n server s [{B}]:80\n"),
    "backend": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n default_backend b\n"
                    f"backend b\n bind [{A}]:80\n server s 127.0.0.1:1\n"),
    "bind-outside": frontend(f" bind [{A}]:80\n acl bind src {B}\n"),
    # Variables
    "setenv": setenv(A, ' bind "[${VIP}]:443"'),
    "setenv-without-braces": setenv(f"[{A}]:80", ' bind "$VIP"'),
    "setenv-unquoted-address": setenv(A, " bind [${VIP}]:443\n bind [$VIP]:444"),
    "setenv-single-quotes": setenv(A, " bind '[${VIP}]:443'"),
    "setenv-keyword": setenv("bind", f' "$VIP" [{A}]:80'),
    "setenv-twice": frontend(' bind "[$V]:80"', f"global\n setenv V {A}\n setenv V {B}\n"),
    "setenv-of-variable": frontend(' bind "[$W]:80"',
                                   f'global\n setenv V {A}\n setenv W "${{V}}"\n'),
    "presetenv": frontend(' bind "[$V]:80"', f"global\n presetenv V {A}\n presetenv V {B}\n"),
    "presetenv-of-the-unit": frontend(' bind "[$V]:80"', f"global\n presetenv V {B}\n", V=A),
    "unit": frontend(' bind "[$V]:80"', V=A),
    "unsetenv": frontend(' bind "[${V-' + B + '}]:80"',
                         f"global\n setenv V {A}\n unsetenv X V\n"),
    "resetenv": frontend(' bind "[${V-' + B + '}]:80"\n bind "[${W-' + D + '}]:80"',
                         "global\n resetenv W PATH\n", V=A, W=C),
    "default": frontend(' bind "[${NOPE-' + A + '}]:80"'),
    "default-not-used": setenv(A, ' bind "[${VIP-' + B + '}]:80"'),
    "default-of-empty": frontend(' bind "${V-x}[' + A + ']:80"', V=""),
    "list-variable": setenv(f'"[{A}]:80 name x"', ' bind "${VIP[*]}"'),
    "list-variable-default": frontend(' bind "${NOPE[*]-[' + A + ']:80 name y}"'),
    "list-with-commas": setenv(f"[{A}]:80,[{B}]:80", ' bind "$VIP"'),
    "unset-in-a-word": frontend(f' bind "[{A}]:80${{NOPE}}"'),
    "setenv-in-a-later-section": files(
        f'global\n setenv V {A}\n{DEFAULTS}frontend f\n bind "[$V]:80"\n'
        f'global\n setenv V {B}\nfrontend g\n bind "[$V]:81"\n'),
    "setenv-only-in-global": frontend(
        f' bind "[${{V-{A}}}]:80"\n http-request set-header setenv V\n'.replace(
            "http-request set-header", "acl x src 1.1.1.1 #")),
    "pseudo-variables": frontend(f' .if streq("${{.SECTION}}",web)\n bind [{A}]:80\n .endif\n'
                                 f' .if streq("${{.FILE}}",{CONF})\n bind [{B}]:80\n .endif\n'
                                 f' .if streq("${{.LINE}}",13)\n bind [{C}]:80\n .endif\n'),
    # Words
    "quotes": frontend(f" 'bind' \"[{A}]:80\"\n b\"in\"d '['{B}']':80"),
    "escapes": frontend(f" \\x62ind [{A}]:80\n bind [{B}]\\x3a81\n bind\\ [{C}]:80 # no\n"
                        .replace(f"bind\\ [{C}]:80", f"acl a\\ b src {C}")
                        .replace("acl a\\ b", "acl a_b")),
    "comments": frontend(f" bind [{A}]:80#x\n # bind [{B}]:80\n#bind [{B}]:80\n"
                         f" bind [{C}]:81 name x\\#y\n"),
    "carriage-return": frontend(f" bind [{A}]:80\r\n bind [{B}]:80\r"),
    "tabs": frontend(f"\tbind\t\t[{A}]:80\t\tname\tx\t"),
    # Conditions
    "elif": frontend(f" .if 0\n bind [{A}]:80\n .elif streq(a,a)\n bind [{B}]:80\n .elif 1\n"
                     f" bind [{C}]:80\n .else\n bind [{D}]:80\n .endif"),
    "nested": frontend(f" .if 1\n .if 0\n bind [{A}]:80\n .else\n bind [{B}]:80\n .endif\n .else\n"
                       f" .if 1\n bind [{C}]:80\n .endif\n .endif\n bind [{D}]:80"),
    "sections-in-branches": conf(f"{DEFAULTS}.if 0\nfrontend f\n bind [{A}]:80\n.else\n"
                                 f"frontend g\n bind [{B}]:80\n.endif\n bind [{C}]:80\n"),
    "setenv-in-a-branch": frontend(' bind "[$V]:80"', f"global\n.if 0\n setenv V {A}\n.else\n"
                                                      f" setenv V {B}\n.endif\n"),
    "messages": frontend(f" .notice 'bind'\n .diag \"x\"\n .warning bind\n bind [{A}]:80"),
    # Sections
    "disabled": conf(f"{DEFAULTS}frontend f\n bind [{A}]:80\n disabled\n bind [{A}]:81\n"
                     f"frontend g\n bind [{B}]:80\n"),
    "disabled-defaults": conf(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n"
                              f"frontend g\n bind [{B}]:80\n enabled\n"),
    "defaults-again": conf(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n"
                           f"{DEFAULTS}frontend g\n bind [{B}]:80\n"),
    "named-defaults": conf(f"{DEFAULTS.replace('defaults', 'defaults off')} disabled\n"
                           f"{DEFAULTS.replace('defaults', 'defaults on')}"
                           f"frontend f from off\n bind [{A}]:80\n"
                           f"frontend g from on\n bind [{B}]:80\nfrontend h\n bind [{C}]:80\n"),
    "defaults-from": conf(f"{DEFAULTS.replace('defaults', 'defaults off')} disabled\n"
                          f"defaults more from off\n timeout tunnel 1s\n"
                          f"frontend f from more\n bind [{A}]:80\n"
                          f"defaults on from off\n enabled\nfrontend g from on\n bind [{B}]:80\n"),
    "peer": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n peer me [{A}]:1024\n"
                 f" peer other [{C}]:1024\n", "-L", "me"),
    "peer-of-localpeer": conf(f"global\n localpeer me\n{DEFAULTS}frontend f\n bind [{B}]:80\n"
                              f"peers p\n peer other [{C}]:1024\n peer me [{A}]:1024\n"),
    "peer-of-localpeer-and-option": conf(
        f"global\n localpeer other\n{DEFAULTS}frontend f\n bind [{B}]:80\n"
        f"peers p\n peer me [{A}]:1024\n peer other [{C}]:1024\n", "-L", "me"),
    "peer-variable": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                          f' peer "$HAPROXY_LOCALPEER" [{A}]:1024\n', "-L", "me"),
    "peers-bind": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n bind [{A}]:1024\n"
                       f" server me\n server other [{C}]:1024\n", "-L", "me"),
    "peers-bind-without-me": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                                  f" bind [{A}]:1024\n server other [{C}]:1024\n", "-L", "me"),
    "peers-without-me": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                             f" peer other [{C}]:1024\n", "-L", "me"),
    "peers-disabled": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n disabled\n"
                           f" peer me [{A}]:1024\n", "-L", "me"),
    "peers-default-bind": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                               f" default-bind backlog 5\n peer me [{A}]:1024\n", "-L", "me"),
    "stats-socket": frontend(f" bind [{B}]:80",
                             f"global\n stats socket ipv6@[{A}]:9999 level admin\n"
                             " stats socket /run/x.sock\n stats timeout 30s\n"),
    "stats-socket-list": frontend(f" bind [{B}]:80",
                                  f"global\n stats socket [{A}]:9999,[{C}]:9999\n"),
    "log-forward": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\nlog-forward l\n"
                        f" dgram-bind [{A}]:514\n bind [{C}]:514\n log 127.0.0.1:1 local0\n"),
    "ring-and-mailers": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n"
                             f"ring r\n format raw\n server s [{A}]:1\n"
                             f"mailers m\n mailer x [{C}]:25\n"
                             f"resolvers d\n nameserver n [{D}]:53\n"),
    "master-socket": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n", "-W",
                          "-S", f"ipv6@[{A}]:9999"),
    # Files
    "two-files": files(f"global\n setenv V {A}\n{DEFAULTS}", 'frontend f\n bind "[$V]:80"\n'),
    "two-files-defaults": files(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n",
                                f"frontend g\n bind [{B}]:80\nfrontend h\n enabled\n"
                                f" bind [{C}]:80\n"),
    "directory": Configuration({
        "/etc/haproxy/conf.d/10.cfg": DEFAULTS + f"frontend f\n bind [{A}]:80\n",
        "/etc/haproxy/conf.d/20.cfg": f"frontend g\n bind [{B}]:80\n",
        "/etc/haproxy/conf.d/30.cfg.off": f"frontend h\n bind [{C}]:80\n",
        "/etc/haproxy/conf.d/.40.cfg": f"frontend h\n bind [{C}]:80\n",
        "/etc/haproxy/conf.d/50.cfg.cfg": f"frontend h\n bind [{C}]:80\n",
    }, arguments=("-f", "/etc/haproxy/conf.d")),
    "file-and-directory": Configuration({
        CONF: f'global\n setenv V "[{A}]"\n' + DEFAULTS,
        "/etc/haproxy/conf.d/b.cfg": 'frontend b\n bind "$V:80"\n',
        "/etc/haproxy/conf.d/a.cfg": f'global\n setenv V "[{B}]"\nfrontend a\n bind "$V:81"\n',
    }, arguments=("-f", CONF, "-f", "/etc/haproxy/conf.d")),
    "after-dashes": files(DEFAULTS, f"frontend f\n bind [{A}]:80\n",
                          arguments=("-f", CONF, "--", "/etc/haproxy/1.cfg")),
    "empty-host": frontend(f" bind ipv6@:443,:::80\n bind [{A}]:80 id 7 nice 3"),
    "brackets-without-address": frontend(f" bind [::]:80 v4v6\n bind [{A}]:81\n"
                                         f" bind *:82,[{B}]:83"),
    "shards": frontend(f" bind [{A}]:80 shards 2\n bind ipv6@[{B}]:81-82 interface lo"),
    "mapped": frontend(f" bind [::ffff:127.0.0.1]:80\n bind [{A}]:81"),
    "environment-with-port": frontend(' bind "${LISTEN6}"\n bind "${LISTEN4-:82}"',
                                      LISTEN6=f"[{A}]:80"),
    "server-source": conf(f"{DEFAULTS}frontend f\n bind [{A}]:80\nbackend b\n source [{B}]\n"
                          f" server s [{C}]:80 source [{D}]:1024-2048\n"),
    "if-workers": frontend(f" .if defined(HAPROXY_MWORKER)\n bind [{A}]:80\n .else\n"
                           f" bind [{B}]:80\n .endif"),
    "if-files": frontend(f" .if defined(HAPROXY_CFGFILES)\n bind [{A}]:80\n .else\n"
                         f" bind [{B}]:80\n .endif"),
    "peers-in-two-sections": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                                  f" peer me [{A}]:1024\npeers q\n peer other [{C}]:1024\n"
                                  f" peer me [{D}]:1025\n", "-L", "me"),
    "userlist-and-cache": conf(f"{DEFAULTS}userlist u\n user bind password [{B}]:80\n"
                               f"cache c\n total-max-size 4\nfrontend f\n bind [{A}]:80\n"),
    "log-forward-again": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\nlog-forward l\n"
                              f" dgram-bind udp6@[{C}]:514 interface lo\n"
                              " log 127.0.0.1:1 local0\n"),
    # As people reported them, in other words
    "report-plain-colons": conf(
        f"{DEFAULTS}frontend https-in\n bind *:443\n bind :::443 v6only\n"
        f" bind {A}:444 # no brackets\n"
        f" bind [{B}]:444 name [{B}]:444\n option forwardfor except {C}\n"),
    "report-kubernetes": conf(
        f"global\n setenv API6 [{A}]\n setenv PORT 6443\n{DEFAULTS}"
        'frontend api\n bind "${API6}:${PORT}" interface lo\n bind "${API4-127.0.0.1}:$PORT"\n'
        f" default_backend masters\nbackend masters\n option tcp-check\n balance roundrobin\n"
        f' server m1 [{B}]:6443 check fall 3 rise 2\n server m2 "[{C}]:$PORT" check backup\n'),
    "report-mail": conf(
        f"{DEFAULTS}listen smtp\n bind [{A}]:25,[{A}]:587 defer-accept\n bind [{B}]:25\n"
        f" server mail [{C}]:10024 send-proxy\nlisten imap\n bind [{B}]:143 accept-proxy tfo\n"
        f" server mail [{C}]:10143 send-proxy-v2\n"),
    "report-keepalived": conf(
        "global\n log /dev/log local0\n user root\n maxconn 1000\n"
        f" presetenv HA_VIP {A}\n"
        "defaults\n log global\n mode http\n option httplog\n option dontlognull\n"
        " timeout connect 5s\n timeout client 50s\n timeout server 50s\n"
        'frontend http_in\n bind "[${HA_VIP}]:80"\n bind 192.0.2.10:80\n'
        ' bind "$HA_VIP:81" # behind the last colon is the port\n'
        " http-request redirect scheme https unless { ssl_fc }\n default_backend pool\n"
        f"backend pool\n balance roundrobin\n server one [{B}]:80 check\n"
        f" server two [{C}]:80 check disabled\n"),
    "report-stats-page": conf(
        f"{DEFAULTS}listen stats\n mode http\n bind [{A}]:8404\n stats enable\n stats uri /\n"
        f" stats refresh 10s\nlisten galera\n bind [{B}]:3306\n option tcpka\n"
        f" server n1 [{C}]:3306 check inter 10s\n"),
}
