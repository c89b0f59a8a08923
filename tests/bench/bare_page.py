"""A page with a picture, a button and a line: `python -m tests.bench.bare_page PORT`."""

import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr


def main() -> None:
    """Serves until it is stopped."""
    with gr.Blocks() as demo:
        picture = gr.Image()
        line = gr.Textbox()
        gr.Button("Go").click(lambda given: "" if given is None else "a picture", picture, line)
    demo.launch(server_port=int(sys.argv[1]), quiet=True, ssr_mode=False)


if __name__ == "__main__":
    main()
