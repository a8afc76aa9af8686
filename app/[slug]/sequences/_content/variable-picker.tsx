'use client';
/** What a text may speak of, by its everyday name; choosing one writes it where the cursor stands. */
import { Braces } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Popover } from '#app/_ui/popover.tsx';
import { type KnownVariable, knownVariables } from '#server/domain/template/variables.ts';

export interface PickableField {
  readonly key: string;
  readonly label: string;
}

interface VariablePickerProps {
  fields: readonly PickableField[];
  disabled?: boolean;
  /** The variable as a text names it: `{{ contact.firstName }}`. */
  onPick: (variable: string) => void;
}

const groups = ['contact', 'sequence', 'sender', 'enrolment', 'workspace'] as const;
/** Instants read as dates. */
const written: Partial<Record<KnownVariable, string>> = { 'enrolment.startedAt': 'enrolment.startedAt | date' };

export function VariablePicker({ fields, disabled, onPick }: VariablePickerProps) {
  const t = useTranslations('content');
  const [open, setOpen] = useState(false);
  const pick = (path: string) => {
    setOpen(false);
    onPick(`{{ ${path} }}`);
  };
  return (
    <Popover
      title={t('pick')}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-72 p-1"
      trigger={
        <Button variant="quiet" size="sm" disabled={disabled} className="-my-1.5">
          <Braces aria-hidden="true" />
          {t('variable')}
        </Button>
      }
    >
      <div className="max-h-80 overflow-y-auto">
        {groups.map((group) => (
          <Group key={group} label={t(`groups.${group}`)}>
            {knownVariables
              .filter((path) => path.startsWith(`${group}.`))
              .map((path) => (
                <Choice key={path} label={t(`names.${nameKey(path)}`)} path={path} onPick={() => pick(written[path] ?? path)} />
              ))}
          </Group>
        ))}
        {fields.length > 0 && (
          <Group label={t('groups.fields')}>
            {fields.map(({ key, label }) => (
              <Choice key={key} label={label} path={`contact.fields.${key}`} onPick={() => pick(`contact.fields.${key}`)} />
            ))}
          </Group>
        )}
      </div>
      <p className="border-line border-t px-2 pt-2 pb-1 text-muted text-xs">{t('defaultHint', { example: '| default: "…"' })}</p>
    </Popover>
  );
}

type Joined<Path> = Path extends `${infer Group}.${infer Name}` ? `${Group}${Capitalize<Name>}` : never;
type NameKey = Joined<KnownVariable>;

/** `contact.firstName` is worded under `contactFirstName`: a catalogue's keys have no dots. */
function nameKey(path: KnownVariable): NameKey {
  return path.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase()) as NameKey;
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="px-2 pt-2 pb-1 text-muted text-xs">{label}</legend>
      {children}
    </fieldset>
  );
}

function Choice({ label, path, onPick }: { label: string; path: string; onPick: () => void }) {
  return (
    <button
      type="button"
      onClick={onPick}
      className="-outline-offset-2 flex w-full flex-col rounded-md px-2 py-1.5 text-left transition-colors hover:bg-sunken focus-visible:bg-sunken"
    >
      <span>{label}</span>
      <span className="max-w-full truncate font-mono text-muted text-xs">{path}</span>
    </button>
  );
}
