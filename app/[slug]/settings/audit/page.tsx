/** Who changed what. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { ForbiddenState } from '#app/_ui/list-state.tsx';
import { roleAtLeast } from '#server/domain/roles.ts';
import { AuditList } from './audit-list.tsx';

export default async function AuditPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  if (!roleAtLeast(role, 'admin')) return <ForbiddenState />;
  return <AuditList initial={await (await serverApi(slug)).audit.list({})} />;
}
