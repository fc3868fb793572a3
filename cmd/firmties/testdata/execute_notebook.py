"""Executes a notebook on a results folder, in the folder that the notebook lies in.

usage: execute_notebook.py NOTEBOOK RESULTS FIGURES

A cell that fails is an error, and so are fewer figures than FIGURES. The
notebook itself is not changed, and must carry no outputs.
"""
import os
import sys

import nbformat
from nbclient import NotebookClient

path, results, figures = sys.argv[1], os.path.abspath(sys.argv[2]), int(sys.argv[3])
notebook = nbformat.read(path, as_version=4)
nbformat.validate(notebook)
code = [cell for cell in notebook.cells if cell.cell_type == "code"]
for cell in code:
    if cell.outputs or cell.execution_count is not None:
        sys.exit(f"{path} is committed with outputs")

os.environ["FIRMTIES_RESULTS"] = results
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}}).execute()

drawn = sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
text = "\n".join(output.text for cell in code for output in cell.outputs if output.output_type == "stream")
print(text)
if drawn < figures:
    sys.exit(f"{path} drew {drawn} figures, not {figures}")
print(f"{drawn} figures")
