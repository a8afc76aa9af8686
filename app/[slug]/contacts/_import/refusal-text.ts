/** Why a row is refused, in words, with its column and the beginning of its cell where it was one's. */
import type { useTranslations } from 'next-intl';
import type { RefusedCell } from '#server/domain/contact-csv/refused-cell.ts';

type Translate = ReturnType<typeof useTranslations<'imports'>>;

const kinds = ['choice', 'number', 'date', 'boolean'] as const;

export function reasonText(t: Translate, code: string): string {
  const key = `reasons.${code}` as 'reasons.other';
  return t(t.has(key) ? key : 'reasons.other');
}

export function refusalText(t: Translate, code: string, cell: RefusedCell | null): string {
  const reason = reasonText(t, code);
  if (cell === null) return reason;
  const column = columnName(t, cell);
  const kind = code === 'fieldInvalid' ? kinds.find((known) => known === cell.kind) : undefined;
  return kind ? t(`refusals.${kind}`, { column, value: cell.value }) : t('refusals.cell', { column, value: cell.value, reason });
}

/** Only column and cell, for a list of one reason: empty where it was no cell's fault. What is wrong with a value of a field is said too,
 *  as that is not the same for all kinds. */
export function faultyCellText(t: Translate, code: string, cell: RefusedCell | null): string {
  if (cell === null || code === 'fieldInvalid') return cell === null ? '' : refusalText(t, code, cell);
  return t('refusals.value', { column: columnName(t, cell), value: cell.value });
}

function columnName(t: Translate, { name, index }: RefusedCell): string {
  return name ?? t('format.column', { number: index + 1 });
}
