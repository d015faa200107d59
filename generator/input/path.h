/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Paths as text, without looking up any file
 */

/**
 * path_join() - the path of what is in a directory
 * @ret:        "DIRECTORY/NAME"; to be freed by the caller
 *
 * Return: 0 or -ENOMEM.
 */
int path_join(const char *directory, const char *name, char **ret);

/**
 * path_base_name() - Return: the part of @path behind its last slash, or all of it
 */
const char *path_base_name(const char *path);

/**
 * path_merge() - make a path absolute
 * @base:       absolute
 * @path:       absolute, or relative to @base
 * @ret:        without "//", "/./" and "/../"; a slash at the end stays; to be freed by the caller
 *
 * ".." removes the component before it, even if that is a symbolic link, as APR's
 * apr_filepath_merge() and systemd do.
 *
 * Return: 0 or -ENOMEM.
 */
int path_merge(const char *base, const char *path, char **ret);
