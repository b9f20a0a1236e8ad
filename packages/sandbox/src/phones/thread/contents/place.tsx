import type { Content } from '../../../acts/contents.ts';
import { Icon } from '../../parts/icon.tsx';
import { useSpeech } from '../../words/speech.tsx';

/** No map is drawn: that would tell a stranger's server what is talked about. The link does, if it is pressed. */
export function Place({ content }: { content: Extract<Content, { kind: 'location' }> }) {
  const { t } = useSpeech();
  const { latitude, longitude, name, address } = content;
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <a className="document" href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`} target="_blank" rel="noreferrer noopener">
      <Icon name="place" size={28} />
      <span className="document-text">
        <bdi className="strong">{name ?? t('kind.location')}</bdi>
        {address !== undefined && <bdi>{address}</bdi>}
        <bdi dir="ltr" className="muted">
          {point}
        </bdi>
      </span>
    </a>
  );
}
