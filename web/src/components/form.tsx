import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { Failure } from '../lib/failures.ts';
import type { Form as FormState } from '../lib/forms/use-form.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { Button } from './button.tsx';
import type { ButtonLook } from './button-look.ts';

interface FormProps {
  form: Pick<FormState<object>, 'ref' | 'onSubmit' | 'busy' | 'failure'>;
  submitLabel: string;
  submitLook?: ButtonLook;
  /** Beside the submit button, for example a way back. */
  aside?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function Form({ form, submitLabel, submitLook = 'primary', aside, wide = false, children }: FormProps) {
  const { ref, onSubmit, busy, failure } = form;
  return (
    <form ref={ref} onSubmit={onSubmit} noValidate aria-busy={busy} className="flex flex-col gap-4">
      {failure && <FormFailure failure={failure} />}
      {children}
      <div className={classNames('flex flex-wrap items-center gap-2', wide && 'flex-col items-stretch')}>
        <Button type="submit" look={submitLook} busy={busy}>
          {submitLabel}
        </Button>
        {aside}
      </div>
    </form>
  );
}

function FormFailure({ failure }: { failure: Failure }) {
  const { t } = useI18n();
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-form-failure
      className="flex gap-2 rounded-control border border-danger bg-surface p-3 text-14"
    >
      <CircleAlert aria-hidden size={18} className="shrink-0 text-danger" />
      <div>
        <p>{failure.text}</p>
        {failure.requestId && <p className="text-12 text-muted">{t('states.requestId', { id: failure.requestId })}</p>}
      </div>
    </div>
  );
}
