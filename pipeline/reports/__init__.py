"""Reports for people: the command, the dashboard, and the folder that opens from a disk."""
