import { expect, it } from 'vitest';
import type { Agency, Case } from '@/types/api';
import { agencyName } from './agency-name';

const ict: Agency = { code: 'H51.2', name: { vi: 'Sở TTTT', en: 'DIC' }, kind: 'so', role: 'ict' };
const under = (labels: Record<string, { vi: string; en: string }> | null): Pick<Case, 'regime'> => ({ regime: { code: 'X', title: { vi: 'X', en: 'X' }, labels } });

it('calls an agency as the law of the case does', () => {
  expect(agencyName(under({ ict: { vi: 'Sở KH&CN', en: 'DOST' } }), ict).vi).toBe('Sở KH&CN');
  expect(agencyName(under(null), ict).vi).toBe('Sở TTTT');
  expect(agencyName(under({ ict: { vi: 'Sở KH&CN', en: 'DOST' } }), { ...ict, role: null }).vi).toBe('Sở TTTT');
});
