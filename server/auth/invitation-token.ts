/** Tokens of invitation links: the workspace's id and 256 random bits. Only their SHA-256 is stored. */
import { createHash, randomBytes } from 'node:crypto';

export function createInvitationToken(workspaceId: string): { token: string; tokenHash: Buffer } {
  const token = `${workspaceId.replaceAll('-', '')}${randomBytes(32).toString('hex')}`;
  return { token, tokenHash: hashToken(token) };
}

/** The workspace and the hash that a token claims; null when it has not the form of one. */
export function readInvitationToken(token: string): { workspaceId: string; tokenHash: Buffer } | null {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[0-9a-f]{64}$/.exec(token);
  return match ? { workspaceId: match.slice(1).join('-'), tokenHash: hashToken(token) } : null;
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
