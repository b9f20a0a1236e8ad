import { useId } from 'react';
import { FieldProblem } from './field.tsx';

interface CheckboxFieldProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  problem?: string | undefined;
  /** A switch acts at once; a checkbox waits for its form. */
  kind?: 'checkbox' | 'switch';
  name?: string;
}

export function CheckboxField({ label, hint, checked, onChecked, problem, kind = 'checkbox', name }: CheckboxFieldProps) {
  const id = useId();
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const line = (
    <div className="flex min-h-11 items-center gap-2 md:min-h-7">
      <input
        id={id}
        type="checkbox"
        role={kind === 'switch' ? 'switch' : undefined}
        name={name}
        checked={checked}
        onChange={(event) => onChecked(event.target.checked)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        className={kind === 'switch' ? switchLook : 'size-5 shrink-0 accent-accent md:size-4'}
      />
      <label htmlFor={id} className="text-14">
        {label}
      </label>
    </div>
  );
  if (described === '') return line;
  return (
    <div className="flex flex-col gap-1">
      {line}
      {problem && <FieldProblem id={`${id}-problem`} text={problem} />}
      {hint && (
        <p id={`${id}-hint`} className="text-13 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

const switchLook =
  'relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-sunken checked:border-accent checked:bg-accent ' +
  'before:absolute before:inset-y-0 before:start-0.5 before:my-auto before:size-3.5 before:rounded-full before:bg-edge ' +
  'checked:before:start-auto checked:before:end-0.5 checked:before:bg-on-accent';
