"""When and on whose order: inputs, settings, the Prefect flow and the command line."""
