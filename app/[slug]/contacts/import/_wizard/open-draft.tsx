'use client';
/** Opens the draft that the address names; one that was started leads to its page, and of one that is gone it is said so. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { errorCodeOf } from '#app/_api/error-text.ts';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { ChooseFile } from './choose-file.tsx';
import type { Draft, DraftToKeep } from './choices.ts';
import { DraftWizard } from './draft-wizard.tsx';
import type { WizardStep } from './steps.tsx';

interface OpenDraftProps {
  slug: string;
  importId: string;
  mends: string | null;
  step: WizardStep;
  onGo: (step: WizardStep) => void;
  onGoInstead: (step: WizardStep) => void;
  onUploaded: (uploadId: string, draft?: DraftToKeep) => Promise<void>;
}

export function OpenDraft({ slug, importId, mends, step, onGo, onGoInstead, onUploaded }: OpenDraftProps) {
  const t = useTranslations('imports.draft');
  const api = useApi();
  const router = useRouter();
  const found = useQuery(api.imports.get.queryOptions({ id: importId }, { refetchOnMount: 'always', staleTime: Infinity, retry: false }));
  const queries = useQueryClient();
  const startedHere = useRef(false);
  const runPage = `/${slug}/contacts/imports/${importId}`;
  const isStarted = found.isFetchedAfterMount && found.data !== undefined && found.data.status !== 'draft';
  useEffect(() => {
    if (!isStarted || startedHere.current) return;
    toast(t('started'), { id: importId });
    router.replace(runPage);
  }, [isStarted, importId, router, runPage, t]);
  const goToRun = (started: Draft) => {
    startedHere.current = true;
    queries.setQueryData(api.imports.get.queryKey({ id: importId }), started);
    router.replace(runPage);
  };

  const isGone = found.isError && (errorCodeOf(found.error) === 'notFound' || Boolean(found.error.data?.invalid));
  const backToFile = useEffectEvent(() => onGoInstead('file'));
  useEffect(() => {
    if (isGone) backToFile();
  }, [isGone]);

  if (found.isError) {
    if (!isGone) return <ErrorState onRetry={() => void found.refetch()} />;
    return (
      <>
        <p role="alert" className="mb-6 max-w-2xl rounded-md bg-sunken px-3 py-2">
          {t('gone')}
        </p>
        <ChooseFile slug={slug} onUploaded={onUploaded} />
      </>
    );
  }
  if (!found.isFetchedAfterMount || !found.data || isStarted) return <TableSkeleton />;
  return (
    <DraftWizard
      key={found.data.uploadId}
      slug={slug}
      draft={found.data}
      mends={mends}
      step={step}
      onGo={onGo}
      onGoInstead={onGoInstead}
      onUploaded={onUploaded}
      onStarted={goToRun}
      onGone={() => void found.refetch()}
    />
  );
}
