/** A contact has answered: the sequences that talk in that conversation let go, as each of them says. */
import type { Tx } from '#db/client.ts';
import { listOpenEnrolments } from '#db/queries/open-enrolments.ts';
import { systemActor } from '#server/auth/actor.ts';
import { type OpenEnrolment, repliedEnrolments } from '#server/domain/reply-scope.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { compiledVersion } from './compiled-version.ts';
import { accountsOf } from './reach.ts';

export interface Reply {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly occurredAt: Date;
}

/** Ends them with `replied` and answers their ids. A reply that is older than an enrolment does not end it. */
export async function exitOnReply(tx: Tx, reply: Reply): Promise<readonly string[]> {
  const { workspaceId } = systemActor(reply.workspaceId);
  const open: OpenEnrolment[] = [];
  for (const row of await listOpenEnrolments(tx, workspaceId, reply.contactId)) {
    const compiled = await compiledVersion(tx, workspaceId, row.sequenceId, row.version);
    const { exitOnReply: scope, exclusivityGroup } = compiled.definition;
    open.push({ ...row, scope, group: exclusivityGroup, talksThere: accountsOf(compiled).includes(reply.channelAccountId) });
  }
  const ids = repliedEnrolments(open, reply.occurredAt);
  if (ids.length === 0) return [];
  const { accepted } = await endEnrolmentsIn(tx, workspaceId, ids, 'replied', { kind: 'system', id: null });
  return accepted;
}
