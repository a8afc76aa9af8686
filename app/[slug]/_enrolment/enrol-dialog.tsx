'use client';
/** Enrols contacts in a sequence, and says who was left out and why. Given a `sequenceId`, it asks for nothing but consent. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterInputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { EnrolOutcome } from './enrol-outcome.tsx';

type EnrolInput = inferRouterInputs<AppRouter>['enrolments']['enrol'];

interface EnrolDialogProps {
  slug: string;
  /** Contacts by id, or all that a filter matches. */
  target: Pick<EnrolInput, 'contactIds' | 'filter'>;
  count: number;
  sequenceId?: string;
  onClose: () => void;
}

export function EnrolDialog({ slug, target, count, sequenceId, onClose }: EnrolDialogProps) {
  const t = useTranslations('contacts.enrolDialog');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<string | null>(sequenceId ?? null);
  const [tried, setTried] = useState(false);
  const sequences = useQuery(api.sequences.list.queryOptions({ status: 'running', limit: 200 }));
  const enrol = useMutation(
    api.enrolments.enrol.mutationOptions({
      onSuccess: () =>
        Promise.all(
          [api.enrolments, api.sequences, api.contacts].map((family) => queries.invalidateQueries({ queryKey: family.pathKey() })),
        ),
    }),
  );
  const submit = () => {
    setTried(true);
    if (chosen) enrol.mutate({ sequenceId: chosen, ...target });
  };
  const options = (sequences.data?.items ?? []).map((sequence) => ({ value: sequence.id, label: sequence.name }));
  const error = enrol.error ? errorText(enrol.error) : tried && !chosen ? t('chooseFirst') : undefined;
  const none = sequences.data && options.length === 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { count })}
      footer={
        enrol.data ? (
          <>
            <Button onClick={onClose}>{t('close')}</Button>
            <LinkButton variant="primary" href={`/${slug}/sequences/${chosen}`}>
              {t('open')}
            </LinkButton>
          </>
        ) : (
          <Button variant="primary" busy={enrol.isPending} disabled={sequences.isPending || none} onClick={submit}>
            {t('submit')}
          </Button>
        )
      }
    >
      {enrol.data ? (
        <EnrolOutcome answer={enrol.data} />
      ) : none ? (
        <p>
          {t('noSequences')} <TextLink href={`/${slug}/sequences`}>{t('sequence')}</TextLink>
        </p>
      ) : (
        <Field label={t('sequence')} hint={t('zoneNote')} error={error}>
          <Select options={options} value={chosen} onValueChange={setChosen} placeholder={t('sequencePlaceholder')} />
        </Field>
      )}
    </Dialog>
  );
}
