/*
 * base: what every layer stands on and which knows nothing of the product:
 * error codes, arenas, strings, log lines, time, JSON.
 *
 * Nothing here waits. Out of memory ends the process (xmalloc), which is fair
 * only because http/ bounds what a client can make us allocate.
 */
#ifndef LT_BASE_H
#define LT_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <json-c/json.h>

#define LT_VERSION "0.1.0"

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Passes a failure up. Right because the arena owns what was allocated. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		int try_code_ = (call);                                                            \
		if (try_code_ != OK)                                                               \
			return try_code_;                                                          \
	} while (0)

/* ---- errors: one table (src/base/err.c) gives each code its name and HTTP status ---- */

enum err {
	OK = 0,
	E_BAD_INPUT,	   /* 400 bad-input: not readable as what was asked for */
	E_UNAUTHENTICATED, /* 401 sign-in-required */
	E_FORBIDDEN,	   /* 403 not-allowed: not this person */
	E_NOT_FOUND,	   /* 404 not-found */
	E_METHOD,	   /* 405 method-not-allowed */
	E_TIMEOUT,	   /* 408 timeout */
	E_CONFLICT,	   /* 409 conflict: e.g. event not allowed in this state */
	E_STALE,	   /* 412 stale: somebody else acted first */
	E_TOO_LARGE,	   /* 413 too-large */
	E_MEDIA_TYPE,	   /* 415 wrong-media-type */
	E_INVALID,	   /* 422 invalid: readable, but the fields break the form */
	E_KEY_REUSED,	   /* 422 key-reused: same Idempotency-Key, other request */
	E_PRECONDITION,	   /* 428 precondition-required: If-Match missing */
	E_RATE_LIMITED,	   /* 429 too-many-requests */
	E_HEADERS_LARGE,   /* 431 headers-too-large */
	E_INTERNAL,	   /* 500 internal */
	E_BUSY,		   /* 503 busy: try again, Retry-After is set */
	E_UNKNOWN_OUTCOME, /* 503 unknown-outcome: send again with the same Idempotency-Key */
	E_COUNT
};

const char *err_name(enum err code);   /* "not-found": the last part of the problem's type */
const char *err_title(enum err code);  /* "Not found": for a person */
int err_http_status(enum err code);

/* ---- arena: memory of one piece of work, given back in one go ---- */

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* runs the deferred calls, newest first */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, alloc_size(2))); /* zeroed */
char *arena_strdup(struct arena *a, const char *s);		     /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);
#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))
/* list with room for one item more: itself, or a copy of twice the size. */
void *arena_grow(struct arena *a, void *list, int count, int *size, size_t item);
/* The next item of a list that grows, to be assigned. */
#define ARENA_PUSH(a, list, count, size)                                                           \
	(*((list) = arena_grow((a), (list), (count), &(size), sizeof(*(list))), &(list)[(count)++]))

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

/* ---- several mistakes at once: each with where it is and what is wrong ---- */

struct error_item {
	const char *pointer; /* JSON pointer ("/fields/purpose"), or a path in a file */
	const char *code;    /* stable word for programs and translations: "required", "minLength" */
	const char *message; /* for a person, in English */
	struct error_item *next;
};

struct error_list {
	struct arena *arena; /* owns the items */
	struct error_item *first, *last;
	int count;
};

void error_list_init(struct error_list *list, struct arena *a);
void error_add(struct error_list *list, const char *pointer, const char *code, const char *fmt, ...)
    PRINTF(4, 5);

/* ---- str: a growing string in an arena ---- */

struct str {
	struct arena *arena;
	char *text; /* always ends with NUL; "" when empty */
	size_t len, size;
};

void str_init(struct str *s, struct arena *a);
void str_add(struct str *s, const char *text);
void str_add_n(struct str *s, const char *text, size_t n);
void str_addf(struct str *s, const char *fmt, ...) PRINTF(2, 3);

bool str_eq(const char *a, const char *b); /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
bool utf8_is_valid(const char *s, size_t n); /* strict: no surrogates, no overlong forms, no NUL */

/*
 * Folds Vietnamese and other Latin text for search: lower case, no accents,
 * đ -> d, everything that is not a letter or digit -> one space, trimmed.
 * "Hộ nghèo, cận nghèo" -> "ho ngheo can ngheo".
 */
char *text_fold(struct arena *a, const char *utf8);

/* ---- log: one line, one fact, on stderr ---- */

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);
void log_set_context(const char *request_id); /* borrowed; NULL clears; prefixed to each line */
void log_line(enum log_level level, const char *fmt, ...) PRINTF(2, 3);
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

/* ---- clock ----
 * An instant is microseconds since 1970-01-01T00:00:00Z in an int64_t named *_at or *_us.
 * 0 stands for "none". The product's clock is the system's plus an offset that only the
 * demo and tests set; monotonic time is never shifted.
 */
int64_t clock_now(void);
int64_t clock_offset(void);
void clock_set_offset(int64_t offset_us);
int64_t clock_monotonic_us(void);
char *instant_text(struct arena *a, int64_t at_us); /* "2026-11-24T03:00:00.000000Z"; NULL for 0 */
bool instant_parse(const char *text, int64_t *at_us); /* RFC 3339, any offset */

/* ---- json over json-c ----
 * A json_object from json_read/json_keep is owned by the arena (put when it is freed).
 * Getters return the default when the key is missing or of another type.
 */
struct json_object *json_keep(struct arena *a, struct json_object *o); /* takes one reference */

/* Strict JSON: valid UTF-8, depth <= 64, one value, no NUL in strings, no NaN. NULL on error, with
 * *why (in the arena) naming what and the byte offset. */
struct json_object *json_read(struct arena *a, const char *text, size_t n, const char **why);
struct json_object *json_read_file(struct arena *a, const char *path, const char **why);

/* Canonical form (RFC 8785: keys sorted by UTF-16 units, shortest numbers, no spaces): what is hashed. */
char *json_canonical(struct arena *a, struct json_object *o);
const char *json_text_of(struct json_object *o); /* plain, compact; owned by o */
struct json_object *json_copy(struct arena *a, struct json_object *o); /* deep */
bool json_equal(struct json_object *a, struct json_object *b);

struct json_object *json_get(struct json_object *o, const char *key); /* borrowed; NULL if absent */
struct json_object *json_path(struct json_object *o, const char *dotted); /* "meta.task.post" */
const char *json_str(struct json_object *o, const char *key);		  /* NULL if absent */
int64_t json_int(struct json_object *o, const char *key, int64_t otherwise);
bool json_truth(struct json_object *o, const char *key, bool otherwise);

/* Setters: take nothing but plain values; NULL text sets JSON null. */
void json_set(struct json_object *o, const char *key, struct json_object *value); /* takes value */
void json_set_str(struct json_object *o, const char *key, const char *text);
void json_set_int(struct json_object *o, const char *key, int64_t n);
void json_set_bool(struct json_object *o, const char *key, bool b);
void json_set_instant(struct json_object *o, const char *key, int64_t at_us); /* text, null for 0 */
void json_push(struct json_object *array, struct json_object *value); /* takes value */

/* lower-case hex of the SHA-256 of n bytes */
void sha256_hex(const void *data, size_t n, char hex[65]);

#endif
