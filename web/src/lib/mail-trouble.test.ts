import { expect, it } from 'vitest';
import { vi } from '@/lib/i18n/vi';
import { mailTrouble } from './mail-trouble';

it('says what the answer of a mail server means', () => {
  const w = vi.mailTrouble;
  expect(mailTrouble('SMTP: RCPT failed: 550 (550)', vi)).toBe(w.noMailbox);
  expect(mailTrouble('SMTP: RCPT failed: 451 (451)', vi)).toBe(w.later);
  expect(mailTrouble("SMTP: Couldn't connect to server (0)", vi)).toBe(w.away);
  expect(mailTrouble('SMTP: DATA failed: 552 (552)', vi)).toBe(w.full);
  expect(mailTrouble('no space left', vi)).toBe(w.other);
});
