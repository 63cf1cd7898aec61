'use strict';

const { createElement } = React;

/** Where a key goes: beneath each question, under Headers. */
const HEADERS = JSON.stringify({ Authorization: 'Bearer cairn_...' }, null, 2);

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
        // A key stays in the open page: it is kept nowhere.
        shouldPersistHeaders: false,
        inputValueDeprecation: true,
      },
      createElement(GraphiQL.Logo, null, 'Cairn'),
    ),
  );
}

start();
