/** The plan of a sequence. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Builder } from './_builder/builder.tsx';
import { loadSequence } from './_header/load-sequence.ts';

export default async function SequencePlanPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const [sequence, accounts, chatbots, fields] = await Promise.all([
    loadSequence(api, id),
    api.channels.list({ limit: 200 }),
    api.chatbots.list({ limit: 200 }),
    api.contacts.fields(),
  ]);
  const resources = { accounts: accounts.items, chatbots: chatbots.items, fields: fields.items };
  return <Builder slug={slug} sequence={sequence} resources={resources} mayEdit={role !== 'viewer'} />;
}
