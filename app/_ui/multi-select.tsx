'use client';
/** Several choices of a few. None chosen shows the placeholder, which says what that means. */
import { Select as BaseSelect } from '@base-ui/react/select';
import { useTranslations } from 'next-intl';
import { cn } from './class-names.ts';
import { SelectChoice, SelectFrame } from './select-frame.tsx';

interface MultiSelectProps<Value extends string> {
  options: readonly { readonly value: Value; readonly label: string }[];
  value: readonly Value[];
  onValueChange: (value: Value[]) => void;
  /** No more can be chosen than these. */
  most?: number;
  placeholder: string;
  'aria-label'?: string;
  className?: string;
}

const namedInFull = 2;

export function MultiSelect<Value extends string>(props: MultiSelectProps<Value>) {
  const { options, value, onValueChange, most = Number.POSITIVE_INFINITY, placeholder, className } = props;
  const t = useTranslations('common');
  // What is no longer among the choices stays chosen until it is taken out, and can be.
  const gone = value.filter((chosen) => !options.some((option) => option.value === chosen));
  const choices = [...options, ...gone.map((chosen) => ({ value: chosen, label: t('noLongerThere') }))];
  const words = (chosen: readonly Value[]): string => {
    const labels = chosen.map((one) => choices.find((choice) => choice.value === one)?.label ?? one);
    const shown = labels.slice(0, namedInFull).join(', ');
    return labels.length > namedInFull ? t('andMore', { shown, count: labels.length - namedInFull }) : shown;
  };
  return (
    <BaseSelect.Root multiple value={value as Value[]} onValueChange={(next) => onValueChange(next)} modal={false}>
      <SelectFrame
        aria-label={props['aria-label']}
        className={className}
        value={
          <BaseSelect.Value className={cn('min-w-0 truncate', value.length === 0 && 'text-muted')}>
            {(chosen: Value[]) => (chosen.length === 0 ? placeholder : words(chosen))}
          </BaseSelect.Value>
        }
      >
        {choices.map((choice) => (
          <SelectChoice key={choice.value} value={choice.value} disabled={value.length >= most && !value.includes(choice.value)}>
            {choice.label}
          </SelectChoice>
        ))}
        {choices.length === 0 && <p className="px-2 py-1.5 text-muted">{t('nothingFound')}</p>}
      </SelectFrame>
    </BaseSelect.Root>
  );
}
