/** What a channel account is made from, checked against its adapter's own schemas. */
import { z } from 'zod';
import { channelKinds } from '#server/channels/channel.ts';
import { adapterOf } from '#server/channels/registry.ts';
import type { ChannelKind } from '#server/channels/channel.ts';
import { DomainError } from '#server/platform/errors.ts';

const name = z.string().trim().min(1).max(80);
const ratePerSecond = z.number().min(0.01).max(10_000);
const cap = z.number().int().min(1).max(10_000_000).nullable().optional();
/** The most messages that go in any minute, hour or day (any 24 hours). Null: no cap. */
const caps = { capPerMinute: cap, capPerHour: cap, capPerDay: cap };
/** Parsed again by the adapter of the kind: here only their size is held. */
const config = z.record(z.string().max(64), z.unknown());
const secret = z.record(z.string().max(64), z.string().max(4_000)).nullable();

export const createAccountSchema = z.strictObject({
  kind: z.enum(channelKinds),
  name,
  config,
  secret: secret.optional(),
  ratePerSecond: ratePerSecond.optional(),
  ...caps,
});
export type CreateAccountInput = z.infer<typeof createAccountSchema>;

export const updateAccountSchema = z.strictObject({
  id: z.uuid(),
  name: name.optional(),
  config: config.optional(),
  /** Absent: stays. Null: goes. */
  secret: secret.optional(),
  ratePerSecond: ratePerSecond.optional(),
  ...caps,
});
export type UpdateAccountInput = z.infer<typeof updateAccountSchema>;

/** Throws `invalid` with every field that is wrong and why. */
export function parseConfig(kind: ChannelKind, config: unknown): Record<string, unknown> {
  return parseWith(adapterOf(kind).configSchema, config, 'config') as Record<string, unknown>;
}

export function parseSecret(kind: ChannelKind, secret: unknown): unknown {
  return parseWith(adapterOf(kind).secretSchema, secret, 'secret');
}

function parseWith(schema: z.ZodType, value: unknown, field: 'config' | 'secret'): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => ({ path: [field, ...issue.path].join('.'), message: issue.message }));
  throw new DomainError('invalid', problems.map(({ path, message }) => `${path}: ${message}`).join('\n'), { problems });
}
