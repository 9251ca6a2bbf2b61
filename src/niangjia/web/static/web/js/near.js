// Sorts the service points on the page by distance. The position is used here and goes nowhere: no request carries it.

const button = document.querySelector("[data-near]");
const list = document.querySelector("[data-points]");
const said = document.querySelector("[data-near-said]");
const EARTH = 6371000;

if (button && list && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(found, refused, { timeout: 15000, maximumAge: 60000 });
  });
}

function found(position) {
  const here = toGcj(position.coords.latitude, position.coords.longitude);
  const points = [...list.children].map((item) => [item, distance(here, item.dataset)]);
  points.sort((one, other) => one[1] - other[1]);
  for (const [item, metres] of points) {
    const place = item.querySelector("[data-distance]");
    place.textContent = Number.isFinite(metres) ? words(metres) : button.dataset.unknown;
    place.hidden = false;
    list.append(item);
  }
  button.disabled = false;
  said.textContent = button.dataset.sorted;
}

function refused() {
  button.disabled = false;
  said.textContent = button.dataset.refused;
}

function words(metres) {
  const [near, far] = [button.dataset.metres, button.dataset.kilometres];
  return metres < 950
    ? near.replace("0", String(Math.max(50, Math.round(metres / 50) * 50)))
    : far.replace("0", (metres / 1000).toFixed(1));
}

function distance([latitude, longitude], { latitude: other, longitude: another }) {
  if (!other || !another) return Infinity;
  const turn = Math.PI / 180;
  const [down, across] = [(other - latitude) * turn, (another - longitude) * turn];
  const half = Math.sin(down / 2) ** 2
    + Math.cos(latitude * turn) * Math.cos(other * turn) * Math.sin(across / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
}

// Browsers tell WGS-84; the register, like every map sold in China, keeps GCJ-02, up to 600 metres apart.
function toGcj(latitude, longitude) {
  const inside = longitude > 72.004 && longitude < 137.8347 && latitude > 0.8293 && latitude < 55.8271;
  if (!inside) return [latitude, longitude];
  const [AXIS, FLATTENING] = [6378245, 0.00669342162296594323];
  const [x, y] = [longitude - 105, latitude - 35];
  const wave = (of, first, second) => (20 * Math.sin(first * of * Math.PI) + 20 * Math.sin(second * of * Math.PI)) * 2 / 3;
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  north += wave(x, 6, 2);
  east += wave(x, 6, 2);
  north += (20 * Math.sin(y * Math.PI) + 40 * Math.sin(y / 3 * Math.PI)) * 2 / 3;
  north += (160 * Math.sin(y / 12 * Math.PI) + 320 * Math.sin(y * Math.PI / 30)) * 2 / 3;
  east += (20 * Math.sin(x * Math.PI) + 40 * Math.sin(x / 3 * Math.PI)) * 2 / 3;
  east += (150 * Math.sin(x / 12 * Math.PI) + 300 * Math.sin(x / 30 * Math.PI)) * 2 / 3;
  const sine = Math.sin(latitude / 180 * Math.PI);
  const magic = 1 - FLATTENING * sine * sine;
  return [
    latitude + north * 180 / (AXIS * (1 - FLATTENING) / (magic * Math.sqrt(magic)) * Math.PI),
    longitude + east * 180 / (AXIS / Math.sqrt(magic) * Math.cos(latitude / 180 * Math.PI) * Math.PI),
  ];
}
