import { IconButton } from '../parts/button.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Switch } from '../parts/form.tsx';
import { Menu } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { BusinessMark } from '../rail/rail-row.tsx';
import { formatPhone, statusJid } from '../state/people.ts';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';

export function PhoneHead({ alone, close, scan }: { alone: boolean; close: () => void; scan: () => void }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform, openChat, openDialog } = usePhone();
  return (
    <header className="phone-head">
      <div className="phone-line">
        <IconButton icon="back" label={t('phone.toPhones')} className="back-to-rail" onClick={close} />
        <button type="button" className="phone-me" onClick={() => openDialog({ kind: 'profile' })}>
          <Avatar id={phone.account} name={phone.name} picture={phone.pictureUrl} />
          <span className="phone-names">
            <span className="phone-name">
              <bdi>{phone.name}</bdi>
              {phone.isBusiness && <BusinessMark />}
            </span>
            <bdi dir="ltr" className="muted">
              {formatPhone(phone.phone)}
            </bdi>
            <span className="unseen">{t('profile.title')}</span>
          </span>
        </button>
        <IconButton icon="add" label={t('chats.new')} onClick={() => openDialog({ kind: 'new-chat' })} />
        <Menu
          label={t('phone.menu')}
          icon="more"
          items={[
            { label: t('devices.title'), icon: 'device', act: () => openDialog({ kind: 'devices' }) },
            { label: t('rail.scan'), icon: 'scan', act: scan },
            { label: t('group.new'), icon: 'people', act: () => openDialog({ kind: 'new-group' }) },
            { label: t('group.joinByCode'), icon: 'link', act: () => openDialog({ kind: 'join-group' }) },
            { label: t('status.see'), icon: 'status', act: () => openChat(statusJid) },
            { label: t('status.post'), icon: 'add', act: () => openDialog({ kind: 'status' }) },
            { label: t('profile.title'), icon: 'person', act: () => openDialog({ kind: 'profile' }) },
          ]}
        />
        {!alone && <IconButton icon="close" label={t('rail.hide')} className="close-pane" onClick={close} />}
      </div>
      <div className="phone-line phone-states">
        <Switch label={phone.online ? t('phone.online') : t('phone.offline')} on={phone.online} change={(online) => attempt(() => perform('phone.online', { online }))} />
        <DevicesLine />
      </div>
    </header>
  );
}

function DevicesLine() {
  const { t } = useSpeech();
  const { phone, openDialog } = usePhone();
  const connected = phone.devices.filter((device) => device.connected).length;
  const text = phone.devices.length === 0 ? t('devices.noneShort') : t('devices.short', { connected, count: phone.devices.length });
  return (
    <button type="button" className="text-button" onClick={() => openDialog({ kind: 'devices' })}>
      {text}
    </button>
  );
}
