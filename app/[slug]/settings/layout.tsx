/** Settings: of the workspace, and of one's own account. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { requireMember } from '#app/_auth/member.ts';
import { NavTabs } from '#app/_ui/nav-tabs.tsx';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { roleAtLeast } from '#server/domain/roles.ts';

const sections = [
  { key: 'workspace', path: '', minimum: 'viewer' },
  { key: 'members', path: '/members', minimum: 'viewer' },
  { key: 'channels', path: '/channels', minimum: 'viewer' },
  { key: 'hours', path: '/hours', minimum: 'viewer' },
  { key: 'suppressions', path: '/suppressions', minimum: 'viewer' },
  { key: 'apiKeys', path: '/api-keys', minimum: 'admin' },
  { key: 'audit', path: '/audit', minimum: 'admin' },
  { key: 'account', path: '/account', minimum: 'viewer' },
] as const;

export async function generateMetadata() {
  const t = await getTranslations('settings');
  return { title: t('title') };
}

export default async function SettingsLayout({ params, children }: { params: Promise<{ slug: string }>; children: ReactNode }) {
  const { slug } = await params;
  const [{ role }, t] = await Promise.all([requireMember(slug), getTranslations('settings')]);
  const tabs = sections
    .filter((section) => roleAtLeast(role, section.minimum))
    .map((section) => ({ href: `/${slug}/settings${section.path}`, label: t(`sections.${section.key}`) }));
  return (
    <Page>
      <PageHeader title={t('title')} tabs={<NavTabs label={t('title')} tabs={tabs} />} />
      <div>{children}</div>
    </Page>
  );
}
