// A photo drawn anew: at most 1600 px, JPEG, turned upright, and without anything the camera wrote beside the picture.

const LONGEST = 1600;
const QUALITY = 0.82;

// Null where the browser cannot read it.
export async function redrawn(file) {
  if (!window.createImageBitmap) return null;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
