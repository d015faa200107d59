/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Files in a directory of the generator's output
 */

/**
 * output_file_write() - write a file, whole or not at all
 * @directory_fd:       the directory
 * @name:               of the file; an existing one is replaced
 * @text:               all of its text
 *
 * The file is 0644 whatever the umask.
 *
 * Return: 0 or negative errno.
 */
int output_file_write(int directory_fd, const char *name, const char *text);
