/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/columns.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/param.h>
#include <unistd.h>

enum { TEXT_MAX = 80, TEXT_MIN = 12 };

#define NORMAL "\033[m"

static int terminal_width(void) {
        struct winsize size;

        return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

static bool text_is_missing;

void print_text(const char *format, ...) {
        CLEANUP(freep) char *text = NULL;
        va_list arguments;
        size_t length;
        bool is_line;

        va_start(arguments, format);
        if (vasprintf(&text, format, arguments) < 0)
                text = NULL;
        va_end(arguments);
        if (!text) {
                text_is_missing = true;
                return;
        }
        length = strlen(text);
        is_line = length > 0 && text[length - 1] == '\n' && format[strlen(format) - 1] == '\n';
        if (is_line)
                text[length - 1] = '\0';
        text_make_printable(text);
        printf("%s%s", text, is_line ? "\n" : "");
}

bool print_text_has_failed(void) {
        return text_is_missing;
}

static bool has_colours(void) {
        const char *terminal = getenv("TERM");

        return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") &&
               !(terminal && strcmp(terminal, "dumb") == 0);
}

void table_init(struct table *table) {
        *table = (struct table){
                .line = terminal_width(),
                .coloured = has_colours(),
        };
}

void table_widen(struct table *table, enum column column, const char *text) {
        int width = (int)strlen(text);

        if (width > table->width[column])
                table->width[column] = width;
}

void table_print_cell(const struct table *table, enum column column, const char *colour,
                      const char *text) {
        if (table->width[column] == 0)
                return;
        if (!table->coloured)
                colour = "";
        printf("%s", colour);
        print_text("%s", text);
        printf("%s%*s", *colour ? NORMAL : "", table->width[column] - (int)strlen(text) + 2, "");
}

void table_print_title(const struct table *table, const char *title) {
        printf("%s%s%s\n", table->coloured ? BOLD : "", title, table->coloured ? NORMAL : "");
}

/* How many columns are left for the text of an address, so that its row fits the terminal. The text
 * is cut before anything else: file and line are where to find it. */
static int room_for_text(const struct table *table, const char *place) {
        int room = table->line - (int)strlen(place) - 2;

        if (table->line == 0)
                return TEXT_MAX;
        for (size_t i = 0; i < COLUMNS; i++) /* PROGRAM is in another part of the plan */
                if (i != COLUMN_PROGRAM && table->width[i] > 0)
                        room -= table->width[i] + 2;
        return room < TEXT_MIN ? 0 : MIN(room, (int)TEXT_MAX);
}

/* File and line where an address was found, and the text there. */
void table_print_origin(const struct table *table, const struct address *address) {
        char place[PATH_MAX + sizeof(":4294967295")], origin[sizeof(place) + TEXT_MAX + 8];
        char number[sizeof(":4294967295")] = "";
        int room;

        if (address->line > 0)
                (void)snprintf(number, sizeof(number), ":%u", address->line);
        (void)snprintf(place, sizeof(place), "%s%s", address->file, number);
        room = room_for_text(table, place);
        if (room == 0)
                (void)snprintf(origin, sizeof(origin), "%s", place);
        else if (strlen(address->text) <= (size_t)room)
                (void)snprintf(origin, sizeof(origin), "%s  %s", place, address->text);
        else
                (void)snprintf(origin, sizeof(origin), "%s  %.*s...", place, room - 3,
                               address->text);
        print_text("%s\n", origin);
}
