import { expect, it } from 'vitest';
import { isQuietAt } from './quiet';

it('hours without mail may go over midnight', () => {
  const night = { quiet_from: '18:00', quiet_until: '07:00' };
  expect(['17:59', '18:00', '23:30', '06:59', '07:00'].map((at) => isQuietAt(night, at))).toEqual([false, true, true, true, false]);
  const noon = { quiet_from: '11:30', quiet_until: '13:30' };
  expect(['11:29', '11:30', '13:29', '13:30'].map((at) => isQuietAt(noon, at))).toEqual([false, true, true, false]);
  expect(isQuietAt({ quiet_from: null, quiet_until: null }, '03:00')).toBe(false);
  expect(isQuietAt(night, null)).toBe(false);
});
