import { describe, expect, it } from 'vitest';
import type { FormSchema, Values } from '@/types/api';
import { differences, fieldsOf, isRequired, isShown, mistakesIn, placeProblems, startValues, valuesToSend } from './model';

const schema: FormSchema = {
  type: 'object',
  required: ['purpose', 'items', 'personal_data', 'no_state_secret'],
  'x-order': ['purpose', 'items', 'personal_data', 'measures', 'channel', 'until', 'phone', 'no_state_secret'],
  properties: {
    no_state_secret: { const: true },
    purpose: { type: 'string', minLength: 5, maxLength: 10, 'x-widget': 'textarea', 'x-title': { vi: 'Mục đích', en: 'Purpose' } },
    items: { type: 'array', minItems: 1, 'x-widget': 'items', items: { type: 'string' } },
    personal_data: { type: 'boolean' },
    measures: { type: 'string', minLength: 3, 'x-when': { personal_data: true } },
    channel: { enum: ['lgsp', 'direct'], default: 'lgsp', 'x-enum-titles': { lgsp: { vi: 'Qua LGSP', en: 'Through LGSP' } } },
    until: { type: 'string', format: 'date' },
    phone: { type: 'string', pattern: '^[0-9]+$' },
  },
  allOf: [{ if: { required: ['personal_data'], properties: { personal_data: { const: true } } }, then: { required: ['measures'] } }],
};
const good: Values = { purpose: 'đủ dài', items: ['Loại hộ'], personal_data: false, channel: 'lgsp', no_state_secret: true };

describe('form of a schema', () => {
  it('has its fields in order, each with its control', () => {
    expect(fieldsOf(schema).map((f) => [f.name, f.widget])).toEqual([
      ['purpose', 'textarea'], ['items', 'items'], ['personal_data', 'yes-no'], ['measures', 'text'], ['channel', 'choice'], ['until', 'date'],
      ['phone', 'text'], ['no_state_secret', 'agree'],
    ]);
  });
  it('starts with defaults below what is given', () => {
    expect(startValues(schema, {}).channel).toBe('lgsp');
    expect(startValues(schema, { channel: 'direct' }).channel).toBe('direct');
  });
  it('shows and asks for a field only when its condition holds', () => {
    const measures = fieldsOf(schema)[3]!;
    expect([isShown(measures, good), isShown(measures, { personal_data: true })]).toEqual([false, true]);
    expect([isRequired(schema, 'measures', good), isRequired(schema, 'measures', { personal_data: true })]).toEqual([false, true]);
  });
  it('does not demand by a condition whose field is empty', () => expect(isRequired(schema, 'measures', {})).toBe(false));
  it('sends neither empty nor hidden fields, but keeps a no', () => {
    expect(valuesToSend(schema, { ...good, purpose: '  đủ dài ', until: '', measures: 'ẩn' })).toEqual(good);
  });
  it('finds nothing wrong in a good form', () => expect(mistakesIn(schema, good)).toEqual({}));
  it('finds what is missing', () => {
    expect(mistakesIn(schema, {})).toEqual({
      purpose: { code: 'required' }, items: { code: 'minItems', limit: 1 }, personal_data: { code: 'requiredChoice' }, no_state_secret: { code: 'requiredAgree' },
    });
  });
  it('finds what is wrong, and counts letters, not code units', () => {
    const wrong = mistakesIn(schema, { ...good, purpose: '😀😀😀', until: '31/31/2026', phone: 'x', personal_data: true });
    expect(wrong).toEqual({ purpose: { code: 'minLength', limit: 5 }, until: { code: 'date' }, phone: { code: 'pattern' }, measures: { code: 'required' } });
  });
});

describe('problems of the server', () => {
  it('are placed at their fields, the rest kept', () => {
    const placed = placeProblems(schema, '/fields', [
      { pointer: '/fields/purpose', code: 'minLength', detail: 'short' }, { pointer: '/fields/items/0', code: 'enum', detail: 'unknown' },
      { pointer: '/service', code: 'not-found', detail: 'no' }, { pointer: '/fields/nothing', code: 'additionalProperties', detail: 'no' },
    ]);
    expect(placed.mistakes).toEqual({ purpose: { code: 'minLength', limit: 5, detail: 'short' }, items: { code: 'enum', limit: undefined, detail: 'unknown' } });
    expect(placed.rest.map((p) => p.pointer)).toEqual(['/service', '/fields/nothing']);
  });
});

describe('two versions of a draft', () => {
  it('differ where their words do, in the order of the form', () => {
    expect(differences(schema, { phone: '1', purpose: 'một', until: '' }, { purpose: 'hai', phone: '1' })).toEqual([{ name: 'purpose', mine: 'một', theirs: 'hai' }]);
  });
  it('do not differ by space or by how accents are composed', () => {
    expect(differences(schema, { purpose: 'hộ '.normalize('NFD') }, { purpose: 'hộ' })).toEqual([]);
  });
});

describe('lists', () => {
  const plan: FormSchema = {
    properties: {
      tasks: {
        type: 'array', minItems: 1,
        items: { type: 'object', required: ['agency', 'due_on'], properties: { agency: { type: 'string', 'x-widget': 'agency' }, due_on: { type: 'string', format: 'date' } } },
      },
      papers: { type: 'array', items: { type: 'string' } },
      kinds: { type: 'array', items: { enum: ['a', 'b'] } },
    },
  };

  it('gives each kind of list its control', () => {
    expect(fieldsOf(plan).map((f) => f.widget)).toEqual(['rows', 'lines', 'items']);
  });

  it('names the row that is wrong', () => {
    const tasks: Values[] = [{ agency: 'H51.2', due_on: '2026-12-31' }, { agency: 'H51.3' }];
    expect(mistakesIn(plan, { tasks })).toEqual({ tasks: { code: 'row', limit: 2 } });
    expect(mistakesIn(plan, { tasks: tasks.slice(0, 1) })).toEqual({});
  });

  it('leaves out what is empty inside', () => {
    expect(valuesToSend(plan, { tasks: [{ agency: 'H51.2', due_on: '' }, {}], papers: ['một', ' '] })).toEqual({ tasks: [{ agency: 'H51.2' }], papers: ['một'] });
  });

  it("places the server's problem at its list", () => {
    const { mistakes } = placeProblems(plan, '/data', [{ pointer: '/data/tasks/1/due_on', code: 'format', detail: 'no date' }]);
    expect(mistakes).toEqual({ tasks: { code: 'row', limit: 2, detail: 'no date' } });
  });
});
