/** A workspace: strangers are sent to sign in; members get the frame with their pages in it. */
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ApiProvider } from '#app/_api/client.tsx';
import { requireMember } from '#app/_auth/member.ts';
import { readerZoneCookie } from '#app/_ui/reader-zone-cookie.ts';
import { ReaderTimeProvider } from '#app/_ui/reader-time.tsx';
import { isTimeZone } from '#server/domain/time/schema.ts';
import { Shell } from './_shell/shell.tsx';

interface WorkspaceLayoutProps {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}

export default async function WorkspaceLayout({ params, children }: WorkspaceLayoutProps) {
  const { slug } = await params;
  const { user, workspace, role } = await requireMember(slug);
  const readerZone = (await cookies()).get(readerZoneCookie)?.value ?? '';
  return (
    <ApiProvider slug={slug}>
      <ReaderTimeProvider zone={isTimeZone(readerZone) ? readerZone : workspace.timeZone} now={workspace.now}>
        <Shell slug={slug} workspaceName={workspace.name} viewer={{ name: user.name, email: user.email, role }}>
          {children}
        </Shell>
      </ReaderTimeProvider>
    </ApiProvider>
  );
}
