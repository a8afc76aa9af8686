/** The title of an entry page and a line about it. */
import type { ReactNode } from 'react';

export function EntryHeading({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-6">
      <h1 className="font-medium text-xl">{title}</h1>
      {children && <p className="mt-1.5 text-base text-muted">{children}</p>}
    </header>
  );
}
