import type { Binding } from '../lib/forms/use-form.ts';
import type { FieldText } from './field.tsx';
import { TextField } from './text-field.tsx';

interface CodeFieldProps extends FieldText, Binding<string> {
  kind: 'digits' | 'recovery';
  autoFocus?: boolean;
}

/** One field, not six boxes: a phone fills it from its password manager and everybody can paste. */
export function CodeField({ kind, ...rest }: CodeFieldProps) {
  return (
    <TextField
      {...rest}
      dir="ltr"
      autoComplete="one-time-code"
      autoCapitalize="characters"
      autoCorrect="off"
      spellCheck={false}
      inputMode={kind === 'digits' ? 'numeric' : 'text'}
      maxLength={kind === 'digits' ? 7 : 13}
      className="font-mono tracking-[0.2em]"
    />
  );
}
