/** The home of a workspace: the way to the first delivered message, what goes out next, what needs attention. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { HomeView } from './_home/home-view.tsx';

export default async function WorkspacePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const [{ workspace }, api] = await Promise.all([requireMember(slug), serverApi(slug)]);
  const [checklist, overview] = await Promise.all([api.workspace.checklist({}), api.workspace.overview({})]);
  return (
    <Page>
      <PageHeader title={workspace.name} />
      <HomeView slug={slug} checklist={checklist} overview={overview} />
    </Page>
  );
}
