"""The page that is served beside the feed."""
