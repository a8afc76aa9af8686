/** One number with what it counts; with `href` it opens what it counts. */
import { Link } from './link.tsx';
import type { ReactNode } from 'react';

interface StatProps {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  href?: string;
}

export function Stat({ label, value, hint, href }: StatProps) {
  return (
    <div className="min-w-0">
      <div className="text-muted text-xs">{label}</div>
      <div className="mt-1 font-medium text-xl tabular-nums">
        {href ? (
          <Link href={href} className="rounded-md underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink">
            {value}
          </Link>
        ) : (
          value
        )}
      </div>
      {hint && <div className="mt-0.5 text-muted text-xs">{hint}</div>}
    </div>
  );
}
