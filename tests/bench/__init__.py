"""`make bench`: what Nexus costs, measured against the bare machine in the same run."""
