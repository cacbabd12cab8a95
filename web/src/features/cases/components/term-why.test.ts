import { expect, it } from 'vitest';
import { sayIn } from '@/lib/i18n';
import { vi } from '@/lib/i18n/vi';
import type { TermExplanation, TermExtension, Title } from '@/types/api';
import { interruptions, paragraph } from './term-why';

const why: TermExplanation = {
  term: 'request.account', title: { vi: 'Tạo tài khoản kết nối', en: 'Make the account' }, law: 'Điều 35.3 Nghị định 47/2020/NĐ-CP', unit: 'working_days', amount: 5, resumes: true,
  status: 'running', started_at: '2022-01-28T11:00:00Z', counted_from: '2022-02-07', is_moved: true, due_at: '2022-02-14T17:00:00Z',
  days: [{ date: '2022-02-01', n: null, why: 'off', name: 'Tết Nguyên đán' }, { date: '2022-02-08', n: 1, why: 'counts', name: null }], pauses: [{ from: '2022-02-09T03:00:00Z', until: '2022-02-10T03:00:00Z', left: 3 }], extensions: [], calendar: null,
};

const say = (title: Title | null | undefined) => sayIn('vi', title);

it('says in one paragraph how the date came about', () => {
  expect(paragraph(why, vi, say)).toBe(
    'Tạo tài khoản kết nối: 5 ngày làm việc (Điều 35.3 Nghị định 47/2020/NĐ-CP). Thời điểm bắt đầu: 28/01/2022 18:00. Ngoài giờ làm việc, nên tính là nhận ngày 07/02/2022. '
    + 'Không tính ngày xảy ra sự kiện, ngày nghỉ hằng tuần, ngày nghỉ lễ, tết (khoản 2 Điều 147 Bộ luật Dân sự). Ngày nghỉ không tính: 01/02/2022 (Tết Nguyên đán). '
    + 'Tạm dừng từ 09/02/2022 đến 10/02/2022, khi còn 3 ngày làm việc. Thời hạn kết thúc: hết ngày 14/02/2022.',
  );
});

const extension: TermExtension = {
  at: '2022-02-08T03:00:00Z', kind: 'owner', amount: 2, unit: 'working_days', from: 'due', before: '2022-02-14T17:00:00Z', after: '2022-02-16T17:00:00Z',
  ground: { code: 'consultation', title: { vi: 'Phải lấy ý kiến cơ quan khác', en: 'Another agency is consulted' }, law: 'DEFAULT' }, reason: 'Chờ UBND huyện. ', by: 'Tâm',
  law: 'DEFAULT (chỉ một lần, không quá nửa thời hạn)',
};

it('says each extension where it came: who, how long, why', () => {
  expect(interruptions({ ...why, extensions: [extension] }, vi, say)).toEqual([
    'Ngày 08/02/2022, Tâm gia hạn thêm 2 ngày làm việc đến hết ngày 16/02/2022 (Chỉ một lần, không quá nửa thời hạn); căn cứ: Phải lấy ý kiến cơ quan khác; lý do: Chờ UBND huyện.',
    'Tạm dừng từ 09/02/2022 đến 10/02/2022, khi còn 3 ngày làm việc.',
  ]);
  expect(interruptions({ ...why, pauses: [], extensions: [{ ...extension, before: null, after: null, ground: null, reason: null, law: 'DEFAULT' }] }, vi, say)).toEqual([
    'Ngày 08/02/2022, Tâm gia hạn thêm 2 ngày làm việc cộng vào thời gian còn lại.',
  ]);
});
