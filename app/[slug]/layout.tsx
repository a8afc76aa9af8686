/** A workspace: whoever is not a member is sent to sign in; for members, the frame with their pages in it. */
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { isTimeZone } from '#server/domain/time/schema.ts';
import { ApiProvider } from '#app/_api/client.tsx';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { readerZoneCookie } from '#app/_ui/reader-zone-cookie.ts';
import { ReaderTimeProvider } from '#app/_ui/reader-time.tsx';
import { Shell } from './_shell/shell.tsx';

interface WorkspaceLayoutProps {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}

export default async function WorkspaceLayout({ params, children }: WorkspaceLayoutProps) {
  const { slug } = await params;
  const { workspace, viewer, now } = await shellOf(slug);
  if (!viewer) notFound();
  const readerZone = (await cookies()).get(readerZoneCookie)?.value ?? '';
  return (
    <ApiProvider slug={slug}>
      <ReaderTimeProvider zone={isTimeZone(readerZone) ? readerZone : workspace.timeZone} now={now}>
        <Shell slug={slug} workspaceName={workspace.name} viewer={viewer}>
          {children}
        </Shell>
      </ReaderTimeProvider>
    </ApiProvider>
  );
}

async function shellOf(slug: string) {
  await requireMember(slug);
  return (await serverApi(slug)).shell.get();
}
