import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@waxos/process/log';
import type { TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { World } from '@waxos/sandbox/conformance/testing/world';
import type { Config, Secrets } from '../config.ts';
import { openNode, type RunningNode } from '../context.ts';
import type { TestGateway } from './test-gateway.ts';

/** A session node in this process, on folders that outlive it, between a sandbox and a test gateway. */
export interface TestNode {
  start: () => Promise<RunningNode>;
  /** Stops what runs, and removes the folders. */
  close: () => Promise<void>;
}

const ofSandbox = /^--(host-resolver-rules|ignore-certificate-errors-spki-list|no-proxy-server|ip-address-space-overrides)\b/;

interface TestNodeOptions {
  world: World;
  gateway: Pick<TestGateway, 'url' | 'token'>;
  chromium: TestChromium;
  config?: Partial<Config>;
  secrets?: Partial<Secrets>;
}

export const makeTestNode = async ({ world, gateway, chromium, ...changed }: TestNodeOptions): Promise<TestNode> => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-node-'));
  const executable = { executablePath: chromium.executablePath ?? '', env: chromium.env };
  const config: Config = {
    NODE_NAME: 'test',
    GATEWAY_URL: gateway.url,
    PROFILES_DIR: join(folder, 'profiles'),
    NODE_DATA_DIR: join(folder, 'node'),
    WARM_BROWSERS: 0,
    WARM_PAGES: true,
    PROFILE_SNAPSHOTS_DIR: undefined,
    PROFILE_SNAPSHOT_MINUTES: 60,
    PROFILE_SNAPSHOTS_MAX: 3,
    PROFILE_SNAPSHOT_DAYS_MAX: 14,
    LOG_LEVEL: 'silent',
    CHROMIUM_PATH: undefined,
    HEADLESS_SHELL_PATH: undefined,
    HEADLESS_SHELL_LIBRARIES: undefined,
    HEADLESS_SHELL_FONTS: undefined,
    SANDBOX_URL: undefined,
    SANDBOX_SPKI: undefined,
    BROWSER_UID: undefined,
    METRICS_PORT: undefined,
    memoryBudgetBytes: 4_000_000_000,
    executables: chromium.kind === 'headless shell' ? { headless_shell: executable } : { chromium: executable },
    sandboxArguments: world.chromiumArguments.filter((argument) => ofSandbox.test(argument)),
    ...changed.config,
  };
  const failures: Error[] = [];
  const running = new Set<RunningNode>();
  return {
    start: async () => {
      const node = await openNode({
        config,
        secrets: { NODE_TOKEN: gateway.token, PROFILE_KEY: undefined, ...changed.secrets },
        log: openLog({ name: 'node', level: 'silent' }),
        version: '0.1.0',
        failed: (error) => void failures.push(error),
        delays: { firstRetryMs: 10, lastRetryMs: 100, heartbeatMs: 500 },
      });
      const started: RunningNode = {
        ...node,
        close: async () => {
          running.delete(started);
          await node.close();
        },
      };
      running.add(started);
      return started;
    },
    close: async () => {
      await Promise.all([...running].map((node) => node.close()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      const [first] = failures;
      if (first !== undefined) throw first;
    },
  };
};
