/** Rows that the engine's benchmarks run on. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { systemActor, type Actor } from '#server/auth/actor.ts';

export interface Population {
  readonly actor: Actor;
  readonly accountId: string;
}

const body = 'Oi {{ contact.firstName | default: "você" }}, tudo bem? Aqui é a Ana, da Escola Aurora. Posso ajudar com a matrícula?';

/** A workspace with an account that is never the limit, and `contacts` contacts in three time zones. */
export async function makePopulation(db: Db, contacts: number): Promise<Population> {
  const workspace = await db.insertInto('workspaces').values({ slug: 'bench', name: 'Bench' }).returning('id').executeTakeFirstOrThrow();
  const account = await db
    .insertInto('channelAccounts')
    .values({ workspaceId: workspace.id, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10_000_000 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addContacts(db, workspace.id, contacts);
  return { actor: systemActor(workspace.id), accountId: account.id };
}

export async function addContacts(db: Db, workspaceId: string, contacts: number): Promise<void> {
  await sql`
    insert into contacts (workspace_id, name, email, time_zone, time_zone_origin)
    select ${workspaceId}::uuid, 'Pessoa ' || g, 'p' || g || '-' || gen_random_uuid() || '@exemplo.com',
      (array['America/Sao_Paulo', 'Europe/Lisbon', 'America/New_York'])[1 + g % 3], 'set'
    from generate_series(1, ${contacts}::int) g`.execute(db);
  await sql`vacuum analyze contacts`.execute(db);
}

/** A running sequence of two messages: one at once, one two days later at 09:30. Always open. */
export async function makeRunningSequence(db: Db, { actor, accountId }: Population): Promise<string> {
  const { workspaceId } = actor;
  const message = { channelAccountId: accountId, body };
  const steps: Step[] = [
    { key: 'a', type: 'message', timing: { kind: 'immediately' }, message },
    { key: 'b', type: 'message', timing: { kind: 'after', amount: 2, unit: 'days', at: '09:30' }, message },
  ];
  const definition: Definition = { ...emptyDefinition, window: null, steps };
  const { id } = await db
    .insertInto('sequences')
    .values({ workspaceId, name: 'Bench', status: 'running', liveVersion: 1, draft: JSON.stringify(definition) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('sequenceVersions')
    .values({ workspaceId, sequenceId: id, version: 1, definition: JSON.stringify(definition) })
    .execute();
  return id;
}

/** Everyone enrolled and due at `due` (an SQL expression), waiting for the first step. */
export async function enrolEveryone(db: Db, { actor }: Population, sequenceId: string, due: string): Promise<void> {
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, step_number, due_at, planned_at, anchor_at,
      time_zone, time_zone_origin)
    select workspace_id, ${sequenceId}::uuid, id, 'manual', 1, 'a', 1, ${sql.raw(due)}, ${sql.raw(due)}, ${sql.raw(due)}, time_zone, 'set'
    from contacts where workspace_id = ${actor.workspaceId}`.execute(db);
  await sql`vacuum analyze enrolments`.execute(db);
}
