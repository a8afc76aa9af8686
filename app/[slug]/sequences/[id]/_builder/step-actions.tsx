'use client';
/** Moving, copying and deleting a step. On phones moving stands in the menu. */
import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { useBuilder } from './builder-context.tsx';
import { newStepKey } from './new-step.ts';
import { copyStep, insertStep, type ListPlace, removeStep, reorderSteps } from './plan-tree.ts';

interface StepActionsProps {
  step: Step;
  place: ListPlace;
  index: number;
  count: number;
}

export function StepActions({ step, place, index, count }: StepActionsProps) {
  const t = useTranslations('sequences.builder');
  const { numbers, change, select, selectedKey } = useBuilder();
  const position = numbers.get(step.key) ?? 0;
  const move = (by: -1 | 1) => change((definition) => reorderSteps(definition, place, index, index + by));
  const duplicate = () => {
    const copy = copyStep(step, newStepKey);
    change((definition) => insertStep(definition, { ...place, index: index + 1 }, copy));
    select(copy.key);
  };
  const remove = () => {
    if (selectedKey === step.key) select(null);
    change((definition) => removeStep(definition, step.key));
    toast.success(t('removed'), {
      action: { label: t('undo'), onClick: () => change((definition) => insertStep(definition, { ...place, index }, step)) },
    });
  };
  return (
    <>
      <span className="hidden sm:flex">
        <IconButton label={t('moveUp')} disabled={index === 0} focusableWhenDisabled onClick={() => move(-1)}>
          <ArrowUp aria-hidden="true" />
        </IconButton>
        <IconButton label={t('moveDown')} disabled={index === count - 1} focusableWhenDisabled onClick={() => move(1)}>
          <ArrowDown aria-hidden="true" />
        </IconButton>
      </span>
      <Menu
        trigger={
          <IconButton label={t('moreStep', { position })}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem icon={<ArrowUp aria-hidden="true" />} disabled={index === 0} onSelect={() => move(-1)}>
          {t('moveUp')}
        </MenuItem>
        <MenuItem icon={<ArrowDown aria-hidden="true" />} disabled={index === count - 1} onSelect={() => move(1)}>
          {t('moveDown')}
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden="true" />} onSelect={duplicate}>
          {t('duplicate')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 aria-hidden="true" />} destructive onSelect={remove}>
          {t('remove')}
        </MenuItem>
      </Menu>
    </>
  );
}
