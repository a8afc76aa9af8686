/** Turns what can go wrong on a machine into a sentence that says what to do. */

interface SystemError {
  readonly code?: string;
  readonly path?: string;
  readonly message?: string;
  readonly errors?: readonly SystemError[];
}

const sentences: Record<string, (error: SystemError) => string> = {
  ENOSPC: () => 'The disk is full. Free some space and start again; nothing is lost.',
  EDQUOT: () => 'Your disk quota is used up. Free some space and start again; nothing is lost.',
  EACCES: (error) => `No permission to use ${error.path ?? 'a file'}. Check who owns it, or start as the user who does.`,
  EPERM: (error) => `The system does not allow ${error.path ? `the use of ${error.path}` : 'this'}. Check who owns it.`,
  EROFS: (error) =>
    `${error.path ?? 'The folder'} is on a read-only disk. Move this folder, or set ANDANTE_DATA to a folder that can be written.`,
  ECONNREFUSED: () => 'Nothing answers at DATABASE_URL. Check its host and port, and that PostgreSQL is running.',
  ENOTFOUND: () => 'The host in DATABASE_URL is not known. Check its spelling.',
  '28P01': () => 'PostgreSQL refused the user or password in DATABASE_URL.',
  '28000': () => 'PostgreSQL refused the user in DATABASE_URL. Check its pg_hba.conf.',
  '3D000': () => 'The database named in DATABASE_URL does not exist. Create it first: createdb <name>.',
  '42501': () => 'The user in DATABASE_URL may not create tables and extensions. Make it the owner of its database.',
  '53100': () => 'The disk of the database is full. Free some space and start again; nothing is lost.',
};

/** One sentence for `error`; for what nobody foresaw, its own message. */
export function explainFailure(error: unknown): string {
  const known = error as SystemError;
  const code = known.code ?? known.errors?.[0]?.code;
  const sentence = code ? sentences[code] : undefined;
  if (sentence) return sentence(known);
  if (known.message?.includes('No space left on device')) return sentences['ENOSPC']?.(known) ?? known.message;
  return error instanceof Error ? error.message : String(error);
}

/** Runs a command's body; a failure becomes one sentence and exit code 1. */
export async function runCommand(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(`\n${explainFailure(error)}\n`);
    if (process.env['ANDANTE_LOG_LEVEL'] === 'debug') console.error(error);
    process.exitCode = 1;
  }
}
