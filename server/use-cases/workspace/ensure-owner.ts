/** Headless set-up: the first owner and workspace from `ANDANTE_OWNER_EMAIL`, `ANDANTE_OWNER_PASSWORD` and `ANDANTE_WORKSPACE`. */
import type { Db } from '#db/client.ts';
import { anyUserExists } from '#db/queries/users.ts';
import { DomainError } from '#server/platform/errors.ts';
import { createFirstWorkspace } from './create-first-workspace.ts';

export interface OwnerSettings {
  readonly email: string;
  readonly password: string;
  /** The workspace's name; `Andante` when not given. */
  readonly workspace?: string | undefined;
}

/** Makes owner and workspace when nobody has an account yet; answers the slug then, and null when there was nothing to do.
 *  Any number of processes may call it at once. An existing account is never changed. */
export async function ensureOwner(db: Db, settings: OwnerSettings): Promise<string | null> {
  if (await anyUserExists(db)) return null;
  try {
    const { slug } = await createFirstWorkspace(db, {
      workspaceName: settings.workspace ?? 'Andante',
      name: settings.email.split('@')[0] ?? settings.email,
      email: settings.email,
      password: settings.password,
      locale: 'pt-BR',
      timeZone: 'America/Sao_Paulo',
    });
    return slug;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'alreadyExists') return null;
    throw error;
  }
}
