// Rows: instance, cores, sharing, workers, batch, types, ms, per second, half-width of the interval, bound by, and of
// text generation ms to the first token.
const COLOURS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#8a8a8a', '#7A5195', '#9C8F00', '#44AA99'];
const get = id => document.getElementById(id);
const names = [...new Set(DATA.rows.map(row => row[0]))];
const colour = name => COLOURS[names.indexOf(name) % COLOURS.length];
const shown = x => x >= 1000 ? Math.round(x).toLocaleString('en') : x.toPrecision(3);
const LEFT = 46, TOP = 12, BOTTOM = 330, DIGIT_WIDTH = 40;

function offers() {
  const book = DATA.prices[get('book').value], rate = +get('rate').value;
  return DATA.rows.filter(row => row[0] in book).map(row => {
    const count = rate > 0 ? Math.max(1, Math.ceil(rate / row[7] - 1e-9)) : 1;
    return {row, count, ms: row[6], first: row[10], cost: 1e6 * count * book[row[0]] / 3600 / (rate > 0 ? rate : row[7])};
  });
}

const basis = () => +get('rate').value > 0 ? 'per million as asked, idle time included' : 'per million at full load';

function ticks(from, to, most) {
  const all = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++)
    for (const digit of [1, 2, 5]) all.push(+(digit * 10 ** power).toPrecision(1));
  const inside = all.filter(tick => tick >= from && tick <= to);
  return inside.length > most ? inside.filter(tick => tick.toExponential()[0] === '1') : inside;
}

function element(name, attributes, words) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (words !== undefined) made.textContent = words;
  return made;
}

function words(offer) {
  const r = offer.row;
  return `${offer.count} × ${r[0]}, ${r[1]} core${r[1] > 1 ? 's' : ''}${r[2] === 'copies' ? '' : ' (' + r[2] + ')'}, batch ${r[4]}`
    + `${r[3] > 1 ? ', ' + r[3] + ' workers' : ''}, ${r[5]}`;
}

const times = o => o.first === undefined ? `${shown(o.ms)} ms` : `${shown(o.first)} ms to the first token, ${shown(o.ms)} ms per token`;

function plot(all, meets, best) {
  const svg = get('plot'), right = svg.clientWidth - 10;
  svg.replaceChildren();
  const range = values => [Math.min(...values) / 1.15, Math.max(...values) * 1.15];
  const [x0, x1] = range(all.map(o => o.ms)), [y0, y1] = range(all.map(o => o.cost));
  const x = ms => LEFT + (right - LEFT) * Math.log(ms / x0) / Math.log(x1 / x0);
  const y = cost => BOTTOM - (BOTTOM - TOP) * Math.log(cost / y0) / Math.log(y1 / y0);
  for (const tick of ticks(x0, x1, (right - LEFT) / DIGIT_WIDTH)) {
    svg.append(element('line', {x1: x(tick), x2: x(tick), y1: TOP, y2: BOTTOM, class: 'grid'}));
    svg.append(element('text', {x: x(tick), y: BOTTOM + 17, 'text-anchor': 'middle'}, tick.toLocaleString('en')));
  }
  for (const tick of ticks(y0, y1, 12)) {
    svg.append(element('line', {x1: LEFT, x2: right, y1: y(tick), y2: y(tick), class: 'grid'}));
    svg.append(element('text', {x: LEFT - 7, y: y(tick) + 4, 'text-anchor': 'end'}, tick.toLocaleString('en')));
  }
  let least = Infinity;
  const front = [...all].sort((a, b) => a.ms - b.ms || a.cost - b.cost).filter(o => o.cost < least && (least = o.cost));
  for (const o of all) {
    const dot = element('circle', {cx: x(o.ms), cy: y(o.cost), r: o === best ? 7 : 4, fill: colour(o.row[0]),
      class: o === best ? 'best' : meets(o) ? '' : 'out'});
    dot.append(element('title', {}, `${words(o)}\n${times(o)}, ${shown(o.row[7])}/s each, $${shown(o.cost)} per million`));
    svg.append(dot);
  }
  svg.append(element('path', {class: 'front', d: front.map((o, i) => `${i ? 'L' : 'M'}${x(o.ms)} ${y(o.cost)}`).join('')}));
  const limit = +get('time').value;
  if (limit > x0 && limit < x1) svg.append(element('line', {x1: x(limit), x2: x(limit), y1: TOP, y2: BOTTOM, class: 'limit'}));
}

function update() {
  const all = offers(), within = (id, ms) => !get(id) || !(+get(id).value > 0) || ms <= +get(id).value;
  const meets = o => within('time', o.ms) && within('first', o.first);
  const kept = all.filter(meets).sort((a, b) => a.cost - b.cost || a.ms - b.ms);
  const fastest = all.reduce((a, b) => a.ms <= b.ms ? a : b);
  get('answer').textContent = kept.length
    ? `${words(kept[0])}: ${times(kept[0])}, $${shown(kept[0].cost)} ${basis()}`
    : `Nothing is that fast; the fastest is ${words(fastest)} with ${times(fastest)}.`;
  const heading = document.querySelectorAll('th')[7].textContent;
  get('axes').textContent = `${heading} (modelled), to the right; $ ${basis()} (modelled), upwards; the line is the Pareto front`;
  plot(all, meets, kept[0]);
  get('rows').replaceChildren(...kept.slice(0, 40).map(o => {
    const line = Object.assign(document.createElement('tr'), {title: words(o)}), r = o.row, wide = Math.exp(r[8]);
    if (o !== kept[0] && o.cost / wide <= kept[0].cost) line.className = 'tie';
    for (const cell of [r[0], o.count, r[1], r[2], o.first === undefined ? r[3] : shown(o.first), r[4], r[5], shown(o.ms), shown(r[7]), shown(o.cost),
      `${shown(o.cost / wide)} to ${shown(o.cost * wide)}`, r[9]]) {
      line.append(Object.assign(document.createElement('td'), {textContent: cell}));
    }
    return line;
  }));
}

for (const name of names) {
  const item = document.createElement('span'), dot = document.createElement('i');
  dot.style.background = colour(name);
  item.append(dot, name);
  get('legend').append(item);
}
for (const control of document.querySelectorAll('input, select')) control.addEventListener('input', update);
addEventListener('resize', update);
update();
