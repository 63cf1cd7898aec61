'use strict';

const { createElement } = React;

/** Where a key goes: beneath each question, under Headers. */
const HEADERS = JSON.stringify({ Authorization: 'Bearer cairn_...' }, null, 2);

/** What GraphiQL keeps while the page is open, and no longer: its history holds the headers of each question too. */
function memory() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
  };
}

async function start() {
  const { endpoint, questions, signIn } = await (await fetch('graphiql/start.json')).json();
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    createElement(
      GraphiQL,
      {
        fetcher: GraphiQL.createFetcher({ url: endpoint }),
        defaultTabs: questions.map((query) => ({ query, headers: signIn ? HEADERS : undefined })),
        defaultQuery: '',
        defaultEditorToolsVisibility: signIn ? 'headers' : false,
        defaultHeaders: signIn ? HEADERS : undefined,
        isHeadersEditorEnabled: signIn,
        shouldPersistHeaders: false,
        storage: signIn ? memory() : undefined,
        inputValueDeprecation: true,
      },
      createElement(GraphiQL.Logo, null, 'Cairn'),
    ),
  );
}

start();
