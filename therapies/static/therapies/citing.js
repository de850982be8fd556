// Citing a reference: a button in the editor that opens the chooser and puts the choice behind the selection.
{
  const { React, DraftJS, draftail } = window;
  const { EditorState, Modifier } = DraftJS;

  class ReferenceSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.referenceChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    // A citation follows the statement that rests on it, so the selected words stay as they are.
    onChosen(reference) {
      const { editorState, entityKey, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity("REFERENCE", "IMMUTABLE", { id: reference.id });
      const place = entityKey
        ? selection
        : selection.merge({
            anchorKey: selection.getEndKey(),
            anchorOffset: selection.getEndOffset(),
            focusKey: selection.getEndKey(),
            focusOffset: selection.getEndOffset(),
            isBackward: false,
          });
      const cited = Modifier.replaceText(
        content,
        place,
        reference.short_name,
        null,
        content.getLastCreatedEntityKey(),
      );
      this.workflow.close();
      onComplete(EditorState.push(editorState, cited, "insert-characters"));
    }
  }

  const Citation = (props) =>
    React.createElement(draftail.TooltipEntity, { ...props, icon: "#icon-openquote", label: "" });

  draftail.registerPlugin({ type: "REFERENCE", source: ReferenceSource, decorator: Citation }, "entityTypes");
}
