/** What a few years leave behind on top of `contact-population.ts`: a sequence that everybody is in, several messages to each, and
 *  answers. Written in the order of time, as it would have been. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import type { ContactPopulation } from './contact-population.ts';
import { makeRunningSequence } from './population.ts';

/** Messages of a contact lie so many days apart. */
const daysApart = 20;
/** The last message to a contact is from one of so many days; hardly anybody (one in a thousand) was written to this week. */
const days = 400;

/** Answers with the sequence. `messages`: how many in all, spread evenly over the contacts. */
export function makeHistory(db: Db, population: ContactPopulation, messages: number): Promise<string> {
  return db.connection().execute((one) => history(one, population, messages));
}

async function history(db: Db, { actor }: ContactPopulation, messages: number): Promise<string> {
  const { workspaceId } = actor;
  const account = await db.selectFrom('channelAccounts').select('id').where('workspaceId', '=', workspaceId).executeTakeFirstOrThrow();
  const sequenceId = await makeRunningSequence(db, { actor, accountId: account.id });
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, step_number, due_at, planned_at, anchor_at,
      time_zone, time_zone_origin)
    select ${workspaceId}, ${sequenceId}::uuid, c.id, 'csv', 1, case when n % 3 = 0 then 'a' else 'b' end, 1, at, at, at, 'America/Sao_Paulo', 'phone'
    from (select id, row_number() over () as n from contacts where workspace_id = ${workspaceId}) c
    cross join lateral (select andante_now() + interval '1 day' + c.n * interval '1 second' as at) t`.execute(db);
  await sql`
    create temporary table recipients as
    select contact_id, id as enrolment_id, case when n % 1000 = 0 then 3 else 8 + n * 7919 % ${days}::int end as age, n
    from (select id, contact_id, row_number() over (order by id) as n from enrolments where sequence_id = ${sequenceId}) e
    order by age desc`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*) as count from recipients`.execute(db);
  const rounds = Math.ceil(messages / (rows[0]?.count ?? 1));
  await withoutIndexes(db, async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const before = (rounds - round) * daysApart;
      await sql`
        insert into messages (workspace_id, id, direction, origin, contact_id, channel_account_id, state, body, enrolment_id, sequence_id,
          version, step_key, step_number, created_at, accepted_at, replied_at)
        select ${workspaceId}, uuidv7(a.back), 'out', 'step', contact_id, ${account.id}, 'accepted',
          'Oi, tudo bem? Aqui é a Ana, da Escola Aurora. Posso ajudar com a matrícula?', enrolment_id, ${sequenceId}::uuid, 1,
          case when ${round}::int % 2 = 0 then 'b' else 'a' end, ${round}::int, at, at,
          case when n % 20 = ${round}::int then at + interval '1 hour' end
        from recipients cross join lateral (select (age + ${before}::int) * interval '-1 day' as back) a
        cross join lateral (select statement_timestamp() + a.back as at) t`.execute(db);
    }
  });
  await sql`
    insert into conversations (workspace_id, contact_id, channel_account_id, last_inbound_at)
    select ${workspaceId}, contact_id, ${account.id}, andante_now() - age * interval '1 day' from recipients where n % 20 = 1
    on conflict do nothing`.execute(db);
  await sql`drop table recipients`.execute(db);
  await sql`vacuum analyze enrolments, messages, conversations`.execute(db);
  return sequenceId;
}

/** Building an index over rows that are there takes a fraction of writing it row by row. */
async function withoutIndexes(db: Db, write: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'messages'::regclass and not indisprimary`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db);
  await write();
  await sql`set maintenance_work_mem = '256MB'`.execute(db);
  for (const { definition } of rows) await sql.raw(definition).execute(db);
}
