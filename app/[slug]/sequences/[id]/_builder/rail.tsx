/** The beat line of the builder: marks and buttons on a thin line, beside what they are about. */
import type { ReactNode } from 'react';
import { cn } from '#app/_ui/class-names.ts';

interface RailRowProps {
  /** On the line. */
  mark?: ReactNode;
  first?: boolean;
  last?: boolean;
  className?: string;
  children?: ReactNode;
}

export function RailRow({ mark, first, last, className, children }: RailRowProps) {
  return (
    <div className={cn('relative grid grid-cols-[2rem_minmax(0,1fr)] gap-3', className)}>
      <span
        aria-hidden="true"
        className={cn('absolute left-4 w-px bg-line-strong/60', first ? 'top-1/2' : 'top-0', last ? 'bottom-1/2' : 'bottom-0')}
      />
      <div className="relative flex items-center justify-center">{mark}</div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** A round mark on the line that covers it. */
export function RailMark({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'flex size-8 items-center justify-center rounded-full border border-line bg-raised text-muted [&_svg]:size-4',
        className,
      )}
    >
      {children}
    </span>
  );
}
