// Explaining a term: a button in the editor that asks what the selected words mean.
"use strict";

{
  const { React, DraftJS, draftail, AskingSource } = window;
  const { EditorState, RichUtils } = DraftJS;
  const element = React.createElement;

  class TermSource extends AskingSource {
    save() {
      const explanation = this.field.current.value.trim();
      if (!explanation) {
        this.field.current.focus();
        return;
      }
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", { explanation });
      const key = content.getLastCreatedEntityKey();
      const changed = EditorState.set(editorState, { currentContent: content });
      onComplete(RichUtils.toggleLink(changed, changed.getSelection(), key));
    }

    question() {
      const { entity, entityType } = this.props;
      return [
        element("label", { key: "label", htmlFor: "explanation" }, entityType.words.label),
        element("textarea", {
          key: "field",
          id: "explanation",
          ref: this.field,
          rows: 4,
          maxLength: 400,
          defaultValue: entity ? entity.getData().explanation : "",
          "aria-describedby": "asking-help",
        }),
      ];
    }
  }

  const Term = (props) =>
    element(draftail.TooltipEntity, {
      ...props,
      icon: "#icon-help",
      label: props.contentState.getEntity(props.entityKey).getData().explanation,
    });

  draftail.registerPlugin({ type: "TERM", source: TermSource, decorator: Term }, "entityTypes");
}
