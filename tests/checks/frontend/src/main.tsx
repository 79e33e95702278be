import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// The program in client/README.md: the check puts it here.
import App from './App.tsx';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
