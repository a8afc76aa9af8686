/** The list of contacts. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { ContactList } from './_list/contact-list.tsx';
import { filterOf } from './_list/list-filter.ts';

interface ContactsPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('title') };
}

export default async function ContactsPage({ params, searchParams }: ContactsPageProps) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const filter = filterOf(await searchParams);
  const api = await serverApi(slug);
  const [firstPage, tags] = await Promise.all([api.contacts.list(filter), api.contacts.tags()]);
  return (
    <Page>
      <ContactList slug={slug} filter={filter} firstPage={firstPage} tags={tags} mayEdit={role !== 'viewer'} />
    </Page>
  );
}
