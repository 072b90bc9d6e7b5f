"""The self-check: an instrument in four files, a page to answer it on, and the masterclasses it leads to."""
