/** Secrets at rest: AES-256-GCM under a key derived from ANDANTE_SECRET. A sealed secret opens only for the row it was
 *  sealed for: workspace and account are bound into it, so that a copied value is worth nothing elsewhere. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from './env.ts';
import { DomainError } from './errors.ts';

/** The row that a secret belongs to. */
export interface SecretOwner {
  readonly workspaceId: string;
  readonly channelAccountId: string;
}

export interface SecretBox {
  /** `value`: anything that is JSON. */
  seal(value: unknown, owner: SecretOwner): Buffer;
  /** Throws `unavailable` when the secret was sealed for another row, with another key, or was changed. */
  open(sealed: Buffer, owner: SecretOwner): unknown;
}

const formatVersion = 1;
const ivLength = 12;
const tagLength = 16;

/** Layout: version byte, 12 bytes of nonce, 16 bytes of tag, ciphertext. */
export function createSecretBox(masterSecret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', masterSecret, '', 'andante channel account secrets v1', 32));
  return {
    seal(value, owner) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
      cipher.setAAD(boundTo(owner));
      const ciphertext = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([formatVersion]), iv, cipher.getAuthTag(), ciphertext]);
    },
    open(sealed, owner) {
      try {
        if (sealed[0] !== formatVersion) throw new Error('Unknown format.');
        const textAt = 1 + ivLength + tagLength;
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + ivLength), { authTagLength: tagLength });
        decipher.setAAD(boundTo(owner));
        decipher.setAuthTag(sealed.subarray(1 + ivLength, textAt));
        return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString('utf8'));
      } catch {
        throw new DomainError(
          'unavailable',
          'The stored password of this channel account cannot be read: ANDANTE_SECRET is not the one it was stored with. Give the password again.',
          { channelAccountId: owner.channelAccountId },
        );
      }
    },
  };
}

function boundTo({ workspaceId, channelAccountId }: SecretOwner): Buffer {
  return Buffer.from(`channel-account\0${workspaceId}\0${channelAccountId}`, 'utf8');
}

let box: SecretBox | undefined;
/** This process's box, with the key of its environment. */
export function secretBox(): SecretBox {
  box ??= createSecretBox(env().ANDANTE_SECRET);
  return box;
}
