/** Everything that happened with one contact, over all channels and sequences, newest first. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { type ContactImport, importsOfContact } from './contact-imports.ts';
import { type ContactMerge, mergesIntoContact } from './merge-history.ts';

export interface TimelineRow {
  readonly id: string;
  /** UTC, to the microsecond, as ISO text: it is also the cursor. */
  readonly at: string;
  readonly kind: 'message' | 'event' | 'created' | 'import' | 'merge';
  readonly sequence: { id: string; name: string } | null;
  readonly stepKey: string | null;
  readonly enrolmentId: string | null;
  /** From when to when it was moved, and by which rules. */
  readonly fromAt: string | null;
  readonly toAt: string | null;
  readonly reasons: string[];
  readonly message: {
    direction: 'out' | 'in';
    origin: string;
    state: string;
    reason: string | null;
    channel: { id: string; kind: string; name: string };
    address: string | null;
    subject: string | null;
    body: string;
    errorText: string | null;
  } | null;
  readonly event: { kind: string; actorKind: string; actorName: string | null; details: unknown } | null;
  /** What made the contact, where an import did; or an import that found it. */
  readonly import: ContactImport | null;
  readonly merge: ContactMerge | null;
}

/** Sorts rows of one instant, the same way in every branch and in the cursor. */
const messageKey = sql.raw(`('m:' || m.id) collate "C"`);
const eventKey = sql.raw(`('e:' || e.enrolment_id || ':' || lpad(e.id::text, 20, '0')) collate "C"`);
const enrolmentKey = sql.raw(`('n:' || n.id) collate "C"`);
const recordedKey = sql.raw(`('r:' || r.id) collate "C"`);
const contactKey = sql.raw(`('c:' || c.id) collate "C"`);
const utc = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

const importKey = sql.raw(`('i:' || i.id) collate "C"`);
const importJson = sql.raw(`jsonb_build_object('id', i.id, 'fileName', i.file_name, 'deed', i.deed, 'optOuts', i.opt_outs,
  'consents', i.consents, 'isUndone', i.is_undone)`);
const mergeKey = sql.raw(`('k:' || k.contact_id) collate "C"`);

/** A message of a step stands for its ledger row, whose moves it carries; other ledger rows stand for themselves; the
 *  start of an enrolment is told from the enrolment itself; what other systems recorded is a `recorded` event. An import stands where it
 *  began, or in the row that tells of the contact's beginning, when it made the contact. A merge stands where it was made.
 *  `before`: `at` and `id` of the last row already seen. */
export async function listContactTimeline(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
  page: { before: { at: string; id: string } | null; limit: number },
): Promise<TimelineRow[]> {
  const at = page.before?.at ?? '9999-01-01T00:00:00Z';
  const id = page.before?.id ?? '';
  const { rows } = await sql<TimelineRow>`
    with messages_of_contact as (
      select m.* from messages m
      where m.workspace_id = ${workspaceId} and m.contact_id = ${contactId}
        and m.created_at <= ${at}::timestamptz and (m.created_at, ${messageKey}) < (${at}::timestamptz, ${id})
      order by m.created_at desc, ${messageKey} desc limit ${page.limit}
    ), events_of_contact as (
      select e.*, en.sequence_id from enrolments en
      join enrolment_events e on e.workspace_id = en.workspace_id and e.enrolment_id = en.id
      where en.workspace_id = ${workspaceId} and en.contact_id = ${contactId} and e.message_id is null
        and (e.at, ${eventKey}) < (${at}::timestamptz, ${id})
      order by e.at desc, ${eventKey} desc limit ${page.limit}
    ), recorded_of_contact as (
      select r.* from contact_events r
      where r.workspace_id = ${workspaceId} and r.contact_id = ${contactId}
        and r.occurred_at <= ${at}::timestamptz and (r.occurred_at, ${recordedKey}) < (${at}::timestamptz, ${id})
      order by r.occurred_at desc, ${recordedKey} desc limit ${page.limit}
    ), imports_of_contact as (${importsOfContact(workspaceId, contactId)}
    ), origin as (
      select i.* from imports_of_contact i
      join contacts c on c.workspace_id = ${workspaceId} and c.id = ${contactId}
      where i.deed = 'made' and c.created_at between i.started_at and coalesce(i.finished_at, 'infinity')
      order by i.started_at limit 1
    )
    select * from (
      select ${messageKey} as id, ${utc('m.created_at')} as at, 'message' as kind,
        case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as sequence,
        m.step_key, m.enrolment_id, ${utc('e.from_at')} as from_at, ${utc('e.to_at')} as to_at,
        coalesce(e.reasons, '{}') as reasons,
        jsonb_build_object('direction', m.direction, 'origin', m.origin, 'state', m.state, 'reason', m.reason,
          'channel', jsonb_build_object('id', a.id, 'kind', a.kind, 'name', a.name), 'address', m.address,
          'subject', m.subject, 'body', left(m.body, 2000), 'errorText', m.error_text) as message,
        null::jsonb as event, null::jsonb as import, null::jsonb as merge
      from messages_of_contact m
      join channel_accounts a on a.workspace_id = m.workspace_id and a.id = m.channel_account_id
      left join sequences s on s.workspace_id = m.workspace_id and s.id = m.sequence_id
      left join lateral (
        select e.from_at, e.to_at, e.reasons from enrolment_events e
        where e.workspace_id = m.workspace_id and e.enrolment_id = m.enrolment_id and e.message_id = m.id
        order by e.id desc limit 1) e on true
      union all
      select ${eventKey}, ${utc('e.at')}, 'event',
        jsonb_build_object('id', s.id, 'name', s.name), e.step_key, e.enrolment_id, ${utc('e.from_at')}, ${utc('e.to_at')},
        e.reasons, null, jsonb_build_object('kind', e.kind, 'actorKind', e.actor_kind, 'actorName', coalesce(u.name, k.name), 'details', e.details), null, null
      from events_of_contact e
      join sequences s on s.workspace_id = e.workspace_id and s.id = e.sequence_id
      left join users u on e.actor_kind = 'user' and u.id = e.actor_id
      left join api_keys k on e.actor_kind = 'apiKey' and k.workspace_id = e.workspace_id and k.id = e.actor_id
      union all
      select ${enrolmentKey}, ${utc('n.started_at')}, 'event', jsonb_build_object('id', s.id, 'name', s.name), null, n.id, null, null, '{}', null,
        jsonb_build_object('kind', 'enrolled', 'actorKind', 'system', 'actorName', null, 'details', jsonb_build_object('source', n.source)), null, null
      from enrolments n join sequences s on s.workspace_id = n.workspace_id and s.id = n.sequence_id
      where n.workspace_id = ${workspaceId} and n.contact_id = ${contactId} and (n.started_at, ${enrolmentKey}) < (${at}::timestamptz, ${id})
      union all
      select ${recordedKey}, ${utc('r.occurred_at')}, 'event', null, null, null, null, null, '{}', null,
        jsonb_build_object('kind', 'recorded', 'actorKind', 'system', 'actorName', null,
          'details', jsonb_build_object('name', r.name, 'properties', r.properties)), null, null
      from recorded_of_contact r
      union all
      select ${contactKey}, ${utc('c.created_at')}, 'created', null, null, null, null, null, '{}', null, null,
        (select ${importJson} from origin i), null
      from contacts c where c.workspace_id = ${workspaceId} and c.id = ${contactId}
        and (c.created_at, ${contactKey}) < (${at}::timestamptz, ${id})
      union all
      select ${importKey}, ${utc('i.started_at')}, 'import', null, null, null, null, null, '{}', null, null, ${importJson}, null
      from imports_of_contact i
      where (i.started_at, ${importKey}) < (${at}::timestamptz, ${id}) and not exists (select from origin o where o.id = i.id)
      union all
      select ${mergeKey}, ${utc('k.at')}, 'merge', null, null, null, null, null, '{}', null, null, null, k.merge
      from (${mergesIntoContact(workspaceId, contactId)}) k
      where (k.at, ${mergeKey}) < (${at}::timestamptz, ${id})
    ) items order by at desc, id desc limit ${page.limit}`.execute(db);
  return rows;
}
