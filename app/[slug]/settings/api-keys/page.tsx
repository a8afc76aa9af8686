/** Keys for the team's own tools. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { ForbiddenState } from '#app/_ui/list-state.tsx';
import { roleAtLeast } from '#server/domain/roles.ts';
import { KeyList } from './key-list.tsx';

export default async function ApiKeysPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  if (!roleAtLeast(role, 'admin')) return <ForbiddenState />;
  return <KeyList initial={await (await serverApi(slug)).apiKeys.list({})} />;
}
