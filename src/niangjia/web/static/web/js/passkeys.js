// A passkey that was cancelled or failed is said in words on the page, not in the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const box = document.getElementById("messages");
  const text = document.getElementById("passkey-failed").textContent;
  const notice = document.createElement("div");
  notice.className = "notice waiting";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  box.replaceChildren(notice);
});
