import { useCallback, useEffect, useState } from 'react';
import { parseScan } from '../state/shown.ts';

interface Scan {
  /** What is being scanned; empty until it is pasted, undefined where nothing is. */
  text: string | undefined;
  account: string | undefined;
  begin: (text: string, account?: string) => void;
  end: () => void;
}

/** A link `#scan=<text of the QR>` begins a scan; the text is taken out of the address, it works only once. */
export function useScanFromAddress(): Scan {
  const [scan, setScan] = useState<{ text: string | undefined; account: string | undefined }>(() => ({ text: parseScan(location.hash), account: undefined }));
  useEffect(() => {
    const take = (): void => {
      const text = parseScan(location.hash);
      if (text === undefined) return;
      history.replaceState(null, '', location.pathname + location.search);
      setScan({ text, account: undefined });
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  const begin = useCallback((text: string, account?: string) => setScan({ text, account }), []);
  const end = useCallback(() => setScan({ text: undefined, account: undefined }), []);
  return { ...scan, begin, end };
}
