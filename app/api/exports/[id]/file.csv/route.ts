/** A file that somebody asked for, in the reader's language. */
import { getTranslations } from 'next-intl/server';
import { sendExport } from '#server/api/export-file.ts';
import { type StepMetric, stepMetrics } from '#server/domain/results.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const t = await getTranslations('exports');
  const enrolments = await getTranslations('enrolments');
  const results = await getTranslations('results');
  const time = await getTranslations('time.simulation.types');
  const { id } = await params;
  return sendExport(request, id, {
    column: (column) => t(`columns.${column}`),
    code: (group, code) => {
      const key = `${group}.${code}` as 'status.active';
      return enrolments.has(key) ? enrolments(key) : code;
    },
    yes: t('yes'),
    no: t('no'),
    result: (column) => (isMetric(column) ? results(`metrics.${column}`) : t(`results.${column}`)),
    stepType: (type) => (time.has(type as 'message') ? time(type as 'message') : type),
    fileName: (kind) => t(`fileNames.${kind}`),
  });
}

function isMetric(column: string): column is StepMetric {
  return (stepMetrics as readonly string[]).includes(column);
}
