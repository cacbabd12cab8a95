/*
 * The chart as a mermaid stateDiagram-v2, for pages that draw it themselves.
 */
#include "diagram_out.h"

#include <ctype.h>

struct mermaid {
	const struct sc_chart *chart;
	const char *lang;
	struct arena *a;
	struct str out;
};

/* An id of mermaid: letters, digits and _; the number keeps those apart that become the same. */
static const char *
name(const struct mermaid *m, const struct sc_state *s)
{
	char *text = arena_printf(m->a, "s%d_%s", s->index, s->id);

	for (char *c = text; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	return text;
}

/* Mermaid ends a text at a line's end or at ; and reads : and # as its own. */
static void
add_text(struct mermaid *m, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			str_add(&m->out, "<br/>");
		else if (*text == '"' || *text == ';' || *text == ':' || *text == '#')
			str_addf(&m->out, "#%d;", *text);
		else
			str_add_n(&m->out, text, 1);
}

static void
indent(struct mermaid *m, const struct sc_state *s)
{
	for (; s; s = s->parent)
		str_add(&m->out, "  ");
}

static void add_states(struct mermaid *m, const struct sc_state *in);

static void
add_state(struct mermaid *m, const struct sc_state *s)
{
	indent(m, s->parent);
	str_add(&m->out, "state \"");
	add_text(m, s->type == SC_HISTORY ? "H" : title_in(s->meta, m->lang, s->key));
	str_addf(&m->out, "\" as %s\n", name(m, s));
	if (state_first_child(m->chart, s)) {
		indent(m, s->parent);
		str_addf(&m->out, "state %s {\n", name(m, s));
		add_states(m, s);
		indent(m, s->parent);
		str_add(&m->out, "}\n");
	}
	if (s->type == SC_FINAL) {
		indent(m, s->parent);
		str_addf(&m->out, "%s --> [*]\n", name(m, s));
	}
}

static void
add_states(struct mermaid *m, const struct sc_state *in)
{
	const struct sc_state *initial = state_initial(m->chart, in);
	bool is_first = true;

	if (initial) {
		indent(m, in);
		str_addf(&m->out, "[*] --> %s\n", name(m, initial));
	}
	for (int i = in->index + 1; i < sc_state_count(m->chart); i++) {
		const struct sc_state *s = sc_state_at(m->chart, i);

		if (s->parent != in)
			continue;
		if (in->type == SC_PARALLEL && !is_first) {
			indent(m, in);
			str_add(&m->out, "--\n");
		}
		is_first = false;
		add_state(m, s);
	}
}

char *
diagram_mermaid(const struct sc_chart *chart, const char *lang, struct arena *a)
{
	struct mermaid m = { .chart = chart, .lang = lang, .a = a };

	str_init(&m.out, a);
	str_add(&m.out, "stateDiagram-v2\n");
	add_states(&m, sc_state_at(chart, 0));
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		for (const struct sc_state *const *to = t->targets; to && *to; to++) {
			if (t->source->parent == NULL) /* the root is no state of the picture */
				continue;
			str_addf(&m.out, "  %s --> %s", name(&m, t->source), name(&m, *to));
			if (*diagram_label(a, t, lang)) {
				str_add(&m.out, ": ");
				add_text(&m, diagram_label(a, t, lang));
			}
			str_add(&m.out, "\n");
		}
	}
	return m.out.text;
}
