import type { Db } from '#db/client.ts';
import { getImport } from '#db/queries/imports.ts';
import { findSequence } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type ImportOptions, importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import { now } from '#server/platform/clock.ts';

export interface SuggestedOptions {
  /** Of the import that they come from. */
  readonly id: string;
  readonly fileName: string;
  readonly options: ImportOptions;
  /** What that import had and these have not: a sequence that does not run now, a start that is past. */
  readonly left: readonly ('sequence' | 'start')[];
}

/** How an import was done, as another one may begin with its refused rows, mended. Throws `notFound`. */
export async function suggestOptions(db: Db, actor: Actor, importId: string): Promise<SuggestedOptions> {
  const { id, fileName, ...found } = await getImport(db, actor.workspaceId, importId);
  const options = importOptionsSchema.parse(found.options);
  const { sequenceId, startAt } = options;
  const isClosed = sequenceId !== null && (await findSequence(db, actor.workspaceId, sequenceId))?.status !== 'running';
  const isPast = startAt !== null && new Date(startAt) <= (await now(db));
  return {
    id,
    fileName,
    options: { ...options, ...(isClosed && { sequenceId: null }), ...(isPast && { startAt: null }) },
    left: [...(isClosed ? (['sequence'] as const) : []), ...(isPast ? (['start'] as const) : [])],
  };
}
