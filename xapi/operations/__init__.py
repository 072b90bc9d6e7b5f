"""What whoever runs the store does with it: copies, forgetting, access, forwarding. The server may go on meanwhile."""
