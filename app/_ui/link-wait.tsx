'use client';
/** Inside a link: a dot, once the page that it leads to takes longer than a moment. */
import { useLinkStatus } from 'next/link';
import { cn } from './class-names.ts';

export function LinkWait({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={cn('size-1.5 rounded-full bg-current opacity-0 transition-opacity', pending && 'opacity-60 delay-200', className)}
    />
  );
}
