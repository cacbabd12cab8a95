// Answers to a form, made from its JSON Schema: as short or as long as it allows, or by chance. They hold
// what the schema asks and mostly what the rules beside it ask (x-widget, x-grounds, x-within).

/** The same numbers for the same seed (mulberry32). */
export class Dice {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  }
  below(n) {
    return Math.floor(this.next() * n);
  }
  pick(list) {
    return list[this.below(list.length)];
  }
  chance(p) {
    return this.next() < p;
  }
}

const odd = ["ệ", "𠀋", "&", "<", "\"", "'", "\\", "{{due}}", "%s", "\n", " ", "Ấ", "0", "}", "\u200f", "a"];
const patterns = [
  [/0\[1-9\]\|1\[0-2\]/, ["12-31", "02-29"]], [/\^20/, ["2000", "2026", "2099"]], [/0-9\+/, ["0299382", "+84 (299) 382-1234.5"]],
  [/A-Z/, ["A", "ABCDEFGH"]], [/\._@-/, ["abc", `a${"x@".repeat(49)}b`]], [/https/, ["http://abc", `https://${"v".repeat(500)}`]],
];

const sized = (list, size, dice) => (size === "min" ? list[0] : size === "max" ? list.at(-1) : dice.pick(list));

/** `about`: {size: "min"|"max"|"any", today, items, within (the case's own values), grounds, agencies}. */
export class Filler {
  constructor(dice, about) {
    Object.assign(this, about);
    this.dice = dice;
  }

  form(schema) {
    this.root = schema;
    return this.object(schema);
  }

  object(schema) {
    const properties = schema.properties ?? {};
    const required = schema.required ?? [];
    const value = {};
    for (const [name, field] of Object.entries(properties))
      if (required.includes(name) || this.size === "max" || (this.size === "any" && this.dice.chance(0.5))) value[name] = this.value(field);
    for (const rule of [schema, ...(schema.allOf ?? [])]) this.addConditional(rule, properties, value);
    return value;
  }

  addConditional(rule, properties, value) {
    const holds = rule.if && (rule.if.required ?? []).every((name) => name in value) && Object.entries(rule.if.properties ?? {}).every(
      ([name, field]) => ("const" in field ? value[name] === field.const : field.enum.includes(value[name])));
    for (const name of (holds && rule.then?.required) || []) value[name] ??= this.value(properties[name]);
  }

  value(field) {
    if (field.$ref) return this.value(field.$ref.slice(2).split("/").reduce((at, key) => at[key], this.root));
    if ("const" in field) return field.const;
    if (field.enum) return this.dice.pick(field.enum);
    const type = Array.isArray(field.type) ? field.type[0] : field.type;
    if (type === "array") return this.array(field);
    if (type === "object") return this.object(field);
    if (type === "boolean") return this.dice.chance(0.5);
    if (type === "integer" || type === "number") return sized([field.minimum ?? 0, field.maximum ?? 1e6], this.size, this.dice);
    return this.text(field);
  }

  array(field) {
    const chosen = field["x-widget"] === "items" ? (field["x-within"] ? this.within?.[field["x-within"].split(".").at(-1)] : this.items) : null;
    const n = sized([field.minItems ?? 0, Math.min(field.maxItems ?? 3, chosen?.length ?? this.most ?? 20)], this.size, this.dice);
    if (chosen) return chosen.slice(0, Math.max(n, 1));
    const list = Array.from({ length: n }, () => this.value(field.items ?? { type: "string" }));
    return field.uniqueItems ? [...new Map(list.map((one) => [JSON.stringify(one), one])).values()] : list;
  }

  text(field) {
    if (field["x-widget"] === "agency") return this.dice.pick(this.agencies);
    if (field["x-grounds"]) return this.dice.pick(this.grounds?.[field["x-grounds"]] ?? ["none"]);
    if (field.format === "date") return this.date();
    if (field.format === "date-time") return `${this.date()}T09:00:00Z`;
    if (field.format === "email") return sized(["a@b.vn", `${"a".repeat(60)}@${"b".repeat(20)}.vn`], this.size, this.dice);
    if (field.pattern) {
      const found = patterns.find(([shape]) => shape.test(field.pattern));
      return found ? sized(found[1], this.size, this.dice) : "A";
    }
    return this.letters(sized([field.minLength ?? 0, Math.min(field.maxLength ?? 200, 4000)], this.size, this.dice));
  }

  date() {
    const far = ["1900-01-01", "2020-05-24", "2027-12-31", "2028-01-01", "2090-06-30", "9999-12-31"];
    if (this.size !== "any" || this.dice.chance(0.1)) return this.dice.pick(far);
    return new Date(Date.parse(this.today) + (this.dice.below(200) - 20) * 86400000).toISOString().slice(0, 10);
  }

  letters(n) {
    let text = "";
    for (let count = 0; count < n;) {
      const more = this.dice.chance(0.3) ? this.dice.pick(odd) : "xuân";
      const points = [...more].slice(0, n - count);
      text += points.join("");
      count += points.length;
    }
    return text.replace(/^\s/, "x");
  }
}
