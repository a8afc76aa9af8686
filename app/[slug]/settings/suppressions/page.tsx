/** Addresses that must never be contacted. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { SuppressionList } from './suppression-list.tsx';

export default async function SuppressionsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const initial = await (await serverApi(slug)).suppressions.list({});
  return <SuppressionList initial={initial} mayAdd={roleAtLeast(role, 'editor')} mayRemove={roleAtLeast(role, 'admin')} />;
}
