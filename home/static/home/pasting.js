// Pasting into a rich text: cleaned as the clipboard's reader does; tables become table blocks below.
"use strict";

{
  const { DraftJS, draftail, ClipboardReader } = window;
  const { ContentState, EditorState, Modifier, convertFromRaw } = DraftJS;
  const OURS = /data-draftjs-conductor-fragment|data-editor=/; // copied from an editor of this kind, which knows best

  // The block of the page's body in which `element` lies, and where in its stream that is.
  function placeOf(element) {
    for (let node = element; node; node = node.parentElement) {
      const index = node.rootBlock?.children?.findIndex((child) => child.element.contains(element));
      if (index >= 0) {
        return { stream: node.rootBlock, index };
      }
    }
    return null;
  }

  function canHoldTables(place) {
    return Boolean(place?.stream.blockDef.childBlockDefsByName?.table);
  }

  function contentOf(part) {
    return convertFromRaw({ blocks: part.blocks.map((block) => ({ ...block })), entityMap: part.entityMap || {} });
  }

  // What a cell of the table block is in the form: words, or a text as its editor keeps it.
  function cellState(cell, column, features, told) {
    if (column.type !== "text") {
      return cell.text;
    }
    const [part] = new ClipboardReader(features, told).read(cell.html);
    return JSON.stringify({
      blocks: (part?.blocks || [{ text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [] }]).map(
        (block, place) => ({ key: `cell${place}`, ...block }),
      ),
      entityMap: part?.entityMap || {},
    });
  }

  function insertTable(table, { stream, index }, offset, features, told) {
    const rows = table.rows.map((row) => ({
      values: row.map((cell, place) => cellState(cell, table.columns[place], features, told)),
    }));
    const value = { caption: table.caption, columns: table.columns, rows };
    stream.insert({ type: "table", value, id: crypto.randomUUID() }, index + 1 + offset, { animate: true });
  }

  // Where no table can stand: each row a paragraph, its cells apart. That is told.
  function asLines(table) {
    const head = table.columns.map((column) => column.heading);
    const lines = [...(head.some(Boolean) ? [head] : []), ...table.rows.map((row) => row.map((cell) => cell.text))];
    return {
      blocks: lines.map((cells) => ({
        type: "unstyled",
        depth: 0,
        text: cells.join(" | "),
        inlineStyleRanges: [],
        entityRanges: [],
      })),
    };
  }

  function insertText(editorState, parts) {
    const blocks = parts.flatMap((part) => contentOf(part).getBlocksAsArray());
    if (!blocks.length) {
      return editorState;
    }
    const selection = editorState.getSelection();
    const content = Modifier.replaceWithFragment(
      typed(editorState.getCurrentContent(), selection, blocks),
      selection,
      ContentState.createFromBlockArray(blocks).getBlockMap(),
    );
    // Not "insert-fragment": that would have numbers and letters at the beginning of a line taken for a list's.
    return EditorState.push(editorState, content, "change-block-data");
  }

  // A single item or heading keeps its kind where it is all that the paragraph holds.
  function typed(content, selection, blocks) {
    const isEmpty = selection.isCollapsed() && !content.getBlockForKey(selection.getStartKey()).getLength();
    return isEmpty && blocks.length === 1 ? Modifier.setBlockType(content, selection, blocks[0].getType()) : content;
  }

  function tell(element, told, words) {
    const wrapper = element.closest("[data-draftail-editor-wrapper]");
    wrapper.querySelector(".pasting-told")?.remove();
    if (!told.size) {
      return;
    }
    const note = document.createElement("div");
    note.className = "pasting-told help-block help-warning";
    note.setAttribute("role", "status");
    note.textContent = [...told].map((one) => words[one]).join(" ");
    wrapper.append(note);
  }

  const plugin = {
    type: "pasting",
    handlePastedText(text, html, editorState, { setEditorState }) {
      if ((!html && !text) || OURS.test(html || "")) {
        return "not-handled";
      }
      const element = document.activeElement;
      const { features, cellFeatures, words } = this;
      const told = new Set();
      const reader = new ClipboardReader(features, told);
      const parts = html ? reader.read(html) : reader.readText(text);
      const place = placeOf(element);
      const tables = parts.filter((part) => part.table);
      if (tables.length && canHoldTables(place)) {
        tables.forEach(({ table }, offset) => insertTable(table, place, offset, cellFeatures, told));
        told.add("below");
      } else if (tables.length) {
        told.add("lines");
      }
      const texts = parts.filter((part) => part.blocks || !canHoldTables(place));
      setEditorState(insertText(editorState, texts.map((part) => (part.table ? asLines(part.table) : part))));
      tell(element, told, words);
      return "handled";
    },
  };

  draftail.registerPlugin(plugin, "plugins");
}
