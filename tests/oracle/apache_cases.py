# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configurations of Apache in one file, each for one rule of its language.

A case is the text of apache2.conf, or a dictionary of files: their paths, relative to /etc/apache2 or
absolute below /etc, and their content or a Link. A new case is a new entry. apache_trees.py has the
configurations of several files.
"""

from httpd import MODULES, Link

LINES = {
    "plain": "Listen [2001:db8::1]:80\n",
    "no newline at the end": "Listen [2001:db8::1]:80",
    "name in upper and lower case": "LISTEN [2001:db8::1]:80\nlisten [2001:db8::2]:80\n",
    "blanks around": "\t  Listen\t\t [2001:db8::1]:80  \t\n",
    "form feed and vertical tab": "\fListen\v[2001:db8::1]:80\f\n",
    "CR LF": "Listen [2001:db8::1]:80\r\nListen [2001:db8::2]:80\r\n",
    "comment": "#Listen [2001:db8::1]:80\n  # Listen [2001:db8::2]:80\n"
               "Listen [2001:db8::3]:80\n",
    "continued": "Listen \\\n[2001:db8::1]:80\n",
    "continued within a word": "Lis\\\nten [2001:db8\\\n::1]:80\n",
    "blanks at the start of what continues": "Listen [2001:db8::1]:80\\\n  http\n",
    "continued, CR LF": "Listen \\\r\n[2001:db8::1]:80\r\n",
    "continued comment": "# one \\\nListen [2001:db8::1]:80\nListen [2001:db8::2]:80\n",
    "backslash and blank continue nothing": "# one \\ \nListen [2001:db8::1]:80\n",
    "two backslashes continue too": "# one \\\\\nListen [2001:db8::1]:80\nListen [2001:db8::2]:80\n",
    "two backslashes and an empty line": "# one \\\\\n\nListen [2001:db8::1]:80\n"
                                         "Listen [2001:db8::2]:80\n",
    "continued to the end of the file": "Listen [2001:db8::1]:80\\\n",
    "backslash is the last byte": "Listen [2001:db8::1]:80\n#\\",
    "long line": "Listen [2001:db8::1]:80 " + " " * 5000 + "http\nListen [2001:db8::2]:80\n",
    "long comment": "#" + "x" * 20000 + "\nListen [2001:db8::2]:80\n",
    "NUL ends a line": b"Listen [2001:db8::1]:80\0 what\nListen [2001:db8::2]:80\n",
    "name with a bracket": "Listen> [2001:db8::1]:80\n",
    "quoted name": "\"Listen\" [2001:db8::1]:80\n'Listen' [2001:db8::2]:80\n",
    "empty name": "\"\" [2001:db8::1]:80\nListen [2001:db8::2]:80\n",
    "no blank behind a quoted name": "\"Listen\"[2001:db8::1]:80\n",
}

ADDRESSES = {
    "port only": "Listen 80\nListen [2001:db8::1]:81\n",
    "star": "Listen *:80\nListen [2001:db8::1]:81\n",
    "unspecified": "Listen [::]:80\nListen 0.0.0.0:81\nListen [2001:db8::1]:82\n",
    "IPv4": "Listen 192.0.2.1:80\nListen 127.1:81\nListen [2001:db8::1]:82\n",
    "IPv4-mapped": "Listen [::ffff:192.0.2.1]:80\nListen [2001:db8::1]:82\n",
    "loopback": "Listen [::1]:80\nListen [2001:db8::1]:82\n",
    "long form": "Listen [2001:0db8:0000:0000:0000:0000:0000:0001]:80\n",
    "upper case": "Listen [2001:DB8::ABCD]:80\n",
    "dotted tail": "Listen [2001:db8::192.0.2.1]:80\n",
    "ends with colons": "Listen [2001:db8:1::]:80\nListen 2001:db8:2:::81\n",
    "in quotes": "Listen \"[2001:db8::1]:80\"\nListen '[2001:db8::2]:80'\n",
    "no brackets": "Listen 2001:db8::1:80\n",
    "no brackets, all groups": "Listen 2001:db8:0:0:0:0:0:1:80\n",
    "zone": "Listen [fe80::1%eth0]:80\n",
    "protocol": "Listen [2001:db8::1]:8443 https\nListen [2001:db8::2]:443 \"http\"\n",
    "one address, two ports": "Listen [2001:db8::1]:80\nListen [2001:db8::1]:81\n",
    "two spellings of one address": "Listen [2001:db8::1]:80\nListen [2001:db8::0001]:81\n",
    "leading zeros in the port": "Listen [2001:db8::1]:00080\n",
    "escapes mean nothing here": "Listen '[2001:db8::1]:80' \"ht\\\"tp\"\n",
    "other directives name addresses": "ListenBacklog 100\nServerAdmin [2001:db8::1]:80\n"
                                       "Listen [2001:db8::2]:80\n<VirtualHost [2001:db8::3]:80>\n"
                                       "ServerName www.example.org\n</VirtualHost>\n",
}

VARIABLES = {
    "define": "Define ADDRESS 2001:db8::1\nListen [${ADDRESS}]:80\n",
    "two in a word": "Define A 2001:db8\nDefine B 1\nListen [${A}::${B}]:80\n",
    "any case in use": "Define Address 2001:db8::1\nListen [${ADDRESS}]:80\nListen [${address}]:81\n",
    "redefined": "Define A 1\nListen [2001:db8::${A}]:80\nDefine A 2\nListen [2001:db8::${A}]:80\n",
    "redefined in another case": "Define A 1\nDefine a 2\nListen [2001:db8::${A}]:80\n",
    "defined of others": "Define A 1\nDefine B 2001:db8::${A}\nDefine A 2\nListen [${B}]:80\n",
    "not expanded twice": "Define A \"$\"\nDefine B \"${A}{A}\"\n<IfDefine B>\n"
                          "Listen [2001:db8::1]:80\n</IfDefine>\n",
    "value of several words": "Define A \"[2001:db8::1]:80 http\"\nListen ${A}\n",
    "the name of a directive": "Define A Listen\n${A} [2001:db8::1]:80\n",
    "a whole line": "Define A \"Listen [2001:db8::1]:80\"\n${A}\n",
    "empty value is no value": "Define A \"\"\n<IfDefine A>\nListen [2001:db8::1]:80\n</IfDefine>\n"
                               "Define B 2\nDefine B\nListen [2001:db8::${B}]:80\n",
    "undefined stays as it is": "Define A \"${NO}\"\nListen [2001:db8::1]:80 \"${NO}\"\n",
    "undefine": "Define A 1\nUnDefine A\n<IfDefine !A>\nListen [2001:db8::1]:80\n</IfDefine>\n",
    "undefine leaves other case's define": "Define A 1\nUnDefine a\n<IfDefine A>\n"
                                           "Listen [2001:db8::1]:80\n</IfDefine>\n",
    "undefine takes other case's value": "Define A 1\nDefine B x${A}\nUnDefine a\n"
                                         "Define C \"${A}\"\nListen [2001:db8::1]:80 \"${A}\"\n",
    "dollar alone": "Listen [2001:db8::1]:80 \"a$b$\"\nListen [2001:db8::2]:80 \"${\"\n",
    "not in comments": "Define A \"\\\nx\"\n# ${A}\nListen [2001:db8::1]:80\n",
    "in the place of a section's name": "Define A IfDefine\n<${A} A>\nListen [2001:db8::1]:80\n"
                                        "</IfDefine>\n",
    "defined within a container": "<VirtualHost *:80>\nDefine A 1\n</VirtualHost>\n"
                                  "Listen [2001:db8::${A}]:80\n",
    "in an Include": {"apache2.conf": "Define A b\nInclude ${A}.conf\n",
                      "b.conf": "Listen [2001:db8::1]:80\n"},
    "crosses files": {"apache2.conf": "Include a.conf\nListen [2001:db8::${A}]:80\n",
                      "a.conf": "Define A 1\n"},
}

SECTIONS = {
    "IfDefine": "Define A\n<IfDefine A>\nListen [2001:db8::1]:80\n</IfDefine>\n"
                "<IfDefine B>\nListen [2001:db8::2]:80\n</IfDefine>\n",
    "negated": "Define A\n<IfDefine !A>\nListen [2001:db8::1]:80\n</IfDefine>\n"
               "<IfDefine ! B>\nListen [2001:db8::2]:80\n</IfDefine>\n",
    "names of defines have a case": "Define A\n<IfDefine a>\nListen [2001:db8::1]:80\n</IfDefine>\n"
                                    "Listen [2001:db8::2]:80\n",
    "names of sections have none": "Define A\n<IFDEFINE A>\nListen [2001:db8::1]:80\n</ifdefine>\n"
                                   "<ifdefine B>\n</IFDEFINE>\nListen [2001:db8::2]:80\n",
    "quoted": "Define A\n<IfDefine \"A\">\nListen [2001:db8::1]:80\n</IfDefine>\n"
              "<IfDefine \"!A\">\nListen [2001:db8::2]:80\n</IfDefine>\n",
    "more than one word": "Define A\n<IfDefine A B>\nListen [2001:db8::1]:80\n</IfDefine>\n",
    "blank in front of the bracket": "Define A\n<IfDefine A >\nListen [2001:db8::1]:80\n</IfDefine>\n",
    "text behind the bracket": "Define A\n<IfDefine A> what\nListen [2001:db8::1]:80\n</IfDefine>\n",
    "nested": "Define A\n<IfDefine A>\n<IfDefine !B>\nListen [2001:db8::1]:80\n</IfDefine>\n"
              "Listen [2001:db8::2]:80\n</IfDefine>\n",
    "nested in what does not count": "<IfDefine A>\n<IfDefine !B>\nListen [2001:db8::1]:80\n"
                                     "</IfDefine>\nListen [2001:db8::2]:80\n</IfDefine>\n"
                                     "Listen [2001:db8::3]:80\n",
    "nested without a word in what does not count": "<IfDefine A>\n<RequireAll>\n</RequireAll>\n"
                                                    "Listen [2001:db8::2]:80\n</IfDefine>\n"
                                                    "Listen [2001:db8::3]:80\n",
    "what does not count is not defined": "<IfDefine A>\nDefine B\n</IfDefine>\n<IfDefine !B>\n"
                                          "Listen [2001:db8::1]:80\n</IfDefine>\n",
    "in a container": "Listen [2001:db8::1]:80\n<VirtualHost *:80>\n<IfDefine !A>\n"
                      "ServerName a\n</IfDefine>\n</VirtualHost>\n",
    "container in it": "Listen [2001:db8::1]:80\n<IfDefine !A>\n<VirtualHost *:80>\n"
                       "ServerName a\n</VirtualHost>\nListen [2001:db8::2]:80\n</IfDefine>\n",
    "text behind the end of a container": "<VirtualHost *:80>\n</VirtualHost> what\n"
                                          "Listen [2001:db8::2]:80\n",
    "open at the end of the file": "Listen [2001:db8::1]:80\n<IfDefine !A>\n"
                                   "Listen [2001:db8::2]:80\n",
    "container in it open at the end": "Listen [2001:db8::1]:80\n<IfDefine !A>\n"
                                       "<VirtualHost *:80>\nServerName a\n",
    "open at the end of an included file": {
        "apache2.conf": "Include a.conf\nListen [2001:db8::1]:80\n",
        "a.conf": "<IfDefine !A>\nListen [2001:db8::2]:80\n"},
    "comment in what does not count": "<IfDefine A>\n# </IfDefine>\nListen [2001:db8::1]:80\n"
                                      "</IfDefine>\nListen [2001:db8::2]:80\n",
    "continued end in what does not count": "<IfDefine A>\nListen [2001:db8::1]:80\n</IfDe\\\nfine>\n"
                                            "Listen [2001:db8::2]:80\n",
    "text behind the end of what does not count": "<IfDefine A>\nListen [2001:db8::1]:80\n"
                                                  "</IfDefine> what\nListen [2001:db8::2]:80\n",
    "variable in the condition": "Define A B\nDefine B\n<IfDefine ${A}>\nListen [2001:db8::1]:80\n"
                                 "</IfDefine>\n",
    "variables in what does not count": "Define A \"</IfDefine>\"\n<IfDefine NO>\n${A}\n"
                                        "Listen [2001:db8::1]:80\n</IfDefine>\n"
                                        "Listen [2001:db8::2]:80\n",
    "files around a section": {
        "apache2.conf": "<IfDefine !A>\nInclude a.conf\n</IfDefine>\n<IfDefine A>\n"
                        "Include none.conf\n</IfDefine>\n",
        "a.conf": "Listen [2001:db8::1]:80\n"},
    "IfFile": {"apache2.conf": "<IfFile a.conf>\nListen [2001:db8::1]:80\n</IfFile>\n"
                               "<IfFile b.conf>\nListen [2001:db8::2]:80\n</IfFile>\n"
                               "<IfFile !b.conf>\nListen [2001:db8::3]:80\n</IfFile>\n"
                               "<IfFile /etc/apache2/sub>\nListen [2001:db8::4]:80\n</IfFile>\n",
               "a.conf": "", "sub/c.conf": ""},
    "IfFile on links": {"apache2.conf": "<IfFile good>\nListen [2001:db8::1]:80\n</IfFile>\n"
                                        "<IfFile bad>\nListen [2001:db8::2]:80\n</IfFile>\n"
                                        "<IfFile sub/../a.conf>\nListen [2001:db8::3]:80\n"
                                        "</IfFile>\n",
                        "a.conf": "", "good": Link("a.conf"), "bad": Link("none.conf")},
}

SSL = f"LoadModule ssl_module {MODULES}/mod_ssl.so\n"
STATUS = f"LoadModule status_module {MODULES}/mod_status.so\n"

MODULES_AND_VERSIONS = {
    "IfModule by identifier": STATUS + "<IfModule status_module>\nListen [2001:db8::1]:80\n"
                              "</IfModule>\n<IfModule ssl_module>\nListen [2001:db8::2]:80\n"
                              "</IfModule>\n",
    "IfModule by source": STATUS + "<IfModule mod_status.c>\nListen [2001:db8::1]:80\n</IfModule>\n"
                          "<IfModule mod_ssl.c>\nListen [2001:db8::2]:80\n</IfModule>\n",
    "IfModule has a case": STATUS + "<IfModule STATUS_module>\nListen [2001:db8::1]:80\n</IfModule>\n"
                           "<IfModule !Mod_Status.c>\nListen [2001:db8::2]:80\n</IfModule>\n",
    "IfModule before LoadModule": "<IfModule status_module>\nListen [2001:db8::1]:80\n</IfModule>\n"
                                  + STATUS + "<IfModule !status_module>\nListen [2001:db8::2]:80\n"
                                  "</IfModule>\nListen [2001:db8::3]:80\n",
    "LoadModule twice": STATUS + STATUS + "<IfModule status_module>\nListen [2001:db8::1]:80\n"
                        "</IfModule>\n",
    "LoadModule in quotes, any case": f"loadmodule \"status_module\" '{MODULES}/mod_status.so'\n"
                                      "<IfModule mod_status.c>\nListen [2001:db8::1]:80\n"
                                      "</IfModule>\n",
    "modules that are built in": "".join(
        f"<IfModule {name}>\nListen [2001:db8::{i}]:80\n</IfModule>\n" for i, name in enumerate(
            ["core.c", "core_module", "so_module", "mod_so.c", "http_core.c", "http_module",
             "mod_version.c", "version_module", "mod_unixd.c", "unixd_module", "mod_log_config.c",
             "log_config_module", "mod_logio.c", "logio_module", "mod_watchdog.c",
             "watchdog_module", "mod_http.c", "mod_core.c", "http_core", "mod_so", "so"], 1)),
    "source files with names of their own":
        f"LoadModule ldap_module {MODULES}/mod_ldap.so\n"
        f"LoadModule mpm_prefork_module {MODULES}/mod_mpm_prefork.so\n" + "".join(
            f"<IfModule {name}>\nListen [2001:db8::{i}]:80\n</IfModule>\n" for i, name in enumerate(
                ["util_ldap.c", "mod_ldap.c", "prefork.c", "mod_mpm_prefork.c"], 1)),
    "IfDirective": f"LoadModule mpm_prefork_module {MODULES}/mod_mpm_prefork.so\n" + "".join(
        f"<IfDirective {name}>\nListen [2001:db8::{i}]:80\n</IfDirective>\n" for i, name in
        enumerate(["Listen", "listen", "SSLEngine", "!SSLEngine", "ServerName", "Nonsense",
                   "<VirtualHost", "VirtualHost", "ThreadsPerChild", "KeepAlive"], 1)),
    "IfDirective after LoadModule": "<IfDirective ExtendedStatus>\nListen [2001:db8::1]:80\n"
                                    "</IfDirective>\n<IfDirective SSLEngine>\n"
                                    "Listen [2001:db8::2]:80\n</IfDirective>\n" +
                                    f"LoadModule headers_module {MODULES}/mod_headers.so\n"
                                    "<IfDirective RequestHeader>\nListen [2001:db8::3]:80\n"
                                    "</IfDirective>\n",
    "IfSection": "".join(
        f"<IfSection {name}>\nListen [2001:db8::{i}]:80\n</IfSection>\n" for i, name in
        enumerate(["VirtualHost", "virtualhost", "Proxy", "!Proxy", "Directory", "<Directory",
                   "IfVersion", "Macro", "ServerName"], 1)),
}

OPERATORS = ["2.4", "= 2.4", ">= 2.4", "> 2.4", "< 2.4", "<= 2.4", "== 2.4", "!< 2.4", "!>= 2.4",
             ">= 2", "> 2", "< 3", "!= 2.4.0", ">= 2.4.1", "< 2.4.999", ">= 2.5", "<= 2.4.0",
             "= /^2\\.4\\./", "= /^2\\.[0-4]\\.\\d+$/", "~ ^2\\.4", "~ 3$", "!~ ^2\\.2",
             "== /2.4|2.5/", "!= /^2.4/", "~ ^(2\\.4|3)\\.[^.]*$", ">= \"2.4\"", "\">=\" '2.4'",
             ">= 2.4 ", "2.4.999", ">= 2.", ">= 2.4.1.", "~ /2/", ">= 02.04"]
MODULES_AND_VERSIONS["IfVersion"] = "".join(
    f"<IfVersion {operator}>\nListen [2001:db8::{i}]:80\n</IfVersion>\n"
    for i, operator in enumerate(OPERATORS, 1))

