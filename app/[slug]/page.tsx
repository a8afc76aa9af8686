/** The home of a workspace. */
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';

export default async function WorkspacePage({ params }: { params: Promise<{ slug: string }> }) {
  const { workspace } = await requireMember((await params).slug);
  return (
    <Page>
      <PageHeader title={workspace.name} />
    </Page>
  );
}
