/** What somebody who runs the installation should look at, from what was read of it. docs/guides/operating.md says what to do. */
import type { QueueDepth, QueueReport } from '#db/queries/queue-health.ts';
import type { WorkerRow } from '#db/queries/workers.ts';

export type SystemWarning =
  /** No worker was seen for half a minute. */
  | { readonly code: 'noWorker'; readonly params: Record<string, never> }
  /** The oldest due step of the workspace has waited for more than a minute. */
  | { readonly code: 'overdue'; readonly params: { readonly seconds: number } }
  /** A worker's clock is more than two seconds off the database's; positive seconds: ahead. */
  | { readonly code: 'workerClock'; readonly params: { readonly host: string; readonly seconds: number } }
  /** Jobs ran out of tries within the last hour. */
  | { readonly code: 'queueFailures'; readonly params: { readonly queue: string; readonly count: number } }
  /** The oldest job that could be fetched has waited for more than a minute. */
  | { readonly code: 'queueWaits'; readonly params: { readonly queue: string; readonly seconds: number } }
  /** A channel of the workspace fails. */
  | { readonly code: 'channelFailing'; readonly params: { readonly channel: string } }
  /** Messages of the workspace, of the last 24 hours, of which nobody knows whether they went out. */
  | { readonly code: 'unknownMessages'; readonly params: { readonly count: number } }
  /** pg-boss itself warned within the last hour; `type` as it names it. */
  | { readonly code: 'queueReport'; readonly params: { readonly type: string; readonly count: number } };

export interface SystemReadings {
  readonly workers: readonly WorkerRow[];
  readonly oldestOverdueSeconds: number;
  readonly queues: readonly QueueDepth[];
  readonly queueReports: readonly QueueReport[];
  readonly failingChannels: readonly { readonly name: string }[];
  readonly unknownMessages: number;
}

const mostWaitSeconds = 60;
const mostClockMs = 2_000;

/** The warnings that `readings` give reason for, the gravest first; none when all is well. */
export function systemWarnings(readings: SystemReadings): SystemWarning[] {
  const { workers, oldestOverdueSeconds, queues, queueReports, failingChannels, unknownMessages } = readings;
  const warnings: SystemWarning[] = [];
  if (workers.length === 0) warnings.push({ code: 'noWorker', params: {} });
  if (oldestOverdueSeconds > mostWaitSeconds) warnings.push({ code: 'overdue', params: { seconds: oldestOverdueSeconds } });
  for (const { name } of failingChannels) warnings.push({ code: 'channelFailing', params: { channel: name } });
  if (unknownMessages > 0) warnings.push({ code: 'unknownMessages', params: { count: unknownMessages } });
  for (const { host, clockAheadMs } of workers) {
    if (Math.abs(clockAheadMs) > mostClockMs)
      warnings.push({ code: 'workerClock', params: { host, seconds: Math.round(clockAheadMs / 1_000) } });
  }
  for (const { name, oldestReadySeconds, failedLastHour } of queues) {
    if (oldestReadySeconds > mostWaitSeconds) warnings.push({ code: 'queueWaits', params: { queue: name, seconds: oldestReadySeconds } });
    if (failedLastHour > 0) warnings.push({ code: 'queueFailures', params: { queue: name, count: failedLastHour } });
  }
  for (const { type, count } of queueReports) warnings.push({ code: 'queueReport', params: { type, count } });
  return warnings;
}
