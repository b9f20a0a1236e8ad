/** Everything a Chromium of ours is told; nothing is left to the defaults of whoever launches it. */
interface Composed {
  browser: 'headless_shell' | 'chromium';
  profileDir: string;
  /** Whether Chromium's own sandbox is on. */
  isolated: boolean;
  /** Whether /dev/shm has room; a container's usually has not. */
  sharedMemory: boolean;
  /** What a sandbox device needs to find its sandbox; none for a real one. */
  kindArguments: readonly string[];
}

const disabledFeatures = [
  'AcceptCHFrame',
  'IsolateSandboxedIframes',
  'MediaRouter',
  'OptimizationHints',
  'PartitionAllocSchedulerLoopQuarantineTaskControlledPurge',
  'ProcessPerSiteUpToMainFrameThreshold',
  'RenderDocument',
  // A renderer kept ready for a page that never comes costs as much as an empty session.
  'SpareRendererForSitePerProcess',
  'Translate',
];

/** A hidden page falls to one timer a minute after five minutes without these. */
const awake = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', '--disable-hang-monitor', '--disable-ipc-flooding-protection'];

/** What was measured to pay; what was measured not to is named in docs/decisions/2026-11-22-a-browser-a-session.md. */
const small = [
  '--in-process-gpu',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-gpu-compositing',
  '--enable-features=NetworkServiceInProcess2',
  '--js-flags=--optimize-for-size',
  '--disable-remote-fonts',
  '--disk-cache-size=33554432',
  '--window-size=800,600',
];

/** What a page stores is on the disk within a second; else up to a minute, and who is killed behind its link would lose it. */
const durable = ['--enable-aggressive-domstorage-flushing'];

const quiet = [
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--hide-scrollbars',
  '--metrics-recording-only',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--password-store=basic',
  '--use-mock-keychain',
];

export const composeArguments = ({ browser, profileDir, isolated, sharedMemory, kindArguments }: Composed): string[] => [
  browser === 'chromium' ? '--headless=new' : '--headless',
  '--remote-debugging-pipe',
  `--user-data-dir=${profileDir}`,
  ...awake,
  ...small,
  ...durable,
  ...quiet,
  `--disable-features=${disabledFeatures.join(',')}`,
  // The library's own, which it cannot give to a browser that it does not launch: else navigator.webdriver is true.
  '--disable-blink-features=AutomationControlled',
  // The zygote is part of Chromium's sandbox and may only go with it. A second one begets what is not isolated: here
  // that runs in the browser itself, and an idle process of 7 MB a session is spared.
  ...(isolated ? ['--no-unsandboxed-zygote'] : ['--no-sandbox', '--no-zygote']),
  ...(sharedMemory ? [] : ['--disable-dev-shm-usage']),
  ...kindArguments,
  'about:blank',
];
