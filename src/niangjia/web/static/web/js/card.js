// The member's card: the code is renewed quietly. What cannot be renewed grows old by itself (card.css).

const box = document.getElementById("card-code");
const offline = document.querySelector("[data-offline]");
let timer = 0;

async function renew() {
  clearTimeout(timer);
  let pause = Number(box.dataset.every) * 1000;
  try {
    const answer = await fetch(box.dataset.refresh, { cache: "no-store", credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(answer.statusText);
    box.innerHTML = await answer.text();
    offline.hidden = true;
  } catch {
    // No network, or signed out: say so at once, and look again soon.
    offline.hidden = false;
    pause = 5000;
  }
  timer = setTimeout(renew, pause);
}

timer = setTimeout(renew, Number(box.dataset.every) * 1000);
// A phone that slept, or a page that the browser kept, shows an old code: renew it before anybody scans.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && renew());
window.addEventListener("pageshow", (event) => event.persisted && renew());
window.addEventListener("online", renew);
window.addEventListener("offline", renew);
