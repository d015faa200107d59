/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads configuration files and what they include, in the daemon's order, statement by statement
 */

#include "formats/directive/evaluation.h"
#include "input/tree.h"

/* Deeper than any daemon's configuration. */
enum { FILE_READER_DEPTH_MAX = 16 };

struct file_reader {
        struct tree *tree;
        struct evaluation *evaluation;           /* receives the statements */
        const char *config;                      /* the Config= that is being read */
        struct inclusions postponed;             /* for IncludeOrder=last: patterns of files */
        const char *open[FILE_READER_DEPTH_MAX]; /* files and directories that are being read */
        unsigned depth;                          /* how many they are */
        bool has_warned;                         /* that a file includes itself: once is enough */
        bool stopped; /* a limit was reached and logged; nothing more is read */
};

/**
 * file_reader_read() - read a Config= and all that it includes
 * @path:       a file or a directory
 *
 * A file that does not exist is skipped. Once a limit is reached later calls read nothing either.
 *
 * Return: 0 or -ENOMEM.
 */
int file_reader_read(struct file_reader *reader, const char *path);

/**
 * file_reader_clear() - free all but what it borrows
 */
void file_reader_clear(struct file_reader *reader);
