/** The first visit: one page makes the workspace and its owner. */
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { installationIsNew } from '#server/auth/first-run.ts';
import { EntryHeading } from '../entry-heading.tsx';
import { FirstRunForm } from './first-run-form.tsx';

export async function generateMetadata() {
  const t = await getTranslations('auth.firstRun');
  return { title: t('title') };
}

export default async function FirstRunPage() {
  if (!(await installationIsNew())) redirect('/sign-in');
  const t = await getTranslations('auth.firstRun');
  return (
    <>
      <EntryHeading title={t('title')}>{t('description')}</EntryHeading>
      <FirstRunForm locale={await getLocale()} />
    </>
  );
}
