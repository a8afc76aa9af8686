'use client';
/** Rows of an import as they stand in the file, each with the cell that is at fault. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterInputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { useFaultText } from '../../_import/reason-text.ts';

interface RowListProps {
  importId: string;
  filter: Pick<inferRouterInputs<AppRouter>['imports']['rows'], 'outcome' | 'reason' | 'optOut'>;
  /** How many there are: it grows while the import runs, and the rows are asked for anew. */
  count: number;
  /** Whether each row says its whole reason; else only its cell, where the list is of one reason. */
  withReason?: boolean;
}

export function RowList({ importId, filter, count, withReason = false }: RowListProps) {
  const t = useTranslations('imports.format');
  const tOptOuts = useTranslations('imports.optOuts');
  const faultText = useFaultText();
  const api = useApi();
  const rows = useInfiniteQuery(
    api.imports.rows.infiniteQueryOptions(
      { id: importId, ...filter, limit: 20, cursor: null },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, meta: { count } },
    ),
  );
  if (rows.isError) return <ErrorState onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <TableSkeleton />;
  const items = rows.data.pages.flatMap((page) => page.items);
  return (
    <div className="pb-2 pl-4">
      <ul>
        {items.map(({ line, reason, column, cells, optOut }) => {
          const fault = faultText(reason ?? '', column, withReason);
          return (
            <li key={line} className="flex gap-3 border-line border-t py-1.5 text-xs">
              <span className="min-w-16 shrink-0 text-muted tabular-nums">
                {t('line')} {line}
              </span>
              <span className="min-w-0 break-words">
                {fault && <span className="block font-medium">{fault}</span>}
                {(cells ?? []).filter((cell) => cell.trim() !== '').join(' · ')}
                {optOut && (
                  <span className={cn('block', optOut === 'recorded' ? 'text-muted' : 'text-failed')}>
                    {tOptOuts(`rowStates.${optOut}`)}
                  </span>
                )}
              </span>
            </li>
          );
        })}
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
