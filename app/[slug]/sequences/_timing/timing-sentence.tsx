'use client';
/** A timing in words: "2 dias depois, às 09:30". */
import { useLocale, useTranslations } from 'next-intl';
import type { Timing } from '#server/domain/time/schema.ts';

type TimeWords = ReturnType<typeof useTranslations<'time'>>;

export interface SentenceContext {
  readonly t: TimeWords;
  readonly locale: string;
  /** The label of a contact field by its key; the key itself where it is not given. */
  readonly fieldLabel?: ((key: string) => string) | undefined;
}

export function timingSentence(timing: Timing, { t, locale, fieldLabel = (key) => key }: SentenceContext): string {
  switch (timing.kind) {
    case 'immediately':
      return t('sentence.immediately');
    case 'after': {
      const amount = t(`amount.${timing.unit}`, { count: timing.amount });
      const fromEnrolment = timing.from === 'enrolment';
      if (timing.at === undefined) return t(fromEnrolment ? 'sentence.afterEnrolment' : 'sentence.after', { amount });
      if (timing.amount === 0 && !fromEnrolment) return t('sentence.sameDayAt', { at: timing.at });
      return t(fromEnrolment ? 'sentence.afterEnrolmentAt' : 'sentence.afterAt', { amount, at: timing.at });
    }
    case 'onWeekday': {
      const days = timing.weekdays.map((weekday) => t(`weekday.${weekday}`));
      return t('sentence.onWeekday', { weekdays: new Intl.ListFormat(locale, { type: 'disjunction' }).format(days), at: timing.at });
    }
    case 'onDate':
      return t('sentence.onDate', { date: dateText(timing.date, locale), at: timing.at });
    case 'relativeToField': {
      const field = fieldLabel(timing.field);
      if (timing.amount === 0) return t('sentence.onField', { field, at: timing.at });
      const amount = t(`amount.${timing.unit}`, { count: Math.abs(timing.amount) });
      return t(timing.amount < 0 ? 'sentence.beforeField' : 'sentence.afterField', { amount, field, at: timing.at });
    }
  }
}

export function TimingSentence({ timing, fieldLabel }: { timing: Timing; fieldLabel?: (key: string) => string }) {
  const t = useTranslations('time');
  const locale = useLocale();
  return <span>{timingSentence(timing, { t, locale, fieldLabel })}</span>;
}

function dateText(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}
