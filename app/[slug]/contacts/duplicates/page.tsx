/** Contacts that are possibly one person. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { DuplicateList } from './duplicate-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('duplicates'))('title') };
}

export default async function DuplicatesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const [firstPage, fields] = await Promise.all([api.contacts.duplicates({ limit: 20 }), api.contacts.fields()]);
  return (
    <Page>
      <DuplicateList slug={slug} firstPage={firstPage} fields={fields.items} mayEdit={role !== 'viewer'} />
    </Page>
  );
}
