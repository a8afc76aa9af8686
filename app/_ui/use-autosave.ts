'use client';
/** Saves what is edited a moment after the last change, one save at a time, and before the page is left, or the browser asks. */
import { useCallback, useEffect, useRef } from 'react';

/** `stopped`: nothing more is sent until `resume`. */
export type SaveResult = 'saved' | 'failed' | 'stopped';

/** `send` and `onSaved` are to be stable. `onSaved`: all that was changed is saved. */
export function useAutosave<Value>(
  initial: Value,
  restMs: number,
  { send, onSaved }: { readonly send: (value: Value) => Promise<SaveResult>; readonly onSaved: () => void },
) {
  const latest = useRef(initial);
  const saved = useRef<Value | null>(initial);
  const stopped = useRef(false);
  const underWay = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    const result = await send(sent);
    if (result === 'saved') saved.current = sent;
    stopped.current = result === 'stopped';
    return result === 'saved';
  }, [send]);

  /** Saves what is not saved yet; false when that failed. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (latest.current !== saved.current) {
      if (stopped.current) return false;
      underWay.current ??= save().finally(() => {
        underWay.current = null;
      });
      if (!(await underWay.current)) return false;
    }
    onSaved();
    return true;
  }, [save, onSaved]);

  /** Answers whether it will be saved by itself. */
  const change = useCallback(
    (value: Value): boolean => {
      latest.current = value;
      if (stopped.current) return false;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), restMs);
      return true;
    },
    [flush, restMs],
  );

  /** Saves it once more, whatever was saved meanwhile by somebody else. */
  const settle = useCallback((): Promise<boolean> => {
    saved.current = null;
    return flush();
  }, [flush]);

  /** Goes on after a stop. */
  const resume = useCallback((): void => {
    stopped.current = false;
    void flush();
  }, [flush]);

  /** Takes over what is saved already. */
  const adopt = useCallback((value: Value): void => {
    latest.current = value;
    saved.current = value;
    stopped.current = false;
  }, []);

  const isAtRest = useCallback((): boolean => latest.current === saved.current && underWay.current === null, []);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (latest.current === saved.current) return;
      void flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      void flush();
    };
  }, [flush]);

  return { latest, change, flush, settle, resume, adopt, isAtRest };
}
