"""How the networks and the weights of fields are made. Nothing else imports it, and nothing of it is installed.

One folder for each thing that is trained, and `lines`, which they share. Scripts are run from the root of the project,
as `python -m training.export_networks`; README.md tells of data, figures and licences.
"""
