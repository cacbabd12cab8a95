// What a problem of the server means, in the page's words.
import type { Problem } from './api-client';
import type { Words } from './i18n';

export function problemText(p: Problem, t: Words): string {
  const e = t.errors;
  const byCode: Record<string, string> = {
    'own-case': e.own, 'not-your-post': e.notYourPost, 'not-in-this-state': e.notInState, 'case-closed': e.closed, 'key-reused': e.keyReused,
    'unknown-outcome': e.unknownOutcome, stale: e.stale, form: e.form, invalid: e.form, 'own-agency': e.ownAgency, 'draft-gone': e.draftGone,
    'extension-limit': e.extensionLimit, 'extension-past': e.extensionPast, 'extension-ground': e.extensionGround,
    'too-many-watched': e.tooManyWatched,
  };
  const byStatus: Record<number, string> = {
    0: e.noAnswer, 403: e.notAllowed, 404: e.notFound, 409: e.conflict, 412: e.stale, 413: e.tooLarge, 422: e.form, 429: e.rate, 503: e.busy,
  };
  return byCode[p.code] ?? byStatus[p.status] ?? e.other;
}
