/** Everything about one person, as one JSON document (LGPD, art. 18, II and V). */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getContact } from '#db/queries/contacts.ts';
import { listPersonParts, type PersonPart, type StoredRow } from '#db/queries/person-export.ts';
import type { Actor } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';
import { suppressedOf } from '../suppressions/suppressed-among.ts';

export type PersonExport = Readonly<Record<Exclude<PersonPart, 'contact'>, readonly StoredRow[]>> & {
  readonly exportedAt: string;
  readonly contact: StoredRow;
  /** Which of the addresses are on the suppression list. */
  readonly suppressed: readonly ('phone' | 'email')[];
};

/** Every row that names the contact, all read at one moment. Throws `notFound`. */
export async function exportPerson(db: Db, actor: Actor, input: { readonly id: string }): Promise<PersonExport> {
  const { workspaceId } = actor;
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { id, phone, email } = await getContact(tx, workspaceId, input.id);
      const { contact, ...parts } = await listPersonParts(tx, workspaceId, id);
      const isSuppressed = await suppressedOf(tx, workspaceId, [phone, email]);
      await insertAuditEntry(tx, actor, 'contact.personExported', { kind: 'contact', id });
      const suppressed = [
        ...(phone !== null && isSuppressed(phone) ? (['phone'] as const) : []),
        ...(email !== null && isSuppressed(email) ? (['email'] as const) : []),
      ];
      return { exportedAt: (await now(tx)).toISOString(), contact: contact[0] ?? {}, ...parts, suppressed };
    });
}
