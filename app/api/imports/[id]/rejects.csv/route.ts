/** The rejected rows of an import as a file, in the reader's language. */
import { getTranslations } from 'next-intl/server';
import { refusalText } from '#app/[slug]/contacts/_import/refusal-text.ts';
import { sendRejectedRows } from '#server/api/rejected-rows.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const t = await getTranslations('imports');
  const { id } = await params;
  return sendRejectedRows(request, id, {
    line: t('file.line'),
    reason: t('file.reason'),
    reasonOf({ reason, cell, isOptOutLost }) {
      const text = refusalText(t, reason, cell);
      return isOptOutLost ? t('refusals.optOutLost', { reason: text }) : text;
    },
    target: (target) => t(`map.targets.${target}`),
    fileName: (source) => t('file.name', { source }),
  });
}
