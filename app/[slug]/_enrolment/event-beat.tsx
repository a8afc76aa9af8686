'use client';
/** One entry of the why-ledger as a plain sentence. */
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DateTime } from '#app/_ui/date-time.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import { ReasonSentence } from '../sequences/_timing/reason-sentence.tsx';
import { reasonsText } from '../sequences/_timing/reason-text.ts';
import { exitTone } from './enrolment-status.tsx';
import type { EnrolmentDetails, EnrolmentEvent } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';
import { MessageNotes } from './message-notes.tsx';
import { useStepName } from './step-name.ts';

const tones: Partial<Record<EnrolmentEvent['kind'], Tone>> = {
  sent: 'sent',
  resolved: 'sent',
  failed: 'failed',
  unknown: 'failed',
  rescheduled: 'waiting',
  botStarted: 'replied',
  botEnded: 'replied',
  paused: 'held',
  held: 'held',
};

export function eventTone(event: EnrolmentEvent): Tone {
  return event.kind === 'exited' ? exitTone(event.reasons[0] ?? '') : (tones[event.kind] ?? 'neutral');
}

export function EventBeat({ event, enrolment }: { event: EnrolmentEvent; enrolment: EnrolmentDetails }) {
  const { t } = useEnrolmentWords();
  const title = useEventTitle(event, enrolment);
  const { actor } = event;
  return (
    <div className="flex flex-col gap-0.5">
      <p className="font-medium">
        {title}
        {actor?.name && (
          <span className="font-normal text-muted">
            {' '}
            {t(actor.kind === 'apiKey' ? 'timeline.byKey' : 'timeline.by', { name: actor.name })}
          </span>
        )}
      </p>
      <EventDetails event={event} enrolment={enrolment} />
    </div>
  );
}

function useEventTitle(event: EnrolmentEvent, enrolment: EnrolmentDetails): string {
  const { t, word } = useEnrolmentWords();
  const step = useStepName(enrolment)(event.stepKey, event.stepNumber);
  const reason = event.reasons[0] ?? '';
  switch (event.kind) {
    case 'enrolled':
      return t('timeline.enrolled', { source: word('source', event.source ?? '') });
    case 'sent':
    case 'skipped':
    case 'failed':
    case 'unknown':
    case 'resolved':
    case 'botStarted':
    case 'rescheduled':
      return t(`timeline.${event.kind}`, { step });
    case 'botEnded':
      return t('timeline.botEnded', { outcome: word('outcome', reason) });
    case 'paused':
    case 'resumed':
    case 'released':
      return t(`timeline.${event.kind}`);
    case 'held':
      return t('timeline.held', { reason: word('hold', reason) });
    case 'moved':
      return t('timeline.moved', { version: Number(event.details?.['toVersion'] ?? enrolment.version) });
    case 'stepChanged':
      return t('timeline.stepChanged', { step });
    case 'exited':
      return t('timeline.exited', { reason: word('exit', reason) });
  }
}

function EventDetails({ event, enrolment }: { event: EnrolmentEvent; enrolment: EnrolmentDetails }): ReactNode {
  const { t, word } = useEnrolmentWords();
  const time = useTranslations('time');
  const locale = useLocale();
  const { timeZone: zone } = enrolment;
  const reasons = reasonsText(event.reasons, { t: time, locale, holidays: event.holidays });
  switch (event.kind) {
    case 'sent':
      return (
        <>
          <ReasonSentence from={event.from} reasons={event.reasons} zone={zone} holidays={event.holidays} />
          <MessageNotes event={event} enrolment={enrolment} />
        </>
      );
    case 'botStarted':
      return <ReasonSentence from={event.from} reasons={event.reasons} zone={zone} holidays={event.holidays} />;
    case 'skipped':
      return (
        <>
          <p className="text-muted text-xs">{t('timeline.skippedWhy', { reason: word('skip', event.reasons[0] ?? '') })}</p>
          <MessageNotes event={event} enrolment={enrolment} />
        </>
      );
    case 'failed':
      return <MessageNotes event={event} enrolment={enrolment} />;
    case 'unknown':
      return (
        <>
          <p className="text-muted text-xs">{t('timeline.unknownWhy')}</p>
          <MessageNotes event={event} enrolment={enrolment} />
        </>
      );
    case 'rescheduled':
    case 'resumed':
    case 'released':
    case 'stepChanged':
    case 'moved': {
      const { from, to } = event;
      if (!from || !to || from === to) return null;
      const instants = { from: () => <DateTime at={from} zone={zone} />, to: () => <DateTime at={to} zone={zone} /> };
      return (
        <p className="text-waiting text-xs">
          {reasons === '' ? t.rich('timeline.rescheduledPlain', instants) : t.rich('timeline.rescheduledWhy', { ...instants, reasons })}
        </p>
      );
    }
    case 'paused': {
      const { to } = event;
      return to && <p className="text-held text-xs">{t.rich('timeline.pausedUntil', { to: () => <DateTime at={to} zone={zone} /> })}</p>;
    }
    default:
      return null;
  }
}
