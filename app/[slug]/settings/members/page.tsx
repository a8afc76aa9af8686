/** Who works here, in which role, and who is invited. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { InvitationList } from './invitation-list.tsx';
import { MemberList } from './member-list.tsx';

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const [{ role, user }, api] = await Promise.all([requireMember(slug), serverApi(slug)]);
  const mayManage = roleAtLeast(role, 'admin');
  const [members, invitations] = await Promise.all([api.members.list({}), mayManage ? api.members.invitations({}) : null]);
  return (
    <>
      <MemberList initial={members} role={role} ownUserId={user.id} />
      {invitations && <InvitationList initial={invitations} role={role} />}
    </>
  );
}
