"""The pages, a module each: a function of a request that reads the archive and fills one template."""
