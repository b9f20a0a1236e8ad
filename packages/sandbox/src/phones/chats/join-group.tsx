import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Form } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { readInviteCode } from './invite-code.ts';

/** By the code of an invite link, or the link itself. First it is shown which group that is. */
export function JoinGroup({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform, openChat } = usePhone();
  const act = useAct();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ code: string; subject: string; size: number } | undefined>(undefined);
  const code = readInviteCode(typed);
  const go = async (): Promise<void> => {
    if (found === undefined) {
      const { group, size } = await perform('group.inviteInfo', { code });
      setFound({ code, subject: group.subject, size });
      return;
    }
    const { group, waits } = await perform('group.join', { code: found.code });
    if (waits) say(t('group.waits'));
    else openChat(group);
    close();
  };
  return (
    <Dialog title={t('group.joinByCode')} close={close}>
      <Form act={act} submit={go} done={() => undefined} label={found === undefined ? t('group.look') : t('group.join')} disabled={code.length < 4}>
        <Field
          label={t('group.inviteCode')}
          dir="ltr"
          className="mono-input"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setFound(undefined);
          }}
        />
        {found !== undefined && (
          <p className="found-group" role="status">
            <bdi className="strong">{found.subject}</bdi> <span className="muted">{t('group.size', { count: found.size })}</span>
          </p>
        )}
      </Form>
    </Dialog>
  );
}
