/** Who looks at a page. Pages ask here; what may be done is decided again in every procedure. */
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { serverApi } from '#app/_api/server.ts';
import { signedInUser } from '#server/auth/context.ts';

/** The person behind this request's cookie, or null; read once per request. */
export const currentUser = cache(async () => signedInUser(await headers()));

/** The workspace `slug` and the reader's role in it. Strangers are sent to the sign-in page; a workspace that one is not
 *  a member of looks like one that is not there. */
export const requireMember = cache(async (slug: string) => {
  const user = await currentUser();
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(`/${slug}`)}`);
  const api = await serverApi(slug);
  const workspace = await api.workspace.get().catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'UNAUTHORIZED') return null;
    throw error;
  });
  if (!workspace) notFound();
  return { user: { id: user.userId, name: user.name, email: user.email, locale: user.locale }, workspace, role: workspace.role };
});
