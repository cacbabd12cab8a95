// Why a mail has not arrived, in words: the mail server answers with a number (RFC 5321).
import type { Words } from './i18n';

export function mailTrouble(error: string, t: Words): string {
  const answer = Number(/\((\d{1,3})\)\s*$/.exec(error)?.[1]);
  if (answer === 550 || answer === 551 || answer === 553) return t.mailTrouble.noMailbox;
  if (answer === 552) return t.mailTrouble.full;
  if (answer === 0) return t.mailTrouble.away;
  if (answer >= 400 && answer < 500) return t.mailTrouble.later;
  return t.mailTrouble.other;
}
