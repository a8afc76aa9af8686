import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import {
  type ChannelAccountRow,
  findSandboxAccountId,
  getChannelAccount,
  insertChannelAccount,
  nextAccountId,
} from '#db/queries/channel-accounts.ts';
import type { Actor } from '#server/auth/actor.ts';
import { adapterOf } from '#server/channels/registry.ts';
import { DomainError } from '#server/platform/errors.ts';
import { secretBox } from '#server/platform/secrets.ts';
import { type CreateAccountInput, parseConfig, parseSecret } from './account-input.ts';

/** Makes an account, its secret sealed for it. Throws `invalid` with the fields that are wrong, `alreadyExists` for a second sandbox. */
export async function createAccount(db: Db, actor: Actor, input: CreateAccountInput): Promise<ChannelAccountRow> {
  const { workspaceId } = actor;
  const { kind, name } = input;
  const config = parseConfig(kind, input.config);
  const secret = parseSecret(kind, input.secret ?? null);
  return await db.transaction().execute(async (tx) => {
    if (kind === 'sandbox' && (await findSandboxAccountId(tx, workspaceId))) {
      throw new DomainError('alreadyExists', 'This workspace has its sandbox already.');
    }
    const id = await nextAccountId(tx);
    await insertChannelAccount(tx, workspaceId, {
      id,
      kind,
      name,
      config,
      secret: secret === null ? null : secretBox().seal(secret, { workspaceId, channelAccountId: id }),
      capPerMinute: input.capPerMinute ?? null,
      capPerHour: input.capPerHour ?? null,
      capPerDay: input.capPerDay ?? null,
      ratePerSecond: input.ratePerSecond ?? adapterOf(kind).defaultRatePerSecond,
    });
    await insertAuditEntry(tx, actor, 'channelAccount.created', { kind: 'channelAccount', id }, { name, kind });
    return await getChannelAccount(tx, workspaceId, id);
  });
}
