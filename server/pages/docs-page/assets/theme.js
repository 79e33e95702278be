// Swagger UI is dark by a class; the browser knows whether the person wants it so.
const wish = window.matchMedia('(prefers-color-scheme: dark)');

function follow() {
  document.documentElement.classList.toggle('dark-mode', wish.matches);
}

follow();
wish.addEventListener('change', follow);
