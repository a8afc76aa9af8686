/** Which contacts a plan can reach at all: whether any of its channel accounts has an address to use. */
import type { Db } from '#db/client.ts';
import { listSendingAccounts } from '#db/queries/sending-accounts.ts';
import type { AddressableContact } from '#server/channels/channel.ts';
import { adapterOf } from '#server/channels/registry.ts';
import type { CompiledDefinition } from '#server/domain/definition/compile.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { suppressible } from '#server/domain/suppression.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** The channel account that a step sends through, or null. */
export function accountOf(step: Step): string | null {
  if (step.type === 'message') return step.message.channelAccountId;
  return step.type === 'chatbot' ? step.chatbot.channelAccountId : null;
}

/** Every channel account that a version sends through. */
export function accountsOf(compiled: CompiledDefinition): string[] {
  const ids = [...compiled.steps.values()].flatMap(({ step }) => accountOf(step) ?? []);
  return [...new Set(ids)];
}

/** How a plan stands to a contact. A plan that sends nothing reaches everyone. */
export interface Reach {
  readonly isReachable: boolean;
  readonly isOptedOut: boolean;
  readonly isSuppressed: boolean;
}

interface ReachedContact extends AddressableContact {
  readonly optedOutOf: readonly string[];
  /** Which of the addresses must never be contacted. */
  readonly suppressed: readonly ('phone' | 'email')[];
}

/** A test of contacts for one version: whether any of its accounts has an address to use, whether the contact refused the
 *  channels of all that have, and whether those it did not refuse are on the suppression list. */
export async function reachOf(db: Db, workspaceId: WorkspaceId, compiled: CompiledDefinition): Promise<(contact: ReachedContact) => Reach> {
  const accounts = await listSendingAccounts(db, workspaceId, accountsOf(compiled));
  const adapters = [...new Set(accounts.map((account) => account.kind))].map(adapterOf);
  return (contact) => {
    const reaching = adapters.filter((adapter) => adapter.addressOf(contact) !== null);
    const willing = reaching.filter(({ kind }) => !contact.optedOutOf.includes(kind));
    return {
      isReachable: adapters.length === 0 || reaching.length > 0,
      isOptedOut: reaching.length > 0 && willing.length === 0,
      isSuppressed:
        willing.length > 0 && willing.every((adapter) => contact.suppressed.includes(suppressible(adapter.addressOf(contact) ?? '').kind)),
    };
  };
}
