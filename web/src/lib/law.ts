// Legal grounds as the workflows give them; what they mark DEFAULT is the product's own choice, no law.
import { capital } from './capital';

export function lawText(law: string | null | undefined): string | null {
  if (!law) return null;
  const own = /^DEFAULT(?:\s*\((.*)\))?$/.exec(law);
  return own ? (own[1] ? capital(own[1]) : null) : law;
}
