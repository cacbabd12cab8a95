// Legal grounds as the workflows give them; what they mark DEFAULT is the product's own choice, no law.
export function lawText(law: string | null | undefined): string | null {
  if (!law) return null;
  const own = /^DEFAULT(?:\s*\((.*)\))?$/.exec(law);
  return own ? capital(own[1]) : law;
}

function capital(text: string | undefined): string | null {
  return text ? text[0]!.toUpperCase() + text.slice(1) : null;
}
