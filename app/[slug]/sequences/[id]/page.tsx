/** The plan of a sequence. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Builder } from './_builder/builder.tsx';
import { loadSequence } from './_header/load-sequence.ts';

export default async function SequencePlanPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const sequence = await loadSequence(await serverApi(slug), id);
  return <Builder slug={slug} sequence={sequence} mayEdit={role !== 'viewer'} />;
}
