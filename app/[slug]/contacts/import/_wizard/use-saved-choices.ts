'use client';
/** What is chosen is held here at once and kept in the draft a moment later; before the page is left it is kept, or the browser asks. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApiClient } from '#app/_api/client.tsx';
import { errorCodeOf } from '#app/_api/error-text.ts';
import { type Choices, choicesOf, type Draft, draftInput } from './choices.ts';

/** `gone`: it is a draft no more, or nowhere. */
export type SaveState = 'saved' | 'saving' | 'failed' | 'gone';

const restMs = 300;

export function useSavedChoices(draft: Draft) {
  const client = useApiClient();
  const { id } = draft;
  const [choices, setChoices] = useState(() => choicesOf(draft));
  const [state, setState] = useState<SaveState>('saved');
  const latest = useRef(choices);
  const saved = useRef<Choices | null>(choices);
  const gone = useRef(false);
  const underWay = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    try {
      await client.imports.saveDraft.mutate({ id, ...draftInput(sent) });
      saved.current = sent;
      return true;
    } catch (error) {
      const code = errorCodeOf(error);
      gone.current = code === 'conflict' || code === 'notFound';
      setState(gone.current ? 'gone' : 'failed');
      return false;
    }
  }, [client, id]);

  /** Keeps what is not kept yet; false when that failed. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (latest.current !== saved.current) {
      if (gone.current) return false;
      underWay.current ??= send().finally(() => {
        underWay.current = null;
      });
      if (!(await underWay.current)) return false;
    }
    setState('saved');
    return true;
  }, [send]);

  /** The draft is what is shown here, also where somebody else has changed it meanwhile. */
  const settle = useCallback((): Promise<boolean> => {
    saved.current = null;
    return flush();
  }, [flush]);

  const change = useCallback(
    (part: Partial<Choices>) => {
      latest.current = { ...latest.current, ...part };
      setChoices(latest.current);
      setState('saving');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), restMs);
    },
    [flush],
  );

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (latest.current === saved.current || gone.current) return;
      void flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      void flush();
    };
  }, [flush]);

  return { choices, state, change, flush, settle };
}
