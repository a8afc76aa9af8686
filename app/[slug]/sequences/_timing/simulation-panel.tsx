'use client';
/** When every step of the draft would happen for a chosen contact, from the engine's own function, run here in the browser:
 *  it follows the draft as it is edited. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Combobox } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { zoneName } from '#app/_ui/zone-name.ts';
import { Input } from '#app/_ui/input.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { closedDatesOf, compileDefinition } from '#server/domain/definition/compile.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { simulate } from '#server/domain/simulate.ts';
import { MINUTE_MS, DAY_MS } from '#server/domain/time/offsets.ts';
import { dateOfDay, dayOfDate, dayOfWall, instantOfWall, minutesOfTime, timeOfMinutes, wallAt } from '#server/domain/time/wall-clock.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import type { SimulationStart, SimulationState } from './simulation-state.ts';
import { SimulationViews } from './simulation-views.tsx';
import { TimeInput } from './time-input.tsx';

interface SimulationPanelProps {
  /** The draft as it is being edited. */
  definition: Definition;
  state: SimulationState;
  /** Opens a step when its title is pressed. */
  onStepSelect?: (stepKey: string) => void;
}

export function SimulationPanel({ definition, state, onStepSelect }: SimulationPanelProps) {
  const t = useTranslations('time');
  const api = useApi();
  const { now } = useReaderTime();
  const [search, setSearch] = useState('');
  const { contactId, outcomes, choose } = state;
  const rules = useQuery(api.sequences.timeRules.queryOptions());
  const found = useQuery(api.contacts.list.queryOptions({ search: useDeferredValue(search) || undefined, limit: 20 }));
  const chosen = useQuery({ ...api.contacts.get.queryOptions({ id: contactId ?? '' }), enabled: contactId !== null });
  const draft = useDeferredValue(definition);

  if (rules.isError) return <ErrorState onRetry={() => void rules.refetch()} />;
  if (!rules.data) return <Skeleton className="h-40" />;

  const contact = contactId === null ? null : (chosen.data ?? null);
  const { zone, origin } = resolveZone({
    definitionZone: draft.zone,
    contact:
      contact && contact.timeZoneOrigin !== 'workspace'
        ? { timeZone: contact.timeZone, timeZoneOrigin: contact.timeZoneOrigin }
        : { timeZone: null, timeZoneOrigin: null },
    workspaceTimeZone: rules.data.timeZone,
  });
  const start = state.start ?? startOf(now, zone);
  const startAt = new Date(instantOfWall(dayOfDate(start.date) * DAY_MS + minutesOfTime(start.time) * MINUTE_MS, zone).at);
  const compiled = compileDefinition(draft);
  const simulation = simulate({
    definition: draft,
    zone,
    zoneOrigin: origin,
    startAt,
    fields: contact?.fields ?? {},
    rules: rules.data.rules,
    outcomes,
  });
  const option = (one: { id: string; name: string | null; phone: string | null; email: string | null }) => ({
    value: one.id,
    label: one.name ?? one.email ?? one.phone ?? one.id,
    hint: one.name ? (one.email ?? one.phone) : null,
  });

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-3">
        <Field label={t('simulation.who')}>
          <Combobox
            aria-label={t('simulation.who')}
            placeholder={t('simulation.anyone')}
            options={(found.data?.items ?? []).map(option)}
            selected={contact ? option(contact) : null}
            onSelect={(choice) => choose({ contactId: choice?.value ?? null })}
            onSearch={setSearch}
            loading={found.isFetching}
          />
        </Field>
        <fieldset>
          <legend className="mb-1.5 font-medium text-sm">{t('simulation.start')}</legend>
          <div className="flex gap-2">
            <Input
              type="date"
              className="w-40"
              aria-label={t('simulation.startDate')}
              value={start.date}
              onChange={(event) => {
                const date = event.currentTarget.value;
                if (/^\d{4}-\d{2}-\d{2}$/.test(date)) choose({ start: { ...start, date } });
              }}
            />
            <TimeInput
              aria-label={t('simulation.startTime')}
              value={start.time}
              onChange={(time) => choose({ start: { ...start, time } })}
            />
          </div>
        </fieldset>
      </div>
      <p className="text-muted text-xs">{t('simulation.zone', { zone: zoneName(zone), origin: t(`origin.${origin}`) })}</p>
      {draft.steps.length === 0 ? (
        <p className="text-muted">{t('simulation.empty')}</p>
      ) : (
        <SimulationViews
          shown={state.shown}
          onShow={(shown) => choose({ shown })}
          compiled={compiled}
          simulation={simulation}
          rules={rules.data.rules}
          closedDates={closedDatesOf(draft, rules.data.rules)}
          startAt={startAt}
          zone={zone}
          onOutcomeChange={(stepKey, outcome) => choose({ outcomes: { ...outcomes, [stepKey]: outcome } })}
          onStepSelect={onStepSelect}
        />
      )}
    </div>
  );
}

function startOf(at: Date, zone: string): SimulationStart {
  const wall = wallAt(at.getTime(), zone);
  const day = dayOfWall(wall);
  return { date: dateOfDay(day), time: timeOfMinutes(Math.floor((wall - day * DAY_MS) / MINUTE_MS)) };
}
