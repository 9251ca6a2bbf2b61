// A signature on glass: finger, pen or mouse on a canvas; `changed` gets the PNG after each stroke, null once cleared.

const INK = "#111";

export function pad(canvas, changed) {
  const pen = canvas.getContext("2d");
  let drawing = false;
  blank();

  function blank() {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(canvas.clientWidth * ratio) || 600;
    canvas.height = Math.round(canvas.clientHeight * ratio) || 300;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 2.5 * ratio, lineCap: "round", lineJoin: "round", strokeStyle: INK });
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    const point = event.touches ? event.touches[0] : event;
    return [((point.clientX - box.left) * canvas.width) / box.width, ((point.clientY - box.top) * canvas.height) / box.height];
  }

  function down(event) {
    event.preventDefault();
    drawing = true;
    if (event.pointerId !== undefined) canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  }

  function move(event) {
    if (!drawing) return;
    event.preventDefault();
    pen.lineTo(...at(event));
    pen.stroke();
  }

  function up() {
    if (!drawing) return;
    drawing = false;
    canvas.toBlob(changed, "image/png");
  }

  // Older in-app browsers know touches but no pointers.
  const [start, go, ends] = window.PointerEvent
    ? ["pointerdown", "pointermove", ["pointerup", "pointercancel"]]
    : ["touchstart", "touchmove", ["touchend", "touchcancel"]];
  canvas.addEventListener(start, down);
  canvas.addEventListener(go, move);
  ends.forEach((end) => canvas.addEventListener(end, up));

  return {
    clear() {
      blank();
      changed(null);
    },
    async show(blob) {
      const picture = await createImageBitmap(blob);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    },
  };
}
