/** Reads the environment once, and reports all mistakes together. Every variable is listed in docs/guides/configuration.md. */
import { z } from 'zod';

const flag = z
  .enum(['0', '1'])
  .optional()
  .transform((value) => value === '1');

const variables = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://'),
  ANDANTE_URL: z.url().optional(),
  ANDANTE_SECRET: z.string().min(32, 'must have at least 32 characters: run `openssl rand -base64 32`'),
  ANDANTE_PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  ANDANTE_HOST: z.string().default('127.0.0.1'),
  ANDANTE_DATA: z.string().default('.andante'),
  ANDANTE_CLOCK: z.enum(['real', 'test']).default('real'),
  ANDANTE_CLOCK_FORCE: flag,
  ANDANTE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ANDANTE_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters: run `openssl rand -base64 32`').optional(),
  ANDANTE_UPLOAD_MEGABYTES: z.coerce.number().int().min(1).max(10_000).default(200),
  ANDANTE_UPLOAD_RATIO: z.coerce.number().int().min(2).max(10_000).default(200),
  ANDANTE_IMPORT_ROW_CHARACTERS: z.coerce.number().int().min(1_000).max(10_000_000).default(1_000_000),
  ANDANTE_API_CALLS_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(6_000),
  ANDANTE_OWNER_EMAIL: z.email().optional(),
  ANDANTE_OWNER_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  ANDANTE_WORKSPACE: z.string().min(1).max(80).optional(),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
});

const envSchema = variables.superRefine((env, context) => {
  if (env.ANDANTE_CLOCK === 'test' && env.NODE_ENV === 'production' && !env.ANDANTE_CLOCK_FORCE) {
    context.addIssue({ code: 'custom', path: ['ANDANTE_CLOCK'], message: 'is refused in a production build unless ANDANTE_CLOCK_FORCE=1' });
  }
  if (Boolean(env.ANDANTE_OWNER_EMAIL) !== Boolean(env.ANDANTE_OWNER_PASSWORD)) {
    context.addIssue({ code: 'custom', path: ['ANDANTE_OWNER_EMAIL'], message: 'goes together with ANDANTE_OWNER_PASSWORD' });
  }
});

export type Env = z.infer<typeof envSchema> & { readonly ANDANTE_URL: string };
/** Every variable that is read anywhere. */
export const environmentVariables = Object.keys(variables.shape);

/** Parses `source`; an empty variable is one that is not set. Throws one error that names every variable that is wrong and says what it
 *  wants. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')));
  if (result.success) return { ...result.data, ANDANTE_URL: result.data.ANDANTE_URL ?? `http://localhost:${result.data.ANDANTE_PORT}` };
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `The environment has ${lines.length === 1 ? 'a mistake' : `${lines.length} mistakes`}:\n${lines.join('\n')}\nSee docs/guides/configuration.md.`,
  );
}

let parsed: Env | undefined;
/** This process's environment, parsed at the first call. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
