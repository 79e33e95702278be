// Starts GraphiQL. A file, because the content security policy forbids inline scripts.
const { React, ReactDOM, GraphiQL } = window;

/** Nothing outlives the page: what is written there may be a token, or a password. */
function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}

const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
const start = `# Sign in at /docs (auth → POST /api/v1/auth/login, delivery: cookie), or write an
# Authorization header below. One operation per request.

query Me {
  me {
    username
    roles {
      name
    }
  }
}
`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    storage: memory(),
    defaultQuery: start,
    defaultEditorToolsVisibility: true,
    shouldPersistHeaders: false,
  }),
);
