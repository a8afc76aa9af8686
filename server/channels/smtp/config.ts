/** What an SMTP account is set up with. Private hosts are allowed: docs/decisions/0010. */
import { z } from 'zod';

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[a-zA-Z0-9.:_-]+$/, 'must be a host name or an address, without https:// or spaces');

const oneLine = z
  .string()
  .trim()
  .max(120)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');

export const smtpSecurities = ['starttls', 'tls', 'none'] as const;

export const smtpConfigSchema = z.strictObject({
  host,
  port: z.number().int().min(1).max(65_535).default(587),
  /** `tls`: encrypted from the start (465). `starttls`: encrypted before sign-in, or not at all. `none`: in the clear. */
  security: z.enum(smtpSecurities).default('starttls'),
  /** Null: no sign-in. */
  user: z.string().trim().min(1).max(320).nullable().default(null),
  fromName: oneLine.default(''),
  fromAddress: z.email().max(254),
  replyTo: z.email().max(254).nullable().default(null),
});
export type SmtpConfig = z.infer<typeof smtpConfigSchema>;

export const smtpSecretSchema = z.strictObject({ password: z.string().min(1).max(1_000) }).nullable();
export type SmtpSecret = z.infer<typeof smtpSecretSchema>;
