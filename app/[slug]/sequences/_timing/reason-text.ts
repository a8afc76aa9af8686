/** Reason codes as one clause: "o horário permitido da sequência estava fechado e era feriado". */
import type { useTranslations } from 'next-intl';
import { type MoveReason, moveReasons } from '#server/domain/time/reasons.ts';

/** Codes that this version of the product does not know are left out. */
export function reasonsText(
  reasons: readonly string[],
  { t, locale }: { t: ReturnType<typeof useTranslations<'time'>>; locale: string },
): string {
  const known = reasons.filter((reason): reason is MoveReason => moveReasons.includes(reason as MoveReason));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(known.map((reason) => t(`reason.${reason}`)));
}
