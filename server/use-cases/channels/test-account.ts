import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { findAccountToOpen, getChannelAccount, recordAccountTrouble } from '#db/queries/channel-accounts.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { ChannelProblem, SendResult } from '#server/channels/channel.ts';
import { notFound } from '#server/platform/errors.ts';
import { openAccount } from './sender-pool.ts';

export const testAccountSchema = z.strictObject({
  id: z.uuid(),
  /** With an address a test message goes there; without, only the connection is tried. */
  address: z.string().trim().min(3).max(320).optional(),
  /** The words of the test message, from the screen's language. */
  subject: z.string().trim().min(1).max(200).optional(),
  body: z.string().trim().min(1).max(2_000).optional(),
});
export type TestAccountInput = z.infer<typeof testAccountSchema>;

export interface AccountTest {
  readonly ok: boolean;
  readonly problem: ChannelProblem | null;
  /** What became of the test message; null when none was asked for, or the connection failed. */
  readonly sent: SendResult | null;
}

const patienceMs = 20_000;

/** Tries an account: the connection, and with an address a message that counts nowhere. Clears or notes the account's trouble. */
export async function testAccount(db: Db, actor: Actor, input: TestAccountInput): Promise<AccountTest> {
  const { workspaceId } = actor;
  const account = await getChannelAccount(db, workspaceId, input.id);
  const toOpen = await findAccountToOpen(db, workspaceId, input.id);
  if (!toOpen) throw notFound('channel account', input.id);
  const sender = openAccount(db, workspaceId, input.id, toOpen);
  try {
    const problem = await sender.check(AbortSignal.timeout(patienceMs));
    const sent = problem || !input.address ? null : await sender.send(testMessage(input, input.address), AbortSignal.timeout(patienceMs));
    await db.transaction().execute(async (tx) => {
      await recordAccountTrouble(tx, workspaceId, input.id, problem?.code ?? null);
      const outcome = problem?.code ?? sent?.kind ?? 'connected';
      await insertAuditEntry(tx, actor, 'channelAccount.tested', { kind: 'channelAccount', id: input.id }, { name: account.name, outcome });
    });
    return { ok: problem === null && (sent === null || sent.kind === 'accepted'), problem, sent };
  } finally {
    await sender.close();
  }
}

function testMessage(input: TestAccountInput, address: string) {
  return {
    id: crypto.randomUUID(),
    attempt: 1,
    contactId: null,
    address,
    subject: address.includes('@') ? (input.subject ?? 'Andante: test') : null,
    body: input.body ?? 'This account can send. This message counts in no result.',
    html: null,
    options: null,
  };
}
