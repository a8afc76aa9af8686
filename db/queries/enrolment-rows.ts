/** Enrolling in sets: who may enter, and the rows of those who do. */
import { type RawBuilder, sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** Contacts of whom the same is true as far as entering a sequence goes. A thousand contacts are a handful of these. */
export interface EnrolmentCandidates {
  readonly contactIds: readonly string[];
  /** Distinguishes parallel runs of one contact. */
  readonly key: string;
  /** One phone and one e-mail of them, where they have any. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  /** Those that were asked for. */
  readonly fields: Record<string, unknown>;
  readonly isActive: boolean;
  readonly lastEndedAt: Date | null;
  /** The kinds of channels that they refused. */
  readonly optedOutOf: string[];
  readonly isInGroup: boolean;
}

export interface CandidatesAsked {
  readonly sequenceId: string;
  readonly contactIds: readonly string[];
  readonly keyOf: (contactId: string) => string;
  /** Keys of the custom fields that make a difference. */
  readonly fields: readonly string[];
  readonly inGroup: ReadonlySet<string>;
}

/** The contacts asked for, as far as the workspace has them, with what their earlier enrolments under the same key in this
 *  sequence say. They are held until the transaction ends: none can be deleted before it has its enrolment, which no foreign
 *  key would see.
 *  The sequence is compared as text, so that each look-up goes by its contact: while a sequence is being filled there are
 *  no statistics yet, and the index of the whole sequence would look as good. */
export async function listEnrolmentCandidates(tx: Tx, workspaceId: WorkspaceId, of: CandidatesAsked): Promise<EnrolmentCandidates[]> {
  return readCandidates(tx, workspaceId, of, sql`for key share of c`);
}

/** The same as they are at this moment, for those who only want to know. */
export async function peekEnrolmentCandidates(db: Db, workspaceId: WorkspaceId, of: CandidatesAsked): Promise<EnrolmentCandidates[]> {
  return readCandidates(db, workspaceId, of, sql``);
}

async function readCandidates(
  db: Db,
  workspaceId: WorkspaceId,
  of: CandidatesAsked,
  lock: RawBuilder<unknown>,
): Promise<EnrolmentCandidates[]> {
  if (of.contactIds.length === 0) return [];
  const fields =
    of.fields.length === 0
      ? sql`'{}'::jsonb`
      : sql`(select coalesce(jsonb_object_agg(k, c.fields -> k), '{}') from unnest(${[...of.fields]}::text[]) k where c.fields ? k)`;
  const { rows } = await sql<Omit<EnrolmentCandidates, 'contactIds'> & { contactIds: string }>`
    select array_agg(id)::text as contact_ids, key, min(phone) as phone, min(email) as email, time_zone, time_zone_origin, fields, is_active,
      last_ended_at, opted_out_of, is_in_group
    from (
      select c.id, x.key, c.phone, c.email, c.time_zone, c.time_zone_origin, ${fields} as fields, coalesce(h.is_active, false) as is_active,
        h.last_ended_at, x.is_in_group,
        array(select o.channel_kind from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = c.id order by 1) as opted_out_of
      from ${rowSet('x', of.contactIds, {
        id: ['uuid', (id) => id],
        key: ['text', (id) => of.keyOf(id)],
        is_in_group: ['bool', (id) => of.inGroup.has(id)],
      })}
      join contacts c on c.workspace_id = ${workspaceId} and c.id = x.id
      left join lateral (
        select bool_or(e.ended_at is null) as is_active, max(e.ended_at) as last_ended_at
        from enrolments e
        where e.workspace_id = ${workspaceId} and e.contact_id = x.id and e.sequence_id::text = ${of.sequenceId} and e.key = x.key
      ) h on true
      ${lock}
    ) candidate
    group by key, phone is null, email is null, time_zone, time_zone_origin, fields, is_active, last_ended_at, opted_out_of, is_in_group`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, contactIds: idsIn(row.contactIds) }));
}

/** The ids of a `uuid[]` that was asked for as text: a thousand times as quick as an array of the driver's. */
function idsIn(array: string): string[] {
  return array === '{}' ? [] : array.slice(1, -1).split(',');
}

/** Those of the contacts who are in another sequence of the group, by the version that each enrolment is in. The contacts are
 *  locked first, in the order of their ids, so that two sequences of a group cannot take in one contact at the same time. */
export async function listContactsInGroup(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly group: string; readonly sequenceId: string; readonly contactIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const ids = [...of.contactIds];
  await sql`select from contacts where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for no key update`.execute(
    tx,
  );
  return peekContactsInGroup(tx, workspaceId, of);
}

/** The same without a lock, as it is at this moment. */
export async function peekContactsInGroup(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly group: string; readonly sequenceId: string; readonly contactIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ contactId: string }>`
    select distinct e.contact_id
    from enrolments e
    join sequence_versions v on v.workspace_id = e.workspace_id and v.sequence_id = e.sequence_id and v.version = e.version
    where e.workspace_id = ${workspaceId} and e.contact_id = any(${of.contactIds as string[]}::uuid[]) and e.ended_at is null
      and e.sequence_id <> ${of.sequenceId} and v.definition ->> 'exclusivityGroup' = ${of.group}`.execute(db);
  return new Set(rows.map((row) => row.contactId));
}

/** Contacts who enter at the same place at the same time. */
export interface NewEnrolments {
  readonly contactIds: readonly string[];
  readonly key: string;
  readonly stepKey: string | null;
  readonly stepNumber: number;
  readonly dueAt: Date | null;
  readonly plannedAt: Date | null;
  readonly moveReasons: readonly string[];
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly holdReason: string | null;
  readonly exitReason: string | null;
}

export interface NewEnrolmentsOf {
  readonly sequenceId: string;
  readonly version: number;
  readonly planRevision: number;
  readonly source: string;
  readonly startedAt: Date;
  /** This transaction has made all of the contacts: none can be enrolled already, and it costs a tenth less not to look. */
  readonly ofMade: boolean;
}

/** Inserts them; a contact who has an active enrolment by now is left out. Answers the rows that came to be. */
export async function insertEnrolments(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: NewEnrolmentsOf,
  enrolments: readonly NewEnrolments[],
): Promise<{ id: string; contactId: string }[]> {
  if (enrolments.length === 0) return [];
  const started = of.startedAt.toISOString();
  const people = enrolments.flatMap(({ contactIds }, n) => contactIds.map((contactId) => ({ contactId, n })));
  const places = enrolments.map((place, n) => ({ ...place, n }));
  const { rows } = await sql<{ ids: string; contactIds: string }>`
    with born as (
      insert into enrolments (workspace_id, sequence_id, contact_id, key, source, version, plan_revision, started_at, anchor_at,
        step_key, step_number, due_at, planned_at, move_reasons, time_zone, time_zone_origin, held_at, hold_reason, ended_at, exit_reason)
      select ${workspaceId}::uuid, ${of.sequenceId}::uuid, p.contact_id, x.key, ${of.source}, ${of.version}::int, ${of.planRevision}::int,
        ${started}::timestamptz, ${started}::timestamptz, x.step_key, x.step_number, x.due_at, x.planned_at,
        string_to_array(x.move_reasons, ','), x.time_zone, x.time_zone_origin,
        case when x.hold_reason is not null then andante_now() end, x.hold_reason,
        case when x.exit_reason is not null then andante_now() end, x.exit_reason
      from ${rowSet('p', people, { contact_id: ['uuid', (row) => row.contactId], n: ['int4', (row) => row.n] })}
      join ${rowSet('x', places, {
        n: ['int4', (row) => row.n],
        key: ['text', (row) => row.key],
        step_key: ['text', (row) => row.stepKey],
        step_number: ['int4', (row) => row.stepNumber],
        due_at: ['timestamptz', (row) => row.dueAt],
        planned_at: ['timestamptz', (row) => row.plannedAt],
        move_reasons: ['text', (row) => row.moveReasons.join(',')],
        time_zone: ['text', (row) => row.timeZone],
        time_zone_origin: ['text', (row) => row.timeZoneOrigin],
        hold_reason: ['text', (row) => row.holdReason],
        exit_reason: ['text', (row) => row.exitReason],
      })} on x.n = p.n
      ${of.ofMade ? sql`` : sql`on conflict (workspace_id, sequence_id, contact_id, key) where ended_at is null do nothing`}
      returning id, contact_id
    )
    select coalesce(array_agg(id), '{}')::text as ids, coalesce(array_agg(contact_id), '{}')::text as contact_ids from born`.execute(tx);
  const [born] = rows;
  const contactIds = idsIn(born?.contactIds ?? '{}');
  return idsIn(born?.ids ?? '{}').map((id, index) => ({ id, contactId: contactIds[index] ?? '' }));
}
