'use client';
/** The draft as it is edited: kept here at once, saved a moment later, over the revision that was read. */
import { TRPCClientError } from '@trpc/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApiClient } from '#app/_api/client.tsx';
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
  const latest = useRef(sequence.draft);
  const saved = useRef(sequence.draft);
  const revision = useRef(sequence.draftRevision);
  const underWay = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const blocked = useRef(false);

  const send = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    setState('saving');
    try {
      const answer = await client.sequences.saveDraft.mutate({ id, definition: sent, draftRevision: revision.current });
      revision.current = answer.draftRevision;
      saved.current = sent;
      setDraftRevision(answer.draftRevision);
      return true;
    } catch (error) {
      const theirs = otherDraftIn(error);
      blocked.current = theirs !== null;
      setOther(theirs);
      setState(theirs ? 'conflict' : 'failed');
      return false;
    }
  }, [client, id]);

  /** Saves what is not saved yet; false when that failed. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (latest.current !== saved.current) {
      if (blocked.current) return false;
      underWay.current ??= send().finally(() => {
        underWay.current = null;
      });
      if (!(await underWay.current)) return false;
    }
    setState('saved');
    return true;
  }, [send]);

  const change = useCallback(
    (update: (before: Definition) => Definition) => {
      const next = update(latest.current);
      if (next === latest.current) return;
      latest.current = next;
      setDefinition(next);
      if (blocked.current) return;
      setState('pending');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), restMs);
    },
    [flush],
  );

  const keepMine = useCallback(() => {
    if (!other) return;
    revision.current = other.draftRevision;
    blocked.current = false;
    setOther(null);
    void flush();
  }, [other, flush]);

  const takeTheirs = useCallback(() => {
    if (!other) return;
    revision.current = other.draftRevision;
    latest.current = other.definition;
    saved.current = other.definition;
    blocked.current = false;
    setDefinition(other.definition);
    setDraftRevision(other.draftRevision);
    setOther(null);
    setState('saved');
  }, [other]);

  /** Takes over what was read later than it was edited here, where nothing waits to be saved. */
  const adopt = useCallback((read: OtherDraft) => {
    if (read.draftRevision <= revision.current || latest.current !== saved.current || underWay.current) return;
    revision.current = read.draftRevision;
    latest.current = read.definition;
    saved.current = read.definition;
    setDefinition(read.definition);
    setDraftRevision(read.draftRevision);
  }, []);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void flush();
    };
  }, [flush]);

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
