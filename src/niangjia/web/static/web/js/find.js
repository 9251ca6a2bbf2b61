// Finds while one types: the page itself is asked again, and the part named by `data-find` takes the answer's place.

const PAUSE = 300;
const form = document.querySelector("form[data-find]");
let waiting, asking;

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE);
});

async function find() {
  asking?.abort();
  asking = new AbortController();
  const address = `${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector(form.dataset.find).replaceChildren(...page.querySelector(form.dataset.find).childNodes);
  } catch {
    // Another letter came, or there is no network: the button still sends the form.
  }
}
