'use client';
/** The flow, top to bottom on the beat line, with a `+` between every two blocks. */
import { useTranslations } from 'next-intl';
import { Fragment, useEffect, useState } from 'react';
import type { BlockType, Flow } from '#server/domain/chatbot/flow.ts';
import type { FlowProblem } from '#server/domain/chatbot/validate-flow.ts';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { AddBlock } from './add-block.tsx';
import { BlockCard } from './block-card.tsx';
import { BlockIcon } from './block-type.tsx';
import type { ContactField } from './chatbot-editor.tsx';
import type { FlowChange } from './use-draft.ts';
import { duplicateBlock, firstKey, insertBlock, moveBlock, newBlock, removeBlock, replaceBlock } from './flow-edits.ts';

interface BlockListProps {
  flow: Flow;
  fields: readonly ContactField[];
  problems: readonly FlowProblem[];
  canEdit: boolean;
  openKey: string | null;
  onOpen: (key: string | null) => void;
  onChange: (change: FlowChange) => void;
}

export function BlockList({ flow, fields, problems, canEdit, openKey, onOpen, onChange }: BlockListProps) {
  const t = useTranslations('chatbots');
  const [focus, setFocus] = useState<string | null>(null);
  const [spoken, setSpoken] = useState('');

  useEffect(() => {
    if (!focus) return;
    const target = document.querySelector<HTMLElement>(focus) ?? document.querySelector<HTMLElement>(focus.replace(/="-?1"/, ''));
    target?.focus();
    setFocus(null);
  }, [focus]);

  const add = (index: number, type: BlockType) => {
    const block = newBlock(flow, type);
    onChange(insertBlock(flow, index, block));
    onOpen(block.key);
    // The menu gives its focus back first
    setTimeout(() => setFocus(type === 'handOff' || type === 'end' ? `#block-head-${block.key}` : `#block-${block.key} [data-first]`), 50);
  };
  const move = (key: string, steps: number) => {
    const moved = moveBlock(flow, key, steps);
    onChange(moved);
    setSpoken(t('block.moved', { number: moved.blocks.findIndex((block) => block.key === key) + 1 }));
    setFocus(`#block-${key} [data-move="${steps}"]:not(:disabled, [data-disabled])`);
  };
  const remove = (key: string) => {
    const before = flow;
    const index = flow.blocks.findIndex((block) => block.key === key);
    const after = removeBlock(flow, key);
    onChange(after);
    const neighbour = after.blocks[Math.min(index, after.blocks.length - 1)];
    setTimeout(() => setFocus(neighbour ? `#block-head-${neighbour.key}` : '#add-first-block'), 50);
    toast(t('block.removed', { number: index + 1 }), {
      action: {
        label: t('block.undo'),
        onClick: () => {
          const block = before.blocks[index];
          if (block) onChange((current) => ({ ...insertBlock(current, index, block), start: before.start }));
        },
      },
    });
  };

  return (
    <>
      <BeatLine label={t('editor.flow')}>
        {flow.blocks.map((block, index) => (
          <Fragment key={block.key}>
            <BeatItem
              first={index === 0}
              mark={<BlockIcon type={block.type} className="size-4 text-muted" />}
              className="[&>div:first-child>span:first-child]:h-3 [&>div:last-child]:pb-0"
            >
              <BlockCard
                flow={flow}
                block={block}
                fields={fields}
                number={index + 1}
                isStart={firstKey(flow) === block.key}
                open={openKey === block.key}
                canEdit={canEdit}
                problems={problems.filter((problem) => problem.blockKey === block.key)}
                onToggle={() => onOpen(openKey === block.key ? null : block.key)}
                onChange={(changed) => onChange(replaceBlock(flow, block.key, changed))}
                onMove={(steps) => move(block.key, steps)}
                onDuplicate={() => {
                  const copy = duplicateBlock(flow, block.key);
                  onChange(copy.flow);
                  onOpen(copy.key);
                }}
                onStartHere={() => onChange({ ...flow, start: index === 0 ? null : block.key })}
                onRemove={() => remove(block.key)}
              />
              {canEdit && index < flow.blocks.length - 1 && (
                <div className="flex justify-center py-0.5 opacity-60 focus-within:opacity-100 hover:opacity-100">
                  <AddBlock onAdd={(type) => add(index + 1, type)} />
                </div>
              )}
              {!canEdit && <div className="h-3" />}
            </BeatItem>
          </Fragment>
        ))}
        <BeatItem first={flow.blocks.length === 0} last future>
          {flow.blocks.length === 0 && <p className="pb-3 text-muted">{t('editor.empty')}</p>}
          {canEdit && (
            <div className="pt-1" id="add-first-block">
              <AddBlock wide onAdd={(type) => add(flow.blocks.length, type)} />
            </div>
          )}
          <p className="pt-2 text-muted text-xs">{t('editor.end')}</p>
        </BeatItem>
      </BeatLine>
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
    </>
  );
}
