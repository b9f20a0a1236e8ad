import type { ComponentProps } from 'react';
import type { Binding } from '../lib/forms/use-form.ts';
import { classNames } from '../lib/class-names.ts';
import { controlLook } from './control-look.ts';
import { Field, type FieldText } from './field.tsx';

type OwnProps = FieldText & Binding<string>;
interface TextFieldProps extends OwnProps, Omit<ComponentProps<'input'>, keyof OwnProps | 'onChange'> {}

export function TextField({ label, hint, problem, onValue, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(wiring) => (
        <input
          dir="auto"
          {...rest}
          {...wiring}
          onChange={(event) => onValue(event.target.value)}
          className={classNames(controlLook, className)}
        />
      )}
    </Field>
  );
}
