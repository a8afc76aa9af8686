/** Published versions, compiled once per process: they never change, so nothing here can be stale. */
import type { Db } from '#db/client.ts';
import { findVersionDefinition } from '#db/queries/sequence-plans.ts';
import { type CompiledDefinition, compileDefinition } from '#server/domain/definition/compile.ts';
import { definitionSchema } from '#server/domain/definition/schema.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

const keptVersions = 500;
const compiled = new Map<string, CompiledDefinition>();

/** The compiled version of a sequence. Throws `notFound` when there is none of that number. */
export async function compiledVersion(db: Db, workspaceId: WorkspaceId, sequenceId: string, version: number): Promise<CompiledDefinition> {
  const key = `${workspaceId}:${sequenceId}:${version}`;
  const known = compiled.get(key);
  if (known) return known;
  const definition = await findVersionDefinition(db, workspaceId, sequenceId, version);
  if (!definition) throw notFound('sequence version', `${sequenceId}/${version}`);
  const fresh = compileDefinition(definitionSchema.parse(definition));
  if (compiled.size >= keptVersions) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(key, fresh);
  return fresh;
}
