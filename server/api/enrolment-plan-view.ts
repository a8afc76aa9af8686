/** The plan that an enrolment follows, as its timeline shows it. */
import type { MessageAttemptRow } from '#db/queries/message-attempts.ts';
import type { SequenceStructure } from '#db/queries/sequence-structures.ts';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { firstWords } from '#server/domain/definition/first-words.ts';

/** Steps of the version it is pinned to, then those of other versions that are not in it; positions count within a version. */
export function planView(structures: readonly SequenceStructure[], version: number) {
  const inOrder = [...structures].sort((a, b) => Number(b.version === version) - Number(a.version === version));
  const steps = new Map<string, { stepKey: string; type: string; title: string | null; position: number; isInVersion: boolean }>();
  for (const structure of inOrder) {
    for (const { step, position } of compileDefinition(structure.definition).steps.values()) {
      if (steps.has(step.key)) continue;
      steps.set(step.key, {
        stepKey: step.key,
        type: step.type,
        title: firstWords(step),
        position,
        isInVersion: structure.version === version,
      });
    }
  }
  return [...steps.values()];
}

export function attemptView(row: MessageAttemptRow) {
  return { ...row, at: row.at.toISOString() };
}
