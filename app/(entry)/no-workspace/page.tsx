/** For someone who is signed in and a member of no workspace (any more). */
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { currentUser } from '#app/_auth/member.ts';
import { SignOutButton } from '#app/_auth/sign-out-button.tsx';
import { homeWorkspaceOf } from '#server/auth/first-run.ts';
import { EntryHeading } from '../entry-heading.tsx';

export default async function NoWorkspacePage() {
  const user = await currentUser();
  if (!user) redirect('/sign-in');
  if (await homeWorkspaceOf(user.userId)) redirect('/');
  const t = await getTranslations('auth.noWorkspace');
  return (
    <>
      <EntryHeading title={t('title')}>{t('description', { email: user.email })}</EntryHeading>
      <SignOutButton />
    </>
  );
}
