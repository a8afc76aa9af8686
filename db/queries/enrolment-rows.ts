/** Enrolling in sets: who may enter, and the rows of those who do. */
import { type RawBuilder, sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface EnrolmentCandidate {
  readonly contactId: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  readonly fields: Record<string, unknown>;
  readonly isActive: boolean;
  readonly lastEndedAt: Date | null;
  /** The kinds of channels that the contact refused. */
  readonly optedOutOf: string[];
}

export interface EnrolmentAsked {
  readonly contactId: string;
  /** Distinguishes parallel runs of one contact. */
  readonly key: string;
}

/** The contacts asked for, as far as the workspace has them, with what their earlier enrolments under the same key in this
 *  sequence say. They are held until the transaction ends: none can be deleted before it has its enrolment, which no foreign
 *  key would see.
 *  The sequence is compared as text, so that each look-up goes by its contact: while a sequence is being filled there are
 *  no statistics yet, and the index of the whole sequence would look as good. */
export async function listEnrolmentCandidates(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly sequenceId: string; readonly asked: readonly EnrolmentAsked[] },
): Promise<EnrolmentCandidate[]> {
  return readCandidates(tx, workspaceId, of, sql`for key share of c`);
}

/** The same as they are at this moment, for those who only want to know. */
export async function peekEnrolmentCandidates(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly sequenceId: string; readonly asked: readonly EnrolmentAsked[] },
): Promise<EnrolmentCandidate[]> {
  return readCandidates(db, workspaceId, of, sql``);
}

async function readCandidates(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly sequenceId: string; readonly asked: readonly EnrolmentAsked[] },
  lock: RawBuilder<unknown>,
): Promise<EnrolmentCandidate[]> {
  if (of.asked.length === 0) return [];
  const { rows } = await sql<EnrolmentCandidate>`
    select c.id as contact_id, c.phone, c.email, c.time_zone, c.time_zone_origin, c.fields,
           coalesce(h.is_active, false) as is_active, h.last_ended_at,
           array(select o.channel_kind from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = x.id) as opted_out_of
    from ${rowSet('x', of.asked, { id: ['uuid', (one) => one.contactId], key: ['text', (one) => one.key] })}
    join contacts c on c.workspace_id = ${workspaceId} and c.id = x.id
    left join lateral (
      select bool_or(e.ended_at is null) as is_active, max(e.ended_at) as last_ended_at
      from enrolments e
      where e.workspace_id = ${workspaceId} and e.contact_id = x.id and e.sequence_id::text = ${of.sequenceId} and e.key = x.key
    ) h on true
    ${lock}`.execute(db);
  return rows;
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

/** Where an enrolment begins. Many contacts share one: the same object, not only an equal one. */
export interface NewPlace {
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

export interface NewEnrolment extends EnrolmentAsked {
  readonly place: NewPlace;
}

export interface NewEnrolmentsOf {
  readonly sequenceId: string;
  readonly version: number;
  readonly planRevision: number;
  readonly source: string;
  readonly startedAt: Date;
}

/** Inserts them; a contact who has an active enrolment by now is left out. Answers the rows that came to be. */
export async function insertEnrolments(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: NewEnrolmentsOf,
  enrolments: readonly NewEnrolment[],
): Promise<{ id: string; contactId: string }[]> {
  if (enrolments.length === 0) return [];
  const started = of.startedAt.toISOString();
  const places = new Map<NewPlace, number>();
  for (const { place } of enrolments) if (!places.has(place)) places.set(place, places.size);
  const { rows } = await sql<{ id: string; contactId: string }>`
    insert into enrolments (workspace_id, sequence_id, contact_id, key, source, version, plan_revision, started_at, anchor_at,
      step_key, step_number, due_at, planned_at, move_reasons, time_zone, time_zone_origin, held_at, hold_reason, ended_at, exit_reason)
    select ${workspaceId}::uuid, ${of.sequenceId}::uuid, x.contact_id, x.key, ${of.source}, ${of.version}::int, ${of.planRevision}::int,
      ${started}::timestamptz, ${started}::timestamptz, p.step_key, p.step_number, p.due_at, p.planned_at,
      string_to_array(p.move_reasons, ','), p.time_zone, p.time_zone_origin,
      case when p.hold_reason is not null then andante_now() end, p.hold_reason,
      case when p.exit_reason is not null then andante_now() end, p.exit_reason
    from ${rowSet('x', enrolments, {
      contact_id: ['uuid', (row) => row.contactId],
      key: ['text', (row) => row.key],
      place: ['int4', (row) => places.get(row.place)],
    })}
    join ${rowSet('p', [...places], {
      place: ['int4', ([, n]) => n],
      step_key: ['text', ([place]) => place.stepKey],
      step_number: ['int4', ([place]) => place.stepNumber],
      due_at: ['timestamptz', ([place]) => place.dueAt],
      planned_at: ['timestamptz', ([place]) => place.plannedAt],
      move_reasons: ['text', ([place]) => place.moveReasons.join(',')],
      time_zone: ['text', ([place]) => place.timeZone],
      time_zone_origin: ['text', ([place]) => place.timeZoneOrigin],
      hold_reason: ['text', ([place]) => place.holdReason],
      exit_reason: ['text', ([place]) => place.exitReason],
    })} on p.place = x.place
    on conflict (workspace_id, sequence_id, contact_id, key) where ended_at is null do nothing
    returning id, contact_id`.execute(tx);
  return rows;
}
