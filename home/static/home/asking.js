// What a button of the editor opens that asks something about the selected words.
"use strict";

{
  const { React } = window;
  const element = React.createElement;

  // Those that ask have a `question()`, which makes fields, and `save()`, which is called by their button.
  class AskingSource extends React.Component {
    constructor(props) {
      super(props);
      this.dialog = React.createRef();
      this.field = React.createRef();
    }

    componentDidMount() {
      this.dialog.current.showModal();
    }

    // The editor lies within the page's form: what is pressed here is not to submit that.
    button(key, words, kind, onClick) {
      return element("button", { key, type: "button", className: kind, onClick }, words);
    }

    render() {
      const { editorState, entityType, onClose } = this.props;
      const { words } = entityType;
      const asked = editorState.getSelection().isCollapsed()
        ? [element("p", { key: "nothing" }, words.nothing)]
        : [
            ...this.question(),
            element("p", { key: "help", id: "asking-help", className: "help" }, words.help),
            this.button("save", words.save, "button", () => this.save()),
          ];
      return element(
        "dialog",
        { ref: this.dialog, className: "asking", "aria-labelledby": "asking-heading", onClose },
        element("h2", { id: "asking-heading", className: "w-h3" }, words.heading),
        ...asked,
        this.button("close", words.close, "button button-secondary", onClose),
      );
    }
  }

  window.AskingSource = AskingSource;
}
