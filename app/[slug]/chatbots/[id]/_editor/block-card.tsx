'use client';
/** One block on the beat line: closed, it says what it does and where it leads; open, it can be changed. */
import { ArrowDown, ArrowRight, ArrowUp, CircleAlert, Copy, Ellipsis, Flag, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FlowProblem } from '#server/domain/chatbot/validate-flow.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { BlockForm, type BlockFormProps } from './block-form.tsx';
import { TextPreview } from './text-preview.tsx';
import { useBlockName } from './use-block-name.ts';
import { useProblemText } from './use-problem-text.ts';

interface BlockCardProps extends BlockFormProps {
  number: number;
  isStart: boolean;
  open: boolean;
  canEdit: boolean;
  problems: readonly FlowProblem[];
  onToggle: () => void;
  onMove: (steps: number) => void;
  onDuplicate: () => void;
  onStartHere: () => void;
  onRemove: () => void;
}

export function BlockCard(props: BlockCardProps) {
  const { flow, block, number, isStart, open, canEdit, problems } = props;
  const t = useTranslations('chatbots');
  const problemText = useProblemText();
  const formId = `block-form-${block.key}`;
  return (
    <div
      id={`block-${block.key}`}
      className={cn(
        'scroll-mt-20 rounded-md border bg-raised',
        problems.length > 0 ? 'border-danger' : open ? 'border-line-strong' : 'border-line',
      )}
    >
      <div className="flex items-start gap-1 p-1">
        <button
          type="button"
          id={`block-head-${block.key}`}
          disabled={!canEdit}
          aria-expanded={canEdit ? open : undefined}
          aria-controls={open ? formId : undefined}
          onClick={props.onToggle}
          className="min-w-0 flex-1 rounded-md px-3 py-2 text-left hover:bg-sunken disabled:hover:bg-transparent"
        >
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
            <span className="tabular-nums">{number}</span>
            <span>{block.type === 'question' ? `${t('types.question')} · ${t(`kinds.${block.kind}`)}` : t(`types.${block.type}`)}</span>
            {isStart && <Badge className="h-5">{t('block.start')}</Badge>}
          </span>
          {!open && <Summary {...props} />}
        </button>
        {canEdit && (
          <div className="flex shrink-0 pt-0.5">
            <IconButton label={t('block.moveUp', { number })} disabled={number === 1} onClick={() => props.onMove(-1)} data-move="-1">
              <ArrowUp aria-hidden="true" />
            </IconButton>
            <IconButton
              label={t('block.moveDown', { number })}
              disabled={number === flow.blocks.length}
              onClick={() => props.onMove(1)}
              data-move="1"
            >
              <ArrowDown aria-hidden="true" />
            </IconButton>
            <Menu
              trigger={
                <IconButton label={t('block.menu', { number })}>
                  <Ellipsis aria-hidden="true" />
                </IconButton>
              }
            >
              <MenuItem icon={<Copy aria-hidden="true" />} onSelect={props.onDuplicate}>
                {t('block.duplicate')}
              </MenuItem>
              <MenuItem icon={<Flag aria-hidden="true" />} disabled={isStart} onSelect={props.onStartHere}>
                {t('block.startHere')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem icon={<Trash2 aria-hidden="true" />} destructive onSelect={props.onRemove}>
                {t('block.remove')}
              </MenuItem>
            </Menu>
          </div>
        )}
      </div>
      {problems.length > 0 && (
        <ul className="flex flex-col gap-1 px-4 pb-3 text-danger-text text-xs">
          {problems.map((problem, index) => (
            <li key={`${problem.code}-${index}`} className="flex items-start gap-1.5">
              <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
              <span className="min-w-0 break-words">{problemText(problem)}</span>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div id={formId} className="border-line border-t p-4">
          <BlockForm flow={flow} block={block} fields={props.fields} onChange={props.onChange} />
        </div>
      )}
    </div>
  );
}

function Summary({ flow, block, fields }: BlockFormProps) {
  const t = useTranslations('chatbots');
  const nameOf = useBlockName(flow);
  const target = (key: string) => {
    const found = flow.blocks.find((each) => each.key === key);
    return found ? nameOf(found) : t('fields.nextGone');
  };
  const text = 'text' in block ? block.text : block.type === 'setField' ? `${fieldLabel(block.field)}: ${block.value}` : '';
  const saved = 'saveTo' in block && block.saveTo ? fieldLabel(block.saveTo) : null;
  function fieldLabel(path: string): string {
    const key = path.replace(/^contact\.(fields\.)?/, '');
    if (path === 'contact.name' || path === 'contact.email' || path === 'contact.phone') return t(`targets.${key as 'name'}`);
    return fields.find((field) => field.key === key)?.label ?? key;
  }
  return (
    <span className="mt-0.5 flex flex-col gap-1">
      {block.type !== 'handOff' && block.type !== 'end' && (
        <span className={cn('line-clamp-2 break-words text-sm', text.trim() === '' && 'text-muted')}>
          {text.trim() ? <TextPreview text={text.trim()} flow={flow} fields={fields} /> : t('block.noText')}
        </span>
      )}
      {block.type === 'choices' && (
        <span className="flex flex-col gap-0.5 text-sm">
          {block.options.map((option, index) => (
            <span key={`${option.label}-${index}`} className="flex min-w-0 items-center gap-x-1.5">
              <span className="text-muted text-xs tabular-nums">{index + 1}.</span>
              <span className={cn('max-w-[60%] shrink-0 truncate', option.label.trim() === '' && 'text-muted')}>
                {option.label.trim() || t('block.untitledOption')}
              </span>
              {option.next && <Lead>{target(option.next)}</Lead>}
            </span>
          ))}
        </span>
      )}
      {saved && <span className="text-muted text-xs">{`${t('fields.saveTo')}: ${saved}`}</span>}
      {'next' in block && block.next !== undefined && <Lead>{target(block.next)}</Lead>}
    </span>
  );
}

/** Where it goes on, when that is not the next block. */
function Lead({ children }: { children: string }) {
  const t = useTranslations('chatbots.block');
  return (
    <span className="flex min-w-0 items-center gap-1 text-muted text-xs">
      <ArrowRight aria-hidden="true" className="size-3 shrink-0" />
      <span className="sr-only">{t('leadsTo')}</span>
      <span className="min-w-0 truncate">{children}</span>
    </span>
  );
}
