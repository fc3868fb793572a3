"""Executes a notebook in a folder, as if it had been opened there.

usage: execute_notebook.py NOTEBOOK FOLDER FIGURES

FIRMTIES_RESULTS may name the results to read. A cell that fails is an error,
and so are fewer figures than FIGURES. The notebook itself is not changed, and
must carry no outputs.
"""
import sys

import nbformat
from nbclient import NotebookClient

path, folder, figures = sys.argv[1], sys.argv[2], int(sys.argv[3])
notebook = nbformat.read(path, as_version=4)
nbformat.validate(notebook)
code = [cell for cell in notebook.cells if cell.cell_type == "code"]
for cell in code:
    if cell.outputs or cell.execution_count is not None:
        sys.exit(f"{path} is committed with outputs")

NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}}).execute()

drawn = sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
text = "\n".join(output.text for cell in code for output in cell.outputs if output.output_type == "stream")
print(text)
if drawn < figures:
    sys.exit(f"{path} drew {drawn} figures, not {figures}")
print(f"{drawn} figures")
