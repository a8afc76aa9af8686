'use client';
/** Where a block or an option leads: on in order, or to any other block. */
import { useTranslations } from 'next-intl';
import type { Block, Flow } from '#server/domain/chatbot/flow.ts';
import { Select } from '#app/_ui/select.tsx';
import { useBlockName } from './use-block-name.ts';

interface NextSelectProps {
  flow: Flow;
  block: Block;
  value: string | undefined;
  onChange: (next: string | undefined) => void;
  /** What choosing nothing means. */
  inOrderLabel: string;
  label?: string;
}

/** No key of a block looks like this. */
const inOrder = '-';

export function NextSelect({ flow, block, value, onChange, inOrderLabel, label }: NextSelectProps) {
  const t = useTranslations('chatbots.fields');
  const nameOf = useBlockName(flow);
  const others = flow.blocks.filter((each) => each.key !== block.key).map((each) => ({ value: each.key, label: nameOf(each) }));
  const gone = value !== undefined && !flow.blocks.some((each) => each.key === value);
  const options = [
    { value: inOrder, label: inOrderLabel },
    ...others,
    ...(value === block.key ? [{ value: block.key, label: nameOf(block) }] : []),
    ...(gone ? [{ value, label: t('nextGone') }] : []),
  ];
  return (
    <Select
      options={options}
      value={value ?? inOrder}
      onValueChange={(next) => onChange(next === inOrder ? undefined : next)}
      aria-label={label}
    />
  );
}
