import { useCallback, useEffect, useState } from 'react';
import { Empty } from './parts/empty.tsx';
import { Icon } from './parts/icon.tsx';
import { Pane } from './phone/pane.tsx';
import { AddPhone } from './rail/add-phone.tsx';
import { Rail } from './rail/rail.tsx';
import { ScanDialog } from './rail/scan-dialog.tsx';
import { useScanFromAddress } from './rail/use-scan-from-address.ts';
import { usePart, usePhones } from './state/use-phones.ts';
import { useView, type View } from './state/use-view.ts';
import { useSpeech } from './words/speech.tsx';

export function App() {
  const { t } = useSpeech();
  const phones = usePhones();
  const view = useView();
  const [adding, setAdding] = useState(false);
  const scan = useScanFromAddress();
  // An address may name phones that are gone, or not read yet: then the rail is what a small screen shows.
  const holding = usePart((state) => state.phones.some(({ account }) => view.shown.some((one) => one.account === account)));
  useEffect(() => phones.start(), [phones]);
  const stopAdding = useCallback(() => setAdding(false), []);
  return (
    <div className={holding ? 'page page-holding' : 'page'}>
      <header className="sandbox-strip">
        <Icon name="info" size={18} />
        <p>
          <strong>{t('page.sandbox')}</strong> {t('page.sandboxText')}
        </p>
      </header>
      <main className="body">
        <h1 className="unseen">{t('page.title')}</h1>
        <Rail view={view} add={() => setAdding(true)} scan={() => scan.begin('')} />
        <div className="panes" role="group" aria-label={t('page.shownPhones')}>
          <Panes view={view} add={() => setAdding(true)} scan={scan.begin} />
        </div>
      </main>
      {adding && <AddPhone close={stopAdding} added={view.show} />}
      {scan.text !== undefined && <ScanDialog first={scan.text} chosen={scan.account} close={scan.end} scanned={view.show} add={() => setAdding(true)} />}
    </div>
  );
}

function Panes({ view, add, scan }: { view: View; add: () => void; scan: (text: string, account?: string) => void }) {
  const { t } = useSpeech();
  const phones = usePart((state) => state.phones);
  const loading = usePart((state) => state.loading);
  const shown = view.shown.filter(({ account }) => phones.some((phone) => phone.account === account));
  if (shown.length > 0) {
    return shown.map(({ account, chat }) => {
      const phone = phones.find((one) => one.account === account);
      return phone === undefined ? null : <Pane key={account} phone={phone} chat={chat} view={view} alone={shown.length === 1} scan={scan} />;
    });
  }
  if (loading !== 'ready') return null;
  return phones.length === 0 ? (
    <Empty icon="phone" title={t('page.noPhones')} text={t('page.noPhonesText')} label={t('rail.add')} act={add} />
  ) : (
    <Empty icon="phone" title={t('page.pickPhone')} text={t('page.pickPhoneText')} />
  );
}
