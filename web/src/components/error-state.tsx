import { describeFailure } from '../lib/failures.ts';
import { useI18n } from '../lib/i18n/i18n-provider.tsx';
import { Button } from './button.tsx';

export function ErrorState({ error, retry }: { error: unknown; retry: () => void }) {
  const i18n = useI18n();
  const failure = describeFailure(error, i18n);
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-6">
      <p className="text-16">{i18n.t('states.failed')}</p>
      <p className="max-w-prose text-muted">{failure.text}</p>
      {failure.requestId && <p className="text-12 text-muted">{i18n.t('states.requestId', { id: failure.requestId })}</p>}
      <Button onClick={retry}>{i18n.t('controls.tryAgain')}</Button>
    </div>
  );
}
