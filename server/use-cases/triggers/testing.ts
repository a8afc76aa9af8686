/** What tests of triggers begin with: a workspace, a sequence to be let into, and the API. */
import { sql } from 'kysely';
import type { TestDatabase } from '#db/testing/test-database.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { runImport } from '../imports/run-import.ts';
import { storeUpload } from '../imports/store-upload.ts';

export interface TriggerScene extends TestWorkspace {
  /** Waits two days before its first message. */
  readonly sequenceId: string;
}

export async function makeScene({ db }: TestDatabase, more: Partial<Definition> = {}): Promise<TriggerScene> {
  const at = await makeWorkspace(db);
  const inTwoDays = { kind: 'after', amount: 2, unit: 'days' } as const;
  const sequenceId = await makeSequence(db, at.workspaceId, { steps: [messageStep('a', at.accountId, inTwoDays)], ...more });
  return { ...at, sequenceId };
}

/** The names of those who are or were in the sequence by a trigger, in order. */
export async function letIn({ db }: TestDatabase, sequenceId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(c.name, c.phone) as name from enrolments e
    join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where e.sequence_id = ${sequenceId} and e.source = 'trigger' order by 1`.execute(db);
  return rows.map((row) => row.name);
}

export async function waiting({ db }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from trigger_occasions`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Imports a file to its end. */
export async function importFile(
  { db }: TestDatabase,
  at: TriggerScene,
  api: { imports: { create(input: { uploadId: string }): Promise<{ id: string }>; start(input: { id: string }): Promise<unknown> } },
  text: string,
): Promise<void> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  const { uploadId } = await storeUpload(db, at.actor, { name: 'contatos.csv', bytes: once() });
  const { id } = await api.imports.create({ uploadId });
  await api.imports.start({ id });
  await runImport(db, { workspaceId: at.workspaceId, importId: id });
}
