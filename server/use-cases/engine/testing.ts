/** Rows that tests of the engine start from: a workspace, a sandbox account, contacts, a published sequence. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { rowSet } from '#db/row-set.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface TestWorkspace {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly accountId: string;
}

/** A workspace in São Paulo with a sandbox account that is fast enough for tests. */
export async function makeWorkspace(db: Db, ratePerSecond = 1_000_000): Promise<TestWorkspace> {
  const slug = `w-${crypto.randomUUID()}`;
  const { id } = await db.insertInto('workspaces').values({ slug, name: 'Escola Aurora' }).returning('id').executeTakeFirstOrThrow();
  const account = await db
    .insertInto('channelAccounts')
    .values({ workspaceId: id, kind: 'sandbox', name: 'Sandbox', ratePerSecond })
    .returning('id')
    .executeTakeFirstOrThrow();
  const actor = systemActor(id);
  return { workspaceId: actor.workspaceId, actor, accountId: account.id };
}

/** Every contact gets a number of its own. */
let nextNumber = 0;

/** `count` contacts with a phone each, in the order of their names. */
export async function makeContacts(db: Db, workspaceId: string, count: number, timeZone: string | null = null): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const first = nextNumber;
  nextNumber += count;
  const { rows } = await sql<{ id: string }>`
    insert into contacts (workspace_id, name, phone, email, time_zone, time_zone_origin)
    select ${workspaceId}::uuid, 'Pessoa ' || x.n, '+55119' || lpad((x.n + ${first}::int)::text, 8, '0'),
      'pessoa' || x.n || '-' || ${crypto.randomUUID()} || '@exemplo.com', ${timeZone}::text, case when ${timeZone}::text is not null then 'set' end
    from ${rowSet('x', numbers, { n: ['int4', (n) => n] })} order by x.n returning id`.execute(db);
  return rows.map((row) => row.id);
}

/** A running sequence whose version 1 is `definition` over the empty one. Always open unless it says otherwise. */
export async function makeSequence(db: Db, workspaceId: string, definition: Partial<Definition> & { steps: Step[] }): Promise<string> {
  const whole: Definition = { ...emptyDefinition, window: null, ...definition };
  const { id } = await db
    .insertInto('sequences')
    .values({ workspaceId, name: 'Boas-vindas', status: 'running', liveVersion: 1, draft: JSON.stringify(whole) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addVersion(db, workspaceId, id, 1, whole);
  return id;
}

export async function addVersion(db: Db, workspaceId: string, sequenceId: string, version: number, definition: Definition): Promise<void> {
  await db
    .insertInto('sequenceVersions')
    .values({ workspaceId, sequenceId, version, definition: JSON.stringify(definition) })
    .execute();
}

export function messageStep(key: string, channelAccountId: string, timing: Step['timing'], body = 'Oi {{ contact.firstName }}'): Step {
  return { key, type: 'message', timing, message: { channelAccountId, body } };
}
