import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckboxField } from '../../components/checkbox-field.tsx';
import { CopyButton } from '../../components/copy-field.tsx';
import { useI18n } from '../../lib/i18n/i18n-provider.tsx';
import { formatRecoveryCode } from './recovery-code-text.ts';
import { saveText } from './save-text.ts';

/** Shown once. Closing waits for a word that they are kept, because losing them and the phone locks somebody out. */
export function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const { t } = useI18n();
  const [kept, setKept] = useState(false);
  const shown = codes.map(formatRecoveryCode);
  const text = shown.join('\n');
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('totp.codesText')}</p>
      <ul aria-label={t('totp.codesList')} dir="ltr" className="grid grid-cols-2 gap-2 rounded-control bg-sunken p-3 font-mono text-14">
        {shown.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton value={text} />
        <Button onClick={() => saveText(t('totp.codesFile'), `${text}\n`)}>
          <Download aria-hidden size={16} />
          {t('controls.download')}
        </Button>
      </div>
      <CheckboxField label={t('totp.codesKept')} checked={kept} onChecked={setKept} />
      <div>
        <Button look="primary" disabled={!kept} onClick={done}>
          {t('controls.done')}
        </Button>
      </div>
    </div>
  );
}
