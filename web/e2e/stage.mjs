// What the walks through the app share: a browser, patience, and a list of steps.
// BASE_URL: where the app is served. CHROMIUM: the browser to run. E2E_OUT: a folder for pictures of a failure.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const baseUrl = (process.env.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
export const waitMs = Number(process.env.E2E_WAIT_MS ?? 60_000);
const out = process.env.E2E_OUT ?? 'test-results';

export function launch(args) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...args],
  });
}

export async function until(what, holds) {
  const end = Date.now() + waitMs;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited ${waitMs} ms in vain: ${what}`);
}

async function picture(tab, name) {
  if (!tab) return;
  mkdirSync(out, { recursive: true });
  const path = join(out, `${name}.png`);
  await tab.screenshot({ path, fullPage: true }).catch(() => undefined);
  console.log(`       picture: ${path}`);
}

/** Walks the steps up to the first that fails; says "N passed, M failed" and exits 1 on a failure. */
export async function run(browser, steps, tabs) {
  let passed = 0;
  let failed = 0;
  for (const [name, walk] of steps) {
    const start = Date.now();
    try {
      await walk();
      passed += 1;
      console.log(`ok     ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      console.log(
        `FAILED ${name}\n       ${String(error).split('\n').slice(0, 6).join('\n       ')}`,
      );
      console.log(`       at ${tabs.page().url()}`);
      for (const [tabName, tab] of Object.entries(tabs)) await picture(tab(), `${tabName}-tab`);
      break;
    }
  }
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
