/** What tests of merges do over and over: enrol two contacts, write to them, merge them, and look at what stands where. */
import { type Selectable, sql } from 'kysely';
import type { Db } from '#db/client.ts';
import type { Contacts, Enrolments } from '#db/schema.gen.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../../engine/testing.ts';
import { enrolContacts } from '../../enrolments/enrol-contacts.ts';
import { receiveInbound } from '../../inbound/receive-inbound.ts';
import { mergeContacts, type MergedContacts } from '../merge-contacts.ts';

export interface MergeBench {
  readonly space: TestWorkspace;
  readonly keepId: string;
  readonly otherId: string;
  /** Into the kept contact. */
  merge(mergeIds?: string[], fields?: Record<string, string>): Promise<MergedContacts>;
  /** How many rows of `table` are the contact's. */
  rowsOf(table: string, contactId: string): Promise<number>;
  contact(id: string): Promise<Selectable<Contacts> | undefined>;
  /** In a sequence of two steps; answers its id. */
  enrol(contactIds: string[], definition?: { exclusivityGroup?: string }): Promise<string>;
  enrolments(): Promise<Pick<Selectable<Enrolments>, 'sequenceId' | 'contactId' | 'status' | 'exitReason'>[]>;
  /** As the contact writes. */
  write(contactId: string, text: string): Promise<unknown>;
}

const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;

export async function makeMergeBench(db: Db): Promise<MergeBench> {
  const space = await makeWorkspace(db);
  const [keepId = '', otherId = ''] = await makeContacts(db, space.workspaceId, 2);
  return {
    space,
    keepId,
    otherId,
    merge: (mergeIds = [otherId], fields = {}) => mergeContacts(db, space.actor, { keepId, mergeIds, fields }),
    async rowsOf(table, contactId) {
      const { rows } = await sql<{
        count: number;
      }>`select count(*)::int as count from ${sql.table(table)} where contact_id = ${contactId}`.execute(db);
      return rows[0]?.count ?? -1;
    },
    contact: (id) => db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirst(),
    async enrol(contactIds, definition = {}) {
      const steps = [messageStep('a', space.accountId, inOneHour), messageStep('b', space.accountId, inOneHour)];
      const sequenceId = await makeSequence(db, space.workspaceId, { ...definition, steps });
      await enrolContacts(db, space.actor, { sequenceId, target: { contactIds } });
      return sequenceId;
    },
    enrolments: () =>
      db
        .selectFrom('enrolments')
        .select(['sequenceId', 'contactId', 'status', 'exitReason'])
        .where('workspaceId', '=', space.workspaceId)
        .orderBy('id')
        .execute(),
    write: (contactId, text) =>
      receiveInbound(db, {
        workspaceId: space.workspaceId,
        channelAccountId: space.accountId,
        providerEventId: crypto.randomUUID(),
        contactId,
        text,
        occurredAt: new Date(),
      }),
  };
}
