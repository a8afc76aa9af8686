'use client';
/** Pause, resume and remove, for one enrolment or many: says what was done, and what was not and why. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';
import type { ControlAnswer } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';

export type Control = 'pause' | 'resume' | 'remove';

export function useEnrolmentControls(onDone?: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { t, word } = useEnrolmentWords();
  const mutations = {
    pause: useMutation(api.enrolments.pause.mutationOptions()),
    resume: useMutation(api.enrolments.resume.mutationOptions()),
    remove: useMutation(api.enrolments.remove.mutationOptions()),
  };
  const say = (control: Control, answer: ControlAnswer) => {
    if ('operationId' in answer) {
      toast.success(t('controls.queued'));
      return;
    }
    const done = ({ pause: 'paused', resume: 'resumed', remove: 'removed' } as const)[control];
    if (answer.accepted.length > 0) toast.success(t(`controls.${done}`, { count: answer.accepted.length }));
    const [first] = answer.refused;
    if (first) toast.warning(t('controls.refused', { count: answer.refused.length, reason: word('controls.refusal', first.reason) }));
  };
  const run = async (control: Control, ids: string[]): Promise<void> => {
    try {
      say(control, await mutations[control].mutateAsync({ ids }));
    } catch (error) {
      toast.error(errorText(error));
      throw error;
    } finally {
      await queries.invalidateQueries({ queryKey: api.enrolments.pathKey() });
      await queries.invalidateQueries({ queryKey: api.sequences.people.pathKey() });
    }
    onDone?.();
  };
  return { run, busy: mutations.pause.isPending || mutations.resume.isPending || mutations.remove.isPending };
}
