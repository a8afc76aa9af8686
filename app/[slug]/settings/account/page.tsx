/** One's own name, language, password and sessions. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { AccountForm } from './account-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { SessionList } from './session-list.tsx';

export default async function AccountPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const [{ user }, api] = await Promise.all([requireMember(slug), serverApi(slug)]);
  return (
    <>
      <AccountForm name={user.name} email={user.email} />
      <PasswordForm email={user.email} />
      <SessionList initial={await api.account.sessions({})} />
    </>
  );
}
