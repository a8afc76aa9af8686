import { Page } from '#app/_ui/page.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';

export default function Loading() {
  return (
    <Page>
      <TableSkeleton />
    </Page>
  );
}
