'use client';
/** Refused rows, grouped by cause; each group opens to its rows as they stand in the file. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { useReasonText } from '../../_import/reason-text.ts';

interface RejectedRowsProps {
  importId: string;
  refusedBy: readonly { readonly reason: string; readonly count: number }[];
}

export function RejectedRows({ importId, refusedBy }: RejectedRowsProps) {
  return (
    <ul className="max-w-3xl border-line border-t">
      {refusedBy.map(({ reason, count }) => (
        <Cause key={reason} importId={importId} reason={reason} count={count} />
      ))}
    </ul>
  );
}

function Cause({ importId, reason, count }: { importId: string; reason: string; count: number }) {
  const format = useFormatter();
  const reasonText = useReasonText();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="border-line border-b">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer py-3 font-medium hover:bg-sunken">
          {reasonText(reason)}
          <span className="float-right ml-4 font-normal tabular-nums">{format.number(count)}</span>
        </summary>
        {isOpen && <Rows importId={importId} reason={reason} count={count} />}
      </details>
    </li>
  );
}

/** `count` grows while the import runs, and the rows are asked for anew. */
function Rows({ importId, reason, count }: { importId: string; reason: string; count: number }) {
  const t = useTranslations('imports.format');
  const api = useApi();
  const rows = useInfiniteQuery(
    api.imports.rows.infiniteQueryOptions(
      { id: importId, outcome: 'rejected', reason, limit: 20, cursor: null },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, meta: { count } },
    ),
  );
  if (rows.isError) return <ErrorState onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <TableSkeleton />;
  const items = rows.data.pages.flatMap((page) => page.items);
  return (
    <div className="pb-2 pl-4">
      <ul>
        {items.map((row) => (
          <li key={row.line} className="flex gap-3 border-line border-t py-1.5 text-xs">
            <span className="min-w-16 shrink-0 text-muted tabular-nums">
              {t('line')} {row.line}
            </span>
            <span className="min-w-0 break-words">{(row.cells ?? []).filter((cell) => cell.trim() !== '').join(' · ')}</span>
          </li>
        ))}
      </ul>
      <LoadMore
        shown={items.length}
        hasMore={rows.hasNextPage}
        busy={rows.isFetchingNextPage}
        onLoadMore={() => void rows.fetchNextPage()}
      />
    </div>
  );
}
