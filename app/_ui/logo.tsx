/** Andante's mark: three spaced beats on a line, the last one now. */
import { cn } from './class-names.ts';

export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <path d="M12 0.75v22.5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" className="text-line-strong" />
      <circle cx="12" cy="4.5" r="2.75" fill="currentColor" className="text-ink" />
      <circle cx="12" cy="11" r="2.75" fill="currentColor" className="text-ink" />
      <circle cx="12" cy="19.5" r="2.75" fill="currentColor" className="text-accent" />
    </svg>
  );
}

export function Logo({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 font-medium text-base tracking-tight', className)}>
      <LogoMark />
      {name}
    </span>
  );
}
