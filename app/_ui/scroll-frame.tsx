/** A frame in which something wide scrolls, so that the page does not. A soft edge says on which side there is more; focusable and named,
 *  so that the keyboard reaches what it hides. It stands on paper. */
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface ScrollFrameProps {
  label: string;
  className?: string;
  children: ReactNode;
}

export function ScrollFrame({ label, className, children }: ScrollFrameProps) {
  return (
    <div tabIndex={0} role="group" aria-label={label} className={cn('edge-cue relative overflow-auto', className)}>
      {children}
    </div>
  );
}
