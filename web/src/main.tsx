import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { createRouter, loadAhead } from './router';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={createRouter()} />
  </StrictMode>,
);

const loadAheadAfterMs = 2_000;
setTimeout(() => void loadAhead(), loadAheadAfterMs);
