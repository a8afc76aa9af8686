/** A million contacts as a grown workspace has them: names that many share, cities few people live in, tags, fields, owners,
 *  people in sequences, answers. Made in the database, the same every time but for the ids. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { insertSuppressions } from '#db/queries/suppressions.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { suppressible } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface ContactPopulation {
  readonly actor: Actor;
  readonly sequenceId: string;
  readonly ownerId: string;
  /** An import that made the older half, and changed one in 20,000 of it. */
  readonly importId: string;
}

const firstNames =
  'Ana,Bruno,Carla,Davi,Elisa,Felipe,Gabriela,Heitor,Isabel,João,Larissa,Miguel,Nina,Otávio,Paula,Rafael,Sônia,Tiago,Vera,Yara';
const lastNames = 'Almeida,Barbosa,Cardoso,Duarte,Esteves,Farias,Gonçalves,Lima,Moreira,Nunes,Prado,Queiroz,Ribeiro,Souza,Teixeira,Vieira';
const cities = 'São Paulo,Rio de Janeiro,Belo Horizonte,Recife,Salvador,Curitiba,Fortaleza,Manaus,Porto Alegre,Goiânia';

/** Of every contact n: `pick(list, n)` walks through the list at its own pace, so that no two facts go together. */
const pick = (list: string, n: string) => sql.raw(`(string_to_array('${list}', ','))[1 + (${n}) % ${list.split(',').length}]`);

export async function makeContactPopulation(db: Db, contacts: number): Promise<ContactPopulation> {
  const { id } = await db.insertInto('workspaces').values({ slug: 'bench', name: 'Bench' }).returning('id').executeTakeFirstOrThrow();
  const actor = systemActor(id);
  const ownerId = await makeOwner(db, id);
  await sql`insert into contact_fields (workspace_id, key, label, kind, options) values
    (${id}, 'city', 'Cidade', 'text', null), (${id}, 'points', 'Pontos', 'number', null), (${id}, 'birthday', 'Nascimento', 'date', null),
    (${id}, 'plan', 'Plano', 'choice', '["Ouro", "Prata", "Bronze"]')`.execute(db);
  for (let from = 1; from <= contacts; from += 100_000) {
    await sql`
      insert into contacts (workspace_id, name, phone, email, time_zone, time_zone_origin, owner_id, notes, fields)
      select ${id}, ${pick(firstNames, 'g * 7')} || ' ' || ${pick(lastNames, 'g / 3')} || ' ' || ${pick(lastNames, 'g / 50 + g * 3')},
        '+5511' || (900000000 + g), 'pessoa' || g || '@exemplo.com', 'America/Sao_Paulo', 'phone',
        case when g % 2000 = 0 then ${ownerId}::uuid end, case when g % 30 = 0 then 'Ligar à tarde, pedido ' || g end,
        jsonb_build_object('points', g % 10007, 'birthday', to_char(date '1950-01-01' + g % 20000, 'YYYY-MM-DD'),
          'plan', ${pick('Ouro,Prata,Prata,Bronze,Bronze,Bronze', 'g * 11')},
          'city', case when g % 5003 = 0 then 'Vila ' || g / 5003 else ${pick(cities, 'g / 7')} end)
      from generate_series(${from}::int, ${Math.min(contacts, from + 99_999)}::int) g`.execute(db);
  }
  await sql`insert into tags (workspace_id, name) values (${id}, 'cliente'), (${id}, 'feira'), (${id}, 'imprensa')`.execute(db);
  await sql`
    insert into contact_tags (workspace_id, contact_id, tag_id)
    select ${id}, c.id, t.id from (select id, row_number() over () as n from contacts where workspace_id = ${id}) c
    join tags t on t.workspace_id = ${id} and case t.name when 'cliente' then c.n % 4 = 0 when 'feira' then c.n % 400 = 0 else c.n % 90000 = 0 end
  `.execute(db);
  const sequenceId = await makeHistory(db, id);
  await makeRefusals(db, actor.workspaceId);
  const importId = await makeImport(db, id, contacts / 2);
  await sql`vacuum analyze contacts, contact_tags, tags, enrolments, conversations, messages, consents, opt_outs, suppressions,
    import_rows`.execute(db);
  return { actor, sequenceId, ownerId, importId };
}

async function makeImport(db: Db, workspaceId: string, rows: number): Promise<string> {
  const importId = crypto.randomUUID();
  await sql`
    insert into import_rows (workspace_id, import_id, line, outcome, contact_id)
    select ${workspaceId}, ${importId}, n, case when n % 20000 = 5 then 'updated' else 'created' end, c.id
    from (select id, row_number() over (order by id) as n from contacts where workspace_id = ${workspaceId} order by id limit ${rows}::int) c`.execute(
    db,
  );
  return importId;
}

async function makeOwner(db: Db, workspaceId: string): Promise<string> {
  const user = { email: 'bia@exemplo.com', name: 'Bia', passwordHash: '-' };
  const { id: userId } = await db.insertInto('users').values(user).returning('id').executeTakeFirstOrThrow();
  const { id } = await db.insertInto('members').values({ workspaceId, userId, role: 'editor' }).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** One in twenty is in a sequence, one in ten was written to this month, one in two hundred has answered. */
async function makeHistory(db: Db, id: string): Promise<string> {
  const account = await db
    .insertInto('channelAccounts')
    .values({ workspaceId: id, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const sequence = await db
    .insertInto('sequences')
    .values({ workspaceId: id, name: 'Bench', draft: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const numbered = sql`(select id, time_zone, row_number() over () as n from contacts where workspace_id = ${id}) c`;
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, anchor_at, time_zone, time_zone_origin)
    select ${id}, ${sequence.id}, c.id, 'csv', 1, andante_now(), c.time_zone, 'phone' from ${numbered} where c.n % 20 = 7`.execute(db);
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, created_at, accepted_at)
    select ${id}, 'out', 'member', c.id, ${account.id}, 'accepted', 'Oi', at, at
    from ${numbered} cross join lateral (select andante_now() - (c.n % 60) * interval '1 day' as at) t where c.n % 5 = 1`.execute(db);
  await sql`
    insert into conversations (workspace_id, contact_id, channel_account_id, last_inbound_at)
    select ${id}, c.id, ${account.id}, andante_now() - (c.n % 100) * interval '1 day' from ${numbered} where c.n % 200 = 3`.execute(db);
  return sequence.id;
}

/** One in three agreed to e-mail, one in 500 opted out of it, ten of everything, one in 500 is on the suppression list. */
export async function makeRefusals(db: Db, id: WorkspaceId): Promise<void> {
  const numbered = sql`(select id, phone, row_number() over () as n from contacts where workspace_id = ${id}) c`;
  await sql`
    insert into consents (workspace_id, contact_id, channel_kind, status, source, at)
    select ${id}, c.id, 'smtp', case when c.n % 3000 = 0 then 'withdrawn' else 'given' end, 'Ficha', andante_now()
    from ${numbered} where c.n % 3 = 0`.execute(db);
  await sql`
    insert into opt_outs (workspace_id, contact_id, channel_kind, source)
    select ${id}, c.id, case when c.n % 100000 = 0 then 'sandbox' else 'smtp' end, 'member' from ${numbered} where c.n % 500 = 0`.execute(
    db,
  );
  const { rows } = await sql<{ phone: string }>`select c.phone from ${numbered} where c.n % 500 = 7`.execute(db);
  const hashes = rows.map(({ phone }) => ({ kind: 'phone' as const, hash: addressHash(id, suppressible(phone)) }));
  await db.transaction().execute((tx) => insertSuppressions(tx, id, hashes, { reason: 'imported', by: { kind: 'system', id: null } }));
}
