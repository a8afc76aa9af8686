/** What contacts got lately over all sequences, and who else wants to write to them now. */
import { sql } from 'kysely';
import type { ContactUsage, FrequencyCap } from '#server/domain/frequency-cap.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

/** A retry may go out so many days after its message was born. */
const longestRetryDays = 3;

/** Locks the contacts, in the order of their ids: claims that ask for the same contact come one after the other, and the later
 *  one sees what the earlier has sent. */
export async function contactUsage(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: {
    readonly cap: FrequencyCap;
    readonly sequenceId: string;
    readonly priority: number;
    readonly now: Date;
    readonly contactIds: readonly string[];
  },
): Promise<ReadonlyMap<string, ContactUsage>> {
  const ids = [...of.contactIds];
  await sql`select from contacts where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for no key update`.execute(
    tx,
  );
  const { rows } = await sql<{ contactId: string; latest: Date[] | null; rivals: number }>`
    select x.id as contact_id,
      (select array_agg(got.at order by got.at desc) from (
        select coalesce(m.accepted_at, m.claimed_at, m.created_at) as at from messages m
        where m.workspace_id = ${workspaceId} and m.contact_id = x.id
          and m.created_at > ${of.now}::timestamptz - (${of.cap.days}::int + ${longestRetryDays}::int) * interval '1 day'
          and (m.origin = 'step' or (m.origin = 'bot' and m.bot_turn = 1 and m.bot_n = 1))
          and m.state not in ('skipped', 'canceled', 'failed')
        order by at desc limit ${of.cap.messages}) got) as latest,
      (select count(*)::int from enrolments e join sequences s on s.workspace_id = e.workspace_id and s.id = e.sequence_id
        where e.workspace_id = ${workspaceId} and e.contact_id = x.id and e.ended_at is null and e.paused_at is null and e.held_at is null
          and e.waiting_for = 'due' and e.due_at <= ${of.now} and s.status = 'running' and s.priority > ${of.priority}
          and s.id <> ${of.sequenceId}) as rivals
    from unnest(${ids}::uuid[]) as x(id)`.execute(tx);
  return new Map(rows.map(({ contactId, latest, rivals }) => [contactId, { latest: latest ?? [], rivals }]));
}
