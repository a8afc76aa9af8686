/** Signing in. */
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { currentUser } from '#app/_auth/member.ts';
import { localPath } from '#app/_auth/local-path.ts';
import { installationIsNew } from '#server/auth/first-run.ts';
import { EntryHeading } from '../entry-heading.tsx';
import { SignInForm } from './sign-in-form.tsx';

export async function generateMetadata() {
  const t = await getTranslations('auth.signIn');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = localPath((await searchParams).next);
  if (await currentUser()) redirect(next);
  if (await installationIsNew()) redirect('/first-run');
  const t = await getTranslations('auth.signIn');
  return (
    <>
      <EntryHeading title={t('title')} />
      <SignInForm next={next} />
      <p className="mt-6 text-muted text-sm">{t('noAccount')}</p>
    </>
  );
}
