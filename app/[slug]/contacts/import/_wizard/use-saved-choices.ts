'use client';
/** What is chosen is held here at once and kept in the draft a moment later. */
import { useCallback, useState } from 'react';
import { useApiClient } from '#app/_api/client.tsx';
import { errorCodeOf } from '#app/_api/error-text.ts';
import { type SaveResult, useAutosave } from '#app/_ui/use-autosave.ts';
import { type Choices, choicesOf, type Draft, draftInput } from './choices.ts';

/** `gone`: it is a draft no more, or nowhere. */
export type SaveState = 'saved' | 'saving' | 'failed' | 'gone';

const restMs = 300;

export function useSavedChoices(draft: Draft) {
  const client = useApiClient();
  const { id } = draft;
  const [choices, setChoices] = useState(() => choicesOf(draft));
  const [state, setState] = useState<SaveState>('saved');

  const send = useCallback(
    async (sent: Choices): Promise<SaveResult> => {
      try {
        await client.imports.saveDraft.mutate({ id, ...draftInput(sent) });
        return 'saved';
      } catch (error) {
        const code = errorCodeOf(error);
        const isGone = code === 'conflict' || code === 'notFound';
        setState(isGone ? 'gone' : 'failed');
        return isGone ? 'stopped' : 'failed';
      }
    },
    [client, id],
  );
  const onSaved = useCallback(() => setState('saved'), []);
  const { latest, change: keep, flush, settle } = useAutosave(choices, restMs, { send, onSaved });

  const change = useCallback(
    (part: Partial<Choices>) => {
      const next = { ...latest.current, ...part };
      setChoices(next);
      setState('saving');
      keep(next);
    },
    [latest, keep],
  );

  return { choices, state, change, flush, settle };
}
