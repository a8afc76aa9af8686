/** The form of an SMTP account: what it begins with, what it sends, and which field a refusal is about. */
import type { inferRouterInputs } from '@trpc/server';
import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#server/api/root.ts';
import type { Account } from './channel-list.tsx';

export interface AccountForm {
  name: string;
  provider: ProviderKey;
  host: string;
  port: string;
  security: 'starttls' | 'tls' | 'none';
  user: string;
  password: string;
  fromName: string;
  fromAddress: string;
  replyTo: string;
  ratePerSecond: string;
  capPerMinute: string;
  capPerHour: string;
  capPerDay: string;
}

export const capFields = ['capPerMinute', 'capPerHour', 'capPerDay'] as const;

/** Where the well-known services listen, from their own pages. `other`: as given by whoever runs the server. */
export const providers = {
  google: { host: 'smtp.gmail.com', port: '587', security: 'starttls' },
  microsoft: { host: 'smtp.office365.com', port: '587', security: 'starttls' },
  ses: { host: 'email-smtp.sa-east-1.amazonaws.com', port: '587', security: 'starttls' },
  other: { host: '', port: '587', security: 'starttls' },
} as const satisfies Record<string, Pick<AccountForm, 'host' | 'port' | 'security'>>;
export type ProviderKey = keyof typeof providers;

export function formOf(account: Account | null): AccountForm {
  const config = (account?.config ?? {}) as Partial<Record<string, string | number | null>>;
  const text = (key: string): string => String(config[key] ?? '');
  const host = text('host');
  const known = (Object.keys(providers) as ProviderKey[]).find((key) => providers[key].host === host && host !== '');
  return {
    name: account?.name ?? '',
    provider: known ?? 'other',
    host,
    port: text('port') || '587',
    security: (text('security') || 'starttls') as AccountForm['security'],
    user: text('user'),
    password: '',
    fromName: text('fromName'),
    fromAddress: text('fromAddress'),
    replyTo: text('replyTo'),
    ratePerSecond: String(account?.ratePerSecond ?? 10),
    capPerMinute: String(account?.capPerMinute ?? ''),
    capPerHour: String(account?.capPerHour ?? ''),
    capPerDay: String(account?.capPerDay ?? ''),
  };
}

/** What the API takes. Without a typed password the stored one stays. */
export function inputOf(form: AccountForm): Omit<inferRouterInputs<AppRouter>['channels']['create'], 'kind'> {
  const config = {
    host: form.host.trim(),
    port: Number(form.port),
    security: form.security,
    user: form.user.trim() || null,
    fromName: form.fromName.trim(),
    fromAddress: form.fromAddress.trim(),
    replyTo: form.replyTo.trim() || null,
  };
  const secret = form.user.trim() === '' ? { secret: null } : form.password === '' ? {} : { secret: { password: form.password } };
  const cap = (text: string): number | null => (text.trim() === '' ? null : Number(text));
  return {
    name: form.name.trim(),
    config,
    ...secret,
    ratePerSecond: Number(form.ratePerSecond.replace(',', '.')),
    capPerMinute: cap(form.capPerMinute),
    capPerHour: cap(form.capPerHour),
    capPerDay: cap(form.capPerDay),
  };
}

const emailLooksRight = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The fields that cannot be right, before anything is asked of the server. */
export function problemsOf(form: AccountForm): Set<keyof AccountForm> {
  const wrong = new Set<keyof AccountForm>();
  if (form.name.trim() === '') wrong.add('name');
  if (!/^[a-zA-Z0-9.:_-]+$/.test(form.host.trim())) wrong.add('host');
  if (!(Number.isInteger(Number(form.port)) && Number(form.port) >= 1 && Number(form.port) <= 65_535)) wrong.add('port');
  if (!emailLooksRight.test(form.fromAddress.trim())) wrong.add('fromAddress');
  if (form.replyTo.trim() !== '' && !emailLooksRight.test(form.replyTo.trim())) wrong.add('replyTo');
  const rate = Number(form.ratePerSecond.replace(',', '.'));
  if (!(rate >= 0.01 && rate <= 10_000)) wrong.add('ratePerSecond');
  for (const key of capFields) {
    const cap = Number(form[key]);
    if (form[key].trim() !== '' && !(Number.isInteger(cap) && cap >= 1 && cap <= 10_000_000)) wrong.add(key);
  }
  return wrong;
}

/** The fields that the server refused (`config.host`, `secret.password`). */
export function refusedFields(error: unknown): Set<keyof AccountForm> {
  if (!(error instanceof TRPCClientError)) return new Set();
  const details = (error as TRPCClientError<AppRouter>).data?.domain?.details;
  const problems = (details?.['problems'] as { path: string }[] | undefined) ?? [];
  return new Set(problems.map(({ path }) => path.split('.').at(-1) as keyof AccountForm));
}
