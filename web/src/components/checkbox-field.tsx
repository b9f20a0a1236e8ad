import { useId } from 'react';

interface CheckboxFieldProps {
  label: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  /** A switch acts at once; a checkbox waits for its form. */
  kind?: 'checkbox' | 'switch';
  name?: string;
}

export function CheckboxField({ label, checked, onChecked, kind = 'checkbox', name }: CheckboxFieldProps) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center gap-2 md:min-h-7">
      <input
        id={id}
        type="checkbox"
        role={kind === 'switch' ? 'switch' : undefined}
        name={name}
        checked={checked}
        onChange={(event) => onChecked(event.target.checked)}
        className={kind === 'switch' ? switchLook : 'size-5 shrink-0 accent-accent md:size-4'}
      />
      <label htmlFor={id} className="text-14">
        {label}
      </label>
    </div>
  );
}

const switchLook =
  'relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-sunken checked:border-accent checked:bg-accent ' +
  'before:absolute before:inset-y-0 before:start-0.5 before:my-auto before:size-3.5 before:rounded-full before:bg-edge ' +
  'checked:before:start-auto checked:before:end-0.5 checked:before:bg-on-accent';
