'use client';
/** An import as it goes: live while it runs, and its outcome after. Leaving the page stops nothing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { addressOfDraft } from '../../_import/address-of-draft.ts';
import { contactsOfImport } from '../../_import/contacts-of-import.ts';
import { KeptUntil } from '../../_import/kept-until.tsx';
import { ImportStatusBadge } from '../../_import/import-status-badge.tsx';
import { RowAccount } from '../../_import/row-account.tsx';
import { DownloadRows } from './download-rows.tsx';
import { Enrolled } from './enrolled.tsx';
import { OptOuts } from './opt-outs.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import { UndoOutcome } from './undo-outcome.tsx';

type Import = inferRouterOutputs<AppRouter>['imports']['get'];

interface ImportViewProps {
  slug: string;
  found: Import;
  mayEdit: boolean;
}

export function ImportView({ slug, found, mayEdit }: ImportViewProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [canceling, setCanceling] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const { data } = useQuery(
    api.imports.get.queryOptions(
      { id: found.id },
      { initialData: found, refetchInterval: ({ state }) => (goesOn(state.data) ? 1_000 : false) },
    ),
  );
  const settled = {
    onError: (error: unknown) => void toast.error(errorText(error)),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.imports.pathKey() }),
  };
  const cancel = useMutation(api.imports.cancel.mutationOptions(settled));
  const undo = useMutation(api.imports.undo.mutationOptions(settled));
  const confirmUndo = async () => {
    await undo.mutateAsync({ id: data.id });
    toast.success(t('run.undoStarted'));
  };
  const path = `/${slug}/contacts`;
  /** Not of an import that was undone: many of them are gone. */
  const contactsBy = (op: 'created' | 'updated' | 'enrolled') => (data.undo ? null : contactsOfImport(slug, data.id, op));
  const isUndone = data.undo !== null && data.undo.status !== 'failed';
  const under = data.status === 'queued' || data.status === 'running';
  const confirmCancel = async () => {
    await cancel.mutateAsync({ id: data.id });
    toast.success(t('run.canceled'));
  };
  return (
    <>
      <PageHeader
        back={<TextLink href={`${path}/imports`}>{t('listTitle')}</TextLink>}
        title={<span className="break-words">{data.fileName}</span>}
        badge={<ImportStatusBadge status={data.status} undo={data.undo} />}
        actions={
          <>
            {mayEdit && under && <Button onClick={() => setCanceling(true)}>{t('run.cancel')}</Button>}
            {mayEdit && data.finishedAt && data.counts.rows > 0 && !isUndone && (
              <Button onClick={() => setUndoing(true)}>{t(data.undo ? 'run.undoRest' : 'run.undo')}</Button>
            )}
            {mayEdit && !under && data.status !== 'draft' && <LinkButton href={`${path}/import`}>{t('run.again')}</LinkButton>}
            {!under && data.status !== 'draft' && (
              <LinkButton variant="primary" href={path}>
                {t('run.contacts')}
              </LinkButton>
            )}
          </>
        }
      />
      {data.status === 'draft' && (
        <p className="mb-6 flex flex-wrap items-center gap-3">
          {t('run.draftHint')}
          {mayEdit && (
            <LinkButton variant="primary" href={addressOfDraft(slug, data.id)}>
              {t('draft.goOn')}
            </LinkButton>
          )}
          {data.keptUntil && <KeptUntil at={data.keptUntil} />}
        </p>
      )}
      {under && (
        <div className="mb-8 max-w-2xl">
          <Progress
            label={t(data.status === 'queued' ? 'run.queued' : 'run.running', { name: data.fileName })}
            value={data.status === 'queued' ? null : data.progress * 100}
            detail={t('run.progress', { count: data.counts.rows })}
          />
          <p className="mt-2 text-muted">{t('run.leave')}</p>
        </div>
      )}
      {data.error && (
        <p role="alert" className="mb-6 max-w-2xl rounded-md bg-failed-soft px-3 py-2 text-failed">
          <FailureText error={data.error} />
        </p>
      )}
      {data.undo && <UndoOutcome slug={slug} importId={data.id} undo={data.undo} />}
      {data.status !== 'draft' && (
        <Section title={t('run.account')} {...(data.undo && { description: t('run.accountUndone') })}>
          <div aria-live="polite">
            <RowAccount
              counts={data.counts}
              total={t(data.status === 'done' ? 'run.rowsOfFile' : 'run.rowsRead')}
              hrefOf={(outcome) => (outcome === 'created' || outcome === 'updated' ? contactsBy(outcome) : null)}
            />
          </div>
          {data.counts.ninthDigitAdded > 0 && (
            <p className="mt-4 text-muted">{t('run.ninthDigitAdded', { count: data.counts.ninthDigitAdded })}</p>
          )}
        </Section>
      )}
      {data.options.sequenceId !== null && data.status !== 'draft' && (
        <Enrolled enrolled={data.counts.enrolled} notEnrolled={data.counts.notEnrolled} href={contactsBy('enrolled')} />
      )}
      {data.optOuts.rows > 0 && <OptOuts slug={slug} importId={data.id} optOuts={data.optOuts} isUnderWay={under} />}
      {data.counts.rejected > 0 && (
        <Section
          title={t('run.rejectedTitle', { count: data.counts.rejected })}
          description={t('run.rejectedDescription')}
          actions={
            !under && (
              <>
                <DownloadRows slug={slug} importId={data.id} />
                {mayEdit && <LinkButton href={`${path}/import?mends=${data.id}`}>{t('run.importMended')}</LinkButton>}
              </>
            )
          }
        >
          <RejectedRows importId={data.id} refusedBy={data.accounted.refusedBy} />
        </Section>
      )}
      <UndoDialog
        importId={data.id}
        open={undoing}
        onOpenChange={setUndoing}
        onConfirm={confirmUndo}
        isConfirmed={undo.isPending || isUndone}
      />
      <ConfirmDialog
        open={canceling}
        onOpenChange={setCanceling}
        title={t('run.cancelTitle')}
        description={t('run.cancelDescription')}
        confirmLabel={t('run.cancel')}
        destructive
        onConfirm={confirmCancel}
      />
    </>
  );
}

/** Whether a worker is at it. */
function goesOn(data: Import | undefined): boolean {
  if (!data || data.undo?.status === 'running') return true;
  return data.finishedAt === null && data.status !== 'draft';
}

function FailureText({ error }: { error: string }) {
  const t = useTranslations('imports.run.errors');
  const [code = '', line = ''] = error.split(':');
  const key = code as 'rowTooLong';
  return t.has(key) ? t(key, { line }) : t('other');
}
