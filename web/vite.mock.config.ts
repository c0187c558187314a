import { defineConfig } from 'vite';
import { mockServer } from './tests/mock-server/plugin';
import base from './vite.config';

/** The app with a server made of memory in place of the real one. */
export default defineConfig({
  ...base,
  plugins: [base.plugins, mockServer()],
  server: {},
  preview: {
    headers: {
      'content-security-policy':
        "default-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    },
  },
});
