/** Keyed hashes of addresses: they can be compared, and neither be read nor be guessed without ANDANTE_SECRET.
 *  The workspace goes into the hash, so that two workspaces cannot be compared either. */
import { createHmac, hkdfSync } from 'node:crypto';
import { env } from './env.ts';

let key: Buffer | undefined;

/** `address`: as `server/domain/suppression.ts` writes it. */
export function addressHash(workspaceId: string, { kind, address }: { readonly kind: string; readonly address: string }): Buffer {
  key ??= Buffer.from(hkdfSync('sha256', env().ANDANTE_SECRET, '', 'andante suppressed addresses v1', 32));
  return createHmac('sha256', key).update(`${workspaceId}\0${kind}\0${address}`).digest();
}
