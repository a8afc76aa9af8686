/** One chatbot: its flow, and a chat to try it in. */
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { idSchema } from '#server/platform/ids.ts';
import { ChatbotEditor } from './_editor/chatbot-editor.tsx';

interface ChatbotPageProps {
  params: Promise<{ slug: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatbots'))('title') };
}

export default async function ChatbotPage({ params }: ChatbotPageProps) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  if (!idSchema.safeParse(id).success) notFound();
  const api = await serverApi(slug);
  const [chatbot, fields] = await Promise.all([api.chatbots.get({ id }).catch(missing), api.contacts.fields()]);
  return (
    <Page>
      <ChatbotEditor key={chatbot.id} slug={slug} chatbot={chatbot} fields={fields.items} canEdit={role !== 'viewer'} />
    </Page>
  );
}

function missing(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'NOT_FOUND') notFound();
  throw error;
}
