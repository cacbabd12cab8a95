/*
 * Any body: read as a JSON object or refused with a reason, and what was read can be written and
 * read again.
 */
#include "../../../src/http/http_priv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *input;
static size_t input_size;

static void
read_body_in_task(struct task *t, void *arg)
{
	struct http_pair type = { .name = "Content-Type", .value = "application/json" };
	struct http_req rq = { .arena = task_arena(t),
		.headers = &type,
		.body = (const char *)input,
		.body_size = input_size };
	struct json_object *body, *again;
	const char *why, *text;

	(void)arg;
	if (http_body(t, &rq, &body) == OK) {
		text = json_text_of(body);
		again = json_read(rq.arena, text, strlen(text), &why);
		if (!again || !json_equal(body, again))
			abort();
	} else if (!task_error_text(t)) {
		abort();
	}
	task_loop_stop();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input = data;
	input_size = size;
	task_loop_init(1);
	task_start("body", read_body_in_task, NULL);
	task_loop_run();
	task_loop_free();
	return 0;
}
