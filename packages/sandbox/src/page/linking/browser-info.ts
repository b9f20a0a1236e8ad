export interface BrowserInfo {
  info: () => { os: string; name: string; version: string; ua: string };
}

/** WAWebMiscBrowserUtils: the library replaces `info` to give the device a name, and the phone is to list it by that. */
export const openBrowserInfo = (renamed: (name: string) => void): BrowserInfo => {
  let read: BrowserInfo['info'] = () => ({ os: 'Linux', name: 'Chrome', version: '156', ua: navigator.userAgent });
  return {
    get info() {
      return read;
    },
    set info(replaced) {
      read = replaced;
      renamed(nameOf(replaced()));
    },
  };
};

export const nameOf = ({ os, name }: { os: string; name: string }): string => `${name} (${os})`;
