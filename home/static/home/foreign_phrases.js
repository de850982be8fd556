// Marking a phrase in another language: a button in the editor that asks in which. The mark is a style.
"use strict";

{
  const { React, DraftJS, draftail, AskingSource } = window;
  const { EditorState, Modifier } = DraftJS;
  const element = React.createElement;
  const isLanguage = (style) => style.startsWith("LANGUAGE-");

  // The languages that any of the selected words are marked with.
  function marksIn(content, selection) {
    const keys = [...content.getBlockMap().keys()];
    const chosen = keys.slice(keys.indexOf(selection.getStartKey()), keys.indexOf(selection.getEndKey()) + 1);
    const styles = chosen.flatMap((key) =>
      [...content.getBlockForKey(key).getCharacterList()].flatMap((character) => [...character.getStyle()]),
    );
    return [...new Set(styles.filter(isLanguage))];
  }

  class ForeignPhraseSource extends AskingSource {
    save() {
      const { editorState, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState.getCurrentContent();
      const plain = marksIn(content, selection).reduce(
        (changed, style) => Modifier.removeInlineStyle(changed, selection, style),
        content,
      );
      const style = this.field.current.value;
      const marked = style ? Modifier.applyInlineStyle(plain, selection, style) : plain;
      onComplete(EditorState.push(editorState, marked, "change-inline-style"));
    }

    question() {
      const { editorState, entityType } = this.props;
      const current = editorState.getCurrentInlineStyle().find(isLanguage);
      const options = [{ style: "", name: entityType.words.none }, ...entityType.languages];
      return [
        element("label", { key: "label", htmlFor: "phrase-language" }, entityType.words.label),
        element(
          "select",
          { key: "field", id: "phrase-language", ref: this.field, defaultValue: current || "", "aria-describedby": "asking-help" },
          options.map(({ style, name }) => element("option", { key: style, value: style }, name)),
        ),
      ];
    }
  }

  draftail.registerPlugin({ type: "FOREIGN", source: ForeignPhraseSource }, "entityTypes");
}
