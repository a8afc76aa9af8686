'use client';
/** Who goes first where contacts may not get everything. Not part of the plan: it counts from the moment it is chosen. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { useBuilder } from './builder-context.tsx';

const levels = { high: 10, normal: 0, low: -10 } as const;
type Level = keyof typeof levels;

export function PriorityField() {
  const t = useTranslations('sequences.settings.priority');
  const { sequence, mayEdit } = useBuilder();
  const api = useApi();
  const errorText = useErrorText();
  const [priority, setPriority] = useState(sequence.priority);
  const save = useMutation(
    api.sequences.setPriority.mutationOptions({
      onSuccess: (answer) => {
        setPriority(answer.priority);
        toast.success(t('saved'));
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const level: Level = priority > 0 ? 'high' : priority < 0 ? 'low' : 'normal';
  return (
    <RadioGroup
      label={t('label')}
      value={level}
      disabled={!mayEdit || save.isPending}
      onValueChange={(next) => save.mutate({ id: sequence.id, priority: levels[next] })}
      options={(['high', 'normal', 'low'] as const).map((value) => ({ value, label: t(value) }))}
    />
  );
}
