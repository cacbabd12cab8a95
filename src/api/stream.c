/*
 * Who is looking, told what changed: so that two people see one case move. A stream says only that
 * something changed; the page then asks, and its rights are looked at again.
 */
#include "api_priv.h"

#include <stdio.h>
#include <sys/queue.h>

/* A stream outlives no token: the browser comes back and shows who it is. */
static const int64_t stream_life_us = INT64_C(15 * 60) * 1000000;

struct subscriber {
	struct http_stream *stream;
	struct arena *arena;
	struct actor who; /* holdings in the arena */
	int64_t session, case_id;
	int64_t end_us; /* monotonic */
	LIST_ENTRY(subscriber) next;
};

static LIST_HEAD(subscriber_list, subscriber) subscribers = LIST_HEAD_INITIALIZER(subscribers);

static void
subscriber_free(void *arg)
{
	struct subscriber *s = arg;

	LIST_REMOVE(s, next);
	arena_free(s->arena);
}

/* Only what flow_notice_concerns reads. */
static void
copy_actor(struct arena *a, struct actor *to, const struct actor *from)
{
	struct holding *holdings = arena_array(a, struct holding, from->holding_count);

	for (int i = 0; i < from->holding_count; i++)
		holdings[i] = (struct holding){ .id = from->holdings[i].id,
			.person_id = from->holdings[i].person_id,
			.agency_id = from->holdings[i].agency_id,
			.post = arena_strdup(a, from->holdings[i].post),
			.agency_role = arena_strdup(a, from->holdings[i].agency_role) };
	*to = (struct actor){ .kind = "person",
		.person_id = from->person_id,
		.holdings = holdings,
		.holding_count = from->holding_count };
}

static struct subscriber *
subscriber_new(const struct actor *who, int64_t session, int64_t case_id)
{
	struct arena *a = arena_new();
	struct subscriber *s = arena_new_of(a, struct subscriber);

	s->arena = a;
	s->session = session;
	s->case_id = case_id;
	s->end_us = clock_monotonic_us() + stream_life_us;
	copy_actor(a, &s->who, who);
	LIST_INSERT_HEAD(&subscribers, s, next);
	return s;
}

static void
tell(struct subscriber *s, const struct flow_notice *n)
{
	char data[80];

	snprintf(data, sizeof(data), "{\"case\":%lld,\"version\":%lld}", (long long)n->case_id,
	    (long long)n->version);
	if (s->case_id == n->case_id)
		http_stream_send(s->stream, "case", data);
	if (flow_notice_concerns(&s->who, n))
		http_stream_send(s->stream, "inbox", data);
}

static void
case_changed(void *arg, const struct flow_notice *n)
{
	struct subscriber *s = LIST_FIRST(&subscribers);

	(void)arg;
	while (s) {
		struct subscriber *next = LIST_NEXT(s, next);

		if (clock_monotonic_us() > s->end_us)
			http_stream_close(s->stream);
		else
			tell(s, n);
		s = next;
	}
}

void
streams_listen(void)
{
	flow_on_change(case_changed, NULL);
}

void
streams_end_session(int64_t session_id)
{
	struct subscriber *s = LIST_FIRST(&subscribers);

	while (s) {
		struct subscriber *next = LIST_NEXT(s, next);

		if (s->session == session_id)
			http_stream_close(s->stream);
		s = next;
	}
}

void
api_stop(void)
{
	while (!LIST_EMPTY(&subscribers))
		http_stream_close(LIST_FIRST(&subscribers)->stream);
}

int
get_stream(struct task *t, struct http_req *rq)
{
	struct subscriber *s;
	struct json_object *view;
	struct actor who;
	int64_t case_id, version;

	TRY(http_query_int(t, rq, "case", 1, INT64_MAX, 0, &case_id));
	TRY(api_actor(t, rq, &who));
	if (case_id)
		TRY(flow_case_view(t, &who, case_id, &view, &version));
	s = subscriber_new(&who, http_identity(rq)->session, case_id);
	s->stream = http_stream_start(rq, subscriber_free, s);
	if (!s->stream) {
		subscriber_free(s);
		return fail(t, E_BUSY, "too many streams are open");
	}
	http_stream_send(s->stream, "hello", "{}");
	return OK;
}
