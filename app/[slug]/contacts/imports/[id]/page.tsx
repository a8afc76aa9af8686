/** One import: how far it is, what came of it, which rows were refused and why. */
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { Page } from '#app/_ui/page.tsx';
import { ImportView } from './import-view.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('listTitle') };
}

export default async function ImportRunPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const found = await api.imports.get({ id }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') notFound();
    throw error;
  });
  return (
    <Page>
      <ImportView slug={slug} found={found} mayEdit={role !== 'viewer'} />
    </Page>
  );
}
