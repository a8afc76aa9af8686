/** The imports of a workspace. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { ImportList } from './import-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('listTitle') };
}

export default async function ImportsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const firstPage = await (await serverApi(slug)).imports.list();
  return (
    <Page>
      <ImportList slug={slug} firstPage={firstPage} mayEdit={role !== 'viewer'} />
    </Page>
  );
}
