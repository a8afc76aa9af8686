/** Headless set-up: the first owner and workspace from the environment. */
import { createDb, createPool } from '#db/client.ts';
import type { Env } from '#server/platform/env.ts';
import { ensureOwner } from '#server/use-cases/workspace/ensure-owner.ts';

/** What was done, as a sentence; null when nothing was asked for or somebody has an account already. */
export async function ownerFromEnvironment(env: Env): Promise<string | null> {
  if (!env.ANDANTE_OWNER_EMAIL || !env.ANDANTE_OWNER_PASSWORD) return null;
  const db = createDb(createPool(process.env['DATABASE_URL'] ?? '', { max: 1 }));
  try {
    const slug = await ensureOwner(db, {
      email: env.ANDANTE_OWNER_EMAIL,
      password: env.ANDANTE_OWNER_PASSWORD,
      workspace: env.ANDANTE_WORKSPACE,
    });
    return slug === null ? null : `Owner ${env.ANDANTE_OWNER_EMAIL} and workspace "${slug}" made`;
  } finally {
    await db.destroy();
  }
}
