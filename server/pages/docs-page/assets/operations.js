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

/** Every answer carries much the same headers: folded, and a click away. */
function headersAreFolded() {
  return {
    wrapComponents: {
      headers:
        (Original, { React }) =>
        (props) => {
          const count = props.headers?.size ?? 0;
          if (count === 0) return null;
          return React.createElement(
            'details',
            { className: 'folded-headers' },
            React.createElement('summary', null, count === 1 ? '1 header' : `${count} headers`),
            React.createElement(Original, props),
          );
        },
    },
  };
}

const samples = 'x-codeSamples';

/** How the client calls an operation stands in front of its parameters, not among its extensions. */
function samplesComeFirst() {
  return {
    wrapComponents: {
      parameters:
        (Original, { React, specSelectors }) =>
        (props) =>
          React.createElement(
            React.Fragment,
            null,
            ...samplesOf(specSelectors.specJson(), props.pathMethod).map((sample) =>
              sampleElement(React, sample),
            ),
            React.createElement(Original, props),
          ),
      OperationExt:
        (Original, { React }) =>
        (props) => {
          const extensions = props.extensions.delete(samples);
          return extensions.size > 0
            ? React.createElement(Original, { ...props, extensions })
            : null;
        },
    },
  };
}

function samplesOf(document, pathMethod) {
  return document.getIn(['paths', ...pathMethod, samples])?.toJS() ?? [];
}

function sampleElement(React, { lang, label, source }) {
  return React.createElement(
    'details',
    { className: 'code-sample', open: true, key: label },
    React.createElement('summary', null, `${lang}: `, React.createElement('code', null, label)),
    React.createElement('pre', null, React.createElement('code', null, source)),
  );
}

window.SwaggerUIBundle({
  domNode: element,
  url: element.dataset.document,
  plugins: [cookieIsNotTyped, headersAreFolded, samplesComeFirst],
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
