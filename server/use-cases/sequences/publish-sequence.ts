import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertChangedContents, insertVersion, type StepContent } from '#db/queries/sequence-versions.ts';
import { lockSequenceRow, markPublished } from '#db/queries/sequences.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { type Definition, definitionSchema } from '#server/domain/definition/schema.ts';
import { DomainError } from '#server/platform/errors.ts';
import { moveInProgress } from '../engine/move-in-progress.ts';
import { checkDefinition } from './check-definition.ts';

export interface PublishInput {
  readonly id: string;
  /** `keep`: those in progress finish the version they entered. `move`: they go on in the new one. */
  readonly inFlight: 'keep' | 'move';
  /** The revision that was looked at; a newer draft is a conflict. */
  readonly draftRevision?: number | undefined;
}

/** Makes the draft the live version: its structure frozen under a new number, its texts as content revisions.
 *  Throws `notPublishable`, or `notYetSupported` where that is all that is wrong, with `problems`; `conflict` for an archived
 *  sequence or a draft that was changed meanwhile. */
export async function publishSequence(db: Db, actor: Actor, input: PublishInput): Promise<{ version: number }> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const sequence = await lockSequenceRow(tx, workspaceId, input.id);
    if (sequence.status === 'archived') {
      throw new DomainError('conflict', `The sequence "${sequence.name}" is archived. Duplicate it to publish it again.`, {
        status: 'archived',
      });
    }
    if (input.draftRevision !== undefined && input.draftRevision !== sequence.draftRevision) {
      throw new DomainError('conflict', 'The draft was changed since you looked at it. Look at it again, then publish.', {
        draftRevision: sequence.draftRevision,
      });
    }
    const definition = definitionSchema.parse(sequence.draft);
    await refuseProblems(tx, actor, definition);
    const publishedBy = actorId(actor);
    const version = await insertVersion(tx, workspaceId, { sequenceId: input.id, definition, publishedBy });
    await insertChangedContents(tx, workspaceId, { sequenceId: input.id, contents: contentsOf(definition), createdBy: publishedBy });
    await markPublished(tx, workspaceId, input.id, version);
    await insertAuditEntry(tx, actor, 'sequence.published', { kind: 'sequence', id: input.id }, { version, inFlight: input.inFlight });
    if (input.inFlight === 'move') await moveInProgress(tx, actor, input.id);
    return { version };
  });
}

async function refuseProblems(db: Db, actor: Actor, definition: Definition): Promise<void> {
  const problems = await checkDefinition(db, actor, definition);
  if (problems.length === 0) return;
  if (problems.every((problem) => problem.code === 'notYetSupported')) {
    throw new DomainError('notYetSupported', 'The sequence uses what this version cannot do yet. Take it out, then publish.', { problems });
  }
  throw new DomainError('notPublishable', 'The sequence has problems that must be solved before it can be published.', { problems });
}

/** The texts of all message steps, paths included: what is rendered at the claim, without where it goes. */
function contentsOf(definition: Definition): StepContent[] {
  return [...compileDefinition(definition).steps.values()].flatMap(({ step }) => {
    if (step.type !== 'message') return [];
    const { subject, body, html, fallback } = step.message;
    const content = { body, ...(subject && { subject }), ...(html && { html }), ...(fallback && { fallback }) };
    return [{ stepKey: step.key, content }];
  });
}
