// Starts Swagger UI. A file, because the content security policy forbids inline scripts.
const element = document.getElementById('swagger-ui');

/** No script may set or read the session cookie: say so instead of asking for its value. */
function cookieIsNotTyped() {
  return {
    wrapComponents: {
      apiKeyAuth:
        (_original, { React, getComponent }) =>
        ({ name, schema }) => {
          const Markdown = getComponent('Markdown', true);
          return React.createElement(
            'div',
            { className: 'cookie-note' },
            React.createElement('h4', null, React.createElement('code', null, name)),
            React.createElement(Markdown, { source: schema.get('description') }),
          );
        },
    },
  };
}

window.SwaggerUIBundle({
  domNode: element,
  url: element.dataset.document,
  plugins: [cookieIsNotTyped],
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  showExtensions: true,
  defaultModelsExpandDepth: 0,
  // The cookie of a sign-in on this page goes with the calls that follow.
  withCredentials: true,
  // Tokens stay in memory: local storage would hand them to any script that ever gets in.
  persistAuthorization: false,
  validatorUrl: 'none',
});
