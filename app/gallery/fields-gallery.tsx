'use client';
import { useState } from 'react';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Combobox, type ComboboxOption } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { MultiSelect } from '#app/_ui/multi-select.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Segmented } from '#app/_ui/segmented.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { Textarea } from '#app/_ui/textarea.tsx';
import { sample } from './sample-words.ts';

export function FieldsGallery() {
  const [channel, setChannel] = useState<string | null>(null);
  const [contact, setContact] = useState<ComboboxOption | null>(null);
  const [several, setSeveral] = useState<string[]>(sample.contacts.slice(0, 1).map(({ value }) => value));
  const [zone, setZone] = useState<string>('contact');
  const [on, setOn] = useState(true);
  return (
    <>
      <Section title={sample.sections.fields}>
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          <Field label={sample.name} hint={sample.nameHint}>
            <Input defaultValue={sample.nameValue} />
          </Field>
          <Field label={sample.name} error={sample.nameError}>
            <Input placeholder={sample.nameValue} />
          </Field>
          <Field label={sample.name} hint={sample.nameHint}>
            <Input defaultValue={sample.nameValue} disabled />
          </Field>
          <Field label={sample.channel}>
            <Select options={sample.channels} value={channel} onValueChange={setChannel} placeholder={sample.channel} />
          </Field>
          <Field label={sample.channel} error={sample.nameError}>
            <Select options={sample.channels} value="sandbox" onValueChange={setChannel} />
          </Field>
          <Field label={sample.contact}>
            <Combobox options={sample.contacts} selected={contact} onSelect={setContact} placeholder={sample.search} />
          </Field>
          <Field label={sample.contact}>
            <MultiSelect options={sample.contacts} value={several} onValueChange={setSeveral} placeholder={sample.search} />
          </Field>
          <Field label={sample.message} className="sm:col-span-2">
            <Textarea defaultValue={sample.messageValue} />
          </Field>
          <SearchInput label={sample.search} value="" onSearch={() => {}} />
        </div>
      </Section>
      <Section title={sample.sections.choices}>
        <div className="grid gap-6 sm:grid-cols-3">
          <div className="flex flex-col gap-3">
            <Checkbox checked={on} onCheckedChange={setOn} label={sample.weekends} hint={sample.weekendsHint} />
            <Checkbox checked={false} indeterminate onCheckedChange={setOn} label={sample.weekends} />
            <Checkbox checked onCheckedChange={setOn} disabled label={sample.weekends} />
          </div>
          <div className="flex flex-col gap-3">
            <Switch checked={on} onCheckedChange={setOn} label={sample.weekends} hint={sample.weekendsHint} />
            <Switch checked={false} onCheckedChange={setOn} label={sample.weekends} />
            <Switch checked onCheckedChange={setOn} disabled label={sample.weekends} />
          </div>
          <div className="flex flex-col gap-5">
            <RadioGroup label={sample.zone} options={sample.zones} value={zone} onValueChange={setZone} />
            <Segmented label={sample.zone} options={sample.zones} value={zone} onValueChange={setZone} />
          </div>
        </div>
      </Section>
    </>
  );
}
