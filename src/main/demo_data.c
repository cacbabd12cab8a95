/*
 * The files of the demo province, and the rows that they begin with: agencies, services, people,
 * posts.
 */
#include "demo.h"

#include "terms.h"

#include <sodium.h>
#include <string.h>

/* ---- files ---- */

static int
read_file(struct task *t, struct demo *d, const char *name, struct json_object **o)
{
	const char *why = NULL;
	char *path = arena_printf(d->arena, "%s/%s", d->cfg->flow.definitions_dir, name);

	*o = json_read_file(d->arena, path, &why);
	return *o ? OK : fail(t, E_INVALID, "%s: %s", path, why);
}

static void
free_calendar(void *calendar)
{
	calendar_free(calendar);
}

static int
read_calendar(struct task *t, struct demo *d)
{
	struct json_object *o;
	struct error_list errors;

	error_list_init(&errors, d->arena);
	TRY(read_file(
	    t, d, arena_printf(d->arena, "calendars/%s.json", d->cfg->flow.calendar), &o));
	d->calendar = calendar_load(o, &errors);
	if (d->calendar == NULL)
		return fail_list(t, E_INVALID, &errors, "the calendar cannot be used");
	arena_defer(d->arena, free_calendar, d->calendar);
	return OK;
}

/* Requests are played as often as the plan says; each story of another process is one of a kind. */
static int
add_processes(struct task *t, struct demo *d)
{
	struct json_object *stories = json_get(d->plan, "stories"), *more;

	TRY(read_file(t, d, "demo/processes.json", &more));
	for (size_t i = 0; i < json_object_array_length(more); i++)
		json_push(stories, json_object_get(json_object_array_get_idx(more, i)));
	return OK;
}

int
demo_read(struct task *t, struct demo *d)
{
	TRY(read_file(t, d, "demo/agencies.json", &d->agencies));
	TRY(read_file(t, d, "demo/services.json", &d->services));
	TRY(read_file(t, d, "demo/people.json", &d->people));
	TRY(read_file(t, d, "demo/requests.json", &d->requests));
	TRY(read_file(t, d, "demo/plan.json", &d->plan));
	TRY(add_processes(t, d));
	return read_calendar(t, d);
}

struct json_object *
demo_by(struct json_object *list, const char *key, const char *value)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		if (str_eq(json_str(o, key), value))
			return o;
	}
	return NULL;
}

/* ---- rows ---- */

static int
insert_agencies(struct tx *tx, struct demo *d)
{
	for (size_t i = 0; i < json_object_array_length(d->agencies); i++) {
		struct json_object *o = json_object_array_get_idx(d->agencies, i);
		struct agency parent = { 0 }, a = { .code = json_str(o, "code"),
			.name_vi = json_str(json_get(o, "name"), "vi"),
			.name_en = json_str(json_get(o, "name"), "en"),
			.kind = json_str(o, "kind"),
			.role = json_str(o, "role") };

		if (json_str(o, "parent"))
			TRY(store_agency_by_code(tx, json_str(o, "parent"), &parent));
		a.parent_id = parent.id;
		TRY(store_agency_add(tx, &a));
	}
	return OK;
}

static int
insert_services(struct tx *tx, struct demo *d)
{
	for (size_t i = 0; i < json_object_array_length(d->services); i++) {
		struct json_object *o = json_object_array_get_idx(d->services, i);
		struct agency owner;
		struct service s = { .code = json_str(o, "code"),
			.name = json_str(o, "name"),
			.database = json_str(o, "database"),
			.form = json_str(o, "form"),
			.items = json_get(o, "items"),
			.method = json_str(o, "method"),
			.protocol = json_str(o, "protocol"),
			.authentication = json_str(o, "authentication"),
			.limit = json_str(o, "limit"),
			.update_frequency = json_str(o, "update_frequency"),
			.use_period = json_str(o, "use_period"),
			.personal_data = json_str(o, "personal_data"),
			.workflow = json_str(o, "workflow") };

		TRY(store_agency_by_code(tx, json_str(o, "owner"), &owner));
		s.owner_id = owner.id;
		TRY(store_service_add(tx, &s));
	}
	return OK;
}

/* ---- people ---- */

static struct json_object *
list_of_people(struct demo *d)
{
	return json_get(d->people, "people");
}

int
demo_place_of(struct demo *d, const char *login)
{
	struct json_object *list = list_of_people(d);

	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(json_str(json_object_array_get_idx(list, i), "login"), login))
			return (int)i;
	return -1;
}

static int64_t
held_from(struct demo *d, struct json_object *post)
{
	int64_t days = json_int(post, "from_days", -json_int(d->plan, "posts_held_for_days", 0));

	return d->now + days * DAY_US;
}

static int64_t
held_until(struct demo *d, struct json_object *post)
{
	int64_t days = json_int(post, "until_days", 0);

	return days ? d->now + days * DAY_US : 0;
}

static int
insert_posts(struct tx *tx, struct demo *d, struct json_object *person, int64_t person_id)
{
	struct json_object *posts = json_get(person, "posts");

	for (size_t i = 0; i < json_object_array_length(posts); i++) {
		struct json_object *o = json_object_array_get_idx(posts, i);
		struct holding h = { .person_id = person_id, .post = json_str(o, "post") };
		struct agency a;

		TRY(store_agency_by_code(tx, json_str(o, "agency"), &a));
		h.agency_id = a.id;
		TRY(store_holding_add(tx, &h, held_from(d, o), held_until(d, o)));
	}
	return OK;
}

static int
insert_person(struct tx *tx, struct demo *d, size_t i, const char *hash)
{
	struct json_object *o = json_object_array_get_idx(list_of_people(d), i);
	struct person p = { .login = json_str(o, "login"),
		.name = json_str(o, "name"),
		.email = json_str(o, "email"),
		.locale = json_str(o, "locale"),
		.password_hash = hash,
		.is_active = true };

	TRY(store_person_add(tx, &p));
	d->person_ids[i] = p.id;
	return OK;
}

/* One password for all, so one hash does. */
static int
insert_people(struct tx *tx, struct demo *d)
{
	struct json_object *list = list_of_people(d);
	size_t count = json_object_array_length(list);
	const char *password = json_str(d->people, "password");
	char hash[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return fail(tx_task(tx), E_INTERNAL, "not enough memory to hash the password");
	d->person_ids = arena_array(d->arena, int64_t, count);
	for (size_t i = 0; i < count; i++)
		TRY(insert_person(tx, d, i, hash));
	for (size_t i = 0; i < count; i++)
		TRY(insert_posts(tx, d, json_object_array_get_idx(list, i), d->person_ids[i]));
	return OK;
}

static int
insert_tx(struct tx *tx, void *arg)
{
	TRY(insert_agencies(tx, arg));
	TRY(insert_services(tx, arg));
	return insert_people(tx, arg);
}

int
demo_insert(struct task *t, struct demo *d)
{
	return tx_run(t, insert_tx, d);
}

/* ---- who holds a post ---- */

static bool
holds(struct demo *d, struct json_object *person, const char *agency, const char *post, int64_t at)
{
	struct json_object *posts = json_get(person, "posts");

	for (size_t i = 0; i < json_object_array_length(posts); i++) {
		struct json_object *o = json_object_array_get_idx(posts, i);
		int64_t until = held_until(d, o);

		if (str_eq(json_str(o, "agency"), agency) && str_eq(json_str(o, "post"), post) &&
		    held_from(d, o) <= at && (until == 0 || until > at))
			return true;
	}
	return false;
}

int
demo_holder(struct demo *d, const char *agency, const char *post, int64_t at)
{
	struct json_object *list = list_of_people(d);
	int found = -1, count = 0;

	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (holds(d, json_object_array_get_idx(list, i), agency, post, at) &&
		    demo_random(d, (uint64_t)++count) == 0)
			found = (int)i;
	return found < 0 ? -1 : demo_stand_in(d, found, at);
}
