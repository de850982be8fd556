// A table on the clipboard, as what a table block holds: a caption, columns with their headings, rows of cells.
"use strict";

{
  const NUMBER = /^[<>≤≥≈~±]?\s?[-−–+]?\d[\d\s.,'’]*(\s?[%‰°]|\s?[a-zA-Zµ€$£/²³]{1,6})?$/;

  // Mail programs lay pages out in tables; what has one column is a text.
  function isData(table) {
    const isWide = [...table.rows].some((row) => row.cells.length > 1);
    return isWide && table.getAttribute("role") !== "presentation" && !table.querySelector("table");
  }

  // Each cell by its row and column; what spans several stands in each.
  function grid(table, told) {
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((row, top) => {
      let left = 0;
      for (const cell of row.cells) {
        while (rows[top][left]) {
          left += 1;
        }
        const height = Math.min(cell.rowSpan || 1, rows.length - top);
        if (height > 1 || cell.colSpan > 1) {
          told.add("merged");
        }
        for (let down = 0; down < height; down += 1) {
          for (let right = 0; right < cell.colSpan; right += 1) {
            rows[top + down][left + right] = cell;
          }
        }
        left += cell.colSpan;
      }
    });
    const width = Math.max(...rows.map((row) => row.length));
    const filled = rows.map((row) => Array.from({ length: width }, (_, place) => row[place] || document.createElement("td")));
    return withoutEmpty(filled);
  }

  // Spreadsheets copy rows and columns that hold nothing.
  function withoutEmpty(rows) {
    const said = rows.filter((row) => row.some((cell) => text(cell)));
    const columns = (said[0] || []).map((_, place) => said.some((row) => text(row[place])));
    return said.map((row) => row.filter((_, place) => columns[place]));
  }

  // As plain text can say it: what is raised or lowered by letters of its own, such as m².
  const RAISED = { "SUPERSCRIPT": ["0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"], "SUBSCRIPT": ["0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"] };

  function words(cell, told) {
    const parts = new window.ClipboardReader(["superscript", "subscript"], told).read(cell.innerHTML);
    return parts.flatMap((part) => part.blocks || []).map((block) => plain(block, told)).join(" ");
  }

  function plain(block, told) {
    return [...block.text.matchAll(/[^]/g)].map(({ 0: letter, index }) => {
      const range = block.inlineStyleRanges.find(({ offset, length }) => offset <= index && index < offset + length);
      if (!range || letter === " ") {
        return letter;
      }
      const [from, to] = RAISED[range.style];
      const place = from.indexOf(letter);
      if (place < 0) {
        told.add("raised");
      }
      return place < 0 ? letter : [...to][place];
    }).join("");
  }

  function text(cell) {
    return cell.textContent.replace(/[\s\u00a0]+/g, " ").trim();
  }

  // Say whether a cell loses nothing as plain text.
  function isPlain(cell) {
    const parts = new window.ClipboardReader(["superscript", "subscript", "link"]).read(cell.innerHTML);
    return parts.every((part) => part.blocks?.every((block) => !block.inlineStyleRanges.length && !block.entityRanges.length));
  }

  function isBold(cell) {
    const words = text(cell);
    const bold = [...cell.querySelectorAll("b, strong, [style*='font-weight']"), cell].filter((one) =>
      /^(B|STRONG)$/.test(one.tagName) ? one.style.fontWeight !== "normal" : /bold|[6-9]00/.test(one.style.fontWeight),
    );
    return words && bold.map(text).includes(words);
  }

  function isHeader(rows) {
    const [first, ...others] = rows;
    const isMarked = (cell) => cell.tagName === "TH" || cell.closest("thead") || isBold(cell);
    const isAboveNumbers = (place) => others.some((row) => NUMBER.test(text(row[place])));
    const words = first.every((cell) => !NUMBER.test(text(cell)));
    return others.length > 0 && (first.every((cell) => !text(cell) || isMarked(cell)) || (words && first.some((_, place) => isAboveNumbers(place))));
  }

  function type(cells, place) {
    const said = cells.filter((cell) => text(cell));
    if (place === 0 && said.length && said.every((cell) => (cell.tagName === "TH" || isBold(cell)))) {
      return "row_heading";
    }
    return said.length && said.every((cell) => NUMBER.test(text(cell)) && isPlain(cell)) ? "number" : "text";
  }

  function fromElement(table, told) {
    const rows = grid(table, told);
    return fromRows(rows, table.caption ? words(table.caption, told) : "", told);
  }

  function fromRows(rows, caption, told) {
    const hasHeader = isHeader(rows);
    const body = hasHeader ? rows.slice(1) : rows;
    const columns = rows[0].map((cell, place) => ({
      type: type(body.map((row) => row[place]), place),
      heading: hasHeader ? words(cell, told) : "",
    }));
    return { caption, columns, rows: body.map((row) => row.map((cell, place) => ({ text: columns[place].type === "text" ? text(cell) : words(cell, told), html: cell.innerHTML }))) };
  }

  function fromCells(cells, told) {
    const rows = cells.map((row) =>
      row.map((words) => {
        const cell = document.createElement("td");
        cell.textContent = words;
        return cell;
      }),
    );
    return fromRows(rows, "", told);
  }

  window.clipboardTables = { isData, fromElement, fromCells };
}
