/** What a sequence did, step by step. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { SequenceResults } from './sequence-results.tsx';

export default async function ResultsPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  await requireMember(slug);
  const api = await serverApi(slug);
  return <SequenceResults slug={slug} results={await api.sequences.results({ id })} />;
}
