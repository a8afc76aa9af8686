'use client';
/** What comes next in an enrolment that has not ended: the step, when, and why then. */
import { BeatItem } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { ReasonSentence } from '../sequences/_timing/reason-sentence.tsx';
import type { EnrolmentDetails } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';
import { useStepName } from './step-name.ts';

export function NextBeat({ enrolment }: { enrolment: EnrolmentDetails }) {
  const { t, word } = useEnrolmentWords();
  const stepName = useStepName(enrolment);
  const { status, waitingFor, dueAt, plannedAt, moveReasons, timeZone, holdReason, holidays } = enrolment;
  const step = stepName(enrolment.stepKey, enrolment.stepNumber);
  const isStopped = status === 'paused' || status === 'held';
  const isWaiting = waitingFor === 'due';
  const shownDue = isWaiting && !isStopped ? dueAt : null;
  return (
    <BeatItem
      last
      future
      tone={isStopped ? 'held' : isWaiting ? 'waiting' : 'accent'}
      time={shownDue && <DateTime at={shownDue} zone={timeZone} />}
    >
      <p className="font-medium">{t(isWaiting ? 'timeline.next' : 'timeline.now', { step })}</p>
      {shownDue && (
        <ReasonSentence from={plannedAt !== dueAt ? plannedAt : null} reasons={moveReasons} zone={timeZone} holidays={holidays} />
      )}
      {status === 'held' && holdReason && <p className="text-held text-xs">{t('timeline.held', { reason: word('hold', holdReason) })}</p>}
      {status === 'paused' && isWaiting && <p className="text-held text-xs">{t('timeline.stopped')}</p>}
      {!isStopped && enrolment.sequenceStatus === 'paused' && <p className="text-held text-xs">{t('timeline.sequencePaused')}</p>}
    </BeatItem>
  );
}
