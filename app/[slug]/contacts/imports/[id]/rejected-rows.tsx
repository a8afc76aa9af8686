'use client';
/** Refused rows, grouped by cause, with the first lines of each. */
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useReasonText } from '../../_import/reason-text.ts';

interface RejectedRowsProps {
  importId: string;
  /** How many rows of each cause; those that were left aside are among them. */
  reasons: Readonly<Record<string, number>>;
  rejected: number;
}

const leftAside = new Set(['existsAlready', 'notKnown']);
const shownLines = 8;

export function RejectedRows({ importId, reasons, rejected }: RejectedRowsProps) {
  const t = useTranslations('imports.run');
  const format = useFormatter();
  const reasonText = useReasonText();
  const api = useApi();
  const rows = useQuery(
    api.imports.rows.queryOptions({ id: importId, outcome: 'rejected', limit: 200 }, { meta: { rejected }, refetchInterval: false }),
  );
  const causes = Object.entries(reasons)
    .filter(([reason]) => !leftAside.has(reason))
    .sort(([, a], [, b]) => b - a);
  return (
    <ul className="max-w-3xl border-line border-t">
      {causes.map(([reason, count]) => {
        const lines = (rows.data?.items ?? []).filter((row) => row.reason === reason).map((row) => row.line);
        const shown = lines.slice(0, shownLines);
        return (
          <li key={reason} className="border-line border-b py-3">
            <p className="flex items-baseline justify-between gap-4">
              <span className="font-medium">{reasonText(reason)}</span>
              <span className="tabular-nums">{format.number(count)}</span>
            </p>
            {shown.length > 0 && (
              <p className="text-muted text-xs tabular-nums">
                {t('lines')}: {shown.join(', ')}
                {count > shown.length && ` ${t('more', { count: count - shown.length })}`}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
