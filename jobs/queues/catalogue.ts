/** Every queue: its name, what a job carries (ids only), how often a job is tried again. A job is an alarm clock: it says
 *  "look there now". Lost, doubled or late, it makes nothing wrong, because the tables hold the truth. */
import type { QueueOptions, QueuePolicy } from 'pg-boss';
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';

interface QueueDefinition {
  readonly payload: z.ZodType;
  readonly policy: QueuePolicy;
  readonly options: QueueOptions;
}

const kept: QueueOptions = { retentionSeconds: 30 * 86_400, deleteAfterSeconds: 3_600 };
/** Passes are short and are armed again by the sweep. */
const pass: QueueOptions = { ...kept, expireInSeconds: 300, retryLimit: 2, retryDelay: 1, retryBackoff: true, retryDelayMax: 30 };
/** Long work with its own cursor, tried again until it goes on: the sweep sets no alarm beside one that waits for its next try. */
const long: QueueOptions = {
  ...kept,
  expireInSeconds: 6 * 3_600,
  heartbeatSeconds: 20,
  retryLimit: 50,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 10,
};

/** Long work says so often that its worker lives. After three beats that nobody heard, the sweep calls another one. */
export const beatSeconds = 2;
export const quietSeconds = 3 * beatSeconds;

export const queues = {
  'sequence.advance': { payload: z.object({ workspaceId: idSchema, sequenceId: idSchema }), policy: 'short', options: pass },
  'account.deliver': { payload: z.object({ workspaceId: idSchema, channelAccountId: idSchema }), policy: 'short', options: pass },
  'workspace.maintain': { payload: z.object({ workspaceId: idSchema }), policy: 'short', options: pass },
  'import.run': { payload: z.object({ workspaceId: idSchema, importId: idSchema }), policy: 'short', options: long },
  'trigger.run': { payload: z.object({ workspaceId: idSchema }), policy: 'short', options: long },
  'operation.run': { payload: z.object({ workspaceId: idSchema, operationId: idSchema }), policy: 'short', options: long },
} as const satisfies Record<string, QueueDefinition>;

/** Queues of which one worker does a job's work from its beginning to its end; with the others, a second one helps. */
export const workedAlone: readonly QueueName[] = ['import.run', 'operation.run'];

export type QueueName = keyof typeof queues;
export type Payload<Name extends QueueName> = z.infer<(typeof queues)[Name]['payload']>;
export const queueNames = Object.keys(queues) as QueueName[];
