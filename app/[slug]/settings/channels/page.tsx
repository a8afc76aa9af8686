/** Channel accounts: through whom the workspace sends. Everyone sees them; admins make and change them. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { ChannelList } from './channel-list.tsx';

export default async function ChannelsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  return <ChannelList slug={slug} initial={await api.channels.list({ limit: 200 })} role={role} />;
}
