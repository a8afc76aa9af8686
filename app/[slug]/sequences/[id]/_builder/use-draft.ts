'use client';
/** The draft as it is edited: kept here at once, saved a moment later, over the revision that was read. */
import { TRPCClientError } from '@trpc/client';
import { useCallback, useRef, useState } from 'react';
import { useApiClient } from '#app/_api/client.tsx';
import { type SaveResult, useAutosave } from '#app/_ui/use-autosave.ts';
import type { AppRouter } from '#server/api/root.ts';
import { type Definition, definitionSchema } from '#server/domain/definition/schema.ts';

export type SaveState = 'saved' | 'pending' | 'saving' | 'failed' | 'conflict';

/** What someone else saved meanwhile. */
export interface OtherDraft {
  readonly definition: Definition;
  readonly draftRevision: number;
}

const restMs = 700;

export function useDraft(sequence: { id: string; draft: Definition; draftRevision: number }) {
  const client = useApiClient();
  const { id } = sequence;
  const [definition, setDefinition] = useState(sequence.draft);
  const [state, setState] = useState<SaveState>('saved');
  const [draftRevision, setDraftRevision] = useState(sequence.draftRevision);
  const [other, setOther] = useState<OtherDraft | null>(null);
  const revision = useRef(sequence.draftRevision);

  const send = useCallback(
    async (sent: Definition): Promise<SaveResult> => {
      setState('saving');
      try {
        const answer = await client.sequences.saveDraft.mutate({ id, definition: sent, draftRevision: revision.current });
        revision.current = answer.draftRevision;
        setDraftRevision(answer.draftRevision);
        return 'saved';
      } catch (error) {
        const theirs = otherDraftIn(error);
        setOther(theirs);
        setState(theirs ? 'conflict' : 'failed');
        return theirs ? 'stopped' : 'failed';
      }
    },
    [client, id],
  );
  const onSaved = useCallback(() => setState('saved'), []);
  const { latest, change: keep, flush, resume, adopt: adoptSaved, isAtRest } = useAutosave(sequence.draft, restMs, { send, onSaved });

  const change = useCallback(
    (update: (before: Definition) => Definition) => {
      const next = update(latest.current);
      if (next === latest.current) return;
      setDefinition(next);
      if (keep(next)) setState('pending');
    },
    [latest, keep],
  );

  const keepMine = useCallback(() => {
    if (!other) return;
    revision.current = other.draftRevision;
    setOther(null);
    resume();
  }, [other, resume]);

  const takeOver = useCallback(
    (read: OtherDraft) => {
      revision.current = read.draftRevision;
      adoptSaved(read.definition);
      setDefinition(read.definition);
      setDraftRevision(read.draftRevision);
    },
    [adoptSaved],
  );

  const takeTheirs = useCallback(() => {
    if (!other) return;
    takeOver(other);
    setOther(null);
    setState('saved');
  }, [other, takeOver]);

  /** Takes over what was read later than it was edited here, where nothing waits to be saved. */
  const adopt = useCallback(
    (read: OtherDraft) => {
      if (read.draftRevision > revision.current && isAtRest()) takeOver(read);
    },
    [isAtRest, takeOver],
  );

  return { definition, state, draftRevision, other, change, flush, adopt, keepMine, takeTheirs };
}

function otherDraftIn(error: unknown): OtherDraft | null {
  if (!(error instanceof TRPCClientError)) return null;
  const domain = (error as TRPCClientError<AppRouter>).data?.domain;
  if (domain?.code !== 'conflict') return null;
  const definition = definitionSchema.safeParse(domain.details['definition']);
  const draftRevision = domain.details['draftRevision'];
  return definition.success && typeof draftRevision === 'number' ? { definition: definition.data, draftRevision } : null;
}
