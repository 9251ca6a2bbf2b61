// Photos are made smaller on the phone before they travel: at most 1600 px, JPEG. What cannot be read goes as it is.

const LONGEST = 1600;
const QUALITY = 0.82;
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
  if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH || !window.createImageBitmap) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}
