'use client';
/** The draft as it is edited: saved by itself after a short rest, one save at a time, never over somebody else's. */
import { TRPCClientError } from '@trpc/client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import type { FlowProblem } from '#server/domain/chatbot/validate-flow.ts';
import { useApiClient } from '#app/_api/client.tsx';

const restMs = 700;

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';
export type FlowChange = Flow | ((flow: Flow) => Flow);

/** What somebody else saved meanwhile. */
interface NewerDraft {
  readonly draft: Flow;
  readonly draftRevision: number;
}

export function useDraft(initial: { id: string; draft: Flow; draftRevision: number; problems: readonly FlowProblem[] }) {
  const client = useApiClient();
  const [flow, setFlow] = useState(initial.draft);
  const [revision, setRevision] = useState(initial.draftRevision);
  const [problems, setProblems] = useState(initial.problems);
  const [state, setState] = useState<SaveState>('saved');
  const [newer, setNewer] = useState<NewerDraft | null>(null);
  const [error, setError] = useState<unknown>(null);
  // What the next save needs to know, whichever render it was planned in
  const now = useRef({ flow: initial.draft, revision: initial.draftRevision, busy: false, stopped: false, timer: 0 });

  const plan = () => {
    clearTimeout(now.current.timer);
    now.current.timer = window.setTimeout(() => void save(), restMs);
  };
  const save = async () => {
    const { current } = now;
    clearTimeout(current.timer);
    current.timer = 0;
    if (current.busy || current.stopped) return;
    current.busy = true;
    setState('saving');
    const sent = current.flow;
    try {
      const result = await client.chatbots.saveDraft.mutate({ id: initial.id, flow: sent, draftRevision: current.revision });
      current.revision = result.draftRevision;
      setRevision(result.draftRevision);
      setProblems(result.problems);
      setState(current.flow === sent ? 'saved' : 'unsaved');
      if (current.flow !== sent) plan();
    } catch (failure) {
      const theirs = newerDraftOf(failure);
      current.stopped = theirs !== null;
      setNewer(theirs);
      setError(failure);
      setState(theirs ? 'conflict' : 'failed');
    } finally {
      current.busy = false;
    }
  };
  const change = (next: FlowChange) => {
    const { current } = now;
    current.flow = typeof next === 'function' ? next(current.flow) : next;
    setFlow(current.flow);
    if (current.stopped) return;
    if (!current.busy) setState('unsaved');
    plan();
  };

  useEffect(() => {
    if (state === 'saved') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [state]);

  // Leaving the page within the product saves what is still waiting to be
  const leave = useEffectEvent(() => {
    if (now.current.timer !== 0) void save();
  });
  useEffect(() => () => leave(), []);

  const takeTheirs = () => {
    if (!newer) return;
    Object.assign(now.current, { flow: newer.draft, revision: newer.draftRevision, stopped: false });
    setFlow(newer.draft);
    setRevision(newer.draftRevision);
    setNewer(null);
    void save();
  };
  const keepMine = () => {
    if (!newer) return;
    Object.assign(now.current, { revision: newer.draftRevision, stopped: false });
    setNewer(null);
    void save();
  };
  /** After the revision went up elsewhere: by a new name. */
  const follow = (draftRevision: number) => {
    now.current.revision = draftRevision;
    setRevision(draftRevision);
  };
  return { flow, change, revision, follow, problems, state, error, takeTheirs, keepMine, retry: () => void save() };
}

function newerDraftOf(error: unknown): NewerDraft | null {
  if (!(error instanceof TRPCClientError)) return null;
  const domain = (error.data as { domain?: { code: string; details: Partial<NewerDraft> } | null } | undefined)?.domain;
  const { draft, draftRevision } = domain?.details ?? {};
  return domain?.code === 'conflict' && draft && draftRevision ? { draft, draftRevision } : null;
}
