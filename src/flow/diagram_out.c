/*
 * The chart as a picture for Graphviz: a box a state, a frame around what is inside of another, an
 * arrow a transition. Timers are dashed, what the chart does by itself is dotted.
 */
#include "diagram_out.h"

/* ---- words of both pictures ---- */

const char *
diagram_label(struct arena *a, const struct sc_transition *t, const char *lang)
{
	const char *name = t->delay ? t->delay : t->event;

	if (name == NULL)
		return title_in(t->meta, lang, "");
	if (str_starts(name, "xstate.done."))
		return title_in(t->meta, lang, "✓");
	if (json_str(json_get(t->meta, "title"), lang) == NULL)
		return name;
	return arena_printf(a, "%s \n %s", title_in(t->meta, lang, ""), name);
}

/* ---- dot ---- */

struct dot {
	const struct law *law;
	const struct sc_chart *chart;
	const char *lang;
	struct arena *a;
	struct str out;
};

static void
quote(struct str *out, const char *text)
{
	str_add(out, "\"");
	for (; *text; text++)
		if (*text == '\n')
			str_add(out, "\\n");
		else if (*text == '"' || *text == '\\')
			str_addf(out, "\\%c", *text);
		else
			str_add_n(out, text, 1);
	str_add(out, "\"");
}

static bool
has_children(const struct dot *d, const struct sc_state *s)
{
	return state_first_child(d->chart, s) != NULL;
}

static const char *
start_id(const struct dot *d, const struct sc_state *s)
{
	return arena_printf(d->a, "start of %s", s->id);
}

/* The box in a frame at which an arrow to the frame ends: where it begins; the fork of regions. */
static const char *
anchor(const struct dot *d, const struct sc_state *s)
{
	while (has_children(d, s)) {
		const struct sc_state *initial = state_initial(d->chart, s);

		if (initial == NULL)
			return start_id(d, s);
		s = initial;
	}
	return s->id;
}

/* Who has to act and until when; where several agree, each on his own line. */
static const char *
who(const struct dot *d, const struct sc_state *s)
{
	struct json_object *task = json_get(s->meta, "task");
	struct json_object *of = json_path(s->meta, "approval.of");
	const char *term = json_str(task, "term");
	struct str out;

	str_init(&out, d->a);
	if (json_str(task, "post"))
		str_addf(&out, "\n%s", right_words(d->law, task, d->lang, d->a));
	for (size_t i = 0;
	     json_object_is_type(of, json_type_array) && i < json_object_array_length(of); i++)
		str_addf(&out, "\n✓ %s",
		    right_words(d->law, json_object_array_get_idx(of, i), d->lang, d->a));
	if (term)
		str_addf(&out, "\n%s", term);
	return out.text;
}

static void
add_box(struct dot *d, const struct sc_state *s)
{
	static const char *const styles[] = {
		[SC_ATOMIC] = "shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\"",
		[SC_FINAL] = "shape=box, style=\"rounded,filled\", peripheries=2, "
			     "fillcolor=\"#eeeeee\"",
		[SC_HISTORY] = "shape=circle, style=filled, fillcolor=\"#ffffff\"",
	};

	quote(&d->out, s->id);
	str_add(&d->out, " [label=");
	quote(&d->out, s->type == SC_HISTORY ? "H"
					     : arena_printf(d->a, "%s%s",
						   title_in(s->meta, d->lang, s->key), who(d, s)));
	str_addf(&d->out, ", %s];\n", styles[s->type]);
}

static void
add_line(struct dot *d, const char *from, const char *to)
{
	quote(&d->out, from);
	str_add(&d->out, " -> ");
	quote(&d->out, to);
	str_add(&d->out, ";\n");
}

/* A dot and an arrow to where a state begins; a bar and an arrow to each region of a parallel one.
 */
static void
add_start(struct dot *d, const struct sc_state *in)
{
	const struct sc_state *initial = state_initial(d->chart, in);

	if (in->parent && in->parent->type == SC_PARALLEL && initial)
		return; /* the bar leads here */
	quote(&d->out, start_id(d, in));
	str_add(&d->out, initial ? " [shape=point, width=0.12, label=\"\"];\n"
				 : " [shape=box, style=filled, fillcolor=black, height=0.06, "
				   "width=1, fixedsize=true, label=\"\"];\n");
	if (initial)
		add_line(d, start_id(d, in), anchor(d, initial));
	for (int i = in->index + 1; !initial && i < sc_state_count(d->chart); i++)
		if (sc_state_at(d->chart, i)->parent == in)
			add_line(d, start_id(d, in), anchor(d, sc_state_at(d->chart, i)));
}

static void add_states(struct dot *d, const struct sc_state *in);

static void
add_frame(struct dot *d, const struct sc_state *s)
{
	bool is_region = s->parent->type == SC_PARALLEL;

	str_add(&d->out, "subgraph ");
	quote(&d->out, arena_printf(d->a, "cluster_%s", s->id));
	str_add(&d->out, " {\nlabel=");
	quote(&d->out, arena_printf(d->a, "%s%s", title_in(s->meta, d->lang, s->key),
			   s->type == SC_PARALLEL ? " ∥" : ""));
	str_addf(&d->out, ";\nstyle=\"%s\";\nbgcolor=\"%s\";\n",
	    is_region ? "rounded,dashed" : "rounded",
	    s->type == SC_PARALLEL ? "#f4f6fa" : "#fafafa");
	add_states(d, s);
	str_add(&d->out, "}\n");
}

static void
add_states(struct dot *d, const struct sc_state *in)
{
	add_start(d, in);
	for (int i = in->index + 1; i < sc_state_count(d->chart); i++) {
		const struct sc_state *s = sc_state_at(d->chart, i);

		if (s->parent != in)
			continue;
		if (has_children(d, s))
			add_frame(d, s);
		else
			add_box(d, s);
	}
}

static const char *
arrow_style(const struct sc_transition *t)
{
	if (t->delay)
		return "style=dashed, color=\"#9a5b00\", fontcolor=\"#9a5b00\"";
	if (t->event == NULL || json_get(t->meta, "by") == NULL)
		return "style=dotted, color=\"#555555\", fontcolor=\"#555555\"";
	if (str_eq(json_str(t->meta, "tone"), "danger"))
		return "color=\"#a3201f\", fontcolor=\"#a3201f\"";
	return "color=\"#1d4e89\", fontcolor=\"#1d4e89\"";
}

/* An arrow from a frame begins where it leaves the frame. */
static void
add_tail(struct dot *d, const struct sc_state *from, const struct sc_state *to)
{
	for (const struct sc_state *up = to; up; up = up->parent)
		if (up == from)
			return; /* it ends inside */
	if (!has_children(d, from))
		return;
	str_add(&d->out, ", ltail=");
	quote(&d->out, arena_printf(d->a, "cluster_%s", from->id));
}

static const char *
condition(const struct dot *d, const struct sc_transition *t)
{
	if (t->guard == NULL)
		return "";
	return str_eq(d->lang, "vi") ? " [nếu…]" : " [if…]";
}

static void
add_arrow(struct dot *d, const struct sc_transition *t, const struct sc_state *to)
{
	const struct sc_state *from = t->source;

	quote(&d->out, anchor(d, from));
	str_add(&d->out, " -> ");
	quote(&d->out, anchor(d, to));
	str_add(&d->out, " [label=");
	quote(&d->out,
	    arena_printf(d->a, " %s%s ", diagram_label(d->a, t, d->lang), condition(d, t)));
	str_addf(&d->out, ", %s", arrow_style(t));
	if (from->parent)
		add_tail(d, from, to);
	str_add(&d->out, "];\n");
}

char *
diagram_dot(const struct law *l, const struct sc_chart *chart, const char *lang, struct arena *a)
{
	struct dot d = { .law = l, .chart = chart, .lang = lang, .a = a };

	str_init(&d.out, a);
	str_add(&d.out, "digraph ");
	quote(&d.out, sc_id(chart));
	str_add(&d.out, " {\ncompound=true;\nrankdir=TB;\nnodesep=0.4;\nranksep=0.55;\n"
			"fontname=\"Helvetica\";\nfontsize=13;\n"
			"node [fontname=\"Helvetica\", fontsize=11, color=\"#333333\"];\n"
			"edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7];\nlabelloc=t;\n"
			"label=");
	quote(&d.out,
	    arena_printf(a, "%s – %s", sc_id(chart), title_in(sc_meta(chart), lang, sc_id(chart))));
	str_add(&d.out, ";\n");
	add_states(&d, sc_state_at(chart, 0));
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		for (const struct sc_state *const *to = t->targets; to && *to; to++)
			add_arrow(&d, t, *to);
	}
	str_add(&d.out, "}\n");
	return d.out.text;
}
