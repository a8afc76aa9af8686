/** The chatbots of a workspace. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { ChatbotList } from './chatbot-list.tsx';

interface ChatbotsPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ search?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatbots'))('title') };
}

export default async function ChatbotsPage({ params, searchParams }: ChatbotsPageProps) {
  const { slug } = await params;
  const { search = '' } = await searchParams;
  const { role } = await requireMember(slug);
  const firstPage = await (await serverApi(slug)).chatbots.list({ search });
  return (
    <Page>
      <ChatbotList slug={slug} search={search} firstPage={firstPage} canEdit={role !== 'viewer'} />
    </Page>
  );
}
