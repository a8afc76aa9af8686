/** The shape of a page while it loads. */
import { Page } from '#app/_ui/page.tsx';
import { Skeleton, TableSkeleton } from '#app/_ui/skeleton.tsx';

export default function LoadingPage() {
  return (
    <Page>
      <Skeleton className="mb-8 h-7 w-48" />
      <TableSkeleton />
    </Page>
  );
}
