'use client';
/** An enrolment told from its ledger: what was planned for when, what moved and why, every attempt, and what comes next. */
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import type { EnrolmentDetails } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';
import { EventBeat, eventTone } from './event-beat.tsx';
import { NextBeat } from './next-beat.tsx';

export function EnrolmentTimeline({ enrolment }: { enrolment: EnrolmentDetails }) {
  const { t } = useEnrolmentWords();
  const { events } = enrolment;
  return (
    <BeatLine label={t('timeline.label')}>
      {events.map((event, index) => (
        <BeatItem
          key={`${event.at} ${event.kind} ${event.stepNumber ?? ''}`}
          first={index === 0}
          last={enrolment.status === 'ended' && index === events.length - 1}
          tone={eventTone(event)}
          time={<DateTime at={event.at} zone={enrolment.timeZone} />}
        >
          <EventBeat event={event} enrolment={enrolment} />
        </BeatItem>
      ))}
      {enrolment.status !== 'ended' && <NextBeat enrolment={enrolment} />}
    </BeatLine>
  );
}
