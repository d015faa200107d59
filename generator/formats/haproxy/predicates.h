/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The expressions of ".if" and ".elif": haproxy's src/cfgcond.c
 */

#include "formats/haproxy/truth.h"
#include "formats/haproxy/variable-store.h"

/**
 * expression_evaluate() - evaluate an expression
 * @text:       the words of the line behind ".if", with a blank between
 *
 * What depends on the build or the version of haproxy is TRUTH_MAYBE, unless it is the same for all
 * that are packaged.
 *
 * Return: 0; -EINVAL if haproxy does not accept it.
 */
int expression_evaluate(const char *text, const struct variables *variables, enum truth *ret);
