'use client';
/** What can be done to enrolments, one or many: says what was done, and what was not and why. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';
import type { EnrolmentControl, EnrolmentTarget } from '#server/domain/operation.ts';
import type { ControlAnswer } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';

export type Control = EnrolmentControl['control'];

export function useEnrolmentControls(onDone?: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { t, word } = useEnrolmentWords();
  const [busy, setBusy] = useState(false);
  const pause = useMutation(api.enrolments.pause.mutationOptions());
  const resume = useMutation(api.enrolments.resume.mutationOptions());
  const remove = useMutation(api.enrolments.remove.mutationOptions());
  const skipStep = useMutation(api.enrolments.skipStep.mutationOptions());
  const sendNow = useMutation(api.enrolments.sendNow.mutationOptions());
  const moveTo = useMutation(api.enrolments.moveTo.mutationOptions());
  const resolveUnknown = useMutation(api.enrolments.resolveUnknown.mutationOptions());
  const reschedule = useMutation(api.enrolments.reschedule.mutationOptions());
  const call = (target: EnrolmentTarget, control: EnrolmentControl): Promise<ControlAnswer> => {
    switch (control.control) {
      case 'pause':
        return pause.mutateAsync({ ...target, ...(control.until === undefined ? {} : { until: control.until }) });
      case 'resume':
        return resume.mutateAsync(target);
      case 'remove':
        return remove.mutateAsync(target);
      case 'skipStep':
        return skipStep.mutateAsync(target);
      case 'sendNow':
        return sendNow.mutateAsync({ ...target, force: control.force });
      case 'moveTo':
        return moveTo.mutateAsync({ ...target, stepKey: control.stepKey });
      case 'resolveUnknown':
        return resolveUnknown.mutateAsync({ ...target, as: control.as });
      case 'reschedule':
        return reschedule.mutateAsync({ ...target, at: control.at });
    }
  };
  const say = (control: Control, answer: ControlAnswer) => {
    if ('operationId' in answer) {
      toast.success(t('controls.queued'));
      return;
    }
    if (answer.accepted.length > 0) toast.success(t(`controls.done.${control}`, { count: answer.accepted.length }));
    const [first] = answer.refused;
    if (first) toast.warning(t('controls.refused', { count: answer.refused.length, reason: word('controls.refusal', first.reason) }));
  };
  const run = async (target: EnrolmentTarget, control: EnrolmentControl): Promise<void> => {
    setBusy(true);
    try {
      say(control.control, await call(target, control));
    } catch (error) {
      toast.error(errorText(error));
      throw error;
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: api.enrolments.pathKey() });
      await queries.invalidateQueries({ queryKey: api.sequences.people.pathKey() });
    }
    onDone?.();
  };
  return { run, busy };
}
