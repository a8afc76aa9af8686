/** How two hosts shared a burst, as the tables tell it, and whether every step was sent exactly once. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';

interface Share {
  readonly host: string;
  readonly claimed: number;
  readonly batches: number;
  readonly delivered: number;
}

interface Check {
  readonly missing: number;
  readonly twice: number;
  readonly elsewhere: number;
  readonly seconds: number;
}

/** One line a host, and what is wanted of all of them together. */
export async function printSharing(db: Db, people: number): Promise<void> {
  for (const { host, claimed, batches, delivered } of await sharesOf(db)) {
    console.log(`${host}: ${claimed} steps claimed in ${batches} batches, ${delivered} messages handed to the channel`);
  }
  const { missing, twice, elsewhere, seconds } = await check(db);
  console.log(`all: ${people} enrolments, the last accepted ${seconds.toFixed(1)} s after all were due`);
  console.log(`sent twice: ${twice} · missing: ${missing} · claimed by one host and sent by another: ${elsewhere}`);
}

export async function isExactlyOnce(db: Db, people: number): Promise<boolean> {
  const { missing, twice } = await check(db);
  const delivered = (await sharesOf(db)).reduce((sum, share) => sum + share.delivered, 0);
  return missing === 0 && twice === 0 && delivered === people;
}

async function sharesOf(db: Db): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select host(c.written_from) as host, c.claimed, c.batches, coalesce(d.delivered, 0) as delivered
    from (select written_from, count(*) as claimed, count(distinct claim_token) as batches from messages group by 1) c
    left join (select written_from, count(*) as delivered from sandbox_deliveries group by 1) d using (written_from)
    order by c.written_from`.execute(db);
  return rows;
}

/** `twice`: enrolments and steps of which the channel took more than one message, however that came about. */
async function check(db: Db): Promise<Check> {
  const { rows } = await sql<Check>`
    with taken as (
      select m.enrolment_id, m.step_number, count(*) as times, bool_or(m.written_from is distinct from d.written_from) as is_elsewhere
      from sandbox_deliveries d join messages m on m.workspace_id = d.workspace_id and m.id = d.message_id
      group by 1, 2
    )
    select (select count(*) from enrolments e where not exists (select from taken t where t.enrolment_id = e.id)) as missing,
      count(*) filter (where times > 1) as twice, count(*) filter (where is_elsewhere) as elsewhere,
      (select extract(epoch from max(accepted_at) - max(due_at))::float8 from messages) as seconds
    from taken`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL did not answer.');
  return found;
}
