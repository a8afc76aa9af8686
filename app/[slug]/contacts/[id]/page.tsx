/** One contact: who they are, where they are enrolled, and everything that happened. */
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { roleAtLeast } from '#server/domain/roles.ts';
import { ContactView } from './contact-view.tsx';

interface ContactPageProps {
  params: Promise<{ slug: string; id: string }>;
}

async function load(slug: string, id: string) {
  const api = await serverApi(slug);
  return api.contacts.get({ id }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') notFound();
    throw error;
  });
}

export async function generateMetadata({ params }: ContactPageProps): Promise<Metadata> {
  const { slug, id } = await params;
  await requireMember(slug);
  const contact = await load(slug, id);
  return { title: contact.name ?? contact.phone ?? contact.email };
}

export default async function ContactPage({ params }: ContactPageProps) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const contact = await load(slug, id);
  if (contact.id !== id) redirect(`/${slug}/contacts/${contact.id}`);
  const [timeline, enrolments, conversations, fields] = await Promise.all([
    api.contacts.timeline({ contactId: id, limit: 50 }),
    api.enrolments.list({ contactId: id, limit: 50 }),
    api.conversations.list({ contactId: id }),
    api.contacts.fields(),
  ]);
  return (
    <Page>
      <ContactView
        slug={slug}
        contact={contact}
        timeline={timeline}
        enrolments={enrolments}
        conversations={conversations}
        fields={fields.items}
        mayEdit={role !== 'viewer'}
        mayErase={roleAtLeast(role, 'admin')}
      />
    </Page>
  );
}
