/** Whether this installation waits for its first workspace, and where a signed-in person belongs. */
import { listWorkspacesOfUser } from '#db/queries/members.ts';
import { anyUserExists } from '#db/queries/users.ts';
import { database } from '#server/platform/database.ts';

export async function installationIsNew(): Promise<boolean> {
  return !(await anyUserExists(database()));
}

/** The slug of the workspace that a person joined first; null for someone who is no member anywhere. */
export async function homeWorkspaceOf(userId: string): Promise<string | null> {
  return (await listWorkspacesOfUser(database(), userId))[0]?.slug ?? null;
}
