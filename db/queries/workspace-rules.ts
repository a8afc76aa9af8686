/** A workspace's own rules of time. */
import { sql } from 'kysely';
import type { ClosedDates, WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { FrequencyCap } from '#server/domain/frequency-cap.ts';
import type { Window } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface WorkspaceTime {
  readonly timeZone: string;
  readonly rules: WorkspaceRules;
  /** Another one after every change of the rules. */
  readonly rulesVersion: string;
}

/** The zone of the workspace, the hours in which nothing may be sent, and the dates that its calendars close.
 *  They are put together as `json`: as `jsonb` every date would be sorted anew, which with fifty calendars takes ten times as long. */
export async function getWorkspaceRules(db: Db, workspaceId: WorkspaceId): Promise<WorkspaceTime> {
  const { rows } = await sql<{
    timeZone: string;
    quietHours: Window | null;
    rulesVersion: string;
    calendars: Record<string, ClosedDates> | null;
  }>`
    select w.time_zone, w.quiet_hours, w.rules_version,
      (select json_object_agg(c.id, c.closed_dates) from holiday_calendars c where c.workspace_id = w.id) as calendars
    from workspaces w where w.id = ${workspaceId}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error(`no workspace ${workspaceId}`);
  return { timeZone: row.timeZone, rules: { quietHours: row.quietHours, calendars: row.calendars ?? {} }, rulesVersion: row.rulesVersion };
}

/** What is asked for anew after a lock was waited for. */
export interface RulesOfNow extends Omit<WorkspaceTime, 'rules'> {
  readonly frequencyCap: FrequencyCap | null;
  /** Whether any address must never be contacted. */
  readonly hasSuppressions: boolean;
  /** The database's instant of this very read. */
  readonly now: Date;
}

/** The mark of the rules as they are now, the zone, and what changes nothing that is planned: the frequency cap and whether there are
 *  suppressions. After taking a lock, ask anew: what the locking statement read beside the locked row may be older than the lock. */
export async function getRulesVersion(db: Db, workspaceId: WorkspaceId): Promise<RulesOfNow> {
  const row = await db
    .selectFrom('workspaces')
    .select(['timeZone', 'rulesVersion'])
    .select([sql<FrequencyCap | null>`frequency_cap`.as('frequencyCap'), sql<Date>`andante_now()`.as('now')])
    .select(sql<boolean>`exists (select from suppressions where workspace_id = ${workspaceId})`.as('hasSuppressions'))
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row;
}

/** Marks that the rules are others now; holds the workspace's row, so that changes of its rules come one after the other. */
export async function renewRulesVersion(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`update workspaces set rules_version = gen_random_uuid() where id = ${workspaceId}`.execute(tx);
}
