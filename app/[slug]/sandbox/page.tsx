/** The sandbox: a phone and a mailbox in the browser, where messages arrive and can be answered. */
import { TRPCError } from '@trpc/server';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { SandboxView } from './sandbox-view.tsx';

interface SandboxPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ contact?: string | string[] }>;
}

export async function generateMetadata() {
  const t = await getTranslations('sandbox');
  return { title: t('title') };
}

export default async function SandboxPage({ params, searchParams }: SandboxPageProps) {
  const [{ slug }, { contact }] = await Promise.all([params, searchParams]);
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const [contacts, channels] = await Promise.all([api.sandbox.contacts({}), api.channels.list({ limit: 200 })]);
  const chosenId = typeof contact === 'string' ? contact : null;
  const accountId = channels.items.find((account) => account.kind === 'sandbox')?.id ?? null;
  return (
    <SandboxView
      slug={slug}
      contacts={contacts}
      chosenId={chosenId}
      chosen={chosenId ? await loadChosen(slug, chosenId) : null}
      accountId={accountId}
      canReply={roleAtLeast(role, 'editor')}
    />
  );
}

/** The contact with its messages for the first paint; null when there is none such, which the view says. */
async function loadChosen(slug: string, contactId: string) {
  const api = await serverApi(slug);
  try {
    const [contact, messages] = await Promise.all([api.contacts.get({ id: contactId }), api.sandbox.messages({ contactId })]);
    return { contact, messages };
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) return null;
    throw error;
  }
}
