/** Contacts and enrolments as a file tells them, page by page in the order of their ids. */
import { sql } from 'kysely';
import type { ExportedContact } from '#server/domain/contact-csv/export-columns.ts';
import type { EnrolmentTarget } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { listTargetIds } from './enrolment-lists.ts';

export interface ExportPage {
  readonly after: string | null;
  readonly limit: number;
}

export async function listExportedContacts(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ExportedContact[]> {
  const { rows } = await sql<ExportedContact>`
    select c.id, c.name, c.phone, c.email, c.external_id, case when c.time_zone_origin = 'set' then c.time_zone end as time_zone, c.locale, c.fields,
      c.created_at, c.notes,
      (select u.email from members m join users u on u.id = m.user_id where m.workspace_id = c.workspace_id and m.id = c.owner_id) as owner,
      array(
        select o.channel_kind from opt_outs o where o.workspace_id = c.workspace_id and o.contact_id = c.id order by o.channel_kind) as opt_outs,
      coalesce((
        select jsonb_agg(jsonb_build_object('channelKind', s.channel_kind, 'status', s.status, 'at', s.at, 'source', s.source) order by s.channel_kind)
        from consents s where s.workspace_id = c.workspace_id and s.contact_id = c.id), '[]') as consents, array(
        select t.name from contact_tags ct join tags t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
        where ct.workspace_id = c.workspace_id and ct.contact_id = c.id order by lower(t.name)) as tags
    from unnest(${[...ids]}::uuid[]) as x (id) join contacts c on c.workspace_id = ${workspaceId} and c.id = x.id
    order by c.id`.execute(db);
  return rows.map((row) => ({ ...row, consents: row.consents.map((consent) => ({ ...consent, at: new Date(consent.at) })) }));
}

export interface ExportedEnrolment {
  readonly id: string;
  readonly contactId: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly sequence: string;
  readonly key: string;
  readonly source: string;
  readonly status: string;
  readonly exitReason: string | null;
  readonly version: number;
  readonly stepKey: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
}

export function listEnrolmentIdsAfter(db: Db, workspaceId: WorkspaceId, target: EnrolmentTarget, page: ExportPage): Promise<string[]> {
  return listTargetIds(db, workspaceId, target, page);
}

export async function listExportedEnrolments(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ExportedEnrolment[]> {
  const { rows } = await sql<ExportedEnrolment>`
    select e.id, e.contact_id, c.name, c.phone, c.email, s.name as sequence, e.key, e.source, e.status, e.exit_reason, e.version, e.step_key,
      e.started_at, e.due_at, e.ended_at
    from unnest(${[...ids]}::uuid[]) as x (id)
    join enrolments e on e.workspace_id = ${workspaceId} and e.id = x.id
    join sequences s on s.workspace_id = e.workspace_id and s.id = e.sequence_id
    join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    order by e.id`.execute(db);
  return rows;
}
