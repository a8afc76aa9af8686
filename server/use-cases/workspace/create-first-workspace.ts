/** The first run: one workspace, its owner, and something to try out. Only while nobody has an account. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertMember } from '#db/queries/members.ts';
import { anyUserExists, insertUser, lockFirstUser } from '#db/queries/users.ts';
import { insertWorkspace } from '#db/queries/workspaces.ts';
import { userActor } from '#server/auth/actor.ts';
import { normalizeIdentifier } from '#server/auth/identifier.ts';
import { hashPassword, passwordSchema } from '#server/auth/passwords.ts';
import { zoneSchema } from '#server/domain/time/schema.ts';
import { countryOfZone } from '#server/domain/workspace/country-of-zone.ts';
import { workspaceSlug } from '#server/domain/workspace/slug.ts';
import { DomainError } from '#server/platform/errors.ts';
import { insertHomeCalendar } from './insert-home-calendar.ts';
import { insertSampleContent } from './insert-sample-content.ts';

export const localeSchema = z.enum(['pt-BR', 'en']);
export const personNameSchema = z.string().trim().min(1).max(120);
export const workspaceNameSchema = z.string().trim().min(1).max(80);

export const createFirstWorkspaceSchema = z.strictObject({
  workspaceName: workspaceNameSchema,
  name: personNameSchema,
  email: z.string().max(254),
  password: passwordSchema,
  locale: localeSchema,
  timeZone: zoneSchema,
});
export type CreateFirstWorkspaceInput = z.infer<typeof createFirstWorkspaceSchema>;

/** Makes workspace, owner, sandbox channel, sample contacts, sample sequence and the country's holidays in one transaction. Of several
 *  calls at once one wins; the others, and all later ones, get `alreadyExists`. `invalid` with `{field: 'email'}` for a bad address. */
export async function createFirstWorkspace(db: Db, input: CreateFirstWorkspaceInput): Promise<{ slug: string }> {
  const email = normalizeIdentifier(input.email);
  if (email === null) throw new DomainError('invalid', 'That is not an e-mail address.', { field: 'email' });
  if (await anyUserExists(db)) throw alreadySetUp();
  const passwordHash = await hashPassword(input.password);
  return db.transaction().execute(async (tx) => {
    await lockFirstUser(tx);
    if (await anyUserExists(tx)) throw alreadySetUp();
    const workspace = await insertWorkspace(tx, {
      slug: workspaceSlug(input.workspaceName),
      name: input.workspaceName,
      locale: input.locale,
      timeZone: input.timeZone,
      country: countryOfZone(input.timeZone),
    });
    const userId = await insertUser(tx, { email, name: input.name, passwordHash, locale: input.locale });
    const memberId = await insertMember(tx, { workspaceId: workspace.id, userId, role: 'owner' });
    const owner = userActor({ workspaceId: workspace.id, userId, memberId, role: 'owner' });
    await insertSampleContent(tx, owner.workspaceId, input.locale);
    await insertHomeCalendar(tx, owner.workspaceId, { country: countryOfZone(input.timeZone), locale: input.locale });
    await insertAuditEntry(tx, owner, 'workspace.created', { kind: 'workspace', id: workspace.id });
    return { slug: workspace.slug };
  });
}

function alreadySetUp(): DomainError {
  return new DomainError('alreadyExists', 'This installation is set up already. Sign in, or ask an admin for an invitation.');
}
