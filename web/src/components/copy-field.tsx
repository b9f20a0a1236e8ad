import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { controlLook } from './control-look.ts';

/** A value to take elsewhere: selected by a click, copied by the button. */
export function CopyField({ label, value }: { label: string; value: string }) {
  return (
    <Field label={label}>
      {({ id }) => (
        <div className="flex gap-2">
          <input
            id={id}
            readOnly
            dir="ltr"
            value={value}
            onFocus={(event) => event.target.select()}
            className={`${controlLook} font-mono`}
          />
          <CopyButton value={value} />
        </div>
      )}
    </Field>
  );
}

export function CopyButton({ value }: { value: string }) {
  const { t } = useI18n();
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch (error) {
      // Not on https, or the browser asks first and was told no. The text is on the page to be selected.
      console.warn('Copying was refused.', error);
      setOutcome('refused');
    }
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <>
      <Button onClick={() => void copy()} className="shrink-0">
        <Icon aria-hidden size={16} />
        {t(outcome === 'copied' ? 'controls.copied' : 'controls.copy')}
      </Button>
      <span role="status" className={outcome === 'refused' ? 'text-13 text-danger' : 'sr-only'}>
        {outcome === 'refused' && t('controls.copyFailed')}
        {outcome === 'copied' && t('controls.copied')}
      </span>
    </>
  );
}
