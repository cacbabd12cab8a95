/*
 * The one table of error codes: the last part of the problem's type, a title for a person, and
 * the HTTP status.
 */
#include "base.h"

#include <assert.h>

static const struct {
	const char *name, *title;
	int http_status;
} errors[E_COUNT] = {
	[OK] = { "ok", "OK", 200 },
	[E_BAD_INPUT] = { "bad-input", "Bad input", 400 },
	[E_UNAUTHENTICATED] = { "sign-in-required", "Sign-in required", 401 },
	[E_FORBIDDEN] = { "not-allowed", "Not allowed", 403 },
	[E_NOT_FOUND] = { "not-found", "Not found", 404 },
	[E_METHOD] = { "method-not-allowed", "Method not allowed", 405 },
	[E_TIMEOUT] = { "timeout", "The request took too long to arrive", 408 },
	[E_CONFLICT] = { "conflict", "Not possible in the present state", 409 },
	[E_STALE] = { "stale", "Somebody else acted first", 412 },
	[E_TOO_LARGE] = { "too-large", "Too large", 413 },
	[E_MEDIA_TYPE] = { "wrong-media-type", "Wrong media type", 415 },
	[E_INVALID] = { "invalid", "Some fields are wrong", 422 },
	[E_KEY_REUSED] = { "key-reused", "Idempotency key used for another request", 422 },
	[E_PRECONDITION] = { "precondition-required", "Version required", 428 },
	[E_RATE_LIMITED] = { "too-many-requests", "Too many requests", 429 },
	[E_HEADERS_LARGE] = { "headers-too-large", "Headers too large", 431 },
	[E_INTERNAL] = { "internal", "Internal error", 500 },
	[E_BUSY] = { "busy", "Busy, try again", 503 },
	[E_UNKNOWN_OUTCOME] = { "unknown-outcome", "Outcome unknown, send it again", 503 },
};

const char *
err_name(enum err code)
{
	assert(code < E_COUNT);
	return errors[code].name;
}

const char *
err_title(enum err code)
{
	assert(code < E_COUNT);
	return errors[code].title;
}

int
err_http_status(enum err code)
{
	assert(code < E_COUNT);
	return errors[code].http_status;
}

void
error_list_init(struct error_list *list, struct arena *a)
{
	*list = (struct error_list){ .arena = a };
}

void
error_add(struct error_list *list, const char *pointer, const char *code, const char *fmt, ...)
{
	struct error_item *item = arena_new_of(list->arena, struct error_item);
	va_list ap;

	va_start(ap, fmt);
	item->message = arena_vprintf(list->arena, fmt, ap);
	va_end(ap);
	item->pointer = arena_strdup(list->arena, pointer);
	item->code = arena_strdup(list->arena, code);
	if (list->last)
		list->last->next = item;
	else
		list->first = item;
	list->last = item;
	list->count++;
}
