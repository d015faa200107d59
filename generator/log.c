/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "log.h"

#include "common/cleanup.h"
#include "common/journal.h"
#include "common/text.h"
#include "input/private-files.h"
#include "input/withheld.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <syslog.h>

enum {
        WARNINGS_MAX = 100,  /* a broken file of 10,000 lines must not fill the kernel's log */
        MESSAGE_SIZE = 1024, /* bytes, with the NUL */
        /* In bytes: a longer write(2) fails (devkmsg_write()). Until Linux 6.3 that is
         * LOG_LINE_MAX, 1024 without a prefix of up to 48; from 6.4 on the whole 1024. */
        KMSG_RECORD_MAX = 1024 - 48,
};

static const char SOCKET[] = "/dev/log"; /* syslog(3) */

static const char *program = "dadwait-generator";
static enum { STDERR, KMSG, SYSLOG } target = STDERR;
static int kmsg_fd = -1;
static unsigned warnings;
static FILE *capture;       /* NULL: messages are written */
static unsigned uncaptured; /* warnings before log_capture() */
static bool keeps;
static bool muted;
static struct log_entry kept[WARNINGS_MAX];
static size_t n_kept;

/* In containers /dev/kmsg may be missing, or may be another file. */
static int open_kmsg(void) {
        CLEANUP(closep) int fd = -1;
        struct stat st;

        fd = open("/dev/kmsg", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &st) < 0 || !S_ISCHR(st.st_mode) || st.st_rdev != makedev(1, 11))
                return -1;
        return TAKE_FD(fd);
}

void log_open(const char *name, bool by_systemd) {
        program = name;
        if (!by_systemd)
                return;

        kmsg_fd = open_kmsg();
        if (kmsg_fd >= 0)
                target = KMSG;
        else if (access(SOCKET, W_OK) < 0)
                keeps = true;
        else {
                target = SYSLOG;
                openlog(program, LOG_PID, LOG_DAEMON);
        }
}

/* One write(2) is one record. dprintf(3) fails, since it reads the file position first, and
 * /dev/kmsg has none (devkmsg_llseek()). */
static void write_kmsg(const char *message) {
        char record[MESSAGE_SIZE + 64];
        ssize_t written;

        (void)snprintf(record, sizeof(record), "<%d>dadwait-generator[%d]: %s",
                       LOG_DAEMON | LOG_WARNING, (int)getpid(), message);
        written = write(kmsg_fd, record, strnlen(record, KMSG_RECORD_MAX));
        (void)written; /* there is no other log to report it to */
}

static void emit(const char *message) {
        switch (target) {
        case KMSG:
                write_kmsg(message);
                break;
        case SYSLOG:
                if (journal_accepts(SOCKET))
                        syslog(LOG_WARNING, "%s", message);
                break;
        case STDERR:
                (void)fprintf(stderr, "%s: %s\n", program, message);
                break;
        }
}

static void put(const char *message) {
        if (!capture) {
                emit(message);
                return;
        }
        (void)fputc(LOG_MESSAGE, capture);
        (void)fwrite(message, 1, strlen(message) + 1, capture);
}

static void keep(const char *file, unsigned line, const char *text) {
        struct log_entry *entry = &kept[n_kept];

        *entry = (struct log_entry){
                .file = file ? strdup(file) : NULL,
                .line = line,
                .text = strdup(text),
        };
        if (entry->file)
                text_make_printable(entry->file);
        if (entry->text && (entry->file || !file)) {
                n_kept++;
                return;
        }
        free(entry->file);
        free(entry->text);
}

void log_warning(const char *file, unsigned line, const char *format, ...) {
        char message[MESSAGE_SIZE];
        int used = 0;
        va_list args;

        if (muted || ++warnings > WARNINGS_MAX)
                return;

        if (file)
                file = private_files_name(file);
        if (file && line > 0)
                used = snprintf(message, sizeof(message), "%.500s:%u: ", file, line);
        else if (file)
                used = snprintf(message, sizeof(message), "%.500s: ", file);

        va_start(args, format);
        if (private_files_is_hidden(file))
                withheld_format(message + used, sizeof(message) - (size_t)used, format, args);
        else
                (void)vsnprintf(message + used, sizeof(message) - (size_t)used, format, args);
        va_end(args);

        text_make_printable(message);
        if (keeps)
                keep(file, line, message + used);
        put(message);
}

void log_mute(bool on) {
        muted = on;
}

void log_keep(void) {
        keeps = true;
}

const struct log_entry *log_kept(size_t *ret_count) {
        *ret_count = n_kept;
        return kept;
}

unsigned log_warnings(void) {
        return warnings;
}

void log_capture(FILE *stream) {
        capture = stream;
        uncaptured = warnings;
        warnings = 0;
}

unsigned log_end_capture(void) {
        unsigned more = warnings > WARNINGS_MAX ? warnings - WARNINGS_MAX : 0;

        capture = NULL;
        warnings = uncaptured;
        return more;
}

void log_captured(const char *message) {
        if (++warnings > WARNINGS_MAX)
                return;
        if (keeps)
                keep(NULL, 0, message);
        put(message);
}

void log_count(unsigned count) {
        warnings += count;
}

void log_close(void) {
        char message[MESSAGE_SIZE];

        if (warnings > WARNINGS_MAX) {
                (void)snprintf(message, sizeof(message), "%u more warnings not shown.",
                               warnings - WARNINGS_MAX);
                emit(message);
        }
        if (kmsg_fd >= 0)
                (void)close(kmsg_fd);
        kmsg_fd = -1;
        target = STDERR;
        warnings = 0;
        keeps = false;
        for (; n_kept > 0; n_kept--) {
                free(kept[n_kept - 1].file);
                free(kept[n_kept - 1].text);
        }
}
