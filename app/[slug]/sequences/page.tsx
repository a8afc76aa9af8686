/** The list of sequences. */
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { SequenceList } from './_list/sequence-list.tsx';
import { filterOf } from './_list/list-filter.ts';

interface SequencesPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('sequences');
  return { title: t('title') };
}

export default async function SequencesPage({ params, searchParams }: SequencesPageProps) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const filter = filterOf(await searchParams);
  const api = await serverApi(slug);
  const firstPage = await api.sequences.list(filter);
  return (
    <Page>
      <SequenceList slug={slug} filter={filter} firstPage={firstPage} mayEdit={role !== 'viewer'} />
    </Page>
  );
}
