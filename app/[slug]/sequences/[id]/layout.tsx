/** A sequence: its name, its status, what can be done with it, and its three parts. */
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { loadSequence } from './_header/load-sequence.ts';
import { SequenceHeader } from './_header/sequence-header.tsx';

interface SequenceLayoutProps {
  params: Promise<{ slug: string; id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: SequenceLayoutProps): Promise<Metadata> {
  const { slug, id } = await params;
  return { title: (await loadSequence(await serverApi(slug), id)).name };
}

export default async function SequenceLayout({ params, children }: SequenceLayoutProps) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const sequence = await loadSequence(await serverApi(slug), id);
  return (
    <Page>
      <SequenceHeader slug={slug} sequence={sequence} mayEdit={role !== 'viewer'} />
      {children}
    </Page>
  );
}
