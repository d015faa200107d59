/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Paths as text: nothing here looks at a file
 */

/**
 * path_merge() - the absolute path that @path is, seen from @base
 * @base:       absolute
 * @path:       absolute, or relative to @base
 * @ret:        without "//", "/./" and "/../"; a slash at the end stays; to be freed by the caller
 *
 * ".." takes the component before it away, whether that is a symbolic link or not, as APR's
 * apr_filepath_merge() and systemd's own paths have it.
 *
 * Return: 0 or -ENOMEM.
 */
int path_merge(const char *base, const char *path, char **ret);
