import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockSequenceRow, updateDraft } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { DomainError } from '#server/platform/errors.ts';

export interface SaveDraftInput {
  readonly id: string;
  readonly definition: Definition;
  /** The revision that was edited; saving over a newer one is a conflict. Without it the draft is replaced as it is. */
  readonly draftRevision?: number | undefined;
}

/** Replaces the draft. Throws `conflict` with the draft that stands there and its revision, so that both can be shown;
 *  `conflict` too for an archived sequence. */
export async function saveDraft(db: Db, actor: Actor, input: SaveDraftInput): Promise<{ draftRevision: number }> {
  return db.transaction().execute(async (tx) => {
    const sequence = await lockSequenceRow(tx, actor.workspaceId, input.id);
    if (sequence.status === 'archived') {
      throw new DomainError('conflict', `The sequence "${sequence.name}" is archived. Duplicate it to change it.`, { status: 'archived' });
    }
    if (input.draftRevision !== undefined && input.draftRevision !== sequence.draftRevision) {
      throw new DomainError('conflict', 'The draft was changed meanwhile by someone else. Choose which one to keep.', {
        draftRevision: sequence.draftRevision,
        definition: sequence.draft,
      });
    }
    const draftRevision = await updateDraft(tx, actor.workspaceId, input.id, input.definition);
    await insertAuditEntry(tx, actor, 'sequence.draftSaved', { kind: 'sequence', id: input.id }, { draftRevision });
    return { draftRevision };
  });
}
