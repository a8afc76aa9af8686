/** The front door: to the first run, to sign in, or to one's workspace. */
import { redirect } from 'next/navigation';
import { currentUser } from '#app/_auth/member.ts';
import { homeWorkspaceOf, installationIsNew } from '#server/auth/first-run.ts';

export default async function FrontDoor() {
  const user = await currentUser();
  if (!user) redirect((await installationIsNew()) ? '/first-run' : '/sign-in');
  const slug = await homeWorkspaceOf(user.userId);
  redirect(slug ? `/${slug}` : '/no-workspace');
}
