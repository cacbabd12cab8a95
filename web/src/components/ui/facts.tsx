// Names and values side by side; below each other on a phone.
import type { ReactNode } from 'react';

/** Longer ones take the whole width. */
const longText = 90;

export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {items.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
        <div key={name} className={typeof value === 'string' && value.length > longText ? 'facts-wide' : undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
