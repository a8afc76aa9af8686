/** The place of what is loading. `TableSkeleton` has the height of the table it stands for. */
import { useTranslations } from 'next-intl';
import { cn } from './class-names.ts';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-4 animate-pulse rounded-md bg-sunken', className)} />;
}

export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="border-line border-t">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-10 items-center gap-4 border-line border-b px-3">
          <Skeleton className="w-1/4" />
          <Skeleton className="hidden w-1/6 sm:block" />
          <Skeleton className="hidden w-1/5 sm:block" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
