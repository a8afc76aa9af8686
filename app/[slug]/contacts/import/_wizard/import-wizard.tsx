'use client';
/** Leads from a file to an import that runs. What was detected can be overridden at every step; nothing is written before the end. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { ChooseFile } from './choose-file.tsx';
import { FormatStep } from './format-step.tsx';
import { MapStep } from './map-step.tsx';
import { isInTheWay, isUnreadable, mappingProblem } from './mapping-problem.ts';
import { ReviewStep } from './review-step.tsx';
import { SameFile } from './same-file.tsx';
import { useDryRun } from './use-dry-run.ts';
import { Steps, type WizardStep, wizardSteps } from './steps.tsx';

export type PreviewInput = inferRouterInputs<AppRouter>['imports']['preview'];
export type Preview = inferRouterOutputs<AppRouter>['imports']['preview'];
export type FormatChoice = NonNullable<PreviewInput['format']>;
export type Mapping = Preview['mapping'];
export type OptionsChoice = NonNullable<PreviewInput['options']>;
/** How the import was done whose refused rows the file brings back. */
export type Mended = inferRouterOutputs<AppRouter>['imports']['suggestedOptions'];

export function ImportWizard({ slug, mends }: { slug: string; mends: string | null }) {
  const t = useTranslations('imports');
  const api = useApi();
  const router = useRouter();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [step, setStep] = useState<WizardStep>('file');
  const [uploadId, setUploadId] = useState<string | null>(null);
  const [format, setFormat] = useState<FormatChoice>({});
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [options, setOptions] = useState<OptionsChoice>({});
  const [mendsId, setMendsId] = useState(mends);
  const [earlier, setEarlier] = useState<Preview['importedBefore']>([]);

  const problemOf = (of: Mapping) => mappingProblem(of, options.identity ?? 'either');
  const input: PreviewInput = { uploadId: uploadId ?? '', format, options, ...(mapping && { mapping }) };
  const preview = useQuery(
    api.imports.preview.queryOptions(input, {
      enabled: uploadId !== null && !(mapping && isUnreadable(problemOf(mapping))),
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const mended = useQuery(api.imports.suggestedOptions.queryOptions({ id: mendsId ?? '' }, { enabled: mendsId !== null })).data ?? null;
  const whole = useDryRun(input, step === 'review' && preview.data?.complete === false && !preview.isPlaceholderData);
  const create = useMutation(api.imports.create.mutationOptions());
  const start = useMutation(api.imports.start.mutationOptions());
  const run = async () => {
    try {
      const id = whole.importId ?? (await create.mutateAsync(input)).id;
      await start.mutateAsync({ id });
      router.push(`/${slug}/contacts/imports/${id}`);
    } catch (error) {
      toast.error(errorText(error));
    }
  };
  const go = (by: 1 | -1) => setStep(wizardSteps[wizardSteps.indexOf(step) + by] ?? step);
  const uploaded = async (id: string) => {
    setUploadId(id);
    changeFormat({});
    const read = queries.fetchQuery(api.imports.preview.queryOptions({ uploadId: id, format: {}, options }));
    // A file that cannot be read says so in the next step.
    const { importedBefore = [], mends: found = null } = await read.catch(() => ({}) as Partial<Preview>);
    await beginAs(mends ?? found);
    setEarlier(importedBefore);
    if (importedBefore.length === 0) setStep('format');
  };
  /** Takes over how that import was done; nothing again of one that was taken over before. */
  const beginAs = async (importId: string | null) => {
    if (importId === (uploadId === null ? null : mendsId)) return;
    const before = importId && (await queries.fetchQuery(api.imports.suggestedOptions.queryOptions({ id: importId })).catch(() => null));
    setMendsId(before ? importId : null);
    setOptions(before ? before.options : {});
  };
  const changeFormat = (next: FormatChoice) => {
    setFormat(next);
    setMapping(null);
    setChosen(new Set());
  };

  const shownMapping = mapping ?? preview.data?.mapping ?? [];
  const problem = preview.data ? problemOf(shownMapping) : null;
  const importable = preview.data ? preview.data.counts.rows - preview.data.counts.rejected - preview.data.counts.skipped : 0;
  const counted = whole.dryRun?.status === 'done' ? whole.dryRun.rows - whole.dryRun.refuse - whole.dryRun.skip : null;
  return (
    <>
      <Steps current={step} />
      {mended && step !== 'review' && <p className="-mt-4 mb-6 max-w-2xl text-muted">{t('mended.note', { file: mended.fileName })}</p>}
      {step === 'file' && earlier.length > 0 ? (
        <SameFile slug={slug} earlier={earlier} onGoOn={() => setStep('format')} onChooseOther={() => setEarlier([])} />
      ) : step === 'file' ? (
        <ChooseFile slug={slug} onUploaded={uploaded} />
      ) : preview.isError ? (
        <>
          <ErrorState onRetry={() => void preview.refetch()}>{errorText(preview.error)}</ErrorState>
          <Button className="mt-3" onClick={() => setStep('file')}>
            {t('choose.other')}
          </Button>
        </>
      ) : !preview.data ? (
        <TableSkeleton />
      ) : (
        <>
          {step === 'format' && <FormatStep preview={preview.data} format={format} onFormatChange={changeFormat} />}
          {step === 'map' && (
            <MapStep
              preview={preview.data}
              mapping={shownMapping}
              chosen={chosen}
              onChange={(nextMapping, nextChosen) => {
                setMapping(nextMapping);
                setChosen(nextChosen);
              }}
            />
          )}
          {step === 'review' && (
            <ReviewStep
              preview={preview.data}
              whole={whole.dryRun}
              stale={preview.isPlaceholderData}
              options={options}
              mended={mended}
              onOptionsChange={setOptions}
            />
          )}
          <div className="sticky bottom-14 z-20 mt-6 flex flex-wrap justify-between gap-2 border-line border-t bg-paper py-3 md:bottom-0">
            {step === 'map' && problem && (
              <p role="alert" className="flex basis-full items-start gap-2 text-danger-text">
                <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
                {t(`map.${problem}`)}
              </p>
            )}
            <Button onClick={() => go(-1)}>{t('steps.previous')}</Button>
            {step === 'review' ? (
              <Button
                variant="primary"
                busy={create.isPending || start.isPending || start.isSuccess}
                disabled={preview.isPlaceholderData || (counted ?? importable) === 0}
                onClick={() => void run()}
              >
                {preview.data.complete || counted !== null ? t('review.start', { count: counted ?? importable }) : t('review.startPartial')}
              </Button>
            ) : (
              <Button variant="primary" disabled={step === 'map' ? isInTheWay(problem) : preview.isPlaceholderData} onClick={() => go(1)}>
                {t('steps.next')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
