/** Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first choice). */
import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordSchema = z.string().min(10).max(200);

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let decoy: Promise<string> | undefined;

/** Whether `password` fits `passwordHash`. Null, where no account exists, takes as long and answers no. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const fits = await verify(passwordHash ?? (await decoy), password);
  return fits && passwordHash !== null;
}
