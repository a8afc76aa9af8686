import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { type ChannelAccountRow, getChannelAccount, lockChannelAccount, updateChannelAccount } from '#db/queries/channel-accounts.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';
import { secretBox } from '#server/platform/secrets.ts';
import { parseConfig, parseSecret, type UpdateAccountInput } from './account-input.ts';

/** Changes what is given. A stored password goes to no other server or user: whoever changes those gives it again. */
export async function updateAccount(db: Db, actor: Actor, input: UpdateAccountInput): Promise<ChannelAccountRow> {
  const { workspaceId } = actor;
  const { id, name, ratePerSecond, capPerMinute, capPerHour, capPerDay } = input;
  return await db.transaction().execute(async (tx) => {
    const account = await lockChannelAccount(tx, workspaceId, id);
    const config = input.config === undefined ? undefined : parseConfig(account.kind, input.config);
    if (config && input.secret === undefined && account.hasSecret && leadsElsewhere(account.config, config)) {
      throw new DomainError('invalid', 'Give the password again: it is not handed on to another server or user.', {
        problems: [{ path: 'secret.password', message: 'must be given again when host, port, encryption or user change' }],
      });
    }
    const secret = input.secret === undefined ? undefined : parseSecret(account.kind, input.secret);
    await updateChannelAccount(tx, workspaceId, id, {
      ...(name === undefined ? {} : { name }),
      ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
      ...(capPerMinute === undefined ? {} : { capPerMinute }),
      ...(capPerHour === undefined ? {} : { capPerHour }),
      ...(capPerDay === undefined ? {} : { capPerDay }),
      ...(config === undefined ? {} : { config }),
      ...(secret === undefined ? {} : { secret: secret === null ? null : secretBox().seal(secret, { workspaceId, channelAccountId: id }) }),
    });
    const changed = Object.keys(input).filter((key) => key !== 'id');
    await insertAuditEntry(tx, actor, 'channelAccount.updated', { kind: 'channelAccount', id }, { name: name ?? account.name, changed });
    return await getChannelAccount(tx, workspaceId, id);
  });
}

function leadsElsewhere(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  return ['host', 'port', 'security', 'user'].some((key) => before[key] !== after[key]);
}
