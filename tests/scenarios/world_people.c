/*
 * Agencies and people of a story, and who holds which post.
 */
#include "world.h"

static struct label *
label_of(struct world *s, const char *word)
{
	for (int i = 0; i < s->label_count; i++)
		if (str_eq(s->labels[i].word, word))
			return &s->labels[i];
	return NULL;
}

static struct agency *
with_code(struct world *s, const char *code)
{
	for (int i = 0; i < s->agency_count; i++)
		if (str_eq(s->agencies[i]->code, code))
			return (struct agency *)s->agencies[i];
	return NULL;
}

struct agency *
world_agency(struct world *s, const char *word)
{
	struct label *l = label_of(s, word);

	return l ? l->agency : with_code(s, word);
}

const struct agency *
world_agency_by_id(const struct world *s, int64_t id)
{
	return id >= 1 && id <= s->agency_count ? s->agencies[id - 1] : NULL;
}

/* A word means one agency; one that takes its side by role loses the role to the next. */
static void
put_label(struct world *s, const char *word, struct agency *g)
{
	struct label *l = label_of(s, word);

	if (l == NULL)
		l = &ARENA_PUSH(s->a, s->labels, s->label_count, s->label_size);
	else if (side_is_role(word))
		l->agency->role = NULL;
	*l = (struct label){ word, g };
	if (side_is_role(word))
		g->role = word;
	if (str_eq(word, "owner"))
		g->has_services = true;
}

struct agency *
world_agency_add(struct world *s, const char *label, const char *code)
{
	struct agency *g = with_code(s, code);

	if (g == NULL) {
		g = arena_new_of(s->a, struct agency);
		ARENA_PUSH(s->a, s->agencies, s->agency_count, s->agency_size) = g;
		*g = (struct agency){ .id = s->agency_count, .code = code, .name_vi = code };
	}
	if (label)
		put_label(s, label, g);
	return g;
}

struct person *
world_person(struct world *s, const char *login)
{
	for (int i = 0; i < s->person_count; i++)
		if (str_eq(s->people[i]->login, login))
			return s->people[i];
	return NULL;
}

struct person *
world_person_add(struct world *s, const char *login)
{
	struct person *p = world_person(s, login);

	if (p)
		return p;
	p = arena_new_of(s->a, struct person);
	ARENA_PUSH(s->a, s->people, s->person_count, s->person_size) = p;
	*p = (struct person){ .id = s->person_count,
		.login = login,
		.name = login,
		.email = arena_printf(s->a, "%s@example.vn", login),
		.locale = "vi",
		.is_active = true };
	return p;
}

void
world_hold(struct world *s, const struct person *p, const char *post, const struct agency *g)
{
	ARENA_PUSH(s->a, s->holders, s->holder_count, s->holder_size) = *p;
	ARENA_PUSH(s->a, s->holdings, s->holding_count,
	    s->holding_size) = (struct holding){ .id = s->holding_count,
		.person_id = p->id,
		.agency_id = g->id,
		.post = post,
		.agency_code = g->code,
		.agency_name_vi = g->name_vi,
		.agency_role = g->role };
}

void
world_leave(struct world *s, const struct person *p)
{
	int kept = 0;

	for (int i = 0; i < s->holding_count; i++) {
		if (s->holdings[i].person_id == p->id)
			continue;
		s->holdings[kept] = s->holdings[i];
		s->holders[kept++] = s->holders[i];
	}
	s->holding_count = s->holder_count = kept;
}

static void
add_stand_in(struct world *s, int64_t absent_id, const char *absent_name, const struct person *p)
{
	ARENA_PUSH(s->a, s->stand_ins, s->stand_in_count,
	    s->stand_in_size) = (struct stand_in){ absent_id, absent_name, *p };
}

void
world_stand_in(struct world *s, const struct person *a, const struct person *b)
{
	int before = s->stand_in_count;

	add_stand_in(s, a->id, a->name, b);
	for (int i = 0; i < before; i++) {
		const struct stand_in k = s->stand_ins[i]; /* the list may move */

		if (k.substitute.id == a->id)
			add_stand_in(s, k.absent_id, k.absent_name, b);
	}
}

/* Who may use which post, as the database would tell. */
static struct roster
roster_of(struct world *s)
{
	struct roster r = { .a = s->a };
	struct post_pair *held = arena_array(s->a, struct post_pair, s->holding_count + 1);

	for (int i = 0; i < s->holding_count; i++) {
		roster_add(&r, &s->holdings[i], &s->holders[i]);
		held[i] = (struct post_pair){ s->holdings[i].agency_id, s->holdings[i].post };
	}
	roster_add_stand_ins(&r, s->stand_ins, s->stand_in_count);
	roster_add_vacant(&r, s->law, held, s->holding_count);
	return r;
}

struct actor
world_actor(struct world *s, const struct person *p)
{
	struct roster r = roster_of(s);
	struct holding *own = arena_array(s->a, struct holding, r.count + 1);
	int n = 0;

	for (int i = 0; i < r.count; i++)
		if (r.holdings[i].person_id == p->id)
			own[n++] = r.holdings[i];
	return (struct actor){ "person", p->id, p->name, own, n, false };
}

/* Everybody of the story; the parties are those that joined the case. */
struct directory
world_directory(struct world *s, const struct case_row *c)
{
	struct json_object *ids = json_get(c->context, "parties");
	int n = ids ? (int)json_object_array_length(ids) : 0;
	const struct agency **parties = arena_array(s->a, const struct agency *, n + 1);
	struct roster r = roster_of(s);

	for (int i = 0; i < n; i++)
		parties[i] = world_agency_by_id(
		    s, json_object_get_int64(json_object_array_get_idx(ids, (size_t)i)));
	return (struct directory){ .requester = world_agency_by_id(s, c->requester_id),
		.owner = world_agency_by_id(s, c->owner_id),
		.parties = parties,
		.party_count = n,
		.agencies = s->agencies,
		.agency_count = s->agency_count,
		.holdings = r.holdings,
		.people = r.people,
		.holding_count = r.count };
}
