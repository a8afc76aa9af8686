/** A key to press. */
import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-md border border-line-strong/60 bg-raised px-1 font-sans text-muted text-xs">
      {children}
    </kbd>
  );
}
