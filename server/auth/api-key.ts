/** API keys: `andante_<workspace>_<secret>`. The workspace's id stands in the key, so that one is looked up inside
 *  its own workspace only; of the secret nothing but its SHA-256 is stored (it is 256 random bits: no slow hash is needed). */
import { createHash, randomBytes } from 'node:crypto';

export interface NewApiKey {
  /** Shown once, stored nowhere. */
  readonly key: string;
  readonly keyHash: Buffer;
  /** What may be shown later, to tell keys apart. */
  readonly prefix: string;
}

export function createKey(workspaceId: string): NewApiKey {
  const secret = randomBytes(32).toString('hex');
  const key = `andante_${workspaceId.replaceAll('-', '')}_${secret}`;
  return { key, keyHash: hashKey(key), prefix: `…${secret.slice(0, 6)}` };
}

/** The workspace and the hash that a key claims; null when it has not the form of a key. */
export function readKey(key: string): { workspaceId: string; keyHash: Buffer } | null {
  const match = /^andante_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[0-9a-f]{64}$/.exec(key);
  return match ? { workspaceId: match.slice(1).join('-'), keyHash: hashKey(key) } : null;
}

function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
