(() => {
  const ENDS = 10;
  const value = (row, column) => Number(row.cells[column].textContent.replace(/,/g, ""));
  const number = (row, column) => row.cells[column].textContent.trim() === "" ? NaN : value(row, column);

  function compare(column, numeric, sign) {
    return (a, b) => {
      if (!numeric) return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent, "en");
      const x = number(a, column), y = number(b, column);
      if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
      return sign * (x - y);
    };
  }

  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function setUp(table) {
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const isLong = rows.length > 2 * ENDS;
    let all = !isLong, ranked = Number(table.dataset.rank ?? -1);
    const tools = element("div", {className: "tools"});
    const filter = element("input", {type: "search", placeholder: "Filter rows"});
    const more = element("button", {type: "button"});
    filter.setAttribute("aria-label", "Filter rows of: " + table.parentElement.getAttribute("aria-label"));

    function show() {
      const words = filter.value.toLowerCase().split(/\s+/);
      const current = [...body.rows];
      const last = ranked < 0 ? current.length : current.filter(row => !isNaN(number(row, ranked))).length;
      current.forEach((row, i) => {
        const isEnd = ranked < 0 ? i < 2 * ENDS : i < ENDS || (i >= last - ENDS && i < last);
        const text = row.textContent.toLowerCase();
        row.hidden = filter.value ? !words.every(word => text.includes(word)) : !all && !isEnd;
        row.classList.toggle("gap", !row.hidden && !filter.value && !all && ranked >= 0 && i === last - ENDS);
      });
      more.textContent = all ? "Show fewer" : "Show all " + rows.length + " rows";
    }

    function sort(column, sign) {
      const numeric = heads[column].classList.contains("number");
      body.append(...[...rows].sort(compare(column, numeric, sign)));
      heads.forEach((head, i) => i === column
        ? head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending")
        : head.removeAttribute("aria-sort"));
      ranked = numeric ? column : -1;
      show();
    }

    heads.forEach((head, column) => {
      const button = element("button", {type: "button"});
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1));
    });
    if (ranked >= 0) sort(ranked, -1);
    if (isLong) {
      filter.addEventListener("input", show);
      more.addEventListener("click", () => { all = !all; show(); });
      tools.append(filter, more);
      table.parentElement.before(tools);
      show();
    }
  }

  function reveal() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target) target.scrollIntoView();
  }

  document.querySelectorAll("table.grid").forEach(setUp);
  addEventListener("hashchange", reveal);
  reveal();
})();
