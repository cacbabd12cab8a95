// What an agency is called in a case: by the law the case is under, which may know it by another name than today's.
import type { Agency, Case, Title } from '@/types/api';

export function agencyName(c: Pick<Case, 'regime'>, agency: Agency): Title {
  return (agency.role && c.regime?.labels?.[agency.role]) || agency.name;
}
