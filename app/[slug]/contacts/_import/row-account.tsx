'use client';
/** Every row of a file accounted for: the total is the sum of what became of them, and is seen to be. */
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import { type RowOutcome, rowOutcomes } from '#server/domain/contact-csv/options.ts';

interface RowAccountProps {
  counts: Readonly<Record<RowOutcome | 'rows', number>>;
  /** What the total is of. */
  total: string;
  /** The figures are of before; new ones are on their way. */
  stale?: boolean;
  /** Where the contacts of that outcome are shown, if anywhere. */
  hrefOf?: (outcome: RowOutcome) => string | null;
}

/** Outcomes that only some imports have. */
const whenAny: readonly RowOutcome[] = ['merged', 'skipped'];

/** On a phone a bill with its sum at the end, else an equation. */
export function RowAccount({ counts, total, stale = false, hrefOf = () => null }: RowAccountProps) {
  const t = useTranslations('imports.review');
  const format = useFormatter();
  const outcomes = rowOutcomes.filter((outcome) => counts[outcome] > 0 || !whenAny.includes(outcome));
  return (
    <dl
      aria-busy={stale}
      className={cn('flex max-w-md flex-col sm:max-w-none sm:flex-row sm:flex-wrap sm:gap-x-5 sm:gap-y-5', stale && 'opacity-60')}
    >
      <Line className="order-last border-ink font-medium sm:order-none sm:font-normal" label={total} value={format.number(counts.rows)} />
      {outcomes.map((outcome, index) => (
        <Line
          key={outcome}
          className={cn('border-line', index === 0 && 'border-t-0')}
          label={t(outcome)}
          value={format.number(counts[outcome])}
          href={counts[outcome] > 0 ? hrefOf(outcome) : null}
          operator={index === 0 ? '=' : '+'}
        />
      ))}
    </dl>
  );
}

interface LineProps {
  label: string;
  value: string;
  operator?: string;
  href?: string | null;
  className: string;
}

function Line({ label, value, operator, href = null, className }: LineProps) {
  return (
    <div className={cn('flex items-baseline justify-between gap-4 border-t py-2 sm:block sm:border-0 sm:py-0', className)}>
      <dt className={cn('sm:text-muted sm:text-xs', operator && 'sm:pl-7')}>{label}</dt>
      <dd className="flex items-baseline font-medium tabular-nums sm:mt-1 sm:text-xl">
        {operator && (
          <span aria-hidden="true" className="hidden w-7 font-normal text-muted sm:inline">
            {operator}
          </span>
        )}
        {href === null ? (
          value
        ) : (
          <Link
            href={href}
            aria-label={`${label}: ${value}`}
            className="rounded-md underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
          >
            {value}
          </Link>
        )}
      </dd>
    </div>
  );
}
