'use client';
/** Which contacts a trigger counts for: all, those of a segment, or those of whom conditions hold. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { ConditionGroup } from '../../../_filter/condition-group.tsx';
import { useBuilder } from '../_builder/builder-context.tsx';
import { conditionOfDraft, type WhomDraft } from './trigger-draft.ts';

interface WhomFieldsProps {
  draft: WhomDraft;
  /** It was sent as it is: what is missing is said. */
  tried: boolean;
  onChange: (part: Partial<WhomDraft>) => void;
}

const whoms = ['everybody', 'segment', 'conditions'] as const satisfies readonly WhomDraft['whom'][];

export function WhomFields({ draft, tried, onChange }: WhomFieldsProps) {
  const t = useTranslations('triggers.whom');
  const api = useApi();
  const { fields } = useBuilder();
  const segments = useQuery(api.segments.list.queryOptions());
  const isMissing = tried && conditionOfDraft(draft) === null;
  const options = (segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Field label={t('label')} error={isMissing && draft.whom === 'conditions' ? t('conditionsMissing') : undefined}>
        <Select
          value={draft.whom}
          onValueChange={(whom) => onChange({ whom })}
          options={whoms.map((value) => ({ value, label: t(value) }))}
        />
      </Field>
      {draft.whom === 'segment' && (
        <Field
          label={t('segmentLabel')}
          hint={segments.isSuccess && options.length === 0 ? t('noSegments') : undefined}
          error={isMissing ? t('segmentMissing') : undefined}
        >
          <Select
            placeholder={t('chooseSegment')}
            value={draft.segmentId}
            options={options}
            onValueChange={(segmentId) => onChange({ segmentId })}
          />
        </Field>
      )}
      {draft.whom === 'conditions' && (
        <fieldset className="min-w-0">
          <legend className="sr-only">{t('conditions')}</legend>
          <ConditionGroup group={draft.group} fields={fields} onChange={(group) => onChange({ group })} />
        </fieldset>
      )}
    </>
  );
}
