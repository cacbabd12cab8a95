import { expect, it } from 'vitest';
import { lawText } from './law';

it('a ground of law is shown, a choice of our own is not, its remark is', () => {
  expect(lawText('Điều 35.3 Nghị định 47/2020/NĐ-CP')).toBe('Điều 35.3 Nghị định 47/2020/NĐ-CP');
  expect(lawText('DEFAULT')).toBeNull();
  expect(lawText('DEFAULT (giữ thời hạn cũ)')).toBe('Giữ thời hạn cũ');
  expect(lawText(null)).toBeNull();
});
