// Photos are made smaller on the phone before they travel. What cannot be read goes as it is.

import { redrawn } from "./shrink.js";

const SMALL_ENOUGH = 400 * 1024;

document.querySelectorAll('input[type="file"][data-shrink]').forEach((input) => {
  input.addEventListener("change", async () => {
    const form = input.form;
    const buttons = [...form.elements].filter((element) => element.type === "submit");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const bag = new DataTransfer();
      for (const file of await Promise.all([...input.files].map(shrink))) bag.items.add(file);
      input.files = bag.files;
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  });
});

async function shrink(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) return file;
  const blob = await redrawn(file);
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}
