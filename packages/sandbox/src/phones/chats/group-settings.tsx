import type { WireGroup } from '../../wire/stanzas.ts';
import { ActCheck, Problem } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';

const settings = ['announce', 'restrict', 'adminsAdd', 'approval'] as const;

export function GroupSettings({ group }: { group: WireGroup }) {
  const { t } = useSpeech();
  const { perform } = usePhone();
  const act = useAct();
  return (
    <section>
      <h3 className="dialog-part">{t('group.settings')}</h3>
      {settings.map((setting) => (
        <ActCheck key={setting} label={t(`group.${setting}`)} checked={group[setting]} change={(on) => act.run(() => perform('group.settings', { group: group.id, [setting]: on }))} />
      ))}
      <Problem text={act.problem} />
    </section>
  );
}
