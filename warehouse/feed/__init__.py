"""The shop window: what is published, served over HTTP. It reads snapshots and nothing else."""
