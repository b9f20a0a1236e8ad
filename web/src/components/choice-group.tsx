import { useId, type ReactNode } from 'react';
import type { Binding } from '../lib/forms/use-form.ts';
import { CheckboxField } from './checkbox-field.tsx';
import { FieldProblem } from './field.tsx';
import type { Choice } from './select-field.tsx';

interface GroupProps {
  label: string;
  problem?: string | undefined;
  children: ReactNode;
}

function Group({ label, problem, children }: GroupProps) {
  const id = useId();
  return (
    // Only something that can take the focus can be found by a refused form.
    <fieldset
      tabIndex={-1}
      aria-invalid={problem ? true : undefined}
      aria-describedby={problem ? id : undefined}
      className="flex min-w-0 flex-col gap-1"
    >
      <legend className="mb-1 text-13 font-strong">{label}</legend>
      {children}
      {problem && <FieldProblem id={id} text={problem} />}
    </fieldset>
  );
}

interface RadioGroupProps<Value extends string> extends Binding<Value> {
  label: string;
  choices: readonly Choice<Value>[];
}

export function RadioGroup<Value extends string>({ label, problem, name, value, onValue, choices }: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <Group label={label} problem={problem}>
      {choices.map((choice) => (
        <div key={choice.value} className="flex min-h-11 items-start gap-2 py-1 md:min-h-8">
          <input
            id={`${id}-${choice.value}`}
            type="radio"
            name={`${id}-${name}`}
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
            aria-describedby={choice.hint ? `${id}-${choice.value}-hint` : undefined}
            className="mt-0.5 size-5 shrink-0 accent-accent md:size-4"
          />
          <div>
            <label htmlFor={`${id}-${choice.value}`}>{choice.label}</label>
            {choice.hint && (
              <p id={`${id}-${choice.value}-hint`} className="text-13 text-muted">
                {choice.hint}
              </p>
            )}
          </div>
        </div>
      ))}
    </Group>
  );
}

interface CheckboxGroupProps<Value extends string> extends Binding<readonly Value[]> {
  label: string;
  choices: readonly Choice<Value>[];
}

export function CheckboxGroup<Value extends string>({ label, problem, name, value, onValue, choices }: CheckboxGroupProps<Value>) {
  return (
    <Group label={label} problem={problem}>
      {choices.map((choice) => (
        <CheckboxField
          key={choice.value}
          name={name}
          label={choice.label}
          checked={value.includes(choice.value)}
          onChecked={(checked) => onValue(checked ? [...value, choice.value] : value.filter((other) => other !== choice.value))}
        />
      ))}
    </Group>
  );
}
