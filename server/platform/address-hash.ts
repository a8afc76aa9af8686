/** Keyed hashes of addresses: they can be compared, and neither be read nor be guessed without ANDANTE_SECRET.
 *  The workspace goes into the hash, so that two workspaces cannot be compared either. */
import { createHmac, hkdfSync } from 'node:crypto';
import { env } from './env.ts';

let key: Buffer | undefined;

/** `address`: as `server/domain/suppression.ts` writes it. */
export function addressHash(workspaceId: string, { kind, address }: { readonly kind: string; readonly address: string }): Buffer {
  return createHmac('sha256', hashKey())
    .update(`${scope(workspaceId, kind)}${address}`)
    .digest();
}

/** For hashing many addresses where they lie: the hash is `sha256(outer || sha256(inner || address))` (RFC 2104). Whoever has the parts
 *  can guess: they go into parameters of a statement, and are stored nowhere. */
export function addressHashParts(workspaceId: string, kind: string): { readonly inner: Buffer; readonly outer: Buffer } {
  const block = Buffer.concat([hashKey()], 64);
  const inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(scope(workspaceId, kind))]);
  return { inner, outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) };
}

function scope(workspaceId: string, kind: string): string {
  return `${workspaceId}\0${kind}\0`;
}

function hashKey(): Buffer {
  key ??= Buffer.from(hkdfSync('sha256', env().ANDANTE_SECRET, '', 'andante suppressed addresses v1', 32));
  return key;
}
