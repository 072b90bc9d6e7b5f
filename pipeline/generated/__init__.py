"""Parts of a site's own pages that are made from all masterclasses; a comment says where each is to stand."""
