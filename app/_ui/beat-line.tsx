/** The beat line: a thin vertical line with marks in time. Spine of the builder, of timelines and of calendars.
 *  A list in the page's order; each item has a mark, perhaps a time, and content. `now` items carry the accent. */
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { StateMark, type Tone } from './state-mark.tsx';

export function BeatLine({ label, className, children }: { label?: string; className?: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className={cn('relative flex flex-col', className)}>
      {children}
    </ol>
  );
}

interface BeatItemProps {
  tone?: Tone;
  /** Beside the mark, above the content: when. */
  time?: ReactNode;
  /** In place of the shape: an icon or a number. */
  mark?: ReactNode;
  /** No line above (first) or below (last). */
  first?: boolean;
  last?: boolean;
  /** The line is dashed: this has not happened yet. */
  future?: boolean;
  className?: string;
  children?: ReactNode;
}

export function BeatItem({ tone = 'neutral', time, mark, first, last, future, className, children }: BeatItemProps) {
  const line = cn('w-0 border-l', future ? 'border-line-strong/60 border-dashed' : 'border-line-strong/60');
  return (
    <li className={cn('relative flex gap-3', className)}>
      <div aria-hidden="true" className="flex w-5 shrink-0 flex-col items-center">
        <span className={cn('h-1', line, first && 'border-transparent')} />
        <span className="flex size-4 items-center justify-center bg-[inherit]">{mark ?? <StateMark tone={tone} />}</span>
        <span className={cn('min-h-1 flex-1', line, last && 'border-transparent')} />
      </div>
      <div className="min-w-0 flex-1 pb-4">
        {time && <div className="pt-0.5 text-muted text-xs leading-5">{time}</div>}
        {children}
      </div>
    </li>
  );
}
