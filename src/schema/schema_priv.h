/*
 * What the files of schema/ share: a compiled schema, one validation, and the table of keywords.
 */
#ifndef LT_SCHEMA_PRIV_H
#define LT_SCHEMA_PRIV_H

#include "schema.h"

enum { SCHEMA_DEPTH_MAX = 100, SCHEMA_STEPS_MAX = 100000 };

struct regex;

struct schema {
	struct arena *arena;
	struct json_object *root; /* own copy */
	struct regex *regexes;    /* list of the compiled patterns */
};

/* One validation. Where only the answer counts (in `not`, `anyOf` ...) errors is NULL. */
struct check {
	const struct schema *schema;
	struct arena *arena;
	struct error_list *errors;
	int depth;
	struct budget *budget; /* of the whole validation */
};

/* References make loops, and loops that branch: a validation ends all the same, as invalid. */
struct budget {
	int steps;
	bool is_spent;
};

/* A value and where it is; pointer is NULL while errors is. */
struct place {
	struct json_object *value;
	const char *pointer;
};

/* Adds the violation and returns false. */
bool violation(struct check *c, const struct place *at, const char *keyword, const char *fmt, ...)
    PRINTF(4, 5);
bool schema_holds(struct check *c, struct json_object *schema, const struct place *at);
/* The same, without telling. */
bool schema_matches(struct check *c, struct json_object *schema, struct json_object *value);
struct place place_member(
    struct check *c, const struct place *at, const char *key, struct json_object *value);
struct place place_item(struct check *c, const struct place *at, size_t i);

/* ---- keywords: each checks one keyword k with value v of the schema object s ---- */
typedef bool (*keyword_fn)(
    struct check *c, struct json_object *s, struct json_object *v, const struct place *at);

enum keyword_shape { /* what v must be, so that compiling finds mistakes */
	SHAPE_ANY,
	SHAPE_TYPE,
	SHAPE_NUMBER,
	SHAPE_COUNT,
	SHAPE_TEXT,
	SHAPE_PATTERN,
	SHAPE_BOOL,
	SHAPE_NAMES,       /* array of texts */
	SHAPE_LIST,        /* array */
	SHAPE_REF,         /* reference within the schema */
	SHAPE_SCHEMA,      /* a schema */
	SHAPE_SCHEMAS,     /* array of schemas */
	SHAPE_SCHEMA_MAP,  /* object of schemas */
	SHAPE_PATTERN_MAP, /* the same, keys are patterns */
	SHAPE_NAMES_MAP    /* object of arrays of texts */
};

struct keyword {
	const char *name;
	enum keyword_shape shape;
	keyword_fn holds; /* NULL: read by a sibling, or says nothing */
};
const struct keyword *keyword_find(const char *name); /* NULL if unknown */

/* Follows "#", "#/json/pointer" or "#anchor"; NULL when it leads nowhere. */
struct json_object *schema_resolve(const struct schema *s, const char *ref);

#define KEYWORD(name)                                                                              \
	bool name(                                                                                 \
	    struct check *c, struct json_object *s, struct json_object *v, const struct place *at)
KEYWORD(kw_ref);
KEYWORD(kw_type);
KEYWORD(kw_const);
KEYWORD(kw_enum);
KEYWORD(kw_multiple_of);
KEYWORD(kw_maximum);
KEYWORD(kw_minimum);
KEYWORD(kw_exclusive_maximum);
KEYWORD(kw_exclusive_minimum);
KEYWORD(kw_max_length);
KEYWORD(kw_min_length);
KEYWORD(kw_pattern);
KEYWORD(kw_format);
KEYWORD(kw_all_of);
KEYWORD(kw_any_of);
KEYWORD(kw_one_of);
KEYWORD(kw_not);
KEYWORD(kw_if);
KEYWORD(kw_properties);
KEYWORD(kw_pattern_properties);
KEYWORD(kw_additional_properties);
KEYWORD(kw_property_names);
KEYWORD(kw_required);
KEYWORD(kw_dependent_required);
KEYWORD(kw_dependent_schemas);
KEYWORD(kw_max_properties);
KEYWORD(kw_min_properties);
KEYWORD(kw_items);
KEYWORD(kw_prefix_items);
KEYWORD(kw_contains);
KEYWORD(kw_max_items);
KEYWORD(kw_min_items);
KEYWORD(kw_unique_items);

/* ---- patterns: ECMA-262 expressions on PCRE2 (regex.c) ---- */
bool regex_add(struct schema *s, const char *pattern, const char **why);
bool regex_matches(const struct schema *s, const char *pattern, const char *text, size_t len);
void regex_free_all(struct schema *s);

bool format_holds(const char *format, const char *text); /* true for formats not known */
bool is_multiple_of(struct arena *a, struct json_object *value, struct json_object *of);

#endif
