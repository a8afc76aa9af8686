'use client';
/** What holds for the whole sequence: zone, sending window, what a reply does, entering again. */
import { useTranslations } from 'next-intl';
import { TimeZoneSelect } from '#app/_i18n/time-zone-select.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import type { Definition } from '#server/domain/definition/schema.ts';
import { TriggerSection } from '../_triggers/trigger-section.tsx';
import { WindowEditor } from '../../_timing/window-editor.tsx';
import { useBuilder } from './builder-context.tsx';
import { CalendarField } from './calendar-field.tsx';
import { PriorityField } from './priority-field.tsx';
import { ProblemList } from './problem-list.tsx';

const replyChoices = ['sequence', 'all', 'no'] as const;
const groupedReplyChoices = ['sequence', 'group', 'all', 'no'] as const;

export function SettingsPanel() {
  const t = useTranslations('sequences.settings');
  const { definition, mayEdit, change, problems, sequence } = useBuilder();
  const set = (part: Partial<Definition>) => change((before) => ({ ...before, ...part }));
  const { zone, reentry } = definition;
  const workspaceZone = sequence.planning.timeZone;
  const zoneKind = typeof zone === 'object' ? 'fixed' : zone;
  const setZone = (kind: 'contact' | 'workspace' | 'fixed') => set({ zone: kind === 'fixed' ? { iana: workspaceZone } : kind });
  return (
    <fieldset disabled={!mayEdit} className="flex min-w-0 flex-col gap-7">
      <ProblemList problems={problems.filter((problem) => problem.stepKey === null && problem.code !== 'noSteps')} />
      <section className="flex flex-col gap-3">
        <div>
          <h3 className="font-medium">{t('window')}</h3>
          <p className="text-muted text-xs">{t('windowHint')}</p>
        </div>
        <WindowEditor value={definition.window} onChange={(window) => set({ window })} disabled={!mayEdit} />
        {sequence.planning.rules.quietHours && <p className="text-muted text-xs">{t('quietHours')}</p>}
      </section>
      <CalendarField />
      <div className="flex flex-col gap-3">
        <RadioGroup
          label={t('zone.label')}
          value={zoneKind}
          disabled={!mayEdit}
          onValueChange={setZone}
          options={[
            { value: 'contact', label: t('zone.contact'), hint: t('zone.contactHint') },
            { value: 'workspace', label: t('zone.workspace'), hint: t('zone.workspaceHint', { zone: workspaceZone.replaceAll('_', ' ') }) },
            { value: 'fixed', label: t('zone.fixed'), hint: t('zone.fixedHint') },
          ]}
        />
        {typeof zone === 'object' && (
          <Field label={t('zone.fixedLabel')}>
            <TimeZoneSelect value={zone.iana} onChange={(iana) => set({ zone: { iana } })} disabled={!mayEdit} />
          </Field>
        )}
      </div>
      <RadioGroup
        label={t('exitOnReply.label')}
        value={definition.exitOnReply}
        disabled={!mayEdit}
        onValueChange={(exitOnReply) => set({ exitOnReply })}
        options={(definition.exclusivityGroup === null && definition.exitOnReply !== 'group' ? replyChoices : groupedReplyChoices).map(
          (value) => ({
            value,
            label: t(`exitOnReply.${value}`),
          }),
        )}
      />
      <div className="flex flex-col gap-3">
        <RadioGroup
          label={t('reentry.label')}
          value={reentry.policy}
          disabled={!mayEdit}
          onValueChange={(policy) => set({ reentry: { ...reentry, policy } })}
          options={[
            { value: 'afterExit', label: t('reentry.afterExit') },
            { value: 'never', label: t('reentry.never') },
          ]}
        />
        {reentry.policy === 'afterExit' && (
          <Field label={t('reentry.coolDown')} className="max-w-60">
            <Input
              type="number"
              inputMode="numeric"
              min={0}
              max={3650}
              value={String(reentry.coolDownDays)}
              onValueChange={(text) => {
                const days = Math.round(Number(text));
                if (days >= 0 && days <= 3650) set({ reentry: { ...reentry, coolDownDays: days } });
              }}
            />
          </Field>
        )}
      </div>
      <Field label={t('goal.label')} hint={t('goal.hint')} className="max-w-100">
        <Input
          maxLength={64}
          value={definition.goal?.event ?? ''}
          onValueChange={(event) => set({ goal: event.trim() === '' ? null : { event: event.trimStart() } })}
        />
      </Field>
      <Field label={t('group.label')} hint={t('group.hint')} className="max-w-100">
        <Input
          maxLength={64}
          value={definition.exclusivityGroup ?? ''}
          onValueChange={(group) => set({ exclusivityGroup: group.trim() === '' ? null : group.trimStart() })}
        />
      </Field>
      <PriorityField />
      <TriggerSection />
    </fieldset>
  );
}
