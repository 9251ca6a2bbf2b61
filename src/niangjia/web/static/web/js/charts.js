// Draws every table that asks for it. The table stays: it is the truth, the picture is drawn from its cells.

const figures = [...document.querySelectorAll("figure[data-chart]")];
const library = document.querySelector("[data-library]")?.dataset.library;

// Told apart with every kind of colour sight, and in grey: dark blue, orange, light blue, plum.
const COLOURS = ["#1d4f7c", "#c8691c", "#5b9fce", "#7a4b7d"];
const QUIET = "#9db8d0";
const INK = "#25211d";
const SOFT = "#5e5750";
const GRID = "#e4ded5";
const SYMBOLS = ["circle", "rect", "triangle", "diamond"];
// More bars than this are read in the table.
const MOST_BARS = 30;

if (figures.length && library) {
  const { init } = await import(library);
  figures.forEach((figure) => draw(figure, init));
}

function draw(figure, init) {
  const data = read(figure);
  if (!data.rows.length) return;
  const plot = figure.querySelector(".plot");
  plot.hidden = false;
  plot.style.height = `${heightOf(figure.dataset.chart, data)}px`;
  const chart = init(plot, null, { renderer: "canvas" });
  const paint = () => chart.setOption(optionOf(figure, data, plot.clientWidth), true);
  paint();
  figure.querySelector("details.twin").open = false;
  chart.on("click", (event) => follow(figure, data, event));
  new ResizeObserver(() => {
    chart.resize();
    paint();
  }).observe(plot);
  const button = figure.querySelector("[data-picture]");
  button.hidden = false;
  button.addEventListener("click", () => save(figure, data, init));
}

// Reading the table

function read(figure) {
  const heads = [...figure.querySelectorAll("thead th")].slice(1);
  const names = heads.map((head) => head.textContent);
  const drawn = heads.flatMap((head, place) => (head.dataset.drawn === undefined ? [] : [{ name: head.dataset.drawn, place }]));
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
    label: row.querySelector("th").textContent,
    isOwn: row.dataset.own !== undefined,
    cells: [...row.querySelectorAll("td")].map((cell) => ({
      number: cell.dataset.n === undefined ? null : Number(cell.dataset.n),
      text: cell.textContent,
      url: cell.querySelector("a")?.href ?? row.querySelector("th a")?.href,
    })),
  }));
  const isBars = figure.dataset.chart === "bars";
  const known = rows.filter((row) => drawn.some(({ place }) => row.cells[place].number !== null));
  return { names, drawn, rows: isBars ? known.slice(0, MOST_BARS) : rows };
}

function heightOf(kind, data) {
  return kind === "bars" ? 48 + data.rows.length * Math.max(26, 15 * data.drawn.length + 8) : 260;
}

// Drawing

function optionOf(figure, data, width) {
  const isBars = figure.dataset.chart === "bars";
  const isPercent = figure.dataset.percent !== undefined;
  const labels = { type: "category", data: data.rows.map((row) => row.label), axisTick: { show: false }, axisLine: { lineStyle: { color: GRID } } };
  const values = { type: "value", min: 0, max: isPercent ? 100 : undefined, interval: isPercent ? 25 : undefined, minInterval: 1, splitLine: { lineStyle: { color: GRID } }, axisLabel: { color: SOFT, formatter: isPercent ? "{value}%" : short }, splitNumber: isBars ? 3 : 4 };
  if (isBars) Object.assign(labels, { inverse: true, axisLabel: { color: INK, width: Math.min(190, width * 0.36), overflow: "truncate" } });
  else labels.axisLabel = { color: SOFT, hideOverlap: true };
  return {
    color: COLOURS,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    legend: { show: data.drawn.length > 1, top: 0, left: 0, icon: isBars ? "rect" : undefined, itemWidth: 18, textStyle: { color: INK } },
    grid: { left: 4, right: isBars ? 54 : 32, top: data.drawn.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: isBars ? "shadow" : "line" }, formatter: (found) => told(data, found[0].dataIndex), textStyle: { color: INK, fontSize: 13 } },
    xAxis: isBars ? values : labels,
    yAxis: isBars ? labels : values,
    series: data.drawn.map((column, order) => seriesOf(figure.dataset.chart, data, column, order)),
  };
}

function seriesOf(kind, data, column, order) {
  const points = data.rows.map((row) => row.cells[column.place]);
  const hasOwn = data.rows.some((row) => row.isOwn);
  if (kind === "line") {
    return { type: "line", name: column.name, data: points.map((cell) => cell.number), symbol: SYMBOLS[order % SYMBOLS.length], symbolSize: 6, lineStyle: { width: 2, type: order % 2 ? "dashed" : "solid" }, connectNulls: false };
  }
  const bars = points.map((cell, row) => ({
    value: cell.number,
    itemStyle: hasOwn && !data.rows[row].isOwn ? { color: QUIET } : undefined,
  }));
  const label = { show: kind === "bars", position: "right", color: INK, formatter: ({ dataIndex }) => points[dataIndex].text };
  return { type: "bar", name: column.name, data: bars, barMaxWidth: 18, barGap: "10%", label };
}

function told(data, place) {
  const row = data.rows[place];
  return [row.label, ...data.names.map((name, column) => `${name}  ${row.cells[column].text}`)].join("\n");
}

function short(number) {
  return Math.abs(number) >= 10000 ? `${number / 1000}k`.replace(/(\d+)k/, (_, thousands) => `${Number(thousands).toLocaleString("en")},000`) : number.toLocaleString("en");
}

// A click goes where the cell's own link goes.
function follow(figure, data, event) {
  const column = data.drawn[event.seriesIndex];
  const url = data.rows[event.dataIndex]?.cells[column.place].url;
  if (url) location.assign(url);
}

// The picture carries its title, its moment and its definition, for it will be looked at without this page.
function save(figure, data, init) {
  const { unit } = figure.dataset;
  const whose = document.querySelector("h1").textContent.trim();
  const title = `${whose} ${figure.querySelector("figcaption h2").textContent}${unit ? ` (${unit})` : ""}`;
  const moment = figure.querySelector("figcaption span").textContent;
  const sheet = document.createElement("div");
  sheet.className = "offstage";
  sheet.style.height = `${heightOf(figure.dataset.chart, data) + 64}px`;
  document.body.append(sheet);
  const chart = init(sheet, null, { renderer: "canvas", devicePixelRatio: 2 });
  const option = optionOf(figure, data, sheet.clientWidth);
  option.title = { text: title, subtext: moment, left: 4, top: 0, textStyle: { color: INK, fontSize: 17 }, subtextStyle: { color: SOFT, fontSize: 12 } };
  option.legend.top = 56;
  option.grid.top += 58;
  chart.setOption(option);
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#ffffff" });
  link.download = `${title}.png`;
  link.click();
  chart.dispose();
  sheet.remove();
}
