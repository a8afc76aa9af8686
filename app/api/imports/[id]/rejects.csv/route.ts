/** The rejected rows of an import as a file, in the reader's language. */
import { getTranslations } from 'next-intl/server';
import { sendRejectedRows } from '#server/api/rejected-rows.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const t = await getTranslations('imports');
  const { id } = await params;
  return sendRejectedRows(request, id, {
    line: t('file.line'),
    reason: t('file.reason'),
    reasonOf: (code) => {
      const key = `reasons.${code}` as 'reasons.other';
      return t(t.has(key) ? key : 'reasons.other');
    },
  });
}
