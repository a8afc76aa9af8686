/** Which version an enrolment goes on by, and in whose zone. */
import { sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** For locked rows whose message or bot is under way: only what comes after it changes. */
export async function setEnrolmentVersions(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  to: { readonly version: number; readonly planRevision: number },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update enrolments set version = ${to.version}, plan_revision = ${to.planRevision}, epoch = epoch + 1
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** For locked rows that are under way or stopped: what comes after goes by this zone, and by the rules of then. */
export async function setEnrolmentZones(
  tx: Tx,
  workspaceId: WorkspaceId,
  rows: readonly { readonly id: string; readonly timeZone: string; readonly timeZoneOrigin: ZoneOrigin; readonly planRevision: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update enrolments e set time_zone = x.time_zone, time_zone_origin = x.time_zone_origin, plan_revision = x.plan_revision, epoch = e.epoch + 1
    from ${rowSet('x', rows, {
      id: ['uuid', (row) => row.id],
      time_zone: ['text', (row) => row.timeZone],
      time_zone_origin: ['text', (row) => row.timeZoneOrigin],
      plan_revision: ['int4', (row) => row.planRevision],
    })}
    where e.workspace_id = ${workspaceId} and e.id = x.id`.execute(tx);
}
