/** The workspace's own name, language and time zone. */
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { WorkspaceForm } from './workspace-form.tsx';

export default async function WorkspaceSettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { workspace, role } = await requireMember((await params).slug);
  return <WorkspaceForm initial={workspace} mayChange={roleAtLeast(role, 'admin')} />;
}
