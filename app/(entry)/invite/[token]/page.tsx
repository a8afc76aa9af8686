/** An invitation: become somebody new, or accept as who one is. */
import { TRPCError } from '@trpc/server';
import { getLocale, getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { currentUser } from '#app/_auth/member.ts';
import { SignOutButton } from '#app/_auth/sign-out-button.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EntryHeading } from '../../entry-heading.tsx';
import { AcceptButton } from './accept-button.tsx';
import { JoinForm } from './join-form.tsx';

export async function generateMetadata() {
  const t = await getTranslations('auth.invite');
  return { title: t('pageTitle') };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [t, tRole, user, invitation] = await Promise.all([
    getTranslations('auth.invite'),
    getTranslations('shell.roles'),
    currentUser(),
    readInvitation(token),
  ]);
  if (!invitation) return <EntryHeading title={t('invalidTitle')}>{t('invalidDescription')}</EntryHeading>;
  const { workspaceName, email, role, hasAccount } = invitation;
  const heading = (
    <EntryHeading title={t('title', { workspace: workspaceName })}>{t('description', { email, role: tRole(role) })}</EntryHeading>
  );
  if (user?.email === email) return withHeading(heading, <AcceptButton token={token} />);
  if (user) {
    return withHeading(
      heading,
      <>
        <p className="mb-4">{t('otherAccount', { email: user.email })}</p>
        <SignOutButton />
      </>,
    );
  }
  if (hasAccount) {
    return withHeading(
      heading,
      <LinkButton variant="primary" href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`}>
        {t('signIn')}
      </LinkButton>,
    );
  }
  return withHeading(heading, <JoinForm token={token} email={email} locale={await getLocale()} />);
}

function withHeading(heading: React.ReactNode, content: React.ReactNode) {
  return (
    <>
      {heading}
      {content}
    </>
  );
}

async function readInvitation(token: string) {
  try {
    return await (await serverApi('')).members.invitation({ token });
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) return null;
    throw error;
  }
}
