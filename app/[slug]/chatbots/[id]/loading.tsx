import { useTranslations } from 'next-intl';
import { Page } from '#app/_ui/page.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';

export default function Loading() {
  const t = useTranslations('common');
  return (
    <Page>
      <div role="status" aria-label={t('loading')} className="flex flex-col gap-6">
        <Skeleton className="h-7 w-64" />
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-20" />
            <Skeleton className="h-20" />
            <Skeleton className="h-20" />
          </div>
          <Skeleton className="h-96" />
        </div>
      </div>
    </Page>
  );
}
