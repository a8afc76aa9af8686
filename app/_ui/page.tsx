/** The one column of a page, up to 1,200 px. `reading` narrows it for forms and text. */
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export function Page({ reading, className, children }: { reading?: boolean; className?: string; children: ReactNode }) {
  return (
    <div className={cn('mx-auto w-full px-4 py-6 sm:px-8 sm:py-8', reading ? 'max-w-3xl' : 'max-w-[75rem]', className)}>{children}</div>
  );
}
