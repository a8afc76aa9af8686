'use client';
/** The `+` between two blocks, and the wider button under the last: which type shall it be? */
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { BlockType } from '#server/domain/chatbot/flow.ts';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import { BlockIcon, blockTypes } from './block-type.tsx';

export function AddBlock({ wide = false, onAdd }: { wide?: boolean; onAdd: (type: BlockType) => void }) {
  const t = useTranslations('chatbots');
  const trigger = wide ? (
    <Button>
      <Plus aria-hidden="true" />
      {t('block.add')}
    </Button>
  ) : (
    <IconButton label={t('block.addHere')} className="size-6 text-muted hover:text-ink">
      <Plus aria-hidden="true" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="start">
      {blockTypes.map((type) => (
        <MenuItem key={type} icon={<BlockIcon type={type} />} onSelect={() => onAdd(type)}>
          <span className="min-w-0">
            <span className="block">{t(`types.${type}`)}</span>
            <span className="block whitespace-normal text-muted text-xs">{t(`typeHints.${type}`)}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}
