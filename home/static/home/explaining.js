// Explaining a term: a button in the editor that asks what the selected words mean.
"use strict";

{
  const { React, DraftJS, draftail } = window;
  const { EditorState, RichUtils } = DraftJS;
  const element = React.createElement;

  class TermSource extends React.Component {
    constructor(props) {
      super(props);
      this.dialog = React.createRef();
      this.field = React.createRef();
    }

    componentDidMount() {
      this.dialog.current.showModal();
    }

    // The editor lies within the page's form: what is pressed here is not to submit that.
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

    render() {
      const { editorState, entity, entityType, onClose } = this.props;
      const { words } = entityType;
      const hasWords = !editorState.getSelection().isCollapsed();
      const question = [
        element("label", { key: "label", htmlFor: "explanation" }, words.label),
        element("textarea", {
          key: "field",
          id: "explanation",
          ref: this.field,
          rows: 4,
          maxLength: 400,
          defaultValue: entity ? entity.getData().explanation : "",
          "aria-describedby": "explanation-help",
        }),
        element("p", { key: "help", id: "explanation-help", className: "help" }, words.help),
        element("button", { key: "save", type: "button", className: "button", onClick: () => this.save() }, words.save),
      ];
      return element(
        "dialog",
        { ref: this.dialog, className: "explaining", "aria-labelledby": "explaining-heading", onClose },
        element("h2", { id: "explaining-heading", className: "w-h3" }, words.heading),
        ...(hasWords ? question : [element("p", { key: "nothing" }, words.nothing)]),
        element("button", { key: "close", type: "button", className: "button button-secondary", onClick: onClose }, words.close),
      );
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
