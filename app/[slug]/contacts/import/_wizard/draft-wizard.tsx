'use client';
/** The steps of an import that was begun. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { ChooseFile } from './choose-file.tsx';
import { type Draft, type DraftToKeep, previewInput } from './choices.ts';
import { useFileProblemText } from './file-problem-text.ts';
import { FormatStep } from './format-step.tsx';
import { MapStep } from './map-step.tsx';
import { isInTheWay, mappingProblem } from './mapping-problem.ts';
import { MendedNote, useMended } from './mended-note.tsx';
import { ReviewStep } from './review-step.tsx';
import { SameFile } from './same-file.tsx';
import { SaveNote } from './save-note.tsx';
import { type WizardStep, wizardSteps } from './steps.tsx';
import { useDryRun } from './use-dry-run.ts';
import { useSavedChoices } from './use-saved-choices.ts';

interface DraftWizardProps {
  slug: string;
  draft: Draft;
  /** The import whose refused rows are to come, where the address says so; else the columns tell. */
  mends: string | null;
  step: WizardStep;
  onGo: (step: WizardStep) => void;
  /** Where the address led cannot be yet. */
  onGoInstead: (step: WizardStep) => void;
  /** Another file for this draft. */
  onUploaded: (uploadId: string, draft: DraftToKeep) => Promise<void>;
  onStarted: (started: Draft) => void;
  /** It was started by somebody else, or cleared. */
  onGone: () => void;
}

export function DraftWizard({ slug, draft, mends, step, onGo, onGoInstead, onUploaded, onStarted, onGone }: DraftWizardProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const errorText = useErrorText();
  const fileProblemText = useFileProblemText();
  const { choices, state, change, flush, settle } = useSavedChoices(draft);
  const [choosing, setChoosing] = useState(false);
  const { format, options } = choices;

  const input = previewInput(choices);
  const preview = useQuery(api.imports.preview.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 60_000 }));
  const source = mends ?? preview.data?.mends ?? null;
  const mended = useMended(source);
  const mapping = choices.mapping ?? preview.data?.mapping ?? [];
  const problem = preview.data ? mappingProblem(mapping, options.identity ?? 'either') : null;
  const isBlocked = step === 'review' && isInTheWay(problem);
  const isStale = preview.isPlaceholderData;
  const whole = useDryRun(draft.id, input, step === 'review' && !isBlocked && preview.data?.complete === false && !isStale);
  const start = useMutation(api.imports.start.mutationOptions());
  const run = async () => {
    try {
      if (!(await settle())) return;
      onStarted(await start.mutateAsync({ id: draft.id }));
    } catch (error) {
      toast.error(errorText(error));
    }
  };
  const otherFile = async (uploadId: string) => {
    await flush();
    await onUploaded(uploadId, { id: draft.id, options, mends: source });
  };
  const gone = useEffectEvent(onGone);
  useEffect(() => {
    if (state === 'gone') gone();
  }, [state]);
  const back = useEffectEvent(() => onGoInstead('map'));
  useEffect(() => {
    if (isBlocked) back();
  }, [isBlocked]);

  if (preview.isError) {
    return (
      <>
        {step === 'file' ? (
          <ChooseFile slug={slug} onUploaded={otherFile} />
        ) : (
          <>
            <ErrorState onRetry={() => void preview.refetch()}>{fileProblemText(preview.error) ?? errorText(preview.error)}</ErrorState>
            <Button className="mt-3" onClick={() => onGo('file')}>
              {t('choose.other')}
            </Button>
          </>
        )}
      </>
    );
  }
  if (!preview.data) return <TableSkeleton />;
  if (step === 'file') {
    const earlier = preview.data.importedBefore;
    return earlier.length > 0 && !choosing ? (
      <SameFile slug={slug} earlier={earlier} onGoOn={() => onGo('format')} onChooseOther={() => setChoosing(true)} />
    ) : (
      <ChooseFile slug={slug} onUploaded={otherFile} current={{ name: draft.fileName, onKeep: () => onGo('format') }} />
    );
  }
  const go = (by: 1 | -1) => onGo(wizardSteps[wizardSteps.indexOf(step) + by] ?? step);
  const { counts } = preview.data;
  const counted = whole?.status === 'done' ? whole.rows - whole.refuse - whole.skip : null;
  const importable = counted ?? counts.rows - counts.rejected - counts.skipped;
  return (
    <>
      <p className="-mt-4 mb-6 break-words text-muted">{draft.fileName}</p>
      {step !== 'review' && <MendedNote mended={mended} />}
      {step === 'format' && (
        <FormatStep preview={preview.data} format={format} onFormatChange={(next) => change({ format: next, mapping: null })} />
      )}
      {step === 'map' && <MapStep preview={preview.data} mapping={mapping} onChange={(next) => change({ mapping: next })} />}
      {step === 'review' && (
        <ReviewStep
          preview={preview.data}
          whole={whole}
          stale={isStale}
          options={options}
          mended={mended}
          onOptionsChange={(next) => change({ options: next })}
        />
      )}
      <div className="sticky bottom-14 z-20 mt-6 flex flex-wrap items-center justify-between gap-2 border-line border-t bg-paper py-3 md:bottom-0">
        {step === 'map' && problem && (
          <p role="alert" className="flex basis-full items-start gap-2 text-danger-text">
            <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            {t(`map.${problem}`)}
          </p>
        )}
        <Button onClick={() => go(-1)}>{t('steps.previous')}</Button>
        <SaveNote state={state} onRetry={() => void flush()} />
        {step === 'review' ? (
          <Button
            variant="primary"
            busy={start.isPending || start.isSuccess}
            disabled={isStale || importable === 0}
            onClick={() => void run()}
          >
            {preview.data.complete || counted !== null ? t('review.start', { count: importable }) : t('review.startPartial')}
          </Button>
        ) : (
          <Button variant="primary" disabled={step === 'map' ? isInTheWay(problem) : isStale} onClick={() => go(1)}>
            {t('steps.next')}
          </Button>
        )}
      </div>
    </>
  );
}
