import { useState } from 'react';
import type { WireGroup } from '../../wire/stanzas.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Problem } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { inviteLink } from './invite-code.ts';

export function GroupInvite({ group }: { group: WireGroup }) {
  const { t } = useSpeech();
  const { attempt, say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [code, setCode] = useState<string | undefined>(undefined);
  const read = (name: 'group.inviteCode' | 'group.resetInvite'): void => void act.run(async () => setCode((await perform(name, { group: group.id })).code));
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(inviteLink(code ?? ''));
    say(t('thread.copied'));
  };
  return (
    <section>
      <h3 className="dialog-part">{t('group.inviteCode')}</h3>
      {code !== undefined && (
        <p className="split">
          <code dir="ltr" className="code">
            {inviteLink(code)}
          </code>
          <IconButton icon="copy" label={t('thread.copy')} onClick={() => attempt(copy)} />
        </p>
      )}
      <Problem text={act.problem} />
      <div className="picture-acts">
        {code === undefined && (
          <Button icon="link" onClick={() => read('group.inviteCode')}>
            {t('group.showInvite')}
          </Button>
        )}
        <Button onClick={() => read('group.resetInvite')}>{t('group.resetInvite')}</Button>
      </div>
    </section>
  );
}
