import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Binding } from '../lib/forms/use-form.ts';
import { classNames } from '../lib/class-names.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { controlLook } from './control-look.ts';
import { Field, type FieldText } from './field.tsx';
import { IconButton } from './icon-button.tsx';

interface PasswordFieldProps extends FieldText, Binding<string> {
  autoComplete: 'current-password' | 'new-password';
  autoFocus?: boolean;
}

export function PasswordField({ label, hint, problem, onValue, ...rest }: PasswordFieldProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(wiring) => (
        <div className="relative">
          <input
            {...rest}
            {...wiring}
            type={shown ? 'text' : 'password'}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => onValue(event.target.value)}
            className={classNames(controlLook, 'pe-12')}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={t(shown ? 'controls.hidePassword' : 'controls.showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0"
          />
        </div>
      )}
    </Field>
  );
}
