'use client';
import { Pencil, Trash2 } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { Popover } from '#app/_ui/popover.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { Tabs } from '#app/_ui/tabs.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { sample } from './sample-words.ts';

export function OverlaysGallery() {
  const form = (
    <Field label={sample.name} hint={sample.nameHint}>
      <Input defaultValue={sample.nameValue} />
    </Field>
  );
  const save = <Button variant="primary">{sample.save}</Button>;
  return (
    <Section title={sample.sections.overlays}>
      <div className="flex flex-wrap gap-2">
        <Dialog trigger={<Button>{sample.dialogTitle}</Button>} title={sample.dialogTitle} description={sample.dialogText} footer={save}>
          {form}
        </Dialog>
        <Sheet trigger={<Button>{sample.sheetTitle}</Button>} title={sample.sheetTitle} footer={save}>
          {form}
        </Sheet>
        <ConfirmDialog
          trigger={<Button>{sample.remove}</Button>}
          title={sample.confirmTitle}
          description={sample.confirmText}
          confirmLabel={sample.remove}
          destructive
          onConfirm={() => void toast.success(sample.removed)}
        />
        <Menu trigger={<Button>{sample.more}</Button>}>
          <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => {}}>
            {sample.rename}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden="true" />} destructive onSelect={() => {}}>
            {sample.remove}
          </MenuItem>
        </Menu>
        <Popover trigger={<Button>{sample.zone}</Button>} title={sample.zone}>
          {form}
        </Popover>
        <Button onClick={() => toast.success(sample.published)}>{sample.published}</Button>
        <Button onClick={() => toast.error(sample.failed, { description: sample.failedWhy })}>{sample.failed}</Button>
      </div>
      <Tabs
        label={sample.zone}
        className="mt-6"
        tabs={sample.zones.map((zone) => ({ value: zone.value, label: zone.label, content: zone.hint }))}
      />
    </Section>
  );
}
