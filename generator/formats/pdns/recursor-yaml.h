/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The YAML of PowerDNS Recursor 5, where it is plain keys and values
 */

#include "formats/pdns/pdns-assignments.h"

/**
 * recursor_yaml_read() - add the settings that decide what is bound, by their old names
 * @content:    changed
 * @is_included: the file is of include_dir, whose lists add to those before, unless "!override"
 * says otherwise (fn merge() in rec-rust-lib/rust/src/bridge.rs)
 *
 * Understood are sections with keys below them or in "{KEY: VALUE}", scalars in one line, and lists
 * of them: "[a, b]", or "- a" in a line each. Brackets may have several lines. Anchors are skipped.
 *
 * Return: 0; -EINVAL if a section that matters has anything else; -ENOMEM.
 */
int recursor_yaml_read(struct pdns_assignments *assignments, const char *path, char *content,
                       bool is_included);
