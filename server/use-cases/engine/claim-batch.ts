/** One batch of a pass, in one transaction: claims what is due, decides each, writes what was decided. */
import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { claimDueEnrolments, type DueEnrolment, markUnderWay, type StepOfVersion } from '#db/queries/due-enrolments.ts';
import { listSendingAccounts, type SendingAccount } from '#db/queries/sending-accounts.ts';
import { listLatestContents, shareSequence } from '#db/queries/sequence-plans.ts';
import { insertClaimedMessages } from '#db/queries/step-messages.ts';
import { adapterOf } from '#server/channels/registry.ts';
import { advance, type Decision } from '#server/domain/advance.ts';
import { type CompiledDefinition, stepOf } from '#server/domain/definition/compile.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type IsSuppressed, nobodySuppressed, suppressedAmong } from '../suppressions/suppressed-among.ts';
import { applyDecisions } from './apply-decisions.ts';
import type { Engine } from './engine.ts';
import { leaseMs, type Outgoing } from './outgoing.ts';
import { accountOf } from './reach.ts';
import { renderSteps, type UndoneStep } from './render-steps.ts';
import { compiledVersions, walkContext } from './sequence-plan.ts';
import { withinFrequency } from './within-frequency.ts';
import { type RuledSequence, withRules } from './workspace-rules.ts';

export interface ClaimedBatch {
  readonly outgoing: readonly Outgoing[];
  /** The database's clock when the claim began. */
  readonly now: Date | null;
  /** How many rows the claim found. */
  readonly examined: number;
  /** Steps whose account must not send more now: the next batch of this pass leaves them out. */
  readonly waiting: readonly StepOfVersion[];
  /** Where caps hold some back: when the first of them has room again. */
  readonly roomAt: Date | null;
}

export interface DecidedEnrolment {
  readonly row: DueEnrolment;
  readonly compiled: CompiledDefinition;
  readonly decision: Decision;
}

/** Its step has a message already: held for a person to look at, and never sent twice. */
const doubledStep: Decision = { kind: 'hold', reason: 'messageExists' };
const nothing: ClaimedBatch = { outgoing: [], now: null, examined: 0, waiting: [], roomAt: null };

/** Claims at most `limit` enrolments of a running sequence. Nothing is claimed once a stop has committed: the sequence's row
 *  is shared and every enrolment's row is held to the end of `tx`. */
export async function claimBatch(
  tx: Tx,
  engine: Engine,
  workspaceId: WorkspaceId,
  of: { readonly sequenceId: string; readonly limit: number; readonly waiting: readonly StepOfVersion[] },
): Promise<ClaimedBatch> {
  const shared = await shareSequence(tx, workspaceId, of.sequenceId);
  if (shared?.status !== 'running') return nothing;
  const due = await claimDueEnrolments(tx, workspaceId, { ...of, now: shared.now });
  if (due.length === 0) return { ...nothing, now: shared.now };
  const state = await withRules(tx, workspaceId, shared);

  const compiled = await compiledVersions(
    tx,
    workspaceId,
    of.sequenceId,
    due.map((row) => row.version),
  );
  const accounts = await accountsOfDue(tx, workspaceId, due, compiled);
  const isSuppressed = state.hasSuppressions
    ? await suppressedAmong(
        tx,
        workspaceId,
        due.flatMap(({ phone, email }) => [phone, email]),
      )
    : nobodySuppressed;
  const decided = due.flatMap((row): DecidedEnrolment[] => {
    const plan = compiled.get(row.version);
    return plan ? [{ row, compiled: plan, decision: decide(row, plan, state, accounts, isSuppressed) }] : [];
  });
  const { granted, waiting, roomAt } = await withinTokens(engine, workspaceId, await withinFrequency(tx, workspaceId, state, decided));
  const contents = await listLatestContents(tx, workspaceId, of.sequenceId);
  const { ready, unready } = await renderSteps(engine, state, granted, contents, accounts);

  const token = randomUUID();
  const messages = ready.map(({ one, channelAccountId, address, text }) => ({
    ...one.row,
    ...text,
    enrolmentId: one.row.id,
    sequenceId: of.sequenceId,
    channelAccountId,
    address,
  }));
  const ids = await insertClaimedMessages(tx, workspaceId, { token, leaseMs }, messages);
  await markUnderWay(tx, workspaceId, [...ids.keys()]);
  const doubled = ready.filter(({ one }) => !ids.has(one.row.id)).map(({ one }): UndoneStep => ({ ...one, decision: doubledStep }));
  await applyDecisions(tx, workspaceId, state, [...unready, ...doubled, ...granted.filter(({ decision }) => decision.kind !== 'send')]);

  const outgoing = ready.flatMap(({ one, channelAccountId, address, text }): Outgoing[] => {
    const id = ids.get(one.row.id);
    if (!id) return [];
    const { row } = one;
    const step = { ...row, enrolmentId: row.id, sequenceId: of.sequenceId, compiled: one.compiled, rules: state.rules };
    const message = { id, attempt: 1, contactId: row.contactId, address, ...text, options: null };
    return [{ workspaceId, channelAccountId, token, contactId: row.contactId, message, step }];
  });
  return { outgoing, now: state.now, examined: due.length, waiting, roomAt };
}

async function accountsOfDue(
  tx: Tx,
  workspaceId: WorkspaceId,
  due: readonly DueEnrolment[],
  compiled: ReadonlyMap<number, CompiledDefinition>,
): Promise<ReadonlyMap<string, SendingAccount>> {
  const ids = new Set<string>();
  for (const { version, stepKey } of due) {
    const plan = compiled.get(version);
    const step = plan ? stepOf(plan, stepKey) : null;
    const id = step ? accountOf(step) : null;
    if (id) ids.add(id);
  }
  const accounts = await listSendingAccounts(tx, workspaceId, [...ids]);
  return new Map(accounts.map((account) => [account.id, account]));
}

function decide(
  row: DueEnrolment,
  compiled: CompiledDefinition,
  state: RuledSequence,
  accounts: ReadonlyMap<string, SendingAccount>,
  isSuppressed: IsSuppressed,
): Decision {
  const step = stepOf(compiled, row.stepKey);
  const account = accounts.get((step ? accountOf(step) : null) ?? '');
  const address = account ? adapterOf(account.kind).addressOf(row) : null;
  const facts = account
    ? {
        isDeleted: account.isDeleted,
        maySend: account.status !== 'paused',
        isOptedOut: row.optedOutOf.includes(account.kind),
        address,
        isSuppressed: address !== null && isSuppressed(address),
      }
    : null;
  return advance(row, facts, walkContext(state, compiled, row), row.planRevision !== state.planRevision, state.now);
}

/** Keeps, in due order, the messages that the accounts' tokens and what they have under way allow now. */
async function withinTokens(
  engine: Engine,
  workspaceId: WorkspaceId,
  decided: readonly DecidedEnrolment[],
): Promise<{ granted: DecidedEnrolment[]; waiting: StepOfVersion[]; roomAt: Date | null }> {
  const wanted = new Map<string, number>();
  for (const { decision } of decided) {
    if (decision.kind !== 'send') continue;
    const id = decision.step.message.channelAccountId;
    wanted.set(id, (wanted.get(id) ?? 0) + 1);
  }
  const left = new Map<string, number>();
  let roomAt: Date | null = null;
  for (const [id, count] of wanted) {
    const tokens = await engine.takeTokens(workspaceId, id, count);
    left.set(id, tokens.taken);
    if (tokens.roomAt && (!roomAt || tokens.roomAt < roomAt)) roomAt = tokens.roomAt;
  }
  const granted: DecidedEnrolment[] = [];
  const waiting = new Map<string, StepOfVersion>();
  for (const one of decided) {
    const { decision, row } = one;
    const id = decision.kind === 'send' ? decision.step.message.channelAccountId : null;
    const tokens = id === null ? 1 : (left.get(id) ?? 0);
    if (decision.kind === 'wait' || tokens < 1) {
      waiting.set(`${row.version}:${row.stepKey}`, { version: row.version, stepKey: row.stepKey });
      continue;
    }
    if (id !== null) left.set(id, tokens - 1);
    granted.push(one);
  }
  return { granted, waiting: [...waiting.values()], roomAt };
}
