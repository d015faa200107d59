# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configurations of Apache in several files: includes, macros, and layouts of distributions."""

from httpd import MODULES, Link

INCLUDES = {
    "a file": {"apache2.conf": "Include ports.conf\n", "ports.conf": "Listen [2001:db8::1]:80\n"},
    "in quotes, any case": {"apache2.conf": "INCLUDE \"a b.conf\"\n",
                            "a b.conf": "Listen [2001:db8::1]:80\n"},
    "absolute path": {"apache2.conf": "Include /etc/apache2/ports.conf\n",
                      "ports.conf": "Listen [2001:db8::1]:80\n"},
    "path with dots and slashes": {"apache2.conf": "Include .//sub/../sub/./../ports.conf\n",
                                   "ports.conf": "Listen [2001:db8::1]:80\n"},
    "dots take a link away, not its target": {
        "apache2.conf": "Include link/../a.conf\nListen [2001:db8::3]:80\n",
        "a.conf": "Listen [2001:db8::1]:80\n", "x/a.conf": "Listen [2001:db8::2]:80\n",
        "x/y/z.conf": "", "link": Link("x/y")},
    "link to a file": {"apache2.conf": "Include a.conf\n", "a.conf": Link("b.conf"),
                       "b.conf": "Listen [2001:db8::1]:80\n"},
    "link with an absolute target": {"apache2.conf": "Include a.conf\n",
                                     "a.conf": Link("/etc/apache2/b.conf"),
                                     "b.conf": "Listen [2001:db8::1]:80\n"},
    "optional, missing": "IncludeOptional none.conf\nIncludeOptional none/*.conf\n"
                         "IncludeOptional none*/a.conf\nListen [2001:db8::1]:80\n",
    "wildcard": {"apache2.conf": "Include conf.d/*.conf\n",
                 "conf.d/a.conf": "Listen [2001:db8::1]:80\n",
                 "conf.d/b.conf": "Listen [2001:db8::2]:80\n",
                 "conf.d/c.conf~": "Listen [2001:db8::3]:80\n"},
    "hidden files need a dot": {"apache2.conf": "Include conf.d/*\nInclude conf.d/.b*\n",
                                "conf.d/a": "Listen [2001:db8::1]:80\n",
                                "conf.d/.a": "Listen [2001:db8::2]:80\n",
                                "conf.d/.b": "Listen [2001:db8::3]:80\n"},
    "question mark and brackets": {"apache2.conf": "Include [ab]?.conf\nInclude [!ab]2.conf\n",
                                   "a1.conf": "Listen [2001:db8::1]:80\n",
                                   "b1.conf": "Listen [2001:db8::2]:80\n",
                                   "c1.conf": "Listen [2001:db8::3]:80\n",
                                   "c2.conf": "Listen [2001:db8::4]:80\n",
                                   "[.conf": ""},
    "bracket that is none": {"apache2.conf": "Include a[b.conf\n",
                             "a[b.conf": "Listen [2001:db8::1]:80\n"},
    "bracket in a pattern that is none": {"apache2.conf": "Include a[b*.conf\n",
                                          "a[b1.conf": "Listen [2001:db8::1]:80\n"},
    "ranges, and a caret": {"apache2.conf": "Include [a-c].conf\nInclude [^a-c].conf\n"
                                            "Include [-x]1.conf\n",
                            "a.conf": "Listen [2001:db8::1]:80\n",
                            "d.conf": "Listen [2001:db8::2]:80\n",
                            "-1.conf": "Listen [2001:db8::3]:80\n",
                            "y1.conf": "Listen [2001:db8::4]:80\n"},
    "classes are none": {"apache2.conf": "IncludeOptional [[:digit:]]x.conf\n"
                                         "Include [[:digit:]].conf\n",
                         "1x.conf": "Listen [2001:db8::1]:80\n",
                         "d].conf": "Listen [2001:db8::2]:80\n"},
    "escaped wildcard": {"apache2.conf": "Include 'a\\*?.conf'\n",
                         "a*1.conf": "Listen [2001:db8::1]:80\n",
                         "ab1.conf": "Listen [2001:db8::2]:80\n"},
    "escaped wildcard alone": {"apache2.conf": "IncludeOptional 'a\\*.conf'\n"
                                               "Listen [2001:db8::3]:80\n",
                               "a*.conf": "Listen [2001:db8::1]:80\n",
                               "a\\*.conf": "Listen [2001:db8::2]:80\n"},
    "wildcard before a slash": {"apache2.conf": "Include sites/*/listen.conf\n",
                                "sites/a/listen.conf": "Listen [2001:db8::1]:80\n",
                                "sites/b/listen.conf": "Listen [2001:db8::2]:80\n",
                                "sites/file": ""},
    "wildcards in two parts": {"apache2.conf": "Include s*/?/listen.*\n",
                               "sites/a/listen.conf": "Listen [2001:db8::1]:80\n",
                               "s/b/listen.x": "Listen [2001:db8::2]:80\n"},
    "wildcard before a slash finds a link to a directory": {
        "apache2.conf": "IncludeOptional sites/*/listen.conf\nListen [2001:db8::3]:80\n",
        "sites/a": Link("../real"), "real/listen.conf": "Listen [2001:db8::1]:80\n"},
    "wildcard at the end finds a link to a directory": {
        "apache2.conf": "Include sites/*\n", "sites/a": Link("../real"),
        "real/listen.conf": "Listen [2001:db8::1]:80\n"},
    "link to a directory in the path": {
        "apache2.conf": "Include sites/*.conf\n", "sites": Link("real"),
        "real/listen.conf": "Listen [2001:db8::1]:80\n"},
    "directory": {"apache2.conf": "Include conf.d\n",
                  "conf.d/a": "Listen [2001:db8::1]:80\n",
                  "conf.d/.hidden": "Listen [2001:db8::2]:80\n",
                  "conf.d/sub/deeper/b": "Listen [2001:db8::3]:80\n"},
    "directory with a slash": {"apache2.conf": "Include conf.d/\nIncludeOptional x/*/\n",
                               "conf.d/a": "Listen [2001:db8::1]:80\n",
                               "x/y/b": "Listen [2001:db8::2]:80\n"},
    "wildcard finds a directory": {"apache2.conf": "Include conf*\n",
                                   "conf.d/a": "Listen [2001:db8::1]:80\n",
                                   "conf.d/sub/b": "Listen [2001:db8::2]:80\n"},
    "sorted by name": {"apache2.conf": "Include conf.d/*\n",
                       "conf.d/b": "Define A 2\n", "conf.d/a": "Define A 1\n",
                       "conf.d/B": "Define A 3\n", "conf.d/z": "Listen [2001:db8::${A}]:80\n"},
    "directory sorted with its files": {"apache2.conf": "Include conf.d\n",
                                        "conf.d/a/1": "Define A 1\n", "conf.d/a.1": "Define A 2\n",
                                        "conf.d/b": "Listen [2001:db8::${A}]:80\n"},
    "twice": {"apache2.conf": "Define A 1\nInclude a.conf\nDefine A 2\nInclude a.conf\n",
              "a.conf": "Listen [2001:db8::${A}]:80\n"},
    "deep": {"apache2.conf": "Include 1.conf\n"} |
            {f"{i}.conf": f"Include {i + 1}.conf\n" for i in range(1, 120)} |
            {"120.conf": "Listen [2001:db8::1]:80\n"},
    "ServerRoot": {"apache2.conf": "ServerRoot /etc/apache2/sub\nInclude a.conf\n",
                   "a.conf": "Listen [2001:db8::1]:80\n",
                   "sub/a.conf": "Listen [2001:db8::2]:80\n"},
    "ServerRoot counts from there on": {
        "apache2.conf": "Include a.conf\nServerRoot /etc/apache2/sub/\nInclude a.conf\n",
        "a.conf": "Listen [2001:db8::1]:80\n", "sub/a.conf": "Listen [2001:db8::2]:80\n"},
    "ServerRoot in what does not count": {
        "apache2.conf": "<IfDefine A>\nServerRoot /etc/apache2/sub/\n</IfDefine>\nInclude a.conf\n",
        "a.conf": "Listen [2001:db8::1]:80\n", "sub/a.conf": "Listen [2001:db8::2]:80\n"},
    "ServerRoot in a container": {
        "apache2.conf": "<VirtualHost *:80>\nServerRoot /etc/apache2/sub/\n</VirtualHost>\n"
                        "Include a.conf\n",
        "a.conf": "Listen [2001:db8::1]:80\n", "sub/a.conf": "Listen [2001:db8::2]:80\n"},
    "included in a container": {"apache2.conf": "Listen [2001:db8::1]:80\n<VirtualHost *:80>\n"
                                       "Include a.conf\n</VirtualHost>\n", "a.conf": "Define A\n"},
    "byte order mark where nothing follows": {"apache2.conf": "Include a.conf\n",
                                              "a.conf": b"#\xef\xbb\xbf\nListen [2001:db8::1]:80\n"},
    "LoadModule in another file": {
        "apache2.conf": "IncludeOptional mods-enabled/*.load\nInclude ports.conf\n",
        "mods-enabled/status.load": f"LoadModule status_module {MODULES}/mod_status.so\n",
        "ports.conf": "<IfModule mod_status.c>\nListen [2001:db8::1]:80\n</IfModule>\n"},
}

MACRO = f"LoadModule macro_module {MODULES}/mod_macro.so\n"

MACROS = {name: MACRO + text for name, text in {
    "no parameter": "<Macro M>\nListen [2001:db8::1]:80\n</Macro>\nUse M\n",
    "unused": "<Macro M>\nListen [2001:db8::1]:80\n</Macro>\nListen [2001:db8::2]:80\n",
    "parameter": "<Macro M $a>\nListen [2001:db8::$a]:80\n</Macro>\nUse M 1\nUse M 2\n",
    "names have no case": "<MACRO Name>\nListen [2001:db8::1]:80\n</macro>\nUSE nAME\n",
    "parameters have a case": "<Macro M $a $A>\nListen [2001:db8::$a]:$A\n</Macro>\nUse M 1 80\n",
    "the longest parameter wins": "<Macro M $a $ab>\nListen [2001:db8::$ab]:80\n</Macro>\n"
                                  "Use M 1 2\n",
    "parameter without a sign": "<Macro M one>\nListen [2001:db8::one]:80\n</Macro>\nUse M 1\n",
    "at sign quotes": "<Macro M @a>\nListen @a @a\n</Macro>\nUse M [2001:db8::1]:80\n",
    "at sign escapes": "<Macro M @a>\nDefine V @a\n</Macro>\nUse M 'x\"\\y'\n"
                       "<IfDefine V>\nListen [2001:db8::1]:80\n</IfDefine>\n",
    "at sign searches its end again": "<Macro M @a $b>\nDefine V @a\n</Macro>\nUse M x$b 1\n"
                                      "Listen [2001:db8::1]:80 \"${V}\"\n<IfDefine x1>\n"
                                      "Listen [2001:db8::2]:80\n</IfDefine>\n",
    "values are not searched again": "<Macro M $a $b>\nDefine X \"$a\"\n</Macro>\n"
                                     "Use M $b 1\nListen [2001:db8::1]:80 \"${X}\"\n",
    "quoted values": "<Macro M $a $b>\nListen $a\n</Macro>\nUse M \"[2001:db8::1]:80 http\" ''\n",
    "parameter in a name": "<Macro M $d>\n$dten [2001:db8::1]:80\n</Macro>\nUse M Lis\n",
    "macro redefined": "<Macro M>\nListen [2001:db8::1]:80\n</Macro>\n<Macro m>\nListen [2001:db8::2]:80\n"
                 "</Macro>\nUse M\n",
    "nested use": "<Macro A $a>\nListen [2001:db8::$a]:80\n</Macro>\n<Macro B $a>\nUse A $a1\n"
                  "Use A $a2\n</Macro>\nUse B 3\nListen [2001:db8::4]:80\n",
    "used before the inner is defined": "<Macro B>\nUse A\n</Macro>\n<Macro A>\n"
                                        "Listen [2001:db8::1]:80\n</Macro>\nUse B\n",
    "defined within another": "<Macro A $a>\n<Macro B $b>\nListen [2001:db8::$a:$b]:80\n</Macro>\n"
                              "</Macro>\nUse A 1\nUse B 2\n",
    "variables when used": "Define V 1\n<Macro M>\nListen [2001:db8::${V}]:80\n</Macro>\nDefine V 2\n"
                           "Use M\nDefine V 3\nUse M\n",
    "variable in the name": "Define N M\n<Macro ${N}>\nListen [2001:db8::1]:80\n</Macro>\nUse ${N}\n",
    "sections in the body": "<Macro M $a>\n<IfDefine $a>\nListen [2001:db8::1]:80\n</IfDefine>\n"
                            "</Macro>\nDefine X\nUse M X\nUse M Y\n",
    "section that goes on behind it": "<Macro M $a>\n<IfDefine $a>\n</Macro>\nUse M Y\n"
                                      "Listen [2001:db8::1]:80\n</IfDefine>\n"
                                      "Listen [2001:db8::2]:80\n",
    "container opened by it": "<Macro M>\n<VirtualHost *:80>\n</Macro>\nUse M\nServerName a\n"
                              "</VirtualHost>\nListen [2001:db8::2]:80\n",
    "comments are left out": "<Macro M $a>\n# $a \\\n</Macro>\nListen [2001:db8::$a]:80\n</Macro>\n"
                             "Use M 1\n",
    "continued lines in the body": "<Macro M $a>\nListen \\\n[2001:db8::$a]:80\n</Macro>\nUse M 1\n",
    "value that continues a line": "<Macro M $a>\nListen [2001:db8::1]:80 $a\nhttp\n</Macro>\n"
                                   "Use M \\\\ \n",
    "define in a macro": "<Macro M $a>\nDefine V $a\n</Macro>\nUse M 1\nListen [2001:db8::${V}]:80\n",
    "include in a macro": "<Macro M $a>\nIncludeOptional $a.conf\n</Macro>\nUse M none\n"
                          "Listen [2001:db8::1]:80\n",
    "undefined": "<Macro M>\nListen [2001:db8::1]:80\n</Macro>\nUse M\nUndefMacro M\n<Macro M>\n"
                 "Listen [2001:db8::2]:80\n</Macro>\nUse M\n",
    "unused line that would be none": "<Macro M>\n</IfDefine>\n</Macro>\nListen [2001:db8::1]:80\n",
    "in what does not count": "<IfDefine NO>\n<Macro M>\nListen [2001:db8::1]:80\n</Macro>\n"
                              "</IfDefine>\nListen [2001:db8::2]:80\n",
    "in a section": "<IfDefine !NO>\n<Macro M>\nListen [2001:db8::1]:80\n</Macro>\nUse M\n"
                    "</IfDefine>\n",
    "the line behind Use is the last, without newline": "<Macro M>\nListen [2001:db8::1]:80\n"
                                                        "</Macro>\nUse M\nListen [2001:db8::2]:80",
    "one more line behind Use, without newline": "<Macro M>\nListen [2001:db8::1]:80\n</Macro>\n"
                                                 "Use M\n\nListen [2001:db8::2]:80",
    "text behind the brackets": "<Macro M> what\nListen [2001:db8::1]:80\n</Macro> what\nUse M\n",
}.items()}

CONTAINERS = {
    "Lua is no configuration": f"LoadModule lua_module {MODULES}/mod_lua.so\n<LuaQuickHandler>\n"
                               "x = [[\nListen [2001:db8::1]:80\n</VirtualHost>\n<IfDefine !A>\n"
                               "]]\n</luaquickhandler>\nListen [2001:db8::2]:80\n",
    "MDomainSet takes it": f"LoadModule ssl_module {MODULES}/mod_ssl.so\n"
                           f"LoadModule md_module {MODULES}/mod_md.so\nMDStoreDir /run/md\n"
                           "<MDomainSet www.example.org>\nListen [2001:db8::1]:80\n</MDomainSet>\n"
                           "Listen [2001:db8::2]:80\n",
    "containers in containers": "<VirtualHost *:80>\n<Directory />\n<Files x>\nDefine A 1\n</Files>\n"
                                "</Directory>\n</VirtualHost>\nListen [2001:db8::${A}]:80\n",
    "end of a container in any case": "<VirtualHost *:80>\n</VIRTUALHOST>\nListen [2001:db8::1]:80\n",
    "condition around files in a container": {
        "apache2.conf": "<VirtualHost *:80>\n<IfDefine !A>\nInclude a.conf\n</IfDefine>\n"
                        "</VirtualHost>\nListen [2001:db8::1]:80\n",
        "a.conf": "ServerName a\n<IfDefine A>\nListen [2001:db8::2]:80\n</IfDefine>\n"},
}

# (layout, files)
LAYOUTS = {
    "as Debian ships it": ("debian", {
        "apache2.conf": "PidFile ${APACHE_PID_FILE}\n"
                        "IncludeOptional mods-enabled/*.load\nIncludeOptional mods-enabled/*.conf\n"
                        "Include ports.conf\n<Directory />\n\tOptions FollowSymLinks\n</Directory>\n"
                        "IncludeOptional conf-enabled/*.conf\n"
                        "IncludeOptional sites-enabled/*.conf\n",
        "ports.conf": "Listen [2001:db8::1]:80\n\n<IfModule ssl_module>\n"
                      "\tListen [2001:db8::1]:443\n\tListen [2001:db8::2]:443\n</IfModule>\n\n"
                      "<IfModule mod_gnutls.c>\n\tListen [2001:db8::3]:443\n</IfModule>\n",
        "envvars": "unset HOME\n\n"
                   "if [ \"${APACHE_CONFDIR##/etc/apache2-}\" != \"${APACHE_CONFDIR}\" ] ; then\n"
                   "\tSUFFIX=\"-${APACHE_CONFDIR##/etc/apache2-}\"\nelse\n\tSUFFIX=\nfi\n"
                   "export APACHE_RUN_DIR=/var/run/apache2$SUFFIX\n"
                   "export APACHE_PID_FILE=/var/run/apache2$SUFFIX.pid\nexport LANG=C\n"
                   "export LANG\n#export APACHE_ARGUMENTS=''\n",
        "mods-available/socache_shmcb.load":
            f"LoadModule socache_shmcb_module {MODULES}/mod_socache_shmcb.so\n",
        "mods-available/ssl.load": "# Depends: setenvif mime socache_shmcb\n"
                                   f"LoadModule ssl_module {MODULES}/mod_ssl.so\n",
        "mods-enabled/socache_shmcb.load": Link("../mods-available/socache_shmcb.load"),
        "mods-enabled/ssl.load": Link("../mods-available/ssl.load"),
        "sites-available/000-default.conf": "<VirtualHost *:80>\n\tServerAdmin webmaster@localhost\n"
                                            "</VirtualHost>\n",
        "sites-enabled/000-default.conf": Link("../sites-available/000-default.conf"),
    }),
    "variables of envvars": ("debian", {
        "apache2.conf": "Listen [${NET}::${HOST}]:80\nListen [${NET}::${Q}]:80\n",
        "envvars": "export NET=2001:db8\nHOST='1'; export HOST\nexport Q=\"$HOST${HOST}\"\n"}),
    "variables come before the environment": ("debian", {
        "apache2.conf": "Define HOST 2\nListen [2001:db8::${HOST}]:80\nUnDefine HOST\n"
                        "Listen [2001:db8::${HOST}]:80\n",
        "envvars": "export HOST=1\n"}),
    "names in the environment have a case": ("debian", {
        "apache2.conf": "Define X \"${host}\"\nListen [2001:db8::${HOST}]:80 \"${host}\"\n",
        "envvars": "export HOST=1\n"}),
    "APACHE_ARGUMENTS": ("debian", {
        "apache2.conf": "<IfDefine A>\nListen [2001:db8::1]:80\n</IfDefine>\n<IfDefine B>\n"
                        "Listen [2001:db8::2]:80\n</IfDefine>\n<IfDefine C>\n"
                        "Listen [2001:db8::3]:80\n</IfDefine>\n",
        "envvars": "export APACHE_ARGUMENTS='-D A -DB'\n"}),
    "-d, -f, -c and -C": ("debian", {
        "apache2.conf": "Listen [2001:db8::1]:80\n",
        "envvars": "APACHE_ARGUMENTS=\"-d /etc/apache2/sub -f other.conf -C DirectoryIndex -cDefine\""
                   "\nAPACHE_ARGUMENTS=\"-d /etc/apache2/sub -f other.conf\"\n",
        "sub/other.conf": "Include a.conf\n", "sub/a.conf": "Listen [2001:db8::2]:80\n"}),
    "instance": ("debian instance", {
        "apache2.conf": "Include ports.conf\nIncludeOptional /etc/apache2/ports.conf\n"
                        "<IfDefine A>\nListen [2001:db8::3]:80\n</IfDefine>\n",
        "envvars": "if [ \"${APACHE_CONFDIR##/etc/apache2-}\" != \"${APACHE_CONFDIR}\" ] ; then\n"
                   "\tSUFFIX=\"-${APACHE_CONFDIR##/etc/apache2-}\"\nelse\n\tSUFFIX=\nfi\n"
                   "export APACHE_ARGUMENTS='-D A'\nexport NAME=a$SUFFIX\n",
        "ports.conf": "Include ${NAME}.conf\n", "a-blog.conf": "Listen [2001:db8::1]:80\n",
        "a.conf": "Listen [2001:db8::4]:80\n",
        "/etc/apache2/apache2.conf": "Listen [2001:db8::2]:80\n"}),
    "Fedora": ("fedora", {
        "conf/httpd.conf": "ServerRoot \"/etc/httpd\"\nListen [2001:db8::1]:80\n"
                           "Include conf.modules.d/*.conf\n<IfModule mime_module>\n"
                           "    AddType text/x-x .x\n    Listen [2001:db8::2]:80\n</IfModule>\n"
                           "IncludeOptional conf.d/*.conf\n",
        "conf.modules.d/00-base.conf": f"LoadModule mime_module {MODULES}/mod_mime.so\n",
        "conf.d/ssl.conf": "Listen [2001:db8::1]:443 https\n<IfDefine A>\n"
                           "Listen [2001:db8::3]:443 https\n</IfDefine>\n",
        "/etc/mime.types": "", "/etc/httpd/conf/mime.types": "", "mime.types": "",
        "/etc/sysconfig/httpd": "# OPTIONS=\"-D B\"\nLANG=C\nOPTIONS=\"-D A\"\n"}),
    "Fedora without ServerRoot": ("fedora", {
        "conf/httpd.conf": "IncludeOptional conf.d/*.conf\n",
        "conf.d/a.conf": "Listen [2001:db8::1]:80\n"}),
    "Fedora, variable of the unit's environment": ("fedora", {
        "conf/httpd.conf": "Listen [2001:db8::${HOST}]:80\n",
        "/etc/sysconfig/httpd": "HOST=1\n"}),
    "Fedora, directives on the command line": ("fedora", {
        "conf/httpd.conf": "<IfDefine A>\nListen [2001:db8::1]:80\n</IfDefine>\n"
                           "<IfDefine B>\nListen [2001:db8::2]:80\n</IfDefine>\n"
                           "<IfDefine DEBUG>\nListen [2001:db8::3]:80\n</IfDefine>\n",
        "/etc/sysconfig/httpd": "OPTIONS=\"-X -e info -C 'Define A' -c 'Define B'"
                                " -c 'Listen [2001:db8::4]:80'\"\n",
    }),
    "Fedora, instance": ("fedora instance", {
        "conf/blog.conf": "Listen [2001:db8::2]:80\nIncludeOptional conf.d/*.conf\n",
        "conf.d/a.conf": "Listen [2001:db8::3]:80\n",
        "conf/httpd.conf": "Listen [2001:db8::1]:80\n"}),
    "openSUSE": ("suse", {
        "httpd.conf": "Include /etc/apache2/listen.conf\n"
                      "IncludeOptional /etc/apache2/vhosts.d/*.conf\n",
        "listen.conf": "Listen [2001:db8::1]:80\n<IfDefine SSL>\n  <IfDefine !NOSSL>\n"
                       "    <IfModule !mod_ssl.c>\n      Listen [2001:db8::1]:443\n"
                       "    </IfModule>\n    Listen [2001:db8::2]:443\n"
                       "  </IfDefine>\n</IfDefine>\n<IfDefine STATUS>\nListen [2001:db8::3]:80\n"
                       "</IfDefine>\n",
        "/etc/sysconfig/apache2": "APACHE_SERVER_FLAGS=\"SSL -DSTATUS\"\n"
                                  "APACHE_MODULES=\"alias mime\"\n"}),
}
