import { useCallback, useState } from 'react';
import type { AccountView } from '../../network/phone-view.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { formatPhone } from '../state/people.ts';
import { usePhones } from '../state/use-phones.ts';
import type { View } from '../state/use-view.ts';
import { useSpeech } from '../words/speech.tsx';

const unreadOf = (phone: AccountView): number => phone.chats.reduce((sum, chat) => sum + (chat.archived === true ? 0 : chat.unread), 0);

export function RailRow({ phone, view }: { phone: AccountView; view: View }) {
  const { t } = useSpeech();
  const phones = usePhones();
  const [removing, setRemoving] = useState(false);
  const stop = useCallback(() => setRemoving(false), []);
  const { account, name } = phone;
  const shown = view.shown.some((one) => one.account === account);
  return (
    <li className={shown ? 'rail-row rail-row-shown' : 'rail-row'}>
      <button type="button" className="rail-open" aria-current={shown} onClick={() => view.show(account)}>
        <Avatar id={account} name={name} picture={phone.pictureUrl} />
        <span className="rail-names">
          <span className="rail-name">
            <bdi>{name}</bdi>
            {phone.isBusiness && <BusinessMark />}
            <Unread phone={phone} />
          </span>
          <RailFacts phone={phone} />
        </span>
      </button>
      <Menu
        label={t('rail.acts', { name })}
        icon="more"
        items={[
          !shown && { label: t('rail.beside'), icon: 'addBeside', act: () => view.showBeside(account) },
          shown && { label: t('rail.hide'), icon: 'close', act: () => view.hide(account) },
          { label: t('rail.remove'), icon: 'trash', danger: true, act: () => setRemoving(true) },
        ]}
      />
      {removing && (
        <Confirm
          title={t('rail.removeTitle', { name })}
          text={t('rail.removeText')}
          label={t('rail.remove')}
          close={stop}
          act={async () => {
            await phones.remove(account);
            view.hide(account);
          }}
        />
      )}
    </li>
  );
}

function RailFacts({ phone }: { phone: AccountView }) {
  const { t } = useSpeech();
  return (
    <span className="rail-facts">
      <span className={phone.online ? 'dot dot-on' : 'dot'} role="img" aria-label={phone.online ? t('phone.online') : t('phone.offline')} />
      <bdi dir="ltr">{formatPhone(phone.phone)}</bdi>
    </span>
  );
}

function Unread({ phone }: { phone: AccountView }) {
  const { t } = useSpeech();
  const count = unreadOf(phone);
  return (
    <span className="rail-end">
      {phone.calls.some(({ outgoing }) => outgoing !== true) && <Icon name="phone" size={18} />}
      {count > 0 && (
        <span className="badge">
          <span aria-hidden>{count > 99 ? '99+' : count}</span>
          <span className="unseen">{t('chats.unread', { count })}</span>
        </span>
      )}
    </span>
  );
}

export function BusinessMark() {
  const { t } = useSpeech();
  return (
    <span className="mark" role="img" aria-label={t('phone.business')} title={t('phone.business')}>
      <Icon name="business" size={16} />
    </span>
  );
}
