/** A contact has answered: the sequences that talk in that conversation let go, as each of them says. */
import type { Tx } from '#db/client.ts';
import { outOfOfficeDays } from '#server/domain/auto-reply.ts';
import { type OpenEnrolment, repliedEnrolments } from '#server/domain/reply-scope.ts';
import { DAY_MS } from '#server/domain/time/offsets.ts';
import { now } from '#server/platform/clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { holdEnrolmentsIn } from '../enrolments/hold-enrolments-in.ts';
import { openPlansOf } from './open-plans.ts';

export interface Reply {
  readonly workspaceId: WorkspaceId;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly occurredAt: Date;
}

const bySystem = { kind: 'system', id: null } as const;

/** Ends them with `replied`. A reply that is older than an enrolment does not end it. Answers their ids. */
export async function exitOnReply(tx: Tx, reply: Reply): Promise<readonly string[]> {
  const { accepted } = await endEnrolmentsIn(tx, reply.workspaceId, await repliedIds(tx, reply), 'replied', bySystem);
  return accepted;
}

/** Nobody has answered but a machine, because the person is away: what a reply would end waits for some days. */
export async function holdOutOfOffice(tx: Tx, reply: Reply): Promise<readonly string[]> {
  const until = new Date((await now(tx)).getTime() + outOfOfficeDays * DAY_MS);
  return await holdEnrolmentsIn(tx, reply.workspaceId, await repliedIds(tx, reply), { reason: 'outOfOffice', until }, bySystem);
}

async function repliedIds(tx: Tx, { workspaceId, contactId, channelAccountId, occurredAt }: Reply): Promise<string[]> {
  const open = (await openPlansOf(tx, workspaceId, contactId)).map(({ id, startedAt, compiled, accountIds }): OpenEnrolment => {
    const { exitOnReply: scope, exclusivityGroup } = compiled.definition;
    return { id, startedAt, scope, group: exclusivityGroup, talksThere: accountIds.includes(channelAccountId) };
  });
  return repliedEnrolments(open, occurredAt);
}
