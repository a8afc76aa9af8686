/** The list of contacts. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { ContactList } from './_list/contact-list.tsx';
import { type ListView, viewOf } from './_list/list-filter.ts';

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
  const view = viewOf(await searchParams);
  const api = await serverApi(slug);
  const [firstPage, tags, fields] = await Promise.all([firstPageOf(api, view), api.contacts.tags(), api.contacts.fields()]);
  return (
    <Page>
      <ContactList slug={slug} view={view} firstPage={firstPage} tags={tags} fields={fields} mayEdit={role !== 'viewer'} />
    </Page>
  );
}

/** Null when the filter asks for what is no longer there: a segment or a field that was deleted. */
async function firstPageOf(api: Awaited<ReturnType<typeof serverApi>>, { filter, sort }: ListView) {
  return api.contacts.list({ ...filter, sort }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'BAD_REQUEST') return null;
    throw error;
  });
}
