"""Made-up pages in the genre with known truth: places, stories, layout."""
