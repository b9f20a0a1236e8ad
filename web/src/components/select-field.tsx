import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Binding } from '../lib/forms/use-form.ts';
import { classNames } from '../lib/class-names.ts';
import { controlLook } from './control-look.ts';
import { Field, type FieldText } from './field.tsx';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

interface SelectFieldProps<Value extends string> extends FieldText, Binding<Value> {
  choices: readonly Choice<Value>[];
  disabled?: boolean;
}

/** The browser's own list: a phone shows its own, it needs no script, and the security policy has nothing against it. */
export function SelectField<Value extends string>({ label, hint, problem, ...rest }: SelectFieldProps<Value>) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(wiring) => <Select {...rest} {...wiring} />}
    </Field>
  );
}

interface SelectProps<Value extends string> extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  value: Value;
  onValue: (value: Value) => void;
  choices: readonly Choice<Value>[];
}

export function Select<Value extends string>({ value, onValue, choices, className, ...rest }: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const choice = choices.find((candidate) => candidate.value === chosen);
    if (choice !== undefined) onValue(choice.value);
  };
  return (
    <div className="relative">
      <select
        {...rest}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className={classNames(controlLook, 'appearance-none pe-8', className)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} className="bg-surface text-text">
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden size={16} className="pointer-events-none absolute inset-y-0 end-2 my-auto text-muted" />
    </div>
  );
}
