/** A word about a thing: neutral by itself (`Badge`), or a state with its shape and colour (`StatusBadge`). */
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { StateMark, type Tone, toneSoft, toneText } from './state-mark.tsx';

const badgeStyle = 'inline-flex h-6 max-w-full items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-xs';

export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn(badgeStyle, 'bg-sunken text-ink', className)}>{children}</span>;
}

export function StatusBadge({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  return (
    <span className={cn(badgeStyle, toneSoft[tone], toneText[tone], className)}>
      <StateMark tone={tone} className="size-2 text-current" />
      <span className="truncate">{children}</span>
    </span>
  );
}
