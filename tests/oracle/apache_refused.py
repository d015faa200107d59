# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configurations that httpd refuses: (files, the addresses that are found, the warnings in order).

Apache does not start with them, and logs why. The generator has to read the rest, to log one warning
with file and line for each error, and to end.
"""

from httpd import MODULES, Link

MACRO = f"LoadModule macro_module {MODULES}/mod_macro.so\n"
ONE = "Listen [2001:db8::1]:80\n"
TWO = "Listen [2001:db8::2]:80\n"
BOTH = {"2001:db8::1", "2001:db8::2"}
FIRST = {"2001:db8::1"}

SECTIONS = {
    "end without beginning": ("</IfDefine>\n" + ONE, FIRST, ["apache2.conf:1: </IfDefine>"]),
    "end of another section": ("<IfDefine !A>\n" + ONE + "</IfModule>\n</IfDefine>\n" + TWO, BOTH,
                               ["apache2.conf:3: </IfModule>"]),
    "text behind the end of a condition": ("<IfDefine !A>\n" + ONE + "</IfDefine> x\n" + TWO, BOTH,
                                           ["apache2.conf:3: </IfDefine>"]),
    "blank in the end of a container": ("<VirtualHost *:80>\n</VirtualHost >\n</VirtualHost>\n" + ONE,
                                        FIRST, ["apache2.conf:2: </VirtualHost"]),
    "container not closed": (ONE + "<VirtualHost *:80>\nServerName a\n", FIRST,
                             ["apache2.conf:2: <VirtualHost>"]),
    "container not closed in its file": (
        {"apache2.conf": "Include a.conf\n" + ONE + "</VirtualHost>\n", "a.conf": "<VirtualHost *:80>"},
        FIRST, ["a.conf:1: <VirtualHost>", "apache2.conf:3: </VirtualHost>"]),
    "what does not count is not closed": (ONE + "<IfDefine A>\n" + TWO, FIRST,
                                          ["apache2.conf:2: <IfDefine>"]),
    "what does not count is nested badly": (
        "<IfDefine A>\n<IfModule x>\n</IfDefine>\n</IfDefine>\n" + ONE, FIRST,
        ["apache2.conf:3: </IfDefine>"]),
    "condition without bracket": ("<IfDefine !A\n" + ONE + "</IfDefine>\n", FIRST,
                                  ["apache2.conf:1: <IfDefine"]),
    "condition without a word": ("<IfDefine>\n" + TWO + "</IfDefine>\n" + ONE, FIRST,
                                 ["apache2.conf:1: <IfDefine>"]),
    "Listen in a virtual host": ("<VirtualHost *:80>\n" + TWO + "</VirtualHost>\n" + ONE, FIRST,
                                 ["apache2.conf:2: ignored, for httpd takes no Listen within "
                                  "<VirtualHost>"]),
    "Listen in a directory": ("<Directory />\n" + TWO + "</Directory>\n" + ONE, FIRST,
                              ["apache2.conf:2: "]),
    "Listen in <If>": ("<If \"true\">\n" + TWO + "</If>\n" + ONE, FIRST, ["apache2.conf:2: "]),
    "Listen in a file of a virtual host": (
        {"apache2.conf": "<VirtualHost *:80>\nInclude a.conf\n</VirtualHost>\n" + ONE, "a.conf": TWO},
        FIRST, ["a.conf:1: "]),
    "Listen in a condition in a virtual host": (
        "<VirtualHost *:80>\n<IfDefine !A>\n" + TWO + "</IfDefine>\n</VirtualHost>\n" + ONE, FIRST,
        ["apache2.conf:3: "]),
    "unknown operator": ("<IfVersion >> 2>\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                         ["apache2.conf:1: <IfVersion>: unknown operator"]),
    "no version": ("<IfVersion >= two>\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                   ["apache2.conf:1: <IfVersion>: \"two\""]),
    "expression that does not end": ("<IfVersion = /2>\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                                     ["apache2.conf:1: <IfVersion>: expression without"]),
    "version without bracket": ("<IfVersion >= 2\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                                ["apache2.conf:1: <IfVersion> is not understood"]),
    "empty version": ("<IfVersion \"\">\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                      ["apache2.conf:1: <IfVersion>"]),
    "no expression": ("<IfVersion ~ (2>\n" + TWO + "</IfVersion>\n" + ONE, FIRST,
                      ["apache2.conf:1: <IfVersion>: expression"]),
    "byte order mark": (b"\xef\xbb\xbfListen [2001:db8::1]:80\nListen [2001:db8::2]:80\n", BOTH,
                        ["apache2.conf:1: begins with a byte order mark"]),
}

ADDRESSES = {
    "no port": ("Listen [2001:db8::2]\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "no port, no brackets": ("Listen 2001:db8::a\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "last group taken for a port": ("Listen 2001:db8::2\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "port 0": ("Listen [2001:db8::2]:0\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "port too large": ("Listen [2001:db8::2]:65536\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "bracket not closed": ("Listen [2001:db8::2:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "text behind the bracket": ("Listen [2001:db8::2]x:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "IPv4 in brackets": ("Listen [192.0.2.1]:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "too many groups": ("Listen [1:2:3:4:5:6:7:8:9]:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "empty zone": ("Listen [fe80::2%]:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "zone that no interface has": ("Listen \"[fe80::2%a b]:80\"\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "three arguments": ("Listen [2001:db8::2]:80 http x\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "no argument": ("Listen\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "undefined variable": ("Listen [2001:db8::${NO}]:80\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "name": ("Listen no.such.name.invalid:80\n" + ONE, FIRST,
             ["apache2.conf:1: no.such.name.invalid: names are not resolved"]),
    "twice": (ONE + ONE, FIRST, []),
    # httpd reads its configuration twice, and does not recognize these the second time.
    "zone by number": ("Listen [fe80::1%1]:80\n", {"fe80::1%1"}, []),
    "zone without brackets": ("Listen fe80::1%eth0:80\n", {"fe80::1%eth0"}, []),
}

FILES = {
    "missing": ("Include none.conf\n" + ONE, FIRST, ["apache2.conf:1: cannot read /etc/apache2/none.conf"]),
    "wildcard without match": ({"apache2.conf": "Include x/*.conf\n" + ONE, "x/a": ""}, FIRST,
                               ["apache2.conf:1: nothing in /etc/apache2/x matches"]),
    "wildcard in no directory": ("Include x/*.conf\n" + ONE, FIRST, ["apache2.conf:1: "]),
    "two paths": ("Include a b\n" + ONE, FIRST, ["apache2.conf:1: Include takes one argument"]),
    "no path": ("Include\n" + ONE, FIRST, ["apache2.conf:1: Include takes one argument"]),
    "link to nothing": ({"apache2.conf": "Include *.c\n" + ONE, "a.c": Link("none")}, FIRST,
                        ["apache2.conf:1: cannot read /etc/apache2/a.c"]),
    "device": ({"apache2.conf": "Include a.conf\n" + ONE, "a.conf": Link("/dev/null")}, FIRST,
               ["apache2.conf:1: cannot read /etc/apache2/a.conf"]),
    "file that includes itself": (ONE + "Include apache2.conf\nInclude apache2.conf\n", FIRST,
                                  ["apache2.conf:2: nothing more is read: files include each other"]),
    "files that include each other": (
        {"apache2.conf": ONE + "Include a*.conf\n", "a.conf": "Include apache2.conf\n" * 9}, FIRST,
        ["nothing more is read: files include each other"]),
    "directory that holds its file": (
        {"apache2.conf": ONE + "Include d\n", "d/a.conf": "Include d\n", "d/b.conf": "Include d\n"},
        FIRST, ["nothing more is read: files include each other"]),
    "link back to the directory": (
        {"apache2.conf": ONE + "Include d\n", "d/a": Link("../d"), "d/b": Link(".")}, FIRST,
        ["nothing more is read: directories too deep"]),
    "directories in directories": (
        {"apache2.conf": ONE + "Include d\n", "d" + "/d" * 200 + "/a.conf": ""}, FIRST,
        ["nothing more is read: directories too deep"]),
    "ServerRoot is missing": ({"apache2.conf": "ServerRoot /none\nInclude a.conf\n", "a.conf": ONE},
                              FIRST, ["apache2.conf:1: ServerRoot /none"]),
    "LoadModule without file": ("LoadModule a_module\n" + ONE, FIRST, ["apache2.conf:1: LoadModule"]),
    "colon in a variable's name": ("Define a:b c\n" + ONE, FIRST, ["apache2.conf:1: Define"]),
    "Define with three arguments": ("Define a b c\n" + ONE, FIRST, ["apache2.conf:1: Define"]),
    "UnDefine with two arguments": ("UnDefine a b\n" + ONE, FIRST, ["apache2.conf:1: UnDefine"]),
}

MACROS = {name: (MACRO + text, kept, warnings) for name, (text, kept, warnings) in {
    "undefined macro": ("Use M\n" + ONE, FIRST, ["apache2.conf:2: Use m: no such macro"]),
    "macro that was never defined": ("UndefMacro M\n" + ONE, FIRST, ["apache2.conf:2: UndefMacro m"]),
    "macro that is undefined again": ("<Macro M>\n" + TWO + "</Macro>\nUndefMacro M\nUse M\n" + ONE,
                                      FIRST, ["apache2.conf:6: Use m"]),
    "too few arguments": ("<Macro M $a>\n" + TWO + "</Macro>\nUse M\n" + ONE, FIRST,
                          ["apache2.conf:5: Use m: 0 arguments where it takes 1"]),
    "macro not closed": (ONE + "<Macro M>\n" + TWO, FIRST, ["apache2.conf:3: <Macro m"]),
    "parameter twice": ("<Macro M $a $a>\n" + TWO + "</Macro>\n" + ONE, FIRST, ["<Macro m"]),
    "empty parameter": ("<Macro M \"\">\n" + TWO + "</Macro>\n" + ONE, FIRST, ["<Macro m"]),
    "macro that uses itself": ("<Macro M>\nUse M\n" + ONE + "</Macro>\nUse M\n" + TWO, BOTH,
                               ["apache2.conf:6: Use m within that macro"]),
    "macros that use each other": ("<Macro A>\nUse B\n</Macro>\n<Macro B>\nUse A\n</Macro>\nUse A\n"
                                   + ONE, FIRST, ["apache2.conf:8: Use a within that macro"]),
    "macro that includes its file": ("<Macro M>\nInclude apache2.conf\n</Macro>\n" + ONE + "Use M\n",
                                     FIRST, ["nothing more is read: files include each other"]),
    "line too long": ("<Macro M $a>\n#\nServerName $a$a\n</Macro>\nUse M " + "x" * 5000 + "\n" + ONE,
                      FIRST, ["apache2.conf:6: Use m: a line of more than"]),
    "line too long in the body": ("<Macro M>\n" + "x" * 9000 + "\n</Macro>\n" + ONE, FIRST,
                                  ["<Macro m", "apache2.conf:4: </Macro>"]),
}.items()}

REFUSED = SECTIONS | ADDRESSES | FILES | MACROS
