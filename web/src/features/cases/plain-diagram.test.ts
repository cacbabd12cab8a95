import { expect, it } from 'vitest';
import { withoutHistory } from './plain-diagram';

const state = (id: string, parent: string | null, type = 'atomic') => ({ id, parent, type, title: { vi: id, en: id }, is_active: false, was_visited: false });
const way = (from: string, to: string) => ({ from, to, event: 'GO', title: null, kind: 'person' as const, was_taken: false });

it('a history state is not drawn; ways to it lead to its group', () => {
  const plain = withoutHistory({
    states: [state('review', null, 'compound'), state('received', 'review'), state('was', 'review', 'history'), state('need_info', null)],
    transitions: [way('need_info', 'was'), way('was', 'received'), way('received', 'need_info')],
  });
  expect(plain.states.map((s) => s.id)).toEqual(['review', 'received', 'need_info']);
  expect(plain.transitions.map((w) => [w.from, w.to])).toEqual([['need_info', 'review'], ['received', 'need_info']]);
});
