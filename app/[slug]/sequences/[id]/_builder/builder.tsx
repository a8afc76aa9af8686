'use client';
/** The builder: the plan as a beat line, with a panel beside it. */
import { useQuery } from '@tanstack/react-query';
import { Flag, UserRoundPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { diffDefinitions } from '#server/domain/definition/diff.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import { AddStepMenu } from './add-step-menu.tsx';
import { BuilderContext, type BuilderValue, type Resources, type SequenceDetail } from './builder-context.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DraftBar } from './draft-bar.tsx';
import { mainLine, reorderSteps, updateStep } from './plan-tree.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { RailMark, RailRow } from './rail.tsx';
import { scheduleOf, viewingZone } from './schedule.ts';
import { SidePanel } from './side-panel.tsx';
import { SortableProvider } from './sortable.tsx';
import { StepList } from './step-list.tsx';
import { useDraft } from './use-draft.ts';

interface BuilderProps {
  slug: string;
  sequence: SequenceDetail;
  resources: Resources;
  mayEdit: boolean;
}

export function Builder({ slug, sequence: loaded, resources, mayEdit: roleMayEdit }: BuilderProps) {
  const t = useTranslations('sequences');
  const api = useApi();
  const { now } = useReaderTime();
  const sequence = useQuery(
    api.sequences.get.queryOptions({ id: loaded.id }, { initialData: loaded, initialDataUpdatedAt: 0, refetchInterval: 30_000 }),
  ).data;
  const draft = useDraft(loaded);
  const { definition, draftRevision } = draft;
  const mayEdit = roleMayEdit && sequence.status !== 'archived';
  const [selectedKey, select] = useState<string | null>(null);
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [publishing, setPublishing] = useState(false);

  const { adopt } = draft;
  useEffect(() => adopt({ definition: sequence.draft, draftRevision: sequence.draftRevision }), [adopt, sequence]);

  const checked = useQuery(api.sequences.validate.queryOptions({ id: loaded.id }));
  const recheck = checked.refetch;
  useEffect(() => {
    if (draftRevision !== loaded.draftRevision) void recheck();
  }, [draftRevision, loaded.draftRevision, recheck]);
  const changeDraft = draft.change;
  const change = useCallback(
    (update: (before: Definition) => Definition) => {
      if (mayEdit) changeDraft(update);
    },
    [mayEdit, changeDraft],
  );
  const changeStep = useCallback(
    (key: string, update: (before: Step) => Step) => change((before) => updateStep(before, key, update)),
    [change],
  );
  const reorder = useCallback(
    (listId: string, from: number, to: number) => {
      const [parentKey, outcome] = JSON.parse(listId) as [string | null, string | null];
      change((before) => reorderSteps(before, { parentKey, outcome }, from, to));
    },
    [change],
  );
  const announce = useCallback((position: number) => t('builder.announce', { position }), [t]);

  const value = useMemo(
    (): BuilderValue => ({
      slug,
      sequence,
      definition,
      numbers: new Map([...compileDefinition(definition).steps].map(([key, { position }]) => [key, position])),
      mayEdit,
      change,
      changeStep,
      selectedKey,
      select,
      schedule: scheduleOf(definition, sequence.planning, now),
      zone: viewingZone(definition, sequence.planning).zone,
      problems: checked.data?.problems ?? [],
      waiting: new Map(sequence.waiting.map((step) => [step.stepKey, step.count])),
      ...resources,
    }),
    [slug, sequence, definition, mayEdit, change, changeStep, selectedKey, now, checked.data, resources],
  );
  const publish = async () => {
    if (await draft.flush()) setPublishing(true);
  };
  const live = sequence.live?.definition;
  const differs = useMemo(() => {
    const diff = live && diffDefinitions(live, definition);
    return !diff || diff.steps.length > 0 || diff.settings.length > 0;
  }, [live, definition]);

  return (
    <BuilderContext value={value}>
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="min-w-0">
          <DraftBar
            state={draft.state}
            draftDiffers={differs}
            onRetry={() => void draft.flush()}
            onSettings={() => {
              select(null);
              setSettingsOpen(true);
            }}
            onPublish={() => void publish()}
          />
          <SortableProvider instructions={t('builder.dragInstructions')} announce={announce} onReorder={reorder}>
            <RailRow
              first
              mark={
                <RailMark className="border-accent text-accent-text">
                  <UserRoundPlus />
                </RailMark>
              }
            >
              <p className="py-1.5 font-medium">{t('builder.start')}</p>
            </RailRow>
            {mayEdit && definition.steps.length > 0 && (
              <RailRow mark={<AddStepMenu at={{ ...mainLine, index: 0 }} />} className="min-h-10" />
            )}
            {definition.steps.length === 0 && (
              <RailRow>
                <div className="my-4 rounded-md border border-line-strong border-dashed px-4 py-8 text-center">
                  <p className="font-medium">{t('builder.emptyTitle')}</p>
                  <p className="mt-1 mb-4 text-muted">{t('builder.emptyText')}</p>
                  {mayEdit && <AddStepMenu at={{ ...mainLine, index: 0 }} label={t('builder.addFirst')} />}
                </div>
              </RailRow>
            )}
            <StepList steps={definition.steps} place={mainLine} label={t('builder.steps')} />
            <RailRow
              last
              mark={
                <RailMark>
                  <Flag />
                </RailMark>
              }
            >
              <p className="py-1.5 font-medium">{t('builder.end')}</p>
            </RailRow>
          </SortableProvider>
        </div>
        <SidePanel settingsOpen={settingsOpen} onSettingsClose={() => setSettingsOpen(false)} />
      </div>
      {publishing && <PublishDialog onClose={() => setPublishing(false)} />}
      {draft.other && <ConflictDialog mine={definition} other={draft.other} onKeepMine={draft.keepMine} onTakeTheirs={draft.takeTheirs} />}
    </BuilderContext>
  );
}
