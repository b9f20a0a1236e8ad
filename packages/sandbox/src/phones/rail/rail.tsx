import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { usePart, usePhones } from '../state/use-phones.ts';
import type { View } from '../state/use-view.ts';
import { languageNames, languages } from '../words/languages.ts';
import { useSpeech } from '../words/speech.tsx';
import { RailRow } from './rail-row.tsx';

const filterFrom = 8;

export function Rail({ view, add, scan }: { view: View; add: () => void; scan: () => void }) {
  const { t } = useSpeech();
  const phones = usePart((state) => state.phones);
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const found = phones.filter(({ name, phone }) => name.toLowerCase().includes(needle) || phone.includes(needle.replace(/\D/g, '') || needle));
  return (
    <nav className="rail" aria-label={t('rail.title')}>
      <header className="rail-head">
        <h2>{t('rail.title')}</h2>
        <div className="rail-acts">
          <Button icon="add" look="primary" onClick={add}>
            {t('rail.add')}
          </Button>
          <Button icon="scan" onClick={scan}>
            {t('rail.scan')}
          </Button>
        </div>
        {phones.length >= filterFrom && (
          <input className="rail-filter" type="search" aria-label={t('rail.filter')} placeholder={t('rail.filter')} dir="auto" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        )}
      </header>
      <RailState />
      <ul className="rail-list">
        {found.map((phone) => (
          <RailRow key={phone.account} phone={phone} view={view} />
        ))}
      </ul>
      {phones.length > 0 && found.length === 0 && <p className="rail-none">{t('rail.none')}</p>}
      <footer className="rail-foot">
        <LanguageChoice />
        {isInsideWaxos && (
          <a className="rail-back" href="/">
            {t('page.back')}
          </a>
        )}
      </footer>
    </nav>
  );
}

/** A sandbox run alone has nothing to go back to. */
const isInsideWaxos = location.pathname.startsWith('/sandbox/');

function RailState() {
  const { t } = useSpeech();
  const phones = usePhones();
  const loading = usePart((state) => state.loading);
  const live = usePart((state) => state.live);
  if (loading === 'loading') {
    return (
      <div className="skeletons" role="status">
        <span className="unseen">{t('page.loading')}</span>
        <span className="skeleton" />
        <span className="skeleton" />
        <span className="skeleton" />
      </div>
    );
  }
  if (loading === 'failed') {
    return (
      <div className="rail-failed" role="alert">
        <p>{t('page.loadFailed')}</p>
        <Button onClick={() => void phones.readAll()}>{t('page.again')}</Button>
      </div>
    );
  }
  return live ? null : (
    <p className="rail-lost" role="status">
      {t('page.lost')}
    </p>
  );
}

function LanguageChoice() {
  const { t, language, speak } = useSpeech();
  return (
    <label className="rail-language">
      <span>{t('page.language')}</span>
      <select
        value={language}
        onChange={(event) => {
          const chosen = languages.find((one) => one === event.target.value);
          if (chosen !== undefined) speak(chosen);
        }}
      >
        {languages.map((one) => (
          <option key={one} value={one}>
            {languageNames[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
