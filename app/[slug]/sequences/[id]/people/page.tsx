/** The people of a sequence: one row per enrolment. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { peopleFilterOf } from './people-filter.ts';
import { PeopleList } from './people-list.tsx';

interface PeoplePageProps {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PeoplePage({ params, searchParams }: PeoplePageProps) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const filter = peopleFilterOf(await searchParams);
  const api = await serverApi(slug);
  const firstPage = await api.sequences.people({ id, ...filter });
  return <PeopleList slug={slug} sequenceId={id} filter={filter} firstPage={firstPage} mayEdit={role !== 'viewer'} />;
}
