/** Reason codes as one clause: "o horário permitido da sequência estava fechado e era feriado (Natal)". */
import type { useTranslations } from 'next-intl';
import type { NamedDate } from '#server/domain/calendar/holidays-between.ts';
import { type MoveReason, moveReasons } from '#server/domain/time/reasons.ts';

interface ReasonContext {
  readonly t: ReturnType<typeof useTranslations<'time'>>;
  readonly locale: string;
  /** The holidays that were passed over, to be named. */
  readonly holidays?: readonly NamedDate[] | undefined;
}

/** Codes that this version of the product does not know are left out. */
export function reasonsText(reasons: readonly string[], { t, locale, holidays = [] }: ReasonContext): string {
  const known = reasons.filter((reason): reason is MoveReason => moveReasons.includes(reason as MoveReason));
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const names = list.format(new Set(holidays.map((holiday) => holiday.name)));
  return list.format(known.map((reason) => (reason === 'holiday' && names !== '' ? t('holidayNamed', { names }) : t(`reason.${reason}`))));
}
