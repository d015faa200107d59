/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The language of a service's configuration as its definition describes it, for Format=directive
 *
 * Each member is a key of dadwait.conf(5). KEYWORD is the first word of a statement, in any case;
 * '=' or ':' may follow it, and '+' in it is a blank between two words. "BLOCK/KEYWORD" is a
 * statement in a block, or a section, of that name; "BLOCK/" and an asterisk is each statement in
 * it. "[]" is a statement that begins with an address in brackets.
 */

#include "common/string-list.h"

#include <stdbool.h>

struct directive_language {
        struct string_list directives; /* Directive=KEYWORD...: its values are addresses to bind */
        /* InterfaceDirective=KEYWORD...: its first value is the name of an interface, for all its
         * addresses */
        struct string_list interface_directives;
        struct string_list options;   /* Option=-a, Option=-o KEYWORD, Option=-a ...: so is the
                                         argument of this option of the command line */
        bool statement_options_first; /* OptionOrder=statements-first: a statement of "-o KEYWORD"
                                         is one of the files, so that other options replace it
                                         wherever it is */
        char *flags;                  /* Flags=LETTERS: of options without an argument, which may
                                         be in one word with another option; NULL: none */
        char *option_file;            /* OptionFile=@: a word that begins so is the path of a file
                                         with more words of the command line; NULL: none is */
        struct string_list variables; /* Variable=NAME...: so is the value of this variable of the
                                         service's environment */
        struct string_list includes;  /* Include=KEYWORD...: its value is a file, a pattern or a
                                         directory to be read */
        char *include_base;           /* IncludeBase=DIRECTORY: where relative paths start; "file":
                                         beside the file that includes; NULL: beside Config= */
        struct string_list include_suffixes; /* IncludeSuffix=.conf...: which files of a directory
                                                count; none: all. KEYWORD=.conf: only of one that
                                                this Include= names */
        bool includes_hidden;         /* IncludeHidden=yes: hidden files of a directory count too */
        bool includes_subdirectories; /* IncludeSubdirectories=yes: so do those of its directories
                                       */
        bool includes_last;          /* IncludeOrder=last: files are read when the one of Config= is
                                        at its end; else where they are included */
        struct string_list comments; /* Comment=CHARACTERS: start a comment in front of a word;
                                        "//" and slash and asterisk those of C; none: '#' */
        bool semicolons;             /* Statements=semicolons: end with ';'; else with the line */
        bool json;                  /* Statements=json: the files are JSON, whose objects are blocks
                                       and whose other members are statements */
        bool yaml;                  /* Statements=yaml: the same of YAML */
        bool indented_continuation; /* Continuation=indent: a line that begins with a blank
                                       belongs to the one before, as after a backslash */
        bool port_after_last_colon; /* Port=last-colon: 2001:db8::1:80 is port 80 */
        struct string_list portless; /* PortlessDirective=KEYWORD...: not in these of Directive= */
        bool expands_variables;      /* ExpandVariables=yes: "$NAME" and "${NAME}" in the files are
                                        variables of the daemon's environment */
        bool parentheses;            /* Parentheses=yes: these open and close blocks as well */
        bool parameters;             /* Parameters=yes: a blank behind a value in quotes ends the
                                        statement: in "input(type=\"a\" port=\"1\")" are two */
        bool macros;                 /* Macros=yes: "NAME = VALUE" outside of blocks assigns a
                                        variable for the lines that follow */
        bool only_first_value;       /* Values=first: what follows the first value of a directive
                                        is no address */
        char *all_addresses;         /* AllAddresses=WORD: in place of an address it means each that
                                        the machine has; NULL: no word does */
        bool names_networks;         /* Networks=yes: each value of a directive may be an address
                                        with the length of its prefix, a network, which means
                                        all addresses in it, or the name of an interface */
        bool names_interfaces;       /* Interfaces=yes: the first value of a directive may be the
                                        name of an interface, which means all its addresses */
        bool names_links;            /* Interfaces=link-local: each value of a directive may be one,
                                        which means its link-local addresses */
        bool last_one_counts;        /* Repeat=replace: a directive replaces the values of the
                                        same one earlier in its block, an option those of
                                        files and earlier options, a variable those of
                                        files; else it adds to them */
        bool first_one_counts; /* Repeat=first: of a directive the first in all files counts */
        struct string_list freebind_directives; /* FreebindDirective=KEYWORD...: what it binds
                                                   before that is assigned; in lower case */
        struct string_list freebind;    /* FreebindOption=WORD: with it among its values a directive
                                           binds addresses that are not assigned */
        struct string_list unless;      /* Unless=KEYWORD [VALUE]: with such a statement the service
                                           does not wait; Unless=-o [VALUE]: with such an
                                           option */
        struct string_list ipv4_unless; /* IPv4Unless=: the same for IPv4 addresses */
        struct string_list ipv6_unless; /* IPv6Unless= */
        struct string_list only_if;     /* OnlyIf=KEYWORD [VALUE]: without one it does not wait */
        struct string_list ipv4_only_if; /* IPv4OnlyIf=: the same for IPv4 addresses */
        struct string_list ipv6_only_if; /* IPv6OnlyIf= */
};

/**
 * directive_language_check() - whether a setting is well-formed
 * @ret_expected:       receives a description of valid values, for a warning; NULL if @key is none
 *              of these
 * @value:      may be empty
 *
 * Return: 0 or -EINVAL; -ENOENT if @key is none of these.
 */
int directive_language_check(const char *key, const char *value, const char **ret_expected);

/**
 * directive_language_key() - the name of a key
 * @index:      from 0 on
 *
 * Return: static text; NULL behind the last one.
 */
const char *directive_language_key(size_t index);

/**
 * directive_language_apply() - apply a setting that passed directive_language_check()
 *
 * A value is added to a list; an empty one clears it. An empty value restores the default of any
 * other key.
 *
 * Return: 0 or -ENOMEM.
 */
int directive_language_apply(struct directive_language *language, const char *key,
                             const char *value);

/**
 * directive_language_clear() - free all
 */
void directive_language_clear(struct directive_language *language);
