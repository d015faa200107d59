/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The command line of the helper in a unit file (systemd.service(5), "Command lines")
 */

#include "plan/decision.h"

#include <stdio.h>

/**
 * helper_command_put() - write "KEY=PREFIXES/usr/libexec/dadwait OPTIONS ADDRESSES"
 * @key:        ExecStartPre, ExecCondition or ExecStart
 * @prefix:     "+" or ""; "-" is added unless OnTimeout=fail
 * @settings:   OnTimeout=
 * @decision:   VERDICT_WAIT
 *
 * The line holds no text but addresses and time spans that were parsed, escaped for systemd. It
 * omits options that are the defaults of the helper.
 */
void helper_command_put(FILE *stream, const char *key, const char *prefix,
                        const struct settings *settings, const struct decision *decision);
