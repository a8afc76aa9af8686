/** The way from a file to contacts: file, format, columns, review. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireMember } from '#app/_auth/member.ts';
import { ForbiddenState } from '#app/_ui/list-state.tsx';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { ImportWizard } from './_wizard/import-wizard.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') };
}

export default async function ImportPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const t = await getTranslations('imports');
  return (
    <Page>
      <PageHeader back={<TextLink href={`/${slug}/contacts`}>{t('back')}</TextLink>} title={t('title')} />
      {role === 'viewer' ? <ForbiddenState /> : <ImportWizard slug={slug} />}
    </Page>
  );
}
