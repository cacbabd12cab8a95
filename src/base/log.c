/*
 * Log lines: time, level, request, fact; one write each, so that lines of several processes do
 * not mix. Control characters from outside cannot start a line of their own.
 */
#include "base.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum log_level max_level = LOG_INFO;
static __thread const char *context; /* an offload thread has none */

void
log_set_level(enum log_level level)
{
	max_level = level;
}

void
log_set_context(const char *request_id)
{
	context = request_id;
}

static size_t
add_head(char *line, size_t size, enum log_level level)
{
	static const char *const names[] = { "error", "warn", "info", "debug" };
	struct timespec ts;
	struct tm tm;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	len = strftime(line, size, "%Y-%m-%dT%H:%M:%S", &tm);
	len += (size_t)snprintf(
	    line + len, size - len, ".%03ldZ %-5s ", ts.tv_nsec / 1000000, names[level]);
	if (context)
		len += (size_t)snprintf(line + len, size - len, "[%.64s] ", context);
	return len;
}

void
log_line(enum log_level level, const char *fmt, ...)
{
	char line[4096];
	size_t len, head;
	va_list ap;
	int more;

	if (level > max_level)
		return;
	head = len = add_head(line, sizeof line, level);
	va_start(ap, fmt);
	more = vsnprintf(line + len, sizeof line - len, fmt, ap);
	va_end(ap);
	if (more > 0)
		len += (size_t)more;
	if (len > sizeof line - 1)
		len = sizeof line - 1;
	for (size_t i = head; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = ' ';
	line[len++] = '\n';
	while (write(STDERR_FILENO, line, len) < 0 && errno == EINTR)
		;
}
